import type { EventEmitter } from 'node:events'
import type { SimulatorCorp } from './corp.ts'
import type { Faults } from './faults.ts'
import type { MediaShelf } from './media.ts'
import type { Store } from './store.ts'
import type { MessageBody, TemplateCard } from './wire.ts'

/** Everything the parts of the simulator share. */
export interface World {
  readonly corp: SimulatorCorp
  readonly people: readonly Person[]
  readonly store: Store
  readonly media: MediaShelf
  readonly faults: Faults
  readonly limits: Limits
  readonly changes: Changes
  /** The wall clock plus the shift of the clock bar. */
  now(): Date
}

export interface Person {
  readonly userId: string
  readonly name: string
  readonly role: 'owner' | 'regulator'
  /** One line that tells a tester who this is. */
  readonly note?: string
}

export interface Limits {
  /** App messages one member gets in 60 seconds and in an hour; the rest vanishes, as with WeCom. */
  readonly messagesPerMinute: number
  readonly messagesPerHour: number
  /** How long the bot may take for a callback, in real milliseconds. */
  readonly callbackTimeoutMs: number
  /** How often a callback without a 200 is sent again, and after how many real milliseconds. */
  readonly redeliveries: number
  readonly redeliverAfterMs: number
}

/** WeCom's own; `redeliverAfterMs` is documented nowhere. */
export const wecomLimits: Limits = {
  messagesPerMinute: 30,
  messagesPerHour: 1000,
  callbackTimeoutMs: 5000,
  redeliveries: 3,
  redeliverAfterMs: 1000,
}

export type Changes = EventEmitter<{ message: [userId: string, message: ChatMessage]; clock: [] }>

export interface ChatMessage {
  readonly id: string
  readonly from: 'bot' | 'me'
  /** ISO 8601, by the simulated clock. */
  readonly at: string
  content: ChatContent
  /** The bot did not take it, however often it was delivered. */
  undelivered?: boolean
}

/** What is seen in a chat; a bot's texts are cut as WeCom cuts them. */
export type ChatContent =
  | { readonly type: 'text' | 'markdown'; readonly text: string }
  | { readonly type: 'image' | 'voice' | 'video' | 'file'; readonly mediaId: string; readonly filename: string }
  | { readonly type: 'location' | 'sticker'; readonly label: string }
  | { readonly type: 'link'; readonly title: string; readonly url: string }
  | {
      readonly type: 'textcard'
      readonly title: string
      readonly description: string
      readonly url: string
      readonly btntxt: string
    }
  | {
      readonly type: 'news'
      readonly articles: Extract<MessageBody, { msgtype: 'news' }>['news']['articles']
    }
  | CardContent

export interface CardContent {
  readonly type: 'card'
  card: TemplateCard
  /** Set by an update: the buttons are grey and say this. */
  replaceName?: string
  /** What the person ticked when submitting, by question key. */
  ticked?: Selections
}

/** Question key to the ids of the chosen options. */
export type Selections = Readonly<Record<string, readonly string[]>>

/** The member with this userid, which WeCom compares without regard to case. */
export const personOf = ({ people }: Pick<World, 'people'>, userId: string) =>
  people.find((person) => person.userId.toLowerCase() === userId.toLowerCase())

/** Puts a message into a person's chat and tells the open pages. */
export function post(world: World, userId: string, from: 'bot' | 'me', content: ChatContent): ChatMessage {
  const { state } = world.store
  const message: ChatMessage = { id: nextNumber(world), from, at: world.now().toISOString(), content }
  const chat = state.chats[userId] ?? []
  state.chats[userId] = chat
  chat.push(message)
  announce(world, userId, message)
  return message
}

/** Something in the message is different now. */
export function announce({ store, changes }: World, userId: string, message: ChatMessage) {
  store.touch()
  changes.emit('message', userId, message)
}

/** A number never given before, also after a restart. */
export function nextNumber({ store }: World): string {
  store.state.lastNumber += 1
  return String(store.state.lastNumber)
}
