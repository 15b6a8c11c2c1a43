import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import { builtOnce } from './built-once.ts'
import type { Db, Trx } from './database.ts'
import type { HazardField, HazardGrade, HazardState, HazardTable } from './tables.ts'

export type { HazardField, HazardGrade, HazardState } from './tables.ts'

/** One line of an enterprise's register. Dates are ISO dates in China. */
export interface Hazard {
  readonly id: string
  readonly enterpriseId: string
  /** In which it was found. */
  readonly assessmentId: string
  readonly itemId: string
  /** `checklist/item@version`. */
  readonly ref: string
  readonly grade: HazardGrade
  /** Null: what the checklist advises. */
  readonly measure: string | null
  /** Null: the person in charge of the enterprise. */
  readonly person: string | null
  readonly foundOn: string
  readonly dueOn: string
  readonly state: HazardState
  readonly doneOn: string | null
  /** The assessment whose answer says it is done. */
  readonly doneIn: string | null
  /** The photo that shows it done. */
  readonly evidenceId: string | null
  readonly acceptedOn: string | null
  /** A regulator's user id. */
  readonly acceptedBy: string | null
}

/** Who changes something, and when. */
export interface Change {
  /** `owner:<contact>`, `regulator:<user id>` or `clock`. */
  readonly by: string
  readonly at: Date
}

/** Puts a hazard into the register; that it was found is its first change. */
export async function insertHazard(trx: Trx, hazard: Hazard, change: Change): Promise<void> {
  const row = { id: hazard.id, enterprise_id: hazard.enterpriseId, item_id: hazard.itemId, ...columnsOf(hazard) }
  await trx
    .insertInto('hazards')
    .values(row satisfies Insertable<HazardTable>)
    .execute()
  await noteChange(trx, hazard.id, { field: 'state', from: null, to: hazard.state }, change)
}

/** Stores what differs from how it was, each difference with who made it. */
export async function updateHazard(trx: Trx, before: Hazard, after: Hazard, change: Change): Promise<void> {
  const [from, to] = [columnsOf(before), columnsOf(after)]
  await trx.updateTable('hazards').set(to).where('id', '=', before.id).execute()
  for (const field of watched)
    if (from[field] !== to[field]) await noteChange(trx, before.id, { field, from: from[field], to: to[field] }, change)
}

const columnsOf = (hazard: Hazard) =>
  ({
    assessment_id: hazard.assessmentId,
    ref: hazard.ref,
    grade: hazard.grade,
    measure: hazard.measure,
    responsible_person: hazard.person,
    found_on: hazard.foundOn,
    due_on: hazard.dueOn,
    state: hazard.state,
    done_on: hazard.doneOn,
    done_in: hazard.doneIn,
    evidence_id: hazard.evidenceId,
    accepted_on: hazard.acceptedOn,
    accepted_by: hazard.acceptedBy,
  }) satisfies Updateable<HazardTable>

const watched = [
  'grade',
  'measure',
  'responsible_person',
  'due_on',
  'state',
  'evidence_id',
] as const satisfies readonly HazardField[]

interface Difference {
  readonly field: HazardField
  readonly from: string | null
  readonly to: string | null
}

async function noteChange(trx: Trx, hazardId: string, { field, from, to }: Difference, { by, at }: Change) {
  await trx
    .insertInto('hazard_changes')
    .values({
      hazard_id: hazardId,
      changed_by: by,
      changed_at: at.toISOString(),
      field,
      from_value: from,
      to_value: to,
    })
    .execute()
}

/** Undefined when the enterprise has no such hazard. */
export async function hazardById(
  db: Db,
  { enterpriseId, hazardId }: { readonly enterpriseId: string; readonly hazardId: string },
): Promise<Hazard | undefined> {
  const row = await db
    .selectFrom('hazards')
    .selectAll()
    .where('id', '=', hazardId)
    .where('enterprise_id', '=', enterpriseId)
    .executeTakeFirst()
  return row && hazardIn(row)
}

/** What a photo shows put right; undefined for a photo that shows anything else. */
export async function hazardShownBy(db: Db, evidenceId: string): Promise<Hazard | undefined> {
  const row = await db.selectFrom('hazards').selectAll().where('evidence_id', '=', evidenceId).executeTakeFirst()
  return row && hazardIn(row)
}

/** The last that was found at an item, whatever became of it. */
export async function newestHazardAt(db: Db | Trx, at: ItemOfEnterprise): Promise<Hazard | undefined> {
  const { enterpriseId, itemId } = at
  const [row] = (await newestRowAt(db, { enterpriseId, itemId })).rows
  return row && hazardIn(row)
}

export interface ItemOfEnterprise {
  readonly enterpriseId: string
  readonly itemId: string
}

/** Asked with every answer. */
const newestRowAt = builtOnce((db, { enterpriseId, itemId }: ItemOfEnterprise) =>
  db
    .selectFrom('hazards')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .where('item_id', '=', itemId)
    .orderBy('seq', 'desc')
    .limit(sql.lit(1)),
)

/** All that an enterprise ever found, in the order in which it did. */
export async function hazardsOf(db: Db, enterpriseId: string): Promise<Hazard[]> {
  const rows = await db
    .selectFrom('hazards')
    .selectAll()
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('seq')
    .execute()
  return rows.map(hazardIn)
}

/** A hazard with the number it has in the register, from 1. */
export interface NumberedHazard extends Hazard {
  readonly number: number
}

/** The whole register of an enterprise, in the order in which its hazards were found; without what was taken back. */
export async function hazardRegister(db: Db, enterpriseId: string): Promise<NumberedHazard[]> {
  const hazards = await hazardsOf(db, enterpriseId)
  return hazards.filter(({ state }) => state !== 'withdrawn').map((hazard, index) => ({ ...hazard, number: index + 1 }))
}

/** What is still to be put right, the most urgent first, with its number in the register. */
export async function openHazards(db: Db, enterpriseId: string): Promise<NumberedHazard[]> {
  const register = await hazardRegister(db, enterpriseId)
  return register.filter(({ state }) => state === 'open').sort(byDueDate)
}

const byDueDate = (a: NumberedHazard, b: NumberedHazard) => a.dueOn.localeCompare(b.dueOn) || a.number - b.number

export interface HazardChange extends Change, Difference {}

/** In the order in which they were made. */
export async function changesOf(db: Db, hazardId: string): Promise<HazardChange[]> {
  const rows = await db
    .selectFrom('hazard_changes')
    .selectAll()
    .where('hazard_id', '=', hazardId)
    .orderBy('seq')
    .execute()
  return rows.map(({ field, from_value, to_value, changed_by, changed_at }) => ({
    field,
    from: from_value,
    to: to_value,
    by: changed_by,
    at: new Date(changed_at),
  }))
}

const hazardIn = (row: Selectable<HazardTable>): Hazard => ({
  id: row.id,
  enterpriseId: row.enterprise_id,
  assessmentId: row.assessment_id,
  itemId: row.item_id,
  ref: row.ref,
  grade: row.grade,
  measure: row.measure,
  person: row.responsible_person,
  foundOn: row.found_on,
  dueOn: row.due_on,
  state: row.state,
  doneOn: row.done_on,
  doneIn: row.done_in,
  evidenceId: row.evidence_id,
  acceptedOn: row.accepted_on,
  acceptedBy: row.accepted_by,
})
