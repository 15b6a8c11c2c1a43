import { distance } from 'fastest-levenshtein'

/** How words were found in a text: as they stand, or nearly so. */
export interface WordMatch<T> {
  readonly found: T
  /** Longer words weigh more; a near miss weighs less than any word of its length. */
  readonly weight: number
  readonly literal: boolean
}

/**
 * The best match of each candidate, heaviest first; near misses only when nothing is there as it stands.
 * A word right after a denial (不喷漆) does not count.
 */
export function wordMatches<T>(
  text: string,
  candidates: readonly T[],
  wordsOf: (candidate: T) => readonly string[],
  denials: readonly string[] = [],
): WordMatch<T>[] {
  const said = withoutDenied(plainText(text), candidates.flatMap(wordsOf).map(plainText), denials)
  const matches = (weightOf: (word: string) => number, literal: boolean) =>
    candidates
      .map((found) => ({ found, weight: Math.max(0, ...wordsOf(found).map(plainText).map(weightOf)), literal }))
      .filter(({ weight }) => weight > 0)
      .sort((one, other) => other.weight - one.weight)

  const literal = matches((word) => (said.includes(word) ? word.length : 0), true)
  return literal.length > 0 ? literal : matches((word) => (nearlyContains(said, word) ? word.length - 1 : 0), false)
}

/** Full-width and half-width, capitals and small letters, spaces: all one. */
export const plainText = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

/** Every word that follows a denial is blanked out, the longest first. */
function withoutDenied(text: string, words: readonly string[], denials: readonly string[]): string {
  const longestFirst = words.filter((word) => text.includes(word)).sort((one, other) => other.length - one.length)
  return longestFirst.reduce(
    (left, word) => denials.reduce((each, denial) => each.replaceAll(denial + word, denial + blank(word)), left),
    text,
  )
}

const blank = (word: string) => ' '.repeat(word.length)

/** One character wrong in a word of three or more; two-character words differ by one all the time. */
function nearlyContains(text: string, word: string): boolean {
  if (word.length < 3) return false
  for (let at = 0; at + word.length <= text.length; at += 1)
    if (distance(text.slice(at, at + word.length), word) === 1) return true
  return false
}
