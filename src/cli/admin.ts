import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { config as readDotenv } from 'dotenv'
import { ChecklistFileError } from '../checklist/load.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { loadContent } from '../content.ts'
import { DataDirectoryInUseError } from '../storage/data-directory.ts'
import { type Database, openDatabase } from '../storage/database.ts'
import { applicationVerbs } from './admin/applications.ts'
import { backupVerbs } from './admin/backup.ts'
import { inboxVerbs } from './admin/inbox.ts'
import { outboxVerbs } from './admin/outbox.ts'
import { regulatorVerbs } from './admin/regulators.ts'
import { AdminError, type Answer, type Request, type Verb } from './admin/verb.ts'

const verbs: readonly Verb[] = [...regulatorVerbs, ...inboxVerbs, ...outboxVerbs, ...applicationVerbs, ...backupVerbs]

/** It was asked in a way we do not know. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

const DONE = 0
const CANNOT_BE_DONE = 1
const WRONGLY_ASKED = 2

type Environment = Parameters<typeof readConfig>[0]

/** What is printed, and the exit code. */
export interface Told {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * What `npm run admin` does and answers.
 * @param words what follows its name
 */
export async function admin(words: readonly string[], environment: Environment): Promise<Told> {
  const asksForJson = words.includes('--json')
  try {
    const asked = parsed(words)
    if (asked.values.help) return { code: DONE, stdout: toldLines(help()), stderr: '' }
    const { lines, json, failed } = await answered(asked, environment)
    return {
      code: failed ? CANNOT_BE_DONE : DONE,
      stdout: asksForJson ? toldLines(JSON.stringify(json)) : toldLines(...lines),
      stderr: '',
    }
  } catch (error) {
    return refusal(error, asksForJson)
  }
}

const help = () =>
  [
    'npm run admin -- VERB [--json]',
    '',
    ...verbs.flatMap(({ name, usage, does }) => [
      `  ${name} ${usage}`.trimEnd(),
      ...does.map((line) => `      ${line}`),
    ]),
    '',
    'With --json there is one JSON value on stdout; of an error it is {"error": …}. Everything is read from the same',
    'settings as by npm start (.env). Exit code 0: done. 1: it could not be done, or not all of it. 2: wrongly asked.',
  ].join('\n')

const parsed = (words: readonly string[]) => {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        userid: { type: 'string' },
        district: { type: 'string' },
        role: { type: 'string' },
        state: { type: 'string' },
        limit: { type: 'string' },
        force: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

type Asked = ReturnType<typeof parsed>

/** The verb that was named, and the one word that may follow it. */
function verbIn({ positionals, values }: Asked): { verb: Verb; subject?: string } {
  const verb = verbs.find(({ name }) => name === positionals.slice(0, name.split(' ').length).join(' '))
  if (!verb) throw new UsageError(positionals.length > 0 ? `There is no verb ${positionals.join(' ')}` : 'Name a verb')

  const [subject, ...more] = positionals.slice(verb.name.split(' ').length)
  const stray = Object.keys(values).find((name) => name !== 'json' && !verb.options.some((option) => option === name))
  const isWrong = verb.subject === 'required' ? !subject : verb.subject === 'none' && subject !== undefined
  if (stray) throw new UsageError(`${verb.name} has no --${stray}`)
  if (isWrong || more.length > 0) throw new UsageError(`It is: ${verb.name} ${verb.usage}`)
  return { verb, ...(subject !== undefined && { subject }) }
}

/** Opens what the verb asks for, and closes it whatever comes of it. */
async function answered(asked: Asked, environment: Environment): Promise<Answer> {
  const { verb, subject } = verbIn(asked)
  const { json: _, help: __, ...options } = asked.values
  const config = readConfig(environment)
  const dataDir = resolve(config.DATA_DIR)
  let opened: Promise<Database> | undefined
  const request: Request = {
    config,
    dataDir,
    content: loadContent,
    database: () => (opened ??= existingDatabase(config, dataDir)),
    options,
    ...(subject !== undefined && { subject }),
  }
  try {
    return await verb.run(request)
  } finally {
    await (await opened?.catch(() => undefined))?.close()
  }
}

/** A mistyped DATA_DIR must not look like a house without messages. */
async function existingDatabase({ DATABASE_URL }: Config, dataDir: string): Promise<Database> {
  const file = join(dataDir, 'anbiao.db')
  if (DATABASE_URL !== undefined) return openDatabase(DATABASE_URL)
  if (existsSync(file)) return openDatabase(file)
  throw new AdminError(`There is no database in ${dataDir}: set DATA_DIR right, or run npm start once, which makes it`)
}

const expected = [AdminError, ConfigError, ChecklistFileError, DataDirectoryInUseError, UsageError]

/** What an operator can put right is said in plain lines, without a stack. */
function refusal(error: unknown, asksForJson: boolean): Told {
  const message = error instanceof Error ? error.message : String(error)
  const isExpected = expected.some((kind) => error instanceof kind)
  const isUsage = error instanceof UsageError
  const hint = isUsage && !asksForJson ? ['npm run admin -- --help shows what there is.'] : []
  return {
    code: isUsage ? WRONGLY_ASKED : CANNOT_BE_DONE,
    stdout: asksForJson ? toldLines(JSON.stringify({ error: message })) : '',
    stderr: toldLines(isExpected ? message : inspect(error), ...hint),
  }
}

const toldLines = (...lines: readonly string[]) => `${lines.join('\n')}\n`

if (import.meta.main) {
  readDotenv({ quiet: true })
  const { code, stdout, stderr } = await admin(process.argv.slice(2), process.env)
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  process.exitCode = code
}
