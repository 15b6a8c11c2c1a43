import type { Db } from '../storage/database.ts'
import { type RegulatorRole, regulatorsOf, roleOf } from '../storage/regulators.ts'
import type { House } from './house.ts'

/** Who may decide; a viewer only looks. */
const deciding: readonly RegulatorRole[] = ['reviewer', 'approver', 'admin']

export type Right = 'decide' | 'view'

/** What a person may do with the applications of a district. */
export async function rightOn(db: Db, house: House, userId: string, district: string): Promise<Right | undefined> {
  const { code } = house.library.districts.city
  const roles = (await roleOf(db, userId)).filter((each) => each.district === district || each.district === code)
  if (roles.some(({ role }) => deciding.includes(role))) return 'decide'
  return roles.length > 0 ? 'view' : undefined
}

/** The districts whose applications a person sees; a regulator of the city sees them all. */
export async function districtsSeenBy(db: Db, house: House, userId: string): Promise<string[]> {
  const { city, districts } = house.library.districts
  const own = (await roleOf(db, userId)).map(({ district }) => district)
  return own.includes(city.code) ? [city.code, ...districts.map(({ code }) => code)] : own
}

/** User ids of those who decide on a district; those of the city where the district has nobody. */
export async function decidersOf(db: Db, house: House, district: string): Promise<string[]> {
  const own = await regulatorsOf(db, district, deciding)
  const all = own.length > 0 ? own : await regulatorsOf(db, house.library.districts.city.code, deciding)
  return all.map(({ userId }) => userId)
}
