import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { namedNumber } from './number-heard.ts'

export interface Option {
  readonly key: string
  readonly label: string
  /** What else it may be called. */
  readonly words?: readonly string[]
}

/**
 * The key of the option a whole message names: by its number from 1, its label, one part of its label, another
 * word for it, how it begins, or with one character mistyped. Undefined unless it can be only one.
 */
export function choiceHeard(text: string, options: readonly Option[], lexicon: Lexicon): string | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said === '') return undefined

  const grammar = grammarOf(lexicon)
  const named = options.map((option) => ({ key: option.key, names: namesOf(option, lexicon) }))
  const number = namedNumber(grammar.choiceNumber.exec(said), lexicon)
  const peeled = grammar.choice.peeled.exec(said)?.groups?.core ?? said
  const ways: ((name: string) => boolean)[] = [
    (name) => name === said,
    (name) => name === peeled,
    (name) => peeled.length > 1 && name.startsWith(peeled),
    (name) => isMistyped(peeled, name, grammar),
  ]
  const byName = ways.map((means) => named.filter(({ names }) => names.some(means))).find((found) => found.length > 0)
  if (byName) return byName.length === 1 ? byName[0]?.key : undefined
  return number === undefined ? undefined : options[number - 1]?.key
}

/** The label, its parts between punctuation, and the other words. */
export function namesOf({ label, words = [] }: Option, lexicon: Lexicon): string[] {
  const whole = withoutBlanks(normalized(label, lexicon))
  return [
    whole,
    ...whole.split(/[\p{P}\p{S}]+/u),
    ...words.map((word) => withoutBlanks(normalized(word, lexicon))),
  ].filter((name) => name !== '')
}

/** One character of three or more is another; never one that negates. */
function isMistyped(said: string, name: string, { choice }: Grammar): boolean {
  const [typed, meant] = [Array.from(said), Array.from(name)]
  if (typed.length !== meant.length || meant.length < 3) return false
  const differing = meant.flatMap((character, at) => (character === typed[at] ? [] : [character, typed[at] ?? '']))
  return (
    differing.length === 2 && !differing.some((character) => choice.negation.test(character) || /\d/.test(character))
  )
}
