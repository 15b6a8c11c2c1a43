import type { Database, Db, Trx } from './database.ts'
import type { AssessmentPurpose } from './tables.ts'

/** A walk through a frozen checklist, as far as its application needs it. */
export interface Assessment {
  readonly id: string
  readonly enterpriseId: string
  readonly purpose: AssessmentPurpose
  readonly policy: string
  /** `checklist/item@version`, in order. */
  readonly refs: readonly string[]
  /** The listing that a re-check keeps alive. */
  readonly applicationId: string | null
}

/**
 * Nobody else files or completes it meanwhile.
 * @throws when there is no such assessment
 */
export async function lockedAssessment(trx: Trx, dialect: Database['dialect'], id: string): Promise<Assessment> {
  const query = select(trx).where('id', '=', id)
  return assessmentIn(await (dialect === 'postgres' ? query.forUpdate() : query).executeTakeFirstOrThrow())
}

/** @throws when there is no such assessment */
export const assessmentOf = async (db: Db, id: string): Promise<Assessment> =>
  assessmentIn(await select(db).where('id', '=', id).executeTakeFirstOrThrow())

/** The newest of an enterprise: registering it began the first. */
export async function newestAssessmentOf(db: Db, enterpriseId: string): Promise<string> {
  const { id } = await db
    .selectFrom('self_assessments')
    .select('id')
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}

/** The walk that an enterprise is in the middle of, if any. */
export async function openAssessmentOf(db: Db, enterpriseId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('self_assessments')
    .select('id')
    .where('enterprise_id', '=', enterpriseId)
    .where('state', '=', 'open')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** The walk a contact is in the middle of, if any. */
export async function openWalkOf(db: Db, contact: string): Promise<Assessment | undefined> {
  const row = await select(db)
    .where('state', '=', 'open')
    .where((assessment) =>
      assessment(
        'id',
        '=',
        assessment.selectFrom('conversations').select('assessment_id').where('contact', '=', contact),
      ),
    )
    .executeTakeFirst()
  return row && assessmentIn(row)
}

const select = (db: Db) =>
  db
    .selectFrom('self_assessments')
    .select(['id', 'enterprise_id as enterpriseId', 'purpose', 'policy', 'refs', 'application_id as applicationId'])

const assessmentIn = (row: Omit<Assessment, 'refs'> & { refs: string }): Assessment => ({
  ...row,
  refs: JSON.parse(row.refs) as string[],
})
