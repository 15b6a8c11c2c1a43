import { assign, emit, enqueueActions, setup } from 'xstate'

export type ReviewDeskEvent =
  /** Tapped on the push of that application, for what was filed in that round. */
  | { type: 'application.approved'; applicationId: string; round: number }
  | { type: 'return.begun'; subject: Subject }
  /** Asked for in another way than on its own push: the application is named before anything happens. */
  | { type: 'approval.begun'; subject: Subject }
  | { type: 'approval.confirmed' }
  | { type: 'approval.cancelled' }
  | { type: 'reasons.given'; findings: readonly DeskFinding[] }
  | { type: 'reasons.malformed'; line: string }
  | { type: 'return.confirmed' }
  | { type: 'return.cancelled' }
  /** To reject an application, or to revoke a listing. */
  | { type: 'refusal.begun'; subject: Subject; refusal: Refusal }
  | { type: 'refusal.confirmed' }
  | { type: 'refusal.cancelled' }
  | { type: 'queue.asked' }
  | { type: 'help.asked' }
  | { type: 'prompt.repeated' }

/** An application, by its id, its number or the end of its number. */
export type Subject = string

/** What is to be put right of one item, by the number the owner saw. */
export interface DeskFinding {
  readonly number: number
  readonly reason: string
}

/** A decision that ends an application or a listing, with what its owner is told. */
export interface Refusal {
  readonly decision: 'reject' | 'revoke'
  readonly reason: string
}

/** What the desk asks of the house; each comes to one outcome, and that is what the regulator reads. */
export type DeskEffect =
  /** Without a round: whatever is filed now. */
  | { type: 'approveApplication'; subject: Subject; round?: number }
  | { type: 'returnApplication'; subject: Subject; findings: readonly DeskFinding[] }
  | { type: 'confirmApproval'; subject: Subject }
  | { type: 'askReasons'; subject: Subject }
  | { type: 'sayReasonsMalformed'; subject: Subject; line: string }
  | { type: 'confirmReturn'; subject: Subject; findings: readonly DeskFinding[] }
  | { type: 'confirmRefusal'; subject: Subject; refusal: Refusal }
  | { type: 'refuse'; subject: Subject; refusal: Refusal }
  | { type: 'sayCancelled' }
  | { type: 'showQueue' }
  | { type: 'showHelp' }

export interface ReviewDeskContext {
  readonly subject: Subject
  readonly findings: readonly DeskFinding[]
  readonly refusal: Refusal | null
}

const nothing: ReviewDeskContext = { subject: '', findings: [], refusal: null }

/** A regulator's chat: what waits, and a decision on each. */
export const reviewDesk = setup({
  types: {
    context: {} as ReviewDeskContext,
    events: {} as ReviewDeskEvent,
    emitted: {} as DeskEffect,
  },
  actions: {
    takeInHand: assign(({ event }) => ({
      subject: 'subject' in event ? event.subject : '',
      findings: [],
      refusal: 'refusal' in event ? event.refusal : null,
    })),
    putDown: assign(nothing),
    dropFindings: assign({ findings: [] }),
    keepFindings: assign(({ event }) => ({ findings: event.type === 'reasons.given' ? event.findings : [] })),
    approveTapped: emit(({ event }) => ({
      type: 'approveApplication',
      ...(event.type === 'application.approved'
        ? { subject: event.applicationId, round: event.round }
        : { subject: '' }),
    })),
    approve: emit(({ context }) => ({ type: 'approveApplication', subject: context.subject })),
    returnIt: emit(({ context: { subject, findings } }) => ({ type: 'returnApplication', subject, findings })),
    confirmApproval: emit(({ context }) => ({ type: 'confirmApproval', subject: context.subject })),
    askReasons: emit(({ context }) => ({ type: 'askReasons', subject: context.subject })),
    sayReasonsMalformed: emit(({ context, event }) => ({
      type: 'sayReasonsMalformed',
      subject: context.subject,
      line: event.type === 'reasons.malformed' ? event.line : '',
    })),
    confirmReturn: emit(({ context: { subject, findings } }) => ({ type: 'confirmReturn', subject, findings })),
    confirmRefusal: enqueueActions(({ context: { subject, refusal }, enqueue }) => {
      if (refusal) enqueue.emit({ type: 'confirmRefusal', subject, refusal })
    }),
    refuse: enqueueActions(({ context: { subject, refusal }, enqueue }) => {
      if (refusal) enqueue.emit({ type: 'refuse', subject, refusal })
    }),
    sayCancelled: emit({ type: 'sayCancelled' }),
    showQueue: emit({ type: 'showQueue' }),
    showHelp: emit({ type: 'showHelp' }),
  },
}).createMachine({
  id: 'reviewDesk',
  context: nothing,
  initial: 'atDesk',
  on: {
    'application.approved': { target: '.atDesk', actions: ['putDown', 'approveTapped'] },
    'return.begun': { target: '.returning', actions: ['takeInHand', 'askReasons'] },
    'approval.begun': { target: '.confirmingApproval', reenter: true, actions: 'takeInHand' },
    'refusal.begun': { target: '.confirmingRefusal', reenter: true, actions: 'takeInHand' },
    'queue.asked': { target: '.atDesk', actions: ['putDown', 'showQueue'] },
    'help.asked': { target: '.atDesk', actions: ['putDown', 'showHelp'] },
  },
  states: {
    atDesk: {
      on: {
        'prompt.repeated': { actions: 'showQueue' },
        /** A card that was out of date asked, and nothing is in hand. */
        'approval.cancelled': { actions: 'sayCancelled' },
      },
    },
    confirmingApproval: {
      entry: 'confirmApproval',
      on: {
        'approval.confirmed': { target: 'atDesk', actions: ['approve', 'putDown'] },
        'approval.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
        'prompt.repeated': { target: 'confirmingApproval', reenter: true },
      },
    },
    returning: {
      on: {
        'reasons.given': { target: 'confirmingReturn', actions: 'keepFindings' },
        'reasons.malformed': { actions: 'sayReasonsMalformed' },
        'return.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
        'prompt.repeated': { actions: 'askReasons' },
      },
    },
    confirmingReturn: {
      entry: 'confirmReturn',
      on: {
        'return.confirmed': { target: 'atDesk', actions: ['returnIt', 'putDown'] },
        /** Written anew: what was written before does not count any more, understood or not. */
        'reasons.given': { target: 'confirmingReturn', reenter: true, actions: 'keepFindings' },
        'reasons.malformed': { target: 'returning', actions: ['dropFindings', 'sayReasonsMalformed'] },
        'return.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
        'prompt.repeated': { target: 'confirmingReturn', reenter: true },
      },
    },
    confirmingRefusal: {
      entry: 'confirmRefusal',
      on: {
        'refusal.confirmed': { target: 'atDesk', actions: ['refuse', 'putDown'] },
        'refusal.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
        'prompt.repeated': { target: 'confirmingRefusal', reenter: true },
      },
    },
  },
})
