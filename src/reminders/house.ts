import type { ChecklistLibrary } from '../checklist/library.ts'
import { type Policy, policyNamed } from '../policy/policy.ts'
import type { Database, Db } from '../storage/database.ts'
import { enterpriseOf } from '../storage/enterprises.ts'

/** What reminding needs of the house. */
export interface ReminderHouse {
  readonly database: Database
  readonly library: ChecklistLibrary
  readonly policies: ReadonlyMap<string, Policy>
}

export const policyOfEnterprise = async (db: Db, house: ReminderHouse, enterpriseId: string): Promise<Policy> =>
  policyNamed(house, (await enterpriseOf(db, enterpriseId)).policy)
