import { profileGroups } from '../../src/checklist/checklist.ts'
import type { SiteProfile } from '../../src/checklist/schema.ts'
import { FACT, type FactNames, factsNamed } from './fact-names.ts'
import type { Lexicon, Patterns } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { compiledOnce, type Fragments, whole, within } from './pattern-source.ts'
import type { Request } from './request-heard.ts'

/** What is on record of an enterprise besides what its site has. */
export const particulars = [
  'uscc',
  'name',
  'district',
  'industry',
  'headcount',
  'contact',
  'phone',
  'facts',
  'all',
] as const
export type Particular = (typeof particulars)[number]

/** What becomes of the facts a clause names. The weak ones count only where they contradict the record. */
export const moves = ['gained', 'lost', 'has', 'lacks', 'perhapsLost'] as const
export type Move = (typeof moves)[number]

/**
 * The words for changes and wishes, as `locales/<language>/changes.yaml` lists them: regular expressions over
 * normalised text without blanks.
 */
export interface ChangeWords {
  readonly fragments: Fragments
  /** What facts are called besides the words of the site profile. */
  readonly names: FactNames
  /** Whole clauses in which `{fact}` stands for the facts. */
  readonly facts: Readonly<Record<Move, Patterns>>
  /** Whole messages that replace one fact by what is no fact, such as water-based paint. */
  readonly instead: readonly { readonly said: Patterns; readonly removed: readonly string[] }[]
  /** Anywhere in a message: a question, a plan, a condition, a past; nothing has changed then. */
  readonly never: Patterns
  /** Clauses that say nothing beside a change. */
  readonly aside: Patterns
  /** What is gone with a fact, and what to ask about when a fact comes or goes. */
  readonly goesWith: Readonly<Record<string, readonly string[]>>
  readonly askWhenGained: Readonly<Record<string, readonly string[]>>
  readonly askWhenLost: Readonly<Record<string, readonly string[]>>
  /** Whole messages; a group named `value` catches what it is now. */
  readonly particulars: Readonly<Record<Particular, Patterns>>
  /** Whole messages, by what the owner wishes. */
  readonly requests: Readonly<Record<Request, Patterns>>
}

export type ChangeHeard =
  | {
      readonly kind: 'facts'
      readonly added: readonly string[]
      readonly removed: readonly string[]
      /** To be asked about: said by halves, or touched by what changed. */
      readonly unsure: readonly string[]
      /** The record says so already. */
      readonly known: readonly string[]
    }
  | {
      readonly kind: 'particular'
      readonly particular: Particular
      /** What the owner says it is now, as normalised text: to be asked for again when absent. */
      readonly value?: string
    }

export interface ChangeListening {
  readonly changes: ChangeWords
  readonly lexicon: Lexicon
  readonly siteProfile: SiteProfile
  /** Id of the industry checklist: facts that its trade is never asked about are not heard. */
  readonly industry: string
  /** On record now. */
  readonly facts: readonly string[]
}

/**
 * What a message says has changed at the enterprise; undefined when it says nothing of the kind. A change names a
 * fact and what became of it, and nothing else: an alarm fitted to the spray booth is an answer, no new booth.
 */
export function changeHeard(text: string, listening: ChangeListening): ChangeHeard | undefined {
  const said = withoutBlanks(normalized(text, listening.lexicon))
  if (said === '' || said.length > longestHeard) return undefined
  return factsChanged(text, said, listening) ?? particularChanged(said, listening.changes)
}

/** In characters. */
const longestHeard = 60

function factsChanged(text: string, said: string, listening: ChangeListening): ChangeHeard | undefined {
  const { changes, lexicon, siteProfile, industry, facts } = listening
  const { never, aside, clauses: readings, instead } = compiled(changes)
  if (never.test(said)) return undefined

  const replaced = instead.find((each) => each.said.test(said))?.removed.filter((fact) => facts.includes(fact))
  if (replaced) return replaced.length > 0 ? { ...nothing, removed: replaced } : undefined

  const groups = [...profileGroups(siteProfile, industry)]
  const { marked, mentions } = factsNamed(text, { ...siteProfile, groups }, changes.names, lexicon)
  if (mentions.length === 0) return undefined
  const clauses = marked.split(betweenClauses).filter((clause) => clause !== '' && !aside.test(clause))
  const heard = clauses.map((clause) => readings.find(([, pattern]) => pattern.test(clause))?.[0])
  // Beside anything else, what is there or not is part of an answer.
  const isWeak = heard.every(
    (move) => move === undefined || move === 'has' || move === 'lacks' || move === 'perhapsLost',
  )
  if (isWeak && heard.includes(undefined)) return undefined

  const rest = [...mentions]
  const outcomes = clauses.flatMap((clause, at) =>
    rest.splice(0, clause.split(FACT).length - 1).map((ids) => outcomeOf(ids, heard[at] ?? 'unknown', facts)),
  )
  return summedUp(outcomes, heard.includes(undefined), listening)
}

/** Commas between two facts make a list of them. */
const betweenClauses = new RegExp(`(?<!${FACT}),|,(?!${FACT})|[;.!]+`, 'u')

interface Outcome {
  readonly added?: readonly string[]
  readonly removed?: readonly string[]
  readonly unsure?: readonly string[]
  readonly known?: readonly string[]
}

/** What becomes of the facts one word names. When one of several is gone, it cannot be told which. */
function outcomeOf(named: readonly string[], move: Move | 'unknown', facts: readonly string[]): Outcome {
  const present = named.filter((fact) => facts.includes(fact))
  const missing = named.filter((fact) => !facts.includes(fact))
  switch (move) {
    case 'gained':
      return missing.length > 0 ? { added: missing } : { known: present }
    case 'has':
      return { added: missing.length === named.length ? missing : [] }
    case 'lost':
      if (present.length === 0) return { known: missing }
      return named.length === 1 ? { removed: present } : { unsure: present }
    case 'lacks':
      return named.length === 1 ? { removed: present } : { unsure: present }
    case 'perhapsLost':
      return { unsure: present }
    case 'unknown':
      return { unsure: named }
  }
}

/** Beside a clause that was not understood, everything is doubtful: it may take back what the others say. */
function summedUp(
  outcomes: readonly Outcome[],
  hasUnknown: boolean,
  { changes, facts }: ChangeListening,
): ChangeHeard | undefined {
  const all = (kind: keyof Outcome) => outcomes.flatMap((outcome) => outcome[kind] ?? [])
  const [gained, lost, doubtful, known] = [all('added'), all('removed'), all('unsure'), all('known')]
  if ([gained, lost, doubtful, known].every((ids) => ids.length === 0)) return undefined
  if (hasUnknown || gained.some((fact) => lost.includes(fact)))
    return { ...nothing, unsure: unique([...gained, ...lost, ...doubtful]), known: unique(known) }

  const removed = unique([...lost, ...following(changes.goesWith, lost).filter((fact) => facts.includes(fact))])
  const touched = [
    ...following(changes.askWhenGained, gained).filter((fact) => !facts.includes(fact)),
    ...following(changes.askWhenLost, lost).filter((fact) => facts.includes(fact)),
  ].filter((fact) => !gained.includes(fact) && !removed.includes(fact))
  return {
    kind: 'facts',
    added: unique(gained),
    removed,
    unsure: unique([...doubtful, ...touched]),
    known: unique(known),
  }
}

const nothing = { kind: 'facts', added: [], removed: [], unsure: [], known: [] } as const

const following = (table: Readonly<Record<string, readonly string[]>>, facts: readonly string[]) =>
  facts.flatMap((fact) => table[fact] ?? [])

const unique = (ids: readonly string[]) => [...new Set(ids)]

function particularChanged(said: string, changes: ChangeWords): ChangeHeard | undefined {
  for (const [particular, patterns] of compiled(changes).particulars)
    for (const pattern of patterns) {
      const match = pattern.exec(said)
      const value = match?.groups?.value
      if (match) return { kind: 'particular', particular, ...(value && { value }) }
    }
  return undefined
}

const compiled = compiledOnce((changes: ChangeWords) => {
  const fragments = { ...changes.fragments, fact: [FACT] }
  return {
    never: within(changes.never, fragments),
    aside: whole(changes.aside, fragments),
    clauses: moves.map((move) => [move, whole(changes.facts[move], fragments)] as const),
    instead: changes.instead.map(({ said, removed }) => ({ said: whole(said, fragments), removed })),
    // One by one: a group's name may stand in an expression only once.
    particulars: particulars.map(
      (particular) =>
        [particular, changes.particulars[particular].map((pattern) => whole([pattern], fragments))] as const,
    ),
  }
})
