import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Throws when the database does not answer. */
export async function answers(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}

/** Spelt as in the conditions of the indexes, so that they are used however much was sent. */
const counted = {
  'outbox waiting': sql`outbox where state in ('pending', 'sending')`,
  'outbox failed': sql`outbox where state = 'failed'`,
  'inbox failed': sql`inbox where state = 'failed'`,
}

export type Counted = keyof typeof counted

/** PostgreSQL gives counts as text. */
export async function countOf(db: Db, what: Counted): Promise<number> {
  const { rows } = await countQuery(what).execute(db)
  return Number(rows[0]?.count)
}

export const countQuery = (what: Counted) =>
  sql<{ count: number | string }>`select count(*) as count from ${counted[what]}`
