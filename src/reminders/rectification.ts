import { addDays, chinaDateOf, type IsoDate, nineOn } from '../calendar/dates.ts'
import { type Policy, policyNamed } from '../policy/policy.ts'
import { closingOf } from '../storage/closings.ts'
import type { Trx } from '../storage/database.ts'
import { enterpriseOf } from '../storage/enterprises.ts'
import { openHazards } from '../storage/hazards.ts'
import { cancelReminder, lastTold, planReminder } from '../storage/reminders.ts'
import type { ReminderHouse } from './house.ts'

/** Whoever has hazards to put right is reminded in time; nobody is reminded of what is done. */
export async function planRectification(
  trx: Trx,
  house: ReminderHouse,
  { enterpriseId, at }: { readonly enterpriseId: string; readonly at: Date },
): Promise<void> {
  const uniqueKey = rectificationKey(enterpriseId)
  const open = (await closingOf(trx, enterpriseId)) ? [] : await openHazards(trx, enterpriseId)
  const enterprise = await enterpriseOf(trx, enterpriseId)
  const on = nextRemindedOn(
    open.map(({ dueOn }) => dueOn),
    {
      earliest: earliestAfter(at),
      toldOn: await lastTold(trx, uniqueKey),
      policy: policyNamed(house, enterprise.policy),
    },
  )
  if (on === undefined) return cancelReminder(trx, uniqueKey)
  const { contact } = enterprise
  await planReminder(trx, {
    uniqueKey,
    kind: 'rectification',
    subject: enterpriseId,
    contact,
    dueAt: nineOn(on),
    step: 0,
  })
}

export const rectificationKey = (enterpriseId: string) => `rectification:${enterpriseId}`

/** The first day on which nine in the morning is still to come. */
const earliestAfter = (at: Date): IsoDate => {
  const today = chinaDateOf(at)
  return at < nineOn(today) ? today : addDays(today, 1)
}

type Intervals = Pick<Policy, 'rectificationReminderDaysBefore' | 'rectificationReminderEveryDaysWhenOverdue'>

/**
 * The next day on which something is to be said of what is due on these days: so many days before each, on the day,
 * and from then on at intervals, counted from the last time anything was said. Undefined when nothing is due.
 */
export function nextRemindedOn(
  dueOn: readonly IsoDate[],
  {
    earliest,
    toldOn = '',
    policy,
  }: { readonly earliest: IsoDate; readonly toldOn?: IsoDate | undefined; readonly policy: Intervals },
): IsoDate | undefined {
  const every = policy.rectificationReminderEveryDaysWhenOverdue.value
  const days = dueOn.flatMap((due) => {
    const ahead = policy.rectificationReminderDaysBefore.value.map((days) => addDays(due, -days))
    const overdue = addDays(toldOn > due ? toldOn : due, every)
    return [...ahead.filter((day) => day >= earliest && day > toldOn), overdue < earliest ? earliest : overdue]
  })
  return days.sort()[0]
}
