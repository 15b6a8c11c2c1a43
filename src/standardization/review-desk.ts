import type { DeskEffect, InHand, Subject } from '../../flows/review-desk/review-desk.machine.ts'
import type { ApplicationInHand, DeskApplication } from '../../flows/review-desk/screens.ts'
import { awaitingReview, listed, running } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import {
  type Application,
  type ApplicationEntry,
  applicationById,
  applicationByNumber,
  applicationCount,
  applicationEntries,
  lockedApplication,
} from '../storage/applications.ts'
import type { Db, Trx } from '../storage/database.ts'
import { enterpriseOf } from '../storage/enterprises.ts'
import { envelopeIn } from './envelope.ts'
import type { House } from './house.ts'
import { approveApplication, type Decision, rejectApplication, returnApplication, revokeListing } from './review.ts'
import { type Rights, rightsOf } from './rights.ts'
import { applicationPath, consoleLink } from './signed-link.ts'

/** What waits for a regulator's decision, the nearest dates first. */
export async function waitingFor(db: Db, house: House, userId: string) {
  const rights = await rightsOf(db, house, userId)
  const filter = { districts: decidedBy(rights), states: awaitingReview }
  const entries = await applicationEntries(db, { ...filter, order: 'dueFirst', limit: SHOWN })
  const waiting = entries.map((entry) => described(house, entry, { userId, rights }))
  return { waiting, total: waiting.length < SHOWN ? waiting.length : await applicationCount(db, filter) }
}

/** As many as a card has buttons for, with room for one of each kind. */
const SHOWN = 5

/** An application as it stands now; undefined when it is not for this regulator to decide on. */
export async function applicationAtDesk(
  db: Db,
  house: House,
  applicationId: string,
  userId: string,
): Promise<ApplicationInHand | undefined> {
  const [application, rights] = [await applicationById(db, applicationId), await rightsOf(db, house, userId)]
  if (!application || !mayDecide(rights, application)) return undefined
  const { name: enterprise, industry, headcount } = await enterpriseOf(db, application.enterpriseId)
  const { state, decidedBy: by, decidedAt, ledger } = application
  return {
    ...described(house, { ...application, enterprise, industry, headcount }, { userId, rights }),
    state,
    decided: by && decidedAt ? { by, isOwn: by === userId.toLowerCase(), on: chinaDateOf(decidedAt) } : null,
    questions: new Map(ledger.map(({ number }) => [number, questionOf(house, application, number)])),
  }
}

type Described = Omit<ApplicationEntry, 'state' | 'filedAt' | 'validUntil'>

const described = (
  house: House,
  entry: Described,
  { userId, rights }: { userId: string; rights: Rights },
): DeskApplication => ({
  applicationId: entry.id,
  round: envelopeIn(entry).context.round,
  number: entry.number,
  enterprise: entry.enterprise,
  district: entry.district,
  industry: entry.industry,
  headcount: entry.headcount,
  score: entry.score,
  majorRectified: entry.hazards.filter(({ grade }) => grade === 'major').length,
  reviewDueOn: entry.reviewDueOn,
  mayApprove: rights.on(entry.district) === 'approve',
  detailsUrl: consoleLink(house, userId, { path: applicationPath(entry.id) }),
})

export type DeskDecision = 'approve' | 'return' | 'reject' | 'revoke'

/** What somebody named, to decide on it. */
export type Named =
  | ({ readonly type: 'one' | 'approverNeeded' | 'alreadyDecided' } & InHand)
  | { readonly type: 'several'; readonly applicationIds: readonly string[] }
  /** None that this person may decide on. */
  | { readonly type: 'none' }

interface Deciding {
  readonly decision: DeskDecision
  /** User id of the regulator. */
  readonly userId: string
}

/** By its id, its number or the end of its number. What is found does not change before the transaction ends. */
export async function applicationNamed(trx: Trx, house: House, subject: Subject, deciding: Deciding): Promise<Named> {
  if (!/^\d{1,6}$/.test(subject)) {
    const found = (await applicationById(trx, subject)) ?? (await applicationByNumber(trx, subject))
    return oneOf(trx, house, found ? [found] : [], deciding)
  }
  const entries = await decidable(trx, house, deciding)
  const isMeant = ({ number }: ApplicationEntry) => Number(number.split('-').at(-1)) === Number(subject)
  return oneOf(trx, house, entries.filter(isMeant), deciding)
}

/** By the name of its enterprise, or by a part of it that only one has. */
export async function enterpriseNamed(trx: Trx, house: House, name: string, deciding: Deciding): Promise<Named> {
  const said = name.toLowerCase()
  const alike = (await decidable(trx, house, deciding)).filter(({ enterprise }) =>
    enterprise.toLowerCase().includes(said),
  )
  const same = alike.filter(({ enterprise }) => enterprise.toLowerCase() === said)
  return oneOf(trx, house, same.length > 0 ? same : alike, deciding)
}

async function oneOf(
  trx: Trx,
  house: House,
  [first, ...more]: readonly Pick<Application, 'id'>[],
  { decision, userId }: Deciding,
): Promise<Named> {
  if (first && more.length > 0)
    return { type: 'several', applicationIds: [first, ...more].slice(0, MOST_NAMED).map(({ id }) => id) }
  // What it is asked about must not be amended meanwhile.
  const application = first && (await lockedApplication(trx, house.database.dialect, first.id))
  const rights = await rightsOf(trx, house, userId)
  if (!application || !mayDecide(rights, application)) return { type: 'none' }
  const inHand = { applicationId: application.id, round: envelopeIn(application).context.round }
  if (!statesFor[decision].includes(application.state)) return { type: 'alreadyDecided', ...inHand }
  const mayAtAll = decision === 'return' || rights.on(application.district) === 'approve'
  return { type: mayAtAll ? 'one' : 'approverNeeded', ...inHand }
}

/** As many as a message has room for. */
const MOST_NAMED = 10

/** Where an application stands while it can still be decided like this. */
const statesFor: Readonly<Record<DeskDecision, readonly string[]>> = {
  approve: awaitingReview,
  return: awaitingReview,
  reject: running,
  revoke: listed,
}

async function decidable(db: Db, house: House, { decision, userId }: Deciding): Promise<ApplicationEntry[]> {
  const districts = decidedBy(await rightsOf(db, house, userId))
  return applicationEntries(db, { districts, states: statesFor[decision], order: 'dueFirst', limit: MOST_DECIDABLE })
}

/** More are never open in one person's districts. */
const MOST_DECIDABLE = 1000

const mayDecide = (rights: Rights, { district }: Pick<Application, 'district'>) => {
  const right = rights.on(district)
  return right === 'approve' || right === 'return'
}

const decidedBy = (rights: Rights) => rights.districts.filter((district) => mayDecide(rights, { district }))

/** What was decided, and what follows from it. Dates are ISO dates in China. */
export type Decided = { readonly number: string; readonly enterprise: string } & (
  | { readonly type: 'approved'; readonly validUntil: string }
  | { readonly type: 'publicityBegun'; readonly publicityEndsOn: string }
  | { readonly type: 'returned'; readonly count: number; readonly amendmentDueOn: string }
  | { readonly type: 'rejected' | 'revoked' }
)

export type DecisionAtDesk = Extract<DeskEffect, { type: 'approveApplication' | 'returnApplication' | 'refuse' }>

/**
 * Decides, for somebody who was found to be able to in this transaction.
 * @throws Error when it cannot be decided like this
 */
export async function decideAtDesk(
  trx: Trx,
  house: House,
  effect: DecisionAtDesk,
  { userId, at }: { userId: string; at: Date },
): Promise<Decided> {
  const decision = await decided(trx, house, effect, { applicationId: effect.applicationId, regulator: userId, at })
  if (decision.type !== 'ok') throw new Error(`${effect.type} came to ${decision.type}: ${effect.applicationId}`)
  const { number, enterpriseId } = decision.application
  const { name: enterprise } = await enterpriseOf(trx, enterpriseId)
  const of = { number, enterprise }
  const { publicityEndsOn, validUntil, amendmentDueOn } = envelopeIn(decision.application).context
  switch (effect.type) {
    case 'approveApplication':
      return validUntil === null
        ? { ...of, type: 'publicityBegun', publicityEndsOn: publicityEndsOn ?? '' }
        : { ...of, type: 'approved', validUntil }
    case 'returnApplication':
      return { ...of, type: 'returned', count: effect.findings.length, amendmentDueOn: amendmentDueOn ?? '' }
    case 'refuse':
      return { ...of, type: effect.refusal.decision === 'reject' ? 'rejected' : 'revoked' }
  }
}

function decided(
  trx: Trx,
  house: House,
  effect: DecisionAtDesk,
  deciding: { applicationId: string; regulator: string; at: Date },
): Promise<Decision | { type: 'unknownNumbers' }> {
  switch (effect.type) {
    case 'approveApplication':
      return approveApplication(trx, house, deciding)
    case 'returnApplication':
      return returnApplication(trx, house, { ...deciding, findings: effect.findings })
    case 'refuse': {
      const { decision, reason } = effect.refusal
      return (decision === 'reject' ? rejectApplication : revokeListing)(trx, house, { ...deciding, reason })
    }
  }
}

/** As it was published when it was asked. */
export function questionOf({ library }: House, { ledger }: Application, number: number): string {
  const ref = ledger.find((line) => line.number === number)?.ref ?? ''
  const [, checklist, itemId, version] = /^(.+)\/(.+)@(\d+)$/.exec(ref) ?? []
  const item = library.published.get(`${checklist}@${version}`)?.items.find(({ id }) => id === itemId)
  return item?.question ?? ref
}
