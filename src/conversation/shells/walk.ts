import { innermost } from '../../../flows/advance.ts'
import { selfAssessmentFlow } from '../../../flows/self-assessment/index.ts'
import type { WalkKnown, WalkPlace } from '../../../flows/self-assessment/screens.ts'
import type { WalkContext, WalkEffect, WalkEvent } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { type Mark, markAt, numberOf } from '../../checklist/rules.ts'
import { translators } from '../../i18n/translator.ts'
import { hazardAnswered, hazardRegister, openHazards, setHazardDue } from '../../rectification/index.ts'
import { muteReminders, unmuteReminders } from '../../reminders/index.ts'
import { longDate } from '../../replies/figures.ts'
import { hazardLines } from '../../replies/hazards.ts'
import { mutedNote, unmutedNote } from '../../replies/reminders.ts'
import { declarationsOf, walkScope } from '../../replies/scopes/walk.ts'
import { sectionNotes, walkNotes } from '../../replies/walk-notes.ts'
import { answersOf, type NewAnswer, recordAnswer } from '../../storage/answers.ts'
import { acceptProof, moveEvidence, storeEvidence, withdrawEvidence } from '../../storage/evidence.ts'
import { membersOf, namesOfAnswers } from '../../storage/members.ts'
import { keepChoice } from '../../storage/model-inquiries.ts'
import { claimAnswered, claimToAnswer } from '../claims.ts'
import { handedBack, invitationFor, invited, invitedSuccessor, refused, successionOffered } from '../colleagues.ts'
import { changeSite } from './begin-walk.ts'
import { meanwhile } from './meanwhile.ts'
import { openProfile } from './open-profile.ts'
import { type Outcome, type Said, type Shell, speakingTo, type Unit } from './shell.ts'
import { homeNext } from './standing.ts'
import { submitted } from './submit.ts'

export const walkShell: Shell<WalkContext, WalkEvent, WalkEffect, WalkKnown> = {
  flow: selfAssessmentFlow,
  async known(unit) {
    const { enterprise } = unit.conversation
    if (!enterprise) throw new Error('Only an enrolled enterprise walks')
    const claim = await claimToAnswer(unit, enterprise.id)
    const { site, contactName } = enterprise
    return {
      site,
      contactName,
      answeredBy: await answeredBy(unit),
      dueOn: await dueOn(unit),
      ...(claim && { claim: { ...claim, enterprise: enterprise.name } }),
    }
  },
  meanwhile,
  async resolved(unit, event) {
    if (event.type !== 'code.given') return event
    const answer = await invitationFor(unit, event.code)
    if (typeof answer === 'string') return { type: 'invitation.refused', why: answer }
    // Who walks already needs no code to walk.
    return answer.to === 'contact'
      ? { type: 'succession.offered', invitation: answer }
      : { type: 'invitation.refused', why: 'already' }
  },
  scope: (place, speaking) => walkScope(withChecklist(place), speaking),
  async carriedOut(unit, effects, where) {
    const place = withChecklist(where)
    const said = walkNotes(effects, place, speakingTo(unit))
    const sections = sectionNotes(effects, place, speakingTo(unit))
    for (const effect of effects) {
      const outcome = await carriedOut(unit, effect, place)
      if (outcome) return { ...outcome, said: [...said, ...sections, ...outcome.said] }
      if (effect.type === 'recordAnswer' && effect.mark === 'nonconforming')
        said.push(...(await termOf(unit, effect.position, place)))
    }
    return { said: [...said, ...sections] }
  },
}

function withChecklist({ checklist, ...place }: Omit<WalkPlace, 'checklist'> & Partial<WalkPlace>): WalkPlace {
  if (!checklist) throw new Error('A walk has a checklist')
  return { ...place, checklist }
}

/** An outcome where the walk ends here, or goes on over another checklist. */
async function carriedOut(unit: Unit, effect: WalkEffect, place: WalkPlace): Promise<Outcome | undefined> {
  const { trx, message, conversation, at } = unit
  const { context } = place
  switch (effect.type) {
    case 'recordAnswer':
      if (effect.mark !== 'unanswered') await record(unit, effect.position, effect.mark, context)
      if (effect.proposed !== undefined) await keepChoice(trx, effect.proposed, effect.mark, at)
      return undefined
    case 'confirmAnswers':
      for (const position of effect.positions)
        await record(unit, position, recordable(markAt(context.sheet, position)), context, effect.givenIn)
      return undefined
    case 'muteReminders':
      await muteReminders(trx, { contact: message.contact, at })
      return { said: [{ remark: mutedNote(speakingTo(unit).t) }] }
    case 'unmuteReminders':
      await unmuteReminders(trx, message.contact)
      return { said: [{ remark: unmutedNote(speakingTo(unit).t) }] }
    case 'reportLostEvidence':
      if (effect.reopened) await record(unit, effect.position, 'nonconforming', context)
      return undefined
    case 'clearAnswers':
      await clear(unit, context)
      return undefined
    case 'storeEvidence':
      await storeEvidence(trx, {
        id: effect.evidenceId,
        assessmentId: walked(unit).assessment.id,
        itemId: itemAt(unit, effect.position).id,
        position: effect.position,
        contact: message.contact,
        rectifies: false,
        mediaId: effect.mediaId,
        at,
      })
      return undefined
    case 'acceptProof':
      await acceptProof(trx, effect.evidenceId)
      return undefined
    case 'moveEvidence': {
      const { id } = itemAt(unit, effect.position)
      await moveEvidence(trx, effect.evidenceId, { itemId: id, position: effect.position })
      await reopenUnproved(unit, context)
      return undefined
    }
    case 'withdrawEvidence':
      await withdrawEvidence(trx, effect.evidenceId, at)
      await reopenUnproved(unit, context)
      return undefined
    case 'changeSite':
      return changeSite(unit, effect.change, context)
    case 'openProfile':
      return openProfile(unit, context, effect.field)
    case 'inviteColleague':
      return { said: [{ note: await invited(unit, effect.position) }] }
    case 'inviteSuccessor':
      return { said: [{ note: await invitedSuccessor(unit) }] }
    case 'offerSuccession':
      return successionOffered(unit, effect.invitation, context)
    case 'refuseCode':
      return refused(unit, effect.why)
    case 'answerClaim':
      return { said: await claimAnswered(unit, effect) }
    case 'handBack': {
      const { position, askedBy } = effect
      const finding = markAt(context.sheet, position)
      await handedBack(unit, { number: numberOf(position), finding, askedBy })
      return {
        said: [{ note: translators[conversation.language]('colleagues.thanks') }],
        alone: true,
        next: homeNext(walked(unit).enterprise),
      }
    }
    case 'rescheduleHazard':
      return { said: await rescheduled(unit, effect.position, effect.date) }
    case 'showRegister':
      return { said: [{ remark: await registerText(unit) }] }
    case 'submitAssessment':
      return submitted(unit, { name: effect.signedBy, role: effect.role, declarations: declarationsOf(place) })
    default:
      return undefined
  }
}

/** Only where the answers are looked through, and several people gave them. */
async function answeredBy({ trx, conversation }: Unit): Promise<WalkKnown['answeredBy']> {
  const { assessment, enterprise, snapshot } = conversation
  if (innermost(snapshot.value) !== 'reviewing' || !assessment || !enterprise) return new Map()
  return namesOfAnswers(await answersOf(trx, assessment.id), await membersOf(trx, enterprise.id))
}

/** Only where dates are told. The register has them: whoever moved one reads it as it was moved. */
async function dueOn({ trx, conversation }: Unit): Promise<WalkKnown['dueOn']> {
  const { enterprise, snapshot } = conversation
  if (!enterprise || !['summary', 'belowMinimum'].includes(innermost(snapshot.value))) return new Map()
  return new Map((await openHazards(trx, enterprise.id)).map(({ itemId, dueOn }) => [itemId, dueOn]))
}

/** The answer goes on record, and what it finds or settles into the register. */
async function record(
  unit: Unit,
  position: number,
  mark: NewAnswer['mark'],
  { sheet, lastPhoto }: WalkContext,
  confirmedFrom?: string,
) {
  const { trx, house, message, at } = unit
  const { assessment, checklist } = walked(unit)
  const { id, notApplicable } = itemAt(unit, position)
  await recordAnswer(trx, {
    assessmentId: assessment.id,
    itemId: id,
    position,
    mark,
    ...(mark === 'notApplicable' && notApplicable && { excusedBy: notApplicable.fact ?? notApplicable.reason }),
    ...(confirmedFrom && { confirmedFrom }),
    dedupeKey: message.dedupeKey,
    by: message.contact,
    at,
  })
  await hazardAnswered(trx, house, {
    enterpriseId: assessment.enterpriseId,
    assessmentId: assessment.id,
    checklist,
    sheet,
    position,
    by: ownerOf(unit),
    at,
    ...(mark === 'rectified' && lastPhoto && { evidenceId: lastPhoto.id }),
  })
}

/** What is not answered is taken back. */
const recordable = (mark: Mark): NewAnswer['mark'] => (mark === 'unanswered' ? 'withdrawn' : mark)

const ownerOf = ({ message }: Unit) => `owner:${message.contact}`

/** By when it is to be put right, and that it can be another day; what kills is put right before anything is filed. */
async function termOf(unit: Unit, position: number, { value }: WalkPlace): Promise<Said[]> {
  if (value === 'hazardFound') return []
  const { t, language, today } = speakingTo(unit)
  const hazards = await openHazards(unit.trx, walked(unit).assessment.enterpriseId)
  const hazard = hazards.find(({ itemId }) => itemId === itemAt(unit, position).id)
  return hazard ? [{ note: t('walk.dueBy', { date: longDate(hazard.dueOn, language, today) }) }] : []
}

/** Another day for a hazard of this walk, or why not. */
async function rescheduled(unit: Unit, position: number, date: string): Promise<Said[]> {
  const { trx, house, at } = unit
  const { t, language, today } = speakingTo(unit)
  const { enterpriseId } = walked(unit).assessment
  const { id } = itemAt(unit, position)
  const hazard = (await openHazards(trx, enterpriseId)).find(({ itemId }) => itemId === id)
  if (!hazard) return [{ remark: t('walk.noHazard') }]
  const outcome = await setHazardDue(trx, house, {
    enterpriseId,
    hazardId: hazard.id,
    dueOn: date,
    by: ownerOf(unit),
    at,
  })
  switch (outcome.type) {
    case 'ok':
      return [{ note: t('walk.rescheduled', { number: numberOf(position), date: longDate(date, language, today) }) }]
    case 'inThePast':
      return [{ remark: t('walk.dateInThePast') }]
    case 'tooLate':
      return [{ remark: t('walk.dateTooLate', { date: longDate(outcome.latest, language, today) }) }]
    default:
      return [{ remark: t('walk.noHazard') }]
  }
}

async function registerText(unit: Unit): Promise<string> {
  const register = await hazardRegister(unit.trx, walked(unit).assessment.enterpriseId)
  return hazardLines(register, speakingTo(unit)).join('\n')
}

/** The record follows the sheet that 重来 returned to: what was answered since is withdrawn, or is again what it was. */
async function clear(unit: Unit, context: WalkContext): Promise<void> {
  const { sheet } = context
  const { assessment, checklist } = walked(unit)
  for (const { itemId, mark } of await answersOf(unit.trx, assessment.id)) {
    const position = checklist.positions.get(itemId)
    if (position === undefined) continue
    const again = markAt(sheet, position)
    if (again !== mark) await record(unit, position, recordable(again), context)
  }
}

/** The sheet says where the record still has 已改好 on a photo that no longer shows it. */
async function reopenUnproved(unit: Unit, context: WalkContext): Promise<void> {
  const { sheet } = context
  const { assessment, checklist } = walked(unit)
  for (const { itemId, mark } of await answersOf(unit.trx, assessment.id)) {
    const position = checklist.positions.get(itemId)
    if (position !== undefined && mark === 'rectified' && markAt(sheet, position) === 'nonconforming')
      await record(unit, position, 'nonconforming', context)
  }
}

function walked({ conversation: { assessment, enterprise, setting } }: Unit) {
  if (!assessment || !enterprise || !setting.checklist) throw new Error('A walk has an assessment and a checklist')
  return { assessment, enterprise, checklist: setting.checklist }
}

function itemAt(unit: Unit, position: number) {
  const item = walked(unit).checklist.items[position]
  if (!item) throw new Error(`The checklist has no item at position ${position}`)
  return item
}
