import { createHash } from 'node:crypto'
import type { Heard } from '../../flows/flow.ts'
import { isStandingKey } from '../../flows/home/index.ts'
import { type Command, choiceHeard, commandHeard, type Lexicon } from '../../flows/words/index.ts'
import { type InboundMessage, PICK_SUBMIT } from '../message/index.ts'
import type { Remark } from '../replies/remarks.ts'
import type { OpenPrompt } from '../storage/conversations.ts'

/** What a message comes to before the flow looks at it. */
export type Hearing =
  | { readonly for: 'flow'; readonly heard: Heard }
  /** The engine answers by itself, and the flow repeats what it waits for. */
  | { readonly for: 'engine'; readonly remark: Remark }
  /** Nobody expects an answer. */
  | { readonly for: 'nobody' }

interface Listening {
  readonly prompt: OpenPrompt | null
  readonly lexicon: Lexicon
  /** Regulators have words of their own for their desk. */
  readonly ownCommands: boolean
}

/**
 * Tells apart what is a command, a button that still counts, a choice of the open prompt, free words, a photo,
 * and what cannot be used. Pure.
 */
export function hear({ content, dedupeKey }: InboundMessage, listening: Listening): Hearing {
  switch (content.type) {
    case 'text':
      return hearWords(content.text, listening)
    case 'cardTap':
      return hearTap(content, listening.prompt)
    case 'menuTap':
      return forFlow({ type: 'chosen', key: content.key })
    case 'image':
      return forFlow({ type: 'photo', evidenceId: evidenceIdOf(dedupeKey), mediaId: content.mediaId })
    case 'evidenceSettled':
      return forFlow({ type: 'evidenceSettled', evidenceId: content.evidenceId, outcome: content.outcome })
    case 'voice':
    case 'video':
    case 'location':
    case 'link':
      return remark({ about: 'unusable', kind: content.type })
    case 'unsupported':
      if (content.name.startsWith('event:')) return { for: 'nobody' }
      return remark({ about: 'unusable', kind: content.name === 'file' ? 'file' : 'other' })
    default:
      return { for: 'nobody' }
  }
}

function hearWords(text: string, { prompt, lexicon, ownCommands }: Listening): Hearing {
  const key = prompt?.kind === 'choice' ? namedOption(text, prompt, lexicon) : undefined
  if (key === 'none') return remark({ about: 'useless', heard: { type: 'words', text } })
  if (key) return forFlow({ type: 'chosen', key })
  const command = commandHeard(text, lexicon)
  return command ? hearCommand(command, ownCommands) : forFlow({ type: 'words', text })
}

function hearCommand(command: Command, ownCommands: boolean): Hearing {
  if (command.kind === 'language') return remark({ about: 'language', ...(command.to && { to: command.to }) })
  if (!ownCommands && (command.kind === 'help' || command.kind === 'menu')) return remark({ about: 'help' })
  if (!ownCommands && command.kind === 'human') return remark({ about: 'human' })
  return forFlow({ type: 'command', command })
}

/**
 * Only its number or its whole label names an option: what merely resembles 符合 must not become it. A number
 * that is on no button is no answer either.
 */
function namedOption(text: string, { options }: OpenPrompt, lexicon: Lexicon): string | 'none' | undefined {
  const labelled = options.find(({ label }) => label === text.trim())
  if (labelled) return labelled.key
  const number = choiceHeard(text, numberedOnly, lexicon)
  return number === undefined ? undefined : (options[Number(number) - 1]?.key ?? 'none')
}

/** Nameless options, so that only numbers are heard. */
const numberedOnly = Array.from({ length: 9 }, (_, index) => ({ key: String(index + 1), label: '' }))

type CardTap = Extract<InboundMessage['content'], { type: 'cardTap' }>

function hearTap({ taskId, key, selections }: CardTap, prompt: OpenPrompt | null): Hearing {
  if (isStandingKey(key)) return forFlow({ type: 'chosen', key })
  if (prompt?.id !== taskId) return remark({ about: 'staleCard' })
  if (key === PICK_SUBMIT) return forFlow({ type: 'picked', keys: selections.flatMap(({ options }) => options) })
  return forFlow({ type: 'chosen', key })
}

const forFlow = (heard: Heard): Hearing => ({ for: 'flow', heard })
const remark = (remark: Remark): Hearing => ({ for: 'engine', remark })

/** The same photo delivered again is the same evidence. */
const evidenceIdOf = (dedupeKey: string) => createHash('sha256').update(dedupeKey).digest('hex').slice(0, 24)
