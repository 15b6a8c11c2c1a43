import { randomUUID } from 'node:crypto'
import { awaitingReview, newLifeCycle, running } from '../../flows/standardization/index.ts'
import { chinaDateOf, yearOf } from '../calendar/dates.ts'
import { addWorkingDays, isPublished } from '../calendar/working-days.ts'
import type { Checklist } from '../checklist/checklist.ts'
import type { AnswerSheet } from '../checklist/rules.ts'
import { hazardRegister, sheetAnswered } from '../rectification/index.ts'
import { answersOf } from '../storage/answers.ts'
import {
  type Application,
  applicationOfAssessment,
  applicationsOf,
  type Commitment,
  insertApplication,
  lockedApplication,
  nextRunningNumber,
  resolveFindings,
} from '../storage/applications.ts'
import { lockedAssessment } from '../storage/assessments.ts'
import type { Trx } from '../storage/database.ts'
import { enterpriseOf, lockEnterprise } from '../storage/enterprises.ts'
import { cancelCause } from '../storage/outbox.ts'
import { ApplicationRefusedError, filedFacts } from './filed-facts.ts'
import { districtNamed, type House, policyNamed } from './house.ts'
import { causeKey, settle, stepped, takeStep } from './life-cycle.ts'
import { listingOf } from './listing-of.ts'

/** A walk that was carried to its end and signed. */
export interface Filing {
  readonly assessmentId: string
  readonly enterpriseId: string
  readonly checklist: Checklist
  readonly sheet: AnswerSheet
  readonly commitment: Commitment
  readonly at: Date
}

/** What a filing brought. */
export interface Receipt {
  readonly applicationId: string
  readonly number: string
  readonly districtTitle: string
  /** Who reviews. */
  readonly bureau: string
  /** ISO date in China. */
  readonly reviewDueOn: string
  /** The date counts days of a year whose holidays are not published yet. */
  readonly guessed: boolean
  /** ISO date; of a listing. */
  readonly validUntil?: string
}

/**
 * Files an application and tells those who review it. A walk that was filed before gets the same receipt, and
 * nothing else happens.
 * @throws ApplicationRefusedError when it must not be filed as it stands, another of the enterprise is running, or
 *   the enterprise must wait after a rejection or a revocation
 */
export async function fileApplication(trx: Trx, house: House, filing: Filing): Promise<Receipt> {
  const { dialect } = house.database
  const assessment = await lockedAssessment(trx, dialect, filing.assessmentId)
  const filed = await applicationOfAssessment(trx, assessment.id)
  if (filed) return receiptOf(house, filed)

  await lockEnterprise(trx, dialect, assessment.enterpriseId)
  const others = await applicationsOf(trx, assessment.enterpriseId)
  if (others.some(({ state }) => running.some((each) => each === state)))
    throw new ApplicationRefusedError('alreadyRunning')
  const { mayApplyFrom } = await listingOf(trx, assessment.enterpriseId, chinaDateOf(filing.at))
  if (mayApplyFrom) throw new ApplicationRefusedError('mustWait')

  const draft = await drafted(trx, house, filing)
  const event = { type: 'application.filed', ...reviewTerm(house, draft, filing.at) } as const
  const taken = { actor: await ownerActor(trx, draft), at: filing.at }
  const step = stepped(house, draft, event, taken)
  if (!step) throw new Error('A new application can be filed')
  await insertApplication(trx, step.application)
  await settle(trx, house, { ...step, from: draft.state, event, taken })
  // Whoever has applied again need not be asked to.
  for (const { id } of others) await cancelCause(trx, causeKey(id, { kind: 'expiry' }))
  return receiptOf(house, step.application)
}

/**
 * Files again what was returned, and tells those who review it. The same signature again changes nothing more.
 * @throws ApplicationRefusedError when it must not be filed as it stands, or was not returned
 */
export async function refileApplication(trx: Trx, house: House, filing: Filing): Promise<Receipt> {
  const { at, assessmentId, commitment } = filing
  const found = await applicationOfAssessment(trx, assessmentId)
  const application = found && (await lockedApplication(trx, house.database.dialect, found.id))
  if (!application) throw new ApplicationRefusedError('notReturned')
  if (isRefiledWith(commitment, application)) return receiptOf(house, application)
  if (application.state !== 'returned') throw new ApplicationRefusedError('notReturned')

  const amended = { ...application, ...(await factsOf(trx, house, filing, application.policy)), commitment }
  await resolveFindings(trx, application.id, at)
  const event = { type: 'application.amended', ...reviewTerm(house, application, at) } as const
  const refiled = await takeStep(trx, house, amended, event, { actor: await ownerActor(trx, application), at })
  if (!refiled) throw new ApplicationRefusedError('notReturned')
  return receiptOf(house, refiled)
}

const isRefiledWith = ({ signedAt }: Commitment, { state, commitment }: Application) =>
  awaitingReview.some((each) => each === state) && commitment.signedAt === signedAt

/** An application that is not filed yet, with its number. */
async function drafted(trx: Trx, house: House, filing: Filing): Promise<Application> {
  const { assessmentId, commitment, at } = filing
  const enterprise = await enterpriseOf(trx, filing.enterpriseId)
  const policy = policyNamed(house, enterprise.policy)
  const facts = await factsOf(trx, house, filing, policy.id)
  const lifeCycle = newLifeCycle(policy)
  return {
    id: randomUUID(),
    number: await nextNumber(trx, house, enterprise.district, at),
    assessmentId,
    enterpriseId: enterprise.id,
    district: enterprise.district,
    policy: policy.id,
    state: lifeCycle.value,
    snapshot: JSON.stringify(lifeCycle),
    ...facts,
    commitment,
    filedAt: at,
    reviewDueOn: chinaDateOf(at),
    decidedAt: null,
    decidedBy: null,
    announcedOn: null,
    validUntil: null,
  }
}

async function factsOf(trx: Trx, house: House, filing: Filing, policyId: string) {
  const { assessmentId, enterpriseId, checklist, sheet } = filing
  await sheetAnswered(trx, house, { ...filing, by: await ownerActor(trx, filing) })
  const answers = await answersOf(trx, assessmentId)
  const excuses = new Map(
    answers.flatMap(({ itemId, excusedBy }) => (excusedBy === null ? [] : [[itemId, excusedBy] as const])),
  )
  // Of each item the newest.
  const dueOn = new Map(
    (await hazardRegister(trx, enterpriseId)).map(({ itemId, state, dueOn }) => [
      itemId,
      state === 'open' ? dueOn : null,
    ]),
  )
  return filedFacts(checklist, sheet, { policy: policyNamed(house, policyId), excuses, dueOn })
}

/** Such as SZ-LG-2026-000123. */
async function nextNumber(trx: Trx, house: House, district: string, at: Date): Promise<string> {
  const year = yearOf(chinaDateOf(at))
  const { city } = house.library.districts
  const { abbreviation } = districtNamed(house, district)
  const running = await nextRunningNumber(trx, district, year)
  return [city.abbreviation, abbreviation, year, String(running).padStart(6, '0')].join('-')
}

/** From the day something is filed to the day by which it is decided. */
function reviewTerm(house: House, { policy }: Pick<Application, 'policy'>, at: Date) {
  const on = chinaDateOf(at)
  const { reviewWorkingDays } = policyNamed(house, policy)
  const { date } = addWorkingDays(on, reviewWorkingDays.value, house.calendarOverrides)
  return { on, reviewDueOn: date }
}

export const ownerActor = async (trx: Trx, { enterpriseId }: Pick<Filing, 'enterpriseId'>) =>
  `owner:${(await enterpriseOf(trx, enterpriseId)).contact}`

export function receiptOf(house: House, application: Application): Receipt {
  const { title, bureau } = districtNamed(house, application.district)
  const { id, number, reviewDueOn, filedAt, validUntil } = application
  return {
    applicationId: id,
    number,
    districtTitle: title,
    bureau,
    reviewDueOn,
    guessed: isGuessed(house, chinaDateOf(filedAt), reviewDueOn),
    ...(validUntil !== null && { validUntil }),
  }
}

/** Whether a term of working days touches a year whose holidays are not published yet. */
const isGuessed = (house: House, from: string, until: string) =>
  yearsBetween(from, until).some((year) => !isPublished(year, house.calendarOverrides))

function yearsBetween(from: string, until: string): number[] {
  const first = yearOf(from)
  return Array.from({ length: yearOf(until) - first + 1 }, (_, index) => first + index)
}
