import { type ExpressionBuilder, sql } from 'kysely'
import type { Reply } from '../message/index.ts'
import { builtOnce } from './built-once.ts'
import type { Database, Db, Trx } from './database.ts'
import type { NewOutboxRow, OutboxRow, Tables } from './tables.ts'

/**
 * Puts a message into the outbox. It leaves at `dueAt`, after whatever was due earlier to the same recipient.
 * A message whose unique key was used before is left out, whatever became of the first.
 */
export async function enqueue(trx: Trx, message: OutboxMessage): Promise<void> {
  await insertMessage(trx, {
    unique_key: message.uniqueKey,
    recipient: message.recipient,
    kind: message.kind,
    body: JSON.stringify(bodyOf(message)),
    cause: message.cause,
    series: message.series ?? null,
    prompt_id: (message.kind === 'reply' ? message.reply.prompt?.id : message.update.promptId) ?? null,
    due_at: message.dueAt.toISOString(),
    state: 'pending',
    attempts: 0,
    created_at: message.at.toISOString(),
  })
}

const insertMessage = builtOnce((db, row: NewOutboxRow) =>
  db
    .insertInto('outbox')
    .values(row)
    .onConflict((conflict) => conflict.column('unique_key').doNothing()),
)

export type OutboxMessage = OutboxContent & {
  /** One per cause and step. */
  readonly uniqueKey: string
  /** A contact, such as `app:zhangsan`. */
  readonly recipient: string
  /** Messages of one cause are cancelled together. */
  readonly cause: string
  /** Reminders of one thing: of those that are due, only the latest is sent. */
  readonly series?: string
  readonly dueAt: Date
  /** Now. */
  readonly at: Date
}

export type OutboxContent =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly late?: LateReply }
  | { readonly kind: 'cardUpdate'; readonly update: CardUpdate }

/** Said instead by a message that leaves only then: what it says of today would not be true any more. */
export interface LateReply {
  readonly from: Date
  readonly reply: Reply
}

/** As stored: a late reply stands beside the members of the reply. */
type StoredReply = Reply & { readonly late?: { readonly from: string; readonly reply: Reply } }

const bodyOf = (message: OutboxContent): StoredReply | CardUpdate => {
  if (message.kind === 'cardUpdate') return message.update
  const { reply, late } = message
  return late ? { ...reply, late: { from: late.from.toISOString(), reply: late.reply } } : reply
}

/** Shows on a card that was sent earlier what became of it. Needs a response code or the prompt of the card. */
export interface CardUpdate {
  /** That of the tap. */
  readonly responseCode?: string
  /** The prompt of the card: without the code of a tap, the one that came when it was sent is used. */
  readonly promptId?: string
  readonly chosenLabel: string
}

/** Withdraws all that has not been sent. What is on its way at this moment still arrives, and will say so. */
export async function cancelCause(trx: Trx, cause: string): Promise<void> {
  await trx.updateTable('outbox').set(CANCELLED).where('cause', '=', cause).where(stillOpen).execute()
}

/** Lets the card of a prompt be updated, once. Nothing when it was no card, or was updated. */
export async function responseCodeOf(db: Db, promptId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('response_code')
    .where('prompt_id', '=', promptId)
    .where('response_code', 'is not', null)
    .executeTakeFirst()
  return row?.response_code ?? undefined
}

/** The prompt as it was put, however long ago. */
export async function promptSent(db: Db, promptId: string): Promise<Reply['prompt']> {
  const row = await db
    .selectFrom('outbox')
    .select('body')
    .where('prompt_id', '=', promptId)
    .where('kind', '=', 'reply')
    .executeTakeFirst()
  return row && (JSON.parse(row.body) as Reply).prompt
}

/** What the card of a prompt was first told to show in place of its buttons; nothing while they are there. */
export async function labelShownOn(db: Db, promptId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('body')
    .where('prompt_id', '=', promptId)
    .where('kind', '=', 'cardUpdate')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  return row && (JSON.parse(row.body) as CardUpdate).chosenLabel
}

export async function spendResponseCode(trx: Trx, promptId: string): Promise<void> {
  await trx.updateTable('outbox').set({ response_code: null }).where('prompt_id', '=', promptId).execute()
}

/** A message that its claimer, and nobody else, sends now. */
export type ClaimedMessage = OutboxContent & {
  readonly seq: number
  readonly recipient: string
  readonly cause: string
  /** This one included; those in an outage do not count. */
  readonly attempts: number
  /** Since when it could have been sent. */
  readonly dueAt: Date
  /** An earlier attempt may have got through. */
  readonly uncertain: boolean
  /** Until when the claim holds. */
  readonly until: string
}

export interface ClaimTerms extends Rates {
  readonly at: Date
  /** Whoever has not said by then what became of a message is taken for dead. */
  readonly until: Date
  readonly limit: number
}

/** Messages to one recipient within any minute and any hour; card updates do not count. */
export interface Rates {
  readonly perMinute: number
  readonly perHour: number
}

/** WeCom drops what exceeds 30 and 1000 without a word (document 90312). */
export const usualRates: Rates = { perMinute: 28, perHour: 800 }

/**
 * Claims what is due: of each recipient the earliest message, by due time and then by the order of enqueueing,
 * unless it waits to be tried again or another one is on its way. Any number of processes may claim at once.
 */
export async function claimDue(
  trx: Trx,
  dialect: Database['dialect'],
  { at, until, limit, perMinute, perHour }: ClaimTerms,
): Promise<ClaimedMessage[]> {
  const rows = await dueRows(trx, dialect, { at, limit, perMinute, perHour })
  if (await supersede(trx, rows, at)) return claimDue(trx, dialect, { at, until, limit, perMinute, perHour })

  if (rows.length > 0) await claim(trx, rows, until)
  return rows.map((row) => claimed(row, at, until))
}

function dueRows(
  trx: Trx,
  dialect: Database['dialect'],
  { at, limit, perMinute, perHour }: Omit<ClaimTerms, 'until'>,
): Promise<OutboxRow[]> {
  const now = at.toISOString()
  const query = trx
    .selectFrom('outbox')
    .selectAll('outbox')
    .where(stillOpen)
    .where('outbox.due_at', '<=', now)
    .where((row) => row.or([row('claimed_until', 'is', null), row('claimed_until', '<=', now)]))
    .where((row) => row.not(row.exists(goesFirst(row, now))))
    .where((row) =>
      row.or([
        row('kind', '=', 'cardUpdate'),
        row.and([
          row(sentSince(row, before(at, 60)), '<', perMinute),
          row(sentSince(row, before(at, 3600)), '<', perHour),
        ]),
      ]),
    )
    .orderBy('due_at')
    .orderBy('seq')
    .limit(limit)
  return (dialect === 'postgres' ? query.forUpdate().skipLocked() : query).execute()
}

/** Messages to the same recipient that are due earlier, or that someone is sending. */
const goesFirst = (row: ExpressionBuilder<Tables, 'outbox'>, now: string) =>
  row
    .selectFrom('outbox as other')
    .select('other.seq')
    .whereRef('other.recipient', '=', 'outbox.recipient')
    .where(sql<boolean>`other.state in ('pending', 'sending')`)
    .where('other.due_at', '<=', now)
    .where((other) =>
      other.or([
        other('other.due_at', '<', other.ref('outbox.due_at')),
        other.and([
          other('other.due_at', '=', other.ref('outbox.due_at')),
          other('other.seq', '<', other.ref('outbox.seq')),
        ]),
        other.and([
          other('other.state', '=', 'sending'),
          other('other.seq', '!=', other.ref('outbox.seq')),
          other('other.claimed_until', '>', now),
        ]),
      ]),
    )

const sentSince = (row: ExpressionBuilder<Tables, 'outbox'>, since: string) =>
  row
    .selectFrom('outbox as past')
    .select((past) => past.fn.coalesce(past.fn.sum<number>('past.messages'), sql<number>`0`).as('messages'))
    .whereRef('past.recipient', '=', 'outbox.recipient')
    .where('past.sent_at', '>', since)

/**
 * Whole seconds until a message that is enqueued now may leave: after all that is due to the same recipient, within
 * the rates. 0 when nothing holds it up.
 */
export async function waitFor(trx: Trx, recipient: string, at: Date, rates = usualRates): Promise<number> {
  const now = at.toISOString()
  const { rows: sent } = await sentToSince(trx, { recipient, since: before(at, 3600) })
  const { rows: waiting } = await waitingFor(trx, { recipient, now })
  const left = sent.flatMap(({ sent_at, messages }) => Array<number>(messages ?? 0).fill(Date.parse(sent_at ?? now)))
  return Math.ceil((departureAfter(left, waiting.length, at.getTime(), rates) - at.getTime()) / 1000)
}

/** When the last leaves of `waiting` messages and one more. */
function departureAfter(left: readonly number[], waiting: number, at: number, { perMinute, perHour }: Rates): number {
  const departures = [...left]
  const freeAgain = (rate: number, seconds: number) => (departures.at(-rate) ?? 0) + seconds * 1000
  for (let index = 0; index <= waiting; index++)
    departures.push(Math.max(at, freeAgain(perMinute, 60), freeAgain(perHour, 3600)))
  return departures.at(-1) ?? at
}

const sentToSince = builtOnce((db, { recipient, since }: { recipient: string; since: string }) =>
  db
    .selectFrom('outbox')
    .select(['sent_at', 'messages'])
    .where('recipient', '=', recipient)
    .where('sent_at', '>', since)
    .orderBy('sent_at'),
)

const waitingFor = builtOnce((db, { recipient, now }: { recipient: string; now: string }) =>
  db
    .selectFrom('outbox')
    .select('seq')
    .where('recipient', '=', recipient)
    .where('kind', '=', 'reply')
    .where(stillOpen)
    .where('due_at', '<=', now),
)

/** Cancels the messages among these that a later due one of their series has overtaken; true when there were any. */
async function supersede(trx: Trx, rows: readonly OutboxRow[], at: Date): Promise<boolean> {
  let any = false
  for (const { seq, recipient, series, due_at } of rows) {
    if (series === null) continue
    const { numUpdatedRows } = await trx
      .updateTable('outbox')
      .set({ ...CANCELLED, last_error: 'superseded by a later one of its series' })
      .where('seq', '=', seq)
      .where((row) => row.exists(laterInSeries(row, { seq, recipient, series, due_at }, at)))
      .executeTakeFirstOrThrow()
    any ||= numUpdatedRows > 0n
  }
  return any
}

const laterInSeries = (
  row: ExpressionBuilder<Tables, 'outbox'>,
  { seq, recipient, series, due_at }: Pick<OutboxRow, 'seq' | 'recipient' | 'series' | 'due_at'>,
  at: Date,
) =>
  row
    .selectFrom('outbox as later')
    .select('later.seq')
    .where('later.recipient', '=', recipient)
    .where('later.series', '=', series)
    .where(sql<boolean>`later.state in ('pending', 'sending')`)
    .where('later.due_at', '<=', at.toISOString())
    .where((later) =>
      later.or([
        later('later.due_at', '>', due_at),
        later.and([later('later.due_at', '=', due_at), later('later.seq', '>', seq)]),
      ]),
    )

const claim = (trx: Trx, rows: readonly OutboxRow[], until: Date) =>
  trx
    .updateTable('outbox')
    .set((row) => ({
      state: 'sending' as const,
      attempts: row('attempts', '+', 1),
      claimed_until: until.toISOString(),
      last_error: null,
    }))
    .where(
      'seq',
      'in',
      rows.map(({ seq }) => seq),
    )
    .execute()

const claimed = (row: OutboxRow, at: Date, until: Date): ClaimedMessage => ({
  ...contentOf(row, at),
  seq: row.seq,
  recipient: row.recipient,
  cause: row.cause,
  attempts: row.attempts + 1,
  dueAt: new Date(row.due_at),
  uncertain: row.state === 'sending',
  until: until.toISOString(),
})

function contentOf({ kind, body }: OutboxRow, at: Date): OutboxContent {
  if (kind === 'cardUpdate') return { kind, update: JSON.parse(body) }
  const { late, ...reply } = JSON.parse(body) as StoredReply
  return { kind, reply: late && late.from <= at.toISOString() ? late.reply : reply }
}

/**
 * Frees all that is claimed or waits to be tried again, for a process that knows it is the only one and has just
 * started: whoever claimed it is dead. What waits, and so has an error, is tried earlier than it would be, which costs
 * it no attempt; what a dead process was sending has used up one, for it may be what ended the process.
 */
export async function releaseClaims(trx: Trx): Promise<void> {
  const spared = sql<number>`case when last_error is not null and attempts > 0 then attempts - 1 else attempts end`
  await trx
    .updateTable('outbox')
    .set({ claimed_until: null, attempts: spared })
    .where(stillOpen)
    .where('claimed_until', 'is not', null)
    .execute()
}

export interface Delivery {
  readonly at: Date
  /** How many messages it took on the channel. */
  readonly messages: number
  readonly messageId?: string
  readonly responseCode?: string
  /** Why it counts as sent though nothing was. */
  readonly note?: string
}

/** Whoever sent it says so, even if the claim has run out or the message was cancelled meanwhile. */
export async function markSent(trx: Trx, { seq }: ClaimedMessage, delivery: Delivery): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({
      state: 'sent',
      claimed_until: null,
      last_error: delivery.note ?? null,
      message_id: delivery.messageId ?? null,
      messages: delivery.messages,
      response_code: delivery.responseCode ?? null,
      sent_at: delivery.at.toISOString(),
    })
    .where('seq', '=', seq)
    .execute()
}

/** To be tried again at `at`. `uncertain`: this or an earlier attempt may have got through; `counts`: this one does. */
export async function markRetry(
  trx: Trx,
  message: ClaimedMessage,
  { at, error, uncertain, counts = true }: { at: Date; error: string; uncertain: boolean; counts?: boolean },
): Promise<void> {
  await whileClaimed(trx, message)
    .set({
      state: uncertain ? 'sending' : 'pending',
      claimed_until: at.toISOString(),
      last_error: error,
      attempts: counts ? message.attempts : message.attempts - 1,
    })
    .execute()
}

/** Given up; an operator may retry it. False when it was not ours any more. */
export async function markFailed(trx: Trx, message: ClaimedMessage, error: string): Promise<boolean> {
  const { numUpdatedRows } = await whileClaimed(trx, message)
    .set({ state: 'failed', claimed_until: null, last_error: error })
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

const whileClaimed = (trx: Trx, { seq, until }: ClaimedMessage) =>
  trx.updateTable('outbox').where('seq', '=', seq).where('state', '=', 'sending').where('claimed_until', '=', until)

/** A message in the outbox, without its words. */
export interface OutboxEntry {
  readonly seq: number
  readonly uniqueKey: string
  readonly recipient: string
  readonly kind: OutboxRow['kind']
  readonly cause: string
  readonly state: OutboxRow['state']
  readonly dueAt: string
  readonly attempts: number
  readonly lastError: string | null
  readonly sentAt: string | null
}

/** The newest first. */
export function outboxRows(
  db: Db,
  { state, recipient, limit = 100 }: { state?: OutboxEntry['state']; recipient?: string; limit?: number } = {},
): Promise<OutboxEntry[]> {
  let query = db
    .selectFrom('outbox')
    .select(['seq', 'unique_key as uniqueKey', 'recipient', 'kind', 'cause', 'state', 'due_at as dueAt'])
    .select(['attempts', 'last_error as lastError', 'sent_at as sentAt'])
    .orderBy('seq', 'desc')
    .limit(limit)
  if (state !== undefined) query = query.where('state', '=', state)
  if (recipient !== undefined) query = query.where('recipient', '=', recipient)
  return query.execute()
}

/** Sends a failed message once more, at its turn. False when there is no such failed message. */
export async function retryRow(trx: Trx, seq: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('outbox')
    .set({ state: 'pending', attempts: 0, claimed_until: null })
    .where('seq', '=', seq)
    .where('state', '=', 'failed')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

const CANCELLED = { state: 'cancelled', claimed_until: null } as const

/** Spelt as in the conditions of the indexes, so that they are used. */
const stillOpen = sql<boolean>`outbox.state in ('pending', 'sending')`

const before = (at: Date, seconds: number) => new Date(at.getTime() - seconds * 1000).toISOString()
