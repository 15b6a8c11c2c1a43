import { addDays, chinaDateOf, type IsoDate, nineOn } from '../calendar/dates.ts'
import type { Policy } from '../policy/policy.ts'
import type { Trx } from '../storage/database.ts'
import { cancelReminder, type PlannedReminder, planReminder } from '../storage/reminders.ts'

type Intervals = Pick<Policy, 'nudgeAfterDays' | 'nudgeEveryDaysAfterwards'>

/** Somebody in the middle of a walk has said something: from now on it may be left lying. Said with every message. */
export const scheduleNudge = (
  trx: Trx,
  { contact, policy, at }: { readonly contact: string; readonly policy: Intervals; readonly at: Date },
): Promise<void> =>
  planReminder(trx, {
    uniqueKey: nudgeKey(contact),
    kind: 'nudge',
    subject: contact,
    contact,
    dueAt: nineOn(addDays(chinaDateOf(at), policy.nudgeAfterDays.value[0] ?? 1)),
    step: 0,
  })

/** There is nothing left lying any more. */
export const cancelNudge = (trx: Trx, contact: string): Promise<void> => cancelReminder(trx, nudgeKey(contact))

const nudgeKey = (contact: string) => `nudge:${contact}`

/** Nobody has answered a nudge: there is a next one, later each time. */
export async function scheduleNextNudge(trx: Trx, told: PlannedReminder, policy: Intervals, today: IsoDate) {
  const { value } = policy.nudgeAfterDays
  const due = chinaDateOf(told.dueAt)
  const [days, next] = [value[told.step], value[told.step + 1]]
  const on =
    days === undefined || next === undefined
      ? addDays(due, policy.nudgeEveryDaysAfterwards.value)
      : addDays(due, next - days)
  // Told late, it is not told again the same day.
  const dueAt = nineOn(on > today ? on : addDays(today, 1))
  await planReminder(trx, { ...told, step: told.step + 1, dueAt })
}
