import type { Language } from '../i18n/translator.ts'

/** ① to ⑳; beyond that a number in brackets. */
export const circled = (number: number) =>
  number >= 1 && number <= 20 ? String.fromCodePoint(0x2460 + number - 1) : `(${number})`

/** Month and day, with the year when it is not that of `today`. */
export const longDate = (date: string, language: Language, today = date) =>
  new Intl.DateTimeFormat(language, {
    month: 'long',
    day: 'numeric',
    ...(date.slice(0, 4) !== today.slice(0, 4) && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))

/** With the year, always. */
export const fullDate = (date: string, language: Language) => longDate(date, language, '')
