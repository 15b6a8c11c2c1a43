import type { Beginning } from '../../../flows/flow.ts'
import type { HomeContext, HomeEffect, HomeEvent } from '../../../flows/home/home.machine.ts'
import { homeFlow } from '../../../flows/home/index.ts'
import type { HomeKnown, HomePlace } from '../../../flows/home/screens.ts'
import { translators } from '../../i18n/translator.ts'
import { muteReminders, unmuteReminders } from '../../reminders/index.ts'
import { fullDate } from '../../replies/figures.ts'
import { mutedNote, unmutedNote } from '../../replies/reminders.ts'
import { homeScope } from '../../replies/scopes/home.ts'
import {
  makeObjection,
  type OwnerSpeaking,
  snoozeReminder,
  tellClosing,
  tellGoingOn,
  withdrawApplication,
} from '../../standardization/index.ts'
import { memberOf } from '../../storage/members.ts'
import { claimAnswered, claimToAnswer } from '../claims.ts'
import { invitationFor, invitedSuccessor, joined, refused, successionOffered } from '../colleagues.ts'
import { beginAmendment, beginProfileUpdate } from './begin-walk.ts'
import { departed } from './departed.ts'
import { hazardDueSet, hazardPersonSet, hazardSettled, photoLost, photoStored, registerLines } from './home-hazards.ts'
import { openProfile } from './open-profile.ts'
import { type Outcome, type Said, type Shell, speakingTo, type Unit } from './shell.ts'
import { standingOf } from './standing.ts'

export const homeShell: Shell<HomeContext, HomeEvent, HomeEffect, HomeKnown> = {
  flow: homeFlow,
  async known(unit) {
    const enterprise = enterpriseAtHome(unit)
    const claim = await claimToAnswer(unit, enterprise.id)
    return { ...(await standingOf(unit, enterprise)), ...(claim && { claim }) }
  },
  scope: homeScope,
  meanwhile: departed,
  async resolved(unit, event) {
    if (event.type !== 'code.given') return event
    const { trx, conversation } = unit
    const answer = await invitationFor(unit, event.code)
    if (typeof answer === 'string') return { type: 'invitation.refused', why: answer }
    if (answer.to === 'contact') return { type: 'succession.offered', invitation: answer }
    const member = await memberOf(trx, enterpriseAtHome(unit).id, conversation.contact)
    return member
      ? { type: 'invitation.accepted', hash: answer.hash, name: member.name }
      : { type: 'invitation.refused', why: 'elsewhere' }
  },
  async carriedOut(unit, effects, place) {
    const said: Said[] = []
    for (const effect of effects) {
      const outcome = await carriedOut(unit, effect, place)
      said.push(...outcome.said)
      if (outcome.alone || outcome.next) return { ...outcome, said }
    }
    return { said }
  },
}

async function carriedOut(unit: Unit, effect: HomeEffect, place: HomePlace): Promise<Outcome> {
  const { trx, house, at } = unit
  const t = translators[unit.conversation.language]
  const scope = homeScope(place, speakingTo(unit))
  switch (effect.type) {
    case 'beginWalk': {
      const begun = await beginning(unit, effect.beginning)
      return { ...begun, said: [{ note: t(`home.begun.${effect.beginning}`) }, ...begun.said] }
    }
    case 'sayNothingToBegin':
      return noted(t(`home.nothing.${effect.beginning}`))
    case 'snoozeReminder':
      await snoozeReminder(trx, house, { applicationId: effect.applicationId, at })
      return { ...noted(t('home.snoozed')), alone: true }
    case 'muteReminders':
      await muteReminders(trx, { contact: unit.message.contact, at })
      return { ...noted(mutedNote(t)), alone: true }
    case 'unmuteReminders':
      await unmuteReminders(trx, unit.message.contact)
      await tellGoingOn(trx, house, ownerOf(unit))
      return { ...noted(unmutedNote(t)), alone: true }
    case 'sayPostponed':
      return { ...noted(t('home.postponed')), alone: true }
    case 'sayWelcome':
      return { ...noted(t('home.welcome')), alone: true }
    case 'joinEnterprise':
      return joined(unit, effect.hash, effect.name)
    case 'refuseCode':
      return refused(unit, effect.why)
    case 'offerSuccession':
      return successionOffered(unit, effect.invitation, null)
    case 'answerClaim':
      return { said: await claimAnswered(unit, effect) }
    case 'inviteSuccessor':
      return noted(await invitedSuccessor(unit))
    case 'sayStanding':
      return { said: [] }
    case 'refuse':
      return noted(t(`home.refused.${effect.why}`))
    case 'showRegister':
      return { said: await registerLines(unit, enterpriseAtHome(unit).id) }
    case 'storeEvidence':
      await photoStored(unit, effect)
      return { said: [] }
    case 'settleHazard':
      return { said: await hazardSettled(unit, effect, place) }
    case 'sayNotRectified':
      return noted(t('home.hazardNotDone'))
    case 'reportLostEvidence':
      return { said: await photoLost(unit, effect) }
    case 'setDue':
      return { said: await hazardDueSet(unit, effect, place) }
    case 'setPerson':
      return { said: await hazardPersonSet(unit, effect, place) }
    case 'sayFiled': {
      const filedOn = fullDate(place.known.application?.filedOn ?? '', unit.conversation.language)
      return noted(t(effect.asked === 'report' ? 'home.filedReport' : 'home.filedAnswers', { filedOn }))
    }
    case 'withdrawApplication': {
      const withdrawn = await withdrawApplication(trx, house, ownerOf(unit))
      if (!withdrawn) return noted(t('home.refused.tooLateToWithdraw'))
      return noted(t('home.withdrawnNow', { ...scope, number: withdrawn.number }))
    }
    case 'tellClosing': {
      const concerned = await tellClosing(trx, house, ownerOf(unit))
      return noted(t(concerned ? 'home.closingTold' : 'home.closingTaken', scope))
    }
    case 'sendObjection': {
      const sent = await makeObjection(trx, house, { ...ownerOf(unit), text: effect.text })
      return noted(sent ? t('home.objectionSent', scope) : t('home.refused.nothingDecided'))
    }
    case 'openProfile': {
      const { particular } = effect
      return openProfile(unit, null, particular === 'all' ? undefined : particular)
    }
    case 'sayDropped':
      return noted(t(effect.photoUnused ? 'home.droppedPhoto' : 'home.dropped'))
  }
}

const noted = (note: string): Outcome => ({ said: [{ note }] })

async function beginning(unit: Unit, beginning: Beginning): Promise<Outcome> {
  const enterprise = enterpriseAtHome(unit)
  // Whoever begins anew has not closed.
  await tellGoingOn(unit.trx, unit.house, ownerOf(unit))
  switch (beginning) {
    case 'assessment':
    case 'renewal':
    case 'recheck':
      return beginProfileUpdate(enterprise, beginning)
    case 'amendment':
      return beginAmendment(unit, enterprise)
  }
}

const ownerOf = (unit: Unit): OwnerSpeaking => ({
  enterpriseId: enterpriseAtHome(unit).id,
  contact: unit.message.contact,
  at: unit.at,
})

function enterpriseAtHome({ conversation: { enterprise } }: Unit) {
  if (!enterprise) throw new Error('Only an enrolled owner is at home')
  return enterprise
}
