import type { EnrolmentDraft, Particular, Problem } from '../../../flows/enrolment/enrolment.machine.ts'
import { type EnrolmentPlace, factsAsked } from '../../../flows/enrolment/screens.ts'
import type { ChecklistLibrary } from '../../checklist/library.ts'
import { elements } from '../../checklist/schema.ts'
import { districtName, groupHeading, industryClassName, nameOf } from '../checklist-words.ts'
import { circled } from '../figures.ts'
import { listed } from '../listed.ts'
import type { Speaking } from '../show.ts'

/** All that a sentence of the enrolment may name, by the name it has in locales. */
export function enrolmentScope(place: EnrolmentPlace, speaking: Speaking): Record<string, unknown> {
  const { value, context, library } = place
  const { draft, doubted, problem, trade, invitation, successor, claimed } = context
  const { t, language, publicUrl } = speaking
  const field = fieldIn[value]
  return {
    privacyUrl: `${publicUrl}/privacy`,
    elements: elements.map((element, index) => `${circled(index + 1)} ${t(`element.${element}`)}`).join('\n'),
    city: districtName(library.districts.city, language),
    onRecord: field && particular(field, draft, speaking),
    ...(value === 'askingFacts' && factsScope(place, speaking)),
    ...(value === 'confirmingIndustry' && {
      title: trade && nameOf({ of: 'industryClass', id: trade.code }, library, language),
      facts: factsListed(trade?.facts ?? [], speaking),
    }),
    ...(isChecked.has(value) && checkedScope(draft, speaking)),
    ...(problem && problemScope(problem, draft, speaking)),
    ...(invitation && { enterprise: invitation.enterprise, host: invitation.host }),
    successorName: successor.name,
    successorPhone: successor.phone,
    ...(claimed !== null && isClaim.has(value) && { uscc: spaced(claimed) }),
    ...(doubted && { name: doubted.value }),
  }
}

const fieldIn: Readonly<Record<string, Particular>> = {
  askingUscc: 'uscc',
  askingName: 'name',
  askingDistrict: 'district',
  askingIndustry: 'industry',
  askingHeadcount: 'headcount',
  askingContact: 'contact',
  askingPhone: 'phone',
}

const isClaim = new Set(['claiming', 'awaitingClaim'])

const isChecked = new Set(['confirming', 'choosingField'])

/** What is on record of a field, in words. */
export function particular(field: Particular, draft: EnrolmentDraft, { t, language, library }: Speaking): string {
  switch (field) {
    case 'uscc':
      return spaced(draft.uscc ?? '')
    case 'name':
      return draft.name ?? ''
    case 'district':
      return nameOf({ of: 'district', id: draft.district ?? '' }, library, language)
    case 'industry':
      return nameOf({ of: 'industryClass', id: draft.industryClass ?? '' }, library, language)
    case 'headcount':
      return t('enrolment.people', { headcount: draft.headcount })
    case 'contact':
      return draft.contactName ?? ''
    case 'phone':
      return draft.contactPhone ?? ''
  }
}

export const factsListed = (facts: readonly string[], { t, language, library }: Speaking): string =>
  listed(
    facts.map((id) => nameOf({ of: 'fact', id }, library, language)),
    t,
  )

/** Those of the group that is asked, as they are numbered. */
function factsScope(place: EnrolmentPlace, { t, language, library }: Speaking) {
  const { group, number, total, facts, noted } = factsAsked(place)
  const ticked = facts.flatMap(({ id }, index) =>
    noted.includes(id)
      ? t('screen.option', { number: index + 1, label: nameOf({ of: 'fact', id }, library, language) })
      : [],
  )
  return { heading: group && groupHeading(group, language), number, total, ticked: ticked.join(t('screen.comma')) }
}

const checkedScope = (draft: EnrolmentDraft, speaking: Speaking) => ({
  uscc: draft.uscc,
  name: draft.name,
  district: particular('district', draft, speaking),
  industry: particular('industry', draft, speaking),
  headcount: draft.headcount,
  contactName: draft.contactName,
  contactPhone: draft.contactPhone,
  facts: factsInShort(draft.facts, speaking),
})

/** As many as a card has room for beside all the rest; each group was said in full when it was ticked. */
function factsInShort(facts: readonly string[], speaking: Speaking): string {
  const { t } = speaking
  if (facts.length === 0) return t('enrolment.noFacts')
  const most = facts.findIndex((_, at) => factsListed(facts.slice(0, at + 1), speaking).length > ROOM_FOR_FACTS)
  if (most === -1) return factsListed(facts, speaking)
  return t('enrolment.factsAndMore', {
    facts: factsListed(facts.slice(0, Math.max(1, most)), speaking),
    total: facts.length,
  })
}

/** In characters. */
const ROOM_FOR_FACTS = 40

function problemScope(problem: Problem, draft: EnrolmentDraft, { library, language }: Speaking) {
  switch (problem.kind) {
    case 'malformed': {
      const { check } = problem
      const position = check.type === 'wrongCheckDigit' ? check.likelyPosition : placeOf(check)
      const said = spaced(check.code, check.type === 'wrongKind' || check.type === 'wrongRegion' ? undefined : position)
      return { length: check.code.length, position, said, kind: check.code.slice(0, 2) }
    }
    case 'zone': {
      const zone = library.districts.zones.find(({ id }) => id === problem.zone)
      return zone && { zone: districtName({ ...zone, code: zone.id }, language), bureau: zone.bureau }
    }
    case 'outside': {
      const found = library.industries.classes.find(({ code }) => code === problem.code)
      return { title: found && industryClassName(found, language), bureau: bureauOf(draft, library) }
    }
    case 'below':
      return { most: problem.value - 1 }
    case 'above':
      return { least: problem.value }
    case 'implausible':
      return { value: problem.value }
    case 'partial':
      return { surname: problem.surname }
    case 'about':
      return {}
    default:
      return { text: problem.said.slice(0, LONGEST_QUOTE) }
  }
}

/** In characters. */
const LONGEST_QUOTE = 30

const placeOf = (check: object) => ('position' in check ? Number(check.position) : undefined)

const bureauOf = ({ district }: EnrolmentDraft, { districts }: ChecklistLibrary) =>
  districts.districts.find(({ code }) => code === district)?.bureau

/** In groups of four as on the licence, with the character in question in brackets. */
const spaced = (code: string, position?: number) =>
  [...code]
    .map((character, index) => (index + 1 === position ? `[${character}]` : character))
    .reduce((text, character, index) => text + (index > 0 && index % 4 === 0 ? ' ' : '') + character, '')
