import { emit, setup } from 'xstate'
import type { CodeProblem } from '../enrolment/enrolment.machine.ts'
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
  /** A colleague's code, before anybody has looked whether it is one. */
  | { type: 'code.given'; code: string }
  | { type: 'invitation.accepted'; hash: string; name: string }
  | { type: 'invitation.refused'; why: CodeProblem }

export type HomeEffect =
  | { type: 'beginWalk'; beginning: Beginning }
  | { type: 'sayNothingToBegin'; beginning: Beginning }
  | { type: 'snoozeReminder'; applicationId: string }
  | { type: 'sayPostponed' }
  | { type: 'sayAnswersSent' }
  | { type: 'sayStanding' }
  | { type: 'joinEnterprise'; hash: string; name: string }
  | { type: 'refuseCode'; why: CodeProblem }

/** Where an enrolled owner is between walks: asks how things stand, and begins what may be begun. */
export const home = setup({
  types: { events: {} as HomeEvent, emitted: {} as HomeEffect },
  actions: {
    beginWalk: emit((_, { beginning }: { beginning: Beginning }) => ({ type: 'beginWalk', beginning })),
    sayNothingToBegin: emit((_, { beginning }: { beginning: Beginning }) => ({ type: 'sayNothingToBegin', beginning })),
    snoozeReminder: emit((_, { applicationId }: { applicationId: string }) => ({
      type: 'snoozeReminder',
      applicationId,
    })),
    sayPostponed: emit({ type: 'sayPostponed' }),
    sayAnswersSent: emit({ type: 'sayAnswersSent' }),
    sayStanding: emit({ type: 'sayStanding' }),
    joinEnterprise: emit((_, { hash, name }: { hash: string; name: string }) => ({
      type: 'joinEnterprise',
      hash,
      name,
    })),
    refuseCode: emit((_, { why }: { why: CodeProblem }) => ({ type: 'refuseCode', why })),
  },
}).createMachine({
  id: 'home',
  initial: 'resting',
  states: {
    resting: {
      on: {
        'walk.begun': { actions: { type: 'beginWalk', params: ({ event }) => event } },
        'beginning.unavailable': { actions: { type: 'sayNothingToBegin', params: ({ event }) => event } },
        'reminder.snoozed': { actions: { type: 'snoozeReminder', params: ({ event }) => event } },
        'amendment.postponed': { actions: 'sayPostponed' },
        'status.asked': { actions: 'sayStanding' },
        'answers.asked': { actions: 'sayAnswersSent' },
        'invitation.accepted': { actions: { type: 'joinEnterprise', params: ({ event }) => event } },
        'invitation.refused': { actions: { type: 'refuseCode', params: ({ event }) => event } },
      },
    },
  },
})
