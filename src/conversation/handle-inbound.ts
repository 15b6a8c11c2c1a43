import type { AnyEventObject } from 'xstate'
import { advance, opening } from '../../flows/advance.ts'
import type { WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import { codeHeard } from '../../flows/words/index.ts'
import { translators } from '../i18n/translator.ts'
import { regulatorOf } from '../message/contact.ts'
import type { InboundMessage, Reply } from '../message/index.ts'
import { cancelNudge, scheduleNudge } from '../reminders/index.ts'
import { cardLabel } from '../replies/card-label.ts'
import { type Remark, remarkNote } from '../replies/remarks.ts'
import { composed, type Part, type Screen } from '../replies/screen.ts'
import { shown } from '../replies/show.ts'
import { conversationOf, type OpenPrompt } from '../storage/conversations.ts'
import type { Trx } from '../storage/database.ts'
import { claimInbound, markFailed, releaseForRetry } from '../storage/inbox.ts'
import { keepModelInquiry, type ModelInquiry, modelInquiryOn } from '../storage/model-inquiries.ts'
import { enqueue, labelShownOn, promptSent, waitFor } from '../storage/outbox.ts'
import { isPassing } from '../storage/passing.ts'
import { roleOf } from '../storage/regulators.ts'
import { proposalAt, withProposal } from './consulted.ts'
import {
  type Conversation,
  heldConversation,
  languageOf,
  newConversation,
  restored,
  saveConversation,
} from './conversation.ts'
import { hear, isStandingKey } from './hear.ts'
import type { ConversationHouse } from './house.ts'
import { listeningAt, placeOf } from './listening.ts'
import { remarkView } from './remark-view.ts'
import { goneOn } from './shells/go-on.ts'
import { shells } from './shells/index.ts'
import { type Outcome, speakingTo, type Unit } from './shells/shell.ts'

/**
 * Everything one message changes, it changes in one transaction; a message delivered again changes nothing.
 * When handling it throws, the message stays in the inbox as failed and its sender is told.
 * @throws when the database would not take it: the channel delivers it again
 */
export const handleInbound = (house: ConversationHouse, message: InboundMessage): Promise<void> =>
  withProposal(house, message, (inquiry) => handled(house, message, inquiry))

async function handled(house: ConversationHouse, message: InboundMessage, inquiry?: ModelInquiry): Promise<void> {
  const { database, clock, log } = house
  try {
    await database.inTransaction(message.contact, async (trx) => {
      if (await claimed(trx, message, clock(), inquiry)) await takeTurn(trx, house, message, inquiry)
    })
  } catch (error) {
    if (isPassing(error)) throw error
    await database.inTransaction(message.contact, async (trx) => {
      if (!(await claimed(trx, message, clock(), inquiry))) return
      await markFailed(trx, message.dedupeKey, error instanceof Error ? (error.stack ?? error.message) : String(error))
      await apologize(trx, message, clock())
    })
    log.error({ err: error, dedupeKey: message.dedupeKey }, 'a message could not be handled and waits for an operator')
  }
}

/** With what a model was asked about it: handled once more, it says the same. */
async function claimed(trx: Trx, message: InboundMessage, at: Date, inquiry?: ModelInquiry): Promise<boolean> {
  if (!(await claimInbound(trx, message, at))) return false
  if (inquiry) await keepModelInquiry(trx, inquiry, at)
  return true
}

/** Handles a failed message once more; false when there is none of this key. Throws when it fails again, and keeps it. */
export const retryInbound = (house: ConversationHouse, failed: InboundMessage): Promise<boolean> =>
  house.database.inTransaction(failed.contact, async (trx) => {
    const message = await releaseForRetry(trx, failed.dedupeKey)
    if (!message) return false
    await claimInbound(trx, message, house.clock())
    await takeTurn(trx, house, message, await modelInquiryOn(trx, message.dedupeKey))
    return true
  })

/** From what was said to what is answered. */
async function takeTurn(
  trx: Trx,
  house: ConversationHouse,
  message: InboundMessage,
  inquiry: ModelInquiry | undefined,
): Promise<void> {
  const at = house.clock()
  const stored = await heldConversation(trx, house, message.contact)
  const known = stored && (await restored(trx, house, stored))
  const isKnown = known && !(await hasChangedSides(trx, known, message))
  if (!isKnown && !spoken.has(message.content.type)) return
  const before = isKnown ? known : await begun(trx, house, message)
  const unit = { trx, house, message, conversation: before, at, inquiry }
  const turn = isKnown || isExpected(before, message) ? await nextTurn(unit) : await asItStands(unit)
  if (!turn) return

  const { conversation, parts } = turn
  const promptId = `${conversation.key}-${conversation.turn + 1}`
  const reply = composed(parts, promptId, translators[conversation.language])
  const prompt = promptAfter(before, turn, reply)

  await saveConversation(trx, { ...conversation, turn: conversation.turn + 1, prompt }, at)
  await answerCards(unit, prompt)
  await mindWalk(trx, conversation, at)
  if (reply) await enqueueReply(trx, message, reply, at)
}

/** A walk that is left lying is remembered; what ended is not, nor one question that was asked of a colleague. */
const mindWalk = (trx: Trx, { flow, contact, snapshot, setting: { policy } }: Conversation, at: Date) =>
  flow === 'selfAssessment' && !(snapshot.context as WalkContext).only
    ? scheduleNudge(trx, { contact, policy, at })
    : cancelNudge(trx, contact)

/** What came of a message. */
interface Turn {
  readonly conversation: Conversation
  readonly parts: readonly Part[]
}

/** A contact heard of for the first time, or on another side than before. */
async function begun(trx: Trx, house: ConversationHouse, { contact }: InboundMessage): Promise<Conversation> {
  const fresh = newConversation(house, contact, (await isRegulator(trx, contact)) ? 'reviewDesk' : 'enrolment')
  return { ...fresh, snapshot: opening(fresh.machine, undefined).snapshot }
}

/**
 * A stranger is greeted, whatever was said, unless it was a colleague's code; a regulator is expected, and has said
 * something already.
 */
const isExpected = ({ flow }: Conversation, { content }: InboundMessage) =>
  flow === 'reviewDesk' ? content.type !== 'entered' : content.type === 'text' && codeHeard(content.text) !== undefined

/** Made a regulator since, or no longer one: they begin anew on the other side. In a walk only a push calls to the desk. */
async function hasChangedSides(
  trx: Trx,
  { flow, contact }: Conversation,
  { content }: InboundMessage,
): Promise<boolean> {
  const isCalled = content.type === 'cardTap' && isStandingKey(content.key)
  if (flow === 'selfAssessment' && !isCalled) return false
  return (await isRegulator(trx, contact)) !== (flow === 'reviewDesk')
}

async function isRegulator(trx: Trx, contact: string): Promise<boolean> {
  const userId = regulatorOf(contact)
  return userId !== undefined && (await roleOf(trx, userId)).length > 0
}

/** What a person does, as against what the channel tells of itself. */
const spoken = new Set(['text', 'image', 'voice', 'video', 'location', 'link', 'cardTap', 'menuTap', 'entered'])

/** What others did meanwhile comes first: what was said to a screen that is no longer there is not heard. */
async function nextTurn(unit: Unit): Promise<Turn | undefined> {
  const meanwhile = await shells[unit.conversation.flow].meanwhile?.(unit)
  if (!meanwhile) return heardTurn(unit)
  const { conversation, said, stale } = meanwhile
  const now = { ...unit, conversation }
  const type = unit.message.content.type
  if (type === 'image' && stale === 'screen') return photoFirst(unit)
  // What the house did by itself was said to no screen.
  if (stale && !(type === 'evidenceSettled' && stale === 'screen')) return asItStands(now, said)
  const turn = await heardTurn(now)
  if (turn) return { ...turn, parts: [...said, ...turn.parts] }
  return said.length > 0 ? asItStands(now, said) : { conversation, parts: [] }
}

/** A photo belongs to the question it was sent to, whoever answered that meanwhile. */
async function photoFirst(unit: Unit): Promise<Turn | undefined> {
  const turn = await heardTurn(unit)
  const meanwhile =
    turn && (await shells[turn.conversation.flow].meanwhile?.({ ...unit, conversation: turn.conversation }))
  if (!meanwhile) return turn
  const said = turn.parts.filter((part) => !('screen' in part))
  return asItStands({ ...unit, conversation: meanwhile.conversation }, [...said, ...meanwhile.said])
}

async function heardTurn(unit: Unit): Promise<Turn | undefined> {
  const { message, conversation } = unit
  const shell = shells[conversation.flow]
  const place = await placeOf(unit)
  const heard = hear(message, { ...listeningAt(place, unit), proposal: proposalAt(place, unit) })
  switch (heard.for) {
    case 'nobody':
      return undefined
    case 'engine':
      return remarked(unit, heard.remark)
    case 'flow': {
      const event = (await shell.resolved?.(unit, heard.event, place)) ?? heard.event
      const turn = await stepped(unit, event)
      return turn ?? (message.content.type === 'evidenceSettled' ? undefined : remarked(unit, heard.otherwise))
    }
  }
}

/** One step and what follows from it; undefined when the event means nothing where the conversation stands. */
async function stepped(unit: Unit, event: AnyEventObject): Promise<Turn | undefined> {
  const { conversation } = unit
  const { snapshot, effects } = advance(conversation.machine, conversation.snapshot, event)
  if (effects.length === 0 && snapshot === conversation.snapshot) return undefined
  return settled({ ...unit, conversation: { ...conversation, snapshot } }, effects)
}

/** Carries out what a step asked for; when that begins another flow, its first step belongs to the same turn. */
async function settled(unit: Unit, effects: readonly AnyEventObject[], before: readonly Part[] = []): Promise<Turn> {
  const { house, conversation } = unit
  const shell = shells[conversation.flow]
  const outcome = await shell.carriedOut(unit, effects, await placeOf(unit))
  const parts = [...before, ...outcome.said]
  if (!outcome.next) return isSilent(unit, outcome) ? { conversation, parts } : asItStands(unit, parts)

  const first = goneOn(house, conversation, outcome.next)
  const next = { ...unit, conversation: first.conversation }
  return outcome.alone ? { conversation: next.conversation, parts } : settled(next, first.effects, parts)
}

/** What the house did by itself is told only when there is something to tell. */
const isSilent = ({ message }: Unit, { alone, said }: Outcome) =>
  alone || (message.content.type === 'evidenceSettled' && said.length === 0)

/** Says what is waited for where the conversation stands. */
const asItStands = async (unit: Unit, before: readonly Part[] = []): Promise<Turn> => ({
  conversation: unit.conversation,
  parts: [...before, { screen: await screenOf(unit) }],
})

async function screenOf(unit: Unit): Promise<Screen> {
  const { flow, scope } = shells[unit.conversation.flow]
  const place = await placeOf(unit)
  const speaking = speakingTo(unit)
  return shown(flow.screen(place), scope(place, speaking), speaking)
}

/** The engine's own remark, above what is waited for. */
async function remarked(unit: Unit, remark: Remark): Promise<Turn> {
  const language = (remark.about === 'language' && remark.to) || unit.conversation.language
  const spoken = { ...unit, conversation: { ...unit.conversation, language } }
  const text = remarkNote(remark, await remarkView(spoken))
  return asItStands(spoken, text ? [{ remark: text }] : [])
}

/** What was waited for still stands when nothing else was said to be; a question without buttons closes it. */
function promptAfter(before: Conversation, { conversation, parts }: Turn, reply: Reply | undefined): OpenPrompt | null {
  if (!parts.some((part) => 'screen' in part)) return conversation.flow === before.flow ? before.prompt : null
  if (!reply?.prompt) return null
  const { id, kind, options } = reply.prompt
  return {
    id,
    kind,
    options: options.map(({ key, label, number }) => ({ key, label, ...(number !== undefined && { number }) })),
  }
}

/**
 * The tapped card shows what was chosen, and how long the next message is held up, if it is; a card that was answered
 * in words shows that it was. Neither can be tapped again.
 */
async function answerCards(
  { trx, house, message, conversation: before, at }: Unit,
  after: OpenPrompt | null,
): Promise<void> {
  const { dedupeKey, contact, content } = message
  const update = (chosenLabel: string, card: { responseCode?: string; promptId: string }) =>
    enqueue(trx, {
      uniqueKey: `card:${dedupeKey}`,
      recipient: contact,
      kind: 'cardUpdate',
      update: { chosenLabel, ...card },
      cause: `conversation:${contact}`,
      dueAt: at,
      at,
    })
  const t = translators[before.language]
  if (content.type === 'cardTap') {
    const { responseCode, taskId } = content
    const label = {
      chosen: await chosenLabel(trx, content, before),
      shown: await labelShownOn(trx, taskId),
      wait: await waitFor(trx, contact, at, house.rates),
    }
    await update(cardLabel(label, t), { responseCode, promptId: taskId })
  } else if (before.prompt && before.prompt.id !== after?.id) {
    await update(t('engine.answeredInWords'), { promptId: before.prompt.id })
  }
}

/** What was chosen on a tapped card, in the words it was offered in; undefined on one that is out of date. */
async function chosenLabel(
  trx: Trx,
  { key, taskId, selections }: Extract<InboundMessage['content'], { type: 'cardTap' }>,
  { prompt, language }: Conversation,
): Promise<string | undefined> {
  const t = translators[language]
  const isOpen = prompt?.id === taskId
  if (!isOpen && !isStandingKey(key)) return undefined
  const options = (isOpen ? prompt : await promptSent(trx, taskId))?.options ?? []
  const ticked = selections.flatMap((selection) => selection.options)
  const labels = options.filter((option) => option.key === key || ticked.includes(option.key)).map(({ label }) => label)
  return labels.join(t('screen.comma')) || t('engine.done')
}

const enqueueReply = (trx: Trx, { dedupeKey, contact }: InboundMessage, reply: Reply, at: Date, kind = 'reply') =>
  enqueue(trx, {
    uniqueKey: `${kind}:${dedupeKey}`,
    recipient: contact,
    kind: 'reply',
    reply,
    cause: `conversation:${contact}`,
    dueAt: at,
    at,
  })

/** Says so at once, and truthfully: what was said is stored. */
async function apologize(trx: Trx, message: InboundMessage, at: Date): Promise<void> {
  if (!spoken.has(message.content.type)) return
  const stored = await conversationOf(trx, message.contact)
  await enqueueReply(trx, message, { text: translators[languageOf(stored?.language)]('engine.apology') }, at, 'apology')
}
