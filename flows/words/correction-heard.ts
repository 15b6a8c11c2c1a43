import { answerHeard } from './answer-heard.ts'
import type { Command } from './command-heard.ts'
import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { namedNumber } from './number-heard.ts'

type Correction = Extract<Command, { kind: 'correct' }>

/**
 * That an answer already given is wrong, in its slots: which item, that it is to be changed, and to what. Undefined
 * when a message says anything else, or anything more than a plain finding.
 */
export function correctionHeard(said: string, lexicon: Lexicon): Correction | undefined {
  const { corrections } = grammarOf(lexicon)
  const found = corrections.map((pattern) => pattern.exec(said)).find((match) => match !== null)
  if (!found) return undefined

  const { which, last, to } = found.groups ?? {}
  const number = namedNumber(found, lexicon)
  const heard = to ? answerHeard(to, { compliantAnswer: 'yes', excusable: false }, lexicon) : undefined
  if (to && heard?.kind !== 'finding') return undefined
  return {
    kind: 'correct',
    ...(number !== undefined
      ? { which: number }
      : last
        ? { which: 'last' as const }
        : which
          ? { which: { words: which } }
          : {}),
    ...(heard?.kind === 'finding' ? { to: heard.finding } : {}),
  }
}
