import { namesOf, type Option } from './choice-heard.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { numberOf } from './number-heard.ts'

export interface PicksHeard {
  /** Keys in the order of the options. */
  readonly picked: readonly string[]
  /** The owner said that none of them applies. */
  readonly none: boolean
  /** What was said and not understood, piece by piece: to be asked about before anything is recorded. */
  readonly unknown: readonly string[]
}

/** The options a message names, by numbers, ranges or words; a negated word is never a pick. */
export function picksHeard(text: string, options: readonly Option[], lexicon: Lexicon): PicksHeard {
  const grammar = grammarOf(lexicon)
  const said = normalized(text, lexicon).slice(0, longestHeard)
  const { none, all, aside, joiner } = grammar.picks
  if (none.test(said)) return { picked: [], none: true, unknown: [] }
  // What has no label, such as the number of "none", is not among all.
  if (all.test(said))
    return { picked: options.filter(({ label }) => label !== '').map(({ key }) => key), none: false, unknown: [] }

  const named = options.map((option) => ({ key: option.key, names: namesOf(option, lexicon) }))
  const [labelled, rest] = labelsTakenOut(said, named, grammar)
  const pieces = rest.split(joiner).filter((piece) => piece !== '' && !aside.test(piece))
  const heard = pieces.map((piece) => namedBy(piece, named, grammar, lexicon))

  const keys = new Set([labelled, ...heard].flatMap((found) => found.map(({ key }) => key)))
  return {
    picked: options.map(({ key }) => key).filter((key) => keys.has(key)),
    none: false,
    unknown: pieces.filter((_, at) => heard[at]?.length === 0),
  }
}

/** Whether a whole message says that there is nothing beside what is on record. */
export const isEnoughHeard = (text: string, lexicon: Lexicon): boolean =>
  grammarOf(lexicon).picks.enough.test(withoutBlanks(normalized(text, lexicon)))

/** Whether a whole message says that what is shown still holds, all of it. */
export const isUnchangedHeard = (text: string, lexicon: Lexicon): boolean =>
  grammarOf(lexicon).picks.unchanged.test(withoutBlanks(normalized(text, lexicon)))

/**
 * The options a whole message takes back: a list of them after a word such as 去掉, or one by its own name or first
 * word after a denial (没有喷漆). Empty when any of it is doubtful: nothing is taken back by halves.
 */
export function uncheckedHeard(text: string, options: readonly Option[], lexicon: Lexicon): readonly string[] {
  const said = normalized(text, lexicon)
  const { unchecked, denied } = grammarOf(lexicon).picks
  const list = unchecked.exec(said)?.groups?.rest
  if (list !== undefined) {
    const { picked, unknown } = picksHeard(list, options, lexicon)
    return unknown.length > 0 ? [] : picked
  }
  const name = withoutBlanks(denied.exec(said)?.groups?.rest ?? '')
  const named = options.filter(({ label, words: [first] = [] }) =>
    [label, first ?? ''].some((each) => each !== '' && withoutBlanks(normalized(each, lexicon)) === name),
  )
  return named.length === 1 ? named.map(({ key }) => key) : []
}

/** In characters: what comes after is not read. */
const longestHeard = 300

type Named = { readonly key: string; readonly names: readonly string[] }

/** Whole labels first, and names of several words: they may hold what parts picks. None while anything else negates. */
function labelsTakenOut(said: string, named: readonly Named[], { choice }: Grammar): [found: Named[], rest: string] {
  const labels = named.flatMap((option) =>
    option.names
      .filter((name, index) => index === 0 || name.includes(' '))
      .map((name): [Named, string] => [option, name]),
  )
  const [found, rest] = takenOut(
    said,
    labels.filter(([, label]) => label.length > 2),
  )
  return choice.negation.test(rest) ? [[], said] : [found, rest]
}

function namedBy(piece: string, named: readonly Named[], grammar: Grammar, lexicon: Lexicon): readonly Named[] {
  const exactly = named.filter(({ names }) => names.includes(piece))
  if (exactly.length === 1) return exactly

  const peeled = grammar.picks.peeled.exec(piece)?.groups?.core ?? piece
  const numbers = numbersIn(peeled, named.length, grammar, lexicon)
  if (numbers) return numbers.flatMap((number) => named[number - 1] ?? [])
  if (grammar.choice.negation.test(piece)) return []

  const owners = named.flatMap((option) => option.names.map((name): [Named, string] => [option, name]))
  const isOneOptions = ([option, name]: [Named, string]) =>
    name.length > 1 && owners.every(([other, same]) => same !== name || other === option)
  return takenOut(piece, owners.filter(isOneOptions))[0]
}

/** The options whose names are in a text, longer names first, and what is left of it. */
function takenOut(text: string, owners: readonly (readonly [Named, string])[]): [found: Named[], rest: string] {
  const found: Named[] = []
  let rest = text
  for (const [option, name] of owners.toSorted(([, a], [, b]) => b.length - a.length)) {
    if (!rest.includes(name)) continue
    found.push(option)
    rest = rest.replaceAll(name, ',')
  }
  return [found, rest]
}

/** The option numbers a piece is made of: one, a range, or a run of single digits when nothing else makes sense. */
function numbersIn(piece: string, count: number, { picks }: Grammar, lexicon: Lexicon): readonly number[] | undefined {
  const { from, to } = picks.range.exec(piece)?.groups ?? {}
  if (from !== undefined && to !== undefined) return rangeOf(numberOf(from, lexicon), numberOf(to, lexicon), count)

  const number = numberOf(piece, lexicon)
  if (number !== undefined && number >= 1 && number <= count) return [number]

  const digits = Array.from(piece, (character) => numberOf(character, lexicon) ?? 0)
  const isRun = digits.length > 1 && count <= 9 && new Set(digits).size === digits.length
  return isRun && digits.every((digit) => digit >= 1 && digit <= count) ? digits : undefined
}

function rangeOf(from: number | undefined, to: number | undefined, count: number): readonly number[] | undefined {
  if (from === undefined || to === undefined || from < 1 || from > to || to > count) return undefined
  return Array.from({ length: to - from + 1 }, (_, step) => from + step)
}
