import type { Clause } from './clause.ts'
import { grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { withoutBlanks } from './normalized.ts'
import { soundOf } from './sounds.ts'
import type { Token } from './tokens.ts'

/**
 * The message with what no word covers replaced by words that sound the same: 没油 as 没有. Undefined when that
 * leaves any of it not understood.
 */
export function respelt(said: string, clauses: readonly Clause[], lexicon: Lexicon): string | undefined {
  const { sounds } = grammarOf(lexicon)
  const runs = clauses.flatMap(({ tokens }) => unknownRuns(tokens))
  if (runs.length === 0 || runs.length > 2 || runs.some(({ length }) => length > longestRun)) return undefined
  let spelt = withoutBlanks(said)
  for (const run of runs) {
    const word = sounds.get(soundOf(run))
    if (word === undefined) return undefined
    spelt = spelt.replace(new RegExp(Array.from(run, escaped).join(' ?'), 'u'), word)
  }
  return spelt
}

/** In characters. */
const longestRun = 12

const escaped = (character: string) => character.replace(/[.*+?^${}()|[\]\\]/, '\\$&')

/** One character sounds like too many words: it is read with the one before it. */
function unknownRuns(tokens: readonly Token[]): string[] {
  const runs: string[] = []
  let run = ''
  tokens.forEach(({ text, classes }, at) => {
    if (classes.size === 0) run += text
    if (classes.size === 0 && tokens[at + 1]?.classes.size === 0) return
    const before = tokens[at - 1]?.text ?? ''
    if (run !== '') runs.push(run.length === 1 ? before + run : run)
    run = ''
  })
  return runs
}
