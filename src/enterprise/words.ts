import { distance } from 'fastest-levenshtein'

/** How words were found in a text: as they stand, or nearly so. */
export interface WordMatch<T> {
  readonly found: T
  /** Longer words weigh more; a near miss weighs less than any word of its length. */
  readonly weight: number
  readonly literal: boolean
}

/** A word where it stands: from `start` to before `end` of a text without blanks. */
export interface WordHit<T> {
  readonly found: T
  readonly word: string
  readonly start: number
  readonly end: number
}

/** What takes a word back: before it (不喷漆) or behind it (喷漆外发). */
export interface Denials {
  readonly denials: readonly string[]
  readonly takenBack: readonly string[]
}

type WordsOf<T> = (candidate: T) => readonly string[]

/** The best match of each candidate, heaviest first; near misses only when nothing is there as it stands. */
export function wordMatches<T>(text: string, candidates: readonly T[], wordsOf: WordsOf<T>): WordMatch<T>[] {
  const hits = wordHits(text, candidates, wordsOf)
  const literal = candidates.map((found) => ({
    found,
    weight: Math.max(0, ...hits.filter((hit) => hit.found === found).map(({ word }) => word.length)),
    literal: true,
  }))
  return hits.length > 0 ? heaviestFirst(literal) : nearMatches(text, candidates, wordsOf, 3)
}

/** Words with one character wrong. The shorter a word, the oftener it is only like another: `from` characters at least. */
export const nearMatches = <T>(
  text: string,
  candidates: readonly T[],
  wordsOf: WordsOf<T>,
  from: number,
): WordMatch<T>[] => {
  const said = plainText(text.slice(0, longestHeard))
  return heaviestFirst(
    candidates.map((found) => {
      const near = wordsOf(found)
        .map(plainWord)
        .filter((word) => nearlyContains(said, word, from))
      return { found, weight: Math.max(0, ...near.map(({ length }) => length - 1)), literal: false }
    }),
  )
}

const heaviestFirst = <T>(matches: readonly WordMatch<T>[]): WordMatch<T>[] =>
  matches.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight)

/** Every word that stands in a text, and is not taken back there. */
export function wordHits<T>(
  text: string,
  candidates: readonly T[],
  wordsOf: WordsOf<T>,
  { denials, takenBack }: Denials = { denials: [], takenBack: [] },
): WordHit<T>[] {
  const said = spelt(text.slice(0, longestHeard))
  const hits = candidates.flatMap((found) =>
    wordsOf(found)
      .map(plainWord)
      .flatMap((word) => placesOf(word, said).map((start) => ({ found, word, start, end: start + word.length }))),
  )
  const denialEnds = new Set(
    denials.map(plainWord).flatMap((denial) => placesOf(denial, said).map((start) => start + denial.length)),
  )
  const denied = hits.filter(
    ({ start, end }) =>
      denialEnds.has(start) || takenBack.some((words) => said.plain.startsWith(plainWord(words), end)),
  )
  return hits.filter((hit) => !denied.some((each) => each === hit || liesIn(hit, each)))
}

/** Inside a longer word, as 手机 in 手机壳. */
export const liesIn = <T>(hit: WordHit<T>, other: WordHit<T>): boolean =>
  other.start <= hit.start && hit.end <= other.end && other.word.length > hit.word.length

/** Full-width and half-width, capitals and small letters, spaces: all one. */
export const plainText = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** In characters: what comes after is not read. */
const longestHeard = 200

/** The same for the words of our lists, which do not change. */
function plainWord(word: string): string {
  const known = plainWords.get(word)
  if (known !== undefined) return known
  const plain = plainText(word)
  plainWords.set(word, plain)
  return plain
}

const plainWords = new Map<string, string>()

interface Spelt {
  readonly plain: string
  /** Places of `plain` that had a blank before them: Latin words end there. */
  readonly gaps: ReadonlySet<number>
}

function spelt(text: string): Spelt {
  const pieces = text.normalize('NFKC').toLowerCase().split(/\s+/)
  const gaps = new Set<number>()
  let plain = ''
  for (const piece of pieces) {
    gaps.add(plain.length)
    plain += piece
  }
  return { plain, gaps }
}

/** Where a word stands; one in Latin letters by itself (ink is not in drinks), or with the s of many. */
function placesOf(word: string, { plain, gaps }: Spelt): number[] {
  const parts = (at: number) => at <= 0 || at >= plain.length || gaps.has(at)
  const begins = (at: number) => parts(at) || !isLatin(word[0]) || !isLatin(plain[at - 1])
  const ends = (at: number) => parts(at) || !isLatin(word.at(-1)) || !isLatin(plain[at])
  const many = (at: number) => ['s', 'es'].some((end) => plain.startsWith(end, at) && ends(at + end.length))

  const places: number[] = []
  for (let at = plain.indexOf(word); at !== -1 && word !== ''; at = plain.indexOf(word, at + 1))
    if (begins(at) && (ends(at + word.length) || many(at + word.length))) places.push(at)
  return places
}

const isLatin = (character: string | undefined) => character !== undefined && /\p{Script=Latin}/u.test(character)

/** Two in a word of Latin letters may be transposed into another: those have to be longer. */
function nearlyContains(text: string, word: string, from: number): boolean {
  if (word.length < (isLatin(word[0]) ? 2 * from : from)) return false
  for (let at = 0; at + word.length <= text.length; at += 1)
    if (distance(text.slice(at, at + word.length), word) === 1) return true
  return false
}
