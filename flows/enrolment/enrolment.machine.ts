import { and, assign, emit, not, setup } from 'xstate'
import { profileGroups } from '../../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import type { UsccCheck } from '../../src/enterprise/uscc.ts'
import type { EvidenceOutcome } from '../flow.ts'
import type { Photo } from '../screen.ts'
import type { WalkContext } from '../self-assessment/self-assessment.machine.ts'

export type EnrolmentEvent =
  | { type: 'consent.given' }
  | { type: 'consent.refused' }
  | { type: 'preview.asked' }
  /** Something was said by somebody who refused. */
  | { type: 'greeting.asked' }
  | { type: 'uscc.given'; uscc: string }
  /** Somebody else registered it. `isClaimed`: who types it has said before that it is theirs too. */
  | { type: 'uscc.taken'; uscc: string; isClaimed: boolean }
  | { type: 'claim.named'; name: string }
  | { type: 'claim.withdrawn' }
  /** Another code is to be typed. */
  | { type: 'claim.left' }
  | ({ type: 'licence.received' } & Photo)
  | { type: 'licence.settled'; evidenceId: string; outcome: EvidenceOutcome }
  /** On the card that asked who speaks for this enterprise. */
  | { type: 'claim.answered'; claimId: string; admits: boolean }
  /** Who changes the particulars hands all of it to somebody else. */
  | { type: 'successor.invited' }
  | { type: 'successor.confirmed' }
  | { type: 'name.given'; name: string }
  /** `zone`: the place without a code of its own that was named. */
  | { type: 'district.given'; code: string; zone?: string }
  | { type: 'industry.given'; trade: Trade }
  | { type: 'industry.confirmed' }
  | { type: 'industry.denied' }
  /** A trade that another authority sees to. */
  | { type: 'industry.outside'; code: string }
  | { type: 'headcount.given'; headcount: number }
  | { type: 'contact.given'; name: string }
  | { type: 'phone.given'; phone: string }
  /** It may be so, and is asked back. */
  | { type: 'field.doubted'; doubted: Doubted }
  | { type: 'doubt.dismissed' }
  /** What was said is no answer to the field being asked; what comes near is offered. */
  | { type: 'answer.unusable'; problem: Problem; suggested?: readonly string[] }
  /** All that is there of the group being asked. */
  | { type: 'facts.picked'; facts: readonly string[] }
  /** In so many words: these are not there. */
  | { type: 'facts.denied'; facts: readonly string[] }
  /** None and others at once. */
  | { type: 'facts.contradicted' }
  /** None, though some were noted before: they are not dropped on that word alone. */
  | { type: 'facts.noneClaimed'; noted: readonly string[] }
  | { type: 'photo.received' }
  /** A colleague's code, before anybody has looked whether it is one. */
  | { type: 'code.given'; code: string }
  | { type: 'invitation.found'; invitation: InvitationFound }
  | { type: 'invitation.refused'; why: CodeProblem }
  | { type: 'colleague.named'; name: string }
  | { type: 'enrolment.confirmed' }
  | { type: 'field.reopened'; field: EnrolmentField }
  | { type: 'fields.listed' }
  /** Of particulars that were to be changed: nothing is. */
  | { type: 'changes.dropped' }
  | { type: 'step.back' }
  | { type: 'progress.asked' }
  | { type: 'enrolment.paused' }
  | { type: 'enrolment.resumed' }
  | { type: 'restart.asked' }
  | { type: 'enrolment.restarted' }

export const enrolmentFields = [
  'uscc',
  'name',
  'district',
  'industry',
  'headcount',
  'contact',
  'phone',
  'facts',
] as const
export type EnrolmentField = (typeof enrolmentFields)[number]

/** Who the enterprise is, as against what it has on its site. */
export type Particular = Exclude<EnrolmentField, 'facts'>

export type UsccProblem = Exclude<UsccCheck, { type: 'ok' }>

/** What is made, and what was said of the site on the way. */
export interface Trade {
  /** GB/T 4754. */
  readonly code: string
  /** Id of the industry checklist. */
  readonly industry: string
  readonly facts: readonly string[]
}

/** What stands in the way of an answer; which field it is of decides where it is shown. */
export type Problem =
  | { readonly field: 'uscc'; readonly kind: 'malformed'; readonly check: UsccProblem }
  | { readonly field: 'name' | 'contact' | 'phone' | 'headcount'; readonly kind: 'unread'; readonly said: string }
  | { readonly field: 'district'; readonly kind: 'unknown' | 'similar'; readonly said: string }
  /** A zone that lies in several districts, or in none of ours. */
  | { readonly field: 'district'; readonly kind: 'zone'; readonly zone: string }
  /** What was said of the site on the way goes with the trade that was meant. */
  | {
      readonly field: 'industry'
      readonly kind: 'unknown' | 'similar'
      readonly said: string
      readonly facts: readonly string[]
    }
  | { readonly field: 'industry'; readonly kind: 'outside'; readonly code: string }
  | { readonly field: 'headcount'; readonly kind: 'about' }
  | { readonly field: 'headcount'; readonly kind: 'below' | 'above' | 'implausible'; readonly value: number }
  | { readonly field: 'contact'; readonly kind: 'partial'; readonly surname: string }

/** What a code lets its sender in to. */
export interface InvitationFound {
  readonly hash: string
  readonly enterprise: string
  /** Who asks. */
  readonly host: string
  readonly to: InvitedTo
}

/** All of the walk, one question of it, or all that the contact does. */
export type InvitedTo = 'walk' | 'item' | 'contact'

export type CodeProblem = 'unknown' | 'used' | 'expired' | 'ended' | 'elsewhere' | 'tooMany' | 'already' | 'own'

export interface Doubted {
  readonly field: 'name' | 'contact'
  readonly value: string
}

export type EnrolmentEffect =
  | { type: 'registerEnterprise'; draft: CompleteDraft }
  /** What is known of an enrolled enterprise now; null where it stays as it was. */
  | { type: 'updateProfile'; draft: EnrolmentDraft | null; before: UpdateOccasion }
  | { type: 'joinEnterprise'; hash: string; name: string }
  | ({ type: 'takeOver'; hash: string } & Successor)
  | { type: 'refuseCode'; why: CodeProblem }
  | { type: 'openClaim'; uscc: string; name: string; licence: Photo | null }
  | { type: 'supportClaim'; uscc: string; licence: Photo }
  | { type: 'settleLicence'; evidenceId: string; outcome: EvidenceOutcome }
  | { type: 'withdrawClaim'; uscc: string }
  | { type: 'answerClaim'; claimId: string; admits: boolean }
  | { type: 'inviteSuccessor' }
  | EnrolmentNote

/** Said before what is waited for. */
export type EnrolmentNote =
  | { type: 'sayRecorded'; field: Particular; zone?: string }
  | { type: 'sayFactsRecorded'; facts: readonly string[] }
  | { type: 'sayFactsDenied'; facts: readonly string[] }
  | { type: 'sayFactsContradictory' }
  | { type: 'sayFactsNoted'; facts: readonly string[] }
  | { type: 'sayPhotoUnread' }
  | { type: 'sayChangeLater' }
  | { type: 'sayProgress' }
  | { type: 'sayPaused' }

/** Who is to be the contact of an enterprise. */
export interface Successor {
  readonly name: string
  readonly phone: string
}

export interface EnrolmentDraft {
  readonly uscc?: string
  readonly name?: string
  readonly district?: string
  readonly industryClass?: string
  readonly industry?: string
  readonly headcount?: number
  readonly contactName?: string
  readonly contactPhone?: string
  /** Site facts so far; those mentioned with the industry are ticked beforehand. */
  readonly facts: readonly string[]
}

export type CompleteDraft = Required<EnrolmentDraft>

export interface EnrolmentContext {
  readonly draft: EnrolmentDraft
  /** The group of the site profile being asked. */
  readonly group: number
  /** One field is being put right; after it the summary comes again. */
  readonly correcting: boolean
  /** An enrolled enterprise changes what is known of it. */
  readonly updating?: UpdateOccasion
  /** The field it began with. */
  readonly field?: EnrolmentField
  /** The bookmark of the walk that was left for it. */
  readonly walk?: WalkContext
  /** Something of it has been changed. */
  readonly changed: boolean
  /** What was wrong with the last answer; gone when the question is. */
  readonly problem: Problem | null
  /** Codes of districts or industry classes that come near it. */
  readonly suggested: readonly string[] | null
  readonly doubted: Doubted | null
  /** Understood, and not yet confirmed: nothing of it counts. */
  readonly trade: Trade | null
  /** Site facts that are on record only because they were mentioned with the trade: they go with it. */
  readonly ofTrade: readonly string[]
  /** Of a colleague who was asked in. */
  readonly invitation?: InvitationFound
  /** Of a colleague who is to be the contact. */
  readonly successor: Partial<Successor>
  /** A registered code that who typed it may claim. */
  readonly claimed: string | null
  /** Sent before it was said by whom. */
  readonly licence: Photo | null
  /** Where 重来 was said: whoever did not mean it goes on there. */
  readonly interrupted?: EnrolmentStep
}

/** What follows when an enterprise has told anew what is known of it. */
export type UpdateOccasion = 'assessment' | 'recheck' | 'renewal' | 'walk' | 'home'

/** Before these all of the site is asked anew. */
const retold = ['assessment', 'recheck', 'renewal'] as const satisfies readonly UpdateOccasion[]

/** Absent at first contact. Before a walk begins again all of the site is asked anew, otherwise what is chosen. */
export interface ProfileUpdate {
  readonly draft: EnrolmentDraft
  readonly updating: UpdateOccasion
  readonly field?: EnrolmentField
  readonly walk?: WalkContext
  /** A colleague of the enterprise is asked to be its contact. */
  readonly invitation?: InvitationFound
}

export const enrolmentSteps = [
  'askingUscc',
  'askingName',
  'doubtingName',
  'askingDistrict',
  'askingIndustry',
  'outsideIndustry',
  'confirmingIndustry',
  'askingHeadcount',
  'askingContact',
  'doubtingContact',
  'askingPhone',
  'askingFacts',
  'confirming',
  'choosingField',
] as const
export type EnrolmentStep = (typeof enrolmentSteps)[number]

/**
 * First contact: consent, who the enterprise is, and what it has on its site. Later any of it but the code, anew.
 * What is shown in each state is in `screens.ts` beside it.
 */
export const enrolment = ({ siteProfile }: Pick<ChecklistLibrary, 'siteProfile'>) => {
  const groupsOf = ({ draft }: EnrolmentContext) => profileGroups(siteProfile, draft.industry ?? '')
  const offeredIn = (industry: string) =>
    profileGroups(siteProfile, industry).flatMap(({ facts }) => facts.map(({ id }) => id))

  return setup({
    types: {
      context: {} as EnrolmentContext,
      input: {} as ProfileUpdate | undefined,
      events: {} as EnrolmentEvent,
      emitted: {} as EnrolmentEffect,
    },
    guards: {
      isCorrecting: ({ context }) => context.correcting,
      isUpdating: ({ context }) => context.updating !== undefined,
      isFirstTelling: ({ context: { correcting, updating } }) => !correcting && updating === undefined,
      isRetelling: ({ context: { updating } }) => retold.some((each) => each === updating),
      hasChanged: ({ context }) => context.changed,
      isInvited: ({ context }) => context.invitation !== undefined,
      isSuccessor: ({ context }) => context.invitation?.to === 'contact',
      isOfCode: (_, { problem }: { problem: Problem }) => problem.field === 'uscc',
      isClaimedBefore: (_, { isClaimed }: { isClaimed: boolean }) => isClaimed,
      beginsWith: ({ context }, field: EnrolmentField) => context.field === field,
      /** The code is whose the enterprise is: it never becomes another. */
      mayReopen: ({ context }, { asked, field }: { asked: EnrolmentField; field: EnrolmentField }) =>
        asked === field && (field !== 'uscc' || context.updating === undefined),
      wasInterrupted: ({ context }, step: EnrolmentStep) => context.interrupted === step,
      hasMoreGroups: ({ context }) => context.group + 1 < groupsOf(context).length,
      isFirstGroup: ({ context }) => context.group === 0,
    },
    actions: {
      keep: assign(({ context }, part: Partial<EnrolmentDraft>) => ({
        draft: { ...context.draft, ...part },
        doubted: null,
        changed: true,
      })),
      keepDoubted: assign(({ context }) => ({
        draft: { ...context.draft, ...partOf(context.doubted) },
        doubted: null,
        changed: true,
      })),
      sayRecorded: emit((_, recorded: { field: Particular; zone?: string }) => ({ type: 'sayRecorded', ...recorded })),

      noteProblem: assign(
        (_, { problem, suggested }: { problem: Problem; suggested?: readonly string[] | undefined }) => ({
          problem,
          suggested: suggested ?? null,
        }),
      ),
      forgetProblem: assign({ problem: null, suggested: null }),
      rememberDoubted: assign((_, { doubted }: { doubted: Doubted }) => ({ doubted })),
      forgetDoubted: assign({ doubted: null }),

      /** With what is asked in it, of what was mentioned. */
      rememberTrade: assign((_, { trade }: { trade: Trade }) => {
        const offered = offeredIn(trade.industry)
        return { trade: { ...trade, facts: trade.facts.filter((fact) => offered.includes(fact)) } }
      }),
      forgetTrade: assign({ trade: null }),
      /** What was mentioned with another trade goes with it, and so does what this one is not offered. */
      acceptTrade: assign(({ context: { draft, ofTrade, trade } }) => {
        if (!trade) return {}
        const offered = offeredIn(trade.industry)
        const told = draft.facts.filter((fact) => !ofTrade.includes(fact))
        const mentioned = trade.facts.filter((fact) => !told.includes(fact))
        return {
          draft: {
            ...draft,
            industryClass: trade.code,
            industry: trade.industry,
            facts: [...told.filter((fact) => offered.includes(fact)), ...mentioned],
          },
          ofTrade: mentioned,
          trade: null,
          changed: true,
        }
      }),

      /** The ticks of one group replace what was known of that group only. */
      keepFacts: assign(({ context }, { facts }: { facts: readonly string[] }) => {
        const { draft, group, ofTrade } = context
        const ofGroup = groupsOf(context)[group]?.facts.map(({ id }) => id) ?? []
        const others = (known: readonly string[]) => known.filter((fact) => !ofGroup.includes(fact))
        const picked = facts.filter((fact) => ofGroup.includes(fact))
        return {
          draft: { ...draft, facts: [...others(draft.facts), ...picked] },
          ofTrade: others(ofTrade),
          changed: true,
        }
      }),
      dropDenied: assign(({ context: { draft } }, { facts }: { facts: readonly string[] }) => ({
        draft: { ...draft, facts: draft.facts.filter((fact) => !facts.includes(fact)) },
        changed: true,
      })),
      sayFactsRecorded: emit((_, { facts }: { facts: readonly string[] }) => ({ type: 'sayFactsRecorded', facts })),
      sayFactsDenied: emit((_, { facts }: { facts: readonly string[] }) => ({ type: 'sayFactsDenied', facts })),
      sayFactsContradictory: emit({ type: 'sayFactsContradictory' }),
      sayFactsNoted: emit((_, { noted }: { noted: readonly string[] }) => ({ type: 'sayFactsNoted', facts: noted })),
      toFirstGroup: assign({ group: 0 }),
      toNextGroup: assign({ group: ({ context }) => context.group + 1 }),
      toGroupBefore: assign({ group: ({ context }) => context.group - 1 }),

      beginCorrecting: assign({ correcting: true }),
      endCorrecting: assign({ correcting: false }),
      rememberStep: assign((_, interrupted: EnrolmentStep) => ({ interrupted })),
      forgetAll: assign(blank),

      registerEnterprise: emit(({ context }) => ({ type: 'registerEnterprise', draft: completed(context.draft) })),
      updateProfile: emit(({ context: { draft, updating } }) => ({
        type: 'updateProfile',
        draft,
        before: updating ?? 'home',
      })),
      leaveProfile: emit(({ context: { updating } }) => ({
        type: 'updateProfile',
        draft: null,
        before: updating ?? 'home',
      })),
      rememberInvitation: assign((_, { invitation }: { invitation: InvitationFound }) => ({ invitation })),
      refuseCode: emit((_, { why }: { why: CodeProblem }) => ({ type: 'refuseCode', why })),
      joinEnterprise: emit(({ context }, { name }: { name: string }) => ({
        type: 'joinEnterprise',
        hash: context.invitation?.hash ?? '',
        name,
      })),
      keepSuccessor: assign(({ context }, part: Partial<Successor>) => ({
        successor: { ...context.successor, ...part },
      })),
      takeOver: emit(({ context: { invitation, successor } }) => ({
        type: 'takeOver',
        hash: invitation?.hash ?? '',
        name: successor.name ?? '',
        phone: successor.phone ?? '',
      })),
      inviteSuccessor: emit({ type: 'inviteSuccessor' }),

      rememberClaimed: assign((_, { uscc }: { uscc: string }) => ({ claimed: uscc, licence: null })),
      keepLicence: assign((_, { evidenceId, mediaId }: Photo) => ({ licence: { evidenceId, mediaId } })),
      openClaim: emit(({ context: { claimed, licence } }, { name }: { name: string }) => ({
        type: 'openClaim',
        uscc: claimed ?? '',
        name,
        licence,
      })),
      supportClaim: emit(({ context: { claimed } }, { evidenceId, mediaId }: Photo) => ({
        type: 'supportClaim',
        uscc: claimed ?? '',
        licence: { evidenceId, mediaId },
      })),
      settleLicence: emit((_, { evidenceId, outcome }: { evidenceId: string; outcome: EvidenceOutcome }) => ({
        type: 'settleLicence',
        evidenceId,
        outcome,
      })),
      withdrawClaim: emit(({ context: { claimed } }) => ({ type: 'withdrawClaim', uscc: claimed ?? '' })),
      answerClaim: emit((_, { claimId, admits }: { claimId: string; admits: boolean }) => ({
        type: 'answerClaim',
        claimId,
        admits,
      })),

      /** The question stands, and is asked again. */
      askAgain: assign({}),
      sayPhotoUnread: emit({ type: 'sayPhotoUnread' }),
      sayChangeLater: emit({ type: 'sayChangeLater' }),
      sayProgress: emit({ type: 'sayProgress' }),
      sayPaused: emit({ type: 'sayPaused' }),
    },
  }).createMachine({
    id: 'enrolment',
    context: ({ input }) => ({ ...blank, ...input }),
    initial: 'arriving',
    on: {
      'licence.settled': { actions: { type: 'settleLicence', params: given<LicenceSettled> } },
      'claim.answered': { actions: { type: 'answerClaim', params: given<ClaimAnswered> } },
    },
    states: {
      arriving: {
        always: [
          { guard: 'isInvited', target: 'invited' },
          { guard: 'isRetelling', target: 'identifying.askingFacts' },
          ...enrolmentFields.map((field) => ({
            guard: { type: 'beginsWith', params: field } as const,
            target: `identifying.${askedIn[field]}`,
            actions: 'beginCorrecting' as const,
          })),
          { guard: 'isUpdating', target: 'identifying.choosingField' },
          { target: 'greeting' },
        ],
      },
      greeting: {
        on: {
          'consent.given': 'identifying.askingUscc',
          'consent.refused': 'refused',
          'preview.asked': 'previewing',
          ...invitable,
          'photo.received': { actions: 'sayPhotoUnread' },
        },
      },
      previewing: {
        on: {
          'consent.given': 'identifying.askingUscc',
          'consent.refused': 'refused',
          'step.back': 'greeting',
          ...invitable,
        },
      },
      /** A colleague who was asked in: saying who they are agrees to take part. */
      invited: {
        id: 'invited',
        exit: 'forgetProblem',
        on: {
          'colleague.named': [
            {
              guard: 'isSuccessor',
              target: 'askingSuccessorPhone',
              actions: { type: 'keepSuccessor', params: ({ event }) => ({ name: event.name }) },
            },
            {
              target: '#enrolled',
              actions: { type: 'joinEnterprise', params: given<{ name: string }> },
            },
          ],
          'answer.unusable': { actions: problematic },
          ...invitationGone,
          ...invitationDeclined('greeting'),
        },
      },
      /** Who speaks for an enterprise can be called. */
      askingSuccessorPhone: {
        exit: 'forgetProblem',
        on: {
          'phone.given': {
            target: 'confirmingSuccession',
            actions: { type: 'keepSuccessor', params: ({ event }) => ({ phone: event.phone }) },
          },
          'answer.unusable': { actions: problematic },
          ...invitationDeclined('invited'),
        },
      },
      confirmingSuccession: {
        on: {
          'successor.confirmed': { target: '#enrolled', actions: 'takeOver' },
          ...invitationGone,
          ...invitationDeclined('askingSuccessorPhone'),
        },
      },
      /** Nothing of an enterprise is kept of somebody who does not agree; saying anything begins again. */
      refused: {
        on: {
          'consent.given': 'identifying.askingUscc',
          'consent.refused': { actions: 'askAgain' },
          'greeting.asked': 'greeting',
        },
      },

      identifying: {
        initial: 'askingUscc',
        on: {
          'answer.unusable': { actions: problematic },
          'photo.received': { actions: 'sayPhotoUnread' },
          'progress.asked': { actions: 'sayProgress' },
          'enrolment.paused': { actions: 'sayPaused' },
          'enrolment.resumed': { actions: 'askAgain' },
          'changes.dropped': { guard: 'isUpdating', target: '#enrolled', actions: 'leaveProfile' },
          // One field is left for another; before all are there, they are told in their turn.
          'field.reopened': [
            { guard: 'isRetelling' },
            { guard: 'isFirstTelling', actions: 'sayChangeLater' },
            ...enrolmentFields.map(leftFor),
          ],
          'fields.listed': [
            { guard: 'isRetelling' },
            { guard: 'isFirstTelling', actions: 'sayChangeLater' },
            { target: '.choosingField', actions: ['endCorrecting', ...leaving] },
          ],
        },
        states: {
          askingUscc: {
            exit: 'forgetProblem',
            on: {
              'uscc.given': keeping('uscc', 'askingName', ({ uscc }: { uscc: string }) => ({ uscc })),
              ...taken,
              ...invitable,
              'step.back': [outOfCorrection, { actions: 'askAgain' }],
              ...restartFrom('askingUscc'),
            },
          },
          /** Somebody else registered the code: whose enterprise it is too says who they are, or types another. */
          claiming: {
            exit: 'forgetProblem',
            on: {
              'claim.named': {
                target: 'awaitingClaim',
                actions: { type: 'openClaim', params: given<{ name: string }> },
              },
              'licence.received': { actions: { type: 'keepLicence', params: given<Photo> } },
              'uscc.given': keeping('uscc', 'askingName', ({ uscc }: { uscc: string }) => ({ uscc })),
              ...taken,
              ...invitable,
              'answer.unusable': [
                {
                  guard: { type: 'isOfCode', params: given<{ problem: Problem }> },
                  target: 'askingUscc',
                  actions: problematic,
                },
                { actions: problematic },
              ],
              'claim.left': 'askingUscc',
              'step.back': 'askingUscc',
              ...restartFrom('askingUscc'),
            },
          },
          /** Where the claim stands is on record; meanwhile another enterprise may be enrolled. */
          awaitingClaim: {
            on: {
              'licence.received': { actions: { type: 'supportClaim', params: given<Photo> } },
              'uscc.given': keeping('uscc', 'askingName', ({ uscc }: { uscc: string }) => ({ uscc })),
              ...taken,
              ...invitable,
              'answer.unusable': { target: 'askingUscc', actions: problematic },
              'claim.withdrawn': { target: 'askingUscc', actions: 'withdrawClaim' },
              'claim.left': 'askingUscc',
              'step.back': 'askingUscc',
              'progress.asked': { actions: 'askAgain' },
              ...restartFrom('askingUscc'),
            },
          },
          askingName: {
            exit: 'forgetProblem',
            on: {
              'name.given': keeping('name', 'askingDistrict', ({ name }: { name: string }) => ({ name })),
              ...doubting('doubtingName'),
              ...backTo('askingUscc'),
              ...restartFrom('askingName'),
            },
          },
          doubtingName: {
            on: {
              'name.given': keeping('name', 'askingDistrict', ({ name }: { name: string }) => ({ name })),
              ...doubting('doubtingName'),
              ...dismissing('name', 'askingName', 'askingDistrict'),
              ...restartFrom('doubtingName'),
            },
          },
          askingDistrict: {
            exit: 'forgetProblem',
            on: {
              'district.given': keeping(
                'district',
                'askingIndustry',
                ({ code }: { code: string; zone?: string }) => ({ district: code }),
                ({ zone }) => (zone ? { zone } : {}),
              ),
              ...backTo('askingName'),
              ...restartFrom('askingDistrict'),
            },
          },
          askingIndustry: {
            exit: 'forgetProblem',
            on: {
              ...understandingTrade,
              ...backTo('askingDistrict'),
              ...restartFrom('askingIndustry'),
            },
          },
          /** It ends here, kindly, unless something else is made there too. */
          outsideIndustry: {
            exit: 'forgetProblem',
            on: {
              ...understandingTrade,
              ...unusableIn('askingIndustry'),
              'industry.denied': 'askingIndustry',
              'step.back': 'askingIndustry',
              ...restartFrom('askingIndustry'),
            },
          },
          confirmingIndustry: {
            on: {
              'industry.confirmed': [
                // Another industry has other facts to tick.
                { guard: 'isCorrecting', target: 'askingFacts', actions: [...tradeKept, 'toFirstGroup'] },
                { target: 'askingHeadcount', actions: tradeKept },
              ],
              ...understandingTrade,
              // The one that was understood before is no longer to be confirmed.
              ...unusableIn('askingIndustry'),
              'industry.denied': { target: 'askingIndustry', actions: 'forgetTrade' },
              'step.back': { target: 'askingIndustry', actions: 'forgetTrade' },
              ...restartFrom('confirmingIndustry'),
            },
          },
          askingHeadcount: {
            exit: 'forgetProblem',
            on: {
              'headcount.given': keeping('headcount', 'askingContact', ({ headcount }: { headcount: number }) => ({
                headcount,
              })),
              ...backTo('askingIndustry'),
              ...restartFrom('askingHeadcount'),
            },
          },
          askingContact: {
            exit: 'forgetProblem',
            on: {
              'contact.given': keeping('contact', 'askingPhone', ({ name }: { name: string }) => ({
                contactName: name,
              })),
              ...doubting('doubtingContact'),
              ...backTo('askingHeadcount'),
              ...restartFrom('askingContact'),
            },
          },
          doubtingContact: {
            on: {
              'contact.given': keeping('contact', 'askingPhone', ({ name }: { name: string }) => ({
                contactName: name,
              })),
              ...doubting('doubtingContact'),
              ...dismissing('contact', 'askingContact', 'askingPhone'),
              ...restartFrom('doubtingContact'),
            },
          },
          askingPhone: {
            exit: ['forgetProblem', 'toFirstGroup'],
            on: {
              'phone.given': keeping('phone', 'askingFacts', ({ phone }: { phone: string }) => ({
                contactPhone: phone,
              })),
              ...backTo('askingContact'),
              ...restartFrom('askingPhone'),
            },
          },
          askingFacts: {
            on: {
              'facts.picked': [
                { guard: 'hasMoreGroups', actions: [...factsKept, 'toNextGroup'] },
                { guard: 'isRetelling', target: '#enrolled', actions: [...factsKept, 'updateProfile'] },
                { target: 'confirming', actions: [...factsKept, 'endCorrecting'] },
              ],
              'facts.denied': {
                actions: [
                  { type: 'dropDenied', params: given<{ facts: readonly string[] }> },
                  { type: 'sayFactsDenied', params: given<{ facts: readonly string[] }> },
                ],
              },
              'facts.contradicted': { actions: 'sayFactsContradictory' },
              'facts.noneClaimed': {
                actions: { type: 'sayFactsNoted', params: given<{ noted: readonly string[] }> },
              },
              'step.back': [
                { guard: not('isFirstGroup'), actions: 'toGroupBefore' },
                { guard: 'isRetelling', actions: 'askAgain' },
                ...backTo('askingPhone')['step.back'],
              ],
              'restart.asked': [
                { guard: 'isRetelling', actions: 'toFirstGroup' },
                restartFrom('askingFacts')['restart.asked'],
              ],
            },
          },
          confirming: {
            on: {
              'enrolment.confirmed': [
                { guard: 'isUpdating', target: '#enrolled', actions: 'updateProfile' },
                { target: '#enrolled', actions: 'registerEnterprise' },
              ],
              // Somebody else was quicker.
              'uscc.taken': taken['uscc.taken'].map((each) => ({
                ...each,
                actions: ['beginCorrecting', each.actions] as const,
              })),
              'fields.listed': 'choosingField',
              'field.reopened': enrolmentFields.map(reopening),
              'step.back': [{ guard: 'isUpdating', target: 'choosingField' }, { target: 'askingFacts' }],
              ...restartFrom('confirming'),
            },
          },
          choosingField: {
            on: {
              'field.reopened': enrolmentFields.map(reopening),
              'successor.invited': { guard: 'isUpdating', actions: 'inviteSuccessor' },
              'step.back': [
                { guard: and(['isUpdating', not('hasChanged')]), target: '#enrolled', actions: 'leaveProfile' },
                { target: 'confirming' },
              ],
              ...restartFrom('choosingField'),
            },
          },
          confirmingRestart: {
            on: {
              'enrolment.restarted': { target: 'askingUscc', actions: 'forgetAll' },
              'step.back': steppedBack,
              'enrolment.resumed': steppedBack,
            },
          },
        },
      },

      enrolled: { id: 'enrolled', type: 'final' },
    },
  })
}

const blank = {
  draft: { facts: [] },
  group: 0,
  correcting: false,
  changed: false,
  problem: null,
  suggested: null,
  doubted: null,
  trade: null,
  ofTrade: [],
  successor: {},
  claimed: null,
  licence: null,
} as const satisfies EnrolmentContext

/** The state that asks for a field. */
export const askedIn = {
  uscc: 'askingUscc',
  name: 'askingName',
  district: 'askingDistrict',
  industry: 'askingIndustry',
  headcount: 'askingHeadcount',
  contact: 'askingContact',
  phone: 'askingPhone',
  facts: 'askingFacts',
} as const satisfies Record<EnrolmentField, EnrolmentStep>

/** What comes with an event and is all that an action needs of it. */
const given = <TEvent>({ event }: { event: TEvent }): TEvent => event

const refusedCode = { type: 'refuseCode', params: given<{ why: CodeProblem }> } as const

const leftUnchanged = { guard: 'isUpdating', target: '#enrolled', actions: 'leaveProfile' } as const

/** Where a stranger may come with a code. */
const invitable = {
  'invitation.found': {
    target: '#invited',
    actions: { type: 'rememberInvitation', params: given<{ invitation: InvitationFound }> },
  },
  'invitation.refused': { actions: refusedCode },
} as const

/** The code that let somebody in was used or ended meanwhile. */
const invitationGone = {
  'invitation.refused': [
    { guard: 'isUpdating', target: '#enrolled', actions: [refusedCode, 'leaveProfile'] },
    { target: 'greeting', actions: refusedCode },
  ],
} as const

/** Who belongs to the enterprise already goes back to where they were. */
const invitationDeclined = <TState extends string>(before: TState) =>
  ({
    'consent.refused': [{ guard: 'isUpdating', target: '#enrolled', actions: 'leaveProfile' }, { target: 'refused' }],
    'step.back': before === 'greeting' ? [leftUnchanged, { target: before }] : [{ target: before }],
  }) as const

const problematic = { type: 'noteProblem', params: given<{ problem: Problem }> } as const

/** A field is recorded, said to be, and the next one is asked; after a correction the summary comes again. */
function keeping<TEvent, TNext extends EnrolmentStep>(
  field: Particular,
  next: TNext,
  part: (event: TEvent) => Partial<EnrolmentDraft>,
  beside: (event: TEvent) => { zone?: string } = () => ({}),
) {
  const kept = [
    { type: 'keep', params: ({ event }: { event: TEvent }) => part(event) },
    { type: 'sayRecorded', params: ({ event }: { event: TEvent }) => ({ field, ...beside(event) }) },
  ] as const
  return afterwards(next, kept)
}

const afterwards = <TNext extends EnrolmentStep, const TActions extends readonly unknown[]>(
  next: TNext,
  actions: TActions,
) =>
  [
    { guard: 'isCorrecting', target: 'confirming', actions: [...actions, 'endCorrecting'] },
    { target: next, actions },
  ] as const

/** Asked back: taken for right after all, or asked anew. */
const dismissing = <TStep extends EnrolmentStep, TNext extends EnrolmentStep>(
  field: Doubted['field'],
  step: TStep,
  next: TNext,
) =>
  ({
    ...unusableIn(step),
    'doubt.dismissed': afterwards(next, ['keepDoubted', { type: 'sayRecorded', params: { field } }] as const),
    'step.back': { target: step, actions: 'forgetDoubted' },
  }) as const

const doubting = <TStep extends EnrolmentStep>(step: TStep) =>
  ({
    'field.doubted': { target: step, actions: { type: 'rememberDoubted', params: given<{ doubted: Doubted }> } },
  }) as const

/** Who has claimed it before sees where that stands. */
const taken = {
  'uscc.taken': [
    {
      guard: { type: 'isClaimedBefore', params: given<{ isClaimed: boolean }> },
      target: 'awaitingClaim',
      actions: { type: 'rememberClaimed', params: given<{ uscc: string }> },
    },
    { target: 'claiming', actions: { type: 'rememberClaimed', params: given<{ uscc: string }> } },
  ],
} as const

interface LicenceSettled {
  readonly evidenceId: string
  readonly outcome: EvidenceOutcome
}

interface ClaimAnswered {
  readonly claimId: string
  readonly admits: boolean
}

const unusableIn = <TStep extends EnrolmentStep>(target: TStep) =>
  ({ 'answer.unusable': { target, actions: problematic } }) as const

const understandingTrade = {
  'industry.given': {
    target: 'confirmingIndustry',
    actions: { type: 'rememberTrade', params: given<{ trade: Trade }> },
  },
  'industry.outside': {
    target: 'outsideIndustry',
    actions: {
      type: 'noteProblem',
      params: ({ event: { code } }: { event: { code: string } }) =>
        ({ problem: { field: 'industry', kind: 'outside', code } }) as const,
    },
  },
} as const

const tradeKept = ['acceptTrade', { type: 'sayRecorded', params: { field: 'industry' } }] as const

const factsKept = [
  { type: 'keepFacts', params: given<{ facts: readonly string[] }> },
  { type: 'sayFactsRecorded', params: given<{ facts: readonly string[] }> },
] as const

const outOfCorrection = { guard: 'isCorrecting', target: 'choosingField', actions: 'endCorrecting' } as const

/** Out of a correction back to what can be corrected, else to the field before. */
const backTo = <TStep extends EnrolmentStep>(before: TStep) =>
  ({ 'step.back': [outOfCorrection, { target: before }] }) as const

const restartFrom = <TStep extends EnrolmentStep>(step: TStep) =>
  ({
    'restart.asked': {
      guard: not('isUpdating'),
      target: 'confirmingRestart',
      actions: { type: 'rememberStep', params: step },
    },
  }) as const

const steppedBack = enrolmentSteps.map((step) => ({
  guard: { type: 'wasInterrupted', params: step } as const,
  target: step,
}))

const reopening = (field: EnrolmentField) =>
  ({
    guard: {
      type: 'mayReopen',
      params: ({ event }: { event: { field: EnrolmentField } }) => ({ asked: event.field, field }),
    },
    target: askedIn[field],
    actions: ['beginCorrecting', 'toFirstGroup'],
  }) as const

const leaving = ['forgetDoubted', 'forgetTrade', 'forgetProblem'] as const

const leftFor = (field: EnrolmentField) => {
  const { guard, target, actions } = reopening(field)
  return { guard, target: `.${target}`, actions: [...leaving, ...actions] } as const
}

function partOf(doubted: Doubted | null): Partial<EnrolmentDraft> {
  switch (doubted?.field) {
    case 'name':
      return { name: doubted.value }
    case 'contact':
      return { contactName: doubted.value }
    case undefined:
      return {}
  }
}

/** @throws Error when a field is missing: a state let somebody pass it */
function completed(draft: EnrolmentDraft): CompleteDraft {
  const { uscc, name, district, industryClass, industry, headcount, contactName, contactPhone, facts } = draft
  if (
    uscc === undefined ||
    name === undefined ||
    district === undefined ||
    industryClass === undefined ||
    industry === undefined ||
    headcount === undefined ||
    contactName === undefined ||
    contactPhone === undefined
  )
    throw new Error('An enterprise is registered with all its particulars')
  return { uscc, name, district, industryClass, industry, headcount, contactName, contactPhone, facts }
}
