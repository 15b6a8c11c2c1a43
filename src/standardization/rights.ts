import type { Db } from '../storage/database.ts'
import { type RegulatorRole, regulatorsOf, roleOf } from '../storage/regulators.ts'
import type { House } from './house.ts'

/** Who may approve may also return, and who may return may also look. */
export type Right = 'approve' | 'return' | 'view'

const rightsOfRoles: Readonly<Record<RegulatorRole, Right>> = {
  admin: 'approve',
  approver: 'approve',
  reviewer: 'return',
  viewer: 'view',
}

const deciding: readonly RegulatorRole[] = ['reviewer', 'approver', 'admin']

/** What a person may do, and where; a regulator of the city everywhere. */
export interface Rights {
  /** Those whose applications they see. */
  readonly districts: readonly string[]
  /** The most they may do with the applications of a district. */
  on(district: string): Right | undefined
}

export async function rightsOf(db: Db, house: House, userId: string): Promise<Rights> {
  const { city, districts } = house.library.districts
  const roles = await roleOf(db, userId)
  const own = roles.map(({ district }) => district)
  return {
    districts: own.includes(city.code) ? [city.code, ...districts.map(({ code }) => code)] : own,
    on(district) {
      const valid = roles.filter((each) => each.district === district || each.district === city.code)
      const held = valid.map(({ role }) => rightsOfRoles[role])
      return (['approve', 'return', 'view'] as const).find((right) => held.includes(right))
    },
  }
}

export const rightOn = async (db: Db, house: House, userId: string, district: string): Promise<Right | undefined> =>
  (await rightsOf(db, house, userId)).on(district)

export const districtsSeenBy = async (db: Db, house: House, userId: string): Promise<readonly string[]> =>
  (await rightsOf(db, house, userId)).districts

export interface Decider {
  readonly userId: string
  readonly mayApprove: boolean
}

/** Those who decide on a district; those of the city too where the district has nobody who approves. */
export async function decidersOf(db: Db, house: House, district: string): Promise<Decider[]> {
  const own = await regulatorsOf(db, district, deciding)
  const isComplete = own.some(({ role }) => rightsOfRoles[role] === 'approve')
  const others = isComplete ? [] : await regulatorsOf(db, house.library.districts.city.code, deciding)
  const people = new Set([...own, ...others].map(({ userId }) => userId))
  return Promise.all(
    [...people].map(async (userId) => ({
      userId,
      mayApprove: (await rightOn(db, house, userId, district)) === 'approve',
    })),
  )
}
