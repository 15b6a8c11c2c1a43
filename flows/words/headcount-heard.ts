import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized } from './normalized.ts'
import { numberHeard, numberOf } from './number-heard.ts'

/** How many people work there. Only what is exact may be recorded: limits of the law lie between the rest. */
export type HeadcountHeard =
  | { readonly kind: 'exact'; readonly value: number }
  | { readonly kind: 'about'; readonly low: number; readonly high: number }
  | { readonly kind: 'below' | 'above'; readonly value: number }

/** A headcount as a whole message: one number, a round one, a couple, or several kinds of people to be added up. */
export function headcountHeard(text: string, lexicon: Lexicon): HeadcountHeard | undefined {
  const said = normalized(text, lexicon).replace(/ /g, '')
  if (said === '' || said.length > longestHeadcount) return undefined
  return quantityOf(said, lexicon) ?? sumOf(said, lexicon)
}

/** Nobody with more people than this asks for level 3; it was a slip, or a joke. */
export const isPlausibleHeadcount = (value: number): boolean => Number.isInteger(value) && value > 0 && value < 10_000

/** In characters. */
const longestHeadcount = 40

function quantityOf(said: string, lexicon: Lexicon): HeadcountHeard | undefined {
  const { headcount } = grammarOf(lexicon)
  if (headcount.couple.test(said)) return { kind: 'exact', value: 2 }

  for (const kind of ['below', 'above'] as const) {
    const mark = headcount[kind]
    if (!mark.test(said)) continue
    const number = numberHeard(said.replace(mark, ''), lexicon)
    return number && isWhole(number.value) ? { kind, value: number.value } : undefined
  }

  const number = numberHeard(said, lexicon)
  if (number) return isWhole(number.value) ? counted(number, said, headcount) : undefined
  const { core } = headcount.round.exec(said)?.groups ?? {}
  const range = core === undefined ? undefined : rangeOf(core, lexicon)
  return range && isWhole(range.low) && range.low < range.high ? { kind: 'about', ...range } : undefined
}

const isWhole = (value: number) => Number.isInteger(value) && value > 0

/** Forty odd is less than fifty; about forty is a tenth more or less. */
function counted(
  { value, approximate }: { readonly value: number; readonly approximate: boolean },
  said: string,
  { more }: Grammar['headcount'],
): HeadcountHeard {
  if (!approximate) return { kind: 'exact', value }
  if (more.test(said)) return { kind: 'about', low: value, high: value + placeOf(value) - 1 }
  return { kind: 'about', low: Math.floor((value * 9) / 10), high: Math.ceil((value * 11) / 10) }
}

/** The last place that was named: ten of 120, a hundred of 200. */
const placeOf = (value: number): number => (value % 10 === 0 && value > 0 ? 10 * placeOf(value / 10) : 1)

interface Range {
  readonly low: number
  readonly high: number
}

/** 30-40, 二十几, 几十, 十几二十, 三四十: numerals that leave a range open. */
function rangeOf(core: string, lexicon: Lexicon): Range | undefined {
  const { between, some } = grammarOf(lexicon).headcount
  const { from, to } = between.exec(core)?.groups ?? {}
  if (from !== undefined && to !== undefined) return bounded(numberOf(from, lexicon), numberOf(to, lexicon))

  const { base, unit, rest } = some.exec(core)?.groups ?? {}
  if (base === undefined) return neighboursIn(core, lexicon)
  const low = base === '' ? 0 : numberOf(base, lexicon)
  if (low === undefined) return undefined
  if (rest) return bounded(low, numberOf(rest, lexicon))
  const step = unit ? (lexicon.numerals.units[unit] ?? 1) : 1
  if (base === '') return { low: 2 * step, high: 10 * step - 1 }
  return unit ? { low: low + step, high: low + 10 * step - 1 } : { low, high: low + placeOf(low) - 1 }
}

/** Two digits side by side: 三四十 is thirty to forty, 十五六 fifteen to sixteen. */
function neighboursIn(core: string, lexicon: Lexicon): Range | undefined {
  const characters = Array.from(core)
  const digitAt = (at: number) => lexicon.numerals.digits[characters[at] ?? ''] ?? 0
  const at = characters.findIndex((_, index) => {
    const step = digitAt(index + 1) - digitAt(index)
    return digitAt(index) > 0 && (step === 1 || step === 2)
  })
  if (at === -1) return undefined
  const without = (index: number) => numberOf(characters.toSpliced(index, 1).join(''), lexicon)
  return bounded(without(at + 1), without(at))
}

const bounded = (low: number | undefined, high: number | undefined): Range | undefined =>
  low === undefined || high === undefined ? undefined : { low, high }

/** Kinds of people, added up; what only says of whom the rest consists is not. One number at most has no kind. */
function sumOf(said: string, lexicon: Lexicon): HeadcountHeard | undefined {
  const { headcount } = grammarOf(lexicon)
  const parts = said.split(headcount.joiner).filter((part) => part && !headcount.aside.test(part))
  const total = parts.filter((part) => headcount.total.test(part))
  if (total.length > 0)
    return total.length === 1 ? quantityOf(total[0]?.replace(headcount.total, '') ?? '', lexicon) : undefined

  const counted = parts.filter((part) => !headcount.within.test(part))
  const named = counted.map((part) => ({ part, bare: part.replace(headcount.staff, '') }))
  const plain = named.filter(({ part, bare }) => part === bare && !headcount.couple.test(part))
  if (plain.length > 1 || (plain.length === 0 && named.length < 2)) return undefined
  return added(named.map(({ bare }) => quantityOf(bare, lexicon)))
}

function added(quantities: readonly (HeadcountHeard | undefined)[]): HeadcountHeard | undefined {
  const ranges = quantities.map((quantity): Range | undefined => {
    if (quantity?.kind === 'exact') return { low: quantity.value, high: quantity.value }
    return quantity?.kind === 'about' ? quantity : undefined
  })
  if (ranges.some((range) => range === undefined)) return undefined
  const low = ranges.reduce((sum, range) => sum + (range?.low ?? 0), 0)
  const high = ranges.reduce((sum, range) => sum + (range?.high ?? 0), 0)
  return low === high ? { kind: 'exact', value: low } : { kind: 'about', low, high }
}
