import { randomBytes } from 'node:crypto'
import type { AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate'
import type { FlowName, Setting } from '../../flows/flow.ts'
import { flows } from '../../flows/index.ts'
import { type Checklist, checklistOf } from '../checklist/checklist.ts'
import { isLanguage, type Language, languages } from '../i18n/translator.ts'
import type { Policy } from '../policy/policy.ts'
import { lockedAssessment } from '../storage/assessments.ts'
import {
  conversationOf,
  nothingSeen,
  type OpenPrompt,
  type Seen,
  type StoredConversation,
  storeConversation,
} from '../storage/conversations.ts'
import type { Trx } from '../storage/database.ts'
import { type AssessmentFacts, assessmentFacts, type EnterpriseFacts, enterpriseFacts } from '../storage/enrolment.ts'
import type { ConversationHouse } from './house.ts'

/** Where a contact is, ready to take the next step. */
export interface Conversation {
  readonly contact: string
  readonly key: string
  readonly language: Language
  readonly turn: number
  readonly prompt: OpenPrompt | null
  readonly enterpriseId: string | null
  /** Present while a checklist is walked. */
  readonly assessment: AssessmentFacts | null
  readonly enterprise: EnterpriseFacts | null
  readonly flow: FlowName
  readonly setting: Setting
  readonly machine: AnyStateMachine
  readonly snapshot: AnyMachineSnapshot
  /** Of what others did in the same walk. */
  readonly seen: Seen
  /** The checklist its bookmark counts by, where the walk has another by now. */
  readonly refs: string | null
}

/** A snapshot as stored: it says what it is. */
interface Envelope {
  readonly flow: FlowName
  readonly version: number
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
}

/** A snapshot as it is to be stored. */
export const envelopeOf = (flow: FlowName, { value, context }: AnyMachineSnapshot): Envelope => ({
  flow,
  version: flows[flow].version,
  value,
  context: context as Envelope['context'],
})

/** A stored snapshot, lifted to the version its flow has today. */
export function envelopeIn(stored: string): Envelope {
  const { flow, version, value, context } = JSON.parse(stored) as Envelope
  const today = flows[flow].version
  return version === today
    ? { flow, version, value, context }
    : { flow, version: today, ...flows[flow].migrate({ value, context }, version) }
}

/** A contact heard of for the first time. */
export function newConversation(
  house: ConversationHouse,
  contact: string,
  flow: FlowName,
): Omit<Conversation, 'snapshot'> {
  const setting = { library: house.library, policy: policyOf(house, house.policyId) }
  return {
    contact,
    key: randomBytes(6).toString('hex'),
    language: languages[0],
    turn: 0,
    prompt: null,
    enterpriseId: null,
    assessment: null,
    enterprise: null,
    flow,
    setting,
    machine: flows[flow].machine(setting),
    seen: nothingSeen,
    refs: null,
  }
}

/** Where a contact is. Whoever walks the same assessment waits until this is done, in whatever process. */
export async function heldConversation(
  trx: Trx,
  { database: { dialect } }: Pick<ConversationHouse, 'database'>,
  contact: string,
): Promise<StoredConversation | undefined> {
  const stored = await conversationOf(trx, contact)
  // SQLite has one writer, and it is this one.
  if (!stored?.assessmentId || dialect === 'sqlite') return stored
  await lockedAssessment(trx, dialect, stored.assessmentId)
  return conversationOf(trx, contact)
}

/** @throws Error when the snapshot's state no longer exists: a migration is missing */
export async function restored(trx: Trx, house: ConversationHouse, stored: StoredConversation): Promise<Conversation> {
  const { flow, value, context } = envelopeIn(stored.snapshot)
  // What a row can change is read anew for every message: another process may have changed it.
  const { assessmentId, enterpriseId, refs, seen } = stored
  const facts = assessmentId === null ? null : await assessmentFacts(trx, assessmentId)
  const assessment = facts && refs !== null ? { ...facts, refs } : facts
  const enterprise = enterpriseId === null ? null : await enterpriseFacts(trx, enterpriseId)
  const setting = settingOf(house, enterprise, assessment)
  const machine = flows[flow].machine(setting)
  return {
    contact: stored.contact,
    key: stored.key,
    language: languageOf(stored.language),
    turn: stored.turn,
    prompt: stored.prompt,
    enterpriseId: stored.enterpriseId,
    assessment,
    enterprise,
    flow,
    setting,
    machine,
    snapshot: machine.resolveState({ value, context }),
    seen,
    refs,
  }
}

export function settingOf(
  house: ConversationHouse,
  enterprise: EnterpriseFacts | null,
  assessment: AssessmentFacts | null,
): Setting {
  return {
    library: house.library,
    policy: policyOf(house, assessment?.policy ?? enterprise?.policy ?? house.policyId),
    ...(assessment && { checklist: rememberedChecklist(house, assessment.refs) }),
  }
}

export async function saveConversation(trx: Trx, conversation: Conversation, at: Date): Promise<void> {
  await storeConversation(
    trx,
    {
      contact: conversation.contact,
      key: conversation.key,
      language: conversation.language,
      enterpriseId: conversation.enterpriseId,
      assessmentId: conversation.assessment?.id ?? null,
      snapshot: JSON.stringify(envelopeOf(conversation.flow, conversation.snapshot)),
      turn: conversation.turn,
      prompt: conversation.prompt,
      seen: conversation.seen,
      refs: conversation.refs,
    },
    at,
  )
}

export const languageOf = (stored = ''): Language => (isLanguage(stored) ? stored : languages[0])

export function policyOf({ policies }: ConversationHouse, id: string): Policy {
  const policy = policies.get(id)
  if (!policy) throw new Error(`There is no policy ${id} in checklists/policies`)
  return policy
}

/** Enterprises of the same kind walk the same list, and so share the checklist and its machine. */
const rememberedChecklist = ({ library, checklists }: ConversationHouse, refs: string): Checklist =>
  checklists.get(refs) ?? keep(checklists, refs, checklistOf(library, JSON.parse(refs) as string[]), MOST_CHECKLISTS)

function keep<T>(known: Map<string, T>, key: string, value: T, most: number): T {
  if (known.size >= most) known.delete(known.keys().next().value ?? '')
  known.set(key, value)
  return value
}

const MOST_CHECKLISTS = 500
