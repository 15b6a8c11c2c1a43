import type { SiteFacts } from '../checklist/checklist.ts'
import type { Db, Trx } from './database.ts'
import { addMember } from './members.ts'
import type { AssessmentPurpose } from './tables.ts'

export interface NewEnterprise {
  readonly id: string
  readonly uscc: string
  readonly name: string
  readonly district: string
  readonly industryClass: string
  readonly industry: string
  readonly headcount: number
  readonly contact: string
  readonly contactName: string
  readonly contactPhone: string
  readonly facts: readonly string[]
  readonly policy: string
  readonly consentVersion: number
  readonly at: Date
}

export async function registerEnterprise(trx: Trx, enterprise: NewEnterprise): Promise<void> {
  const at = enterprise.at.toISOString()
  await trx
    .insertInto('enterprises')
    .values({
      id: enterprise.id,
      uscc: enterprise.uscc,
      name: enterprise.name,
      district: enterprise.district,
      industry_class: enterprise.industryClass,
      industry: enterprise.industry,
      headcount: enterprise.headcount,
      contact: enterprise.contact,
      contact_name: enterprise.contactName,
      contact_phone: enterprise.contactPhone,
      facts: JSON.stringify(enterprise.facts),
      policy: enterprise.policy,
      consented_at: at,
      consent_version: enterprise.consentVersion,
      created_at: at,
    })
    .execute()
  await addMember(trx, {
    enterpriseId: enterprise.id,
    contact: enterprise.contact,
    role: 'contact',
    name: enterprise.contactName,
    at: enterprise.at,
  })
}

/** The id of who registered a code; undefined where nobody did. */
export async function enterpriseWithUscc(db: Db | Trx, uscc: string): Promise<string | undefined> {
  const row = await db.selectFrom('enterprises').select('id').where('uscc', '=', uscc).executeTakeFirst()
  return row?.id
}

/** What can change of an enterprise; its code cannot. */
export type Particulars = Pick<
  NewEnterprise,
  'name' | 'district' | 'industryClass' | 'industry' | 'headcount' | 'contactName' | 'contactPhone' | 'facts'
>

/** What was told anew of an enterprise; the rest stays as it is. */
export async function updateParticulars(
  trx: Trx,
  id: string,
  { name, district, industryClass, industry, headcount, contactName, contactPhone, facts }: Partial<Particulars>,
): Promise<void> {
  await trx
    .updateTable('enterprises')
    .set({
      ...(name !== undefined && { name }),
      ...(district !== undefined && { district }),
      ...(industryClass !== undefined && { industry_class: industryClass }),
      ...(industry !== undefined && { industry }),
      ...(headcount !== undefined && { headcount }),
      ...(contactName !== undefined && { contact_name: contactName }),
      ...(contactPhone !== undefined && { contact_phone: contactPhone }),
      ...(facts !== undefined && { facts: JSON.stringify(facts) }),
    })
    .where('id', '=', id)
    .execute()
  if (contactName !== undefined)
    await trx
      .updateTable('members')
      .set({ name: contactName })
      .where('enterprise_id', '=', id)
      .where('role', '=', 'contact')
      .where('left_at', 'is', null)
      .execute()
}

/** What the conversation needs of an enterprise. */
export interface EnterpriseFacts {
  readonly id: string
  readonly name: string
  readonly district: string
  readonly policy: string
  /** Who is expected to sign. */
  readonly contactName: string
  readonly site: SiteFacts
}

export async function enterpriseFacts(db: Db | Trx, id: string): Promise<EnterpriseFacts> {
  const row = await db
    .selectFrom('enterprises')
    .select(['id', 'name', 'district', 'policy', 'contact_name', 'industry', 'facts', 'headcount'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    name: row.name,
    district: row.district,
    policy: row.policy,
    contactName: row.contact_name,
    site: { industry: row.industry, facts: JSON.parse(row.facts) as string[], headcount: row.headcount },
  }
}

export interface NewAssessment {
  readonly id: string
  readonly enterpriseId: string
  readonly purpose: AssessmentPurpose
  readonly policy: string
  readonly refs: readonly string[]
  /** The listing a re-check keeps alive. */
  readonly applicationId?: string
  readonly at: Date
}

export async function openAssessment(trx: Trx, assessment: NewAssessment): Promise<void> {
  await trx
    .insertInto('self_assessments')
    .values({
      id: assessment.id,
      enterprise_id: assessment.enterpriseId,
      purpose: assessment.purpose,
      policy: assessment.policy,
      refs: JSON.stringify(assessment.refs),
      state: 'open',
      application_id: assessment.applicationId ?? null,
      started_at: assessment.at.toISOString(),
      completed_at: null,
    })
    .execute()
}

/** What never changes of an assessment. */
export interface AssessmentFacts {
  readonly id: string
  readonly enterpriseId: string
  readonly purpose: AssessmentPurpose
  readonly policy: string
  /** JSON list: the key under which a checklist is remembered. */
  readonly refs: string
  readonly applicationId: string | null
  /** ISO instant; the versions that were valid then are asked. */
  readonly startedAt: string
}

export async function assessmentFacts(db: Db | Trx, id: string): Promise<AssessmentFacts> {
  const row = await db
    .selectFrom('self_assessments')
    .select(['id', 'enterprise_id', 'purpose', 'policy', 'refs', 'application_id', 'started_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    enterpriseId: row.enterprise_id,
    purpose: row.purpose,
    policy: row.policy,
    refs: row.refs,
    applicationId: row.application_id,
    startedAt: row.started_at,
  }
}

/**
 * What is asked from now on; what was answered of the rest stays on record. The bookmarks of others go on counting by
 * what was asked until now, until they are brought up to date.
 */
export async function updateRefs(
  trx: Trx,
  { id, refs, by }: { readonly id: string; readonly refs: readonly string[]; readonly by: string },
): Promise<void> {
  const { refs: before } = await assessmentFacts(trx, id)
  const after = JSON.stringify(refs)
  if (after === before) return
  await trx.updateTable('self_assessments').set({ refs: after }).where('id', '=', id).execute()
  await trx
    .updateTable('conversations')
    .set({ refs: before })
    .where('assessment_id', '=', id)
    .where('contact', '!=', by)
    .where('refs', 'is', null)
    .execute()
}

export type AssessmentState = 'open' | 'completed' | 'abandoned'

/** @throws when there is no such assessment */
export const assessmentState = async (db: Db | Trx, id: string): Promise<AssessmentState> =>
  (await db.selectFrom('self_assessments').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state

export async function completeAssessment(trx: Trx, id: string, at: Date): Promise<void> {
  await trx
    .updateTable('self_assessments')
    .set({ state: 'completed', completed_at: at.toISOString() })
    .where('id', '=', id)
    .execute()
}

/** It came to nothing; what was answered stays on record. */
export async function abandonAssessment(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('self_assessments').set({ state: 'abandoned' }).where('id', '=', id).execute()
}

/** The newest assessment of an enterprise that was carried to its end. */
export async function lastCompletedAssessment(
  trx: Trx,
  enterpriseId: string,
): Promise<(AssessmentFacts & { readonly completedAt: Date }) | undefined> {
  const row = await trx
    .selectFrom('self_assessments')
    .select(['id', 'completed_at'])
    .where('enterprise_id', '=', enterpriseId)
    .where('state', '=', 'completed')
    .orderBy('completed_at', 'desc')
    .executeTakeFirst()
  return row && { ...(await assessmentFacts(trx, row.id)), completedAt: new Date(row.completed_at ?? '') }
}
