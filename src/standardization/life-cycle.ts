import {
  type Cause,
  type LifeCycleEffect,
  type LifeCycleEvent,
  lifeCycleStep,
  listed,
} from '../../flows/standardization/index.ts'
import { chinaDateOf, nineOn } from '../calendar/dates.ts'
import { translators } from '../i18n/translator.ts'
import {
  type Application,
  applicationsOf,
  lockedApplication,
  recordStep,
  updateApplication,
} from '../storage/applications.ts'
import type { Trx } from '../storage/database.ts'
import { cancelDeadlines, scheduleDeadline } from '../storage/deadlines.ts'
import { cancelCause, enqueue } from '../storage/outbox.ts'
import { envelopeIn } from './envelope.ts'
import { type House, policyNamed } from './house.ts'
import { languageOf, type NoticeBoard, noticeBoard, promptIdOf, tell } from './notify.ts'
import { decidersOf } from './rights.ts'

/** Who took a step, and when. */
export interface Taken {
  /** `owner:<contact>`, `regulator:<user id>` or `clock`. */
  readonly actor: string
  readonly at: Date
}

/**
 * Takes one step of an application's life cycle: stores where it stands now, who took the step, and what follows
 * from it. Undefined, and nothing changed, when the event means nothing where it stands.
 */
export async function takeStep(
  trx: Trx,
  house: House,
  application: Application,
  event: LifeCycleEvent,
  taken: Taken,
): Promise<Application | undefined> {
  const step = stepped(house, application, event, taken)
  if (!step) return undefined
  await updateApplication(trx, step.application)
  await settle(trx, house, { ...step, from: application.state, event, taken })
  return step.application
}

export interface Stepped {
  readonly application: Application
  readonly effects: readonly LifeCycleEffect[]
}

/** The application after a step, not stored yet. */
export function stepped(
  house: House,
  application: Application,
  event: LifeCycleEvent,
  { actor, at }: Taken,
): Stepped | undefined {
  const step = lifeCycleStep(policyNamed(house, application.policy), envelopeIn(application), event)
  if (!step) return undefined
  const { value, context } = step.envelope
  return {
    effects: step.effects,
    application: {
      ...application,
      state: value,
      snapshot: JSON.stringify(step.envelope),
      reviewDueOn: context.reviewDueOn ?? application.reviewDueOn,
      announcedOn: context.announcedOn,
      validUntil: context.validUntil,
      ...(decisions.includes(event.type) && { decidedAt: at, decidedBy: userIdIn(actor) }),
      ...(event.type === 'application.amended' && { decidedAt: null, decidedBy: null }),
    },
  }
}

const decisions: readonly string[] = [
  'application.approved',
  'application.returned',
  'application.rejected',
  'listing.revoked',
] satisfies LifeCycleEvent['type'][]

export const regulatorActor = (userId: string) => `regulator:${userId}`

const userIdIn = (actor: string) => (actor.startsWith('regulator:') ? actor.slice('regulator:'.length) : null)

/** Writes down a step whose application is stored, and carries out what follows from it. */
export async function settle(
  trx: Trx,
  house: House,
  { application, effects, from, event, taken }: Stepped & { from: string; event: LifeCycleEvent; taken: Taken },
): Promise<void> {
  const { actor, at } = taken
  await recordStep(trx, application.id, { event: event.type, actor, happenedAt: at, from, to: application.state })
  const board = await noticeBoard(trx, house, application, at)
  for (const effect of effects) await carryOut(trx, house, board, effect, taken)
}

async function carryOut(trx: Trx, house: House, board: NoticeBoard, effect: LifeCycleEffect, taken: Taken) {
  const { application } = board
  const { at } = taken
  switch (effect.type) {
    case 'notify':
      return tell(trx, house, board, effect, causeKey(application.id, effect.cause))
    case 'schedule': {
      const uniqueKey = `${causeKey(application.id, effect.cause)}:${effect.step}`
      const event = JSON.stringify(effect.event)
      return scheduleDeadline(trx, { uniqueKey, applicationId: application.id, event, dueAt: nineOn(effect.on) })
    }
    case 'cancel': {
      const cause = causeKey(application.id, effect.cause)
      await cancelCause(trx, cause)
      return cancelDeadlines(trx, application.id, cause, at)
    }
    case 'announce':
      return endEarlierListings(trx, house, application, taken)
    case 'settleCards':
      return settleCards(trx, house, board, effect, taken)
  }
}

/** `verification:<application>:<year>` and the like: what is cancelled together. */
export const causeKey = (applicationId: string, cause: Cause): string =>
  'turn' in cause ? `${cause.kind}:${applicationId}:${cause.turn}` : `${cause.kind}:${applicationId}`

/** An enterprise has one listing: the newest. */
async function endEarlierListings(trx: Trx, house: House, { id, enterpriseId }: Application, { actor, at }: Taken) {
  const on = chinaDateOf(at)
  for (const earlier of await applicationsOf(trx, enterpriseId)) {
    if (earlier.id === id || !listed.some((state) => state === earlier.state)) continue
    const locked = await lockedApplication(trx, house.database.dialect, earlier.id)
    if (locked) await takeStep(trx, house, locked, { type: 'listing.renewed', on }, { actor, at })
  }
}

/** The cards of the others show that a colleague has decided. */
async function settleCards(
  trx: Trx,
  house: House,
  { application }: NoticeBoard,
  { round, outcome }: Extract<LifeCycleEffect, { type: 'settleCards' }>,
  { actor, at }: Taken,
) {
  const cause = causeKey(application.id, { kind: 'review', turn: round })
  const cards = application.reviewDueOn <= chinaDateOf(at) ? (['filed', 'due'] as const) : (['filed'] as const)
  for (const { userId } of await decidersOf(trx, house, application.district)) {
    if (actor === regulatorActor(userId)) continue
    const recipient = `app:${userId}`
    const t = translators[await languageOf(trx, recipient)]
    for (const card of cards)
      await enqueue(trx, {
        uniqueKey: `${cause}:settled:${card}:${userId}`,
        recipient,
        kind: 'cardUpdate',
        update: { promptId: promptIdOf(`${cause}:${card}:${userId}`), chosenLabel: t(`notices:settled.${outcome}`) },
        cause,
        dueAt: at,
        at,
      })
  }
}
