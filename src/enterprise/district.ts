import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Districts } from '../checklist/schema.ts'
import { plainText, wordMatches } from './words.ts'

export type District = Districts['districts'][number]
export type Zone = Districts['zones'][number]

export interface DistrictFinding {
  /** Best first; empty when nothing is recognised. */
  readonly matches: readonly District[]
  /** True when the first match was said in so many words and no other was; its full name (龙岗区) beats a street's. */
  readonly exact: boolean
  /** The zone that was named: one with a district is filed there, one with none is not served here. */
  readonly zone?: Zone
}

/** The district an address or a short name lies in, or the one of a GB/T 2260 code. */
export function findDistrict(
  { districts: { districts, zones } }: Pick<ChecklistLibrary, 'districts'>,
  text: string,
): DistrictFinding {
  const plain = plainText(text)
  const named = districts.filter(({ code, title }) => plain === code || plain.includes(title))
  const places: readonly (District | Zone)[] = [...districts, ...zones]
  const found = wordMatches(text, places, ({ title, words }) => [title, ...words])
  const certain = found.filter(({ literal }) => literal)
  const zone = certain.flatMap(({ found: place }) => ('districts' in place ? [place] : [])).at(0)
  const alone = zone && { zone }

  if (named.length === 1) return { matches: named, exact: true, ...alone }
  const inZone = certain.flatMap(({ found: place }) =>
    'code' in place && zone?.districts.includes(place.code) ? [place] : [],
  )
  if (inZone.length === 1) return { matches: inZone, exact: true, ...alone }
  const codes = found.flatMap(({ found: place }) => ('districts' in place ? place.districts : [place.code]))
  const matches = [...new Set(codes)].flatMap((code) => districts.find((district) => district.code === code) ?? [])
  return { matches, exact: certain.length > 0 && matches.length === 1, ...alone }
}
