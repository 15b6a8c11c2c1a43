import type { Database, Trx } from '../storage/database.ts'
import { createDueWork } from '../storage/due-work.ts'
import {
  type ClaimedMessage,
  claimDue,
  type Delivery,
  markFailed,
  markRetry,
  markSent,
  releaseClaims,
  responseCodeOf,
  spendResponseCode,
  usualRates,
} from '../storage/outbox.ts'
import { DeliveryError, type Sender, type SentReply, type Verdict } from './sender.ts'

export interface OutboxSettings {
  readonly database: Database
  readonly sender: Sender
  readonly clock: () => Date
  readonly log: OutboxLog
  /** Told once of every message that is given up, in the transaction that does so. */
  readonly onFailed?: (failure: OutboxFailure, trx: Trx) => void | Promise<void>
  /**
   * Messages to one person within any minute and any hour. WeCom drops what exceeds 30 and 1000 without a word
   * (document 90312), so we stay well below.
   */
  readonly ratePerMinute?: number
  readonly ratePerHour?: number
  /** Milliseconds between looks for what has become due; 0 leaves it to `wake` and `deliverDue`. */
  readonly everyMs?: number
}

/** A pino logger is one. */
export interface OutboxLog {
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

export interface OutboxFailure {
  readonly seq: number
  readonly recipient: string
  readonly kind: 'reply' | 'cardUpdate'
  readonly cause: string
  readonly attempts: number
  readonly error: string
}

export interface Outbox {
  /** Something was committed that may be due. */
  readonly wake: () => void
  /** Sends until nothing is due that may be sent now; gives the number of messages it tried. */
  readonly deliverDue: () => Promise<number>
  /** Resolves when what is on its way has been sent. */
  readonly stop: () => Promise<void>
}

/**
 * Sends what is due: to different recipients at once, to each of them one message after the other. Any number of
 * processes may share one PostgreSQL; a SQLite database belongs to one.
 */
export function createOutbox(settings: OutboxSettings): Outbox {
  const { database, clock, log, ratePerMinute = 20, ratePerHour = usualRates.perHour, everyMs = 2000 } = settings
  let justStarted = true

  const claim = (limit: number) =>
    database.inTransaction(KEY, async (trx) => {
      if (justStarted && database.dialect === 'sqlite') await releaseClaims(trx)
      justStarted = false
      const at = clock()
      const rates = { perMinute: ratePerMinute, perHour: ratePerHour }
      return claimDue(trx, database.dialect, { at, until: later(at, CLAIM_SECONDS), limit, ...rates })
    })

  const { wake, workOff, stop } = createDueWork({
    claim,
    work: (message) => deliver(settings, message),
    onError: (error) => log.error({ err: error }, 'the outbox could not be worked off'),
    atOnce: AT_ONCE,
    everyMs,
  })
  return { wake, deliverDue: workOff, stop }
}

const KEY = 'outbox'
const AT_ONCE = 8

/** Longer than the longest delivery: several parts, a token, time-outs of ten seconds each. */
const CLAIM_SECONDS = 120

/** Seconds to wait after the first, second, … failed attempt. */
const BACK_OFF = [5, 30, 120, 600, 3600]

/**
 * While the channel is out of order nothing is the message's fault: an outage costs it no attempt until it has lasted
 * so long, and each wait is as long as all before it, within these.
 */
const OUTAGE_SECONDS = 72 * 3600
const OUTAGE_WAIT = { least: 5, most: 1800 }

/** A card that keeps its buttons is a blemish; it must not hold up what comes after it for long. */
const CARD_UPDATE_BACK_OFF = BACK_OFF.slice(0, 1)

/** What cannot be recorded is found again when the claim has run out. */
async function deliver({ database, sender, clock, log, onFailed }: OutboxSettings, message: ClaimedMessage) {
  const outcome = await attempt(database, sender, message, clock)
  const { seq, recipient, kind, cause, attempts } = message
  const failure = { seq, recipient, kind, cause, attempts, error: 'error' in outcome ? outcome.error : '' }
  await database.inTransaction(`${KEY} ${recipient}`, async (trx) => {
    const isGivenUp = await record(trx, message, outcome, clock())
    if (isGivenUp) await onFailed?.(failure, trx)
  })
  if (outcome.kind === 'again') log.warn(failure, 'a message was not delivered and will be tried again')
  if (outcome.kind === 'failed') log.error(failure, 'a message could not be delivered')
}

type Outcome =
  | ({ readonly kind: 'sent'; readonly spent?: string } & Omit<Delivery, 'at'>)
  | {
      readonly kind: 'again'
      readonly seconds: number
      readonly uncertain: boolean
      readonly counts: boolean
      readonly error: string
    }
  | { readonly kind: 'failed'; readonly error: string }

async function attempt(
  database: Database,
  sender: Sender,
  message: ClaimedMessage,
  clock: () => Date,
): Promise<Outcome> {
  if (message.attempts > BACK_OFF.length + 1) return { kind: 'failed', error: 'the program ended in every attempt' }
  try {
    return message.kind === 'reply'
      ? sent(await sender.send(message.recipient, message.reply, message))
      : await updateCard(database, sender, message)
  } catch (error) {
    return outcomeOf(message, error, clock())
  }
}

const sent = (reply: SentReply): Outcome => ({ kind: 'sent', ...reply })

async function updateCard(
  { db }: Database,
  sender: Sender,
  { recipient, update }: ClaimedMessage & { kind: 'cardUpdate' },
): Promise<Outcome> {
  const { promptId, chosenLabel } = update
  const stored = update.responseCode === undefined && promptId !== undefined
  const responseCode = stored ? await responseCodeOf(db, promptId) : update.responseCode
  if (responseCode === undefined) return notUpdated('no card to update')

  await sender.updateCard(recipient, { responseCode, chosenLabel })
  return { kind: 'sent', messages: 0, ...(stored && { spent: promptId }) }
}

function outcomeOf(message: ClaimedMessage, error: unknown, now: Date): Outcome {
  const reason = error instanceof Error ? error.message : String(error)
  const verdict: Verdict = error instanceof DeliveryError ? error.verdict : { kind: 'again', uncertain: true }
  if (verdict.kind === 'settled') return notUpdated(reason)
  if (verdict.kind === 'never') return { kind: 'failed', error: reason }

  const outageWait = message.kind === 'reply' && verdict.outage ? waitInOutage(message, now) : undefined
  const wait = outageWait ?? (message.kind === 'reply' ? BACK_OFF : CARD_UPDATE_BACK_OFF)[message.attempts - 1]
  if (wait !== undefined) {
    const seconds = Math.max(wait, verdict.afterSeconds ?? 0)
    const uncertain = message.uncertain || verdict.uncertain
    return { kind: 'again', seconds, uncertain, counts: outageWait === undefined, error: reason }
  }
  return message.kind === 'reply' ? { kind: 'failed', error: reason } : notUpdated(reason)
}

/** Nothing when it has lasted too long. */
function waitInOutage({ dueAt }: ClaimedMessage, now: Date): number | undefined {
  const seconds = (now.getTime() - dueAt.getTime()) / 1000
  if (seconds >= OUTAGE_SECONDS) return undefined
  return Math.min(Math.max(seconds, OUTAGE_WAIT.least), OUTAGE_WAIT.most)
}

const notUpdated = (why: string): Outcome => ({ kind: 'sent', messages: 0, note: `card not updated: ${why}` })

/** True when the message is given up by this. */
async function record(trx: Trx, message: ClaimedMessage, outcome: Outcome, at: Date): Promise<boolean> {
  switch (outcome.kind) {
    case 'sent':
      if (outcome.spent !== undefined) await spendResponseCode(trx, outcome.spent)
      await markSent(trx, message, { ...outcome, at })
      return false
    case 'again':
      await markRetry(trx, message, { ...outcome, at: later(at, outcome.seconds) })
      return false
    case 'failed':
      return markFailed(trx, message, outcome.error)
  }
}

const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)
