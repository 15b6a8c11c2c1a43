import { type Selectable, sql } from 'kysely'
import type { Mark } from '../checklist/rules.ts'
import type { Clause } from '../checklist/schema.ts'
import type { Database, Db, Trx } from './database.ts'
import type { ApplicationTable } from './tables.ts'

/** An application and the listing it may become. */
export interface Application {
  readonly id: string
  /** Such as SZ-LG-2026-000123. */
  readonly number: string
  readonly assessmentId: string
  readonly enterpriseId: string
  /** GB/T 2260. */
  readonly district: string
  readonly policy: string
  /** The life cycle's state; the snapshot is the truth. */
  readonly state: string
  /** JSON of an envelope. */
  readonly snapshot: string
  /** 0 to 100; null when nothing applied. */
  readonly score: number | null
  readonly ledger: readonly FiledLine[]
  readonly hazards: readonly FiledHazard[]
  readonly commitment: Commitment
  readonly filedAt: Date
  /** ISO date in China, as are all below that end in `On` or `Until`. */
  readonly reviewDueOn: string
  readonly decidedAt: Date | null
  /** A regulator's user id. */
  readonly decidedBy: string | null
  readonly announcedOn: string | null
  readonly validUntil: string | null
}

/** One line of the ledger that makes the score, as it was filed. */
export interface FiledLine {
  /** `checklist/item@version`. */
  readonly ref: string
  readonly itemId: string
  readonly position: number
  /** The number the owner saw, from 1. */
  readonly number: number
  readonly mark: Mark
  readonly applicableWeight: number
  readonly earnedWeight: number
  /** The declared fact or missing thing that excuses what is not applicable. */
  readonly excusedBy: string | null
}

/** A hazard the owner found: put right before filing, or to be put right by a day. */
export interface FiledHazard {
  readonly id: string
  readonly grade: 'major' | 'general'
  readonly title: string
  readonly clause: Clause
  /** Numbers of its items. */
  readonly numbers: readonly number[]
  /** Null: it was put right before filing. */
  readonly dueOn: string | null
}

export interface Commitment {
  readonly name: string
  /** The contact on record, or in which role somebody else signed. */
  readonly role?: 'contact' | 'head' | 'delegate'
  readonly declarations: readonly string[]
  /** ISO instant. */
  readonly signedAt: string
}

/** The next running number of a district and year, from 1. Never gives one twice. */
export async function nextRunningNumber(trx: Trx, district: string, year: number): Promise<number> {
  const { last } = await trx
    .insertInto('application_counters')
    .values({ district, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['district', 'year']).doUpdateSet((row) => ({ last: row('application_counters.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

export async function insertApplication(trx: Trx, application: Application): Promise<void> {
  const { id, number, assessmentId, enterpriseId, district, filedAt } = application
  await trx
    .insertInto('applications')
    .values({
      id,
      number,
      assessment_id: assessmentId,
      enterprise_id: enterpriseId,
      district,
      filed_at: filedAt.toISOString(),
      ...changingColumns(application),
    })
    .execute()
}

/** Stores what may change of an application. */
export async function updateApplication(trx: Trx, application: Application): Promise<void> {
  await trx.updateTable('applications').set(changingColumns(application)).where('id', '=', application.id).execute()
}

const changingColumns = (application: Application) => ({
  policy: application.policy,
  state: application.state,
  snapshot: application.snapshot,
  score: application.score,
  ledger: JSON.stringify(application.ledger),
  hazards: JSON.stringify(application.hazards),
  commitment: JSON.stringify(application.commitment),
  review_due_on: application.reviewDueOn,
  decided_at: application.decidedAt?.toISOString() ?? null,
  decided_by: application.decidedBy,
  announced_on: application.announcedOn,
  valid_until: application.validUntil,
})

/** Nobody else takes a step with it meanwhile. */
export async function lockedApplication(
  trx: Trx,
  dialect: Database['dialect'],
  id: string,
): Promise<Application | undefined> {
  const query = trx.selectFrom('applications').selectAll().where('id', '=', id)
  const row = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  return row && applicationIn(row)
}

export const applicationById = (db: Db, id: string): Promise<Application | undefined> => first(db, 'id', id)

export const applicationByNumber = (db: Db, number: string): Promise<Application | undefined> =>
  first(db, 'number', number)

export const applicationOfAssessment = (db: Db, assessmentId: string): Promise<Application | undefined> =>
  first(db, 'assessment_id', assessmentId)

/** What an assessment was filed as, or whose listing it kept alive. */
export async function applicationBehind(
  db: Db,
  { id, applicationId }: { readonly id: string; readonly applicationId: string | null },
): Promise<Application | undefined> {
  return applicationId === null ? applicationOfAssessment(db, id) : applicationById(db, applicationId)
}

async function first(db: Db, column: 'id' | 'number' | 'assessment_id', value: string) {
  const row = await db.selectFrom('applications').selectAll().where(column, '=', value).executeTakeFirst()
  return row && applicationIn(row)
}

/** The newest first. */
export async function applicationsOf(db: Db, enterpriseId: string): Promise<Application[]> {
  const rows = await db
    .selectFrom('applications')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('filed_at', 'desc')
    .orderBy('number', 'desc')
    .execute()
  return rows.map(applicationIn)
}

/** What a list shows of an application. */
export interface ApplicationEntry {
  readonly id: string
  readonly number: string
  readonly enterprise: string
  readonly district: string
  readonly industry: string
  readonly headcount: number
  readonly state: string
  readonly snapshot: string
  readonly score: number | null
  readonly hazards: readonly FiledHazard[]
  readonly filedAt: string
  readonly reviewDueOn: string
  readonly validUntil: string | null
}

export interface EntryFilter {
  readonly districts: readonly string[]
  readonly states: readonly string[]
  readonly order: 'dueFirst' | 'newestFirst' | DangerousFirst
  readonly limit: number
}

/** Most major hazards, then the industries of high hazard, the lowest scores, the nearest dates. */
export interface DangerousFirst {
  readonly highHazard: readonly string[]
}

export async function applicationEntries(
  db: Db,
  { districts, states, order, limit }: EntryFilter,
): Promise<ApplicationEntry[]> {
  if (districts.length === 0 || states.length === 0) return []
  const rows = await db
    .selectFrom('applications')
    .innerJoin('enterprises', 'enterprises.id', 'applications.enterprise_id')
    .select([
      'applications.id',
      'number',
      'name as enterprise',
      'applications.district',
      'industry',
      'headcount',
      'state',
      'snapshot',
      'score',
      'hazards',
      'filed_at as filedAt',
      'review_due_on as reviewDueOn',
      'valid_until as validUntil',
    ])
    .where('applications.district', 'in', districts)
    .where('state', 'in', states)
    .orderBy(ordering(order))
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, hazards: JSON.parse(row.hazards) as FiledHazard[] }))
}

export async function applicationCount(
  db: Db,
  { districts, states }: Pick<EntryFilter, 'districts' | 'states'>,
): Promise<number> {
  if (districts.length === 0 || states.length === 0) return 0
  const { count } = await db
    .selectFrom('applications')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('district', 'in', districts)
    .where('state', 'in', states)
    .executeTakeFirstOrThrow()
  return Number(count)
}

function ordering(order: EntryFilter['order']) {
  if (order === 'dueFirst') return sql`review_due_on`
  if (order === 'newestFirst') return sql`filed_at desc`
  return sql`
    length(replace(hazards, ${MAJOR}, ${`${MAJOR} `})) - length(hazards) desc,
    case when industry in (${sql.join(order.highHazard)}) then 0 else 1 end,
    coalesce(score, 0),
    review_due_on`
}

/** In the JSON of a hazard; what a title holds is escaped, and cannot look like it. */
const MAJOR = '"grade":"major"'

/** A photo that belongs to a filed application, with where it is kept and whose business it is. */
export async function filedPhoto(db: Db, evidenceId: string) {
  return db
    .selectFrom('evidence')
    .innerJoin('applications', 'applications.assessment_id', 'evidence.assessment_id')
    .select(['applications.district', 'evidence.file', 'evidence.thumbnail'])
    .where('evidence.id', '=', evidenceId)
    .where('evidence.state', '=', 'stored')
    .executeTakeFirst()
}

/** One step of a life cycle, with who took it. */
export interface LifeCycleStep {
  readonly event: string
  /** `owner:<contact>`, `regulator:<user id>` or `clock`. */
  readonly actor: string
  readonly happenedAt: Date
  readonly from: string
  readonly to: string
}

export async function recordStep(trx: Trx, applicationId: string, step: LifeCycleStep): Promise<void> {
  await trx
    .insertInto('life_cycle_events')
    .values({
      application_id: applicationId,
      event: step.event,
      actor: step.actor,
      happened_at: step.happenedAt.toISOString(),
      from_state: step.from,
      to_state: step.to,
    })
    .execute()
}

/** In the order in which they happened. */
export async function stepsOf(db: Db, applicationId: string): Promise<LifeCycleStep[]> {
  const rows = await db
    .selectFrom('life_cycle_events')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    event: row.event,
    actor: row.actor,
    happenedAt: new Date(row.happened_at),
    from: row.from_state,
    to: row.to_state,
  }))
}

/** What a regulator wrote on one item. */
export interface ReviewFinding {
  /** How often the application had been filed by then, from 1. */
  readonly round: number
  readonly itemId: string
  readonly position: number
  /** The number the owner saw. */
  readonly number: number
  readonly reason: string
  readonly regulator: string
  readonly writtenAt: Date
  readonly resolvedAt: Date | null
}

export async function addFindings(
  trx: Trx,
  applicationId: string,
  findings: readonly Omit<ReviewFinding, 'resolvedAt'>[],
): Promise<void> {
  const rows = findings.map((finding) => ({
    application_id: applicationId,
    round: finding.round,
    item_id: finding.itemId,
    position: finding.position,
    number: finding.number,
    reason: finding.reason,
    regulator: finding.regulator,
    written_at: finding.writtenAt.toISOString(),
    resolved_at: null,
  }))
  await trx.insertInto('review_findings').values(rows).execute()
}

/** The amendment has been filed: what was asked for is answered. */
export async function resolveFindings(trx: Trx, applicationId: string, at: Date): Promise<void> {
  await trx
    .updateTable('review_findings')
    .set({ resolved_at: at.toISOString() })
    .where('application_id', '=', applicationId)
    .where('resolved_at', 'is', null)
    .execute()
}

/** By round, then in the order of the checklist. */
export async function findingsOf(db: Db, applicationId: string): Promise<ReviewFinding[]> {
  const rows = await db
    .selectFrom('review_findings')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('round')
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    round: row.round,
    itemId: row.item_id,
    position: row.position,
    number: row.number,
    reason: row.reason,
    regulator: row.regulator,
    writtenAt: new Date(row.written_at),
    resolvedAt: row.resolved_at === null ? null : new Date(row.resolved_at),
  }))
}

const applicationIn = (row: Selectable<ApplicationTable>): Application => ({
  id: row.id,
  number: row.number,
  assessmentId: row.assessment_id,
  enterpriseId: row.enterprise_id,
  district: row.district,
  policy: row.policy,
  state: row.state,
  snapshot: row.snapshot,
  score: row.score,
  ledger: JSON.parse(row.ledger) as FiledLine[],
  hazards: JSON.parse(row.hazards) as FiledHazard[],
  commitment: JSON.parse(row.commitment) as Commitment,
  filedAt: new Date(row.filed_at),
  reviewDueOn: row.review_due_on,
  decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
  decidedBy: row.decided_by,
  announcedOn: row.announced_on,
  validUntil: row.valid_until,
})
