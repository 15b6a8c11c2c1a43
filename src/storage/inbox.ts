import type { Insertable } from 'kysely'
import type { InboundContent, InboundMessage } from '../message/index.ts'
import { builtOnce } from './built-once.ts'
import type { Db, Trx } from './database.ts'
import type { InboxRow, InboxTable } from './tables.ts'

/** True the first time a message arrives, false when it is delivered again. */
export async function claimInbound(trx: Trx, message: InboundMessage, receivedAt: Date): Promise<boolean> {
  const { numAffectedRows } = await insertMessage(trx, {
    dedupe_key: message.dedupeKey,
    contact: message.contact,
    content: JSON.stringify(message.content),
    sent_at: message.sentAt.toISOString(),
    received_at: receivedAt.toISOString(),
    state: 'processed',
    error: null,
  })
  return numAffectedRows === 1n
}

/** Whether a message is there already, so that it will not be claimed again. */
export async function wasClaimed(trx: Trx, dedupeKey: string): Promise<boolean> {
  const row = await trx.selectFrom('inbox').select('seq').where('dedupe_key', '=', dedupeKey).executeTakeFirst()
  return row !== undefined
}

const insertMessage = builtOnce((db, row: Insertable<InboxTable>) =>
  db
    .insertInto('inbox')
    .values(row)
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing()),
)

/** Keeps a claimed message for an operator, because handling it threw. */
export async function markFailed(trx: Trx, dedupeKey: string, error: string): Promise<void> {
  await trx.updateTable('inbox').set({ state: 'failed', error }).where('dedupe_key', '=', dedupeKey).execute()
}

/** A message as we keep it. */
export interface InboxEntry {
  /** The order in which messages were handled. */
  readonly seq: number
  readonly message: InboundMessage
  readonly receivedAt: Date
  readonly state: 'processed' | 'failed'
  readonly error?: string
}

/** Oldest first. */
export async function failedMessages(db: Db): Promise<InboxEntry[]> {
  const rows = await db.selectFrom('inbox').selectAll().where('state', '=', 'failed').orderBy('seq').execute()
  return rows.map(entryOf)
}

/** The newest first. */
export async function inboxRows(
  db: Db,
  { contact, state, limit = 100 }: { contact?: string; state?: InboxEntry['state']; limit?: number } = {},
): Promise<InboxEntry[]> {
  let query = db.selectFrom('inbox').selectAll().orderBy('seq', 'desc').limit(limit)
  if (contact !== undefined) query = query.where('contact', '=', contact)
  if (state !== undefined) query = query.where('state', '=', state)
  return (await query.execute()).map(entryOf)
}

/**
 * Takes a failed message out of the inbox, so that it can be claimed and handled once more: in the same
 * transaction, lest it be lost. Nothing when there is no such failed message.
 */
export async function releaseForRetry(trx: Trx, dedupeKey: string): Promise<InboundMessage | undefined> {
  const row = await trx
    .deleteFrom('inbox')
    .where('dedupe_key', '=', dedupeKey)
    .where('state', '=', 'failed')
    .returningAll()
    .executeTakeFirst()
  return row && entryOf(row).message
}

function entryOf(row: InboxRow): InboxEntry {
  return {
    seq: row.seq,
    message: {
      dedupeKey: row.dedupe_key,
      contact: row.contact,
      sentAt: new Date(row.sent_at),
      content: contentOf(row.content),
    },
    receivedAt: new Date(row.received_at),
    state: row.state,
    ...(row.error !== null && { error: row.error }),
  }
}

/** `effectiveAt` is the one instant inside a content. */
const contentOf = (json: string): InboundContent =>
  JSON.parse(json, (key, value) => (key === 'effectiveAt' ? new Date(value) : value))
