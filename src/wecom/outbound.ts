import {
  BUTTON_CHARS,
  BUTTONS,
  CHOICE_CHARS,
  CHOICES,
  demand,
  demandDistinct,
  demandFilled,
  demandForm,
  FACT_NAME_CHARS,
  FACT_VALUE_CHARS,
  FACTS,
  limitBytes,
  limitChars,
  limitCount,
  SUB_TITLE_CHARS,
  TEXT_BYTES,
  TITLE_CHARS,
  TITLE_DESC_CHARS,
  USER_ID,
} from './limits.ts'

/**
 * What the app may send (documents 90236, 90372, 94888), with its limits. Where WeCom only recommends a number of
 * characters we keep to it; characters are counted in UTF-16 units, the strictest reading.
 */
export type MessageBody = Recipients &
  (
    | { readonly msgtype: 'text'; readonly text: { readonly content: string } }
    | { readonly msgtype: 'markdown'; readonly markdown: { readonly content: string } }
    | { readonly msgtype: 'textcard'; readonly textcard: TextCard }
    | { readonly msgtype: 'image'; readonly image: { readonly media_id: string } }
    | { readonly msgtype: 'file'; readonly file: { readonly media_id: string } }
    | { readonly msgtype: 'template_card'; readonly template_card: TemplateCard }
  )

interface Recipients {
  /** One userid. */
  readonly touser: string
  readonly agentid: number
  readonly enable_duplicate_check?: 0 | 1
  /** Seconds, at most four hours. */
  readonly duplicate_check_interval?: number
}

export interface MessageTarget {
  readonly userId: string
  readonly agentId: number
}

export interface TextCard {
  readonly title: string
  readonly description: string
  readonly url: string
  readonly btntxt?: string
}

export type TemplateCard = TextNotice | NewsNotice | ButtonInteraction | VoteInteraction | MultipleInteraction

export interface TextNotice extends NoticeParts {
  readonly card_type: 'text_notice'
  readonly main_title?: MainTitle
  readonly emphasis_content?: { readonly title?: string; readonly desc?: string }
  readonly sub_title_text?: string
}

export interface NewsNotice extends NoticeParts {
  readonly card_type: 'news_notice'
  readonly main_title: MainTitle
  readonly image_text_area?: {
    readonly type?: 0 | 1
    readonly url?: string
    readonly title?: string
    readonly desc?: string
    readonly image_url: string
  }
  readonly card_image?: { readonly url: string; readonly aspect_ratio?: number }
  readonly vertical_content_list?: readonly { readonly title: string; readonly desc?: string }[]
}

export interface ButtonInteraction extends CardParts {
  readonly card_type: 'button_interaction'
  readonly task_id: string
  readonly main_title: MainTitle
  readonly quote_area?: QuoteArea
  readonly sub_title_text?: string
  readonly horizontal_content_list?: readonly HorizontalContent[]
  readonly card_action?: CardAction
  readonly button_selection?: Selector
  readonly button_list: readonly CardButton[]
}

export interface VoteInteraction extends CardParts {
  readonly card_type: 'vote_interaction'
  readonly task_id: string
  readonly main_title: MainTitle
  readonly checkbox: {
    readonly question_key: string
    /** 0 one, 1 several. */
    readonly mode: 0 | 1
    readonly option_list: readonly { readonly id: string; readonly text: string; readonly is_checked?: boolean }[]
  }
  readonly submit_button: SubmitButton
}

export interface MultipleInteraction extends CardParts {
  readonly card_type: 'multiple_interaction'
  readonly task_id: string
  readonly main_title: MainTitle
  readonly select_list: readonly Selector[]
  readonly submit_button: SubmitButton
}

interface CardParts {
  readonly source?: { readonly icon_url?: string; readonly desc?: string; readonly desc_color?: 0 | 1 | 2 | 3 }
  readonly action_menu?: {
    readonly desc?: string
    readonly action_list: readonly { readonly text: string; readonly key: string }[]
  }
}

interface NoticeParts extends CardParts {
  readonly task_id?: string
  readonly quote_area?: QuoteArea
  readonly horizontal_content_list?: readonly HorizontalContent[]
  readonly jump_list?: readonly { readonly type: 0 | 1; readonly title: string; readonly url?: string }[]
  readonly card_action: CardAction
}

interface MainTitle {
  readonly title?: string
  readonly desc?: string
}

interface QuoteArea {
  readonly type?: 0 | 1
  readonly url?: string
  readonly title?: string
  readonly quote_text?: string
}

interface HorizontalContent {
  readonly keyname: string
  readonly value?: string
  /** 0 text, 1 a page, 2 a file, 3 a member. */
  readonly type?: 0 | 1 | 2 | 3
  readonly url?: string
  readonly media_id?: string
  readonly userid?: string
}

/** Opens a page. (The other kind, a mini-program, is not ours.) */
interface CardAction {
  readonly type: 1
  readonly url: string
}

export interface CardButton {
  readonly text: string
  /** 1 emphasised, 2 less so, 3 neutral, 4 negative (the picture in document 94888). */
  readonly style: 1 | 2 | 3 | 4
  readonly key: string
}

interface Selector {
  readonly question_key: string
  readonly title?: string
  readonly selected_id?: string
  readonly option_list: readonly { readonly id: string; readonly text: string }[]
}

interface SubmitButton {
  readonly text: string
  readonly key: string
}

export function textMessage(to: MessageTarget, content: string): MessageBody {
  demandFilled('text.content', content)
  limitBytes('text.content', content, TEXT_BYTES)
  return { ...recipient(to), msgtype: 'text', text: { content } }
}

/** Only the WeCom client shows markdown; members who read in WeChat do not see it. */
export function markdownMessage(to: MessageTarget, content: string): MessageBody {
  demandFilled('markdown.content', content)
  limitBytes('markdown.content', content, TEXT_BYTES)
  return { ...recipient(to), msgtype: 'markdown', markdown: { content } }
}

export function textCardMessage(to: MessageTarget, textcard: TextCard): MessageBody {
  demandFilled('textcard.title', textcard.title)
  limitBytes('textcard.title', textcard.title, 128)
  demandFilled('textcard.description', textcard.description)
  limitBytes('textcard.description', textcard.description, 512)
  demandUrl('textcard.url', textcard.url)
  limitChars('textcard.btntxt', textcard.btntxt, 4)
  return { ...recipient(to), msgtype: 'textcard', textcard }
}

export function imageMessage(to: MessageTarget, mediaId: string): MessageBody {
  demandFilled('image.media_id', mediaId)
  return { ...recipient(to), msgtype: 'image', image: { media_id: mediaId } }
}

export function fileMessage(to: MessageTarget, mediaId: string): MessageBody {
  demandFilled('file.media_id', mediaId)
  return { ...recipient(to), msgtype: 'file', file: { media_id: mediaId } }
}

export function cardMessage(to: MessageTarget, card: TemplateCard): MessageBody {
  checkCard(card)
  return { ...recipient(to), msgtype: 'template_card', template_card: card }
}

/** Greys the buttons of a sent card, or replaces the card. The client adds the `agentid`. */
export type CardUpdate = {
  readonly userids: readonly string[]
  /** Works once and for 72 hours. */
  readonly response_code: string
} & (
  | { readonly button: { readonly replace_name: string } }
  | { readonly template_card: TemplateCard & { readonly replace_text?: string } }
)

export function buttonUpdate(responseCode: string, userIds: readonly string[], replaceName: string): CardUpdate {
  demandFilled('button.replace_name', replaceName)
  limitChars('button.replace_name', replaceName, BUTTON_CHARS)
  return { ...cardReceivers(responseCode, userIds), button: { replace_name: replaceName } }
}

/** `replaceText`, on an interaction card, takes the place of its buttons. */
export function cardReplacement(
  responseCode: string,
  userIds: readonly string[],
  card: TemplateCard,
  replaceText?: string,
): CardUpdate {
  checkCard(card)
  limitChars('replace_text', replaceText, BUTTON_CHARS)
  const template_card = { ...card, ...(replaceText && { replace_text: replaceText }) }
  return { ...cardReceivers(responseCode, userIds), template_card }
}

/**
 * The same message once more, when it is unknown whether the first try arrived: WeCom then drops it if it has taken
 * an identical one within ten minutes.
 */
export const repeated = (body: MessageBody): MessageBody => ({
  ...body,
  enable_duplicate_check: 1,
  duplicate_check_interval: 600,
})

/** What comes back as it was sent: no control character, no half of a pair. */
const PLAIN_KEY = /^[^\p{Cc}\p{Cs}]+$/u
const KEY_BYTES = 1024
const ID_BYTES = 128

function recipient({ userId, agentId }: MessageTarget): Recipients {
  demandForm('touser', userId, USER_ID)
  return { touser: userId, agentid: agentId }
}

function cardReceivers(responseCode: string, userIds: readonly string[]) {
  demandFilled('response_code', responseCode)
  limitCount('userids', userIds, 1, 1000)
  return { userids: userIds, response_code: responseCode }
}

/** Throws `MessageLimitError` for the first member that WeCom may cut or refuse. */
export function checkCard(card: TemplateCard): void {
  limitChars('source.desc', card.source?.desc, 20)
  checkMainTitle(card)
  checkTaskId(card)
  checkActionMenu(card)
  switch (card.card_type) {
    case 'text_notice':
      checkTextNotice(card)
      break
    case 'news_notice':
      checkNewsNotice(card)
      break
    case 'button_interaction':
      checkButtons(card)
      break
    case 'vote_interaction':
      checkVote(card)
      break
    case 'multiple_interaction':
      checkSelectors(card)
      break
  }
}

function checkMainTitle({ card_type, main_title }: TemplateCard): void {
  limitChars('main_title.title', main_title?.title, TITLE_CHARS)
  limitChars('main_title.desc', main_title?.desc, TITLE_DESC_CHARS)
  if (card_type !== 'text_notice') demandFilled('main_title.title', main_title?.title)
}

function checkTaskId({ task_id, action_menu }: TemplateCard): void {
  demand(task_id !== undefined || action_menu === undefined, 'task_id', 'needed for an action_menu')
  if (task_id !== undefined) demandForm('task_id', task_id, TASK_ID)
}

const TASK_ID = /^[0-9A-Za-z_@-]{1,128}$/

function checkActionMenu({ action_menu }: TemplateCard): void {
  const actions = action_menu?.action_list
  limitCount('action_menu.action_list', actions, 1, 3)
  checkKeys('action_menu.action_list', actions?.map(({ key }) => key) ?? [], KEY_BYTES)
}

function checkTextNotice(card: TextNotice): void {
  checkNoticeParts(card)
  demandFilled('main_title.title or sub_title_text', `${card.main_title?.title ?? ''}${card.sub_title_text ?? ''}`)
  limitChars('emphasis_content.title', card.emphasis_content?.title, 14)
  limitChars('emphasis_content.desc', card.emphasis_content?.desc, 22)
  limitChars('sub_title_text', card.sub_title_text, SUB_TITLE_CHARS)
}

function checkNewsNotice(card: NewsNotice): void {
  checkNoticeParts(card)
  demand(Boolean(card.card_image ?? card.image_text_area), 'card_image or image_text_area', 'needed')
  const ratio = card.card_image?.aspect_ratio ?? 1.3
  demand(ratio >= 1.3 && ratio < 2.25, 'card_image.aspect_ratio', 'from 1.3 to below 2.25')
  limitCount('vertical_content_list', card.vertical_content_list, 0, 4)
  card.vertical_content_list?.forEach(({ title, desc }, index) => {
    limitChars(`vertical_content_list[${index}].title`, title, 38)
    limitChars(`vertical_content_list[${index}].desc`, desc, 160)
  })
}

function checkButtons(card: ButtonInteraction): void {
  limitChars('sub_title_text', card.sub_title_text, SUB_TITLE_CHARS)
  checkLinks(card)
  checkFacts(card.horizontal_content_list)
  limitCount('button_list', card.button_list, 1, BUTTONS)
  checkLabels('button_list', card.button_list, BUTTON_CHARS)
  checkKeys('button_list', keysOf(card.button_list), KEY_BYTES)
  if (card.button_selection) checkSelector('button_selection', card.button_selection)
}

function checkVote({ checkbox, submit_button }: VoteInteraction): void {
  checkKeys('checkbox.question_key', [checkbox.question_key], KEY_BYTES)
  limitCount('checkbox.option_list', checkbox.option_list, 1, CHOICES)
  checkLabels('checkbox.option_list', checkbox.option_list, CHOICE_CHARS)
  checkKeys('checkbox.option_list', idsOf(checkbox.option_list), ID_BYTES)
  checkSubmitButton(submit_button)
}

function checkSelectors({ select_list, submit_button }: MultipleInteraction): void {
  limitCount('select_list', select_list, 1, 3)
  select_list.forEach((selector, index) => {
    checkSelector(`select_list[${index}]`, selector)
  })
  checkKeys(
    'select_list',
    select_list.map(({ question_key }) => question_key),
    KEY_BYTES,
  )
  checkSubmitButton(submit_button)
}

function checkSelector(field: string, { question_key, title, option_list }: Selector): void {
  checkKeys(`${field}.question_key`, [question_key], KEY_BYTES)
  limitChars(`${field}.title`, title, 13)
  limitCount(`${field}.option_list`, option_list, 1, 10)
  checkLabels(`${field}.option_list`, option_list, 16)
  checkKeys(`${field}.option_list`, idsOf(option_list), ID_BYTES)
}

function checkSubmitButton({ text, key }: SubmitButton): void {
  checkLabels('submit_button', [{ text }], BUTTON_CHARS)
  checkKeys('submit_button', [key], KEY_BYTES)
}

function checkNoticeParts(card: NoticeParts): void {
  checkLinks(card)
  checkFacts(card.horizontal_content_list)
  limitCount('jump_list', card.jump_list, 0, 3)
  card.jump_list?.forEach(({ title }, index) => {
    limitChars(`jump_list[${index}].title`, title, 18)
  })
}

function checkLinks({ card_action, quote_area }: { card_action?: CardAction; quote_area?: QuoteArea }): void {
  if (card_action) demandUrl('card_action.url', card_action.url)
  if (quote_area?.type === 1) demandUrl('quote_area.url', quote_area.url ?? '')
}

function checkFacts(facts: readonly HorizontalContent[] | undefined): void {
  limitCount('horizontal_content_list', facts, 0, FACTS)
  facts?.forEach(({ keyname, value }, index) => {
    demandFilled(`horizontal_content_list[${index}].keyname`, keyname)
    limitChars(`horizontal_content_list[${index}].keyname`, keyname, FACT_NAME_CHARS)
    limitChars(`horizontal_content_list[${index}].value`, value, FACT_VALUE_CHARS)
  })
}

function checkLabels(field: string, labelled: readonly { readonly text: string }[], most: number): void {
  labelled.forEach(({ text }, index) => {
    demandFilled(`${field}[${index}].text`, text)
    limitChars(`${field}[${index}].text`, text, most)
  })
}

function checkKeys(field: string, keys: readonly string[], most: number): void {
  for (const key of keys) {
    demandForm(field, key, PLAIN_KEY)
    limitBytes(field, key, most)
  }
  demandDistinct(field, keys)
}

function demandUrl(field: string, url: string): void {
  demandForm(field, url, /^https?:\/\/\S+$/)
  limitBytes(field, url, 2048)
}

const keysOf = (buttons: readonly CardButton[]) => buttons.map(({ key }) => key)
const idsOf = (options: readonly { readonly id: string }[]) => options.map(({ id }) => id)
