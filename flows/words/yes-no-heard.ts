import { grammarOf } from './grammar.ts'
import type { AnswerClass, Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'

/** Agreement or refusal as a whole message, for questions such as whether we understood rightly. */
export function yesNoHeard(text: string, lexicon: Lexicon): 'yes' | 'no' | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said.length > longestAgreement) return undefined
  const once = said.replace(/^(\D{1,4}?)\1+$/u, '$1')
  const [name] = grammarOf(lexicon).answers.find(([, pattern]) => pattern.test(said) || pattern.test(once)) ?? []
  if (name && agreement.has(name)) return 'yes'
  return name && refusal.has(name) ? 'no' : undefined
}

/** In characters. */
const longestAgreement = 20

const agreement: ReadonlySet<AnswerClass> = new Set<AnswerClass>(['yes', 'acknowledged', 'conforming', 'good'])
const refusal: ReadonlySet<AnswerClass> = new Set<AnswerClass>(['denied', 'absent', 'undone', 'bad', 'nonconforming'])
