import { assign, emit, enqueueActions, setup } from 'xstate'
import { addDays, addMonths, addYears, daysBetween, type IsoDate } from '../../src/calendar/dates.ts'
import type { Policy } from '../../src/policy/policy.ts'

/** What happens to an application and its listing. `on` is the day in China it happens. */
export type LifeCycleEvent =
  | { type: 'application.filed'; on: IsoDate; reviewDueOn: IsoDate }
  /** A regulator has opened it. */
  | { type: 'review.begun'; on: IsoDate }
  /** The review date of a round has passed without a decision. */
  | { type: 'review.lapsed'; on: IsoDate; round: number }
  | { type: 'application.returned'; on: IsoDate; amendmentDueOn: IsoDate; count: number }
  | { type: 'application.amended'; on: IsoDate; reviewDueOn: IsoDate }
  | { type: 'amendment.lapsed'; on: IsoDate; round: number }
  | { type: 'application.rejected'; on: IsoDate; reason: string }
  /** `publicityEndsOn` is null where the policy has no publicity. */
  | { type: 'application.approved'; on: IsoDate; publicityEndsOn: IsoDate | null }
  /** By its owner, before it was decided. */
  | { type: 'application.withdrawn'; on: IsoDate }
  | { type: 'publicity.ended'; on: IsoDate }
  /** The first reminder day before an anniversary has come: from now on the re-check may be done. */
  | { type: 'verification.opened'; on: IsoDate; year: number }
  /** The anniversary has passed, and another term after it, without a re-check. */
  | { type: 'verification.lapsed'; on: IsoDate; year: number }
  | { type: 'verification.completed'; on: IsoDate; openMajorHazards: number }
  | { type: 'listing.revoked'; on: IsoDate; reason: string }
  /** A new listing of the enterprise takes the place of this one. */
  | { type: 'listing.renewed'; on: IsoDate }
  | { type: 'listing.expired'; on: IsoDate }

export type LifeCycleEffect =
  /** Said at once, or at nine on a later day unless the cause is cancelled before. */
  | { type: 'notify'; audience: Audience; cause: Cause; step: string; notice: Notice; on?: IsoDate }
  /** The event happens on that day unless the cause is cancelled before. */
  | { type: 'schedule'; cause: Cause; step: string; on: IsoDate; event: LifeCycleEvent }
  | { type: 'cancel'; cause: Cause }
  /** From today the public sees it, in place of an earlier listing of the enterprise. */
  | { type: 'announce' }
  /** Nobody else needs to decide any more. */
  | { type: 'settleCards'; round: number; outcome: ReviewOutcome }

/** What a round of review came to. */
export type ReviewOutcome = 'approved' | 'returned' | 'rejected' | 'withdrawn'

export type Audience = 'owner' | 'regulators'

/** What is cancelled together: a round of review, the verification of a year, the end of the listing. */
export type Cause =
  | { readonly kind: 'review'; readonly turn: number }
  | { readonly kind: 'amendment'; readonly turn: number }
  | { readonly kind: 'publicity' }
  | { readonly kind: 'verification'; readonly turn: number }
  | { readonly kind: 'listing' }
  | { readonly kind: 'expiry' }

/** What somebody is told. */
export type Notice =
  | { type: 'applicationFiled'; reviewDueOn: IsoDate }
  | { type: 'applicationAmended'; reviewDueOn: IsoDate }
  | { type: 'reviewDue'; reviewDueOn: IsoDate }
  | { type: 'reviewLapsed'; reviewDueOn: IsoDate }
  | { type: 'applicationReturned'; amendmentDueOn: IsoDate }
  | { type: 'amendmentDue'; amendmentDueOn: IsoDate }
  | { type: 'amendmentLapsed'; amendmentDueOn: IsoDate }
  | { type: 'applicationRejected'; reason: string; reapplyFrom: IsoDate }
  | { type: 'applicationWithdrawn' }
  | { type: 'publicityBegun'; publicityEndsOn: IsoDate }
  | { type: 'announced'; validUntil: IsoDate }
  /** `days` left; negative when the anniversary has passed. */
  | { type: 'verificationReminder'; verificationOn: IsoDate; days: number }
  | { type: 'verificationLapsed'; verificationOn: IsoDate }
  | { type: 'verified'; nextVerificationOn: IsoDate | null }
  | { type: 'rectifying'; openMajorHazards: number }
  | { type: 'rectificationReminder' }
  | { type: 'expiryReminder'; validUntil: IsoDate; days: number }
  | { type: 'revoked'; reason: string; reapplyFrom: IsoDate }
  | { type: 'expired'; validUntil: IsoDate }
  /** What an owner has to say against a rejection or a revocation. */
  | { type: 'objectionMade'; text: string }
  /** The enterprise says that it has closed or is about to. */
  | { type: 'closingTold' }

export type LifeCycleContext = {
  /** How often it has been filed. */
  readonly round: number
  readonly reviewDueOn: IsoDate | null
  readonly amendmentDueOn: IsoDate | null
  readonly publicityEndsOn: IsoDate | null
  readonly announcedOn: IsoDate | null
  /** The last day of the listing. */
  readonly validUntil: IsoDate | null
  /** The anniversary being waited for, from 1. */
  readonly year: number
  /** Null: the listing ends before another anniversary. */
  readonly verificationOn: IsoDate | null
  /** From when the re-check of that anniversary may be done. */
  readonly verificationOpensOn: IsoDate | null
  readonly renewalOpensOn: IsoDate | null
  /** From when the enterprise may apply again, after a rejection or a revocation. */
  readonly reapplyFrom: IsoDate | null
  /** Why it was rejected or revoked. */
  readonly reason: string | null
}

/** The legal life cycle of one application under one policy: from the filing to the end of its listing. */
export const standardization = (policy: Policy) =>
  setup({
    types: {
      context: {} as LifeCycleContext,
      events: {} as LifeCycleEvent,
      emitted: {} as LifeCycleEffect,
    },
    guards: {
      mayWithdrawUnderReview: () => policy.withdrawUntil.value === 'decided',
      hasPublicity: ({ context }) => context.publicityEndsOn !== null,
      isThisRound: ({ context, event }) => 'round' in event && event.round === context.round,
      isThisYear: ({ context, event }) => 'year' in event && event.year === context.year,
      isVerificationOpen: ({ context: { verificationOpensOn }, event }) =>
        verificationOpensOn !== null && verificationOpensOn <= event.on,
      isVerificationOpenAndClean: ({ context: { verificationOpensOn }, event }) =>
        verificationOpensOn !== null && verificationOpensOn <= event.on && hasNoOpenHazard(event),
      isClean: ({ event }) => hasNoOpenHazard(event),
      hasRunOut: ({ context: { validUntil }, event }) => validUntil !== null && event.on > validUntil,
    },
    actions: {
      beginRound: assign(({ context, event }) => ({
        round: context.round + 1,
        reviewDueOn: 'reviewDueOn' in event ? event.reviewDueOn : null,
        amendmentDueOn: null,
      })),
      askForReview: enqueueActions(({ context: { round, reviewDueOn }, enqueue }) => {
        if (reviewDueOn === null) return
        const cause = { kind: 'review', turn: round } as const
        const type = round === 1 ? 'applicationFiled' : 'applicationAmended'
        const audience = 'regulators'
        enqueue.emit({ type: 'notify', audience, cause, step: 'filed', notice: { type, reviewDueOn } })
        const due = { type: 'reviewDue', reviewDueOn } as const
        enqueue.emit({ type: 'notify', audience, cause, step: 'due', notice: due, on: reviewDueOn })
        const on = addDays(reviewDueOn, 1)
        enqueue.emit({ type: 'schedule', cause, step: 'lapsed', on, event: { type: 'review.lapsed', on, round } })
      }),
      tellReviewLapsed: enqueueActions(({ context: { round, reviewDueOn }, enqueue }) => {
        if (reviewDueOn === null) return
        const told = { cause: { kind: 'review', turn: round }, step: 'lapsed' } as const
        const notice = { type: 'reviewLapsed', reviewDueOn } as const
        enqueue.emit({ type: 'notify', audience: 'owner', notice, ...told })
        enqueue.emit({ type: 'notify', audience: 'regulators', notice, ...told })
      }),
      settleReview: enqueueActions(({ context: { round }, enqueue }, outcome: ReviewOutcome) => {
        enqueue.emit({ type: 'cancel', cause: { kind: 'review', turn: round } })
        enqueue.emit({ type: 'settleCards', round, outcome })
      }),

      awaitAmendment: assign(({ event }) => ({
        amendmentDueOn: event.type === 'application.returned' ? event.amendmentDueOn : null,
      })),
      askForAmendment: enqueueActions(({ context: { round, amendmentDueOn }, enqueue }) => {
        if (amendmentDueOn === null) return
        const told = { audience: 'owner', cause: { kind: 'amendment', turn: round } } as const
        const asked = { type: 'applicationReturned', amendmentDueOn } as const
        enqueue.emit({ type: 'notify', ...told, step: 'asked', notice: asked })
        const due = { type: 'amendmentDue', amendmentDueOn } as const
        enqueue.emit({ type: 'notify', ...told, step: 'due', notice: due, on: amendmentDueOn })
        const on = addDays(amendmentDueOn, 1)
        const lapsed = { type: 'amendment.lapsed', on, round } as const
        enqueue.emit({ type: 'schedule', cause: told.cause, step: 'lapsed', on, event: lapsed })
      }),
      /** The term is over; whether to close the application is for the regulator to say. */
      tellAmendmentLapsed: enqueueActions(({ context: { round, amendmentDueOn }, enqueue }) => {
        if (amendmentDueOn === null) return
        const told = { cause: { kind: 'amendment', turn: round }, step: 'lapsed' } as const
        const notice = { type: 'amendmentLapsed', amendmentDueOn } as const
        enqueue.emit({ type: 'notify', audience: 'owner', notice, ...told })
        enqueue.emit({ type: 'notify', audience: 'regulators', notice, ...told })
      }),
      settleAmendment: emit(({ context }) => ({ type: 'cancel', cause: { kind: 'amendment', turn: context.round } })),

      closeOff: assign(({ event }, waitMonths: number) => ({
        reason: 'reason' in event ? event.reason : null,
        reapplyFrom: addMonths(event.on, waitMonths),
      })),
      tellRejected: emit(({ context, event }) => ({
        type: 'notify',
        audience: 'owner',
        cause: { kind: 'listing' },
        step: 'rejected',
        notice: {
          type: 'applicationRejected',
          reason: context.reason ?? '',
          reapplyFrom: context.reapplyFrom ?? event.on,
        },
      })),

      tellWithdrawn: emit({
        type: 'notify',
        audience: 'regulators',
        cause: { kind: 'listing' },
        step: 'withdrawn',
        notice: { type: 'applicationWithdrawn' },
      }),

      noteApproval: assign(({ event }) => ({
        publicityEndsOn: event.type === 'application.approved' ? event.publicityEndsOn : null,
      })),
      beginPublicity: enqueueActions(({ context: { publicityEndsOn }, enqueue }) => {
        if (publicityEndsOn === null) return
        const cause = { kind: 'publicity' } as const
        const notice = { type: 'publicityBegun', publicityEndsOn } as const
        enqueue.emit({ type: 'notify', audience: 'owner', cause, step: 'begun', notice })
        const on = addDays(publicityEndsOn, 1)
        enqueue.emit({ type: 'schedule', cause, step: 'ended', on, event: { type: 'publicity.ended', on } })
      }),
      stopPublicity: emit({ type: 'cancel', cause: { kind: 'publicity' } }),

      beginListing: assign(({ event: { on } }) => {
        const validUntil = addYears(on, policy.validityYears.value)
        return {
          announcedOn: on,
          validUntil,
          renewalOpensOn: addMonths(validUntil, -policy.renewalOpensMonthsBefore.value),
          ...anniversary(policy, on, validUntil, 1),
        }
      }),
      announce: emit({ type: 'announce' }),
      tellAnnounced: emit(({ context, event }) => ({
        type: 'notify',
        audience: 'owner',
        cause: { kind: 'listing' },
        step: 'announced',
        notice: { type: 'announced', validUntil: context.validUntil ?? event.on },
      })),
      remindOfExpiry: enqueueActions(({ context: { validUntil, renewalOpensOn }, event, enqueue }) => {
        if (validUntil === null || renewalOpensOn === null) return
        const cause = { kind: 'expiry' } as const
        const days = policy.expiryReminderDaysBefore.value
        const opening = daysBetween(renewalOpensOn, validUntil)
        // A reminder before the renewal opens would ask for what cannot be done yet.
        for (const left of distinct(days.map((day) => Math.min(day, opening)))) {
          const on = addDays(validUntil, -left)
          const notice = { type: 'expiryReminder', validUntil, days: left } as const
          if (on > event.on) enqueue.emit({ type: 'notify', audience: 'owner', cause, step: `${left}`, notice, on })
        }
        const on = addDays(validUntil, 1)
        const expired = { type: 'listing.expired', on } as const
        enqueue.emit({ type: 'schedule', cause: { kind: 'listing' }, step: 'expired', on, event: expired })
      }),

      remindOfVerification: enqueueActions(({ context, event, enqueue }) => {
        const { year, verificationOn, verificationOpensOn } = context
        if (verificationOn === null || verificationOpensOn === null) return
        const cause = { kind: 'verification', turn: year } as const
        for (const days of distinct(policy.recheckReminderDaysBefore.value)) {
          const on = addDays(verificationOn, -days)
          const notice = { type: 'verificationReminder', verificationOn, days } as const
          if (on > event.on) enqueue.emit({ type: 'notify', audience: 'owner', cause, step: `${days}`, notice, on })
        }
        const opened = { type: 'verification.opened', on: verificationOpensOn, year } as const
        enqueue.emit({ type: 'schedule', cause, step: 'opened', on: verificationOpensOn, event: opened })
        const on = addDays(verificationOn, policy.recheckReminderEveryDaysWhenOverdue.value)
        const lapsed = { type: 'verification.lapsed', on, year } as const
        enqueue.emit({ type: 'schedule', cause, step: `lapsed-${on}`, on, event: lapsed })
      }),
      scheduleNextLapse: emit(({ context: { year }, event }) => {
        const on = addDays(event.on, policy.recheckReminderEveryDaysWhenOverdue.value)
        return {
          type: 'schedule',
          cause: { kind: 'verification', turn: year },
          step: `lapsed-${on}`,
          on,
          event: { type: 'verification.lapsed', on, year },
        }
      }),
      tellVerificationLapsed: enqueueActions(({ context: { year, verificationOn }, event, enqueue }) => {
        if (verificationOn === null) return
        const cause = { kind: 'verification', turn: year } as const
        const days = daysBetween(event.on, verificationOn)
        const reminder = { type: 'verificationReminder', verificationOn, days } as const
        enqueue.emit({ type: 'notify', audience: 'owner', cause, step: `${days}`, notice: reminder })
        const lapsed = { type: 'verificationLapsed', verificationOn } as const
        enqueue.emit({ type: 'notify', audience: 'regulators', cause, step: 'lapsed', notice: lapsed })
      }),
      remindOfRectification: emit(({ context: { year }, event }) => ({
        type: 'notify',
        audience: 'owner',
        cause: { kind: 'verification', turn: year },
        step: `rectify-${event.on}`,
        notice: { type: 'rectificationReminder' },
      })),
      settleVerification: emit(({ context }) => ({
        type: 'cancel',
        cause: { kind: 'verification', turn: context.year },
      })),
      moveToNextYear: assign(({ context: { announcedOn, validUntil, year }, event }) =>
        announcedOn === null || validUntil === null
          ? {}
          : anniversaryAfter(policy, announcedOn, validUntil, year, event.on),
      ),
      tellVerified: emit(({ context, event }) => ({
        type: 'notify',
        audience: 'regulators',
        cause: { kind: 'listing' },
        step: `verified-${event.on}`,
        notice: { type: 'verified', nextVerificationOn: context.verificationOn },
      })),
      tellRectifying: emit(({ event }) => ({
        type: 'notify',
        audience: 'regulators',
        cause: { kind: 'listing' },
        step: `rectifying-${event.on}`,
        notice: {
          type: 'rectifying',
          openMajorHazards: event.type === 'verification.completed' ? event.openMajorHazards : 0,
        },
      })),

      endListing: enqueueActions(({ context: { year }, enqueue }) => {
        enqueue.emit({ type: 'cancel', cause: { kind: 'verification', turn: year } })
        enqueue.emit({ type: 'cancel', cause: { kind: 'expiry' } })
        enqueue.emit({ type: 'cancel', cause: { kind: 'listing' } })
      }),
      tellRevoked: enqueueActions(({ context, event, enqueue }) => {
        const told = { cause: { kind: 'listing' }, step: 'revoked' } as const
        const { reason, reapplyFrom } = context
        const notice = { type: 'revoked', reason: reason ?? '', reapplyFrom: reapplyFrom ?? event.on } as const
        enqueue.emit({ type: 'notify', audience: 'owner', notice, ...told })
        enqueue.emit({ type: 'notify', audience: 'regulators', notice, ...told })
      }),
      tellExpired: enqueueActions(({ context, event, enqueue }) => {
        const told = { cause: { kind: 'listing' }, step: 'ended' } as const
        const notice = { type: 'expired', validUntil: context.validUntil ?? event.on } as const
        enqueue.emit({ type: 'notify', audience: 'owner', notice, ...told })
        enqueue.emit({ type: 'notify', audience: 'regulators', notice, ...told })
      }),
    },
  }).createMachine({
    id: 'standardization',
    context: {
      round: 0,
      reviewDueOn: null,
      amendmentDueOn: null,
      publicityEndsOn: null,
      announcedOn: null,
      validUntil: null,
      year: 0,
      verificationOn: null,
      verificationOpensOn: null,
      renewalOpensOn: null,
      reapplyFrom: null,
      reason: null,
    },
    initial: 'assessing',
    states: {
      assessing: {
        on: { 'application.filed': { target: 'filed', actions: ['beginRound', 'askForReview'] } },
      },

      filed: {
        on: {
          'review.begun': 'underReview',
          'review.lapsed': { guard: 'isThisRound', actions: 'tellReviewLapsed' },
          'application.returned': {
            target: 'returned',
            actions: [{ type: 'settleReview', params: 'returned' }, 'awaitAmendment', 'askForAmendment'],
          },
          'application.rejected': {
            target: 'rejected',
            actions: [
              { type: 'settleReview', params: 'rejected' },
              { type: 'closeOff', params: policy.reapplyAfterRejectionMonths.value },
              'tellRejected',
            ],
          },
          'application.approved': {
            target: 'approved',
            actions: [{ type: 'settleReview', params: 'approved' }, 'noteApproval'],
          },
          'application.withdrawn': {
            target: 'withdrawn',
            actions: [{ type: 'settleReview', params: 'withdrawn' }, 'tellWithdrawn'],
          },
        },
      },
      underReview: {
        on: {
          'review.lapsed': { guard: 'isThisRound', actions: 'tellReviewLapsed' },
          'application.returned': {
            target: 'returned',
            actions: [{ type: 'settleReview', params: 'returned' }, 'awaitAmendment', 'askForAmendment'],
          },
          'application.rejected': {
            target: 'rejected',
            actions: [
              { type: 'settleReview', params: 'rejected' },
              { type: 'closeOff', params: policy.reapplyAfterRejectionMonths.value },
              'tellRejected',
            ],
          },
          'application.approved': {
            target: 'approved',
            actions: [{ type: 'settleReview', params: 'approved' }, 'noteApproval'],
          },
          'application.withdrawn': {
            guard: 'mayWithdrawUnderReview',
            target: 'withdrawn',
            actions: [{ type: 'settleReview', params: 'withdrawn' }, 'tellWithdrawn'],
          },
        },
      },
      returned: {
        on: {
          'application.amended': { target: 'filed', actions: ['settleAmendment', 'beginRound', 'askForReview'] },
          'amendment.lapsed': { guard: 'isThisRound', actions: 'tellAmendmentLapsed' },
          'application.rejected': {
            target: 'rejected',
            actions: [
              'settleAmendment',
              { type: 'closeOff', params: policy.reapplyAfterRejectionMonths.value },
              'tellRejected',
            ],
          },
          'application.withdrawn': {
            guard: 'mayWithdrawUnderReview',
            target: 'withdrawn',
            actions: ['settleAmendment', 'tellWithdrawn'],
          },
        },
      },
      rejected: { type: 'final' },
      withdrawn: { type: 'final' },

      approved: {
        always: [
          { guard: 'hasPublicity', target: 'inPublicity', actions: 'beginPublicity' },
          { target: 'announced', actions: ['beginListing', 'announce', 'tellAnnounced', 'remindOfExpiry'] },
        ],
      },
      inPublicity: {
        on: {
          'publicity.ended': {
            target: 'announced',
            actions: ['beginListing', 'announce', 'tellAnnounced', 'remindOfExpiry'],
          },
          'application.rejected': {
            target: 'rejected',
            actions: [
              'stopPublicity',
              { type: 'closeOff', params: policy.reapplyAfterRejectionMonths.value },
              'tellRejected',
            ],
          },
        },
      },

      announced: {
        entry: 'remindOfVerification',
        on: {
          'verification.opened': { guard: 'isThisYear', target: 'verificationDue' },
          'verification.completed': [
            { guard: 'isVerificationOpenAndClean', target: 'verified' },
            { guard: 'isVerificationOpen', target: 'rectifying' },
          ],
          'listing.revoked': 'revoked',
          'listing.renewed': 'renewed',
          'listing.expired': { guard: 'hasRunOut', target: 'expired' },
        },
      },
      verificationDue: {
        on: {
          'verification.completed': [{ guard: 'isClean', target: 'verified' }, { target: 'rectifying' }],
          'verification.lapsed': { guard: 'isThisYear', actions: ['tellVerificationLapsed', 'scheduleNextLapse'] },
          'listing.revoked': 'revoked',
          'listing.renewed': 'renewed',
          'listing.expired': { guard: 'hasRunOut', target: 'expired' },
        },
      },
      verified: {
        entry: ['settleVerification', 'moveToNextYear', 'tellVerified'],
        always: 'announced',
      },
      rectifying: {
        entry: ['settleVerification', 'tellRectifying', 'scheduleNextLapse'],
        on: {
          'verification.completed': [{ guard: 'isClean', target: 'verified' }, { actions: 'tellRectifying' }],
          'verification.lapsed': { guard: 'isThisYear', actions: ['remindOfRectification', 'scheduleNextLapse'] },
          'listing.revoked': 'revoked',
          'listing.renewed': 'renewed',
          'listing.expired': { guard: 'hasRunOut', target: 'expired' },
        },
      },

      revoked: {
        type: 'final',
        entry: ['endListing', { type: 'closeOff', params: policy.reapplyAfterRevocationMonths.value }, 'tellRevoked'],
      },
      renewed: { type: 'final', entry: 'endListing' },
      expired: { type: 'final', entry: ['endListing', 'tellExpired'] },
    },
  })

const hasNoOpenHazard = (event: LifeCycleEvent) =>
  event.type === 'verification.completed' && event.openMajorHazards === 0

type Anniversary = Pick<LifeCycleContext, 'year' | 'verificationOn' | 'verificationOpensOn'>

/** The verification of a year, where its anniversary comes before the listing ends. */
function anniversary(policy: Policy, announcedOn: IsoDate, validUntil: IsoDate, year: number): Anniversary {
  const on = addMonths(announcedOn, year * policy.verificationEveryMonths.value)
  if (on >= validUntil) return { year, verificationOn: null, verificationOpensOn: null }
  const opensOn = addDays(on, -Math.max(...policy.recheckReminderDaysBefore.value))
  return { year, verificationOn: on, verificationOpensOn: opensOn < announcedOn ? announcedOn : opensOn }
}

/** A re-check done late counts for every anniversary that could have been re-checked by then. */
function anniversaryAfter(
  policy: Policy,
  announcedOn: IsoDate,
  validUntil: IsoDate,
  year: number,
  on: IsoDate,
): Anniversary {
  const next = anniversary(policy, announcedOn, validUntil, year + 1)
  const isOver = next.verificationOpensOn !== null && next.verificationOpensOn <= on
  return isOver ? anniversaryAfter(policy, announcedOn, validUntil, year + 1, on) : next
}

const distinct = (numbers: readonly number[]) => [...new Set(numbers)].filter((number) => number >= 0)
