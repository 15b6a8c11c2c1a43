import { innermost } from '../../../flows/advance.ts'
import { selfAssessmentFlow } from '../../../flows/self-assessment/index.ts'
import type { WalkKnown, WalkPlace } from '../../../flows/self-assessment/screens.ts'
import type { WalkContext, WalkEffect, WalkEvent } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { markAt, numberOf } from '../../checklist/rules.ts'
import { translators } from '../../i18n/translator.ts'
import { walkNotes } from '../../replies/walk-notes.ts'
import { declarationsOf, walkScope } from '../../replies/scopes/walk.ts'
import { answersOf, type NewAnswer, recordAnswer } from '../../storage/answers.ts'
import { membersOf, namesOfAnswers } from '../../storage/members.ts'
import { acceptProof, moveEvidence, storeEvidence, withdrawEvidence } from '../../storage/evidence.ts'
import { handedBack, invited } from '../colleagues.ts'
import { changeSite } from './begin-walk.ts'
import { meanwhile } from './meanwhile.ts'
import { openProfile } from './open-profile.ts'
import { type Outcome, type Shell, speakingTo, type Unit } from './shell.ts'
import { homeNext } from './standing.ts'
import { submitted } from './submit.ts'

export const walkShell: Shell<WalkContext, WalkEvent, WalkEffect, WalkKnown> = {
  flow: selfAssessmentFlow,
  async known(unit) {
    const { enterprise } = unit.conversation
    if (!enterprise) throw new Error('Only an enrolled enterprise walks')
    return { site: enterprise.site, contactName: enterprise.contactName, answeredBy: await answeredBy(unit) }
  },
  meanwhile,
  scope: (place, speaking) => walkScope(withChecklist(place), speaking),
  async carriedOut(unit, effects, where) {
    const place = withChecklist(where)
    const said = walkNotes(effects, place, speakingTo(unit))
    for (const effect of effects) {
      const outcome = await carriedOut(unit, effect, place)
      if (outcome) return { ...outcome, said: [...said, ...outcome.said] }
    }
    return { said }
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
      if (effect.mark !== 'unanswered') await record(unit, effect.position, effect.mark)
      return undefined
    case 'reportLostEvidence':
      if (effect.reopened) await record(unit, effect.position, 'nonconforming')
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
      return openProfile(unit, context)
    case 'inviteColleague':
      return invited(unit, effect.position)
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

function record(unit: Unit, position: number, mark: NewAnswer['mark']): Promise<void> {
  const { id, notApplicable } = itemAt(unit, position)
  return recordAnswer(unit.trx, {
    assessmentId: walked(unit).assessment.id,
    itemId: id,
    position,
    mark,
    ...(mark === 'notApplicable' && notApplicable && { excusedBy: notApplicable.fact ?? notApplicable.reason }),
    dedupeKey: unit.message.dedupeKey,
    by: unit.conversation.contact,
    at: unit.at,
  })
}

/** What 重来 left standing keeps its answer. */
async function clear(unit: Unit, { sheet }: WalkContext): Promise<void> {
  const { assessment, checklist } = walked(unit)
  for (const { itemId } of await answersOf(unit.trx, assessment.id)) {
    const position = checklist.positions.get(itemId)
    if (position !== undefined && markAt(sheet, position) === 'unanswered') await record(unit, position, 'withdrawn')
  }
}

/** The sheet says where the record still has 已改好 on a photo that no longer shows it. */
async function reopenUnproved(unit: Unit, { sheet }: WalkContext): Promise<void> {
  const { assessment, checklist } = walked(unit)
  for (const { itemId, mark } of await answersOf(unit.trx, assessment.id)) {
    const position = checklist.positions.get(itemId)
    if (position !== undefined && mark === 'rectified' && markAt(sheet, position) === 'nonconforming')
      await record(unit, position, 'nonconforming')
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
