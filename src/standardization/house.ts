import type { CalendarOverrides } from '../calendar/overrides.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Policy } from '../policy/policy.ts'
import type { Database } from '../storage/database.ts'

export { policyNamed } from '../policy/policy.ts'

/** What the use cases need of the house. Made once, in `src/start.ts`. */
export interface House {
  readonly database: Database
  readonly library: ChecklistLibrary
  /** By id. */
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendarOverrides: CalendarOverrides
  /** Where people reach us, without a slash at its end. */
  readonly publicUrl: string
  /** Signs links and sessions. */
  readonly linkSecret: string
  readonly clock: () => Date
}

/** What a district is called; its code where it is none of ours. */
export function districtNamed({ library }: House, code: string) {
  const { city, districts } = library.districts
  const district = districts.find((each) => each.code === code)
  if (district) return district
  return { code, title: code === city.code ? city.title : code, bureau: city.title, abbreviation: code }
}

/** What an industry is called; its id where it has no name. */
export const industryTitle = ({ library }: House, id: string): string =>
  library.industries.industries.find((each) => each.id === id)?.title ?? id

/** When a day is over in China. */
export const midnightAfter = (date: string): Date => new Date(`${date}T24:00:00+08:00`)
