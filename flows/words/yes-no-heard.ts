import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'

/**
 * Agreement or refusal as a whole message, for questions such as whether we understood rightly. What speaks of
 * the matter itself, such as that it is broken, is neither: whoever asks back about a finding hears it as an answer.
 */
export function yesNoHeard(text: string, lexicon: Lexicon): 'yes' | 'no' | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said.length > longestAgreement) return undefined

  const { yes, no } = grammarOf(lexicon).agreements
  const parts = said.split(/[,.;!]+/).map((part) => part.replace(/^(\D{1,4}?)\1+$/u, '$1'))
  if (parts.every((part) => yes.test(part))) return 'yes'
  return parts.every((part) => no.test(part)) ? 'no' : undefined
}

/** In characters. */
const longestAgreement = 20
