import type { Finding } from '../../src/checklist/rules.ts'
import { correctionHeard } from './correction-heard.ts'
import { grammarOf } from './grammar.ts'
import type { Language, Lexicon, PlainCommand } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { namedNumber } from './number-heard.ts'

export type Command =
  | { readonly kind: PlainCommand }
  /** Back to the item of this number, as the owner counts. */
  | { readonly kind: 'edit'; readonly number: number }
  /** The photo that came last belongs to that item. */
  | { readonly kind: 'movePhoto'; readonly number: number }
  /** An answer that was given is wrong: which, and what it should be, as far as that was said. */
  | {
      readonly kind: 'correct'
      readonly which?: number | 'last' | { readonly words: string }
      readonly to?: Finding
    }
  /** Without `to` the owner has yet to say which. */
  | { readonly kind: 'language'; readonly to?: Language }

/** The command a whole message is, whatever is being asked; undefined when it says anything else or anything more. */
export function commandHeard(text: string, lexicon: Lexicon): Command | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said === '' || said.length > longestCommand) return undefined

  const { commands, edit, movePhoto, language, languages } = grammarOf(lexicon)
  const number = namedNumber(edit.exec(said), lexicon)
  if (number !== undefined && number > 0) return { kind: 'edit', number }
  const photoOf = namedNumber(movePhoto.exec(said), lexicon)
  if (photoOf !== undefined && photoOf > 0) return { kind: 'movePhoto', number: photoOf }

  const [to] = languages.find(([, pattern]) => pattern.test(said)) ?? []
  if (to) return { kind: 'language', to }
  if (language.test(said)) return { kind: 'language' }

  const [kind] = commands.find(([, pattern]) => pattern.test(said)) ?? []
  return kind ? { kind } : correctionHeard(said, lexicon)
}

/** In characters. */
const longestCommand = 40
