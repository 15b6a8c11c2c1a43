import type { Beginning } from '../../../flows/flow.ts'
import type { HomeEffect, HomeEvent } from '../../../flows/home/home.machine.ts'
import { homeFlow } from '../../../flows/home/index.ts'
import type { HomeKnown } from '../../../flows/home/screens.ts'
import { translators } from '../../i18n/translator.ts'
import { homeScope } from '../../replies/scopes/home.ts'
import { snoozeReminder } from '../../standardization/index.ts'
import { memberOf } from '../../storage/members.ts'
import { invitationFor, joined, refused } from '../colleagues.ts'
import { beginAmendment, beginProfileUpdate, beginWalk } from './begin-walk.ts'
import type { Outcome, Shell, Unit } from './shell.ts'
import { standingOf } from './standing.ts'

export const homeShell: Shell<unknown, HomeEvent, HomeEffect, HomeKnown> = {
  flow: homeFlow,
  known: (unit) => standingOf(unit, enterpriseAtHome(unit)),
  scope: homeScope,
  async resolved(unit, event) {
    if (event.type !== 'code.given') return event
    const { trx, conversation } = unit
    const answer = await invitationFor(unit, event.code)
    if (typeof answer === 'string') return { type: 'invitation.refused', why: answer }
    const member = await memberOf(trx, enterpriseAtHome(unit).id, conversation.contact)
    return member
      ? { type: 'invitation.accepted', hash: answer.hash, name: member.name }
      : { type: 'invitation.refused', why: 'elsewhere' }
  },
  async carriedOut(unit, [effect]) {
    const t = translators[unit.conversation.language]
    switch (effect?.type) {
      case 'beginWalk': {
        const note = { note: t(`home.begun.${effect.beginning}`) }
        const begun = await beginning(unit, effect.beginning)
        return { ...begun, said: [note, ...begun.said] }
      }
      case 'sayNothingToBegin':
        return { said: [{ note: t(`home.nothing.${effect.beginning}`) }] }
      case 'snoozeReminder':
        await snoozeReminder(unit.trx, unit.house, { applicationId: effect.applicationId, at: unit.at })
        return { said: [{ note: t('home.snoozed') }], alone: true }
      case 'sayPostponed':
        return { said: [{ note: t('home.postponed') }], alone: true }
      case 'joinEnterprise':
        return joined(unit, effect.hash, effect.name)
      case 'refuseCode':
        return refused(unit, effect.why)
      case 'sayAnswersSent':
        return { said: [{ note: t('home.answersSent') }] }
      default:
        return { said: [] }
    }
  },
}

function beginning(unit: Unit, beginning: Beginning): Promise<Outcome> {
  const enterprise = enterpriseAtHome(unit)
  switch (beginning) {
    case 'assessment':
      return beginWalk(unit, enterprise, { purpose: 'initial' })
    case 'renewal':
    case 'recheck':
      return Promise.resolve(beginProfileUpdate(enterprise, beginning))
    case 'amendment':
      return beginAmendment(unit, enterprise)
  }
}

function enterpriseAtHome({ conversation: { enterprise } }: Unit) {
  if (!enterprise) throw new Error('Only an enrolled owner is at home')
  return enterprise
}
