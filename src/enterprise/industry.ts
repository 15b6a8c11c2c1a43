import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Industries, SiteProfile } from '../checklist/schema.ts'
import { liesIn, nearMatches, plainText, type WordHit, type WordMatch, wordHits } from './words.ts'

export type Industry = Industries['industries'][number]
export type IndustryClass = Industries['classes'][number]

export interface IndustryMatch {
  readonly industry: Industry
  readonly industryClass: IndustryClass
}

export interface IndustryFinding {
  /** Best first, at most five; empty when nothing of ours is recognised. */
  readonly matches: readonly IndustryMatch[]
  /** True when the first match was said in so many words and no other industry was: it still has to be confirmed. */
  readonly exact: boolean
  /** A class that belongs to none of our industries, such as petrol stations, when that is what was said. */
  readonly outside?: IndustryClass
  /** Ids of site profile facts mentioned beside it, such as 也喷漆. */
  readonly facts: readonly string[]
}

/** What an enterprise makes, from a GB/T 4754 code or from everyday words. */
export function findIndustry(
  library: Pick<ChecklistLibrary, 'industries' | 'siteProfile'>,
  text: string,
): IndustryFinding {
  const { industries } = library
  const { found, certain } = byCode(industries, text) ?? byWords(industries, text)
  const [best] = found
  const rivals = found.filter(
    ({ found: each, weight }) => each.industry !== best?.found.industry && weight === best?.weight,
  )
  const matches = found.flatMap((match) => matchOf(industries, match))
  const finding: IndustryFinding = {
    matches: matches.slice(0, 5),
    exact: certain && rivals.length === 0 && best?.found === matches[0]?.industryClass,
    facts: mentionedFacts(library, text),
  }
  const outside = [best, ...(certain ? [] : rivals)].find((match) => match?.found.industry === 'none')
  return outside ? { ...finding, outside: outside.found } : finding
}

/** Ids of the site profile facts that a text speaks of: by a word of theirs, or by words that mean it together. */
export function mentionedFacts(
  { industries, siteProfile }: Pick<ChecklistLibrary, 'industries' | 'siteProfile'>,
  text: string,
): string[] {
  const says = (words: readonly string[]) => wordHits(text, [words], (each) => each, industries).length > 0
  return siteProfile.groups
    .flatMap(({ facts }) => facts)
    .filter(({ words, together }: Fact) => says(words) || together?.every(says))
    .map(({ id }) => id)
}

type Fact = SiteProfile['groups'][number]['facts'][number]

interface Trades {
  /** Heaviest first. */
  readonly found: readonly WordMatch<IndustryClass>[]
  /** The first was said in so many words, and means only that. */
  readonly certain: boolean
}

/** A message that is a code and nothing else, such as 3311 or C33; a class we do not list counts as the one above it. */
function byCode({ classes, retiredCodes }: Industries, text: string): Trades | undefined {
  const [, digits] = /^[a-z]?(\d{2,4})$/.exec(plainText(text)) ?? []
  if (!digits) return undefined
  const found = classes
    .filter(({ code }) => digits.startsWith(code))
    .sort((one, other) => other.code.length - one.code.length)[0]
  return {
    found: found ? [{ found, weight: digits.length, literal: true }] : [],
    certain: found !== undefined && !retiredCodes.includes(digits),
  }
}

function byWords(industries: Industries, text: string): Trades {
  const { classes } = industries
  const wordsOf = ({ title, words, perhaps }: IndustryClass) => [title, ...words, ...perhaps]
  const all = wordHits(text, classes, wordsOf, industries)
  const hits = all.filter((hit) => !all.some((other) => liesIn(hit, other)))

  const shop = shopOf(industries, text, all)
  if (shop) return { found: shop, certain: false }
  if (hits.length === 0) {
    const isDenied = wordHits(text, classes, wordsOf).length > 0
    return { found: isDenied ? [] : nearMatches(text, classes, wordsOf, 4), certain: false }
  }

  const weighed = weighedHits(hits)
  const best = weighed.toSorted((one, other) => other.weight - one.weight)
  const found = best.filter(({ hit }, index) => best.findIndex((each) => each.hit.found === hit.found) === index)
  return {
    found: found.map(({ hit, weight }) => ({ found: hit.found, weight, literal: true })),
    certain: found[0] !== undefined && !found[0].isContested && !isPerhaps(found[0].hit),
  }
}

const isPerhaps = ({ found, word }: WordHit<IndustryClass>) => found.perhaps.map(plainText).includes(word)

/** Longer words weigh more; but what is made stands last (陶瓷餐具 is tableware), and outweighs what it is made of. */
function weighedHits(hits: readonly WordHit<IndustryClass>[]) {
  const inOrder = hits.toSorted((one, other) => one.start - other.start || one.end - other.end)
  const weighed: { hit: WordHit<IndustryClass>; weight: number; isContested: boolean }[] = []
  for (const hit of inOrder) {
    const before = weighed.filter(({ hit: { start, end } }) => start < hit.start && hit.start <= end && end < hit.end)
    const outweighed = before.map(({ weight }) => weight + 0.5)
    const isContested = before.some((each) => each.hit.found.industry !== hit.found.industry)
    weighed.push({ hit, weight: Math.max(hit.word.length, ...outweighed), isContested })
  }
  return weighed
}

/**
 * Who sells what others make: commerce first, the maker second, for shops have workshops. Undefined unless the
 * first clause that names a trade is of a shop.
 */
function shopOf(
  { classes, shops }: Industries,
  text: string,
  /** With those inside longer words. */
  hits: readonly WordHit<IndustryClass>[],
): WordMatch<IndustryClass>[] | undefined {
  const clause = clausesOf(text).find(
    ({ start, end, said }) =>
      hits.some((hit) => start <= hit.start && hit.end <= end) || shops.some((shop) => isOfShop(shop, said)),
  )
  const shop = clause && shops.find((each) => isOfShop(each, clause.said))
  const seller = classes.find(({ code }) => code === shop?.code)
  if (!clause || !seller) return undefined

  // 服装批发 is a word of commerce that names a maker: only longer words of makers hide one.
  const hides = (other: WordHit<IndustryClass>) => other.found.industry !== seller.industry
  const named = hits
    .filter((hit) => clause.start <= hit.start && hit.end <= clause.end)
    .filter((hit) => !hits.some((other) => hides(other) && liesIn(hit, other)))
    .map(({ found }) => found)
  const makers = named.filter(({ industry }) => industry !== seller.industry)
  if (named.length > 0 && (makers.length === 0 || makers.some(({ industry }) => industry === 'none'))) return undefined
  const sellers = named.filter(({ industry }) => industry === seller.industry)
  return [...new Set([...sellers, seller, ...makers])].map((found, index) => ({ found, weight: -index, literal: true }))
}

/** It ends like the name of a shop, but for one particle, or begins with selling. */
const isOfShop = ({ ends, begins }: Industries['shops'][number], clause: string) =>
  ends.some((word) => clause.endsWith(word) || clause.slice(0, -1).endsWith(word)) ||
  begins.some((word) => clause.startsWith(word))

/** Between punctuation, with their places in the text without blanks. */
function clausesOf(text: string) {
  const parts = [...plainText(text).matchAll(/[^\p{P}]+/gu)]
  return parts.map(({ 0: said, index }) => ({ said, start: index, end: index + said.length }))
}

function matchOf({ industries }: Industries, { found }: WordMatch<IndustryClass>): IndustryMatch[] {
  const industry = industries.find(({ id }) => id === found.industry)
  return industry ? [{ industry, industryClass: found }] : []
}
