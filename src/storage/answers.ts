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
  /** Of the message it was said in. */
  readonly dedupeKey: string
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
  })
}

const insertAnswer = builtOnce((db, row: Insertable<AnswerTable>) => db.insertInto('answers').values(row))

export interface RecordedAnswer {
  readonly itemId: string
  readonly position: number
  readonly mark: Exclude<Mark, 'unanswered'>
  readonly excusedBy: string | null
  readonly answeredAt: string
}

/** What holds now: the newest row of each item, in the order of the checklist, without what was withdrawn. */
export async function answersOf(db: Db | Trx, assessmentId: string): Promise<RecordedAnswer[]> {
  const rows = await db
    .selectFrom('answers')
    .select(['item_id', 'position', 'mark', 'excused_by', 'answered_at'])
    .where('assessment_id', '=', assessmentId)
    .orderBy('seq')
    .execute()
  const newest = new Map(rows.map((row) => [row.item_id, row]))
  return [...newest.values()]
    .flatMap(({ item_id, position, mark, excused_by, answered_at }) =>
      mark === 'withdrawn' ? [] : [{ itemId: item_id, position, mark, excusedBy: excused_by, answeredAt: answered_at }],
    )
    .sort((a, b) => a.position - b.position)
}
