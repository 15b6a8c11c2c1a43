import type { SiteProfile } from '../../src/checklist/schema.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'

/** Where facts of the site profile stand in a text. */
export interface FactsNamed {
  /** The text with one `FACT` for every name. */
  readonly marked: string
  /** What each of them names, in their order; a word may name several facts. */
  readonly mentions: readonly (readonly string[])[]
}

/** Stands for a fact in patterns and in texts. A private-use character: nobody types it. */
export const FACT = '\uE000'

/** The names facts go by in one language besides the words of the site profile. */
export type FactNames = Readonly<Record<string, readonly string[]>>

/** The text of a message with the names of facts marked, longer names first. */
export function factsNamed(text: string, profile: SiteProfile, names: FactNames, lexicon: Lexicon): FactsNamed {
  const said = plain(text, lexicon)
  const owners: Owners = ownersOf(profile, names, lexicon)
  const present = [...owners.keys()]
    .filter((name) => said.includes(name))
    .sort((one, other) => other.length - one.length)
  if (present.length === 0) return { marked: said, mentions: [] }
  const mentions: (readonly string[])[] = []
  const marked = said.replace(new RegExp(present.map(escaped).join('|'), 'gu'), (name) => {
    mentions.push(owners.get(name) ?? [])
    return FACT
  })
  return { marked, mentions }
}

const plain = (name: string, lexicon: Lexicon) => withoutBlanks(normalized(name, lexicon))

type Owners = ReadonlyMap<string, readonly string[]>

/** Spelling all of them anew would cost more than the rest of a message. */
const spelt = new WeakMap<FactNames, { profile: SiteProfile; lexicon: Lexicon; owners: Owners }>()

/** Every name, as it is looked for, with the facts that go by it. */
function ownersOf(profile: SiteProfile, names: FactNames, lexicon: Lexicon): Owners {
  const known = spelt.get(names)
  if (known?.profile === profile && known.lexicon === lexicon) return known.owners
  const owners = new Map<string, string[]>()
  for (const { id, label, words } of profile.groups.flatMap(({ facts }) => facts))
    for (const name of new Set([label, ...words, ...(names[id] ?? [])].map((each) => plain(each, lexicon))))
      owners.set(name, [...(owners.get(name) ?? []), id])
  spelt.set(names, { profile, lexicon, owners })
  return owners
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
