import { createHash } from 'node:crypto'
import type { AnyEventObject } from 'xstate'
import type { Flow, Place } from '../../flows/flow.ts'
import type { Proposal } from '../../flows/proposal.ts'
import type { Screen } from '../../flows/screen.ts'
import { commanded, understood } from '../../flows/understood.ts'
import {
  askedAbout,
  type ChangeHeard,
  type ChangeWords,
  type Command,
  changeHeard,
  choiceHeard,
  commandHeard,
  type DateWords,
  dateHeard,
  type Lexicon,
  notAskedAbout,
  questionHeard,
  requestHeard,
} from '../../flows/words/index.ts'
import type { IsoDate } from '../calendar/dates.ts'
import type { SiteFacts } from '../checklist/checklist.ts'
import type { Questions } from '../i18n/questions.ts'
import { type InboundMessage, PICK_SUBMIT } from '../message/index.ts'
import type { Remark } from '../replies/remarks.ts'
import type { OpenPrompt } from '../storage/conversations.ts'

/** What a message comes to where the conversation stands. */
export type Hearing =
  /** `otherwise` is said when the event means nothing there. */
  | { readonly for: 'flow'; readonly event: AnyEventObject; readonly otherwise: Remark }
  /** The engine answers by itself, and what is waited for is said again. */
  | { readonly for: 'engine'; readonly remark: Remark }
  /** Nobody expects an answer. */
  | { readonly for: 'nobody' }

export interface Listening {
  readonly flow: Flow<unknown, AnyEventObject, unknown>
  readonly place: Place<unknown, unknown>
  readonly prompt: OpenPrompt | null
  readonly words: Words
  /** Of the enterprise, where one is enrolled. */
  readonly site: SiteFacts | undefined
  /** ISO date in China. */
  readonly today: IsoDate
  /** What a language model takes the words for. */
  readonly proposal?: Proposal | undefined
}

/** All that somebody is understood by, in one language. */
export interface Words {
  readonly lexicon: Lexicon
  readonly questions: Questions
  readonly changes: ChangeWords
  readonly dates: DateWords
}

/**
 * Tells apart what is a choice of the open prompt, a command, free words, a photo and what cannot be used, and gives
 * the event each is on the screen that is waited at. Pure.
 */
export function hear({ content, dedupeKey }: InboundMessage, listening: Listening): Hearing {
  const { flow, place } = listening
  switch (content.type) {
    case 'text':
      return hearWords(content.text, listening)
    case 'cardTap':
      return hearTap(content, listening)
    case 'menuTap':
      return hearKey(content.key, listening)
    case 'image': {
      const photo = { evidenceId: evidenceIdOf(dedupeKey), mediaId: content.mediaId }
      return asEvent(flow.screen(place).photo?.(photo), { about: 'uselessPhoto' })
    }
    case 'evidenceSettled': {
      const event = flow.settled?.(content)
      return event ? asEvent(event, { about: 'nothing' }) : { for: 'nobody' }
    }
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

function hearWords(text: string, listening: Listening): Hearing {
  const { flow, place, prompt, words } = listening
  const { lexicon } = words
  const screen = flow.screen(place)
  const useless: Remark = { about: 'notUnderstood', text }
  const named = prompt?.kind === 'choice' ? namedOption(text, prompt, lexicon) : undefined
  if (named !== undefined) return asEvent(eventOf(named, listening), useless)

  const command = commandIn(text, screen, lexicon)
  if (command?.kind === 'language') return remark({ about: 'language', ...(command.to && { to: command.to }) })
  // What a question of the list asks is answered from the list, but for how far one is, and how things stand where that is told.
  const isOwn =
    screen.dictated || command?.kind === 'progress' || (command?.kind === 'status' && screen.commands?.status)
  const asked = isOwn ? undefined : questionIn(text, listening)
  if (asked) return remark(asked)
  const changed = command ? undefined : changedIn(text, screen, listening)
  if (changed?.kind === 'facts' && isOnRecord(changed)) return remark({ about: 'onRecord', facts: changed.known })
  const event = command
    ? commanded(command, screen)
    : (besides(text, screen, changed, listening) ??
      (changed?.kind === 'facts' ? undefined : understood(text, screen, lexicon, listening.proposal)))
  if (event) return asEvent(event, useless)
  if (command?.kind === 'help' || command?.kind === 'menu') return remark({ about: 'help' })
  if (command?.kind === 'human') return remark({ about: 'human' })
  return remark(command || changed?.kind === 'facts' ? { about: 'uselessCommand' } : useless)
}

function commandIn(text: string, screen: Screen, lexicon: Lexicon): Command | undefined {
  const { dictated, commands = {} } = screen
  const command = commandHeard(text, lexicon)
  if (command?.kind === 'pause' && saysThatItCan(text, screen, lexicon)) return undefined
  return dictated && command && command.kind !== 'language' && !commands[command.kind] ? undefined : command
}

/** 能停 and 会停下来 answer whether a machine can be stopped; 停 alone stops the walk. */
const saysThatItCan = (text: string, screen: Screen, lexicon: Lexicon) =>
  lexicon.words.can.some((word) => text.startsWith(word)) && understood(text, screen, lexicon) !== undefined

/** A question of the owner's, which is answered; what is waited for still stands. */
function questionIn(text: string, { place, words, site }: Listening): Remark | undefined {
  const { lexicon, questions, changes } = words
  if (site) {
    const listening = { siteProfile: place.library.siteProfile, names: changes.names, questions, lexicon }
    const whyNot = notAskedAbout(text, listening)
    if (whyNot !== undefined) return { about: 'whyNotAsked', fact: whyNot }
    const why = askedAbout(text, listening)
    if (why !== undefined) return { about: 'whyAsked', fact: why }
  }
  const question = questionHeard(text, { questions, lexicon })
  return question === undefined ? undefined : { about: 'question', id: question }
}

/** What is no answer, and is heard where the screen listens for it: a wish, something that has changed, a day. */
function besides(
  text: string,
  screen: Screen,
  changed: ChangeHeard | undefined,
  { words, site, today }: Listening,
): AnyEventObject | undefined {
  const { lexicon, changes, dates } = words
  const wish = screen.requests && requestHeard(text, { changes, lexicon })
  if (wish && screen.requests?.[wish]) return screen.requests[wish]
  // What was said by halves is asked about like the rest of it: nothing changes before the owner says yes.
  if (changed?.kind === 'facts') return screen.change?.(withUnsure(changed, site))
  if (changed?.kind === 'particular') {
    const { particular, value } = changed
    // Where it is being asked for, what it is now is as good as typed.
    return screen.particular?.(particular, value) ?? (value === undefined ? undefined : screen.typed?.(value, lexicon))
  }
  const day = screen.date && dateHeard(text, today, dates, lexicon)
  return day && 'date' in day ? screen.date?.(day.date) : undefined
}

function changedIn(text: string, screen: Screen, { place, words, site }: Listening): ChangeHeard | undefined {
  if (!screen.change && !screen.particular) return undefined
  const { siteProfile } = place.library
  const { lexicon, changes } = words
  const heard = changeHeard(text, { changes, lexicon, siteProfile, ...(site ?? NO_SITE) })
  // Elsewhere what is on the site is part of an answer.
  return heard?.kind === 'facts' && !screen.change ? undefined : heard
}

/** Of whoever is not enrolled yet. */
const NO_SITE = { industry: '', facts: [] }

/** There is nothing to change: the record says so already. */
const isOnRecord = ({ added, removed, unsure, known }: Extract<ChangeHeard, { kind: 'facts' }>) =>
  known.length > 0 && added.length + removed.length + unsure.length === 0

/** What is on record may be gone, what is not may have come. */
const withUnsure = ({ added, removed, unsure }: Extract<ChangeHeard, { kind: 'facts' }>, site?: SiteFacts) => ({
  added: [...added, ...unsure.filter((fact) => !site?.facts.includes(fact))],
  removed: [...removed, ...unsure.filter((fact) => site?.facts.includes(fact))],
})

/**
 * Only its number or its whole label names an option: what merely resembles 符合 must not become it. A number
 * that is on no button is no answer either.
 */
function namedOption(text: string, { options }: OpenPrompt, lexicon: Lexicon): string | undefined {
  const labelled = options.find(({ label }) => label === text.trim())
  if (labelled) return labelled.key
  const numbers = options.map(({ number }, index) => number ?? index + 1)
  const number = choiceHeard(text, numberedOnly(Math.max(...numbers)), lexicon)
  return number === undefined ? undefined : (options[numbers.indexOf(Number(number))]?.key ?? '')
}

/** Nameless options, so that only numbers are heard; beyond the options, to tell a wrong number from other words. */
const numberedOnly = (highest: number) =>
  Array.from({ length: Math.max(9, highest) }, (_, index) => ({ key: String(index + 1), label: '' }))

type CardTap = Extract<InboundMessage['content'], { type: 'cardTap' }>

function hearTap({ taskId, key, selections }: CardTap, listening: Listening): Hearing {
  const { flow, place, prompt } = listening
  if (isStandingKey(key)) return hearKey(key, listening)
  if (prompt?.id !== taskId) return remark({ about: 'staleCard' })
  const screen = flow.screen(place)
  if (key !== PICK_SUBMIT) return asEvent(eventOf(key, listening), { about: 'staleCard' })
  const ticked = selections.flatMap(({ options }) => options)
  const [only, ...more] = ticked
  const event =
    screen.pick?.picked(ticked) ?? (only !== undefined && more.length === 0 ? eventOf(only, listening) : undefined)
  return asEvent(event, { about: 'staleCard' })
}

const hearKey = (key: string, listening: Listening): Hearing => asEvent(eventOf(key, listening), { about: 'nothing' })

/** What it is on the screen; what was offered and is there no more may still mean something. */
const eventOf = (key: string, { flow, place }: Listening) =>
  flow.screen(place).options.find((option) => option.key === key)?.event ?? flow.standing?.(key, place)

/** Reminders and pushes are answered whenever it suits; what became of the matter decides what a tap still does. */
export const isStandingKey = (key: string) => key.startsWith('go.') || key.startsWith('review.')

const asEvent = (event: AnyEventObject | undefined, otherwise: Remark): Hearing =>
  event ? { for: 'flow', event, otherwise } : remark(otherwise)

const remark = (remark: Remark): Hearing => ({ for: 'engine', remark })

/** The same photo delivered again is the same evidence. */
const evidenceIdOf = (dedupeKey: string) => createHash('sha256').update(dedupeKey).digest('hex').slice(0, 24)
