import type { Database, Db, Trx } from './database.ts'

/** Time as an event: what happens to an application at a moment unless its cause is cancelled before. */
export interface NewDeadline {
  /** Begins with its cause and a colon. */
  readonly uniqueKey: string
  readonly applicationId: string
  /** JSON of a life cycle event. */
  readonly event: string
  readonly dueAt: Date
}

/** Scheduling it again changes nothing, unless it was cancelled: then it counts again. */
export async function scheduleDeadline(trx: Trx, { uniqueKey, applicationId, event, dueAt }: NewDeadline) {
  const due = { event, due_at: dueAt.toISOString(), state: 'pending' as const, settled_at: null }
  await trx
    .insertInto('deadlines')
    .values({ unique_key: uniqueKey, application_id: applicationId, ...due })
    .onConflict((conflict) => conflict.column('unique_key').doUpdateSet(due).where('deadlines.state', '=', 'cancelled'))
    .execute()
}

/** Withdraws what has not happened of a cause. */
export async function cancelDeadlines(trx: Trx, applicationId: string, cause: string, at: Date): Promise<void> {
  await trx
    .updateTable('deadlines')
    .set({ state: 'cancelled', settled_at: at.toISOString() })
    .where('application_id', '=', applicationId)
    .where('state', '=', 'pending')
    .where('unique_key', 'like', `${cause}:%`)
    .execute()
}

export interface DueDeadline {
  readonly seq: number
  /** ISO instant. */
  readonly dueAt: string
  readonly applicationId: string
}

/** The earliest first, from the one after another. */
export function dueDeadlines(
  db: Db,
  now: Date,
  { limit, after }: { readonly limit: number; readonly after?: DueDeadline | undefined },
): Promise<DueDeadline[]> {
  const due = db
    .selectFrom('deadlines')
    .select(['seq', 'due_at as dueAt', 'application_id as applicationId'])
    .where('state', '=', 'pending')
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .orderBy('seq')
    .limit(limit)
  if (!after) return due.execute()
  const { dueAt, seq } = after
  return due
    .where((row) => row.or([row('due_at', '>', dueAt), row.and([row('due_at', '=', dueAt), row('seq', '>', seq)])]))
    .execute()
}

/** The event of a deadline that nobody else settles now; undefined when it is settled or being settled. */
export async function claimDeadline(
  trx: Trx,
  dialect: Database['dialect'],
  seq: number,
  at: Date,
): Promise<string | undefined> {
  const query = trx.selectFrom('deadlines').select('event').where('seq', '=', seq).where('state', '=', 'pending')
  const row = await (dialect === 'postgres' ? query.forUpdate().skipLocked() : query).executeTakeFirst()
  if (!row) return undefined

  await trx
    .updateTable('deadlines')
    .set({ state: 'fired', settled_at: at.toISOString() })
    .where('seq', '=', seq)
    .execute()
  return row.event
}

/** What would happen of a cause before a moment happens then. */
export async function postponeDeadlines(trx: Trx, applicationId: string, cause: string, until: Date): Promise<void> {
  await trx
    .updateTable('deadlines')
    .set({ due_at: until.toISOString() })
    .where('application_id', '=', applicationId)
    .where('state', '=', 'pending')
    .where('unique_key', 'like', `${cause}:%`)
    .where('due_at', '<', until.toISOString())
    .execute()
}

/** Withdraws the reminders of a series that would leave before a moment. */
export async function cancelRemindersBefore(trx: Trx, series: string, before: Date): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ state: 'cancelled' })
    .where('series', '=', series)
    .where('state', '=', 'pending')
    .where('due_at', '<', before.toISOString())
    .execute()
}
