import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized } from './normalized.ts'

/**
 * A phone number of the Chinese mainland as a whole message: a mobile as eleven digits, a landline with its area
 * code as `0755-12345678`. Numbering: mobiles begin with 13 to 19; area codes 010 and 02x go with eight digits.
 */
export function phoneHeard(text: string, lexicon: Lexicon): string | undefined {
  const { phoneBefore, phoneAfter } = grammarOf(lexicon)
  const said = normalized(text, lexicon).replace(phoneBefore, '').replace(phoneAfter, '')
  const spelt = Array.from(said, (character) => lexicon.numerals.digits[character] ?? character).join('')
  const digits = spelt.replace(/^(?:\+|00)86/, '').replace(/[\s().-]/g, '')

  if (/^(?:86)?1[3-9]\d{9}$/.test(digits)) return digits.slice(-11)
  const [, area, number] = /^(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})$/.exec(digits) ?? []
  if (area === undefined || number === undefined) return undefined
  return area.length === 3 && number.length !== 8 ? undefined : `${area}-${number}`
}
