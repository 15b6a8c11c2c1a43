import { builtOnce } from './built-once.ts'
import type { Db, Trx } from './database.ts'
import type { ConversationTable } from './tables.ts'

/** Where a contact is, as stored. */
export interface StoredConversation {
  readonly contact: string
  readonly key: string
  readonly language: string
  readonly enterpriseId: string | null
  readonly assessmentId: string | null
  /** JSON of an envelope. */
  readonly snapshot: string
  readonly turn: number
  readonly prompt: OpenPrompt | null
  readonly seen: Seen
  /** The checklist its bookmark counts by; null: that of the assessment. */
  readonly refs: string | null
}

/** What a bookmark has seen of what others did in the same assessment. */
export interface Seen {
  /** The newest row of the record. */
  readonly answer: number
  /** How many of their photos it counts, by item. */
  readonly photos: Readonly<Record<string, number>>
}

export const nothingSeen: Seen = { answer: 0, photos: {} }

/** The one prompt whose buttons still count, with what its options are called in the owner's language. */
export interface OpenPrompt {
  readonly id: string
  readonly kind: 'choice' | 'pick'
  readonly options: readonly { readonly key: string; readonly label: string; readonly number?: number }[]
}

/** Nobody else changes it meanwhile: work on a contact is done under its key. */
export async function conversationOf(trx: Trx, contact: string): Promise<StoredConversation | undefined> {
  const [row] = (await conversationRow(trx, { contact })).rows
  if (!row) return undefined
  return {
    contact: row.contact,
    key: row.key,
    language: row.language,
    enterpriseId: row.enterprise_id,
    assessmentId: row.assessment_id,
    snapshot: row.snapshot,
    turn: row.turn,
    prompt: row.prompt === null ? null : (JSON.parse(row.prompt) as OpenPrompt),
    seen: row.seen === null ? nothingSeen : (JSON.parse(row.seen) as Seen),
    refs: row.refs,
  }
}

const conversationRow = builtOnce((db, { contact }: { contact: string }) =>
  db.selectFrom('conversations').selectAll().where('contact', '=', contact),
)

/** Stores a conversation, new or not. */
export async function storeConversation(trx: Trx, conversation: ToStore, at: Date): Promise<void> {
  const { contact, key, language, enterpriseId, assessmentId, snapshot, turn, prompt } = conversation
  const { seen = nothingSeen, refs = null } = conversation
  const row = {
    contact,
    key,
    language,
    enterprise_id: enterpriseId,
    assessment_id: assessmentId,
    snapshot,
    turn,
    prompt: prompt === null ? null : JSON.stringify(prompt),
    seen: seen === nothingSeen ? null : JSON.stringify(seen),
    refs,
    updated_at: at.toISOString(),
  }
  const { numAffectedRows } = await updateStep(trx, row)
  if (numAffectedRows === 0n) await upsertConversation(trx, row)
}

type ToStore = Omit<StoredConversation, 'seen' | 'refs'> & Partial<StoredConversation>

/** Nearly every step is one in the same assessment; that leaves the indexes and the references alone. */
const updateStep = builtOnce((db, { contact, key, enterprise_id, assessment_id, ...changing }: ConversationTable) =>
  db
    .updateTable('conversations')
    .set(changing)
    .where('contact', '=', contact)
    .where('enterprise_id', 'is not distinct from', enterprise_id)
    .where('assessment_id', 'is not distinct from', assessment_id),
)

const upsertConversation = builtOnce((db, { contact, key, ...changing }: ConversationTable) =>
  db
    .insertInto('conversations')
    .values({ contact, key, ...changing })
    .onConflict((conflict) => conflict.column('contact').doUpdateSet(changing)),
)

/** Contacts that speak for an enterprise, with their languages. */
export async function contactsOf(db: Db | Trx, enterpriseId: string): Promise<{ contact: string; language: string }[]> {
  return db
    .selectFrom('conversations')
    .select(['contact', 'language'])
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('contact')
    .execute()
}
