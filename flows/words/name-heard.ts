import { answerHeard } from './answer-heard.ts'
import { commandHeard } from './command-heard.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized } from './normalized.ts'

/**
 * A person's full name, spelt as it was typed: two to four Chinese characters beginning with a family name, a
 * name with a middle dot, or two to four words in Latin letters. Undefined for answers, commands and phrases:
 * nobody signs by agreeing.
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
  return isChineseName(said, grammar) || dottedName.test(name) || latinName.test(name) ? name : undefined
}

const isSomethingElse = (said: string, lexicon: Lexicon, { name: { refused } }: Grammar) =>
  refused.test(said) ||
  commandHeard(said, lexicon) !== undefined ||
  answerHeard(said, { compliantAnswer: 'yes', excusable: true }, lexicon).kind === 'finding'

function isChineseName(said: string, { name: { families } }: Grammar): boolean {
  if (!/^\p{Script=Han}{2,4}$/u.test(said)) return false
  const compound = families.has(said.slice(0, 2)) && said.length > 2
  return compound || (families.has(said.slice(0, 1)) && said.length < 4)
}

const dottedName = /^\p{Script=Han}{1,10}(?:[\u00b7\u2022\u30fb]\p{Script=Han}{1,10}){1,4}$/u
const latinName = /^\p{Script=Latin}[\p{Script=Latin}'.-]*(?: \p{Script=Latin}[\p{Script=Latin}'.-]*){1,3}$/u
