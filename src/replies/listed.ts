import type { Translator } from '../i18n/translator.ts'

/** Several things in one line; where one of them is a list itself, the greater stop keeps them apart. */
export function listed(items: readonly string[], t: Translator): string {
  const isListOfLists = items.length > 1 && items.some((item) => COMMAS.test(item))
  return items.join(t(isListOfLists ? 'notices:line.semicolon' : 'screen.comma'))
}

/** Of either width, and the one between the members of a list. */
const COMMAS = /[\u3001\uff0c,]/
