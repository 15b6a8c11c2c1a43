import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { simplifiedCharacters } from './sounds.ts'

/**
 * One way of writing for the many ways of typing: half-width, lower case, simplified characters, plain digits,
 * no decoration around. Question marks, quotation marks, minus signs and dots of hesitation (as `…`) stay:
 * they change what is meant. Normalising twice changes nothing.
 */
export function normalized(text: string, lexicon: Lexicon): string {
  const { folds, wrappers } = grammarOf(lexicon)
  let plain = folded(text, folds)
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = unwrapped(plain.replace(edges, ''), wrappers)
  }
  return plain
}

/** Simplified characters for traditional ones, and nothing else changed: for what is looked up in lists of words. */
export function simplified(text: string, lexicon: Lexicon): string {
  const { folds } = grammarOf(lexicon)
  const spelt = Array.from(text, (character) =>
    /\p{Script=Han}/u.test(character) ? (folds.get(character) ?? character) : character,
  ).join('')
  return simplifiedCharacters(spelt)
}

/** Decoration around a message. A minus or a tilde before a number is none: it changes the number. */
const edges = /^[\s,.;:!*]+|[\s,.;:!~*]+$/gu

/** Variation selectors, keycap rings, skin tones, joiners and other marks that are not seen. */
const unseen = /\p{Cf}|\p{Variation_Selector}|\p{Emoji_Modifier}|\p{Me}/gu

function folded(text: string, folds: ReadonlyMap<string, string>): string {
  const compatible = text.normalize('NFKC').replace(unseen, '').toLowerCase().normalize('NFKC')
  const spelt = Array.from(compatible, (character) => folds.get(character) ?? character).join('')
  return simplifiedCharacters(spelt)
    .replace(/\.{2,}/g, '…')
    .replace(/…+/g, '…')
    .replace(/\?+/g, '?')
    .replace(/!+/g, '!')
    .replace(/\s*[\r\n]+\s*/g, ';')
    .replace(/\s+/g, ' ')
}

function unwrapped(text: string, wrappers: ReadonlyMap<string, string>): string {
  const closing = wrappers.get(text[0] ?? '')
  const inner = text.slice(1, -1)
  return closing !== undefined && text.length > 1 && text.endsWith(closing) && !inner.includes(closing) ? inner : text
}

/** Chinese does not part words by blanks: only those between letters and digits of other scripts stay. */
export const withoutBlanks = (said: string) =>
  said.replace(/(?<![\p{Script=Latin}\d]) +| +(?![\p{Script=Latin}\d])/gu, '')
