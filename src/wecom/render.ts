import {
  type ChoicePrompt,
  PICK_QUESTION,
  PICK_SUBMIT,
  type PickPrompt,
  type Prompt,
  type PromptOption,
  type Reply,
} from '../message/index.ts'
import {
  BUTTON_CHARS,
  BUTTONS,
  FACT_NAME_CHARS,
  FACT_VALUE_CHARS,
  FACTS,
  MessageLimitError,
  TITLE_CHARS,
  TITLE_DESC_CHARS,
} from './limits.ts'
import {
  type ButtonInteraction,
  buttonUpdate,
  type CardButton,
  type CardUpdate,
  cardMessage,
  type MessageBody,
  type MessageTarget,
  textMessage,
  type VoteInteraction,
} from './outbound.ts'
import { plainText, shortened, splitText } from './split-text.ts'

/**
 * What WeCom shows for a reply: one card where its prompt fits a card whole, else the full text in as many parts as it
 * needs. Only the heading and the note of a card are ever shortened.
 */
export function toWecomMessages(reply: Reply, to: MessageTarget): MessageBody[] {
  const card = reply.prompt && cardMessageOf(reply.prompt, to)
  return card ? [card] : splitText(textOf(reply)).map((part) => textMessage(to, part))
}

/** Puts what was chosen in place of the buttons of a card, for the people it was shown to. */
export const cardUpdateOf = (responseCode: string, userIds: readonly string[], chosenLabel: string): CardUpdate =>
  buttonUpdate(responseCode, userIds, shortened(oneLine(chosenLabel), BUTTON_CHARS))

/** The reply for those who see no cards: complete on its own. */
export const textOf = ({ text }: Reply): string => inert(text)

function cardMessageOf(prompt: Prompt, to: MessageTarget): MessageBody | undefined {
  const card = cardOf(prompt)
  try {
    return cardMessage(to, card)
  } catch (error) {
    if (error instanceof MessageLimitError && error.field !== 'touser') return undefined
    throw error
  }
}

function cardOf(prompt: Prompt): ButtonInteraction | VoteInteraction {
  if (prompt.kind === 'pick') return pickCard(prompt)
  const { submitLabel } = prompt
  return submitLabel && prompt.options.length > BUTTONS ? listCard({ ...prompt, submitLabel }) : choiceCard(prompt)
}

function choiceCard(prompt: ChoicePrompt): ButtonInteraction {
  const body = inert(prompt.body).trim()
  const facts = prompt.facts ?? []
  const factsFit = facts.length <= FACTS && facts.every(fitsBesideOthers)
  const subTitle = factsFit ? body : [body, ...facts.map(factLine)].join('\n').trim()
  return {
    card_type: 'button_interaction',
    task_id: prompt.id,
    main_title: mainTitle(prompt, body === '' ? 'heading is the question' : 'heading is shortened'),
    ...(subTitle && { sub_title_text: subTitle }),
    ...(factsFit && facts.length > 0 && { horizontal_content_list: facts.map(factEntry) }),
    ...(prompt.link && linkParts(prompt.link)),
    button_list: prompt.options.map(button),
  }
}

const pickCard = (prompt: PickPrompt): VoteInteraction => ticking(prompt, 1)

/** A title is all the text there is room for. */
const listCard = ({ body, ...prompt }: ChoicePrompt & { readonly submitLabel: string }): VoteInteraction =>
  ticking({ ...prompt, kind: 'pick', heading: body }, 0)

/** Mode 0 takes one tick, mode 1 any number (document 90372). */
function ticking(prompt: PickPrompt, mode: 0 | 1): VoteInteraction {
  const options = prompt.options.map(({ key, label, ticked = false }) => ({
    id: key,
    text: oneLine(label),
    is_checked: ticked,
  }))
  return {
    card_type: 'vote_interaction',
    task_id: prompt.id,
    main_title: mainTitle({ ...prompt, ...besideHint(prompt) }, 'heading is the question'),
    checkbox: { question_key: PICK_QUESTION, mode, option_list: options },
    submit_button: { text: oneLine(prompt.submitLabel), key: PICK_SUBMIT },
  }
}

/** Note and hint share a line, and the hint is not cut. */
function besideHint({ note, hint }: PickPrompt): { readonly note?: string } {
  if (!hint) return {}
  const room = TITLE_DESC_CHARS - oneLine(hint).length - BETWEEN.length
  return { note: note && room >= LEAST_NOTE ? `${shortened(apart(note), room)}${BETWEEN}${hint}` : hint }
}

/** Fewer characters of a note tell nothing. */
const LEAST_NOTE = 8

function mainTitle(
  { heading, note }: Pick<Prompt, 'heading' | 'note'>,
  role: 'heading is the question' | 'heading is shortened',
): { title: string; desc?: string } {
  const title = oneLine(heading)
  return {
    title: role === 'heading is shortened' ? shortened(title, TITLE_CHARS) : title,
    ...(note && { desc: shortened(apart(note), TITLE_DESC_CHARS) }),
  }
}

/** The picture in document 94888: 1 emphasised, 2 less so, 3 neutral, 4 negative. */
const BUTTON_STYLES = { primary: 1, plain: 3, danger: 4 } as const

const button = ({ key, label, style = 'plain' }: PromptOption): CardButton => ({
  text: oneLine(label),
  style: BUTTON_STYLES[style],
  key,
})

type Fact = NonNullable<ChoicePrompt['facts']>[number]

const fitsBesideOthers = ({ name, value }: Fact) =>
  oneLine(name).length <= FACT_NAME_CHARS && oneLine(value).length <= FACT_VALUE_CHARS

const factEntry = ({ name, value }: Fact) => ({ keyname: oneLine(name), value: oneLine(value) })

const factLine = ({ name, value }: Fact) => `${oneLine(name)}\u3000${oneLine(value)}`

/** The page opens from the quoted title, and from anywhere else on the card but its buttons. */
const linkParts = ({ title, url }: NonNullable<ChoicePrompt['link']>): Partial<ButtonInteraction> => ({
  quote_area: { type: 1, url, title: oneLine(title) },
  card_action: { type: 1, url },
})

/**
 * A text message shows `<a href>` as a link (document 90236): what somebody typed must not become one. Our own links
 * are plain addresses.
 */
const inert = (text: string) =>
  plainText(text)
    .replaceAll('<', '\uff1c')
    .replace(/&(?=(?:lt|#0*60|#x0*3c);)/gi, '\uff06')

/** Several notes on one line are still told apart. */
const apart = (note: string) => note.split('\n').map(oneLine).filter(Boolean).join(BETWEEN)
const BETWEEN = ' · '

const oneLine = (text: string) => inert(text).replace(/\s+/g, ' ').trim()
