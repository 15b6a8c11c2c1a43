import { distance } from 'fastest-levenshtein'

/** How words were found in a text: as they stand, or nearly so. */
export interface WordMatch<T> {
  readonly found: T
  /** Longer words weigh more; a near miss weighs less than any word of its length. */
  readonly weight: number
  readonly literal: boolean
}

/** The best match of each candidate, heaviest first. A word right after a denial (不喷漆) does not count. */
export function wordMatches<T>(
  text: string,
  candidates: readonly T[],
  wordsOf: (candidate: T) => readonly string[],
  denials: readonly string[] = [],
): WordMatch<T>[] {
  const plain = plainText(text)
  return candidates
    .flatMap((found) => {
      const best = wordsOf(found)
        .map((word) => matchOf(plain, plainText(word), denials))
        .reduce((one, other) => (other.weight > one.weight ? other : one), noMatch)
      return best.weight > 0 ? [{ found, ...best }] : []
    })
    .sort((one, other) => other.weight - one.weight)
}

/** Full-width and half-width, capitals and small letters, spaces: all one. */
export const plainText = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

const noMatch = { weight: 0, literal: false }

function matchOf(text: string, word: string, denials: readonly string[]) {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isDenied(text, at, denials)) return { weight: word.length, literal: true }
  return nearlyContains(text, word) ? { weight: word.length - 1.5, literal: false } : noMatch
}

const isDenied = (text: string, at: number, denials: readonly string[]) =>
  denials.some((denial) => text.slice(0, at).endsWith(denial))

/** One character wrong in a word of three or more; two-character words differ by one all the time. */
function nearlyContains(text: string, word: string): boolean {
  if (word.length < 3 || text.includes(word)) return false
  for (let at = 0; at + word.length <= text.length; at += 1)
    if (distance(text.slice(at, at + word.length), word) <= 1) return true
  return false
}
