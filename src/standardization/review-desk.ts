import type { DeskEffect, Subject } from '../../flows/review-desk/index.ts'
import { awaitingReview, listed, running } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import type { DeskApplication, DeskOutcome } from '../replies/desk.ts'
import {
  type Application,
  type ApplicationEntry,
  applicationById,
  applicationByNumber,
  applicationEntries,
  lockedApplication,
} from '../storage/applications.ts'
import type { Trx } from '../storage/database.ts'
import { enterpriseOf } from '../storage/enterprises.ts'
import { envelopeIn } from './envelope.ts'
import { districtNamed, type House, industryTitle } from './house.ts'
import {
  alreadyDecided,
  approveApplication,
  beginReview,
  type Decision,
  rejectApplication,
  returnApplication,
  revokeListing,
  unknownNumbers,
} from './review.ts'
import { districtsSeenBy, type Right, rightOn } from './rights.ts'
import { applicationPath, consoleLink } from './signed-link.ts'

export interface DeskContext {
  /** User id of the regulator. */
  readonly userId: string
  readonly at: Date
}

/** Does what the desk asks for, within this regulator's rights, and tells what it came to. */
export async function carryOutDesk(
  trx: Trx,
  house: House,
  effect: DeskEffect,
  context: DeskContext,
): Promise<DeskOutcome> {
  switch (effect.type) {
    case 'sayCancelled':
      return { type: 'cancelled' }
    case 'showQueue':
      return queue(trx, house, context)
    case 'showHelp':
      return {
        type: 'help',
        waiting: (await waitingFor(trx, house, context)).length,
        consoleUrl: consoleLink(house, context.userId),
      }
    default:
      return withSubject(trx, house, effect, context)
  }
}

type OnSubject = Extract<DeskEffect, { subject: Subject }>

async function withSubject(trx: Trx, house: House, effect: OnSubject, context: DeskContext): Promise<DeskOutcome> {
  const { subject } = effect
  const [first, ...more] = await named(trx, house, subject, { ...context, states: statesFor(effect) })
  if (!first) return { type: 'notFound', subject }
  if (more.length > 0) {
    const applications = await Promise.all([first, ...more].map((each) => described(trx, house, each, context)))
    return { type: 'severalFound', subject, applications }
  }
  // What it is asked about must not be amended meanwhile.
  const application = (await lockedApplication(trx, house.database.dialect, first.id)) ?? first
  return onApplication(trx, house, effect, application, context)
}

async function onApplication(
  trx: Trx,
  house: House,
  effect: OnSubject,
  application: Application,
  context: DeskContext,
): Promise<DeskOutcome> {
  const deciding = { applicationId: application.id, regulator: context.userId, at: context.at }
  const { round } = envelopeIn(application).context
  if (effect.type === 'approveApplication' && (effect.round ?? round) === round)
    return decided(trx, house, await approveApplication(trx, house, deciding), effect, context)
  if (!statesFor(effect).includes(application.state))
    return decided(trx, house, alreadyDecided(application), effect, context)

  const shown = await described(trx, house, application, context)
  switch (effect.type) {
    case 'approveApplication':
    case 'confirmApproval':
      if (!shown.mayApprove) return { type: 'approverNeeded', application: shown }
      return { type: 'approvalToConfirm', application: shown, round }
    case 'confirmRefusal':
      if (!shown.mayApprove) return { type: 'approverNeeded', application: shown }
      return { type: 'refusalToConfirm', application: shown, refusal: effect.refusal }
    case 'refuse': {
      const { decision, reason } = effect.refusal
      const refuse = decision === 'reject' ? rejectApplication : revokeListing
      return decided(trx, house, await refuse(trx, house, { ...deciding, reason }), effect, context)
    }
    case 'askReasons':
      await beginReview(trx, house, deciding)
      return { type: 'reasonsAsked', application: shown }
    case 'sayReasonsMalformed':
      return { type: 'reasonsMalformed', application: shown, line: effect.line }
    case 'confirmReturn': {
      const numbers = unknownNumbers(application, effect.findings)
      if (numbers.length > 0) return { type: 'numbersUnknown', application: shown, numbers }
      const findings = effect.findings.map((finding) => ({
        ...finding,
        question: questionOf(house, application, finding.number),
      }))
      return { type: 'returnToConfirm', application: shown, findings }
    }
    case 'returnApplication': {
      const result = await returnApplication(trx, house, { ...deciding, findings: effect.findings })
      if (result.type === 'unknownNumbers')
        return { type: 'numbersUnknown', application: shown, numbers: result.numbers }
      return decided(trx, house, result, effect, context)
    }
  }
}

async function decided(
  trx: Trx,
  house: House,
  decision: Decision,
  effect: OnSubject,
  context: DeskContext,
): Promise<DeskOutcome> {
  if (decision.type === 'unknown' || decision.type === 'notYours') return { type: 'notFound', subject: effect.subject }
  const application = await described(trx, house, decision.application, context)
  if (decision.type === 'approverNeeded') return { type: 'approverNeeded', application }
  if (decision.type === 'alreadyDecided') {
    const { state, by, at } = decision
    return {
      type: 'alreadyDecided',
      application,
      state,
      by,
      on: at && chinaDateOf(at),
      isOwn: by === context.userId.toLowerCase(),
    }
  }
  if (effect.type === 'refuse') return { type: 'refused', application, decision: effect.refusal.decision }
  const { publicityEndsOn, validUntil, amendmentDueOn } = envelopeIn(decision.application).context
  if (effect.type === 'returnApplication')
    return { type: 'returned', application, count: effect.findings.length, amendmentDueOn: amendmentDueOn ?? '' }
  return validUntil === null
    ? { type: 'publicityBegun', application, publicityEndsOn: publicityEndsOn ?? '' }
    : { type: 'approved', application, validUntil }
}

const mayDecide = (right: Right | undefined) => right === 'approve' || right === 'return'

/** Where an application stands while it can still be decided like this. */
function statesFor(effect: OnSubject): readonly string[] {
  if (effect.type !== 'confirmRefusal' && effect.type !== 'refuse') return awaitingReview
  return effect.refusal.decision === 'reject' ? running : listed
}

interface Naming extends DeskContext {
  /** Those that the end of a number may mean. */
  readonly states: readonly string[]
}

/** Those a subject may mean, of those this person decides on. */
async function named(trx: Trx, house: House, subject: Subject, context: Naming): Promise<Application[]> {
  if (/^\d{1,6}$/.test(subject)) {
    const entries = await entriesFor(trx, house, context)
    const ids = entries.filter(({ number }) => Number(number.split('-').at(-1)) === Number(subject)).map(({ id }) => id)
    return (await Promise.all(ids.map((id) => applicationById(trx, id)))).filter((each) => each !== undefined)
  }
  const found = (await applicationById(trx, subject)) ?? (await applicationByNumber(trx, subject))
  const right = found && (await rightOn(trx, house, context.userId, found.district))
  return found && mayDecide(right) ? [found] : []
}

/** More never wait in one person's districts; the console shows them all. */
const MOST_WAITING = 1000

const waitingFor = (trx: Trx, house: House, context: DeskContext) =>
  entriesFor(trx, house, { ...context, states: awaitingReview })

async function entriesFor(trx: Trx, house: House, { userId, states }: Naming): Promise<ApplicationEntry[]> {
  const seen = await districtsSeenBy(trx, house, userId)
  const rights = await Promise.all(seen.map((district) => rightOn(trx, house, userId, district)))
  const districts = seen.filter((_, index) => mayDecide(rights[index]))
  return applicationEntries(trx, { districts, states, order: 'dueFirst', limit: MOST_WAITING })
}

/** As many as a card has buttons for, with room for one of each kind. */
const SHOWN = 5

async function queue(trx: Trx, house: House, context: DeskContext): Promise<DeskOutcome> {
  const entries = await waitingFor(trx, house, context)
  const applications = await Promise.all(entries.slice(0, SHOWN).map((entry) => shownEntry(trx, house, entry, context)))
  return { type: 'queue', applications, total: entries.length, consoleUrl: consoleLink(house, context.userId) }
}

async function described(trx: Trx, house: House, application: Application, context: DeskContext) {
  const { name, industry, headcount } = await enterpriseOf(trx, application.enterpriseId)
  return shownEntry(trx, house, { ...application, enterprise: name, industry, headcount }, context)
}

type Shown = Pick<
  ApplicationEntry,
  'id' | 'number' | 'enterprise' | 'district' | 'industry' | 'headcount' | 'score' | 'hazards' | 'reviewDueOn'
>

const shownEntry = async (trx: Trx, house: House, entry: Shown, { userId }: DeskContext): Promise<DeskApplication> => ({
  id: entry.id,
  number: entry.number,
  enterprise: entry.enterprise,
  district: districtNamed(house, entry.district).title,
  industry: industryTitle(house, entry.industry),
  headcount: entry.headcount,
  score: entry.score,
  majorRectified: entry.hazards.filter(({ grade }) => grade === 'major').length,
  generalDue: entry.hazards.filter(({ dueOn }) => dueOn !== null).length,
  reviewDueOn: entry.reviewDueOn,
  mayApprove: (await rightOn(trx, house, userId, entry.district)) === 'approve',
  detailsUrl: consoleLink(house, userId, { path: applicationPath(entry.id) }),
})

/** As it was published when it was asked. */
export function questionOf({ library }: House, { ledger }: Application, number: number): string {
  const ref = ledger.find((line) => line.number === number)?.ref ?? ''
  const [, checklist, itemId, version] = /^(.+)\/(.+)@(\d+)$/.exec(ref) ?? []
  const item = library.published.get(`${checklist}@${version}`)?.items.find(({ id }) => id === itemId)
  return item?.question ?? ref
}
