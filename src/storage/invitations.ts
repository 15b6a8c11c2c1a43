import type { Database, Db, Trx } from './database.ts'
import type { MemberRole } from './tables.ts'

/** What a code lets one person in to, once. */
export interface Invitation {
  /** Of its code, which is kept nowhere. */
  readonly hash: string
  readonly enterpriseId: string
  /** Of a new contact: the newest of the enterprise. */
  readonly assessmentId: string
  /** What it makes of who comes with it. */
  readonly role: MemberRole
  /** Null: the whole walk. */
  readonly itemId: string | null
  readonly madeBy: string
  readonly expiresAt: Date
  readonly isUsed: boolean
}

export async function storeInvitation(
  trx: Trx,
  invitation: Omit<Invitation, 'isUsed'> & { readonly at: Date },
): Promise<void> {
  await trx
    .insertInto('invitations')
    .values({
      code_hash: invitation.hash,
      enterprise_id: invitation.enterpriseId,
      assessment_id: invitation.assessmentId,
      item_id: invitation.itemId,
      role: invitation.role,
      made_by: invitation.madeBy,
      made_at: invitation.at.toISOString(),
      expires_at: invitation.expiresAt.toISOString(),
    })
    .execute()
}

/** Undefined for a code that nobody gave. Nobody else uses it meanwhile. */
export async function lockedInvitation(
  trx: Trx,
  dialect: Database['dialect'],
  hash: string,
): Promise<Invitation | undefined> {
  const query = trx.selectFrom('invitations').selectAll().where('code_hash', '=', hash)
  const row = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  return (
    row && {
      hash: row.code_hash,
      enterpriseId: row.enterprise_id,
      assessmentId: row.assessment_id,
      itemId: row.item_id,
      role: row.role,
      madeBy: row.made_by,
      expiresAt: new Date(row.expires_at),
      isUsed: row.used_at !== null,
    }
  )
}

/** How it stands, without keeping anybody from using it. */
export async function invitationNow(
  db: Db,
  hash: string,
): Promise<Pick<Invitation, 'isUsed' | 'expiresAt'> | undefined> {
  const row = await db
    .selectFrom('invitations')
    .select(['used_at', 'expires_at'])
    .where('code_hash', '=', hash)
    .executeTakeFirst()
  return row && { isUsed: row.used_at !== null, expiresAt: new Date(row.expires_at) }
}

/** Now it lets nobody else in. */
export async function useInvitation(trx: Trx, hash: string, by: string, at: Date): Promise<void> {
  await trx
    .updateTable('invitations')
    .set({ used_by: by, used_at: at.toISOString() })
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .execute()
}

/** A code was tried that nobody gave. */
export async function noteWrongCode(trx: Trx, contact: string, at: Date): Promise<void> {
  await trx.insertInto('wrong_codes').values({ contact, tried_at: at.toISOString() }).execute()
}

export async function wrongCodesSince(db: Db | Trx, contact: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('wrong_codes')
    .select((row) => row.fn.countAll().as('count'))
    .where('contact', '=', contact)
    .where('tried_at', '>', since.toISOString())
    .executeTakeFirstOrThrow()
  return Number(count)
}
