import type { AnyEventObject } from 'xstate'
import type { Flow, FlowName, Place } from '../../../flows/flow.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import { translators } from '../../i18n/translator.ts'
import type { InboundMessage } from '../../message/index.ts'
import type { Part } from '../../replies/screen.ts'
import type { Speaking } from '../../replies/show.ts'
import type { Seen } from '../../storage/conversations.ts'
import type { Trx } from '../../storage/database.ts'
import type { AssessmentFacts, EnterpriseFacts } from '../../storage/enrolment.ts'
import type { ModelInquiry } from '../../storage/model-inquiries.ts'
import type { Conversation } from '../conversation.ts'
import type { ConversationHouse } from '../house.ts'

/** One message and all that is done for it: one transaction. */
export interface Unit {
  readonly trx: Trx
  readonly house: ConversationHouse
  readonly message: InboundMessage
  readonly conversation: Conversation
  readonly at: Date
  /** What a language model was asked about the message. */
  readonly inquiry?: ModelInquiry | undefined
}

/** What only the house can do for a flow. */
export interface Shell<Context, Event extends AnyEventObject, Effect extends AnyEventObject, Known> {
  readonly flow: Flow<Context, Event, Known>
  /** What the screens of this flow may draw on. */
  known(unit: Unit): Promise<Known>
  /** What their sentences may name. Pure. */
  scope(place: Place<Context, Known>, speaking: Speaking): Scope
  /** Before anything is heard: what others have done meanwhile. Undefined: nothing. */
  meanwhile?(unit: Unit): Promise<Meanwhile | undefined>
  /** Before the machine sees it: whose number, which application and round. */
  resolved?(unit: Unit, event: Event, place: Place<Context, Known>): Promise<Event>
  /** Effects become rows, in the transaction of the message that caused them. `place` is where they led to. */
  carriedOut(unit: Unit, effects: readonly Effect[], place: Place<Context, Known>): Promise<Outcome>
}

/** To whom it is said, in which words. */
export const speakingTo = ({ house, conversation, at }: Unit): Speaking => ({
  t: translators[conversation.language],
  language: conversation.language,
  library: house.library,
  policy: conversation.setting.policy,
  today: chinaDateOf(at),
  publicUrl: house.publicUrl,
})

export type Scope = Readonly<Record<string, unknown>>

export type AnyShell = Shell<unknown, AnyEventObject, AnyEventObject, unknown>

/** What carrying out brought. */
export interface Outcome {
  /** What is said of it, above what is waited for next. */
  readonly said: readonly Said[]
  /** That is all: what is waited for is not said again. */
  readonly alone?: boolean
  /** Where the conversation goes on. */
  readonly next?: Next
}

/** A note tells in a few words what was recorded, a remark answers what was asked on the way. */
export type Said = Exclude<Part, { readonly screen: unknown }>

/** A conversation brought up to date with what others have done. */
export interface Meanwhile {
  readonly conversation: Conversation
  readonly said: readonly Said[]
  /** What was said now was said to a screen, or to a whole walk, that is no longer there. */
  readonly stale: 'screen' | 'walk' | null
}

export interface Next {
  readonly flow: FlowName
  readonly input?: unknown
  readonly enterpriseId: string
  readonly enterprise: EnterpriseFacts
  readonly assessment: AssessmentFacts | null
  /** What its bookmark has seen of what others did; left out: as before. */
  readonly seen?: Seen
}
