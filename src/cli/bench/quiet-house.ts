import type { Content } from '../../content.ts'
import type { ConversationHouse } from '../../conversation/house.ts'
import type { Database } from '../../storage/database.ts'
import { usualRates } from '../../storage/outbox.ts'

/** A house that hears and remembers, and sends nothing. What it cannot handle is an error of the benchmark. */
export const quietHouse = (content: Content, database: Database): ConversationHouse => ({
  ...content,
  database,
  policyId: [...content.policies.keys()][0] ?? '',
  publicUrl: 'http://localhost',
  linkSecret: 'bench',
  checklists: new Map(),
  rates: usualRates,
  clock: () => new Date(),
  log: {
    error: ({ err }) => {
      throw err
    },
  },
})
