import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Districts } from '../checklist/schema.ts'
import { plainText, wordMatches } from './words.ts'

export type District = Districts['districts'][number]

export interface DistrictFinding {
  /** Best first; empty when nothing is recognised. */
  readonly matches: readonly District[]
  /** True when the first match was said in so many words and no other was; its full name (龙岗区) beats a street's. */
  readonly exact: boolean
}

/** The district an address or a short name lies in, or the one of a GB/T 2260 code. */
export function findDistrict({ districts: { districts } }: ChecklistLibrary, text: string): DistrictFinding {
  const plain = plainText(text)
  const named = districts.filter(({ code, title }) => plain === code || plain.includes(title))
  if (named.length === 1) return { matches: named, exact: true }

  const found = wordMatches(text, districts, ({ title, words }) => [title, ...words])
  return {
    matches: found.map((match) => match.found),
    exact: found[0]?.literal === true && found.filter(({ literal }) => literal).length === 1,
  }
}
