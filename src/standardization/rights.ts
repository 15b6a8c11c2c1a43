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

/** The most a person may do with the applications of a district. */
export async function rightOn(db: Db, house: House, userId: string, district: string): Promise<Right | undefined> {
  const { code } = house.library.districts.city
  const roles = (await roleOf(db, userId)).filter((each) => each.district === district || each.district === code)
  const held = roles.map(({ role }) => rightsOfRoles[role])
  return (['approve', 'return', 'view'] as const).find((right) => held.includes(right))
}

/** The districts whose applications a person sees; a regulator of the city sees them all. */
export async function districtsSeenBy(db: Db, house: House, userId: string): Promise<string[]> {
  const { city, districts } = house.library.districts
  const own = (await roleOf(db, userId)).map(({ district }) => district)
  return own.includes(city.code) ? [city.code, ...districts.map(({ code }) => code)] : own
}

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
