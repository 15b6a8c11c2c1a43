import type { Lexicon } from '../words/lexicon.ts'
import { normalized, simplified } from '../words/normalized.ts'
import { numberOf } from '../words/number-heard.ts'
import { compiledOnce, whole } from '../words/pattern-source.ts'

/** What an owner types between walks. `number` is that of a hazard in the register. */
export type HomeWords =
  | { readonly kind: 'thanks' | 'byWhen' }
  | { readonly kind: 'done'; readonly number?: number }
  | { readonly kind: 'person'; readonly person: string; readonly number?: number }
  /** A hazard was named, and perhaps more said of it. */
  | { readonly kind: 'hazard'; readonly number: number }

/** Undefined when it is nothing of the kind. */
export function homeWordsHeard(text: string, lexicon: Lexicon): HomeWords | undefined {
  const { thanks, byWhen, done, person, hazard } = grammarOf(lexicon)
  const said = normalized(text, lexicon)
  if (said === '' || said.length > LONGEST) return undefined
  if (thanks.test(said)) return { kind: 'thanks' }
  if (byWhen.test(said)) return { kind: 'byWhen' }
  const isDone = done.exec(said)
  if (isDone) return { kind: 'done', ...numbered(isDone, lexicon) }
  const named = personIn(text, person, lexicon)
  if (named) return named
  const { number } = numbered(hazard.exec(said), lexicon)
  return number === undefined ? undefined : { kind: 'hazard', number }
}

/** In characters. */
const LONGEST = 60

/** A name is kept as it was typed. */
function personIn(text: string, pattern: RegExp, lexicon: Lexicon): HomeWords | undefined {
  const typed = text.normalize('NFKC').trim()
  const match = pattern.exec(simplified(typed, lexicon))
  const [from, to] = match?.indices?.groups?.person ?? []
  if (from === undefined || to === undefined) return undefined
  return { kind: 'person', person: typed.slice(from, to), ...numbered(match, lexicon) }
}

function numbered(match: RegExpExecArray | null, lexicon: Lexicon): { readonly number?: number } {
  const said = match?.groups?.number
  const number = said === undefined ? undefined : numberOf(said, lexicon)
  return number === undefined ? {} : { number }
}

const grammarOf = compiledOnce(({ home }: Lexicon) => {
  const fragments = { hazard: [`(?:${home.hazard.join('|')})?`] }
  return {
    thanks: whole(home.thanks, {}),
    byWhen: whole(home.byWhen, {}),
    done: whole(home.done, fragments),
    person: new RegExp(whole(home.person, fragments).source, 'diu'),
    hazard: new RegExp(`^(?:${home.hazard.join('|')})`, 'u'),
  }
})
