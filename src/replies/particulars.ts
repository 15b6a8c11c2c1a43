import type { UsccProblem } from '../../flows/enrolment/enrolment.machine.ts'
import type { ContactHeard, HeadcountHeard } from '../../flows/words/index.ts'
import type { Districts, Industries } from '../checklist/schema.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import { districtName, industryClassName } from './checklist-words.ts'

/** What is wrong with a unified social credit code, with the code to compare. */
export function usccExplained(problem: UsccProblem, t: Translator): string {
  switch (problem.type) {
    case 'wrongLength':
      if (problem.length === 0) return t('enrolment.uscc.noCode')
      return t('enrolment.uscc.wrongLength', { length: problem.length })
    case 'wrongCharacter':
      return t('enrolment.uscc.wrongCharacter', {
        position: problem.position,
        said: spaced(problem.code, problem.position),
      })
    case 'madeUp':
      return t('enrolment.uscc.madeUp')
    case 'wrongCheckDigit':
      return t('enrolment.uscc.wrongCheckDigit', {
        position: problem.likelyPosition,
        said: spaced(problem.code, problem.likelyPosition),
      })
    case 'wrongKind':
      return t('enrolment.uscc.wrongKind', { kind: problem.code.slice(0, 2), said: spaced(problem.code) })
    case 'wrongRegion':
      return t('enrolment.uscc.wrongRegion', { said: spaced(problem.code) })
  }
}

/** In groups of four as on the licence, with the character in question in brackets. */
const spaced = (code: string, position?: number) =>
  [...code]
    .map((character, index) => (index + 1 === position ? `[${character}]` : character))
    .reduce((text, character, index) => text + (index > 0 && index % 4 === 0 ? ' ' : '') + character, '')

/** What is asked back about a headcount that is not exact, or not to be believed. */
export function headcountAsked(heard: HeadcountHeard | undefined, t: Translator): string {
  switch (heard?.kind) {
    case 'below':
      // Who says fewer than fifty means forty-nine at most; who says 49 and fewer means it.
      return t('enrolment.headcountBelow', { most: heard.value % 10 === 0 ? heard.value - 1 : heard.value })
    case 'above':
      return t('enrolment.headcountAbove', { least: heard.value })
    case 'exact':
      return t('enrolment.headcountImplausible', { value: heard.value })
    default:
      return t('enrolment.headcountAgain')
  }
}

/** What is asked back about a name that is not whole. */
export function contactAsked(heard: Exclude<ContactHeard, { kind: 'name' }> | undefined, t: Translator): string {
  if (heard?.kind === 'doubtful') return t('enrolment.confirmContact', { name: heard.name })
  return heard?.surname === undefined
    ? t('enrolment.contactAgain')
    : t('enrolment.contactPartial', { surname: heard.surname })
}

/** Where enterprises of a place without a code of its own are served. */
export function zoneExplained(zone: Zone, { districts }: Districts, language: Language, t: Translator): string {
  const [district, another] = districts.filter(({ code }) => zone.districts.includes(code))
  const names = { zone: districtName({ ...zone, code: zone.id }, language), bureau: zone.bureau }
  if (!district) return t('enrolment.zoneElsewhere', names)
  return another
    ? t('enrolment.zoneOfDistricts', names)
    : t('enrolment.zoneOfDistrict', { ...names, district: districtName(district, language) })
}

type Zone = Districts['zones'][number]

/** A trade that is none of ours, and whom to ask. */
export const outsideExplained = (
  outside: Industries['classes'][number],
  bureau: string,
  language: Language,
  t: Translator,
): string => t('enrolment.outsideIndustry', { title: industryClassName(outside, language), bureau })
