import { assign, emit, setup } from 'xstate'
import type { ClaimDecision } from '../claim-keys.ts'

/** All that can happen at the desk, once it is known of which application it is said. */
export type ReviewDeskEvent =
  /** On the push of that application, or on the screen that asked. */
  | ({ type: 'application.approved' } & InHand)
  /** Asked for in another way than on its own push: the application is named before anything happens. */
  | ({ type: 'approval.begun' } & Begun)
  | { type: 'approval.cancelled' }
  | ({ type: 'return.begun' } & Begun)
  | { type: 'reasons.given'; findings: readonly DeskFinding[] }
  | { type: 'reasons.malformed'; line: string }
  | { type: 'numbers.unknown'; numbers: readonly number[] }
  | ({ type: 'return.confirmed'; findings: readonly DeskFinding[] } & InHand)
  | { type: 'return.cancelled' }
  /** To reject an application, or to revoke a listing. */
  | ({ type: 'refusal.begun'; refusal: Refusal } & Begun)
  | ({ type: 'refusal.confirmed'; refusal: Refusal } & InHand)
  | { type: 'refusal.cancelled' }
  /** There is none of that name, or none that this person may decide on: which of the two is not theirs to know. */
  | { type: 'subject.unknown'; subject: Subject }
  | { type: 'subject.several'; subject: Subject; applicationIds: readonly string[] }
  | ({ type: 'approver.needed' } & InHand)
  | ({ type: 'already.decided' } & InHand)
  | { type: 'queue.asked' }
  | { type: 'help.asked' }
  /** Of somebody who says that a registered enterprise is theirs. */
  | { type: 'claims.asked' }
  | { type: 'claim.decided'; claimId: string; decision: ClaimDecision }

/** An application as it was filed in that round: what is filed later is not meant. */
export interface InHand {
  readonly applicationId: string
  readonly round: number
}

interface Begun extends InHand {
  /** It was decided on as it had been filed before: it is asked about anew. */
  readonly filedAnew?: true
}

/** An application, by its id, its number or the end of its number, or by the name of its enterprise. */
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

/** What the desk asks of the house. */
export type DeskEffect =
  | ({ type: 'beginReview' } & InHand)
  | ({ type: 'approveApplication' } & InHand)
  | ({ type: 'returnApplication'; findings: readonly DeskFinding[] } & InHand)
  | ({ type: 'refuse'; refusal: Refusal } & InHand)
  | { type: 'decideClaim'; claimId: string; decision: ClaimDecision }
  | { type: 'sayCancelled' }

export interface ReviewDeskContext {
  /** What is decided on, or what the problem is with. */
  readonly inHand: InHand | null
  readonly findings: readonly DeskFinding[]
  readonly refusal: Refusal | null
  /** At the desk, with nothing in hand. */
  readonly showing: 'queue' | 'help' | 'nothing'
  readonly problem: Problem | null
}

/** Why it does not go on as it was said. */
export type Problem =
  | { readonly kind: 'notFound'; readonly subject: Subject }
  | { readonly kind: 'several'; readonly subject: Subject; readonly applicationIds: readonly string[] }
  | { readonly kind: 'approverNeeded' | 'alreadyDecided' | 'filedAnew' }
  | { readonly kind: 'malformed'; readonly line: string }
  | { readonly kind: 'unknownNumbers'; readonly numbers: readonly number[] }

const nothing: ReviewDeskContext = { inHand: null, findings: [], refusal: null, showing: 'nothing', problem: null }

/** A regulator's chat: what waits, and a decision on each. What is shown in each state is in `screens.ts` beside it. */
export const reviewDesk = setup({
  types: {
    context: {} as ReviewDeskContext,
    events: {} as ReviewDeskEvent,
    emitted: {} as DeskEffect,
  },
  actions: {
    takeInHand: assign((_, { applicationId, round, refusal, filedAnew }: Begun & { refusal?: Refusal }) => ({
      ...nothing,
      inHand: { applicationId, round },
      refusal: refusal ?? null,
      problem: filedAnew ? { kind: 'filedAnew' as const } : null,
    })),
    putDown: assign(nothing),
    show: assign((_, { showing }: { showing: ReviewDeskContext['showing'] }) => ({ ...nothing, showing })),
    tell: assign((_, { problem, of = null }: { problem: Problem; of?: InHand | null }) => ({
      ...nothing,
      inHand: of && { applicationId: of.applicationId, round: of.round },
      problem,
    })),
    /** What was written before does not count any more, understood or not. */
    askReasonsAgain: assign((_, problem: Problem) => ({ findings: [], problem })),
    keepFindings: assign((_, { findings }: { findings: readonly DeskFinding[] }) => ({ findings, problem: null })),
    beginReview: emit((_, { applicationId, round }: InHand) => ({ type: 'beginReview', applicationId, round })),
    approve: emit((_, { applicationId, round }: InHand) => ({ type: 'approveApplication', applicationId, round })),
    returnIt: emit((_, { applicationId, round, findings }: InHand & { findings: readonly DeskFinding[] }) => ({
      type: 'returnApplication',
      applicationId,
      round,
      findings,
    })),
    refuse: emit((_, { applicationId, round, refusal }: InHand & { refusal: Refusal }) => ({
      type: 'refuse',
      applicationId,
      round,
      refusal,
    })),
    decideClaim: emit((_, { claimId, decision }: { claimId: string; decision: ClaimDecision }) => ({
      type: 'decideClaim',
      claimId,
      decision,
    })),
    sayCancelled: emit({ type: 'sayCancelled' }),
  },
}).createMachine({
  id: 'reviewDesk',
  context: { ...nothing, showing: 'queue' },
  initial: 'atDesk',
  on: {
    'application.approved': {
      target: '.atDesk',
      actions: ['putDown', { type: 'approve', params: ({ event }) => event }],
    },
    'approval.begun': { target: '.confirmingApproval', actions: { type: 'takeInHand', params: ({ event }) => event } },
    'return.begun': {
      target: '.returning',
      actions: [
        { type: 'takeInHand', params: ({ event }) => event },
        { type: 'beginReview', params: ({ event }) => event },
      ],
    },
    'refusal.begun': { target: '.confirmingRefusal', actions: { type: 'takeInHand', params: ({ event }) => event } },
    'subject.unknown': {
      target: '.atDesk',
      actions: { type: 'tell', params: ({ event: { subject } }) => ({ problem: { kind: 'notFound', subject } }) },
    },
    'subject.several': {
      target: '.atDesk',
      actions: {
        type: 'tell',
        params: ({ event: { subject, applicationIds } }) => ({ problem: { kind: 'several', subject, applicationIds } }),
      },
    },
    'approver.needed': {
      target: '.atDesk',
      actions: { type: 'tell', params: ({ event }) => ({ problem: { kind: 'approverNeeded' }, of: event }) },
    },
    'already.decided': {
      target: '.atDesk',
      actions: { type: 'tell', params: ({ event }) => ({ problem: { kind: 'alreadyDecided' }, of: event }) },
    },
    'queue.asked': { target: '.atDesk', actions: { type: 'show', params: { showing: 'queue' } } },
    'claims.asked': { target: '.decidingClaim', actions: 'putDown' },
    'claim.decided': {
      target: '.atDesk',
      actions: ['putDown', { type: 'decideClaim', params: ({ event }) => event }],
    },
    'help.asked': { target: '.atDesk', actions: { type: 'show', params: { showing: 'help' } } },
  },
  states: {
    atDesk: {},
    /** The one that was asked first. */
    decidingClaim: {},
    confirmingApproval: {
      on: { 'approval.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] } },
    },
    returning: {
      on: {
        'reasons.given': {
          target: 'confirmingReturn',
          actions: { type: 'keepFindings', params: ({ event }) => event },
        },
        'reasons.malformed': {
          actions: { type: 'askReasonsAgain', params: ({ event: { line } }) => ({ kind: 'malformed', line }) },
        },
        'numbers.unknown': {
          actions: {
            type: 'askReasonsAgain',
            params: ({ event: { numbers } }) => ({ kind: 'unknownNumbers', numbers }),
          },
        },
        'return.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
      },
    },
    confirmingReturn: {
      on: {
        'return.confirmed': {
          target: 'atDesk',
          actions: ['putDown', { type: 'returnIt', params: ({ event }) => event }],
        },
        'reasons.given': { actions: { type: 'keepFindings', params: ({ event }) => event } },
        'reasons.malformed': {
          target: 'returning',
          actions: { type: 'askReasonsAgain', params: ({ event: { line } }) => ({ kind: 'malformed', line }) },
        },
        'numbers.unknown': {
          target: 'returning',
          actions: {
            type: 'askReasonsAgain',
            params: ({ event: { numbers } }) => ({ kind: 'unknownNumbers', numbers }),
          },
        },
        'return.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
      },
    },
    confirmingRefusal: {
      on: {
        'refusal.confirmed': {
          target: 'atDesk',
          actions: ['putDown', { type: 'refuse', params: ({ event }) => event }],
        },
        'refusal.cancelled': { target: 'atDesk', actions: ['putDown', 'sayCancelled'] },
      },
    },
  },
})
