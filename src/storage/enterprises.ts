import type { Database, Db, Trx } from './database.ts'

/** An enterprise as it registered. */
export interface Enterprise {
  readonly id: string
  readonly uscc: string
  readonly name: string
  /** GB/T 2260. */
  readonly district: string
  /** Class of GB/T 4754. */
  readonly industryClass: string
  /** Id of its industry checklist. */
  readonly industry: string
  readonly headcount: number
  /** Who hears of its application. */
  readonly contact: string
  readonly contactName: string
  readonly contactPhone: string
  /** Ids of site profile facts. */
  readonly facts: readonly string[]
  readonly policy: string
}

/** @throws when there is no such enterprise */
export async function enterpriseOf(db: Db, id: string): Promise<Enterprise> {
  const row = await db.selectFrom('enterprises').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    id: row.id,
    uscc: row.uscc,
    name: row.name,
    district: row.district,
    industryClass: row.industry_class,
    industry: row.industry,
    headcount: row.headcount,
    contact: row.contact,
    contactName: row.contact_name,
    contactPhone: row.contact_phone,
    facts: JSON.parse(row.facts) as string[],
    policy: row.policy,
  }
}

/** Nobody else files for it meanwhile. */
export async function lockEnterprise(trx: Trx, dialect: Database['dialect'], id: string): Promise<void> {
  const query = trx.selectFrom('enterprises').select('id').where('id', '=', id)
  await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow()
}

/** The language a contact is spoken to in; undefined for someone who never spoke. */
export async function languageSpokenBy(db: Db, contact: string): Promise<string | undefined> {
  const row = await db.selectFrom('conversations').select('language').where('contact', '=', contact).executeTakeFirst()
  return row?.language
}
