import { existsSync } from 'node:fs'
import { access, constants, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { chinaDateOf, yearOf } from '../../calendar/dates.ts'
import { isPublished } from '../../calendar/working-days.ts'
import { ChecklistFileError } from '../../checklist/load.ts'
import { type Config, ConfigError, channelOf, channelProblem, readConfig } from '../../config.ts'
import { type Content, loadContent } from '../../content.ts'
import { CHANNEL } from '../../storage/channel.ts'
import { type Database, openDatabase } from '../../storage/database.ts'
import { damageOf } from '../../storage/health.ts'
import { failedMessages } from '../../storage/inbox.ts'
import { outboxRows } from '../../storage/outbox.ts'
import { listRegulators } from '../../storage/regulators.ts'
import { setting } from '../../storage/settings.ts'
import { type Finding, findingsOf, messageOf } from './finding.ts'

/** What was found, and what it found it in, where that can be used. */
export interface Examined<T> {
  readonly findings: readonly Finding[]
  readonly value?: T
}

export function configuration(environment: Readonly<Record<string, string | undefined>>): Examined<Config> {
  const { ok, problem } = findingsOf('configuration')
  try {
    const config = readConfig(environment)
    const as = config.wecom ? `the app ${config.wecom.agentId} of ${config.wecom.corpId}` : 'the simulator'
    return { value: config, findings: [ok(`complete, with ${as}`)] }
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [messageOf(error)]
    return { findings: problems.map((each) => problem(each, 'Put it right in .env or in the environment.')) }
  }
}

export function content(policyId: string): Examined<Content> {
  const { ok, problem } = findingsOf('checklists')
  try {
    const loaded = loadContent()
    const policies = [...loaded.policies.keys()]
    const published = ok(`${loaded.library.published.size} published, policies ${policies.join(', ')}`)
    const chosen = loaded.policies.get(policyId)
    if (chosen) return { value: loaded, findings: [published, ok(`${policyId}: ${chosen.title}, ${chosen.status}`)] }
    const unknown = problem(`there is no policy ${policyId}`, `Set POLICY to one of ${policies.join(', ')}.`)
    return { value: loaded, findings: [published, unknown] }
  } catch (error) {
    const problems = error instanceof ChecklistFileError ? error.problems : [undefined]
    return {
      findings: problems.map((each) =>
        each
          ? problem(`${each.file}:${each.line} [${each.rule}] ${each.message}`, 'Correct the file in checklists/.')
          : problem(messageOf(error), 'Correct the file it names.'),
      ),
    }
  }
}

/** Day limits are counted in working days, so the holidays of this year and the next matter. */
export function calendar({ calendarOverrides }: Content, now: Date): Finding[] {
  const { ok, warning, problem } = findingsOf('calendar')
  const year = yearOf(chinaDateOf(now))
  const edit = (each: number) =>
    `When the State Council has published ${each}, put it into checklists/calendar-overrides.yaml with published: true.`
  const guessed = (each: number) => `the holidays of ${each} are not known, so dates in it are guessed`
  const next = isPublished(year + 1, calendarOverrides) ? [] : [warning(guessed(year + 1), edit(year + 1))]
  return isPublished(year, calendarOverrides)
    ? [ok(`the holidays of ${year} are known`), ...next]
    : [problem(guessed(year), edit(year)), ...next]
}

/** A photo of evidence takes about half a megabyte. */
const LITTLE_SPACE = 2 * 2 ** 30
const NO_SPACE = 200 * 2 ** 20

export async function dataDirectory(dataDir: string): Promise<Finding[]> {
  const { ok, warning, problem } = findingsOf('data directory')
  try {
    // The dot makes sure it is a folder.
    await access(`${nearestExisting(dataDir)}/.`, constants.W_OK)
  } catch (error) {
    return [
      problem(`${dataDir} cannot be written: ${messageOf(error)}`, 'Set DATA_DIR, or give the user the right to.'),
    ]
  }
  const { bavail, bsize } = await statfs(nearestExisting(dataDir))
  const free = bavail * bsize
  const finding = `${dataDir} has ${Math.floor(free / 2 ** 20)} MB free`
  const toDo = 'Make room on the disk, or set DATA_DIR to a larger one.'
  if (free < NO_SPACE) return [problem(finding, toDo)]
  return [free < LITTLE_SPACE ? warning(finding, toDo) : ok(finding)]
}

/** The folder itself, or that in which it will be made. */
const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)))

export async function database(config: Config, dataDir: string): Promise<Examined<Database>> {
  const { ok, problem } = findingsOf('database')
  const file = join(dataDir, 'anbiao.db')
  if (config.DATABASE_URL === undefined && !existsSync(file)) return { findings: [ok('none yet, npm start makes it')] }
  const kind = config.DATABASE_URL === undefined ? `SQLite ${file}` : 'PostgreSQL'
  let opened: Database | undefined
  try {
    opened = await openDatabase(config.DATABASE_URL ?? file)
    const damage = await damageOf(opened)
    if (damage === undefined) return { value: opened, findings: [ok(`${kind}, tables up to date`)] }
    await opened.close()
    return { findings: [problem(`${kind} is damaged: ${damage}`, 'Stop AnBiao and restore the newest backup.')] }
  } catch (error) {
    await opened?.close()
    const toDo = config.DATABASE_URL
      ? 'Check DATABASE_URL and whether the server runs.'
      : 'Check who may read the file.'
    return { findings: [problem(`${kind} cannot be used: ${messageOf(error)}`, toDo)] }
  }
}

/** Whether the database is that of the corp we are configured for; npm start refuses another one. */
export async function channel({ db }: Database, config: Config): Promise<Finding[]> {
  const { ok, problem } = findingsOf('channel')
  const asked = channelOf(config)
  const served = await setting(db, CHANNEL)
  if (served === undefined) return [ok('the database serves nobody yet, npm start decides it')]
  if (served === asked) return [ok(`the database belongs to ${served}`)]
  return [problem(channelProblem(served, asked), 'Look whether .env is in place; never try it with the live database.')]
}

/** Longer than any back-off while somebody is sending. */
const OVERDUE_MS = 30 * 60_000

export async function rows({ db }: Database, now: Date): Promise<Finding[]> {
  return [...(await inboxFindings(db)), ...(await outboxFindings(db, now))]
}

async function inboxFindings(db: Database['db']): Promise<Finding[]> {
  const { ok, problem } = findingsOf('inbox')
  const failed = await failedMessages(db)
  if (failed.length === 0) return [ok('every message was handled')]
  const toDo = 'See npm run admin -- inbox list --state failed, then npm run admin -- inbox retry.'
  return [problem(`messages that could not be handled: ${failed.length}`, toDo)]
}

async function outboxFindings(db: Database['db'], now: Date): Promise<Finding[]> {
  const { ok, warning, problem } = findingsOf('outbox')
  const failed = await outboxRows(db, { state: 'failed' })
  const waiting = await Promise.all(
    // What may have got through waits as `sending` for its next attempt.
    (['pending', 'sending'] as const).map((state) => outboxRows(db, { state, limit: 1_000_000 })),
  )
  const overdue = waiting.flat().filter(({ dueAt }) => Date.parse(dueAt) < now.getTime() - OVERDUE_MS)
  const why = overdue.find(({ lastError }) => lastError !== null)?.lastError
  const isFull = failed.length === 100
  const found = [
    ...(failed.length > 0
      ? [
          problem(
            `messages that were given up: ${failed.length}${isFull ? ' or more' : ''}, the last with: ${failed[0]?.lastError}`,
            'See npm run admin -- outbox list --state failed, then npm run admin -- outbox retry.',
          ),
        ]
      : []),
    ...(overdue.length > 0
      ? [
          warning(
            `messages overdue by half an hour or more: ${overdue.length}${why ? `, one with: ${why}` : ''}`,
            why ? 'They are tried again every half hour for three days.' : 'Is AnBiao running? npm start',
          ),
        ]
      : []),
  ]
  return found.length > 0 ? found : [ok('nothing is stuck')]
}

/** An application must reach somebody who may decide: in its district, or else in the city. */
export async function regulators({ db }: Database, { library }: Content): Promise<Finding[]> {
  const { ok, problem } = findingsOf('regulators')
  const { city, districts } = library.districts
  const deciding = (await listRegulators(db)).filter(({ role }) => role !== 'viewer')
  const served = new Set(deciding.map(({ district }) => district))
  const without = districts.filter(({ code }) => !served.has(code) && !served.has(city.code))
  if (without.length === 0) return [ok(`${deciding.length} may decide, and every district has one`)]
  return [
    problem(
      `nobody decides on applications of ${without.map(({ code, title }) => `${code} ${title}`).join(', ')}`,
      `npm run admin -- regulator add --userid ID --district ${without[0]?.code} --role approver (${city.code}: all districts)`,
    ),
  ]
}
