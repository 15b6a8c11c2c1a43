import { assign, emit, setup } from 'xstate'
import type { IsoDate } from '../../src/calendar/dates.ts'
import type { CodeProblem, InvitationFound } from '../enrolment/enrolment.machine.ts'
import type { Beginning, EvidenceOutcome } from '../flow.ts'
import type { Photo } from '../screen.ts'
import type { Particular } from '../words/change-heard.ts'

export type HomeEvent =
  | { type: 'walk.begun'; beginning: Beginning }
  /** It was wanted, but there is nothing to begin: it was done, or it is not yet time. */
  | { type: 'beginning.unavailable'; beginning: Beginning }
  | { type: 'reminder.snoozed'; applicationId: string }
  | { type: 'reminders.muted' }
  | { type: 'reminders.unmuted' }
  | { type: 'amendment.postponed' }
  | { type: 'status.asked' }
  /** Thanks and the like: nothing is asked. */
  | { type: 'thanks.said' }
  /** What cannot be done here, or not now. */
  | { type: 'request.refused'; why: Refusal }
  | { type: 'register.asked' }
  /** Of a hazard that is still to be named. */
  | { type: 'hazard.wished'; wish: HazardWish; photo?: Photo }
  | { type: 'hazard.chosen'; hazardId: string; wish: HazardWish; photo?: Photo }
  /** The photo is in hand, or none is wanted. */
  | { type: 'photo.received'; photo: Photo }
  | { type: 'hazard.doneByWord' }
  | { type: 'photo.confirmed' }
  | { type: 'photo.denied' }
  | { type: 'evidence.settled'; evidenceId: string; outcome: EvidenceOutcome }
  | { type: 'due.asked' }
  | { type: 'due.given'; date: IsoDate }
  | { type: 'person.asked' }
  | { type: 'person.given'; person: string }
  /** What was filed is looked through. */
  | { type: 'filed.opened'; asked: 'answers' | 'report' }
  | { type: 'filed.turned'; by: 1 | -1 }
  | { type: 'withdrawal.asked' }
  | { type: 'withdrawal.confirmed' }
  | { type: 'closing.told' }
  | { type: 'closing.confirmed' }
  | { type: 'objection.begun' }
  | { type: 'objection.written'; text: string }
  | { type: 'objection.sent' }
  /** The particulars of the enterprise are to be put right. */
  | { type: 'profile.opened'; particular: Particular }
  /** A colleague's code, before anybody has looked whether it is one. */
  | { type: 'code.given'; code: string }
  | { type: 'invitation.accepted'; hash: string; name: string }
  | { type: 'invitation.refused'; why: CodeProblem }
  /** A colleague is to be the contact. */
  | { type: 'succession.offered'; invitation: InvitationFound }
  /** Whoever says that the enterprise is theirs too is let in, or kept out. */
  | { type: 'claims.opened' }
  | { type: 'claim.answered'; claimId: string; admits: boolean }
  /** Somebody else is to be the contact, or the one on record is put right. */
  | { type: 'contact.changing' }
  | { type: 'successor.invited' }
  /** Whatever was begun here is left. */
  | { type: 'matter.dropped' }

/** What is wanted of a hazard. */
export type HazardWish =
  | { readonly kind: 'done' }
  | { readonly kind: 'look' }
  | { readonly kind: 'due'; readonly date: IsoDate }
  | { readonly kind: 'person'; readonly person: string }

export type Refusal =
  | 'nothingFiled'
  | 'tooLateToWithdraw'
  | 'nothingToWithdraw'
  | 'nothingDecided'
  | 'noOpenHazard'
  | 'noSuchHazard'
  | 'hazardSettled'

export type HomeEffect =
  | { type: 'beginWalk'; beginning: Beginning }
  | { type: 'sayNothingToBegin'; beginning: Beginning }
  | { type: 'snoozeReminder'; applicationId: string }
  | { type: 'muteReminders' }
  | { type: 'unmuteReminders' }
  | { type: 'sayPostponed' }
  | { type: 'sayStanding' }
  | { type: 'joinEnterprise'; hash: string; name: string }
  | { type: 'refuseCode'; why: CodeProblem }
  | { type: 'offerSuccession'; invitation: InvitationFound }
  | { type: 'answerClaim'; claimId: string; admits: boolean }
  | { type: 'inviteSuccessor' }
  | { type: 'sayWelcome' }
  | { type: 'refuse'; why: Refusal }
  | { type: 'showRegister' }
  | ({ type: 'storeEvidence'; hazardId: string } & Photo)
  | { type: 'settleHazard'; hazardId: string; evidenceId: string | null }
  | { type: 'sayNotRectified' }
  /** The picture never arrived, or cannot be opened. */
  | { type: 'reportLostEvidence'; evidenceId: string; outcome: EvidenceOutcome; inHand: string | null }
  | { type: 'setDue'; hazardId: string; date: IsoDate }
  | { type: 'setPerson'; hazardId: string; person: string }
  | { type: 'sayFiled'; asked: 'answers' | 'report' }
  | { type: 'withdrawApplication' }
  | { type: 'tellClosing' }
  | { type: 'sendObjection'; text: string }
  | { type: 'openProfile'; particular: Particular }
  /** `photoUnused`: one that came with it is of no use now. */
  | { type: 'sayDropped'; photoUnused: boolean }

/** Nothing but what is in hand: what is on record is read anew. */
export interface HomeContext {
  /** A hazard, by its id. */
  readonly hazard: string | null
  readonly wish: HazardWish | null
  /** It may show a hazard put right. */
  readonly photo: Photo | null
  /** Of what was filed, from 0. */
  readonly page: number
  readonly objection: string | null
}

export const atHome: HomeContext = { hazard: null, wish: null, photo: null, page: 0, objection: null }

/** With a hazard in hand it is stored already. */
const unusedPhoto = ({ hazard, photo }: HomeContext) => (hazard === null ? photo : null)

/**
 * Where an enrolled owner is between walks: puts right what was found, sees and takes back what was filed, says what
 * has changed, and begins what may be begun. Whatever is asked back here, anything else may be said instead.
 */
export const home = setup({
  types: { context: {} as HomeContext, events: {} as HomeEvent, emitted: {} as HomeEffect },
  guards: {
    isWish: (_, { wish, kind }: { wish: HazardWish; kind: HazardWish['kind'] }) => wish.kind === kind,
    hasPhoto: ({ context }, { photo }: { photo: Photo | undefined }) => (photo ?? unusedPhoto(context)) !== null,
    isLost: (_, { outcome }: { outcome: EvidenceOutcome }) => outcome !== 'stored',
    isLostInHand: ({ context }, { evidenceId, outcome }: { evidenceId: string; outcome: EvidenceOutcome }) =>
      outcome !== 'stored' && context.photo?.evidenceId === evidenceId,
  },
  actions: {
    putDown: assign(atHome),
    takeUp: assign((_, { hazardId }: { hazardId: string }) => ({ ...atHome, hazard: hazardId })),
    remember: assign(({ context }, { wish, photo }: { wish: HazardWish; photo?: Photo }) => ({
      ...atHome,
      wish,
      photo: photo ?? unusedPhoto(context),
    })),
    keepPhoto: assign(({ context }, { photo }: { photo: Photo | undefined }) => ({ photo: photo ?? context.photo })),
    dropPhoto: assign({ photo: null }),
    storeEvidence: emit(({ context }) => ({
      type: 'storeEvidence',
      hazardId: context.hazard ?? '',
      evidenceId: context.photo?.evidenceId ?? '',
      mediaId: context.photo?.mediaId ?? '',
    })),
    settleHazard: emit(({ context }) => ({
      type: 'settleHazard',
      hazardId: context.hazard ?? '',
      evidenceId: context.photo?.evidenceId ?? null,
    })),
    sayNotRectified: emit({ type: 'sayNotRectified' }),
    reportLostEvidence: emit(
      ({ context }, { evidenceId, outcome }: { evidenceId: string; outcome: EvidenceOutcome }) => ({
        type: 'reportLostEvidence',
        evidenceId,
        outcome,
        inHand: context.photo?.evidenceId === evidenceId ? context.hazard : null,
      }),
    ),
    setDue: emit((_, { hazardId, date }: { hazardId: string; date: IsoDate }) => ({ type: 'setDue', hazardId, date })),
    setPerson: emit((_, { hazardId, person }: { hazardId: string; person: string }) => ({
      type: 'setPerson',
      hazardId,
      person,
    })),
    openPage: assign({ ...atHome, page: 0 }),
    turnPage: assign(({ context }, { by }: { by: number }) => ({ page: Math.max(0, context.page + by) })),
    sayFiled: emit((_, { asked }: { asked: 'answers' | 'report' }) => ({ type: 'sayFiled', asked })),
    withdrawApplication: emit({ type: 'withdrawApplication' }),
    tellClosing: emit({ type: 'tellClosing' }),
    write: assign(({ context }, { text }: { text: string }) => ({
      objection: context.objection === null ? text : `${context.objection}\n${text}`,
    })),
    sendObjection: emit(({ context }) => ({ type: 'sendObjection', text: context.objection ?? '' })),
    openProfile: emit((_, { particular }: { particular: Particular }) => ({ type: 'openProfile', particular })),
    sayDropped: emit(({ context }) => ({
      type: 'sayDropped',
      photoUnused: unusedPhoto(context) !== null,
    })),
    beginWalk: emit((_, { beginning }: { beginning: Beginning }) => ({ type: 'beginWalk', beginning })),
    sayNothingToBegin: emit((_, { beginning }: { beginning: Beginning }) => ({ type: 'sayNothingToBegin', beginning })),
    snoozeReminder: emit((_, { applicationId }: { applicationId: string }) => ({
      type: 'snoozeReminder',
      applicationId,
    })),
    muteReminders: emit({ type: 'muteReminders' }),
    unmuteReminders: emit({ type: 'unmuteReminders' }),
    sayPostponed: emit({ type: 'sayPostponed' }),
    sayStanding: emit({ type: 'sayStanding' }),
    joinEnterprise: emit((_, { hash, name }: { hash: string; name: string }) => ({
      type: 'joinEnterprise',
      hash,
      name,
    })),
    refuseCode: emit((_, { why }: { why: CodeProblem }) => ({ type: 'refuseCode', why })),
    offerSuccession: emit((_, { invitation }: { invitation: InvitationFound }) => ({
      type: 'offerSuccession',
      invitation,
    })),
    answerClaim: emit((_, { claimId, admits }: { claimId: string; admits: boolean }) => ({
      type: 'answerClaim',
      claimId,
      admits,
    })),
    inviteSuccessor: emit({ type: 'inviteSuccessor' }),
    sayWelcome: emit({ type: 'sayWelcome' }),
    refuse: emit((_, { why }: { why: Refusal }) => ({ type: 'refuse', why })),
    showRegister: emit({ type: 'showRegister' }),
  },
}).createMachine({
  id: 'home',
  context: atHome,
  initial: 'resting',
  on: {
    'walk.begun': { target: '.resting', actions: { type: 'beginWalk', params: ({ event }) => event } },
    'beginning.unavailable': { actions: { type: 'sayNothingToBegin', params: ({ event }) => event } },
    'reminder.snoozed': { actions: { type: 'snoozeReminder', params: ({ event }) => event } },
    'reminders.muted': { actions: 'muteReminders' },
    'reminders.unmuted': { actions: 'unmuteReminders' },
    'amendment.postponed': { actions: 'sayPostponed' },
    'status.asked': { target: '.resting', actions: 'sayStanding' },
    'invitation.accepted': { actions: { type: 'joinEnterprise', params: ({ event }) => event } },
    'invitation.refused': { actions: { type: 'refuseCode', params: ({ event }) => event } },
    'succession.offered': { actions: { type: 'offerSuccession', params: ({ event }) => event } },
    'claims.opened': { target: '.answeringClaim', actions: 'putDown' },
    'claim.answered': { target: '.resting', actions: { type: 'answerClaim', params: ({ event }) => event } },
    'contact.changing': { target: '.changingContact', actions: 'putDown' },
    'successor.invited': { target: '.resting', actions: 'inviteSuccessor' },
    'thanks.said': { actions: 'sayWelcome' },
    'request.refused': { actions: { type: 'refuse', params: ({ event }) => event } },
    'register.asked': { target: '.resting', actions: 'showRegister' },
    'hazard.wished': { target: '.choosingHazard', actions: { type: 'remember', params: ({ event }) => event } },
    'hazard.chosen': [
      {
        guard: { type: 'isWish', params: ({ event: { wish } }) => ({ wish, kind: 'look' }) },
        target: '.lookingAtHazard',
        actions: { type: 'takeUp', params: ({ event }) => event },
      },
      {
        guard: { type: 'isWish', params: ({ event: { wish } }) => ({ wish, kind: 'due' }) },
        target: '.resting',
        actions: {
          type: 'setDue',
          params: ({ event: { hazardId, wish } }) => ({ hazardId, date: wish.kind === 'due' ? wish.date : '' }),
        },
      },
      {
        guard: { type: 'isWish', params: ({ event: { wish } }) => ({ wish, kind: 'person' }) },
        target: '.resting',
        actions: {
          type: 'setPerson',
          params: ({ event: { hazardId, wish } }) => ({ hazardId, person: wish.kind === 'person' ? wish.person : '' }),
        },
      },
      {
        guard: { type: 'hasPhoto', params: ({ event }) => ({ photo: event.photo }) },
        target: '.confirmingPhoto',
        actions: [
          { type: 'keepPhoto', params: ({ event }) => ({ photo: event.photo }) },
          assign(({ event }) => ({ hazard: event.hazardId, wish: null })),
          'storeEvidence',
        ],
      },
      { target: '.awaitingPhoto', actions: { type: 'takeUp', params: ({ event }) => event } },
    ],
    'evidence.settled': {
      guard: { type: 'isLost', params: ({ event }) => event },
      actions: { type: 'reportLostEvidence', params: ({ event }) => event },
    },
    'filed.opened': {
      target: '.readingFiled',
      actions: ['openPage', { type: 'sayFiled', params: ({ event }) => event }],
    },
    'withdrawal.asked': { target: '.confirmingWithdrawal', actions: 'putDown' },
    'closing.told': { target: '.confirmingClosing', actions: 'putDown' },
    'objection.begun': { target: '.writingObjection', actions: 'putDown' },
    'profile.opened': { target: '.resting', actions: { type: 'openProfile', params: ({ event }) => event } },
    'matter.dropped': { target: '.resting', actions: 'sayDropped' },
  },
  states: {
    /** With nothing in hand. */
    resting: { entry: 'putDown' },

    choosingHazard: {},
    lookingAtHazard: {
      on: {
        'due.asked': 'askingDue',
        'person.asked': 'askingPerson',
      },
    },
    askingDue: {
      on: {
        'due.given': {
          target: 'resting',
          actions: {
            type: 'setDue',
            params: ({ context, event }) => ({ hazardId: context.hazard ?? '', date: event.date }),
          },
        },
      },
    },
    askingPerson: {
      on: {
        'person.given': {
          target: 'resting',
          actions: {
            type: 'setPerson',
            params: ({ context, event }) => ({ hazardId: context.hazard ?? '', person: event.person }),
          },
        },
      },
    },
    awaitingPhoto: {
      on: {
        'photo.received': {
          target: 'confirmingPhoto',
          actions: [{ type: 'keepPhoto', params: ({ event }) => event }, 'storeEvidence'],
        },
        'hazard.doneByWord': { target: 'resting', actions: 'settleHazard' },
      },
    },
    confirmingPhoto: {
      on: {
        'photo.received': { actions: [{ type: 'keepPhoto', params: ({ event }) => event }, 'storeEvidence'] },
        'photo.confirmed': { target: 'resting', actions: 'settleHazard' },
        'photo.denied': { target: 'resting', actions: 'sayNotRectified' },
        'evidence.settled': {
          guard: { type: 'isLostInHand', params: ({ event }) => event },
          target: 'awaitingPhoto',
          actions: [{ type: 'reportLostEvidence', params: ({ event }) => event }, 'dropPhoto'],
        },
      },
    },

    readingFiled: {
      on: { 'filed.turned': { actions: { type: 'turnPage', params: ({ event }) => event } } },
    },

    confirmingWithdrawal: {
      on: { 'withdrawal.confirmed': { target: 'resting', actions: 'withdrawApplication' } },
    },
    confirmingClosing: {
      on: { 'closing.confirmed': { target: 'resting', actions: 'tellClosing' } },
    },

    answeringClaim: {},
    changingContact: {},

    writingObjection: {
      on: {
        'objection.written': {
          target: 'confirmingObjection',
          actions: { type: 'write', params: ({ event }) => event },
        },
      },
    },
    confirmingObjection: {
      on: {
        'objection.written': { actions: { type: 'write', params: ({ event }) => event } },
        'objection.sent': { target: 'resting', actions: 'sendObjection' },
      },
    },
  },
})
