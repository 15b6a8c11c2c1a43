import type { profileGroups } from '../../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import { findDistrict } from '../../src/enterprise/district.ts'
import { findIndustry, type IndustryMatch } from '../../src/enterprise/industry.ts'
import { checkUscc } from '../../src/enterprise/uscc.ts'
import { codeHeard } from '../words/code-heard.ts'
import { enterpriseNameHeard } from '../words/enterprise-name-heard.ts'
import { headcountHeard, isPlausibleHeadcount } from '../words/headcount-heard.ts'
import type { Lexicon } from '../words/lexicon.ts'
import { contactNameHeard } from '../words/name-heard.ts'
import { simplified } from '../words/normalized.ts'
import { phoneHeard } from '../words/phone-heard.ts'
import { isEnoughHeard, picksHeard, uncheckedHeard } from '../words/picks-heard.ts'
import type { EnrolmentContext, EnrolmentEvent, Problem } from './enrolment.machine.ts'

export type Read = EnrolmentEvent | undefined

/** The key of “none” beside the facts of a group. */
export const NONE = 'none'

export function usccRead(text: string): EnrolmentEvent {
  const check = checkUscc(text)
  if (check.type !== 'ok') return unusable({ field: 'uscc', kind: 'malformed', check })
  return { type: 'uscc.given', uscc: check.code }
}

/** A shop that is called by its owner's name alone is asked back. */
export function nameRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  const heard = enterpriseNameHeard(text, lexicon)
  switch (heard?.kind) {
    case 'name':
      return { type: 'name.given', name: heard.name }
    case 'doubtful':
      return { type: 'field.doubted', doubted: { field: 'name', value: heard.name } }
    case undefined:
      return unusable({ field: 'name', kind: 'unread', said: text.trim() })
  }
}

export function districtRead(text: string, lexicon: Lexicon, library: ChecklistLibrary): EnrolmentEvent {
  const said = text.trim()
  const { matches, exact, zone } = findDistrict(library, simplified(said, lexicon))
  if (exact && matches[0]) return { type: 'district.given', code: matches[0].code, ...(zone && { zone: zone.id }) }
  if (zone) return unusable({ field: 'district', kind: 'zone', zone: zone.id }, zone.districts)
  const closest = matches.slice(0, MOST_SUGGESTED).map(({ code }) => code)
  return closest.length > 0
    ? unusable({ field: 'district', kind: 'similar', said }, closest)
    : unusable({ field: 'district', kind: 'unknown', said })
}

const MOST_SUGGESTED = 5

/** What is made, with what is said of the site on the way; beside a trade that was understood, more of that counts too. */
export function tradeRead(
  text: string,
  lexicon: Lexicon,
  { library, context }: { readonly library: ChecklistLibrary; readonly context: EnrolmentContext },
): EnrolmentEvent {
  const said = text.trim()
  const { matches, exact, outside, facts } = findIndustry(library, simplified(said, lexicon))
  if (outside) return { type: 'industry.outside', code: outside.code }
  const [best] = matches
  if (best && exact)
    return {
      type: 'industry.given',
      trade: { code: best.industryClass.code, industry: best.industry.id, facts },
    }
  const { trade } = context
  if (!best && trade && facts.length > 0)
    return { type: 'industry.given', trade: { ...trade, facts: [...new Set([...trade.facts, ...facts])] } }
  return unusable(
    { field: 'industry', kind: best ? 'similar' : 'unknown', said, facts },
    closestClasses(library, matches),
  )
}

/** What comes near, or one class of every industry. */
const closestClasses = ({ industries }: ChecklistLibrary, matches: readonly IndustryMatch[]): string[] =>
  matches.length > 0
    ? matches.map(({ industryClass }) => industryClass.code)
    : industries.industries.flatMap(({ id }) => industries.classes.find(({ industry }) => industry === id)?.code ?? [])

/** Only an exact number is recorded: limits of the law lie between the rest. */
export function headcountRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  const heard = headcountHeard(text, lexicon)
  switch (heard?.kind) {
    case 'exact':
      return isPlausibleHeadcount(heard.value)
        ? { type: 'headcount.given', headcount: heard.value }
        : unusable({ field: 'headcount', kind: 'implausible', value: heard.value })
    case 'about':
      return unusable({ field: 'headcount', kind: 'about' })
    case 'below':
    case 'above':
      return unusable({ field: 'headcount', kind: heard.kind, value: heard.value })
    case undefined:
      return unusable({ field: 'headcount', kind: 'unread', said: text.trim() })
  }
}

export function contactRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  const heard = contactNameHeard(text, lexicon)
  switch (heard?.kind) {
    case 'name':
      return { type: 'contact.given', name: heard.name }
    case 'doubtful':
      return { type: 'field.doubted', doubted: { field: 'contact', value: heard.name } }
    case 'partial':
      if (heard.surname) return unusable({ field: 'contact', kind: 'partial', surname: heard.surname })
  }
  return unusable({ field: 'contact', kind: 'unread', said: text.trim() })
}

export function codeRead(text: string): Read {
  const code = codeHeard(text)
  return code === undefined ? undefined : { type: 'code.given', code }
}

/** Another code where there is one in it, else who says that the registered one is theirs. */
export function claimRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  if (isCodeLike(text)) return usccRead(text)
  const named = colleagueRead(text, lexicon)
  return named.type === 'colleague.named' ? { type: 'claim.named', name: named.name } : named
}

/** While somebody waits, other words than a code are nothing to go by. */
export const otherCodeRead = (text: string): Read => codeRead(text) ?? (isCodeLike(text) ? usccRead(text) : undefined)

/** Of what is no code at all, that is all there is to say. */
function isCodeLike(text: string): boolean {
  const check = checkUscc(text)
  return check.type !== 'wrongLength' || check.length >= SHORTEST_TRY
}

/** In characters: fewer digits and letters are part of other words. */
const SHORTEST_TRY = 8

/** Who is to sign for an enterprise says their name in full. */
export function successorRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  const named = contactRead(text, lexicon)
  switch (named.type) {
    case 'contact.given':
      return { type: 'colleague.named', name: named.name }
    case 'field.doubted':
      return unusable({ field: 'contact', kind: 'unread', said: text.trim() })
    default:
      return named
  }
}

/** A colleague signs nothing: however they are called will do, as long as it is a name. */
export function colleagueRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  const heard = contactNameHeard(text, lexicon)
  if (heard?.kind === 'name' || heard?.kind === 'doubtful') return { type: 'colleague.named', name: heard.name }
  return unusable({ field: 'contact', kind: 'unread', said: text.trim() })
}

export function phoneRead(text: string, lexicon: Lexicon): EnrolmentEvent {
  const phone = phoneHeard(text, lexicon)
  return phone ? { type: 'phone.given', phone } : unusable({ field: 'phone', kind: 'unread', said: text.trim() })
}

/** A card came with what was noted ticked: what is no longer ticked was taken back. */
export function factsTicked(keys: readonly string[]): EnrolmentEvent {
  const facts = keys.filter((key) => key !== NONE)
  if (facts.length > 0 && facts.length < keys.length) return { type: 'facts.contradicted' }
  return { type: 'facts.picked', facts }
}

/** Words add to what was noted before; only naming a fact takes it back. */
export function factsRead(
  text: string,
  lexicon: Lexicon,
  { facts, noted }: { readonly facts: GroupFacts; readonly noted: readonly string[] },
): Read {
  const options = facts.map(({ id, label, words }) => ({ key: id, label, words }))

  const denied = uncheckedHeard(text, options, lexicon)
  if (denied.length > 0) return { type: 'facts.denied', facts: denied }

  // Its button says it in words, which are heard anyway; its number is what it adds.
  const { picked, none, unknown } = picksHeard(text, [...options, { key: NONE, label: '' }], lexicon)
  if (unknown.length > 0) return undefined
  if (picked.includes(NONE) && picked.length > 1) return { type: 'facts.contradicted' }
  if (none || picked.includes(NONE))
    return noted.length > 0 ? { type: 'facts.noneClaimed', noted } : { type: 'facts.picked', facts: [] }
  if (picked.length > 0) return { type: 'facts.picked', facts: [...new Set([...noted, ...picked])] }
  return noted.length > 0 && isEnoughHeard(text, lexicon) ? { type: 'facts.picked', facts: noted } : undefined
}

export type GroupFacts = ReturnType<typeof profileGroups>[number]['facts']

const unusable = (problem: Problem, suggested?: readonly string[]): EnrolmentEvent => ({
  type: 'answer.unusable',
  problem,
  ...(suggested && { suggested }),
})
