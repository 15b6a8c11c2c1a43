import { sql } from 'kysely'
import type { Database, Db } from './database.ts'

/** Throws when the database does not answer. */
export async function answers(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}

/** What is wrong with the file of a SQLite database, if anything; PostgreSQL looks after itself. */
export async function damageOf({ dialect, db }: Database): Promise<string | undefined> {
  if (dialect === 'postgres') return undefined
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db)
  const said = rows[0]?.quick_check
  return said === 'ok' ? undefined : said
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
