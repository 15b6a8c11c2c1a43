import type { Db, Trx } from './database.ts'
import { addMember } from './members.ts'

/** Who spoke for an enterprise, and who does since. */
export interface ContactChange {
  readonly fromName: string
  readonly toName: string
  /** `owner:<contact>` or `regulator:<user id>`. */
  readonly by: string
  readonly at: Date
}

interface Successor {
  readonly contact: string
  readonly name: string
  /** Left out: the one on record stays. */
  readonly phone?: string
}

/**
 * Somebody else speaks for an enterprise from now on, and is sent what was to be sent to the contact before, who has
 * left. What was answered before answers were signed was that contact's.
 */
export async function changeContact(
  trx: Trx,
  enterpriseId: string,
  { contact, name, phone }: Successor,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  const before = await trx
    .selectFrom('enterprises')
    .select(['contact', 'contact_name'])
    .where('id', '=', enterpriseId)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('contact_changes')
    .values({
      enterprise_id: enterpriseId,
      from_name: before.contact_name,
      to_name: name,
      from_contact: before.contact,
      to_contact: contact,
      changed_by: by,
      changed_at: at.toISOString(),
    })
    .execute()
  await trx
    .updateTable('members')
    .set({ left_at: at.toISOString(), role: 'colleague' })
    .where('enterprise_id', '=', enterpriseId)
    .where('contact', '=', before.contact)
    .execute()
  await addMember(trx, { enterpriseId, contact, role: 'contact', name, at })
  await trx
    .updateTable('enterprises')
    .set({ contact, contact_name: name, ...(phone !== undefined && { contact_phone: phone }) })
    .where('id', '=', enterpriseId)
    .execute()
  await signEarlierAnswers(trx, enterpriseId, before.contact)
  await readdress(trx, enterpriseId, { from: before.contact, to: contact })
}

const signEarlierAnswers = (trx: Trx, enterpriseId: string, contact: string) =>
  trx
    .updateTable('answers')
    .set({ answered_by: contact })
    .where('answered_by', 'is', null)
    .where('assessment_id', 'in', (row) =>
      row.selectFrom('self_assessments').select('id').where('enterprise_id', '=', enterpriseId),
    )
    .execute()

/** What was put into the outbox for a later day, of its applications and of what it is to put right. */
async function readdress(trx: Trx, enterpriseId: string, { from, to }: { from: string; to: string }): Promise<void> {
  const applications = await trx
    .selectFrom('applications')
    .select('id')
    .where('enterprise_id', '=', enterpriseId)
    .execute()
  for (const { id } of [...applications, { id: enterpriseId }])
    await trx
      .updateTable('outbox')
      .set({ recipient: to })
      .where('recipient', '=', from)
      .where('state', '=', 'pending')
      .where('cause', 'like', `%:${id}%`)
      .execute()
}

/** In the order in which they were made. */
export async function contactChangesOf(db: Db, enterpriseId: string): Promise<ContactChange[]> {
  const rows = await db
    .selectFrom('contact_changes')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    fromName: row.from_name,
    toName: row.to_name,
    by: row.changed_by,
    at: new Date(row.changed_at),
  }))
}
