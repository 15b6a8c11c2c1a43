import type { Db, Trx } from './database.ts'
import type { RegulatorRole } from './tables.ts'

export type { RegulatorRole } from './tables.ts'

export interface Regulator {
  /** The id on WeCom, in lower case: WeCom does not tell cases apart. */
  readonly userId: string
  /** GB/T 2260, such as 440307. */
  readonly district: string
  readonly role: RegulatorRole
}

/** One role per person and district: adding another replaces it. */
export async function addRegulator(trx: Trx, { userId, district, role }: Regulator, at: Date): Promise<void> {
  await trx
    .insertInto('regulators')
    .values({ user_id: userId.toLowerCase(), district, role, added_at: at.toISOString() })
    .onConflict((conflict) => conflict.columns(['user_id', 'district']).doUpdateSet({ role }))
    .execute()
}

/** False when there was nobody to remove. */
export async function removeRegulator(trx: Trx, userId: string, district: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('regulators')
    .where('user_id', '=', userId.toLowerCase())
    .where('district', '=', district)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Who may act in exactly this district, in one of these roles. */
export async function regulatorsOf(db: Db, district: string, roles?: readonly RegulatorRole[]): Promise<Regulator[]> {
  let query = select(db).where('district', '=', district)
  if (roles) query = query.where('role', 'in', roles)
  return query.orderBy('user_id').execute()
}

/** What a person may do, and where; nothing for someone who is no regulator. */
export const roleOf = (db: Db, userId: string): Promise<Pick<Regulator, 'district' | 'role'>[]> =>
  db
    .selectFrom('regulators')
    .select(['district', 'role'])
    .where('user_id', '=', userId.toLowerCase())
    .orderBy('district')
    .execute()

export const listRegulators = (db: Db): Promise<Regulator[]> =>
  select(db).orderBy('district').orderBy('user_id').execute()

const select = (db: Db) => db.selectFrom('regulators').select(['user_id as userId', 'district', 'role'])
