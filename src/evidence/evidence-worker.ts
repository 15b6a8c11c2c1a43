import { createHash } from 'node:crypto'
import type { InboundMessage } from '../message/index.ts'
import type { Database, Trx } from '../storage/database.ts'
import { createDueWork } from '../storage/due-work.ts'
import {
  type ClaimedEvidence,
  claimEvidence,
  type LostPicture,
  markLost,
  markStored,
  postponeEvidence,
  type StoredPicture,
  settledKeyOf,
  unsettledEvidence,
} from '../storage/evidence.ts'
import { MediaTooLargeError, WecomApiError } from '../wecom/errors.ts'
import { pictureIn, UnreadablePictureError } from './picture.ts'
import { savePicture } from './picture-files.ts'

export interface EvidenceSettings {
  readonly database: Database
  /** Throws the errors of `src/wecom`. */
  readonly download: (mediaId: string, limits: { readonly maxBytes: number }) => Promise<{ readonly bytes: Buffer }>
  /** Where the pictures are kept. */
  readonly folder: string
  readonly clock: () => Date
  readonly maxBytes: number
  /** Tells the conversation what became of a photo, as any other message. Repeats must be harmless. */
  readonly settle: (message: InboundMessage) => Promise<unknown>
  readonly log: EvidenceLog
  /** Milliseconds between looks for what is due; 0 leaves it to `wake` and `fetchDue`. */
  readonly everyMs?: number
}

/** A pino logger is one. */
export interface EvidenceLog {
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

export interface EvidenceWorker {
  /** Photos were committed that are to be fetched. */
  readonly wake: () => void
  /** Fetches until nothing is due; gives the number of photos it tried. */
  readonly fetchDue: () => Promise<number>
  /** Resolves when what is being fetched has been settled. */
  readonly stop: () => Promise<void>
}

/**
 * Fetches photos as soon as they are noted, because WeCom keeps them for three days, stores them and tells the
 * conversation. A conversation that was not told, because the process was killed in between, is told at the next start.
 */
export function createEvidenceWorker(settings: EvidenceSettings): EvidenceWorker {
  const { database, clock, log, everyMs = 2000 } = settings
  let allSettled = false

  async function claim(limit: number): Promise<ClaimedEvidence[]> {
    if (!allSettled) await settleTheRest()
    const at = clock()
    return database.inTransaction(KEY, (trx) =>
      claimEvidence(trx, database.dialect, { at, until: later(at, CLAIM_SECONDS), limit }),
    )
  }

  async function settleTheRest() {
    allSettled = true
    for (const { id, contact, picture } of await unsettledEvidence(database.db)) {
      await settleOne({ id, contact }, picture.state === 'lost' ? picture.whyLost : 'stored')
    }
  }

  async function fetchOne(photo: ClaimedEvidence) {
    const outcome = await outcomeOf(settings, photo)
    const isSettled = await database.inTransaction(KEY, (trx) => record(trx, photo, outcome, clock()))
    if (outcome.kind !== 'stored') {
      log.warn({ evidence: photo.id, attempts: photo.attempts, ...outcome }, 'a photo could not be fetched')
    }
    if (isSettled) await settleOne(photo, outcome.kind === 'lost' ? outcome.whyLost : 'stored')
  }

  async function settleOne({ id, contact }: { id: string; contact: string }, outcome: Settled) {
    try {
      await settings.settle(settledMessage(id, contact, outcome, clock()))
    } catch (error) {
      allSettled = false
      log.error({ err: error, evidence: id }, 'a conversation could not be told of its photo')
    }
  }

  const { wake, workOff, stop } = createDueWork({
    claim,
    work: fetchOne,
    onError: (error) => log.error({ err: error }, 'photos could not be fetched'),
    atOnce: AT_ONCE,
    everyMs,
  })
  return { wake, fetchDue: workOff, stop }
}

const KEY = 'evidence'

/** Redrawing a photo takes a processor for a moment; answering people must stay quick. */
const AT_ONCE = 2

/** Longer than the longest download. */
const CLAIM_SECONDS = 120

/** Seconds to wait after the first, second, … failed attempt: two days in all, of the three that WeCom keeps it. */
const BACK_OFF = [5, 30, 120, 600, 3600, 3 * 3600, 8 * 3600, 12 * 3600, 24 * 3600]

type Settled = 'stored' | LostPicture['whyLost']

type Outcome =
  | { readonly kind: 'stored'; readonly picture: Omit<StoredPicture, 'state' | 'storedAt'> }
  | { readonly kind: 'lost'; readonly whyLost: LostPicture['whyLost']; readonly error: string }
  | { readonly kind: 'again'; readonly seconds: number; readonly error: string }

async function outcomeOf({ download, folder, maxBytes }: EvidenceSettings, photo: ClaimedEvidence): Promise<Outcome> {
  if (photo.attempts > BACK_OFF.length + 1) {
    return { kind: 'lost', whyLost: 'unreadable', error: 'the program ended in every attempt' }
  }
  try {
    const { bytes } = await download(photo.mediaId, { maxBytes })
    if (bytes.length > maxBytes) throw new MediaTooLargeError(maxBytes)
    return { kind: 'stored', picture: await storedPicture(folder, bytes) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const whyLost = whyLostBy(error)
    const seconds = BACK_OFF[photo.attempts - 1]
    if (whyLost === undefined && seconds !== undefined) return { kind: 'again', seconds, error: reason }
    return { kind: 'lost', whyLost: whyLost ?? 'lost', error: reason }
  }
}

async function storedPicture(folder: string, received: Buffer) {
  const picture = await pictureIn(received)
  const sha256 = createHash('sha256').update(received).digest('hex')
  const files = await savePicture(folder, sha256, picture)
  const { jpeg, width, height } = picture
  return { ...files, contentType: 'image/jpeg', bytes: jpeg.length, width, height, sha256 }
}

/** Why it is of no use to try again, if so. */
function whyLostBy(error: unknown): LostPicture['whyLost'] | undefined {
  if (error instanceof MediaTooLargeError) return 'tooLarge'
  if (error instanceof UnreadablePictureError) return 'unreadable'
  if (error instanceof WecomApiError && FINAL.has(error.reaction.kind)) return 'lost'
  return undefined
}

/** The media id has run out, or never was one. */
const FINAL: ReadonlySet<WecomApiError['reaction']['kind']> = new Set(['uploadAgain', 'badRequest'])

/** True when this settled the photo: not yet, or not any more, otherwise. */
async function record(trx: Trx, { id }: ClaimedEvidence, outcome: Outcome, at: Date): Promise<boolean> {
  switch (outcome.kind) {
    case 'stored':
      return markStored(trx, id, { ...outcome.picture, storedAt: at })
    case 'lost':
      return markLost(trx, id, outcome.whyLost)
    case 'again':
      await postponeEvidence(trx, id, later(at, outcome.seconds))
      return false
  }
}

const settledMessage = (evidenceId: string, contact: string, outcome: Settled, at: Date): InboundMessage => ({
  dedupeKey: settledKeyOf(evidenceId),
  contact,
  sentAt: at,
  content: { type: 'evidenceSettled', evidenceId, outcome },
})

const later = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)
