import type { Place } from '../../flows/flow.ts'
import type { Proposal } from '../../flows/proposal.ts'
import type { WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import { translators } from '../i18n/translator.ts'
import type { Inquiry, LanguageModel } from '../language-model/language-model.ts'
import type { InboundMessage } from '../message/index.ts'
import { itemWords } from '../replies/checklist-words.ts'
import { conversationOf } from '../storage/conversations.ts'
import type { Trx } from '../storage/database.ts'
import { wasClaimed } from '../storage/inbox.ts'
import { membersOf } from '../storage/members.ts'
import type { ModelInquiry } from '../storage/model-inquiries.ts'
import { restored } from './conversation.ts'
import { hear } from './hear.ts'
import type { ConversationHouse } from './house.ts'
import { listeningAt, placeOf } from './listening.ts'
import type { Unit } from './shells/shell.ts'

/**
 * Handles a message together with what a language model takes its words for, if there is one and nobody else
 * understands them. It is asked before the transaction of the message begins, so that none is held open meanwhile;
 * what it said goes on record with the message. Messages of one contact stay in their order, and what comes while
 * the model is asked waits for that and is not asked about itself: nobody waits longer than the time limit.
 */
export async function withProposal(
  house: ConversationHouse,
  message: InboundMessage,
  handle: (inquiry?: ModelInquiry) => Promise<void>,
): Promise<void> {
  const { model } = house
  if (!model) return handle()
  const { contact } = message
  const last = underWay.get(model) ?? new Map<string, Promise<unknown>>()
  underWay.set(model, last)
  const before = last.get(contact)
  // What fails here fails when the message is handled, too, and is dealt with there.
  const inquiry = before ? before.then(nothing, nothing) : consulted(house, model, message).catch(nothing)
  const mine = inquiry.then(handle)
  last.set(contact, mine)
  try {
    await mine
  } finally {
    if (last.get(contact) === mine) last.delete(contact)
  }
}

const nothing = () => undefined

/** The newest message of each contact that is being handled. */
const underWay = new WeakMap<LanguageModel, Map<string, Promise<unknown>>>()

async function consulted(
  house: ConversationHouse,
  model: LanguageModel,
  message: InboundMessage,
): Promise<ModelInquiry | undefined> {
  const { content, contact, dedupeKey } = message
  if (content.type !== 'text' || content.text.length > LONGEST) return undefined
  const open = await house.database.inTransaction(contact, (trx) => openQuestion(trx, house, message, content.text))
  const asked = open && (await model.ask(open.inquiry, dedupeKey))
  if (!asked) return undefined
  const { turn, itemRef } = open
  const leans = asked.outcome === 'proposed' ? asked.proposal.leans : null
  return { message: dedupeKey, turn, itemRef, outcome: asked.outcome, leans }
}

/** In characters. Who writes more tells a story. */
const LONGEST = 120

interface OpenQuestion {
  readonly turn: number
  readonly itemRef: string
  readonly inquiry: Inquiry
}

/** The question that stands in front of words which nobody understands, if there is one. */
async function openQuestion(
  trx: Trx,
  house: ConversationHouse,
  message: InboundMessage,
  said: string,
): Promise<OpenQuestion | undefined> {
  if (await wasClaimed(trx, message.dedupeKey)) return undefined
  const stored = await conversationOf(trx, message.contact)
  if (!stored?.assessmentId) return undefined
  const conversation = await restored(trx, house, stored)
  const unit = { trx, house, message, conversation, at: house.clock() }
  const place = await placeOf(unit)
  const listening = listeningAt(place, unit)
  const item = itemInHand(place)
  if (!item || !listening.flow.screen(place).proposed) return undefined
  const heard = hear(message, listening)
  if (heard.for !== 'flow' || heard.event.type !== 'answer.notUnderstood') return undefined
  if (namesSomebody(said, await namesKnown(unit))) return undefined

  const { language, turn } = conversation
  const inquiry = {
    instruction: translators[language]('engine.modelInstruction'),
    question: itemWords(item, language).question,
    compliantAnswer: item.compliantAnswer,
    parts: item.hears?.parts ?? [],
    said,
  }
  return { turn, itemRef: item.ref, inquiry }
}

/** What was proposed, where the conversation still stands where it was asked. */
export function proposalAt(place: Place<unknown, unknown>, { conversation, inquiry }: Unit): Proposal | undefined {
  if (!inquiry?.leans || conversation.turn !== inquiry.turn) return undefined
  const { message, itemRef, leans } = inquiry
  return itemInHand(place)?.ref === itemRef ? { message, leans } : undefined
}

const itemInHand = ({ checklist, context }: Place<unknown, unknown>) =>
  checklist?.items[(context as WalkContext).position]

/** Who they are never leaves the house, nor a number that could be a phone's, a licence's or a person's. */
function namesSomebody(said: string, names: readonly string[]): boolean {
  const plain = said.normalize('NFKC').replaceAll(/[\s-]/g, '')
  return /\d{6}/.test(plain) || names.some((name) => name !== '' && plain.includes(name.replaceAll(/[\s-]/g, '')))
}

async function namesKnown({ trx, conversation: { enterprise } }: Unit): Promise<string[]> {
  if (!enterprise) return []
  const members = await membersOf(trx, enterprise.id)
  return [enterprise.name, enterprise.contactName, ...members.map(({ name }) => name)]
}
