import { clausesOf } from './clause.ts'
import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { yesNoHeard } from './yes-no-heard.ts'

/**
 * Whether a hazard was put right. It was when every clause says so, or agrees; one clause that says that it was not,
 * or is only to be, is enough for the opposite.
 */
export function mendingHeard(text: string, lexicon: Lexicon): 'mended' | 'notMended' | undefined {
  const { done, open } = grammarOf(lexicon).mending
  const clauses = clausesOf(withoutBlanks(normalized(text, lexicon)))
  if (clauses.some((clause) => open.test(clause))) return 'notMended'
  const said = clauses.filter((clause) => yesNoHeard(clause, lexicon) !== 'yes')
  return said.length > 0 && said.every((clause) => done.test(clause)) ? 'mended' : undefined
}
