import type { Db, Trx } from './database.ts'

/** What an owner has to say against a decision. */
export interface Objection {
  readonly text: string
  /** A contact. */
  readonly by: string
  readonly at: Date
}

export async function addObjection(trx: Trx, applicationId: string, { text, by, at }: Objection): Promise<void> {
  await trx
    .insertInto('objections')
    .values({ application_id: applicationId, text, made_by: by, made_at: at.toISOString() })
    .execute()
}

/** In the order in which they were made. */
export async function objectionsOf(db: Db, applicationId: string): Promise<Objection[]> {
  const rows = await db
    .selectFrom('objections')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy('seq')
    .execute()
  return rows.map(({ text, made_by, made_at }) => ({ text, by: made_by, at: new Date(made_at) }))
}
