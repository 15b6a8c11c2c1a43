import type { Content } from '../content.ts'
import type { ConversationHouse } from '../conversation/house.ts'
import type { Reply } from '../message/index.ts'
import type { Database } from '../storage/database.ts'
import { usualRates } from '../storage/outbox.ts'

export interface LoneHouse {
  readonly content: Content
  readonly database: Database
  readonly policyId: string
  readonly clock: () => Date
  /** What the draw of photos hangs on, among others. */
  readonly linkSecret: string
  /** Hears of what could not be handled. */
  readonly problem: (error: unknown) => void
}

/** A house that no channel leads to: for the terminal, measurements and tests. */
export const loneHouse = ({ content, problem, ...given }: LoneHouse): ConversationHouse => ({
  ...content,
  ...given,
  publicUrl: 'http://localhost',
  checklists: new Map(),
  rates: usualRates,
  log: { error: ({ err }) => problem(err) },
})

/** Gives what a contact is told by a moment, each time since the time before. */
export function newReplies({ db }: Database, contact: string): (by: Date) => Promise<string[]> {
  let heard = 0
  return async (by) => {
    const rows = await db
      .selectFrom('outbox')
      .select(['seq', 'body'])
      .where('recipient', '=', contact)
      .where('kind', '=', 'reply')
      .where('seq', '>', heard)
      .where('due_at', '<=', by.toISOString())
      .orderBy('seq')
      .execute()
    heard = rows.at(-1)?.seq ?? heard
    return rows.map(({ body }) => (JSON.parse(body) as Reply).text)
  }
}
