import type { Insertable } from 'kysely'
import { builtOnce } from './built-once.ts'
import type { Database, Db, Trx } from './database.ts'
import type { ReminderKind, ReminderTable } from './tables.ts'

export type { ReminderKind } from './tables.ts'

/** What is told at a moment unless it becomes pointless before. */
export interface PlannedReminder {
  /** One per matter: planning it again moves it. */
  readonly uniqueKey: string
  readonly kind: ReminderKind
  /** Of `rectification` an enterprise, of `nudge` a contact, of `claim` a claim. */
  readonly subject: string
  readonly contact: string
  readonly dueAt: Date
  /** How often it has been told since the matter began. */
  readonly step: number
}

/** Once a matter, whenever it is told. */
export async function planReminder(trx: Trx, planned: PlannedReminder): Promise<void> {
  await upsertReminder(trx, {
    unique_key: planned.uniqueKey,
    kind: planned.kind,
    subject: planned.subject,
    contact: planned.contact,
    due_at: planned.dueAt.toISOString(),
    step: planned.step,
    state: 'pending',
  })
}

/** Asked with every message of a walk, and mostly nothing changes within a day. */
const upsertReminder = builtOnce((db, row: Insertable<ReminderTable>) =>
  db
    .insertInto('reminders')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column('unique_key')
        .doUpdateSet((reminder) => ({
          contact: reminder.ref('excluded.contact'),
          due_at: reminder.ref('excluded.due_at'),
          step: reminder.ref('excluded.step'),
          state: reminder.ref('excluded.state'),
        }))
        .where((reminder) =>
          reminder.or([
            reminder('reminders.due_at', '!=', reminder.ref('excluded.due_at')),
            reminder('reminders.step', '!=', reminder.ref('excluded.step')),
            reminder('reminders.contact', '!=', reminder.ref('excluded.contact')),
            reminder('reminders.state', '!=', reminder.ref('excluded.state')),
          ]),
        ),
    ),
)

/** It has become pointless; planning it again makes it count again. */
export async function cancelReminder(trx: Trx, uniqueKey: string): Promise<void> {
  await trx
    .updateTable('reminders')
    .set({ state: 'cancelled' })
    .where('unique_key', '=', uniqueKey)
    .where('state', '=', 'pending')
    .execute()
}

/** ISO date in China of the last time a matter was told, if ever. */
export async function lastTold(db: Db, uniqueKey: string): Promise<string | undefined> {
  const row = await db.selectFrom('reminders').select('told_on').where('unique_key', '=', uniqueKey).executeTakeFirst()
  return row?.told_on ?? undefined
}

export interface DueReminder {
  readonly seq: number
  /** ISO instant. */
  readonly dueAt: string
  readonly contact: string
}

/** The earliest first, from the one after another. */
export function dueReminders(
  db: Db,
  now: Date,
  { limit, after }: { readonly limit: number; readonly after?: DueReminder | undefined },
): Promise<DueReminder[]> {
  const due = db
    .selectFrom('reminders')
    .select(['seq', 'due_at as dueAt', 'contact'])
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

/** A reminder that nobody else tells now; undefined when it is told, moved or pointless by now. */
export async function claimReminder(
  trx: Trx,
  dialect: Database['dialect'],
  seq: number,
  { at, on }: { readonly at: Date; readonly on: string },
): Promise<PlannedReminder | undefined> {
  const query = trx
    .selectFrom('reminders')
    .selectAll()
    .where('seq', '=', seq)
    .where('state', '=', 'pending')
    .where('due_at', '<=', at.toISOString())
  const row = await (dialect === 'postgres' ? query.forUpdate().skipLocked() : query).executeTakeFirst()
  if (!row) return undefined
  // Until whoever told it says when it is told again.
  await trx.updateTable('reminders').set({ state: 'cancelled', told_on: on }).where('seq', '=', seq).execute()
  return {
    uniqueKey: row.unique_key,
    kind: row.kind,
    subject: row.subject,
    contact: row.contact,
    dueAt: new Date(row.due_at),
    step: row.step,
  }
}

/** 别提醒了. */
export async function muteContact(trx: Trx, contact: string, at: Date): Promise<void> {
  await trx
    .insertInto('muted_contacts')
    .values({ contact, muted_at: at.toISOString() })
    .onConflict((conflict) => conflict.column('contact').doNothing())
    .execute()
}

export async function unmuteContact(trx: Trx, contact: string): Promise<void> {
  await trx.deleteFrom('muted_contacts').where('contact', '=', contact).execute()
}

export const isMuted = async (db: Db, contact: string): Promise<boolean> =>
  (await db.selectFrom('muted_contacts').select('contact').where('contact', '=', contact).executeTakeFirst()) !==
  undefined
