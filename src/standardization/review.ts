import type { LifeCycleEvent } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { addWorkingDays } from '../calendar/working-days.ts'
import { type Application, addFindings, lockedApplication } from '../storage/applications.ts'
import type { Trx } from '../storage/database.ts'
import { envelopeIn } from './envelope.ts'
import { type House, policyNamed } from './house.ts'
import { regulatorActor, stepped, takeStep } from './life-cycle.ts'
import { rightOn } from './rights.ts'

/** What a regulator's decision came to. */
export type Decision =
  | { readonly type: 'ok'; readonly application: Application }
  /** It does not wait for this decision any more, or not now. */
  | {
      readonly type: 'alreadyDecided'
      readonly application: Application
      readonly state: string
      /** User id of who decided last; null when nobody did. */
      readonly by: string | null
      readonly at: Date | null
    }
  /** The person may return it, and no more. */
  | { readonly type: 'approverNeeded'; readonly application: Application }
  /** It lies in another district, or the person may only look. */
  | { readonly type: 'notYours' }
  | { readonly type: 'unknown' }

interface Deciding {
  readonly applicationId: string
  /** User id. */
  readonly regulator: string
  readonly at: Date
}

/** An approver approves: the publicity begins, or the listing is announced at once, as the policy has it. */
export const approveApplication = (trx: Trx, house: House, deciding: Deciding): Promise<Decision> =>
  decide(trx, house, deciding, ({ policy }) => {
    const on = chinaDateOf(deciding.at)
    return { type: 'application.approved', on, publicityEndsOn: publicityEndsOn(house, policy, on) }
  })

export const rejectApplication = (
  trx: Trx,
  house: House,
  deciding: Deciding & { readonly reason: string },
): Promise<Decision> =>
  decide(trx, house, deciding, () => ({
    type: 'application.rejected',
    on: chinaDateOf(deciding.at),
    reason: deciding.reason,
  }))

/** Takes back a listing whose enterprise no longer meets the key checklist. */
export const revokeListing = (
  trx: Trx,
  house: House,
  deciding: Deciding & { readonly reason: string },
): Promise<Decision> =>
  decide(trx, house, deciding, () => ({
    type: 'listing.revoked',
    on: chinaDateOf(deciding.at),
    reason: deciding.reason,
  }))

/** What is to be put right of one item, by the number the owner saw. */
export interface ReturnedItem {
  readonly number: number
  readonly reason: string
}

/** The application has no items of these numbers; nothing was returned. */
export interface UnknownNumbers {
  readonly type: 'unknownNumbers'
  readonly application: Application
  readonly numbers: readonly number[]
}

/**
 * Sends an application back for some items.
 * @throws RangeError when there are none
 */
export async function returnApplication(
  trx: Trx,
  house: House,
  { findings, ...deciding }: Deciding & { readonly findings: readonly ReturnedItem[] },
): Promise<Decision | UnknownNumbers> {
  if (findings.length === 0) throw new RangeError('An application is returned for at least one item')
  const found = await findForDecision(trx, house, deciding, 'return')
  if (found.type !== 'ok') return found
  const { application } = found
  const numbers = unknownNumbers(application, findings)
  if (numbers.length > 0) return { type: 'unknownNumbers', application, numbers }

  const { regulator, at } = deciding
  const taken = { actor: regulatorActor(regulator), at }
  const event = returnedEvent(house, application, findings.length, chinaDateOf(at))
  if (!stepped(house, application, event, taken)) return alreadyDecided(application)

  const { round } = envelopeIn(application).context
  const written = findings.map(({ number, reason }) => ({
    ...itemNumbered(application, number),
    number,
    reason,
    round,
    regulator,
    writtenAt: at,
  }))
  await addFindings(trx, application.id, written)
  const returned = await takeStep(trx, house, application, event, taken)
  return returned ? { type: 'ok', application: returned } : alreadyDecided(application)
}

/** The numbers no item of the application has. */
export const unknownNumbers = ({ ledger }: Application, findings: readonly ReturnedItem[]): number[] =>
  findings.map(({ number }) => number).filter((number) => !ledger.some((line) => line.number === number))

/** Someone who may decide has opened it: it is under review from now on. */
export async function beginReview(trx: Trx, house: House, { applicationId, regulator, at }: Deciding): Promise<void> {
  const found = await findForDecision(trx, house, { applicationId, regulator }, 'return')
  if (found.type !== 'ok') return
  const event = { type: 'review.begun', on: chinaDateOf(at) } as const
  await takeStep(trx, house, found.application, event, { actor: regulatorActor(regulator), at })
}

async function decide(
  trx: Trx,
  house: House,
  deciding: Deciding,
  eventFor: (application: Application) => LifeCycleEvent,
): Promise<Decision> {
  const found = await findForDecision(trx, house, deciding, 'approve')
  if (found.type !== 'ok') return found
  const { application } = found
  const taken = { actor: regulatorActor(deciding.regulator), at: deciding.at }
  const decided = await takeStep(trx, house, application, eventFor(application), taken)
  return decided ? { type: 'ok', application: decided } : alreadyDecided(application)
}

/** The application, locked, if the person may decide on it. */
async function findForDecision(
  trx: Trx,
  house: House,
  { applicationId, regulator }: Pick<Deciding, 'applicationId' | 'regulator'>,
  needed: 'approve' | 'return',
): Promise<Exclude<Decision, { type: 'alreadyDecided' }>> {
  const application = await lockedApplication(trx, house.database.dialect, applicationId)
  if (!application) return { type: 'unknown' }
  const right = await rightOn(trx, house, regulator, application.district)
  if (right !== 'approve' && right !== 'return') return { type: 'notYours' }
  return right === 'approve' || needed === 'return'
    ? { type: 'ok', application }
    : { type: 'approverNeeded', application }
}

export const alreadyDecided = (application: Application): Extract<Decision, { type: 'alreadyDecided' }> => ({
  type: 'alreadyDecided',
  application,
  state: application.state,
  by: application.decidedBy,
  at: application.decidedAt,
})

function publicityEndsOn(house: House, policyId: string, on: string): string | null {
  const { publicityWorkingDays } = policyNamed(house, policyId)
  if (publicityWorkingDays.value === null) return null
  return addWorkingDays(on, publicityWorkingDays.value, house.calendarOverrides).date
}

function returnedEvent(house: House, { policy }: Application, count: number, on: string): LifeCycleEvent {
  const { amendmentWorkingDays } = policyNamed(house, policy)
  const amendmentDueOn = addWorkingDays(on, amendmentWorkingDays.value, house.calendarOverrides).date
  return { type: 'application.returned', on, amendmentDueOn, count }
}

function itemNumbered({ ledger }: Application, number: number) {
  const line = ledger.find((each) => each.number === number)
  if (!line) throw new RangeError(`The application has no item ${number}`)
  return { itemId: line.itemId, position: line.position }
}
