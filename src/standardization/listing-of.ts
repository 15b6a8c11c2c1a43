import type { Beginning } from '../../flows/flow.ts'
import { listed, running } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { type Application, applicationsOf, findingsOf } from '../storage/applications.ts'
import type { Db } from '../storage/database.ts'
import { envelopeIn } from './envelope.ts'

/** How an enterprise stands today, for its owner. */
export interface Listing {
  /** The newest application; a listing in force comes before a later one that failed. */
  readonly application?: ApplicationStanding
  /** The listing in force, where the newest application is another one. */
  readonly inForce?: ApplicationStanding
  /** The most urgent first. */
  readonly mayBegin: readonly Beginning[]
  /** ISO date from which it may apply again, where it must wait. */
  readonly mayApplyFrom?: string
}

/** Dates are ISO dates in China. */
export interface ApplicationStanding {
  readonly id: string
  readonly number: string
  readonly assessmentId: string
  readonly state: string
  readonly filedOn: string
  readonly reviewDueOn: string
  /** By when what was returned is to be filed again. */
  readonly amendmentDueOn?: string
  readonly validUntil?: string
  readonly nextVerificationOn?: string
  /** Why it was rejected or revoked, in the regulator's words. */
  readonly reason?: string
  /** What is asked for and not answered yet, in the order of the checklist. */
  readonly returnedFindings: readonly ReturnedFinding[]
}

export interface ReturnedFinding {
  readonly position: number
  readonly itemId: string
  /** The number the owner saw. */
  readonly number: number
  readonly reason: string
}

/** @param today ISO date in China */
export async function listingOf(db: Db, enterpriseId: string, today: string): Promise<Listing> {
  const applications = await applicationsOf(db, enterpriseId)
  const inForce = applications.find((each) => isInForce(each, today))
  const newest = applications[0]
  const current = newest && inForce && !isRunning(newest) ? inForce : newest
  const mayApplyFrom = current && envelopeIn(current).context.reapplyFrom
  const mustWait = !inForce && mayApplyFrom && mayApplyFrom > today
  return {
    ...(current && { application: await standingOf(db, current) }),
    ...(inForce && inForce !== current && { inForce: await standingOf(db, inForce) }),
    mayBegin: beginnings(applications, inForce, mustWait ? 'wait' : 'apply', today),
    ...(mustWait && { mayApplyFrom }),
  }
}

/** Announced, and its last day has not passed: whatever has been done about it yet. */
export const isInForce = ({ state, validUntil }: Pick<Application, 'state' | 'validUntil'>, today: string) =>
  listed.some((each) => each === state) && validUntil !== null && today <= validUntil

const isRunning = ({ state }: Application) => running.some((each) => each === state)

function beginnings(
  applications: readonly Application[],
  inForce: Application | undefined,
  applying: 'apply' | 'wait',
  today: string,
): Beginning[] {
  const isReturned = applications.some(({ state }) => state === 'returned')
  const isUnderWay = applications.some(isRunning)
  const { verificationOpensOn = null, renewalOpensOn = null } = inForce ? envelopeIn(inForce).context : {}
  const has = (day: string | null) => day !== null && day <= today
  return [
    ...(isReturned ? (['amendment'] as const) : []),
    ...(inForce && has(verificationOpensOn) ? (['recheck'] as const) : []),
    ...(inForce && has(renewalOpensOn) && !isUnderWay ? (['renewal'] as const) : []),
    ...(!inForce && !isUnderWay && applying === 'apply' ? (['assessment'] as const) : []),
  ]
}

async function standingOf(db: Db, application: Application): Promise<ApplicationStanding> {
  const { verificationOn, amendmentDueOn, reason } = envelopeIn(application).context
  const findings = await findingsOf(db, application.id)
  return {
    id: application.id,
    number: application.number,
    assessmentId: application.assessmentId,
    state: application.state,
    filedOn: chinaDateOf(application.filedAt),
    reviewDueOn: application.reviewDueOn,
    ...(amendmentDueOn !== null && { amendmentDueOn }),
    ...(application.validUntil !== null && { validUntil: application.validUntil }),
    ...(verificationOn !== null && { nextVerificationOn: verificationOn }),
    ...(reason && { reason }),
    returnedFindings: findings
      .filter(({ resolvedAt }) => resolvedAt === null)
      .map(({ position, itemId, number, reason }) => ({ position, itemId, number, reason })),
  }
}
