import { commandHeard } from './command-heard.ts'
import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { isEnterpriseName } from './name-heard.ts'
import { normalized } from './normalized.ts'
import { yesNoHeard } from './yes-no-heard.ts'

export type EnterpriseNameHeard =
  | { readonly kind: 'name'; readonly name: string }
  /** It may be one: to be asked back before it is recorded. */
  | { readonly kind: 'doubtful'; readonly name: string }

/**
 * The full name of an enterprise, as it was typed but for the words around it (我们厂叫…). Undefined for what is no
 * name, such as an ending alone (我们公司), an answer or a refusal.
 */
export function enterpriseNameHeard(text: string, lexicon: Lexicon): EnterpriseNameHeard | undefined {
  const { before, after, refused, alone, doubtful } = grammarOf(lexicon).enterpriseName
  const typed = tidy(text.replace(markup, ''))
  const said = normalized(typed, lexicon)
  const begun = said.replace(before, '')
  const core = begun.replace(after, '')
  const name = tidy(shortened(typed, said.length - begun.length, begun.length - core.length))

  const isTooShort = Array.from(name).length < 2 || Array.from(name).length > longestName
  if (isTooShort || /^[\d\p{P}\p{S}\s]+$/u.test(name) || alone.test(core) || refused.test(said)) return undefined
  if (yesNoHeard(core, lexicon) || commandHeard(core, lexicon)) return undefined
  const isWhole = isEnterpriseName(core, lexicon) && Array.from(name).length >= shortestWhole
  return { kind: isWhole && !doubtful.test(core) && !markup.test(text) ? 'name' : 'doubtful', name }
}

/** The longest name a business licence can carry, in characters; a shorter one than that has nothing but an ending. */
const longestName = 100
const shortestWhole = 4

/** Nobody's name is in angle brackets: somebody tries what happens. */
const markup = /<[^<>]*>/gu

const tidy = (text: string) =>
  text
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,，.。;；:：、“”"'「」『』]+|[\s,，。;；:：、“”"'「」『』]+$/gu, '')

const shortened = (text: string, atStart: number, atEnd: number) => {
  const characters = Array.from(text)
  return characters.slice(atStart, characters.length - atEnd).join('')
}
