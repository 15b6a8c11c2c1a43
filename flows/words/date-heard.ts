import { addDays, addMonths, type IsoDate, weekdayOf, yearOf } from '../../src/calendar/dates.ts'
import type { Lexicon, Patterns } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { numberOf } from './number-heard.ts'

/** How days are named, as `locales/<language>/dates.yaml` lists it; patterns over text normalised as for the lexicon. */
export interface DateWords {
  /** Numbers in words, besides those the lexicon knows. */
  readonly numbers: Readonly<Record<string, number>>
  /** 1 is Monday, 7 Sunday. */
  readonly weekdays: Readonly<Record<string, number>>
  readonly months: Readonly<Record<string, number>>
  /** What may stand around a day without changing it. */
  readonly before: Patterns
  readonly after: Patterns
  /** Days from today, by their number. */
  readonly offsets: Readonly<Record<string, Patterns>>
  readonly forms: Readonly<Record<DateForm, Patterns>>
}

export type DateForm = keyof typeof meanings

export type DateHeard =
  | { readonly date: IsoDate }
  /** It may be each of these, the earliest first. */
  | { readonly ambiguous: readonly IsoDate[] }
  /** Such as 30 February. */
  | { readonly noSuchDay: true }

/**
 * The day a whole message names; undefined when it names none. It lies in the past only where that was said: with its
 * year, as a day of this week or month, or as yesterday.
 * @param today ISO date in China
 */
export function dateHeard(text: string, today: IsoDate, words: DateWords, lexicon: Lexicon): DateHeard | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said === '' || said.length > LONGEST) return undefined
  const { offsets, forms } = patternsOf(words, lexicon)
  const offset = offsets.find(({ pattern }) => pattern.test(said))
  if (offset) return { date: addDays(today, offset.days) }
  for (const { form, pattern } of forms) {
    const match = pattern.exec(said)
    const numbers = match && numbersIn(match.groups ?? {}, words, lexicon)
    if (numbers) return meanings[form](numbers, today)
  }
  return undefined
}

/** In characters. */
const LONGEST = 40

type Part = 'year' | 'month' | 'day' | 'weekday' | 'count'
type Numbers = Readonly<Record<Part, number>>

/** Earlier forms win. */
const meanings = {
  date: ({ year, month, day }: Numbers) => dayOf(year, month, day),
  thisYear: ({ month, day }, today) => dayOf(yearOf(today), month, day),
  nextYear: ({ month, day }, today) => dayOf(yearOf(today) + 1, month, day),
  /** Month and day in either order. */
  eitherOrder: ({ month, day }, today) => oneOf([yearly(today, month, day), yearly(today, day, month)]),
  monthDay: ({ month, day }, today) => yearly(today, month, day),
  day: ({ day }, today) => monthly(today, day),
  thisMonthDay: ({ day }, today) => dayOf(yearOf(today), monthOf(today), day),
  nextMonthDay: ({ day }, today) => inMonthAfter(today, 1, day),
  inDays: ({ count }, today) => ahead(count, (days) => addDays(today, days)),
  inWeeks: ({ count }, today) => ahead(count, (weeks) => addDays(today, weeks * 7)),
  inMonths: ({ count }, today) => ahead(count, (months) => addMonths(today, months)),
  weekday: ({ weekday }, today) => {
    const thisWeek = inWeek(today, 0, weekday)
    if (thisWeek === today) return { ambiguous: [today, addDays(today, 7)] }
    return { date: thisWeek > today ? thisWeek : addDays(thisWeek, 7) }
  },
  thisWeekday: ({ weekday }, today) => ({ date: inWeek(today, 0, weekday) }),
  nextWeekday: ({ weekday }, today) => ({ date: inWeek(today, 1, weekday) }),
  weekdayAfterNext: ({ weekday }, today) => ({ date: inWeek(today, 2, weekday) }),
  /** The coming one or that of next week: people differ. */
  comingWeekday: ({ weekday }, today) => {
    const coming = inWeek(addDays(today, 1), 0, weekday)
    return oneOf([{ date: coming > today ? coming : addDays(coming, 7) }, { date: inWeek(today, 1, weekday) }])
  },
  thisWeek: (_, today) => ({ date: inWeek(today, 0, SUNDAY) }),
  nextWeek: (_, today) => ({ ambiguous: [inWeek(today, 1, FRIDAY), inWeek(today, 1, SUNDAY)] }),
  monthEnd: (_, today) => ({ date: monthEndAfter(today, 0) }),
  nextMonthEnd: (_, today) => ({ date: monthEndAfter(today, 1) }),
  endOfMonth: ({ month }, today) => {
    if (month < 1 || month > 12) return { noSuchDay: true }
    return { date: monthEndAfter(today, (month - monthOf(today) + 12) % 12) }
  },
  nextMonth: (_, today) => ({ ambiguous: [addDays(monthEndAfter(today, 0), MIDDLE), monthEndAfter(today, 1)] }),
  yearEnd: (_, today) => ({ date: `${yearOf(today)}-12-31` }),
} satisfies Record<string, (numbers: Numbers, today: IsoDate) => DateHeard | undefined>

const [FRIDAY, SUNDAY, MIDDLE] = [5, 7, 15]

const monthOf = (date: IsoDate) => Number(date.slice(5, 7))

const firstOf = (year: number, month: number): IsoDate => `${year}-${String(month).padStart(2, '0')}-01`

/** Of the month so many after that of a day. */
const monthEndAfter = (date: IsoDate, months: number): IsoDate =>
  addDays(addMonths(firstOf(yearOf(date), monthOf(date)), months + 1), -1)

function dayOf(year: number, month: number, day: number): DateHeard {
  if (month < 1 || month > 12) return { noSuchDay: true }
  const first = firstOf(year, month)
  if (day < 1 || day > Number(monthEndAfter(first, 0).slice(8))) return { noSuchDay: true }
  return { date: addDays(first, day - 1) }
}

function inMonthAfter(today: IsoDate, months: number, day: number): DateHeard {
  const first = addMonths(firstOf(yearOf(today), monthOf(today)), months)
  return dayOf(yearOf(first), monthOf(first), day)
}

const isAhead = (today: IsoDate) => (heard: DateHeard) => 'date' in heard && heard.date >= today

/** This year's, or next year's once that has passed. */
const yearly = (today: IsoDate, month: number, day: number): DateHeard =>
  [0, 1].map((years) => dayOf(yearOf(today) + years, month, day)).find(isAhead(today)) ?? { noSuchDay: true }

/** Of the first month that has such a day ahead: there is a 31st in every other. */
const monthly = (today: IsoDate, day: number): DateHeard =>
  [0, 1, 2].map((months) => inMonthAfter(today, months, day)).find(isAhead(today)) ?? { noSuchDay: true }

/** Of the week so many after that of a day; weeks begin on Monday. */
const inWeek = (date: IsoDate, weeks: number, weekday: number): IsoDate =>
  addDays(date, weekday - (weekdayOf(date) || SUNDAY) + weeks * 7)

function ahead(count: number, date: (count: number) => IsoDate): DateHeard | undefined {
  return Number.isInteger(count) && count >= 0 && count <= FARTHEST ? { date: date(count) } : undefined
}

/** Nobody names a day by counting farther. */
const FARTHEST = 999

/** What is no day does not count among several. */
function oneOf(heard: readonly DateHeard[]): DateHeard {
  const dates = [...new Set(heard.flatMap((each) => ('date' in each ? each.date : [])))].sort()
  const [first, ...others] = dates
  if (first === undefined) return { noSuchDay: true }
  return others.length === 0 ? { date: first } : { ambiguous: dates }
}

interface DatePatterns {
  readonly offsets: readonly { readonly days: number; readonly pattern: RegExp }[]
  readonly forms: readonly { readonly form: DateForm; readonly pattern: RegExp }[]
}

function patternsOf(words: DateWords, lexicon: Lexicon): DatePatterns {
  const known = compiled.get(words)
  if (known) return known
  const fresh = compiledFrom(words, lexicon)
  compiled.set(words, fresh)
  return fresh
}

const compiled = new WeakMap<DateWords, DatePatterns>()

function compiledFrom(words: DateWords, { numerals }: Lexicon): DatePatterns {
  const spelt = [...Object.keys(numerals.digits), ...Object.keys(numerals.units)].join('')
  const number = ['\\d{1,4}', `[${spelt}]{1,5}`, ...named(words.numbers)].join('|')
  const parts: Readonly<Record<string, string>> = {
    year: '(?<year>2\\d{3})',
    month: `(?<month>${number})`,
    monthName: `(?<month>${named(words.months).join('|') || '(?!)'})`,
    day: `(?<day>${number})`,
    weekday: `(?<weekday>${named(words.weekdays).join('|')})`,
    count: `(?<count>${number})`,
  }
  const around = (patterns: Patterns) => (patterns.length > 0 ? `(?:${patterns.join('|')}){0,6}?` : '')
  const whole = (pattern: string) => {
    const core = pattern.replace(/\{([a-z][A-Za-z]*)\}/g, (_, name: string) => parts[name] ?? '(?!)')
    return new RegExp(`^${around(words.before)}(?:${core})${around(words.after)}$`, 'u')
  }
  return {
    offsets: Object.entries(words.offsets).flatMap(([days, patterns]) =>
      patterns.map((pattern) => ({ days: Number(days), pattern: whole(pattern) })),
    ),
    forms: (Object.keys(meanings) as DateForm[]).flatMap((form) =>
      words.forms[form].map((pattern) => ({ form, pattern: whole(pattern) })),
    ),
  }
}

/** The longest first, so that a name is not taken for the beginning of a longer one. */
const named = (table: Readonly<Record<string, number>>) => Object.keys(table).sort((a, b) => b.length - a.length)

/** Undefined when something that should be a number is none. */
function numbersIn(
  groups: Readonly<Record<string, string | undefined>>,
  { numbers, weekdays, months }: DateWords,
  lexicon: Lexicon,
): Numbers | undefined {
  const value = (part: Part): number | undefined => {
    const text = groups[part]
    if (text === undefined) return 0
    const table = part === 'weekday' ? weekdays : part === 'month' ? months : numbers
    return table[text] ?? numbers[text] ?? numberOf(text, lexicon)
  }
  const [year, month, day, weekday, count] = (['year', 'month', 'day', 'weekday', 'count'] as const).map(value)
  if (year === undefined || month === undefined || day === undefined) return undefined
  if (weekday === undefined || count === undefined) return undefined
  return { year, month, day, weekday, count }
}
