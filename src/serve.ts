import { config as readDotenv } from 'dotenv'
import { pino } from 'pino'
import { ChecklistFileError } from './checklist/load.ts'
import { ConfigError, readConfig } from './config.ts'
import { loadPolicies } from './policy/load.ts'
import { type RunningHouse, startHouse } from './start.ts'
import { DataDirectoryInUseError } from './storage/data-directory.ts'

readDotenv({ quiet: true })

let house: RunningHouse | undefined
let stopping = false

/** Before the house stands there is nothing to end. */
async function stop() {
  if (stopping) return
  stopping = true
  await house?.stop()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

try {
  const policies = loadPolicies(new URL('../checklists/', import.meta.url))
  const config = readConfig(process.env, [...policies.keys()])
  house = await startHouse(config, pino({ level: config.LOG_LEVEL }))
  for (const line of house.welcome) console.log(line)
} catch (error) {
  console.error(plainly(error) ?? error)
  process.exit(1)
}

/** What an operator can put right, in plain lines without a stack. */
function plainly(error: unknown): string | undefined {
  if ([ConfigError, ChecklistFileError, DataDirectoryInUseError].some((kind) => error instanceof kind))
    return (error as Error).message
  const { code, syscall, message } = error as NodeJS.ErrnoException
  if (typeof code !== 'string') return undefined
  const said = message || code
  if (code === 'EADDRINUSE') return `PORT is taken by another program (${said}): stop that, or set another PORT`
  if (syscall === 'listen') return `PORT or HOST cannot be listened on: ${said}`
  if (code.startsWith('SQLITE_')) return `The database in DATA_DIR cannot be used: ${said} (${code})`
  if (['mkdir', 'access', 'open'].includes(syscall ?? '')) return `DATA_DIR cannot be used: ${said}`
  // What the network says, and PostgreSQL's own codes, such as 28P01 for a wrong password.
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|[0-9A-Z]{5}$)/.test(code))
    return `The database at DATABASE_URL cannot be used: ${said}`
  return undefined
}
