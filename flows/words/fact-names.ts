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
export function factsNamed(text: string, { groups }: SiteProfile, names: FactNames, lexicon: Lexicon): FactsNamed {
  const plain = (name: string) => withoutBlanks(normalized(name, lexicon))
  const said = plain(text)
  const owners = new Map<string, string[]>()
  for (const { id, label, words } of groups.flatMap(({ facts }) => facts))
    for (const name of new Set([label, ...words, ...(names[id] ?? [])].map(plain)))
      if (said.includes(name)) owners.set(name, [...(owners.get(name) ?? []), id])

  const present = [...owners.keys()].sort((one, other) => other.length - one.length)
  if (present.length === 0) return { marked: said, mentions: [] }
  const mentions: string[][] = []
  const marked = said.replace(new RegExp(present.map(escaped).join('|'), 'gu'), (name) => {
    mentions.push(owners.get(name) ?? [])
    return FACT
  })
  return { marked, mentions }
}

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
