import type { LifeCycleEvent } from '../../flows/standardization/index.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { fireAll, fireDueReminders } from '../reminders/index.ts'
import { lockedApplication } from '../storage/applications.ts'
import { claimDeadline, type DueDeadline, dueDeadlines } from '../storage/deadlines.ts'
import { claimUnanswered } from './claims.ts'
import type { House } from './house.ts'
import { takeStep } from './life-cycle.ts'

/**
 * Lets happen what has become due, in life cycles and of what is to be told: each in a transaction of its own, exactly
 * once whoever else does the same. One that fails stays due and does not hold up the others.
 * @returns how many happened
 * @throws AggregateError when some failed, after all the others happened
 */
export async function fireDueDeadlines(house: House, now: Date): Promise<number> {
  let total = 0
  for (;;) {
    const deadlines = await fireAll<DueDeadline>(
      (page) => dueDeadlines(house.database.db, now, page),
      (deadline) => fire(house, deadline, now),
    )
    const reminders = await fireDueReminders(house, now, { claim: claimUnanswered })
    const fired = deadlines.count + reminders.count
    const failures = [...deadlines.failures, ...reminders.failures]
    total += fired
    if (failures.length > 0 && fired === 0)
      throw new AggregateError(failures, `${failures.length} deadlines could not be fired`)
    if (fired === 0) return total
  }
}

/** An event that means nothing any more is settled all the same. */
function fire(house: House, { seq, applicationId }: DueDeadline, now: Date): Promise<boolean> {
  const { dialect, inTransaction } = house.database
  return inTransaction(`application ${applicationId}`, async (trx) => {
    const application = await lockedApplication(trx, dialect, applicationId)
    const planned = application && (await claimDeadline(trx, dialect, seq, now))
    if (!application || planned === undefined) return false
    // It happens today, even if it was due while nobody looked.
    const event = { ...(JSON.parse(planned) as LifeCycleEvent), on: chinaDateOf(now) }
    await takeStep(trx, house, application, event, { actor: 'clock', at: now })
    return true
  })
}
