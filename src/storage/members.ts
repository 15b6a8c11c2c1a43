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

/** With whoever is no longer one. */
export interface EarlierMember extends Member {
  readonly hasLeft: boolean
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
      conflict
        .columns(['enterprise_id', 'contact'])
        .doUpdateSet({ role, name, joined_at: at.toISOString(), left_at: null }),
    )
    .execute()
}

/** All who are or were: what they answered keeps their name. */
export const membersOf = async (db: Db | Trx, enterpriseId: string): Promise<EarlierMember[]> =>
  (await selectMembers(db, { enterpriseId })).rows.map(({ left_at, ...member }) => ({
    ...member,
    hasLeft: left_at !== null,
  }))

const selectMembers = builtOnce((db, { enterpriseId }: { enterpriseId: string }) =>
  db
    .selectFrom('members')
    .select(['contact', 'role', 'name', 'left_at'])
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

/** The enterprise somebody answers for since last; undefined for a stranger. */
export async function enterpriseAnsweredFor(db: Db | Trx, contact: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('members')
    .select('enterprise_id')
    .where('contact', '=', contact)
    .where('left_at', 'is', null)
    .orderBy('joined_at', 'desc')
    .executeTakeFirst()
  return row?.enterprise_id
}

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
