import { emit, setup } from 'xstate'
import type { Beginning } from '../flow.ts'

export type HomeEvent =
  | { type: 'walk.begun'; beginning: Beginning }
  /** It was wanted, but there is nothing to begin: it was done, or it is not yet time. */
  | { type: 'beginning.unavailable'; beginning: Beginning }
  | { type: 'reminder.snoozed'; applicationId: string }
  | { type: 'amendment.postponed' }
  | { type: 'status.asked' }
  /** The answers that were filed, to look at them or to change one. */
  | { type: 'answers.asked' }
  | { type: 'prompt.repeated' }

export type HomeEffect =
  | { type: 'beginWalk'; beginning: Beginning }
  | { type: 'sayNothingToBegin'; beginning: Beginning }
  | { type: 'snoozeReminder'; applicationId: string }
  | { type: 'sayPostponed' }
  | { type: 'sayAnswersSent' }
  | { type: 'showHome' }

/** Where an enrolled owner is between walks: asks how things stand, and begins what may be begun. */
export const home = setup({
  types: { events: {} as HomeEvent, emitted: {} as HomeEffect },
  actions: {
    beginWalk: emit(({ event }) => ({
      type: 'beginWalk',
      beginning: event.type === 'walk.begun' ? event.beginning : 'assessment',
    })),
    sayNothingToBegin: emit(({ event }) => ({
      type: 'sayNothingToBegin',
      beginning: event.type === 'beginning.unavailable' ? event.beginning : 'assessment',
    })),
    snoozeReminder: emit(({ event }) => ({
      type: 'snoozeReminder',
      applicationId: event.type === 'reminder.snoozed' ? event.applicationId : '',
    })),
    sayPostponed: emit({ type: 'sayPostponed' }),
    sayAnswersSent: emit({ type: 'sayAnswersSent' }),
    showHome: emit({ type: 'showHome' }),
  },
}).createMachine({
  id: 'home',
  initial: 'resting',
  states: {
    resting: {
      on: {
        'walk.begun': { actions: 'beginWalk' },
        'beginning.unavailable': { actions: ['sayNothingToBegin', 'showHome'] },
        'reminder.snoozed': { actions: 'snoozeReminder' },
        'amendment.postponed': { actions: 'sayPostponed' },
        'status.asked': { actions: 'showHome' },
        'answers.asked': { actions: ['sayAnswersSent', 'showHome'] },
        'prompt.repeated': { actions: 'showHome' },
      },
    },
  },
})
