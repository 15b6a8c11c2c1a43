import { sql } from 'kysely'
import type { Db } from './database.ts'

/** Throws when the database does not answer. */
export async function answers(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}

/** PostgreSQL gives counts as text. */
export async function countOf(db: Db, table: 'outbox' | 'inbox', state: 'pending' | 'failed'): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select(sql<number | string>`count(*)`.as('count'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return Number(count)
}
