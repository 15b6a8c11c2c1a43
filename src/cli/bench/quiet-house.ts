import type { Content } from '../../content.ts'
import type { ConversationHouse } from '../../conversation/house.ts'
import type { Database } from '../../storage/database.ts'
import { loneHouse } from '../lone-house.ts'

/** A house that hears and remembers, and sends nothing. What it cannot handle is an error of the benchmark. */
export const quietHouse = (content: Content, database: Database): ConversationHouse =>
  loneHouse({
    content,
    database,
    policyId: [...content.policies.keys()][0] ?? '',
    clock: () => new Date(),
    linkSecret: 'bench',
    problem: (error) => {
      throw error
    },
  })
