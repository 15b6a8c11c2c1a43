import { answerHeard } from './answer-heard.ts'
import { commandHeard } from './command-heard.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized } from './normalized.ts'
import { yesNoHeard } from './yes-no-heard.ts'

/**
 * A person's full name, spelt as it was typed: two to four Chinese characters, a name with a middle dot, or one to
 * four words in Latin letters. Undefined for answers, agreements, commands and phrases: nobody signs by agreeing.
 * Behind a family name that is not listed, less passes for a name.
 */
export function nameHeard(text: string, lexicon: Lexicon): string | undefined {
  const grammar = grammarOf(lexicon)
  const typed = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')
  const said = normalized(typed, lexicon).replace(grammar.name.before, '')
  const name = Array.from(typed).slice(-Array.from(said).length).join('')
  if (said === '' || isSomethingElse(said, lexicon, grammar)) return undefined
  const isListed = isChineseName(said, grammar) || dottedName.test(name) || longLatinName.test(name)
  return isListed || isLikelyName(said, lexicon, grammar) ? name : undefined
}

/** Whether a name says what kind of enterprise it is, as nearly all on licences do. */
export const isEnterpriseName = (text: string, lexicon: Lexicon): boolean =>
  grammarOf(lexicon).enterprise.test(normalized(text, lexicon))

const isSomethingElse = (said: string, lexicon: Lexicon, { name: { refused } }: Grammar) =>
  refused.test(said) ||
  commandHeard(said, lexicon) !== undefined ||
  yesNoHeard(said, lexicon) !== undefined ||
  answerHeard(said, { compliantAnswer: 'yes', excusable: true }, lexicon).kind === 'finding'

/** With a family name that is listed. */
function isChineseName(said: string, { name: { families } }: Grammar): boolean {
  if (!/^\p{Script=Han}{2,4}$/u.test(said)) return false
  const compound = families.has(said.slice(0, 2)) && said.length > 2
  return compound || (families.has(said.slice(0, 1)) && said.length < 4)
}

/** With one that is not, or a single Latin word: nothing in it is known as a word. */
const isLikelyName = (said: string, lexicon: Lexicon, { name: { unlikely } }: Grammar) =>
  /^(?:\p{Script=Han}{2,4}|\p{Script=Latin}[\p{Script=Latin}'-]+)$/u.test(said) &&
  !unlikely.test(said) &&
  answerHeard(said, { compliantAnswer: 'yes', excusable: true }, lexicon).kind === 'notUnderstood'

const dottedName = /^\p{Script=Han}{1,10}(?:[\u00b7\u2022\u30fb]\p{Script=Han}{1,10}){1,4}$/u
const longLatinName = /^\p{Script=Latin}[\p{Script=Latin}'.-]*(?: \p{Script=Latin}[\p{Script=Latin}'.-]*){1,3}$/u
