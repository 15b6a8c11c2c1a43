import type { RecordedAnswer } from './answers.ts'
import { builtOnce } from './built-once.ts'
import type { Db, Trx } from './database.ts'
import type { MemberRole } from './tables.ts'

export type { MemberRole } from './tables.ts'

/** Somebody who answers for an enterprise. */
export interface Member {
  readonly contact: string
  readonly role: MemberRole
  readonly name: string
}

/** Whoever comes back is a member again. */
export async function addMember(
  trx: Trx,
  { enterpriseId, contact, role, name, at }: Member & { readonly enterpriseId: string; readonly at: Date },
): Promise<void> {
  await trx
    .insertInto('members')
    .values({ enterprise_id: enterpriseId, contact, role, name, joined_at: at.toISOString(), left_at: null })
    .onConflict((conflict) =>
      conflict.columns(['enterprise_id', 'contact']).doUpdateSet({ name, joined_at: at.toISOString(), left_at: null }),
    )
    .execute()
}

/** All who are or were: what they answered keeps their name. */
export const membersOf = async (db: Db | Trx, enterpriseId: string): Promise<Member[]> =>
  (await selectMembers(db, { enterpriseId })).rows

const selectMembers = builtOnce((db, { enterpriseId }: { enterpriseId: string }) =>
  db
    .selectFrom('members')
    .select(['contact', 'role', 'name'])
    .where('enterprise_id', '=', enterpriseId)
    .orderBy('joined_at')
    .orderBy('contact'),
)

/** Undefined for a stranger, and for whoever has left. */
export const memberOf = (db: Db | Trx, enterpriseId: string, contact: string): Promise<Member | undefined> =>
  db
    .selectFrom('members')
    .select(['contact', 'role', 'name'])
    .where('enterprise_id', '=', enterpriseId)
    .where('contact', '=', contact)
    .where('left_at', 'is', null)
    .executeTakeFirst()

/** Who gave each answer, by item; empty where one person gave them all. What nobody signed is the contact's. */
export function namesOfAnswers(
  answers: readonly Pick<RecordedAnswer, 'itemId' | 'answeredBy'>[],
  members: readonly Member[],
): ReadonlyMap<string, string> {
  const contact = members.find(({ role }) => role === 'contact')
  const names = new Map(members.map((member) => [member.contact, member.name]))
  const given = answers.map(({ itemId, answeredBy }) => [itemId, answeredBy ?? contact?.contact ?? ''] as const)
  if (new Set(given.map(([, by]) => by)).size < 2) return new Map()
  return new Map(given.map(([itemId, by]) => [itemId, names.get(by) ?? by]))
}
