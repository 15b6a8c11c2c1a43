import { sql } from 'kysely'
import type { Mark } from '../checklist/rules.ts'
import type { Db, Trx } from './database.ts'
import type { ModelInquiryTable } from './tables.ts'

/** What a language model was asked of a message, and what came of it. */
export interface ModelInquiry {
  /** Dedupe key of the message. */
  readonly message: string
  /** Where the conversation stood: its turn, and the item in hand. */
  readonly turn: number
  readonly itemRef: string
  readonly outcome: ModelInquiryTable['outcome']
  /** What it proposed, if anything. */
  readonly leans: 'good' | 'bad' | null
}

/** In the transaction that claims the message: handled again, it is not asked again. */
export async function keepModelInquiry(trx: Trx, inquiry: ModelInquiry, at: Date): Promise<void> {
  const { message, turn, itemRef, outcome, leans } = inquiry
  await trx
    .insertInto('model_inquiries')
    .values({
      ...{ message, turn, outcome, item_ref: itemRef, proposed: leans },
      ...{ asked_at: at.toISOString(), chosen: null, chosen_at: null },
    })
    .execute()
}

export async function modelInquiryOn(trx: Trx, message: string): Promise<ModelInquiry | undefined> {
  const row = await trx.selectFrom('model_inquiries').selectAll().where('message', '=', message).executeTakeFirst()
  return row && { message, turn: row.turn, itemRef: row.item_ref, outcome: row.outcome, leans: row.proposed }
}

/** What the owner chose where something had been proposed; the first answer counts. */
export async function keepChoice(trx: Trx, message: string, chosen: Mark, at: Date): Promise<void> {
  await trx
    .updateTable('model_inquiries')
    .set({ chosen, chosen_at: at.toISOString() })
    .where('message', '=', message)
    .where('chosen', 'is', null)
    .execute()
}

/** How often each outcome was, and how often what was proposed was what the owner chose. */
export interface ModelFigures {
  readonly asked: Readonly<Record<ModelInquiryTable['outcome'], number>>
  readonly chosen: Readonly<Record<'same' | 'other' | 'nothing', number>>
}

export async function modelFigures(db: Db): Promise<ModelFigures> {
  const rows = await db
    .selectFrom('model_inquiries')
    .select(['outcome', 'proposed', 'chosen', sql<number | string>`count(*)`.as('count')])
    .groupBy(['outcome', 'proposed', 'chosen'])
    .execute()
  const asked = { proposed: 0, none: 0, late: 0, malformed: 0, failed: 0 }
  const chosen = { same: 0, other: 0, nothing: 0 }
  for (const row of rows) {
    asked[row.outcome] += Number(row.count)
    if (row.proposed !== null) chosen[comparedWith(row.proposed, row.chosen)] += Number(row.count)
  }
  return { asked, chosen }
}

function comparedWith(proposed: 'good' | 'bad', chosen: Mark | null) {
  if (chosen === null) return 'nothing'
  return chosen === (proposed === 'good' ? 'conforming' : 'nonconforming') ? 'same' : 'other'
}
