import type { HomeContext } from '../../../flows/home/home.machine.ts'
import type { HomeKnown } from '../../../flows/home/screens.ts'
import { rejectedOrRevoked } from '../../../flows/standardization/index.ts'
import { addDays, chinaDateOf } from '../../calendar/dates.ts'
import { hazardRegister } from '../../rectification/index.ts'
import { ourTermsOf } from '../../replies/our-term.ts'
import { filedAnswers, listingOf, mayWithdrawApplication } from '../../standardization/index.ts'
import { closingOf } from '../../storage/closings.ts'
import type { EnterpriseFacts } from '../../storage/enrolment.ts'
import { memberOf } from '../../storage/members.ts'
import type { Next, Unit } from './shell.ts'

/** How an enterprise stands today, for its owner, with what is looked at where the conversation is. */
export async function standingOf(
  { trx, house, conversation, at }: Unit,
  { id, name, district, contactName }: EnterpriseFacts,
): Promise<HomeKnown> {
  const { mayBegin, mayApplyFrom, application } = await listingOf(trx, id, chinaDateOf(at))
  const hazards = await hazardRegister(trx, id)
  const { hazard } = conversation.snapshot.context as HomeContext
  const foundOn = hazards.find((each) => each.id === hazard)?.foundOn
  return {
    enterpriseName: name,
    district,
    contactName,
    mayBegin,
    ourTerms: ourTermsOf(conversation.setting.policy),
    isColleague: (await memberOf(trx, id, conversation.contact))?.role === 'colleague',
    ...(mayApplyFrom && { mayApplyFrom }),
    ...(application && { application }),
    mayWithdraw: await mayWithdrawApplication(trx, house, id, at),
    mayObject: rejectedOrRevoked.some((state) => state === application?.state),
    isClosed: (await closingOf(trx, id)) !== undefined,
    hazards,
    ...(foundOn && { latestDue: addDays(foundOn, conversation.setting.policy.rectificationMaxDays.value) }),
    ...(application &&
      conversation.snapshot.value === 'readingFiled' && { filed: await filedAnswers(trx, house, application.id) }),
  }
}

/** Between walks. */
export const homeNext = (enterprise: EnterpriseFacts): Next => ({
  flow: 'home',
  enterpriseId: enterprise.id,
  enterprise,
  assessment: null,
})
