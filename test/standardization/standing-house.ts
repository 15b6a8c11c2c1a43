import { randomUUID } from 'node:crypto'
import { type Checklist, checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { isAsked, itemsOf, type Letter, letters } from '../../src/checklist/rules.ts'
import { loadContent } from '../../src/content.ts'
import type { Policy } from '../../src/policy/policy.ts'
import type { Filing, House } from '../../src/standardization/index.ts'
import type { Database } from '../../src/storage/database.ts'
import { openAssessment, registerEnterprise } from '../../src/storage/enrolment.ts'
import { addRegulator, type RegulatorRole } from '../../src/storage/regulators.ts'
import type { AssessmentPurpose } from '../../src/storage/tables.ts'

const content = loadContent()

/** The published policies with the numbers these tests speak of, whatever the files say today. */
export const policies: ReadonlyMap<string, Policy> = new Map(
  [...content.policies].map(([id, policy]) => [id, { ...policy, ...pinned(policy, id) }]),
)

function pinned(policy: Policy, id: string): Partial<Policy> {
  const isNational = id === 'national-2021'
  return {
    reviewWorkingDays: { ...policy.reviewWorkingDays, value: isNational ? 30 : 10 },
    amendmentWorkingDays: { ...policy.amendmentWorkingDays, value: 5 },
    publicityWorkingDays: { ...policy.publicityWorkingDays, value: isNational ? 7 : null },
    recheckReminderDaysBefore: { ...policy.recheckReminderDaysBefore, value: [60, 30, 7, 0] },
    recheckReminderEveryDaysWhenOverdue: { ...policy.recheckReminderEveryDaysWhenOverdue, value: 30 },
    expiryReminderDaysBefore: { ...policy.expiryReminderDaysBefore, value: [90, 30, 7, 0] },
    renewalOpensMonthsBefore: { ...policy.renewalOpensMonthsBefore, value: 3 },
    reapplyAfterRejectionMonths: { ...policy.reapplyAfterRejectionMonths, value: isNational ? 12 : 0 },
    reapplyAfterRevocationMonths: { ...policy.reapplyAfterRevocationMonths, value: 12 },
  }
}

/** @throws Error when there is none of that id */
export function policyOf(id: string): Policy {
  const policy = policies.get(id)
  if (!policy) throw new Error(`no policy ${id}`)
  return policy
}

export type TestHouse = House & {
  /** ISO instant or date in China (then nine in the morning); it stands still until set again. */
  readonly setClock: (moment: string) => void
}

/** A house without conversations: what the use cases need, on a clock that stands still. */
export function houseOn(database: Database, moment = '2026-11-23'): TestHouse {
  let now = instant(moment)
  return {
    ...content,
    policies,
    database,
    publicUrl: 'https://anbiao.example',
    linkSecret: 'a secret for tests',
    clock: () => now,
    setClock: (next) => {
      now = instant(next)
    },
  }
}

/** Nine in the morning in China, where only the day matters. */
export const instant = (moment: string) => new Date(moment.length === 10 ? `${moment}T09:00:00+08:00` : moment)

export const LONGGANG = '440307'
export const NANSHAN = '440305'

export interface Person {
  readonly userId: string
  readonly district?: string
  readonly role?: RegulatorRole
}

export const appoint = (house: TestHouse, { userId, district = LONGGANG, role = 'approver' }: Person) =>
  house.database.inTransaction('test', (trx) => addRegulator(trx, { userId, district, role }, house.clock()))

let registered = 0

/** An enterprise of the machinery trade with a spray booth. */
export async function enterpriseIn(house: TestHouse, { district = LONGGANG, policy = 'shenzhen-trial' } = {}) {
  registered += 1
  const id = randomUUID()
  await house.database.inTransaction('test', (trx) =>
    registerEnterprise(trx, {
      id,
      uscc: `91440300TEST${String(registered).padStart(6, '0')}`,
      name: '强盛金属制品有限公司',
      district,
      industryClass: '33',
      industry: 'machinery',
      headcount: 38,
      contact: `app:owner${registered}`,
      contactName: '陈志强',
      contactPhone: '13812345678',
      facts: site.facts,
      policy,
      consentVersion: 1,
      at: house.clock(),
    }),
  )
  return { id, contact: `app:owner${registered}` }
}

const site = { industry: 'machinery', facts: ['sprayPainting'] }

/** A walk of an enterprise through its checklist, with all in order but what `sheet` makes of it. */
export async function walkOf(
  house: TestHouse,
  enterpriseId: string,
  { purpose = 'initial', applicationId, sheet = conformingSheet }: WalkOptions = {},
): Promise<Filing> {
  const refs = composedRefs(house.library, site, '2026-11-23')
  const checklist = checklistOf(house.library, refs)
  const assessmentId = randomUUID()
  const at = house.clock()
  await house.database.inTransaction('test', (trx) =>
    openAssessment(trx, {
      id: assessmentId,
      enterpriseId,
      purpose,
      policy: 'shenzhen-trial',
      refs,
      ...(applicationId && { applicationId }),
      at,
    }),
  )
  const commitment = { name: '陈志强', declarations: ['以上属实'], signedAt: at.toISOString() }
  return { assessmentId, enterpriseId, checklist, sheet: sheet(checklist), commitment, at }
}

interface WalkOptions {
  readonly purpose?: AssessmentPurpose
  readonly applicationId?: string
  readonly sheet?: (checklist: Checklist) => string
}

export const conformingSheet = ({ items }: Checklist): string => letters.conforming.repeat(items.length)

/** In order but for one major hazard, which is open (N) or was put right (R). */
export const withMajorHazard = (letter: Letter) => (checklist: Checklist) => {
  const criterion = checklist.hazards.find(
    (criterion) => criterion.grade === 'major' && itemsOf(criterion).every(isAlwaysAsked(checklist)),
  )
  if (!criterion) throw new Error('The checklist knows no major hazard')
  return marked(checklist, itemsOf(criterion), letter)
}

/** In order but for one item that makes no major hazard. */
export const withGeneralHazard = (checklist: Checklist) => {
  const item = checklist.items.find(
    ({ id }) => isAlwaysAsked(checklist)(id) && !checklist.hazards.some((criterion) => itemsOf(criterion).includes(id)),
  )
  if (!item) throw new Error('Every item makes a major hazard')
  return marked(checklist, [item.id], letters.nonconforming)
}

const isAlwaysAsked = (checklist: Checklist) => (id: string) =>
  isAsked(checklist, conformingSheet(checklist), checklist.positions.get(id) ?? -1)

const marked = (checklist: Checklist, ids: readonly string[], letter: Letter) =>
  checklist.items.map(({ id }) => (ids.includes(id) ? letter : letters.conforming)).join('')
