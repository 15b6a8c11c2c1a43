import type { Database, Db, Trx } from './database.ts'
import type { ClaimState, ClaimTable } from './tables.ts'

export type { ClaimState } from './tables.ts'

/** Somebody says that a registered enterprise is theirs too. */
export interface Claim {
  readonly id: string
  readonly enterpriseId: string
  /** Who says so, and how they are called. */
  readonly contact: string
  readonly name: string
  readonly state: ClaimState
  readonly askedAt: Date
  /** The photo of the licence. */
  readonly evidenceId: string | null
  /** `owner:<contact>` or `regulator:<user id>`. */
  readonly decidedBy: string | null
}

export const openClaimStates = ['asked', 'withRegulator'] as const satisfies readonly ClaimState[]

export const isOpen = ({ state }: Pick<Claim, 'state'>) => openClaimStates.some((open) => open === state)

/** @throws when one of this contact and enterprise is open */
export async function storeClaim(
  trx: Trx,
  { id, enterpriseId, contact, name, at }: Pick<Claim, 'id' | 'enterpriseId' | 'contact' | 'name'> & { at: Date },
): Promise<void> {
  await trx
    .insertInto('claims')
    .values({ id, enterprise_id: enterpriseId, contact, name, state: 'asked', asked_at: at.toISOString() })
    .execute()
}

/** The newest of a contact for an enterprise. */
export async function claimOf(db: Db | Trx, enterpriseId: string, contact: string): Promise<Claim | undefined> {
  const row = await db
    .selectFrom('claims')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .where('contact', '=', contact)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && claimIn(row)
}

export async function claimById(db: Db | Trx, id: string): Promise<Claim | undefined> {
  const row = await db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst()
  return row && claimIn(row)
}

/** The one that a photo supports. */
export async function claimWithLicence(db: Db | Trx, evidenceId: string): Promise<Claim | undefined> {
  const row = await db.selectFrom('claims').selectAll().where('evidence_id', '=', evidenceId).executeTakeFirst()
  return row && claimIn(row)
}

/** Nobody else decides on it meanwhile. */
export async function lockedClaim(trx: Trx, dialect: Database['dialect'], id: string): Promise<Claim | undefined> {
  const query = trx.selectFrom('claims').selectAll().where('id', '=', id)
  const row = await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  return row && claimIn(row)
}

/** What its contact has still to answer, in the order in which it was asked. */
export async function claimsToAnswer(db: Db | Trx, enterpriseId: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .where('state', 'in', openClaimStates)
    .orderBy('asked_at')
    .execute()
  return rows.map(claimIn)
}

/** What waits for a regulator of these districts, in the order in which it was asked. */
export async function claimsWithRegulator(db: Db | Trx, districts: readonly string[]): Promise<Claim[]> {
  if (districts.length === 0) return []
  const rows = await db
    .selectFrom('claims')
    .innerJoin('enterprises', 'enterprises.id', 'claims.enterprise_id')
    .selectAll('claims')
    .where('claims.state', '=', 'withRegulator')
    .where('enterprises.district', 'in', districts)
    .orderBy('asked_at')
    .execute()
  return rows.map(claimIn)
}

/** All that somebody has open. */
export async function openClaimsBy(db: Db | Trx, contact: string): Promise<Claim[]> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('contact', '=', contact)
    .where('state', 'in', openClaimStates)
    .orderBy('asked_at')
    .execute()
  return rows.map(claimIn)
}

/** A claim goes on, or is decided: then by whom, and when. */
export async function moveClaim(
  trx: Trx,
  id: string,
  state: ClaimState,
  decided?: { readonly by: string; readonly at: Date },
): Promise<void> {
  await trx
    .updateTable('claims')
    .set({ state, decided_by: decided?.by ?? null, decided_at: decided?.at.toISOString() ?? null })
    .where('id', '=', id)
    .execute()
}

/** It is supported by this photo, in place of an earlier one. */
export async function supportClaim(trx: Trx, id: string, evidenceId: string): Promise<void> {
  await trx.updateTable('claims').set({ evidence_id: evidenceId }).where('id', '=', id).execute()
}

/** The files of a licence that was stored, and the district of the enterprise it is about. */
export async function licencePhoto(db: Db, evidenceId: string) {
  return db
    .selectFrom('evidence')
    .innerJoin('claims', 'claims.evidence_id', 'evidence.id')
    .innerJoin('enterprises', 'enterprises.id', 'claims.enterprise_id')
    .select(['enterprises.district', 'evidence.file', 'evidence.thumbnail'])
    .where('evidence.id', '=', evidenceId)
    .where('evidence.state', '=', 'stored')
    .executeTakeFirst()
}

const claimIn = (row: ClaimTable): Claim => ({
  id: row.id,
  enterpriseId: row.enterprise_id,
  contact: row.contact,
  name: row.name,
  state: row.state,
  askedAt: new Date(row.asked_at),
  evidenceId: row.evidence_id,
  decidedBy: row.decided_by,
})
