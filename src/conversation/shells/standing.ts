import type { HomeKnown } from '../../../flows/home/screens.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import { type ApplicationStanding, listingOf } from '../../standardization/index.ts'
import type { EnterpriseFacts } from '../../storage/enrolment.ts'
import { memberOf } from '../../storage/members.ts'
import type { Next, Unit } from './shell.ts'

/** How an enterprise stands today, for its owner. */
export async function standingOf({ trx, conversation, at }: Unit, { id, name }: EnterpriseFacts): Promise<Standing> {
  const { mayBegin, mayApplyFrom, application } = await listingOf(trx, id, chinaDateOf(at))
  const member = await memberOf(trx, id, conversation.contact)
  return {
    enterpriseName: name,
    // What is begun, the contact begins; colleagues come along with a code.
    mayBegin: member?.role === 'colleague' ? [] : mayBegin,
    ...(mayApplyFrom && { mayApplyFrom }),
    ...(application && { application }),
  }
}

export interface Standing extends HomeKnown {
  readonly application?: ApplicationStanding
}

/** Between walks. */
export const homeNext = (enterprise: EnterpriseFacts): Next => ({
  flow: 'home',
  enterpriseId: enterprise.id,
  enterprise,
  assessment: null,
})
