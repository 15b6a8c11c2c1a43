import { reviewDeskFlow } from '../../../flows/review-desk/index.ts'
import type {
  DeskEffect,
  InHand,
  ReviewDeskContext,
  ReviewDeskEvent,
} from '../../../flows/review-desk/review-desk.machine.ts'
import type { DeskEvent, DeskKnown, DeskRequest } from '../../../flows/review-desk/screens.ts'
import { regulatorOf } from '../../message/contact.ts'
import { claimNote, decidedNote } from '../../replies/desk-notes.ts'
import { deskScope } from '../../replies/scopes/desk.ts'
import {
  applicationAtDesk,
  applicationNamed,
  beginReview,
  claimsFor,
  consoleLink,
  type DeskDecision,
  decideAtDesk,
  decideClaim,
  enterpriseNamed,
  type Named,
  waitingFor,
} from '../../standardization/index.ts'
import { type Said, type Shell, speakingTo, type Unit } from './shell.ts'

export const deskShell: Shell<ReviewDeskContext, DeskEvent, DeskEffect, DeskKnown> = {
  flow: reviewDeskFlow,
  async known(unit) {
    const { trx, house, conversation } = unit
    const userId = regulatorAt(unit)
    const { inHand, problem } = conversation.snapshot.context as ReviewDeskContext
    const seen = (applicationId: string) => applicationAtDesk(trx, house, applicationId, userId)
    const meant = problem?.kind === 'several' ? problem.applicationIds : []
    const claims = await claimsFor(trx, house, userId)
    return {
      ...(await waitingFor(trx, house, userId)),
      claim: claims[0] ?? null,
      claims: claims.length,
      inHand: (inHand && (await seen(inHand.applicationId))) ?? null,
      several: (await Promise.all(meant.map(seen))).filter((each) => each !== undefined),
      consoleUrl: consoleLink(house, userId),
    }
  },
  scope: deskScope,
  async resolved(unit, event) {
    switch (event.type) {
      case 'approval.asked':
      case 'return.asked':
      case 'refusal.asked': {
        const { subject } = event
        return resolvedTo(
          event,
          subject,
          await applicationNamed(unit.trx, unit.house, subject, decidingOn(unit, event)),
        )
      }
      case 'enterprise.named': {
        const { name } = event
        const named = await enterpriseNamed(unit.trx, unit.house, name, decidingOn(unit, event))
        // Then it was no name.
        return named.type === 'none' ? { type: 'help.asked' } : resolvedTo(event, name, named)
      }
      case 'application.approved':
      case 'return.confirmed':
      case 'refusal.confirmed': {
        const { applicationId, round } = event
        const named = await applicationNamed(unit.trx, unit.house, applicationId, decidingOn(unit, event))
        if (named.type !== 'one') return resolvedTo(event, applicationId, named)
        return named.round === round ? event : { ...begun(event, named), filedAnew: true }
      }
      default:
        return event
    }
  },
  async carriedOut(unit, effects) {
    const said: Said[] = []
    for (const effect of effects) {
      const note = await carriedOut(unit, effect)
      if (note !== undefined) said.push({ note })
    }
    return { said }
  },
}

async function carriedOut(unit: Unit, effect: DeskEffect): Promise<string | undefined> {
  const { trx, house, at } = unit
  const userId = regulatorAt(unit)
  const speaking = speakingTo(unit)
  switch (effect.type) {
    case 'beginReview':
      await beginReview(trx, house, { applicationId: effect.applicationId, regulator: userId, at })
      return undefined
    case 'decideClaim': {
      const { claimId, decision } = effect
      return claimNote(await decideClaim(trx, house, { claimId, userId, decision, at }), speaking)
    }
    case 'sayCancelled':
      return speaking.t('desk:cancelled')
    default:
      return decidedNote(await decideAtDesk(trx, house, effect, { userId, at }), speaking)
  }
}

type Decisive =
  | DeskRequest
  | Extract<ReviewDeskEvent, { type: 'application.approved' | 'return.confirmed' | 'refusal.confirmed' }>

const decidingOn = (unit: Unit, event: Decisive) => ({ decision: decisionOf(event), userId: regulatorAt(unit) })

function decisionOf(event: Decisive): DeskDecision {
  switch (event.type) {
    case 'approval.asked':
    case 'application.approved':
      return 'approve'
    case 'return.asked':
    case 'return.confirmed':
      return 'return'
    case 'refusal.asked':
    case 'refusal.confirmed':
      return event.refusal.decision
    case 'enterprise.named':
      return event.decision
  }
}

/** What was asked for, now that it is known of what. */
function resolvedTo(event: Decisive, subject: string, named: Named): ReviewDeskEvent {
  switch (named.type) {
    case 'one':
      return begun(event, named)
    case 'none':
      return { type: 'subject.unknown', subject }
    case 'several':
      return { type: 'subject.several', subject, applicationIds: named.applicationIds }
    case 'approverNeeded':
      return { type: 'approver.needed', applicationId: named.applicationId, round: named.round }
    case 'alreadyDecided':
      return { type: 'already.decided', applicationId: named.applicationId, round: named.round }
  }
}

function begun(event: Decisive, { applicationId, round }: InHand) {
  const inHand = { applicationId, round }
  if ('refusal' in event) return { type: 'refusal.begun', refusal: event.refusal, ...inHand } as const
  return { type: decisionOf(event) === 'return' ? 'return.begun' : 'approval.begun', ...inHand } as const
}

function regulatorAt({ message }: Unit): string {
  const userId = regulatorOf(message.contact)
  if (userId === undefined) throw new Error('Only a regulator sits at the desk')
  return userId
}
