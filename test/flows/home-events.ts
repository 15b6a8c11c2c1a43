import type { HomeEvent } from '../../flows/home/home.machine.ts'

/** Everything that can happen at home, once each. */
export const homeEvents: readonly HomeEvent[] = [
  { type: 'walk.begun', beginning: 'recheck' },
  { type: 'beginning.unavailable', beginning: 'renewal' },
  { type: 'reminder.snoozed', applicationId: 'a1' },
  { type: 'amendment.postponed' },
  { type: 'status.asked' },
  { type: 'answers.asked' },
]
