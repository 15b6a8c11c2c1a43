import { type Language, type Translator, translators } from '../i18n/translator.ts'

/** ① to ⑳; beyond that a number in brackets. */
export const circled = (number: number) =>
  number >= 1 && number <= 20 ? String.fromCodePoint(0x2460 + number - 1) : `(${number})`

/** Month and day, with the year when it is not that of `today`. */
export const longDate = (date: string, language: Language, today = date) =>
  formatOf(language, date.slice(0, 4) !== today.slice(0, 4)).format(new Date(`${date}T00:00:00Z`))

/** Making one costs more than all else that is done for a message. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: Language, withYear: boolean): Intl.DateTimeFormat {
  const key = `${language} ${withYear}`
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(language, {
      month: 'long',
      day: 'numeric',
      ...(withYear && { year: 'numeric' }),
      timeZone: 'UTC',
    })
  formats.set(key, format)
  return format
}

/** With the year, always. */
export const fullDate = (date: string, language: Language) => longDate(date, language, '')

/**
 * An article as people say it: 8(7) and the like in words, in their language. Numbers of standards and headings of
 * notices stay as the document has them.
 */
export function clauseInWords(clause: string, language: Language): string {
  const parts = clause.split(inSource('screen.comma')).map((one) => articleInWords(one, language))
  return parts.every((part) => part !== undefined) ? parts.join(translators[language]('screen.comma')) : clause
}

/** Undefined for a heading. */
function articleInWords(clause: string, language: Language): string | undefined {
  const t = translators[language]
  if (/^[\d.]+$/.test(clause)) return clause
  if (clause === inSource('clause.wholeText')) return t('clause.wholeText')
  const [, article, item] = forms.map((form) => form.exec(clause)).find((found) => found !== null) ?? []
  if (article === undefined) return undefined
  return item === undefined
    ? t('clause.article', { article: numeral(numberOf(article), language) })
    : t('clause.item', { article: numeral(numberOf(article), language), item: numeral(numberOf(item), language) })
}

/** Checklists are written in the first language. */
const inSource: Translator = translators['zh-CN']

const numerals = [...inSource('clause.numerals')]
const NUMBER = `(\\d+|[${numerals.join('')}]+)`

/** In short, an item of an article, an article. */
const forms = [
  `${NUMBER}[(\uff08]${NUMBER}[)\uff09]`,
  inSource('clause.item', { article: NUMBER, item: NUMBER }),
  inSource('clause.article', { article: NUMBER }),
].map((form) => new RegExp(`^${form}$`))

const numberOf = (said: string) => (/^\d+$/.test(said) ? Number(said) : MOST.indexOf(said) + 1)

const numeral = (number: number, language: Language) =>
  language === 'en' ? String(number) : (MOST[number - 1] ?? String(number))

/** 1 to 99 in words; no law of ours has a hundred and more articles that are cited. */
const MOST: readonly string[] = Array.from({ length: 99 }, (_, index) => {
  const [tens, ones] = [Math.floor((index + 1) / 10), (index + 1) % 10]
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : numerals[tens - 1]}${numerals[9]}`
  return ten + (ones === 0 ? '' : numerals[ones - 1])
})
