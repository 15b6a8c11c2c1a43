import type { EnrolmentField, ProfileUpdate } from '../../../flows/enrolment/enrolment.machine.ts'
import type { WalkContext } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { enterpriseOf } from '../../storage/enterprises.ts'
import type { Outcome, Unit } from './shell.ts'

/** The particulars are put right in the enrolment, which hands the walk's bookmark back when it is done. */
export async function openProfile(
  { trx, conversation }: Unit,
  walk: WalkContext | null,
  field?: EnrolmentField,
): Promise<Outcome> {
  const { enterprise, assessment } = conversation
  if (!enterprise) throw new Error('Only an enrolled enterprise has particulars')
  const { id, policy, contact, ...draft } = await enterpriseOf(trx, enterprise.id)
  const input: ProfileUpdate = {
    draft,
    updating: walk ? 'walk' : 'home',
    ...(walk && { walk }),
    ...(field && { field }),
  }
  return { said: [], next: { flow: 'enrolment', input, enterpriseId: id, enterprise, assessment } }
}
