import type { LifeCycleState } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { districtNamed, type House, industryTitle } from '../standardization/house.ts'
import { districtsSeenBy } from '../standardization/rights.ts'
import { type ApplicationEntry, applicationEntries } from '../storage/applications.ts'

const filters = {
  waiting: ['filed', 'underReview'],
  returned: ['returned'],
  publicity: ['inPublicity'],
  listed: ['announced'],
  verification: ['verificationDue', 'rectifying'],
  closed: ['rejected', 'withdrawn', 'revoked', 'renewed', 'expired'],
} as const satisfies Record<string, readonly LifeCycleState[]>

export type Filter = keyof typeof filters

export const filterNames = Object.keys(filters) as readonly Filter[]

export const filterNamed = (name: unknown): Filter => filterNames.find((each) => each === name) ?? 'waiting'

export interface ListView {
  readonly filter: Filter
  readonly entries: readonly ListEntry[]
  /** There may be more than are listed. */
  readonly isCut: boolean
}

export interface ListEntry {
  readonly id: string
  readonly number: string
  readonly enterprise: string
  readonly district: string
  readonly industry: string
  readonly headcount: number
  readonly state: string
  readonly score: number | null
  readonly major: number
  readonly general: number
  readonly isHighHazard: boolean
  /** ISO dates in China. */
  readonly reviewDueOn: string
  readonly isOverdue: boolean
  readonly validUntil: string | null
}

const LISTED = 300

/** The applications of a regulator's districts, the dangerous ones first. */
export async function listView(house: House, userId: string, filter: Filter): Promise<ListView> {
  const { db } = house.database
  const entries = await applicationEntries(db, {
    districts: await districtsSeenBy(db, house, userId),
    states: filters[filter],
    order: { highHazard: highHazardIndustries(house) },
    limit: LISTED,
  })
  const today = chinaDateOf(house.clock())
  return {
    filter,
    entries: entries.map((entry) => shown(house, entry, today)),
    isCut: entries.length === LISTED,
  }
}

const shown = (house: House, entry: ApplicationEntry, today: string): ListEntry => ({
  id: entry.id,
  number: entry.number,
  enterprise: entry.enterprise,
  district: districtNamed(house, entry.district).title,
  industry: industryTitle(house, entry.industry),
  headcount: entry.headcount,
  state: entry.state,
  score: entry.score,
  major: entry.hazards.filter(({ grade }) => grade === 'major').length,
  general: entry.hazards.filter(({ grade }) => grade === 'general').length,
  isHighHazard: highHazardIndustries(house).includes(entry.industry),
  reviewDueOn: entry.reviewDueOn,
  isOverdue: entry.reviewDueOn < today,
  validUntil: entry.validUntil,
})

const highHazardIndustries = ({ library }: House): string[] =>
  library.industries.industries.filter(({ highHazard }) => highHazard).map(({ id }) => id)
