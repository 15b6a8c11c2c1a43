import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Industries } from '../checklist/schema.ts'
import { plainText, type WordMatch, wordMatches } from './words.ts'

export type Industry = Industries['industries'][number]
export type IndustryClass = Industries['classes'][number]

export interface IndustryMatch {
  readonly industry: Industry
  readonly industryClass: IndustryClass
}

export interface IndustryFinding {
  /** Best first, at most five; empty when nothing is recognised. */
  readonly matches: readonly IndustryMatch[]
  /** True when the first match was said in so many words and no other industry was: it still has to be confirmed. */
  readonly exact: boolean
  /** Ids of site profile facts mentioned beside it, such as 也喷漆. */
  readonly facts: readonly string[]
}

/** What an enterprise makes, from a GB/T 4754 code or from everyday words. */
export function findIndustry({ industries, siteProfile }: ChecklistLibrary, text: string): IndustryFinding {
  const found = byCode(industries.classes, text) ?? byWords(industries, text)
  const matches = found.flatMap((match) => matchOf(industries, match))
  const [best] = found
  const rivals = found.filter(
    ({ found: each, weight }) => each.industry !== best?.found.industry && weight === best?.weight,
  )
  return {
    matches: matches.slice(0, 5),
    exact: best?.literal === true && rivals.length === 0,
    facts: mentionedFacts({ industries, siteProfile }, text),
  }
}

/** Ids of the site profile facts whose words a text contains as they stand. */
export const mentionedFacts = (
  { industries, siteProfile }: Pick<ChecklistLibrary, 'industries' | 'siteProfile'>,
  text: string,
): string[] =>
  wordMatches(
    text,
    siteProfile.groups.flatMap(({ facts }) => facts),
    ({ words }) => words,
    industries.denials,
  )
    .filter(({ literal }) => literal)
    .map(({ found }) => found.id)

/** A message that is a code and nothing else, such as 3311 or C33; a class we do not list counts as the one above it. */
function byCode(classes: readonly IndustryClass[], text: string): WordMatch<IndustryClass>[] | undefined {
  const [, digits] = /^[a-z]?(\d{2,4})$/.exec(plainText(text)) ?? []
  if (!digits) return undefined
  const found = classes
    .filter(({ code }) => digits.startsWith(code))
    .sort((one, other) => other.code.length - one.code.length)[0]
  return found ? [{ found, weight: digits.length, literal: true }] : []
}

const byWords = ({ classes, denials }: Industries, text: string) =>
  wordMatches(text, classes, ({ title, words }) => [title, ...words], denials)

function matchOf({ industries }: Industries, { found }: WordMatch<IndustryClass>): IndustryMatch[] {
  const industry = industries.find(({ id }) => id === found.industry)
  return industry ? [{ industry, industryClass: found }] : []
}
