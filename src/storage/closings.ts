import type { Db, Trx } from './database.ts'

/** False when it has said so before. */
export async function noteClosing(
  trx: Trx,
  enterpriseId: string,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('closings')
    .values({ enterprise_id: enterpriseId, told_by: by, told_at: at.toISOString() })
    .onConflict((conflict) => conflict.column('enterprise_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** It goes on after all. */
export async function forgetClosing(trx: Trx, enterpriseId: string): Promise<void> {
  await trx.deleteFrom('closings').where('enterprise_id', '=', enterpriseId).execute()
}

/** When an enterprise said that it has closed; undefined while it has not. */
export async function closingOf(db: Db, enterpriseId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('closings')
    .select('told_at')
    .where('enterprise_id', '=', enterpriseId)
    .executeTakeFirst()
  return row && new Date(row.told_at)
}
