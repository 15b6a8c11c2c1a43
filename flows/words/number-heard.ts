import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized } from './normalized.ts'

export interface NumberHeard {
  readonly value: number
  /** About, more than, some: a round figure. */
  readonly approximate: boolean
}

/** One number with or without its unit, such as a headcount; undefined for ranges and for anything more. */
export function numberHeard(text: string, lexicon: Lexicon): NumberHeard | undefined {
  const said = normalized(text, lexicon).replace(/ /g, '')
  if (said.length > longestNumber) return undefined
  const { digits, scale, before, after, end } = grammarOf(lexicon).number.exec(said)?.groups ?? {}
  const value = digits === undefined ? undefined : numberOf(digits.replace(/,/g, ''), lexicon)
  if (value === undefined) return undefined
  const approximate = [before, after, end].some((part) => part !== undefined)
  return { value: value * (lexicon.numerals.units[scale ?? ''] ?? 1), approximate }
}

/** In characters. */
const longestNumber = 40

/** The number a pattern with `{number}` caught. */
export function namedNumber(match: RegExpExecArray | null, lexicon: Lexicon): number | undefined {
  const { number } = match?.groups ?? {}
  return number === undefined ? undefined : numberOf(number, lexicon)
}

/** The value of plain digits or of Chinese numerals; undefined when they make no number. */
export function numberOf(text: string, { numerals }: Lexicon): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : numeralValue(Array.from(text), numerals)
}

function numeralValue(characters: readonly string[], numerals: Lexicon['numerals']): number | undefined {
  const { digits, units } = numerals
  const unit = Math.max(0, ...characters.map((character) => units[character] ?? 0))
  if (unit === 0) return characters.length === 1 ? digits[characters[0] ?? ''] : undefined

  const at = characters.findIndex((character) => units[character] === unit)
  const many = at === 0 ? 1 : numeralValue(characters.slice(0, at), numerals)
  const rest = restValue(characters.slice(at + 1), unit, numerals)
  if (many === undefined || rest === undefined || rest >= unit || (many > 9 && unit < 10_000)) return undefined
  return many * unit + rest
}

/** What follows a unit; a single digit counts tenths of it, as in "one hundred two" for 120, unless a zero stands before. */
function restValue([next, ...others]: readonly string[], unit: number, numerals: Lexicon['numerals']) {
  if (next === undefined) return 0
  const digit = numerals.digits[next]
  if (digit === 0) return numeralValue(others, numerals)
  return digit !== undefined && others.length === 0 ? (digit * unit) / 10 : numeralValue([next, ...others], numerals)
}
