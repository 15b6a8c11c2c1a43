import { listed } from '../../flows/standardization/index.ts'
import { addDays, chinaDateOf, daysBetween, nineOn } from '../calendar/dates.ts'
import { majorHazards } from '../checklist/rules.ts'
import { sheetAnswered } from '../rectification/index.ts'
import { type Application, applicationsOf, lockedApplication } from '../storage/applications.ts'
import { type Assessment, assessmentOf } from '../storage/assessments.ts'
import type { Trx } from '../storage/database.ts'
import { cancelRemindersBefore, postponeDeadlines } from '../storage/deadlines.ts'
import { envelopeIn } from './envelope.ts'
import { type Filing, ownerActor, type Receipt, receiptOf } from './file-application.ts'
import { ApplicationRefusedError } from './filed-facts.ts'
import type { House } from './house.ts'
import { causeKey, takeStep } from './life-cycle.ts'
import { isInForce } from './listing-of.ts'
import { noticeBoard, tell } from './notify.ts'

export interface RecheckReceipt extends Receipt {
  /** False: there are open major hazards to be put right first, or no re-check was due. */
  readonly verified: boolean
}

/**
 * The yearly re-check: without an open major hazard the listing stands for another year, else it is under
 * rectification. Completing one that is not due changes nothing.
 * @throws ApplicationRefusedError when the enterprise has no listing in force
 */
export async function completeRecheck(trx: Trx, house: House, filing: Filing): Promise<RecheckReceipt> {
  const { checklist, sheet, at } = filing
  const on = chinaDateOf(at)
  const assessment = await assessmentOf(trx, filing.assessmentId)
  const application = await lockedListing(trx, house, assessment, on)
  if (!application) throw new ApplicationRefusedError('notListed')

  const openMajorHazards = majorHazards(checklist, sheet).length
  const event = { type: 'verification.completed', on, openMajorHazards } as const
  const taken = { actor: await ownerActor(trx, application), at }
  await sheetAnswered(trx, house, { ...filing, by: taken.actor })
  const next = await takeStep(trx, house, application, event, taken)
  return { ...receiptOf(house, next ?? application), verified: next?.state === 'announced' }
}

/** The listing that was meant, or else the one in force. */
async function lockedListing(trx: Trx, house: House, { applicationId, enterpriseId }: Assessment, on: string) {
  const candidates = (await applicationsOf(trx, enterpriseId)).filter((each) => isInForce(each, on))
  const meant = candidates.find(({ id }) => id === applicationId) ?? candidates[0]
  return meant && lockedApplication(trx, house.database.dialect, meant.id)
}

const isListed = ({ state }: Application) => listed.some((each) => each === state)

/** 一周后再说, as the button says. */
const SNOOZE_DAYS = 7

/**
 * No reminder of this year's re-check for a week; then one. Undefined when there is nothing to be reminded of.
 * @returns the ISO date of the reminder
 */
export async function snoozeReminder(
  trx: Trx,
  house: House,
  { applicationId, at }: { applicationId: string; at: Date },
): Promise<string | undefined> {
  const application = await lockedApplication(trx, house.database.dialect, applicationId)
  const { year, verificationOn = null } = application && isListed(application) ? envelopeIn(application).context : {}
  if (!application || year === undefined || verificationOn === null) return undefined

  const cause = causeKey(applicationId, { kind: 'verification', turn: year })
  const on = addDays(chinaDateOf(at), SNOOZE_DAYS)
  await cancelRemindersBefore(trx, cause, nineOn(on))
  await postponeDeadlines(trx, applicationId, cause, nineOn(on))
  const notice = { type: 'verificationReminder', verificationOn, days: daysBetween(on, verificationOn) } as const
  const telling = { audience: 'owner', step: `snoozed-${on}`, notice, on } as const
  await tell(trx, house, await noticeBoard(trx, house, application, at), telling, cause)
  return on
}
