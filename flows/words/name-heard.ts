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
  const typed = tidy(text)
  const said = normalized(typed, lexicon).replace(grammar.name.before, '')
  const name = Array.from(typed).slice(-Array.from(said).length).join('')
  if (said === '' || isSomethingElse(said, lexicon, grammar)) return undefined
  const isListed = isChineseName(said, grammar) || dottedName.test(name) || longLatinName.test(name)
  return isListed || isLikelyName(said, lexicon, grammar) ? name : undefined
}

export type ContactHeard =
  | { readonly kind: 'name'; readonly name: string; readonly role?: string }
  /** A single Latin word, or behind a family name that is not listed: to be asked back. */
  | { readonly kind: 'doubtful'; readonly name: string }
  /** A full name is what one signs with; this is how somebody is called, or nothing. */
  | { readonly kind: 'partial'; readonly surname?: string }

/** Who speaks for the enterprise, by the name they sign with, and what they are there (黄大伟，厂长). */
export function contactNameHeard(text: string, lexicon: Lexicon): ContactHeard | undefined {
  const grammar = grammarOf(lexicon)
  const { role, title, shortTitle, withheld, familyOnly, familiar, before } = grammar.name
  const typed = tidy(text).replace(before, '')
  const said = normalized(typed, lexicon)
  if (withheld.test(said)) return { kind: 'partial' }

  const surname = [familyOnly, familiar, shortTitle, title, role]
    .map((around) => said.replace(around, ''))
    .find((rest) => rest !== said && isFamily(rest, grammar))
  const whole = nameHeard(typed, lexicon)
  if (surname !== undefined || isFamily(said, grammar))
    return whole !== undefined && !familyOnly.test(said)
      ? { kind: 'doubtful', name: whole }
      : { kind: 'partial', surname: surname ?? said }

  const unaddressed = typed.replace(title, '')
  const bare = tidy(unaddressed.replace(role, '')).replace(before, '')
  const name = nameHeard(bare, lexicon)
  if (name === undefined) return undefined
  const isListed =
    isChineseName(normalized(name, lexicon), grammar) || dottedName.test(name) || longLatinName.test(name)
  if (!isListed) return { kind: 'doubtful', name }
  const [roleHeard = ''] = role.exec(unaddressed) ?? []
  const plainRole = tidy(roleHeard)
  return plainRole === '' ? { kind: 'name', name } : { kind: 'name', name, role: plainRole }
}

/** Who signed: the contact, however the name is written, or somebody else. Undefined when it is nobody's full name. */
export function signatureHeard(
  text: string,
  contactName: string,
  lexicon: Lexicon,
): { readonly kind: 'contact' } | { readonly kind: 'other'; readonly name: string } | undefined {
  const heard = contactNameHeard(text, lexicon)
  const name = heard?.kind === 'name' || heard?.kind === 'doubtful' ? heard.name : undefined
  const isContact = [name ?? '', text].some((each) => spelling(each, lexicon) === spelling(contactName, lexicon))
  if (isContact) return { kind: 'contact' }
  const signed = name ?? nameHeard(text, lexicon)
  return signed === undefined ? undefined : { kind: 'other', name: signed }
}

const spelling = (name: string, lexicon: Lexicon) => normalized(name, lexicon).replace(/[\s\p{P}]/gu, '')

const isFamily = (said: string, { name: { families } }: Grammar) => families.has(said) && Array.from(said).length <= 2

/** Whether a name says what kind of enterprise it is, as nearly all on licences do. */
export const isEnterpriseName = (text: string, lexicon: Lexicon): boolean =>
  grammarOf(lexicon).enterprise.test(normalized(text, lexicon))

const tidy = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '')

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
