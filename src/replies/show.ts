import type { Key, Label, Option, Screen, Sentence } from '../../flows/screen.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import type { PromptOption } from '../message/index.ts'
import type { Policy } from '../policy/policy.ts'
import { nameOf } from './checklist-words.ts'
import { circled } from './figures.ts'
import type { Screen as Shown } from './screen.ts'

/** To whom, in which words and on which day something is said. */
export interface Speaking {
  readonly t: Translator
  readonly language: Language
  readonly library: ChecklistLibrary
  readonly policy: Policy
  /** ISO date in China. */
  readonly today: string
  /** Where people reach us. */
  readonly publicUrl: string
}

/** A screen in words: the same for a card, for text and for a page. */
export function shown(screen: Screen, scope: Readonly<Record<string, unknown>>, speaking: Speaking): Shown {
  const { says, heading, progress, hint, options, pick, link } = screen
  const say = (sentence: Sentence) => said(sentence, scope, speaking.t)
  const boxes = pick?.boxes ?? []
  const offered = [
    ...boxes.map(({ key, label }) => ({ key, label: labelled(label, speaking) })),
    ...options.map((option) => optionIn(option, speaking)),
  ]
  return {
    ...(heading && { heading: say(heading) }),
    ...(progress && { progress: say(progress) }),
    body: says
      .map(say)
      .filter((line) => line !== '')
      .join('\n'),
    ...(hint && { hint: say(hint) }),
    ...(offered.length > 0 && { options: offered }),
    ...(pick && { pick: { submit: say(pick.submit), ticked: pick.ticked } }),
    ...(link && { link: { title: say(link.title), url: String(scope[link.to]) } }),
  }
}

/** Keys are checked by the compiler, the names in them by a test over all the rows of all the tables. */
const said = (sentence: Sentence, scope: Readonly<Record<string, unknown>>, t: Translator): string =>
  typeof sentence === 'string'
    ? phrase(sentence, scope, t)
    : phrase(sentence[0], { ...scope, count: scope[sentence[1]] }, t)

const phrase = (key: Key, scope: Readonly<Record<string, unknown>>, t: Translator): string => t(key, scope)

const optionIn = ({ key, label, number, style }: Option, speaking: Speaking): PromptOption => ({
  key,
  label: labelled(label, speaking),
  ...(number !== undefined && { number }),
  ...(style && { style }),
})

export function labelled(label: Label, speaking: Speaking): string {
  if (typeof label === 'string') return phrase(label, {}, speaking.t)
  if ('key' in label) return phrase(label.key, { mark: circled(label.number) }, speaking.t)
  return nameOf(label, speaking.library, speaking.language)
}
