import type { AnyEventObject } from 'xstate'
import { advance, innermost, opening } from '../../flows/advance.ts'
import type { EnrolmentContext, EnrolmentEffect } from '../../flows/enrolment/enrolment.machine.ts'
import type { Heard, KnownFacts } from '../../flows/flow.ts'
import type { HomeEffect } from '../../flows/home/home.machine.ts'
import { isStandingKey } from '../../flows/home/index.ts'
import { flows } from '../../flows/index.ts'
import type { WalkContext, WalkEffect } from '../../flows/self-assessment/self-assessment.machine.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { translators } from '../i18n/translator.ts'
import type { InboundMessage, Reply } from '../message/index.ts'
import { enrolmentParts } from '../replies/enrolment.ts'
import { homeParts } from '../replies/home.ts'
import { type Remark, remarkNote } from '../replies/remarks.ts'
import { composed, type Part } from '../replies/screen.ts'
import { walkParts } from '../replies/walk.ts'
import { listingOf } from '../standardization/listing-of.ts'
import { conversationOf, type OpenPrompt } from '../storage/conversations.ts'
import type { Trx } from '../storage/database.ts'
import { isUsccTaken } from '../storage/enrolment.ts'
import { claimInbound, markFailed, releaseForRetry } from '../storage/inbox.ts'
import { enqueue, promptSent } from '../storage/outbox.ts'
import { isPassing } from '../storage/passing.ts'
import { roleOf } from '../storage/regulators.ts'
import { carryOut, type Outcome } from './carry-out.ts'
import {
  type Conversation,
  languageOf,
  newConversation,
  restored,
  saveConversation,
  settingOf,
  userIdOf,
} from './conversation.ts'
import { hear } from './hear.ts'
import type { ConversationHouse } from './house.ts'

/**
 * Everything one message changes, it changes in one transaction; a message delivered again changes nothing.
 * When handling it throws, the message stays in the inbox as failed and its sender is told.
 * @throws when the database would not take it: the channel delivers it again
 */
export async function handleInbound(house: ConversationHouse, message: InboundMessage): Promise<void> {
  const { database, clock, log } = house
  try {
    await database.inTransaction(message.contact, async (trx) => {
      if (await claimInbound(trx, message, clock())) await takeTurn(trx, house, message)
    })
  } catch (error) {
    if (isPassing(error)) throw error
    await database.inTransaction(message.contact, async (trx) => {
      if (!(await claimInbound(trx, message, clock()))) return
      await markFailed(trx, message.dedupeKey, error instanceof Error ? (error.stack ?? error.message) : String(error))
      await apologize(trx, message, clock())
    })
    log.error({ err: error, dedupeKey: message.dedupeKey }, 'a message could not be handled and waits for an operator')
  }
}

/** Handles a failed message once more; false when there is none of this key. Throws when it fails again, and keeps it. */
export const retryInbound = (house: ConversationHouse, failed: InboundMessage): Promise<boolean> =>
  house.database.inTransaction(failed.contact, async (trx) => {
    const message = await releaseForRetry(trx, failed.dedupeKey)
    if (!message) return false
    await claimInbound(trx, message, house.clock())
    await takeTurn(trx, house, message)
    return true
  })

/** From what was said to what is answered. */
async function takeTurn(trx: Trx, house: ConversationHouse, message: InboundMessage): Promise<void> {
  const stored = await conversationOf(trx, message.contact)
  const known = stored && (await restored(trx, house, stored))
  const turn =
    known && !(await hasChangedSides(trx, known, message))
      ? await nextTurn(trx, house, message, known)
      : await firstTurn(trx, house, message)
  if (!turn) return

  const { conversation, parts } = turn
  const promptId = `${conversation.key}-${conversation.turn + 1}`
  const reply = composed(parts, promptId, translators[conversation.language])
  const prompt = promptAfter(conversation.prompt, parts, reply)

  await saveConversation(trx, { ...conversation, turn: conversation.turn + 1, prompt }, house.clock())
  await answerCards(trx, message, conversation, prompt, house.clock())
  if (reply) await enqueueReply(trx, message, reply, house.clock())
}

interface Turn {
  readonly conversation: Conversation
  readonly parts: readonly Part[]
}

/** A stranger is greeted, whatever was said; a regulator is expected, and has said something already. */
async function firstTurn(trx: Trx, house: ConversationHouse, message: InboundMessage): Promise<Turn | undefined> {
  if (!spoken.has(message.content.type)) return undefined
  const isRegulator = (await roleOf(trx, userIdOf(message.contact))).length > 0
  const fresh = newConversation(house, message.contact, isRegulator ? 'reviewDesk' : 'enrolment')
  const { snapshot, effects } = opening(fresh.machine, undefined)
  const conversation = { ...fresh, snapshot }
  if (!isRegulator) return settled(trx, house, message, conversation, effects)
  return message.content.type === 'entered'
    ? repeated(trx, house, message, conversation)
    : nextTurn(trx, house, message, conversation)
}

/** Made a regulator since, or no longer one: they begin anew on the other side. In a walk only a push calls to the desk. */
async function hasChangedSides(
  trx: Trx,
  { flow, contact }: Conversation,
  { content }: InboundMessage,
): Promise<boolean> {
  const isCalled = content.type === 'cardTap' && isStandingKey(content.key)
  if (flow === 'selfAssessment' && !isCalled) return false
  const isRegulator = (await roleOf(trx, userIdOf(contact))).length > 0
  return isRegulator !== (flow === 'reviewDesk')
}

/** What a person does, as against what the channel tells of itself. */
const spoken = new Set(['text', 'image', 'voice', 'video', 'location', 'link', 'cardTap', 'menuTap', 'entered'])

async function nextTurn(
  trx: Trx,
  house: ConversationHouse,
  message: InboundMessage,
  conversation: Conversation,
): Promise<Turn | undefined> {
  const hearing = hear(message, {
    prompt: conversation.prompt,
    lexicon: house.lexicons[conversation.language],
    ownCommands: conversation.flow === 'reviewDesk',
  })
  if (hearing.for === 'nobody') return undefined
  if (hearing.for === 'engine') return remarked(trx, house, message, conversation, hearing.remark)

  const event = await interpreted(trx, house, conversation, hearing.heard)
  const step = event && advance(conversation.machine, conversation.snapshot, event)
  if (step && (step.effects.length > 0 || step.snapshot !== conversation.snapshot)) {
    const turn = await settled(trx, house, message, { ...conversation, snapshot: step.snapshot }, step.effects)
    // A remark on the way does not hide what is waited for.
    const isRemark = turn.parts.length > 0 && turn.parts.every((part) => 'remark' in part)
    return isRemark ? repeated(trx, house, message, turn.conversation, turn.parts) : turn
  }
  if (hearing.heard.type === 'evidenceSettled') return undefined
  return remarked(trx, house, message, conversation, { about: 'useless', heard: hearing.heard })
}

/** What the flow takes the words for, once the house has added what it knows. */
async function interpreted(
  trx: Trx,
  house: ConversationHouse,
  { flow, setting, snapshot, language, enterpriseId, enterprise }: Conversation,
  heard: Heard,
): Promise<AnyEventObject | undefined> {
  const standing =
    flow === 'home' && enterpriseId ? await listingOf(trx, enterpriseId, chinaDateOf(house.clock())) : undefined
  const mayBegin = standing?.mayBegin ?? []
  const facts: KnownFacts = { mayBegin, ...(enterprise && { site: enterprise.site }) }
  const value = innermost(snapshot.value)
  const event = flows[flow].interpret(heard, {
    ...setting,
    facts,
    value,
    lexicon: house.lexicons[language],
    context: snapshot.context,
  })
  const uscc = usccOf(event, snapshot.context)
  return uscc && (await isUsccTaken(trx, uscc)) ? { type: 'uscc.taken', uscc } : event
}

/** The code an enrolment stands or falls with: when it is given, and again when it is about to be registered. */
function usccOf(event: AnyEventObject | undefined, context: unknown): string | undefined {
  if (event?.type === 'uscc.given') return event.uscc
  return event?.type === 'enrolment.confirmed' ? (context as EnrolmentContext).draft.uscc : undefined
}

/** The engine's own remark; the flow says again what it waits for. */
function remarked(
  trx: Trx,
  house: ConversationHouse,
  message: InboundMessage,
  conversation: Conversation,
  remark: Remark,
): Promise<Turn> {
  const language = (remark.about === 'language' && remark.to) || conversation.language
  const note = remarkNote(remark, {
    t: translators[language],
    library: house.library,
    enterprise: conversation.enterprise,
  })
  return repeated(trx, house, message, { ...conversation, language }, note ? [{ note }] : [])
}

/** Says again what is waited for. */
function repeated(
  trx: Trx,
  house: ConversationHouse,
  message: InboundMessage,
  conversation: Conversation,
  before: readonly Part[] = [],
): Promise<Turn> {
  const { snapshot, effects } = advance(conversation.machine, conversation.snapshot, { type: 'prompt.repeated' })
  return settled(trx, house, message, { ...conversation, snapshot }, effects, before)
}

/** Carries out what a step asked for; when that begins another flow, its first step belongs to the same turn. */
async function settled(
  trx: Trx,
  house: ConversationHouse,
  message: InboundMessage,
  conversation: Conversation,
  effects: readonly AnyEventObject[],
  before: readonly Part[] = [],
): Promise<Turn> {
  const outcome = await carryOut({ trx, house, message, conversation, at: house.clock() }, effects)
  const parts = [...before, ...partsOf(house, conversation, effects, outcome)]
  if (!outcome.next) return { conversation, parts }

  const { flow, input, ...place } = outcome.next
  const setting = settingOf(house, place.enterprise, place.assessment)
  const machine = flows[flow].machine(setting)
  const first = opening(machine, input)
  const next = { ...conversation, ...place, flow, setting, machine, snapshot: first.snapshot }
  return settled(trx, house, message, next, first.effects, parts)
}

function partsOf(
  house: ConversationHouse,
  { flow, language, setting, snapshot, enterprise }: Conversation,
  effects: readonly AnyEventObject[],
  outcome: Outcome,
): readonly Part[] {
  const t = translators[language]
  const { library, policy, checklist } = setting
  switch (flow) {
    case 'enrolment':
      return [
        ...enrolmentParts(effects as EnrolmentEffect[], {
          t,
          language,
          library,
          context: snapshot.context as EnrolmentContext,
          privacyUrl: `${house.publicUrl}/privacy`,
        }),
        ...outcome.parts,
      ]
    case 'selfAssessment': {
      if (!checklist || !enterprise) throw new Error('A walk has a checklist and an enterprise')
      const context = snapshot.context as WalkContext
      const today = chinaDateOf(house.clock())
      const view = { t, language, library, policy, checklist, context, today, site: enterprise.site }
      return [...walkParts(effects as WalkEffect[], view), ...outcome.parts]
    }
    case 'home':
      return [...(outcome.standing ? homeParts(effects as HomeEffect[], outcome.standing) : []), ...outcome.parts]
    case 'reviewDesk':
      return outcome.parts
  }
}

/** A note alone leaves the open prompt as it is; a question without buttons closes it. */
function promptAfter(open: OpenPrompt | null, parts: readonly Part[], reply: Reply | undefined): OpenPrompt | null {
  if (!parts.some((part) => 'screen' in part)) return open
  if (!reply?.prompt) return null
  const { id, kind, options } = reply.prompt
  return { id, kind, options: options.map(({ key, label }) => ({ key, label })) }
}

/** The tapped card shows what was chosen; a card that was answered in words shows that it was. Neither can be tapped again. */
async function answerCards(
  trx: Trx,
  { dedupeKey, contact, content }: InboundMessage,
  before: Conversation,
  after: OpenPrompt | null,
  at: Date,
): Promise<void> {
  const update = (chosenLabel: string, card: { responseCode: string } | { promptId: string }) =>
    enqueue(trx, {
      uniqueKey: `card:${dedupeKey}`,
      recipient: contact,
      kind: 'cardUpdate',
      update: { chosenLabel, ...card },
      cause: `conversation:${contact}`,
      dueAt: at,
      at,
    })
  if (content.type === 'cardTap') {
    await update(await chosenLabel(trx, content, before), { responseCode: content.responseCode })
  } else if (before.prompt && before.prompt.id !== after?.id) {
    await update(translators[before.language]('engine.answeredInWords'), { promptId: before.prompt.id })
  }
}

/** What was chosen on a tapped card, in the words it was offered in. */
async function chosenLabel(
  trx: Trx,
  { key, taskId, selections }: Extract<InboundMessage['content'], { type: 'cardTap' }>,
  { prompt, language }: Conversation,
): Promise<string> {
  const t = translators[language]
  const isOpen = prompt?.id === taskId
  if (!isOpen && !isStandingKey(key)) return t('engine.expired')
  const options = (isOpen ? prompt : await promptSent(trx, taskId))?.options ?? []
  const ticked = selections.flatMap((selection) => selection.options)
  const labels = options.filter((option) => option.key === key || ticked.includes(option.key)).map(({ label }) => label)
  return t('engine.chosen', { label: labels.join(t('screen.comma')) || t('engine.done') })
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
