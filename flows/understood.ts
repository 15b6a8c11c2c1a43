import type { AnyEventObject } from 'xstate'
import type { Proposal } from './proposal.ts'
import type { Meaning, Screen } from './screen.ts'
import { type AnswerHeard, answerHeard } from './words/answer-heard.ts'
import type { Command } from './words/command-heard.ts'
import { confirmationHeard } from './words/confirmation-heard.ts'
import type { Lexicon } from './words/lexicon.ts'
import { mendingHeard } from './words/mending-heard.ts'
import { yesNoHeard } from './words/yes-no-heard.ts'

/**
 * Free words in front of a screen → one of its events, or nothing. The only reader of words there is. Pure.
 * @param proposal what a language model takes them for: looked at only where they mean nothing here
 */
export function understood<E extends AnyEventObject>(
  text: string,
  screen: Screen<E>,
  lexicon: Lexicon,
  proposal?: Proposal,
): E | undefined {
  const mending = mendingIn(text, screen, lexicon)
  const heard = mending ? { meant: new Set<Meaning>([mending]), missing: [] } : meaningsOf(text, screen, lexicon)
  const [, event] = screen.means?.find(([meaning]) => heard.meant.has(meaning)) ?? []
  if (event) return typeof event === 'function' ? event(heard.missing) : event
  return (proposal && screen.proposed?.(proposal)) ?? screen.typed?.(text, lexicon)
}

/** Where the screen listens for it. */
function mendingIn(text: string, { means }: Screen, lexicon: Lexicon) {
  const listened = means?.some(([meaning]) => meaning === 'mended' || meaning === 'notMended')
  const heard = listened ? mendingHeard(text, lexicon) : undefined
  return means?.some(([meaning]) => meaning === heard) ? heard : undefined
}

/** A command in front of a screen → its event, or nothing. Before anything is filed, how it stands is how far one is. */
export function commanded<E extends AnyEventObject>(command: Command, { commands }: Screen<E>): E | undefined {
  const heard = commands?.[command.kind] ?? (command.kind === 'status' ? commands?.progress : undefined)
  // Each kind has its own kind of command, which TypeScript cannot follow through the look-up.
  return typeof heard === 'function' ? (heard as (command: Command) => E | undefined)(command) : heard
}

interface Heard {
  readonly meant: ReadonlySet<Meaning>
  /** Parts of the question that were not answered. */
  readonly missing: readonly number[]
}

function meaningsOf(text: string, { question, confirms }: Screen, lexicon: Lexicon): Heard {
  if (question && confirms) {
    const heard = confirmationHeard(text, question, confirms, lexicon)
    return heard.kind === 'answer' ? answered(heard.heard) : { meant: new Set([heard.kind, 'anything']), missing: [] }
  }
  if (question) return answered(answerHeard(text, question, lexicon))
  const agreed = yesNoHeard(text, lexicon)
  return { meant: new Set([...(agreed ? [agreed] : []), 'anything' as const]), missing: [] }
}

const answered = (heard: AnswerHeard): Heard => ({
  meant: new Set(['anything', ...meaningOf(heard)]),
  missing: heard.kind === 'partly' ? heard.missing : [],
})

function meaningOf(heard: AnswerHeard): Meaning[] {
  switch (heard.kind) {
    case 'finding':
      return [heard.finding]
    case 'confirm':
      return [perhaps[heard.finding]]
    case 'unclearAnswer':
      return ['unclear']
    case 'absence':
    case 'partly':
    case 'unsure':
      return [heard.kind]
    case 'notUnderstood':
      return []
  }
}

const perhaps = {
  conforming: 'perhapsConforming',
  nonconforming: 'perhapsNonconforming',
  notApplicable: 'perhapsNotApplicable',
} as const
