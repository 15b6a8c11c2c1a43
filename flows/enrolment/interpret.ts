import { profileGroups } from '../../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import { findDistrict } from '../../src/enterprise/district.ts'
import { findIndustry, type IndustryMatch } from '../../src/enterprise/industry.ts'
import { checkUscc } from '../../src/enterprise/uscc.ts'
import type { Heard, Scene } from '../flow.ts'
import type { Command } from '../words/command-heard.ts'
import type { Lexicon } from '../words/lexicon.ts'
import { isEnterpriseName, nameHeard } from '../words/name-heard.ts'
import { simplified } from '../words/normalized.ts'
import { numberHeard } from '../words/number-heard.ts'
import { phoneHeard } from '../words/phone-heard.ts'
import { isEnoughHeard, picksHeard, uncheckedHeard } from '../words/picks-heard.ts'
import { yesNoHeard } from '../words/yes-no-heard.ts'
import type { EnrolmentContext, EnrolmentEvent, EnrolmentField } from './enrolment.machine.ts'

/** Keys of the buttons; `district.` and `industry.` are followed by a code, `field.` by a field. */
export const enrolmentKeys = {
  consent: 'consent.given',
  refuse: 'consent.refused',
  preview: 'preview.asked',
  nameRight: 'name.confirmed',
  nameWrong: 'step.back',
  industryRight: 'industry.confirmed',
  industryWrong: 'industry.denied',
  confirm: 'enrolment.confirmed',
  correct: 'fields.listed',
  restart: 'enrolment.restarted',
  goOn: 'step.back',
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
  'name.confirmed',
  'step.back',
  'enrolment.restarted',
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
      return scene.value === 'askingFacts' ? ticked(heard.keys) : undefined
    case 'command':
      return commanded(heard.command, scene)
    case 'words':
      return spoken(heard.text, scene)
    default:
      return undefined
  }
}

function commanded({ kind }: Command, { value }: Scene): EnrolmentEvent | undefined {
  switch (kind) {
    case 'back':
      return { type: 'step.back' }
    case 'restart':
      return { type: value === 'confirmingRestart' ? 'enrolment.restarted' : 'restart.asked' }
    case 'progress':
      return { type: 'progress.asked' }
    case 'pause':
      return { type: 'enrolment.paused' }
    case 'resume':
      return { type: value === 'confirmingRestart' ? 'step.back' : 'prompt.repeated' }
    case 'start':
      return value === 'greeting' ? { type: 'consent.given' } : undefined
    default:
      return undefined
  }
}

/** A card came with what was noted ticked: what is no longer ticked was taken back. */
function ticked(keys: readonly string[]): EnrolmentEvent {
  const facts = keys.filter((key) => key !== enrolmentKeys.none)
  if (facts.length > 0 && facts.length < keys.length) return { type: 'facts.contradicted' }
  return { type: 'facts.picked', facts }
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
      return enterpriseNameIn(said, lexicon)
    case 'doubtingName': {
      const answer = yesNoHeard(said, lexicon)
      if (answer) return { type: answer === 'yes' ? 'name.confirmed' : 'step.back' }
      return enterpriseNameIn(said, lexicon)
    }
    case 'askingDistrict': {
      const { matches, exact } = findDistrict(library, simplified(said, lexicon))
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
      return number && Number.isInteger(number.value) && number.value >= 1 && number.value <= LARGEST_HEADCOUNT
        ? { type: 'headcount.given', headcount: number.value }
        : undefined
    }
    case 'askingContact': {
      const name = nameHeard(said, lexicon)
      return name ? { type: 'contact.given', name } : undefined
    }
    case 'askingPhone': {
      const phone = phoneHeard(said, lexicon)
      return phone ? { type: 'phone.given', phone } : undefined
    }
    case 'askingFacts':
      return factsIn(said, scene)
    case 'confirming': {
      const answer = yesNoHeard(said, lexicon)
      return answer && { type: answer === 'yes' ? 'enrolment.confirmed' : 'fields.listed' }
    }
    case 'confirmingRestart': {
      const answer = yesNoHeard(said, lexicon)
      return answer && { type: answer === 'yes' ? 'enrolment.restarted' : 'step.back' }
    }
    default:
      return undefined
  }
}

/** 不告诉你 is asked back; so is a shop that is called by its owner's name alone. */
function enterpriseNameIn(said: string, lexicon: Lexicon): EnrolmentEvent | undefined {
  if (said.length < 2 || said.length > LONGEST_NAME || /^[\d\p{P}\s]+$/u.test(said)) return undefined
  if (yesNoHeard(said, lexicon)) return undefined
  return { type: isEnterpriseName(said, lexicon) ? 'name.given' : 'name.doubted', name: said }
}

function industryIn(said: string, { library, lexicon }: Scene): EnrolmentEvent {
  const { matches, exact, facts } = findIndustry(library, simplified(said, lexicon))
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

/** Words add to what was noted before; only naming a fact takes it back. */
function factsIn(said: string, { library, context, lexicon }: Scene): EnrolmentEvent | undefined {
  const { draft, group: number } = context as EnrolmentContext
  const facts = profileGroups(library.siteProfile, draft.industry ?? '')[number]?.facts ?? []
  const noted = facts.map(({ id }) => id).filter((id) => draft.facts.includes(id))
  const options = facts.map(({ id, label, words }) => ({ key: id, label, words }))

  const denied = uncheckedHeard(said, options, lexicon)
  if (denied.length > 0) return { type: 'facts.denied', facts: denied }

  // Its button says it in words, which are heard anyway; its number is what it adds.
  const { picked, none, unknown } = picksHeard(said, [...options, { key: enrolmentKeys.none, label: '' }], lexicon)
  if (unknown.length > 0) return undefined
  if (picked.includes(enrolmentKeys.none) && picked.length > 1) return { type: 'facts.contradicted' }
  if (none || picked.includes(enrolmentKeys.none))
    return noted.length > 0 ? { type: 'facts.noneClaimed', noted } : { type: 'facts.picked', facts: [] }
  if (picked.length > 0) return { type: 'facts.picked', facts: [...new Set([...noted, ...picked])] }
  return noted.length > 0 && isEnoughHeard(said, lexicon) ? { type: 'facts.picked', facts: noted } : undefined
}
