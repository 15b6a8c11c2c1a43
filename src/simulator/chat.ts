import type { CallbackPost, Delivery, XmlFields } from './callbacks.ts'
import { issueResponseCode } from './response-codes.ts'
import type { TemplateCard } from './wire.ts'
import {
  announce,
  type CardContent,
  type ChatMessage,
  type Person,
  personOf,
  post,
  type Selections,
  type World,
} from './world.ts'

export type OtherKind = 'sticker' | 'voice' | 'video' | 'location' | 'link' | 'file'

/**
 * What people do in the chat with the bot. Each resolves when the bot has taken the callback or WeCom has given up;
 * what happens in the chat happens at once. Each throws when a person could not do it, such as tapping a grey button.
 */
export interface ChatActions {
  /** Opens the chat: the event `enter_agent`. */
  enter(userId: string): Promise<Delivery>
  say(userId: string, text: string): Promise<Delivery>
  sendPhoto(userId: string, bytes: Uint8Array, filename: string): Promise<Delivery>
  /** Something the bot may not understand. WeCom documents no callback for stickers and files; here they come as unknown types. */
  sendOther(userId: string, kind: OtherKind): Promise<Delivery>
  /** Taps a button or a menu entry of a card; `selectedId` is the choice in the card's drop-down list. */
  tap(userId: string, taskId: string, key: string, selectedId?: string): Promise<Delivery>
  /** Ticks options of a vote card, or one option per list of a multiple card, in their order, and submits. */
  submit(userId: string, taskId: string, optionKeys: readonly string[]): Promise<Delivery>
}

export function createChatActions(
  world: World,
  callbacks: CallbackPost,
  pictureUrl: (mediaId: string) => string,
): ChatActions {
  const { corp, media } = world

  const event = (userId: string, fields: XmlFields) =>
    callbacks.send(userId, { MsgType: 'event', AgentID: corp.agentId, ...fields })

  const ordinary = ({ userId }: Person, message: ChatMessage, MsgType: string, fields: XmlFields) =>
    callbacks.send(userId, { MsgType, ...fields, MsgId: msgIdOf(message), AgentID: corp.agentId }, message.id)

  const attach = (type: 'image' | 'voice' | 'video' | 'file', bytes: Uint8Array, filename: string) => ({
    type,
    mediaId: media.put(bytes, type, filename, world.now()),
    filename,
  })

  function sendAttachment(userId: string, kind: 'voice' | 'video' | 'file') {
    const person = knownPerson(world, userId)
    const [bytes, filename, format] = samples[kind]
    const content = attach(kind, Buffer.from(bytes, 'latin1'), filename)
    const message = post(world, person.userId, 'me', content)
    const extra =
      kind === 'video' ? { ThumbMediaId: media.put(samplePicture, 'image', 'thumb.png', world.now()) } : format
    return ordinary(person, message, kind, { MediaId: content.mediaId, ...extra })
  }

  function sendCardEvent(userId: string, Event: string, EventKey: string, card: TemplateCard, chosen: Selections = {}) {
    const taskId = card.task_id ?? ''
    const SelectedItem = Object.entries(chosen).map(([QuestionKey, OptionId]) => ({
      QuestionKey,
      OptionIds: { OptionId },
    }))
    return event(userId, {
      Event,
      EventKey,
      TaskId: taskId,
      CardType: card.card_type,
      ResponseCode: issueResponseCode(world, taskId),
      ...(SelectedItem.length > 0 ? { SelectedItems: { SelectedItem } } : {}),
    })
  }

  return {
    enter: async (userId) => event(knownPerson(world, userId).userId, { Event: 'enter_agent', EventKey: '' }),

    async say(userId, text) {
      const person = knownPerson(world, userId)
      const message = post(world, person.userId, 'me', { type: 'text', text })
      return ordinary(person, message, 'text', { Content: text })
    },

    async sendPhoto(userId, bytes, filename) {
      const person = knownPerson(world, userId)
      const content = attach('image', bytes, filename)
      const message = post(world, person.userId, 'me', content)
      return ordinary(person, message, 'image', { PicUrl: pictureUrl(content.mediaId), MediaId: content.mediaId })
    },

    async sendOther(userId, kind) {
      if (kind === 'voice' || kind === 'video' || kind === 'file') return sendAttachment(userId, kind)
      const person = knownPerson(world, userId)
      if (kind === 'sticker') {
        return ordinary(person, post(world, person.userId, 'me', { type: 'sticker', label: '表情' }), 'sticker', {})
      }
      if (kind === 'link') {
        const message = post(world, person.userId, 'me', { type: 'link', title: samplePage.Title, url: samplePage.Url })
        return ordinary(person, message, 'link', samplePage)
      }
      const message = post(world, person.userId, 'me', { type: 'location', label: samplePlace.Label })
      return ordinary(person, message, 'location', samplePlace)
    },

    async tap(userId, taskId, key, selectedId) {
      const { person, content, message } = liveCard(world, userId, taskId)
      const { card } = content
      if ('action_menu' in card && card.action_menu?.action_list.some((action) => action.key === key)) {
        return sendCardEvent(person.userId, 'template_card_menu_event', key, card)
      }
      if (
        card.card_type !== 'button_interaction' ||
        !card.button_list.some((button) => button.type === 0 && button.key === key)
      ) {
        throw new Error(`Card ${taskId} has no button ${key}`)
      }
      const chosen = dropDownChoice(card, selectedId)
      content.ticked = chosen
      announce(world, person.userId, message)
      return sendCardEvent(person.userId, 'template_card_event', key, card, chosen)
    },

    async submit(userId, taskId, optionKeys) {
      const { person, content, message } = liveCard(world, userId, taskId)
      const { card } = content
      if (!('submit_button' in card)) throw new Error(`Card ${taskId} has nothing to submit`)
      const chosen = submittedChoices(card, optionKeys)
      content.ticked = chosen
      announce(world, person.userId, message)
      return sendCardEvent(person.userId, 'template_card_event', card.submit_button.key, card, chosen)
    },
  }

  /** 64 bits, as WeCom's are: too long for a JavaScript number. */
  function msgIdOf({ id }: ChatMessage): string {
    return String(7_000_000_000_000_000_000n + BigInt(id))
  }
}

/** The newest message that holds the card; throws when it is grey or not there. */
function liveCard(world: World, userId: string, taskId: string) {
  const person = knownPerson(world, userId)
  const found = cardMessagesOf(world, person.userId, taskId).at(-1)
  if (!found) throw new Error(`${userId} has no card ${taskId}`)
  if (found.content.replaceName !== undefined)
    throw new Error(`Card ${taskId} is done with: ${found.content.replaceName}`)
  return { person, ...found }
}

/** The person's messages that hold this card, oldest first. */
export function cardMessagesOf(
  { store }: World,
  userId: string,
  taskId: string,
): { message: ChatMessage; content: CardContent }[] {
  return (store.state.chats[userId] ?? []).flatMap((message) =>
    message.content.type === 'card' && message.content.card.task_id === taskId
      ? { message, content: message.content }
      : [],
  )
}

function knownPerson(world: World, userId: string): Person {
  const person = personOf(world, userId)
  if (!person) throw new Error(`Nobody here is called ${userId}`)
  return person
}

function dropDownChoice(
  { button_selection }: Extract<TemplateCard, { card_type: 'button_interaction' }>,
  selectedId?: string,
): Selections {
  if (!button_selection) return {}
  const id = selectedId ?? button_selection.selected_id ?? button_selection.option_list[0]?.id ?? ''
  if (!button_selection.option_list.some((option) => option.id === id)) throw new Error(`There is no option ${id}`)
  return { [button_selection.question_key]: [id] }
}

type SubmittableCard = Extract<TemplateCard, { submit_button: unknown }>

function submittedChoices(card: SubmittableCard, optionKeys: readonly string[]): Selections {
  if (card.card_type === 'vote_interaction') {
    const { question_key, mode, option_list } = card.checkbox
    const known = optionKeys.every((key) => option_list.some(({ id }) => id === key))
    if (!known) throw new Error(`Card ${card.task_id} does not offer all of ${optionKeys.join(', ')}`)
    if (optionKeys.length === 0) throw new Error('The submit button stays grey until something is ticked')
    if (mode === 0 && optionKeys.length > 1) throw new Error('Only one option can be ticked')
    return { [question_key]: option_list.map(({ id }) => id).filter((id) => optionKeys.includes(id)) }
  }
  return Object.fromEntries(
    card.select_list.map(({ question_key, option_list, selected_id }, index) => {
      const id = optionKeys[index] ?? selected_id ?? ''
      if (!option_list.some((option) => option.id === id)) throw new Error(`List ${question_key} has no option ${id}`)
      return [question_key, [id]]
    }),
  )
}

const samples = {
  voice: ['#!AMR\n\x3c\x00\x00\x00\x00\x00', '语音.amr', { Format: 'amr' }],
  video: ['\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00', '视频.mp4', {}],
  file: ['%PDF-1.4\n%%EOF\n', '消防验收.pdf', {}],
} as const

const samplePicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const samplePlace = {
  Location_X: 22.7209,
  Location_Y: 114.2468,
  Scale: 16,
  Label: '深圳市龙岗区龙城街道',
  AppType: 'wxwork',
}

const samplePage = {
  Title: '深圳市应急管理局',
  Description: '安全生产标准化',
  Url: 'https://yjgl.sz.gov.cn/',
  PicUrl: 'https://yjgl.sz.gov.cn/favicon.ico',
}
