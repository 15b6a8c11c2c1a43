import { z } from 'zod'
import { type Language, languages } from '../../flows/words/lexicon.ts'
import { checked, localesFolder, merged, parsed, refuse } from './lexicon.ts'

/**
 * How days are named in a language, from `locales/<language>/dates.yaml`. One that extends another holds that one's
 * words as well.
 * @param locales with a slash at its end
 * @throws Error that names the file and every place in it that is wrong
 */
export function readDateWords(language: Language, locales = localesFolder): CompleteDateWords {
  const file = `${language}/dates.yaml`
  const { extends: base, ...own } = parsed(file, locales, fileSchema)
  const words = base ? merged(readDateWords(base, locales), own) : own
  const complete = checked(file, dateWordsSchema.safeParse(words))
  refuse(file, problemsOf(complete))
  return complete
}

const patterns = z.array(z.string().min(1))

const dateWordsSchema = z.strictObject({
  numbers: z.record(z.string(), z.int().min(0)),
  weekdays: z.record(z.string(), z.int().min(1).max(7)),
  months: z.record(z.string(), z.int().min(1).max(12)),
  before: patterns,
  after: patterns,
  offsets: z.record(z.string().regex(/^-?\d+$/), patterns),
  forms: z.strictObject({
    date: patterns,
    thisYear: patterns,
    nextYear: patterns,
    monthDay: patterns,
    eitherOrder: patterns,
    day: patterns,
    thisMonthDay: patterns,
    nextMonthDay: patterns,
    inDays: patterns,
    inWeeks: patterns,
    inMonths: patterns,
    weekday: patterns,
    thisWeekday: patterns,
    nextWeekday: patterns,
    weekdayAfterNext: patterns,
    comingWeekday: patterns,
    thisWeek: patterns,
    nextWeek: patterns,
    monthEnd: patterns,
    nextMonthEnd: patterns,
    endOfMonth: patterns,
    nextMonth: patterns,
    yearEnd: patterns,
  }),
})

export type CompleteDateWords = z.infer<typeof dateWordsSchema>

const fileSchema = z.looseObject({ extends: z.enum(languages).optional() })

/** Patterns that are no regular expressions, or name a part that is none. */
function problemsOf({ before, after, offsets, forms }: CompleteDateWords): string[] {
  const lists = { before, after, ...offsets, ...forms }
  return Object.entries(lists).flatMap(([name, list]) =>
    list.flatMap((pattern) => problemsOfPattern(pattern).map((problem) => `${name}: ${problem}`)),
  )
}

const parts = ['year', 'month', 'monthName', 'day', 'weekday', 'count']

function problemsOfPattern(pattern: string): string[] {
  const unknown = [...pattern.matchAll(partName)].flatMap(([, name = '']) =>
    parts.includes(name) ? [] : `there is no part {${name}}`,
  )
  try {
    new RegExp(pattern.replace(partName, '(?:x)'), 'u')
    return unknown
  } catch (error) {
    return [...unknown, error instanceof Error ? error.message : String(error)]
  }
}

const partName = /\{([a-z][A-Za-z]*)\}/g
