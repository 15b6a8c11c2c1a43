import { profileGroups } from '../../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import { findDistrict } from '../../src/enterprise/district.ts'
import { findIndustry, type IndustryMatch } from '../../src/enterprise/industry.ts'
import { checkUscc } from '../../src/enterprise/uscc.ts'
import type { Heard, Scene } from '../flow.ts'
import { nameHeard } from '../words/name-heard.ts'
import { numberHeard } from '../words/number-heard.ts'
import { phoneHeard } from '../words/phone-heard.ts'
import { picksHeard } from '../words/picks-heard.ts'
import { yesNoHeard } from '../words/yes-no-heard.ts'
import type { EnrolmentContext, EnrolmentEvent, EnrolmentField } from './enrolment.machine.ts'

/** Keys of the buttons; `district.` and `industry.` are followed by a code, `field.` by a field. */
export const enrolmentKeys = {
  consent: 'consent.given',
  refuse: 'consent.refused',
  preview: 'preview.asked',
  industryRight: 'industry.confirmed',
  industryWrong: 'industry.denied',
  confirm: 'enrolment.confirmed',
  correct: 'fields.listed',
  /** Beside the facts of a group. */
  none: 'none',
  district: 'district.',
  industry: 'industry.',
  field: 'field.',
} as const

const events = new Set<string>([
  'consent.given',
  'consent.refused',
  'preview.asked',
  'industry.confirmed',
  'industry.denied',
  'enrolment.confirmed',
  'fields.listed',
])

export const enrolmentFields = [
  'uscc',
  'name',
  'district',
  'industry',
  'headcount',
  'contact',
  'phone',
  'facts',
] as const

/** An owner's words at enrolment → one event; undefined when they mean nothing there. */
export function interpretEnrolment(heard: Heard, scene: Scene): EnrolmentEvent | undefined {
  switch (heard.type) {
    case 'chosen':
      return tapped(heard.key, scene)
    case 'picked':
      return scene.value === 'askingFacts' ? { type: 'facts.picked', facts: heard.keys } : undefined
    case 'command':
      if (heard.command.kind === 'back') return { type: 'step.back' }
      if (heard.command.kind === 'restart') return { type: 'enrolment.restarted' }
      if (heard.command.kind === 'start' && scene.value === 'greeting') return { type: 'consent.given' }
      return undefined
    case 'words':
      return spoken(heard.text, scene)
    default:
      return undefined
  }
}

function tapped(key: string, { library }: Scene): EnrolmentEvent | undefined {
  if (events.has(key)) return { type: key } as EnrolmentEvent
  const after = (prefix: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined)
  const field = after(enrolmentKeys.field)
  if (field) return { type: 'field.reopened', field: field as EnrolmentField }
  const district = after(enrolmentKeys.district)
  if (district) return { type: 'district.given', code: district }
  const code = after(enrolmentKeys.industry)
  const industryClass = library.industries.classes.find((each) => each.code === code)
  return (
    industryClass && {
      type: 'industry.given',
      match: { code: industryClass.code, industry: industryClass.industry, facts: [] },
    }
  )
}

/** The longest name a business licence can carry, and more than any person has. */
const LONGEST_NAME = 100
const LARGEST_HEADCOUNT = 100_000

function spoken(text: string, scene: Scene): EnrolmentEvent | undefined {
  const { lexicon, library, value } = scene
  const said = text.trim()
  const notUnderstood = { type: 'answer.notUnderstood', text: said } as const
  switch (value) {
    case 'greeting': {
      const answer = yesNoHeard(said, lexicon)
      if (answer === 'yes') return { type: 'consent.given' }
      return answer === 'no' ? { type: 'consent.refused' } : undefined
    }
    case 'askingUscc': {
      const check = checkUscc(said)
      return check.type === 'ok' ? { type: 'uscc.given', uscc: check.code } : { type: 'uscc.malformed', problem: check }
    }
    case 'askingName':
      return said.length >= 2 && said.length <= LONGEST_NAME && !/^[\d\p{P}\s]+$/u.test(said)
        ? { type: 'name.given', name: said }
        : notUnderstood
    case 'askingDistrict': {
      const { matches, exact } = findDistrict(library, said)
      return exact && matches[0]
        ? { type: 'district.given', code: matches[0].code }
        : { type: 'district.unknown', said, closest: matches.slice(0, 5).map(({ code }) => code) }
    }
    case 'confirmingIndustry': {
      const answer = yesNoHeard(said, lexicon)
      if (answer) return { type: answer === 'yes' ? 'industry.confirmed' : 'industry.denied' }
      return industryIn(said, scene)
    }
    case 'askingIndustry':
      return industryIn(said, scene)
    case 'askingHeadcount': {
      const number = numberHeard(said, lexicon)
      return number && number.value >= 1 && number.value <= LARGEST_HEADCOUNT
        ? { type: 'headcount.given', headcount: number.value }
        : notUnderstood
    }
    case 'askingContact': {
      const name = nameHeard(said, lexicon)
      return name ? { type: 'contact.given', name } : notUnderstood
    }
    case 'askingPhone': {
      const phone = phoneHeard(said, lexicon)
      return phone ? { type: 'phone.given', phone } : notUnderstood
    }
    case 'askingFacts':
      return factsIn(said, scene) ?? notUnderstood
    case 'confirming': {
      const answer = yesNoHeard(said, lexicon)
      if (answer) return { type: answer === 'yes' ? 'enrolment.confirmed' : 'fields.listed' }
      return notUnderstood
    }
    default:
      return undefined
  }
}

function industryIn(said: string, { library }: Scene): EnrolmentEvent {
  const { matches, exact, facts } = findIndustry(library, said)
  const [best] = matches
  if (!best || !exact)
    return { type: 'industry.unknown', said, isGuess: matches.length > 0, closest: closestClasses(library, matches) }
  const offered = profileGroups(library.siteProfile, best.industry.id).flatMap((group) => group.facts)
  return {
    type: 'industry.given',
    match: {
      code: best.industryClass.code,
      industry: best.industry.id,
      facts: facts.filter((fact) => offered.some(({ id }) => id === fact)),
    },
  }
}

/** What comes near, or one class of every industry. */
const closestClasses = ({ industries }: ChecklistLibrary, matches: readonly IndustryMatch[]): string[] =>
  matches.length > 0
    ? matches.map(({ industryClass }) => industryClass.code)
    : industries.industries.flatMap(({ id }) => industries.classes.find(({ industry }) => industry === id)?.code ?? [])

function factsIn(said: string, { library, context, lexicon }: Scene): EnrolmentEvent | undefined {
  const { draft, group: number } = context as EnrolmentContext
  const group = profileGroups(library.siteProfile, draft.industry ?? '')[number]
  const options = (group?.facts ?? []).map(({ id, label, words }) => ({ key: id, label, words }))
  const { picked, none, unknown } = picksHeard(said, options, lexicon)
  if (unknown.length > 0 || (picked.length === 0 && !none)) return undefined
  return { type: 'facts.picked', facts: picked }
}
