import { mayWithdraw, rejectedOrRevoked } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { planRectification } from '../reminders/index.ts'
import { type Application, applicationsOf, lockedApplication } from '../storage/applications.ts'
import { closingOf, forgetClosing, noteClosing } from '../storage/closings.ts'
import type { Db, Trx } from '../storage/database.ts'
import { addObjection } from '../storage/objections.ts'
import { cancelCause } from '../storage/outbox.ts'
import { envelopeIn } from './envelope.ts'
import { type House, policyNamed } from './house.ts'
import { causeKey, takeStep } from './life-cycle.ts'
import { listingOf } from './listing-of.ts'
import { noticeBoard, tell } from './notify.ts'

/** Who speaks for an enterprise, and when. */
export interface OwnerSpeaking {
  readonly enterpriseId: string
  /** A contact. */
  readonly contact: string
  readonly at: Date
}

/**
 * Takes back what was filed: nobody reviews it any more, and the enterprise may file anew at once. Undefined when it
 * is too late, or there is nothing to take back.
 */
export async function withdrawApplication(
  trx: Trx,
  house: House,
  { enterpriseId, contact, at }: OwnerSpeaking,
): Promise<Application | undefined> {
  const [newest] = await applicationsOf(trx, enterpriseId)
  const application = newest && (await lockedApplication(trx, house.database.dialect, newest.id))
  if (!application) return undefined
  const event = { type: 'application.withdrawn', on: chinaDateOf(at) } as const
  return takeStep(trx, house, application, event, { actor: `owner:${contact}`, at })
}

/** Whether that can be done today. */
export async function mayWithdrawApplication(
  db: Db,
  house: Pick<House, 'policies'>,
  enterpriseId: string,
  at: Date,
): Promise<boolean> {
  const [newest] = await applicationsOf(db, enterpriseId)
  return newest !== undefined && mayWithdraw(policyNamed(house, newest.policy), envelopeIn(newest), chinaDateOf(at))
}

/**
 * What an owner has to say against a rejection or a revocation: kept, and told to those who decide. Undefined when
 * nothing was decided against the enterprise.
 */
export async function makeObjection(
  trx: Trx,
  house: House,
  { enterpriseId, contact, at, text }: OwnerSpeaking & { readonly text: string },
): Promise<Application | undefined> {
  const application = await standing(trx, enterpriseId, at)
  if (!application || !rejectedOrRevoked.some((state) => state === application.state)) return undefined
  await addObjection(trx, application.id, { text, by: contact, at })
  const cause = `objection:${application.id}`
  await tellRegulators(trx, house, application, { cause, at, notice: { type: 'objectionMade', text } })
  return application
}

/**
 * The enterprise says that it has closed: nothing reminds it any more, and those who decide are told. Application and
 * listing stand as they were. Saying it again changes nothing.
 */
export async function tellClosing(
  trx: Trx,
  house: House,
  { enterpriseId, contact, at }: OwnerSpeaking,
): Promise<Application | undefined> {
  const application = await standing(trx, enterpriseId, at)
  if (!(await noteClosing(trx, enterpriseId, { by: contact, at }))) return application
  await planRectification(trx, house, { enterpriseId, at })
  if (!application) return undefined
  const { year } = envelopeIn(application).context
  await cancelCause(trx, causeKey(application.id, { kind: 'verification', turn: year }))
  await cancelCause(trx, causeKey(application.id, { kind: 'expiry' }))
  await tellRegulators(trx, house, application, {
    cause: `closing:${enterpriseId}`,
    at,
    notice: { type: 'closingTold' },
  })
  return application
}

/** It goes on after all, and is reminded again of what is to be put right. */
export async function tellGoingOn(trx: Trx, house: House, { enterpriseId, at }: OwnerSpeaking): Promise<void> {
  if (!(await closingOf(trx, enterpriseId))) return
  await forgetClosing(trx, enterpriseId)
  await planRectification(trx, house, { enterpriseId, at })
}

/** The application that matters today. */
async function standing(trx: Trx, enterpriseId: string, at: Date): Promise<Application | undefined> {
  const { application } = await listingOf(trx, enterpriseId, chinaDateOf(at))
  return (await applicationsOf(trx, enterpriseId)).find(({ id }) => id === application?.id)
}

type Told = Parameters<typeof tell>[3]['notice']

const tellRegulators = async (
  trx: Trx,
  house: House,
  application: Application,
  { cause, at, notice }: { readonly cause: string; readonly at: Date; readonly notice: Told },
) =>
  tell(
    trx,
    house,
    await noticeBoard(trx, house, application, at),
    { audience: 'regulators', step: at.toISOString(), notice },
    cause,
  )
