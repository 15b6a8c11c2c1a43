import type { EnrolmentEffect } from '../../flows/enrolment/enrolment.machine.ts'
import { type EnrolmentPlace, factsAsked } from '../../flows/enrolment/screens.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { districtName } from './checklist-words.ts'
import { factsListed, particular } from './scopes/enrolment.ts'
import type { Part } from './screen.ts'
import type { Speaking } from './show.ts'

type Said = Exclude<Part, { readonly screen: unknown }>

/** What is said of what a step of the enrolment did. What followed from it is said elsewhere. */
export const enrolmentNotes = (
  effects: readonly EnrolmentEffect[],
  place: EnrolmentPlace,
  speaking: Speaking,
): Said[] => effects.flatMap((effect) => notesOf(effect, place, speaking).map((note) => ({ note })))

function notesOf(effect: EnrolmentEffect, place: EnrolmentPlace, speaking: Speaking): string[] {
  const { t } = speaking
  const { draft } = place.context
  switch (effect.type) {
    case 'registerEnterprise':
    case 'updateProfile':
    case 'joinEnterprise':
    case 'takeOver':
    case 'refuseCode':
    case 'inviteSuccessor':
    case 'openClaim':
    case 'supportClaim':
    case 'settleLicence':
    case 'withdrawClaim':
    case 'answerClaim':
      return []
    case 'sayRecorded': {
      const recorded = t('enrolment.noted', { recorded: particular(effect.field, draft, speaking) })
      return [recorded, ...(effect.zone ? zoneNote(effect.zone, draft.district ?? '', speaking) : [])]
    }
    case 'sayFactsRecorded':
      return [t('enrolment.noted', { recorded: factsListed(effect.facts, speaking) || t('button.none') })]
    case 'sayFactsDenied':
      return [t('enrolment.factsDenied', { facts: factsListed(effect.facts, speaking) })]
    case 'sayFactsContradictory':
      return [t('enrolment.factsContradictory')]
    case 'sayFactsNoted': {
      const first = factsAsked(place).facts.findIndex(({ id }) => effect.facts.includes(id))
      return [t('enrolment.factsStillNoted', { facts: factsListed(effect.facts, speaking), number: first + 1 })]
    }
    case 'sayPhotoUnread':
      return [t('enrolment.licenceUnread')]
    case 'sayChangeLater':
      return [t('enrolment.changeLater')]
    case 'sayProgress':
      return [t('enrolment.progress', filledIn(draft))]
    case 'sayPaused':
      return [t('enrolment.paused')]
  }
}

/** Where enterprises of a place without a code of its own are served. */
function zoneNote(id: string, code: string, { t, language, library }: Speaking): string[] {
  const zone = zonesOf(library).find((each) => each.id === id)
  const district = library.districts.districts.find((each) => each.code === code)
  if (!zone || !district || zone.districts.length > 1) return []
  const names = { zone: districtName({ ...zone, code: id }, language), bureau: zone.bureau }
  return [t('enrolment.zoneOfDistrict', { ...names, district: districtName(district, language) })]
}

const zonesOf = ({ districts }: ChecklistLibrary) => districts.zones

/** How many of the enterprise's particulars are there; what is on its site is ticked after them. */
function filledIn({
  uscc,
  name,
  district,
  industry,
  headcount,
  contactName,
  contactPhone,
}: EnrolmentPlace['context']['draft']) {
  const particulars = [uscc, name, district, industry, headcount, contactName, contactPhone]
  return { done: particulars.filter((each) => each !== undefined).length, total: particulars.length }
}
