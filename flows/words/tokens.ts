import type { Facets } from '../../src/checklist/schema.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon, WordClass } from './lexicon.ts'

/** One known word, or one character that no word covers. */
export interface Token {
  readonly text: string
  /** Empty: not known. */
  readonly classes: ReadonlySet<TokenClass>
  /** What the item declares of the word. */
  readonly facet?: Facet
  /** A word of the item that says no more than that there is something. */
  readonly barely?: boolean
  /** A word of the item that begins with that there is something. */
  readonly exists?: boolean
  /** A but, or a now after a past, which the clause begins with. */
  readonly turns?: true
}

export type TokenClass = WordClass | 'number' | 'facet'

export type Facet =
  /** Some words speak of several parts: what rings has power. */
  | { readonly role: 'good' | 'bad' | 'done'; readonly part: number; readonly also?: readonly number[] }
  | { readonly role: 'about' }
  | { readonly role: 'lacks'; readonly finding: 'nonconforming' | 'notApplicable' }

/** The words of a clause: as many characters as possible covered, by as few and as long words as possible. */
export function tokensOf(clause: string, hears: Facets | undefined, lexicon: Lexicon): readonly Token[] {
  const { words, longestWord, numeral } = grammarOf(lexicon)
  const facets = hears ? facetWords(hears, grammarOf(lexicon)) : noFacets
  const best: Path[] = [{ unknown: 0, count: 0, squares: 0, token: undefined, before: undefined }]

  for (let start = 0; start < clause.length; start++) {
    const before = best[start]
    if (!before) continue
    if (clause[start] === ' ') {
      keepBetter(best, start + 1, before)
      continue
    }
    keepBetter(best, start + 1, step(before, { text: clause[start] ?? '', classes: nothing }, 1))
    numeral.lastIndex = start
    const digits = numeral.exec(clause)?.[0]
    if (digits !== undefined)
      keepBetter(
        best,
        start + digits.length,
        step(before, { text: digits, classes: new Set([...aNumber, ...(words.get(digits) ?? [])]) }),
      )
    for (let length = Math.min(longestWord, clause.length - start); length > 0; length--) {
      const text = clause.slice(start, start + length)
      const facet = facets.get(text)
      const classes = words.get(text)
      if (!(facet || classes) || !standsAlone(clause, start, start + length)) continue
      const token = facet
        ? {
            text,
            classes: classes ? new Set([...classes, 'facet' as const]) : aFacet,
            facet,
            exists: words.get(text[0] ?? '')?.has('have') === true,
            barely: length === 2 && words.get(text[0] ?? '')?.has('have') === true,
          }
        : { text, classes: classes ?? nothing }
      keepBetter(best, start + length, step(before, token))
    }
  }
  return tokensTo(best[clause.length])
}

const nothing: ReadonlySet<TokenClass> = new Set()
const aNumber: ReadonlySet<TokenClass> = new Set(['number'])
const aFacet: ReadonlySet<TokenClass> = new Set(['facet'])
const noFacets: FacetTable = new Map()

interface Path {
  readonly unknown: number
  readonly count: number
  readonly squares: number
  readonly token: Token | undefined
  readonly before: Path | undefined
}

const step = (before: Path, token: Token, unknown = 0): Path => ({
  unknown: before.unknown + unknown,
  count: before.count + 1,
  squares: before.squares + token.text.length ** 2,
  token,
  before,
})

function keepBetter(best: Path[], at: number, path: Path) {
  const known = best[at]
  const isBetter =
    !known ||
    path.unknown < known.unknown ||
    (path.unknown === known.unknown &&
      (path.count < known.count || (path.count === known.count && path.squares > known.squares)))
  if (isBetter) best[at] = path
}

function tokensTo(path: Path | undefined): Token[] {
  const tokens: Token[] = []
  for (let at = path; at; at = at.before) if (at.token && at.token !== tokens[0]) tokens.unshift(at.token)
  return tokens
}

/** Words in letters end where other letters do not go on. */
function standsAlone(clause: string, start: number, end: number): boolean {
  const joins = (left: number) => letter.test(clause[left] ?? '') && letter.test(clause[left + 1] ?? '')
  return !(joins(start - 1) || joins(end - 1))
}

const letter = /[\p{Script=Latin}\d]/u

type FacetTable = ReadonlyMap<string, Facet>

/** Bad words win over good ones, and both over names of the thing; a synonym counts where it can only mean one. */
function facetWords(hears: Facets, grammar: Grammar): FacetTable {
  const known = grammar.facets.get(hears)
  if (known) return known
  const { about = [], parts, lacks = {} } = hears
  const declared = new Map<string, Facet>([
    ...about.map((word): [string, Facet] => [word, { role: 'about' }]),
    ...Object.entries(lacks).map(([word, finding]): [string, Facet] => [word, { role: 'lacks', finding }]),
  ])
  for (const role of ['done', 'good', 'bad'] as const)
    for (const [part, each] of parts.entries())
      for (const word of each[role] ?? []) declared.set(word, ofParts(declared.get(word), role, part))
  const table = new Map([...synonymsOf(declared, grammar), ...declared])
  grammar.facets.set(hears, table)
  return table
}

function ofParts(known: Facet | undefined, role: 'good' | 'bad' | 'done', part: number): Facet {
  if (known?.role !== role || role === 'bad' || known.part === part) return { role, part }
  return { ...known, also: [...(known.also ?? []), part] }
}

/** One word may stand for a sense that the item does not mean: what is in order needs two of them. */
function synonymsOf(declared: FacetTable, { synonyms, words }: Grammar): FacetTable {
  const meant = new Map<string, Facet | undefined>()
  for (const family of synonyms)
    for (const [index, word] of family.entries()) {
      const facet = declared.get(word)
      if (!facet || !('part' in facet)) continue
      const others = family.toSpliced(index, 1)
      if (facet.role === 'good' && !others.some((other) => isSame(declared.get(other), facet))) continue
      for (const synonym of others) meant.set(synonym, meant.has(synonym) ? agreed(meant.get(synonym), facet) : facet)
    }
  const isFault = (word: string) => faults.some((name) => words.get(word)?.has(name))
  return new Map(
    [...meant].flatMap(([word, facet]) =>
      facet && (facet.role === 'bad' || !isFault(word)) ? [[word, facet] as const] : [],
    ),
  )
}

const faults = ['bad', 'short', 'trouble', 'lack', 'notYet', 'poor'] as const

/** What is amiss with two parts is amiss; any other two senses leave open which is meant. */
const agreed = (one: Facet | undefined, other: Facet) =>
  isSame(one, other) || (one?.role === 'bad' && other.role === 'bad') ? one : undefined

const isSame = (one: Facet | undefined, other: Facet) =>
  one !== undefined &&
  'part' in one &&
  'part' in other &&
  one.role === other.role &&
  one.part === other.part &&
  String(one.also) === String(other.also)
