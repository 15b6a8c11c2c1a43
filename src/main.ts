import { config as readDotenv } from 'dotenv'
import { pino } from 'pino'
import { ChecklistFileError } from './checklist/load.ts'
import { ConfigError, readConfig } from './config.ts'
import { startHouse } from './start.ts'

readDotenv({ quiet: true })

try {
  const config = readConfig(process.env)
  const log = pino({ level: config.LOG_LEVEL })
  const house = await startHouse(config, log)
  for (const line of house.welcome) console.log(line)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await house.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (error) {
  // What an operator can put right is said in plain lines, without a stack.
  const isExpected = error instanceof ConfigError || error instanceof ChecklistFileError
  console.error(isExpected ? error.message : error)
  process.exit(1)
}
