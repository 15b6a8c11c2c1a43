import { builtOnce } from './built-once.ts'
import type { Database, Db, Trx } from './database.ts'
import type { EvidenceRow } from './tables.ts'

/** A photo that belongs to one answer. */
export interface Evidence {
  readonly id: string
  readonly assessmentId: string
  readonly itemId: string
  readonly position: number
  readonly contact: string
  /** It shows a hazard put right. */
  readonly rectifies: boolean
  readonly mediaId: string
  readonly receivedAt: Date
  /** Its owner has taken it back. */
  readonly withdrawn: boolean
  readonly picture: Picture
}

export type Picture = StoredPicture | LostPicture | { readonly state: 'fetching' }

export interface StoredPicture {
  readonly state: 'stored'
  /** Both relative to the evidence folder. */
  readonly file: string
  readonly thumbnail: string
  /** Of the files. */
  readonly contentType: string
  /** Of the file, not of what was received. */
  readonly bytes: number
  readonly width: number
  readonly height: number
  /** Of what was received, in lower-case hex. */
  readonly sha256: string
  readonly storedAt: Date
}

export interface LostPicture {
  readonly state: 'lost'
  readonly whyLost: 'lost' | 'tooLarge' | 'unreadable'
}

/** Notes a photo that is to be fetched at once. */
export async function storeEvidence(
  trx: Trx,
  evidence: Omit<Evidence, 'receivedAt' | 'picture' | 'withdrawn'> & { readonly at: Date },
): Promise<void> {
  const at = evidence.at.toISOString()
  await trx
    .insertInto('evidence')
    .values({
      id: evidence.id,
      assessment_id: evidence.assessmentId,
      item_id: evidence.itemId,
      position: evidence.position,
      contact: evidence.contact,
      rectifies: evidence.rectifies ? 1 : 0,
      media_id: evidence.mediaId,
      state: 'fetching',
      attempts: 0,
      next_attempt_at: at,
      received_at: at,
    })
    .execute()
}

/** Notes the photo of a licence, which answers nothing and is fetched like any other. */
export async function storeLicence(
  trx: Trx,
  { id, contact, mediaId, at }: Pick<Evidence, 'id' | 'contact' | 'mediaId'> & { readonly at: Date },
): Promise<void> {
  await trx
    .insertInto('evidence')
    .values({
      id,
      contact,
      rectifies: 0,
      media_id: mediaId,
      state: 'fetching',
      attempts: 0,
      next_attempt_at: at.toISOString(),
      received_at: at.toISOString(),
    })
    .execute()
}

/** It shows the hazard of its item put right. */
export async function acceptProof(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('evidence').set({ rectifies: 1 }).where('id', '=', id).execute()
}

/** It belongs to another item, and shows nothing put right there. */
export async function moveEvidence(trx: Trx, id: string, to: { itemId: string; position: number }): Promise<void> {
  await trx
    .updateTable('evidence')
    .set({ item_id: to.itemId, position: to.position, rectifies: 0 })
    .where('id', '=', id)
    .execute()
}

/** It no longer counts; the picture is kept. */
export async function withdrawEvidence(trx: Trx, id: string, at: Date): Promise<void> {
  await trx.updateTable('evidence').set({ withdrawn_at: at.toISOString(), rectifies: 0 }).where('id', '=', id).execute()
}

/** How many photos count for each item of an assessment, from a moment on. */
export async function photoCounts(db: Db, assessmentId: string, since: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('evidence')
    .select((row) => ['item_id as itemId', row.fn.countAll().as('count')])
    .where('assessment_id', '=', assessmentId)
    .where('received_at', '>=', since)
    .where('withdrawn_at', 'is', null)
    .where('state', '!=', 'lost')
    .groupBy('item_id')
    .execute()
  return new Map(rows.map(({ itemId, count }) => [itemId ?? '', Number(count)]))
}

/** How many photos of others are in the house for each item of an assessment. */
export async function photosOfOthers(
  db: Db | Trx,
  given: { readonly assessmentId: string; readonly contact: string },
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await countOfOthers(db, given)
  return new Map(rows.map(({ itemId, count }) => [itemId ?? '', Number(count)]))
}

const countOfOthers = builtOnce((db, given: { assessmentId: string; contact: string }) =>
  db
    .selectFrom('evidence')
    .select((row) => ['item_id as itemId', row.fn.countAll().as('count')])
    .where('assessment_id', '=', given.assessmentId)
    .where('contact', '!=', given.contact)
    .where('state', '=', 'stored')
    .where('withdrawn_at', 'is', null)
    .groupBy('item_id'),
)

/** In the order in which they came. */
export async function evidenceOf(db: Db, assessmentId: string): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where('assessment_id', '=', assessmentId)
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  return rows.map(evidenceIn)
}

/** How many different enterprises have sent exactly this picture. */
export async function sameEvidence(db: Db, sha256: string): Promise<number> {
  const { enterprises } = await db
    .selectFrom('evidence')
    .innerJoin('self_assessments', 'self_assessments.id', 'evidence.assessment_id')
    .select((row) => row.fn.count('self_assessments.enterprise_id').distinct().as('enterprises'))
    .where('evidence.sha256', '=', sha256)
    .executeTakeFirstOrThrow()
  return Number(enterprises)
}

/** A photo that its claimer, and nobody else, fetches now. */
export interface ClaimedEvidence {
  readonly id: string
  readonly contact: string
  readonly mediaId: string
  /** This one included. */
  readonly attempts: number
}

/** Claims photos that are due to be fetched. Whoever has said nothing by `until` is taken for dead. */
export async function claimEvidence(
  trx: Trx,
  dialect: Database['dialect'],
  { at, until, limit }: { at: Date; until: Date; limit: number },
): Promise<ClaimedEvidence[]> {
  const due = trx
    .selectFrom('evidence')
    .select(['id', 'contact', 'media_id as mediaId', 'attempts'])
    .where('state', '=', 'fetching')
    .where('next_attempt_at', '<=', at.toISOString())
    .orderBy('next_attempt_at')
    .limit(limit)
  const claimed = await (dialect === 'postgres' ? due.forUpdate().skipLocked() : due).execute()

  for (const { id } of claimed) {
    await trx
      .updateTable('evidence')
      .set((row) => ({ attempts: row('attempts', '+', 1), next_attempt_at: until.toISOString() }))
      .where('id', '=', id)
      .execute()
  }
  return claimed.map((evidence) => ({ ...evidence, attempts: evidence.attempts + 1 }))
}

export async function postponeEvidence(trx: Trx, id: string, until: Date): Promise<void> {
  await fetching(trx, id).set({ next_attempt_at: until.toISOString() }).execute()
}

/** False when another worker has settled it meanwhile. */
export async function markStored(trx: Trx, id: string, picture: Omit<StoredPicture, 'state'>): Promise<boolean> {
  const { numUpdatedRows } = await fetching(trx, id)
    .set({
      state: 'stored',
      file: picture.file,
      thumbnail: picture.thumbnail,
      content_type: picture.contentType,
      sha256: picture.sha256,
      bytes: picture.bytes,
      width: picture.width,
      height: picture.height,
      stored_at: picture.storedAt.toISOString(),
    })
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** False when another worker has settled it meanwhile. */
export async function markLost(trx: Trx, id: string, whyLost: LostPicture['whyLost']): Promise<boolean> {
  const { numUpdatedRows } = await fetching(trx, id).set({ state: 'lost', why_lost: whyLost }).executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

const fetching = (trx: Trx, id: string) =>
  trx.updateTable('evidence').where('id', '=', id).where('state', '=', 'fetching')

/** Photos stored or lost of which the conversation has not been told: their message is not in the inbox. */
export async function unsettledEvidence(db: Db): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll('evidence')
    .where('evidence.state', '!=', 'fetching')
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('inbox')
            .select('inbox.seq')
            .where('inbox.dedupe_key', '=', row(row.val(SETTLED), '||', row.ref('evidence.id'))),
        ),
      ),
    )
    .orderBy('evidence.received_at')
    .execute()
  return rows.map(evidenceIn)
}

const SETTLED = 'evidence:'

/** Of the message that tells the conversation what became of a photo. */
export const settledKeyOf = (id: string) => `${SETTLED}${id}`

const evidenceIn = (row: EvidenceRow): Evidence => ({
  id: row.id,
  assessmentId: row.assessment_id ?? '',
  itemId: row.item_id ?? '',
  position: row.position ?? -1,
  contact: row.contact,
  rectifies: row.rectifies === 1,
  mediaId: row.media_id,
  receivedAt: new Date(row.received_at),
  withdrawn: row.withdrawn_at !== null,
  picture: pictureIn(row),
})

function pictureIn(row: EvidenceRow): Picture {
  if (row.state === 'fetching') return { state: 'fetching' }
  if (row.state === 'lost') return { state: 'lost', whyLost: row.why_lost ?? 'lost' }
  return {
    state: 'stored',
    file: row.file ?? '',
    thumbnail: row.thumbnail ?? '',
    contentType: row.content_type ?? '',
    bytes: row.bytes ?? 0,
    width: row.width ?? 0,
    height: row.height ?? 0,
    sha256: row.sha256 ?? '',
    storedAt: new Date(row.stored_at ?? row.received_at),
  }
}
