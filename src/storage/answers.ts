import type { Insertable } from 'kysely'
import type { Mark } from '../checklist/rules.ts'
import { builtOnce } from './built-once.ts'
import type { Db, Trx } from './database.ts'
import type { AnswerTable } from './tables.ts'

export interface NewAnswer {
  readonly assessmentId: string
  readonly itemId: string
  readonly position: number
  readonly mark: Exclude<Mark, 'unanswered'> | 'withdrawn'
  readonly excusedBy?: string
  /** Of an answer that was confirmed: the assessment it was given in. */
  readonly confirmedFrom?: string
  /** Of the message it was said in. */
  readonly dedupeKey: string
  /** The contact who said it. */
  readonly by: string
  readonly at: Date
}

/** Adds to the record; nothing in it is ever changed. */
export async function recordAnswer(trx: Trx, answer: NewAnswer): Promise<void> {
  await insertAnswer(trx, {
    assessment_id: answer.assessmentId,
    item_id: answer.itemId,
    position: answer.position,
    mark: answer.mark,
    excused_by: answer.excusedBy ?? null,
    dedupe_key: answer.dedupeKey,
    answered_at: answer.at.toISOString(),
    answered_by: answer.by,
    confirmed_from: answer.confirmedFrom ?? null,
  })
}

const insertAnswer = builtOnce((db, row: Insertable<AnswerTable>) => db.insertInto('answers').values(row))

export interface RecordedAnswer {
  readonly itemId: string
  readonly position: number
  readonly mark: Exclude<Mark, 'unanswered'>
  readonly excusedBy: string | null
  readonly answeredAt: string
  /** A contact; null: that of the enterprise. */
  readonly answeredBy: string | null
  /** The assessment it was given in; null for what was answered as it was asked. */
  readonly confirmedFrom: string | null
}

/** What holds now: the newest row of each item, in the order of the checklist, without what was withdrawn. */
export async function answersOf(db: Db | Trx, assessmentId: string): Promise<RecordedAnswer[]> {
  const rows = await db
    .selectFrom('answers')
    .select(['item_id', 'position', 'mark', 'excused_by', 'answered_at', 'answered_by', 'confirmed_from'])
    .where('assessment_id', '=', assessmentId)
    .orderBy('seq')
    .execute()
  const newest = new Map(rows.map((row) => [row.item_id, row]))
  return [...newest.values()]
    .flatMap(({ item_id, position, mark, excused_by, answered_at, answered_by, confirmed_from }) =>
      mark === 'withdrawn'
        ? []
        : [
            {
              itemId: item_id,
              position,
              mark,
              excusedBy: excused_by,
              answeredAt: answered_at,
              answeredBy: answered_by,
              confirmedFrom: confirmed_from,
            },
          ],
    )
    .sort((a, b) => a.position - b.position)
}

/** An answer that somebody else gave, or took back. */
export interface AnswerOfOther {
  readonly seq: number
  readonly itemId: string
  readonly mark: AnswerTable['mark']
  readonly by: string
}

/** All that others put on record after a row, in its order; what stands of an item is its newest. */
export async function answersOfOthers(
  db: Db | Trx,
  { assessmentId, contact, after }: { assessmentId: string; contact: string; after: number },
): Promise<AnswerOfOther[]> {
  const { rows } = await selectOfOthers(db, { assessmentId, contact, after })
  return rows.flatMap(({ seq, itemId, mark, by }) => (by === null ? [] : { seq, itemId, mark, by }))
}

const selectOfOthers = builtOnce((db, given: { assessmentId: string; contact: string; after: number }) =>
  db
    .selectFrom('answers')
    .select(['seq', 'item_id as itemId', 'mark', 'answered_by as by'])
    .where('assessment_id', '=', given.assessmentId)
    .where('seq', '>', given.after)
    .where('answered_by', '!=', given.contact)
    .orderBy('seq'),
)

/** The newest row of an assessment; 0 for none. */
export async function newestAnswer(db: Db | Trx, assessmentId: string): Promise<number> {
  const row = await db
    .selectFrom('answers')
    .select('seq')
    .where('assessment_id', '=', assessmentId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq ?? 0
}
