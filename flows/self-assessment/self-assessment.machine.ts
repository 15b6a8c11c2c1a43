import { assign, emit, setup } from 'xstate'
import type { Checklist } from '../../src/checklist/checklist.ts'
import {
  type AnswerSheet,
  askedPositions,
  type Finding,
  isAsked,
  ledgerOf,
  type Mark,
  majorHazards,
  markAt,
  nextPosition,
  scoreOf,
  withMark,
} from '../../src/checklist/rules.ts'

export type WalkEvent =
  | { type: 'answer.conforming' }
  | { type: 'answer.nonconforming' }
  | { type: 'answer.notApplicable' }
  | { type: 'answer.unclear' }
  /** Sounded like it, but not surely: asked back. */
  | { type: 'answer.suspected'; finding: Finding }
  | { type: 'answer.notUnderstood'; text: string }
  /** Asked back, and it was not so: the item is asked again. */
  | { type: 'answer.reconsidered' }
  | { type: 'absence.confirmed' }
  | { type: 'item.skipped' }
  | { type: 'item.back' }
  | { type: 'item.explained' }
  | { type: 'item.basisAsked' }
  /** By the number the owner sees, from 1. */
  | { type: 'item.chosen'; number: number }
  | { type: 'photo.received'; evidenceId: string; mediaId: string }
  | { type: 'photo.postponed' }
  | { type: 'rectification.begun' }
  | { type: 'rectification.deferred' }
  | { type: 'evidence.settled'; evidenceId: string; outcome: EvidenceOutcome }
  | { type: 'progress.asked' }
  | { type: 'answers.asked' }
  | { type: 'summary.accepted' }
  | { type: 'commitment.signed'; name: string }
  | { type: 'walk.paused' }
  | { type: 'walk.resumed' }
  | { type: 'restart.asked' }
  | { type: 'restart.confirmed' }
  | { type: 'prompt.repeated' }

export type EvidenceOutcome = 'stored' | 'lost' | 'tooLarge' | 'unreadable'

/** What a walk asks of the world: what to record, and one screen that says what comes next. */
export type WalkEffect =
  | { type: 'recordAnswer'; position: number; mark: Mark }
  | { type: 'withdrawAnswer'; position: number }
  | { type: 'clearAnswers' }
  | { type: 'storeEvidence'; position: number; evidenceId: string; mediaId: string; rectifies: boolean }
  | { type: 'reportLostEvidence'; position: number; outcome: EvidenceOutcome; reopened: boolean }
  | { type: 'submitAssessment'; signedBy: string }
  | WalkRemark
  | WalkScreen

/** Said on the way; what is waited for is said again below it. */
export type WalkRemark =
  | { type: 'explainItem'; position: number }
  | { type: 'citeBasis'; position: number }
  | { type: 'sayNotUnderstood'; text: string }
  | { type: 'sayNothingBefore' }
  | { type: 'sayNoSuchItem'; number: number }
  | { type: 'showProgress' }
  | { type: 'showAnswers' }

export type WalkScreen =
  | { type: 'askItem'; position: number }
  | { type: 'confirmFinding'; position: number; finding: Finding }
  | { type: 'confirmAbsence'; position: number }
  | { type: 'requestPhoto'; position: number }
  | { type: 'announceHazard'; position: number }
  | { type: 'requestRectification'; position: number }
  | { type: 'showBlocked'; position: number }
  | { type: 'showBelowMinimum' }
  | { type: 'showSummary' }
  | { type: 'askCommitment' }
  | { type: 'awaitPhotos' }
  | { type: 'sayPaused' }
  | { type: 'confirmRestart' }

export type WalkPurpose = 'initial' | 'renewal' | 'amendment' | 'recheck'

/** The bookmark: a letter per item and little more, so that 300 items cost no more than 30. */
export interface WalkContext {
  readonly purpose: WalkPurpose
  readonly sheet: AnswerSheet
  /** What 重来 returns to: blank but for what an amendment or a re-check keeps. */
  readonly firstSheet: AnswerSheet
  /** The item in hand; -1 for none. */
  readonly position: number
  /** Positions as they were answered, latest last; 上一题 goes back along them. */
  readonly trail: readonly number[]
  /** 怎么看 was shown because the owner was not sure. */
  readonly helped: boolean
  readonly suspected: Finding | null
  /** The item of the photo that came last, until something is said: further photos belong to it. */
  readonly photographed: number
  /** What a pause interrupted, where a photo may come out of it. */
  readonly pausedAt: 'awaitingPhoto' | 'rectifying' | null
  /** Photos on their way. */
  readonly awaited: readonly AwaitedPhoto[]
  /** What the regulator wrote on an item, by position. */
  readonly comments: Readonly<Record<string, string>>
  readonly signedBy: string | null
}

interface AwaitedPhoto {
  readonly id: string
  readonly position: number
  /** It shows a hazard put right. */
  readonly rectifies: boolean
}

/** How far back 上一题 can go. */
const LONGEST_TRAIL = 20

export interface WalkSetting {
  readonly checklist: Checklist
  /** 0 to 100; null where the policy sets no pass mark. */
  readonly minimumScore: number | null
}

/**
 * Walks one owner through one frozen checklist: asks, takes photos, holds back what must not be filed, and
 * submits. The same walk serves the first application, an amendment (only returned items are blank), the
 * yearly re-check and a renewal; they differ in the sheet they begin with.
 */
export const selfAssessment = ({ checklist, minimumScore }: WalkSetting) =>
  setup({
    types: {
      context: {} as WalkContext,
      events: {} as WalkEvent,
      emitted: {} as WalkEffect,
      input: {} as Pick<WalkContext, 'purpose' | 'sheet' | 'comments'>,
    },
    guards: {
      hasNextItem: ({ context }) => nextPosition(checklist, context.sheet) !== undefined,
      hasOpenMajorHazard: ({ context }) => majorHazards(checklist, context.sheet).length > 0,
      isBelowMinimum: ({ context }) =>
        minimumScore !== null && (scoreOf(ledgerOf(checklist, context.sheet)).points ?? 0) < minimumScore,
      wantsPhoto: ({ context }) => context.photographed !== context.position && takesPhoto(checklist, context.position),
      wouldBeMajorHazard: ({ context: { sheet, position } }) =>
        isInMajorHazard(checklist, withMark(sheet, position, 'nonconforming'), position),
      isOpenMajorHazard: ({ context: { sheet, position } }) =>
        markAt(sheet, position) === 'nonconforming' && isInMajorHazard(checklist, sheet, position),
      isNonconforming: ({ context }) => markAt(context.sheet, context.position) === 'nonconforming',
      isKeptOpen: ({ context }) => markAt(context.sheet, context.position) === 'keptOpen',
      isExcusable: ({ context }) => checklist.items[context.position]?.notApplicable !== undefined,
      hasItemInHand: ({ context }) => context.position >= 0,
      isInHandOpen: ({ context }) =>
        ['unanswered', 'keptOpen'].includes(markAt(context.sheet, context.position)) && context.position >= 0,
      wasNotHelped: ({ context }) => !context.helped,
      hasTrail: ({ context }) => lastAnswered(checklist, context) !== undefined,
      wasAwaitingPhoto: ({ context }) => context.pausedAt === 'awaitingPhoto',
      wasRectifying: ({ context }) => context.pausedAt === 'rectifying',
      mayBePutRight: ({ context: { pausedAt, sheet, position } }) =>
        pausedAt === 'rectifying' && markAt(sheet, position) === 'nonconforming',
      isAskedNumber: ({ context, event }) =>
        event.type === 'item.chosen' && askedPositions(checklist, context.sheet)[event.number - 1] !== undefined,
      isPhotoLost: ({ context, event }) =>
        event.type === 'evidence.settled' && event.outcome !== 'stored' && awaitedPhoto(context, event) !== undefined,
      isLastPhoto: ({ context, event }) => awaitedPhoto(context, event) !== undefined && context.awaited.length === 1,
      hasNoPhotoAwaited: ({ context }) => context.awaited.length === 0,
    },
    actions: {
      moveToNextItem: assign(({ context }) => itemInHand(nextPosition(checklist, context.sheet))),
      moveToMajorHazard: assign(({ context }) => itemInHand(worstPosition(checklist, context.sheet))),
      moveToNumber: assign(({ context, event }) =>
        itemInHand(
          event.type === 'item.chosen' ? askedPositions(checklist, context.sheet)[event.number - 1] : undefined,
        ),
      ),
      moveBack: assign(({ context }) => {
        const position = lastAnswered(checklist, context) ?? -1
        return {
          ...itemInHand(position),
          sheet: withMark(context.sheet, position, 'unanswered'),
          trail: context.trail.slice(0, context.trail.indexOf(position)),
        }
      }),
      putDown: assign(itemInHand(undefined)),
      rememberHelp: assign({ helped: true }),
      rememberSuspicion: assign(({ event }) => ({
        suspected: event.type === 'answer.suspected' ? event.finding : null,
      })),

      keepMark: assign(({ context: { sheet, position, trail } }, mark: Mark) => ({
        sheet: withMark(sheet, position, mark),
        trail: [...trail.filter((each) => each !== position), position].slice(-LONGEST_TRAIL),
        photographed: -1,
      })),
      recordAnswer: emit(({ context }, mark: Mark) => ({ type: 'recordAnswer', position: context.position, mark })),
      withdrawAnswer: emit(({ context }) => ({ type: 'withdrawAnswer', position: context.position })),
      /** A major hazard on record stays on record. */
      startOver: assign(({ context: { sheet, firstSheet } }) => ({
        ...itemInHand(undefined),
        sheet: openMajorPositions(checklist, sheet).reduce(
          (first, position) => withMark(first, position, 'nonconforming'),
          firstSheet,
        ),
        trail: [],
        awaited: [],
      })),
      clearAnswers: emit({ type: 'clearAnswers' }),

      awaitPhoto: assign(({ context, event }, { rectifies }: { rectifies: boolean }) => {
        const position = photoPosition(context)
        if (event.type !== 'photo.received') return {}
        return {
          awaited: [...context.awaited, { id: event.evidenceId, position, rectifies }],
          photographed: position,
        }
      }),
      storeEvidence: emit(({ context, event }, { rectifies }: { rectifies: boolean }) => ({
        type: 'storeEvidence',
        position: photoPosition(context),
        rectifies,
        evidenceId: event.type === 'photo.received' ? event.evidenceId : '',
        mediaId: event.type === 'photo.received' ? event.mediaId : '',
      })),
      rememberPlace: assign((_, pausedAt: WalkContext['pausedAt']) => ({ pausedAt })),
      reportLostEvidence: emit(({ context, event }) => ({
        type: 'reportLostEvidence',
        position: awaitedPhoto(context, event)?.position ?? -1,
        outcome: event.type === 'evidence.settled' ? event.outcome : 'lost',
        reopened: awaitedPhoto(context, event)?.rectifies ?? false,
      })),
      /** A hazard put right only on a photo that never arrived is open again. */
      forgetPhoto: assign(({ context, event }) => {
        const photo = awaitedPhoto(context, event)
        const reopens = photo?.rectifies && event.type === 'evidence.settled' && event.outcome !== 'stored'
        return {
          awaited: context.awaited.filter((each) => each !== photo),
          sheet: reopens ? withMark(context.sheet, photo.position, 'nonconforming') : context.sheet,
        }
      }),

      sign: assign(({ event }) => ({ signedBy: event.type === 'commitment.signed' ? event.name : null })),
      submitAssessment: emit(({ context }) => ({ type: 'submitAssessment', signedBy: context.signedBy ?? '' })),

      askItem: emit(({ context }) => ({ type: 'askItem', position: context.position })),
      explainItem: emit(({ context }) => ({ type: 'explainItem', position: context.position })),
      citeBasis: emit(({ context }) => ({ type: 'citeBasis', position: context.position })),
      sayNotUnderstood: emit(({ event }) => ({
        type: 'sayNotUnderstood',
        text: event.type === 'answer.notUnderstood' ? event.text : '',
      })),
      sayNothingBefore: emit({ type: 'sayNothingBefore' }),
      sayNoSuchItem: emit(({ event }) => ({
        type: 'sayNoSuchItem',
        number: event.type === 'item.chosen' ? event.number : 0,
      })),
      confirmFinding: emit(({ context }) => ({
        type: 'confirmFinding',
        position: context.position,
        finding: context.suspected ?? 'nonconforming',
      })),
      confirmAbsence: emit(({ context }) => ({ type: 'confirmAbsence', position: context.position })),
      requestPhoto: emit(({ context }) => ({ type: 'requestPhoto', position: context.position })),
      announceHazard: emit(({ context }) => ({ type: 'announceHazard', position: context.position })),
      requestRectification: emit(({ context }) => ({ type: 'requestRectification', position: context.position })),
      showProgress: emit({ type: 'showProgress' }),
      showAnswers: emit({ type: 'showAnswers' }),
      showBlocked: emit(({ context }) => ({ type: 'showBlocked', position: context.position })),
      showBelowMinimum: emit({ type: 'showBelowMinimum' }),
      showSummary: emit({ type: 'showSummary' }),
      askCommitment: emit({ type: 'askCommitment' }),
      awaitPhotos: emit({ type: 'awaitPhotos' }),
      sayPaused: emit({ type: 'sayPaused' }),
      confirmRestart: emit({ type: 'confirmRestart' }),
    },
  }).createMachine({
    id: 'selfAssessment',
    context: ({ input }) => ({
      ...input,
      firstSheet: input.sheet,
      position: -1,
      trail: [],
      helped: false,
      suspected: null,
      photographed: -1,
      pausedAt: null,
      awaited: [],
      signedBy: null,
    }),
    initial: 'walking',
    on: {
      'evidence.settled': [
        { guard: 'isPhotoLost', actions: ['reportLostEvidence', 'forgetPhoto'] },
        { actions: 'forgetPhoto' },
      ],
    },
    states: {
      walking: {
        initial: 'choosing',
        on: {
          'item.back': [
            { guard: 'hasTrail', target: '.inHand', actions: ['moveBack', 'withdrawAnswer'] },
            { actions: 'sayNothingBefore' },
          ],
          'item.chosen': [
            { guard: 'isAskedNumber', target: '.inHand', actions: 'moveToNumber' },
            { actions: 'sayNoSuchItem' },
          ],
          'item.explained': { guard: 'hasItemInHand', actions: 'explainItem' },
          'item.basisAsked': { guard: 'hasItemInHand', actions: 'citeBasis' },
          'progress.asked': { actions: 'showProgress' },
          'answers.asked': { actions: 'showAnswers' },
          'walk.paused': { target: 'paused', actions: { type: 'rememberPlace', params: null } },
          'restart.asked': 'confirmingRestart',
        },
        states: {
          choosing: {
            id: 'choosing',
            always: [
              { guard: 'hasNextItem', target: 'inHand', actions: 'moveToNextItem' },
              { target: 'concluding', actions: 'putDown' },
            ],
          },

          /** Whatever is said on the way, the item is asked again: nobody agrees to a question that is no longer there. */
          inHand: {
            id: 'inHand',
            initial: 'asking',
            on: {
              'answer.conforming': [
                // A major hazard on record is not talked away: it takes a photo.
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { guard: 'wantsPhoto', target: 'awaitingPhoto', actions: marked('conforming') },
                { target: 'choosing', actions: marked('conforming') },
              ],
              'answer.nonconforming': [
                { guard: 'wouldBeMajorHazard', target: 'hazardFound', actions: marked('nonconforming') },
                { target: 'choosing', actions: marked('nonconforming') },
              ],
              'answer.notApplicable': [
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { target: '.confirmingAbsence' },
              ],
              'answer.suspected': { target: '.confirming', actions: 'rememberSuspicion' },
              'answer.unclear': [
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { guard: 'wasNotHelped', target: '.lookingCloser', actions: ['rememberHelp', 'explainItem'] },
                { guard: 'isKeptOpen', target: 'choosing', actions: marked('stillUnclear') },
                { target: 'choosing', actions: marked('keptOpen') },
              ],
              'item.skipped': [
                { guard: 'isOpenMajorHazard', target: 'choosing' },
                { guard: 'isKeptOpen', target: 'choosing', actions: marked('stillUnclear') },
                { target: 'choosing', actions: marked('keptOpen') },
              ],
              'answer.reconsidered': '.asking',
              'photo.received': { target: '.asking', actions: photographed },
              'walk.resumed': [{ guard: 'isInHandOpen', target: '.asking' }, { target: 'choosing' }],

              'item.explained': { target: '.lookingCloser', actions: ['rememberHelp', 'explainItem'] },
              'item.basisAsked': { target: '.asking', actions: 'citeBasis' },
              'answer.notUnderstood': { target: '.asking', actions: 'sayNotUnderstood' },
              'progress.asked': { target: '.asking', actions: 'showProgress' },
              'answers.asked': { target: '.asking', actions: 'showAnswers' },
              'item.chosen': [
                { guard: 'isAskedNumber', target: '.asking', actions: 'moveToNumber' },
                { target: '.asking', actions: 'sayNoSuchItem' },
              ],
              'item.back': [
                { guard: 'hasTrail', target: '.asking', actions: ['moveBack', 'withdrawAnswer'] },
                { target: '.asking', actions: 'sayNothingBefore' },
              ],
            },
            states: {
              asking: { entry: 'askItem', on: { 'prompt.repeated': { target: 'asking', reenter: true } } },
              lookingCloser: {
                entry: 'askItem',
                on: { 'prompt.repeated': { target: 'lookingCloser', reenter: true } },
              },
              confirming: {
                entry: 'confirmFinding',
                on: { 'prompt.repeated': { target: 'confirming', reenter: true } },
              },
              confirmingAbsence: {
                entry: 'confirmAbsence',
                on: {
                  'absence.confirmed': { guard: 'isExcusable', target: '#choosing', actions: marked('notApplicable') },
                  'prompt.repeated': { target: 'confirmingAbsence', reenter: true },
                },
              },
            },
          },

          awaitingPhoto: {
            entry: 'requestPhoto',
            on: {
              'photo.received': { target: 'choosing', actions: photographed },
              'photo.postponed': 'choosing',
              'item.skipped': 'choosing',
              'walk.resumed': 'choosing',
              // The owner thinks better of what was just answered.
              'answer.nonconforming': [
                { guard: 'wouldBeMajorHazard', target: 'hazardFound', actions: marked('nonconforming') },
                { target: 'choosing', actions: marked('nonconforming') },
              ],
              'answer.notApplicable': 'inHand.confirmingAbsence',
              'answer.reconsidered': 'inHand',
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'awaitingPhoto' } },
              'prompt.repeated': { target: 'awaitingPhoto', reenter: true },
            },
          },

          hazardFound: {
            entry: 'announceHazard',
            on: {
              'rectification.deferred': 'choosing',
              'item.skipped': 'choosing',
              'walk.resumed': 'choosing',
              'rectification.begun': 'rectifying',
              'answer.conforming': 'rectifying',
              'photo.received': { target: 'choosing', actions: putRight },
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
              'prompt.repeated': { target: 'hazardFound', reenter: true },
            },
          },
          rectifying: {
            id: 'rectifying',
            entry: 'requestRectification',
            on: {
              'rectification.deferred': 'choosing',
              'item.skipped': 'choosing',
              'walk.resumed': 'choosing',
              'photo.received': { target: 'choosing', actions: putRight },
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
              'prompt.repeated': { target: 'rectifying', reenter: true },
            },
          },

          concluding: {
            always: [
              { guard: 'hasOpenMajorHazard', target: 'blocked', actions: 'moveToMajorHazard' },
              { guard: 'isBelowMinimum', target: 'belowMinimum' },
              { target: 'summary' },
            ],
          },
          blocked: {
            entry: 'showBlocked',
            on: {
              'photo.received': { guard: 'isNonconforming', target: 'choosing', actions: putRight },
              'answer.conforming': [
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { target: 'choosing', actions: marked('conforming') },
              ],
              'rectification.begun': 'rectifying',
              'answer.reconsidered': 'inHand',
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
              'prompt.repeated': { target: 'blocked', reenter: true },
            },
          },
          belowMinimum: {
            entry: 'showBelowMinimum',
            on: { 'prompt.repeated': { target: 'belowMinimum', reenter: true } },
          },
          summary: {
            entry: 'showSummary',
            on: {
              'summary.accepted': 'committing',
              'evidence.settled': [
                { guard: 'isPhotoLost', target: 'choosing', actions: ['reportLostEvidence', 'forgetPhoto'] },
                { actions: 'forgetPhoto' },
              ],
              'prompt.repeated': { target: 'summary', reenter: true },
            },
          },
          committing: {
            entry: 'askCommitment',
            on: {
              'item.back': 'summary',
              'commitment.signed': [
                { guard: 'hasNoPhotoAwaited', target: '#submitted', actions: ['sign', 'submitAssessment'] },
                { target: 'awaitingPhotos', actions: 'sign' },
              ],
              'evidence.settled': [
                { guard: 'isPhotoLost', target: 'choosing', actions: ['reportLostEvidence', 'forgetPhoto'] },
                { actions: 'forgetPhoto' },
              ],
              'prompt.repeated': { target: 'committing', reenter: true },
            },
          },
          /** Signed; what was photographed must be in the house before it is filed. Nothing said meanwhile unsigns it. */
          awaitingPhotos: {
            entry: 'awaitPhotos',
            on: {
              'evidence.settled': [
                { guard: 'isPhotoLost', target: 'choosing', actions: ['reportLostEvidence', 'forgetPhoto'] },
                { guard: 'isLastPhoto', target: '#submitted', actions: ['forgetPhoto', 'submitAssessment'] },
                { actions: 'forgetPhoto' },
              ],
              'item.back': {},
              'item.chosen': {},
              'walk.paused': {},
              'restart.asked': {},
              'prompt.repeated': { target: 'awaitingPhotos', reenter: true },
            },
          },
        },
      },

      paused: {
        id: 'paused',
        entry: 'sayPaused',
        on: {
          'walk.resumed': [
            { guard: 'wasAwaitingPhoto', target: 'walking.awaitingPhoto' },
            { guard: 'wasRectifying', target: 'walking.rectifying' },
            { guard: 'isInHandOpen', target: '#inHand' },
            { target: '#choosing' },
          ],
          'photo.received': [
            { guard: 'wasAwaitingPhoto', target: '#choosing', actions: photographed },
            { guard: 'mayBePutRight', target: '#choosing', actions: putRight },
            { guard: 'isInHandOpen', target: '#inHand', actions: photographed },
          ],
          'progress.asked': { actions: 'showProgress' },
          'answers.asked': { actions: 'showAnswers' },
          'prompt.repeated': { target: 'paused', reenter: true },
        },
      },
      confirmingRestart: {
        entry: 'confirmRestart',
        on: {
          'restart.confirmed': { target: '#choosing', actions: ['clearAnswers', 'startOver'] },
          'walk.resumed': [{ guard: 'isInHandOpen', target: '#inHand' }, { target: '#choosing' }],
          'prompt.repeated': { target: 'confirmingRestart', reenter: true },
        },
      },

      submitted: { id: 'submitted', type: 'final' },
    },
  })

/** An answer is kept in the bookmark and goes on record. */
const marked = <TMark extends Mark>(mark: TMark) =>
  [
    { type: 'keepMark', params: mark },
    { type: 'recordAnswer', params: mark },
  ] as const

const photographed = [
  { type: 'awaitPhoto', params: { rectifies: false } },
  { type: 'storeEvidence', params: { rectifies: false } },
] as const

/** The photo is what makes a hazard rectified. */
const putRight = [
  ...marked('rectified'),
  { type: 'awaitPhoto', params: { rectifies: true } },
  { type: 'storeEvidence', params: { rectifies: true } },
] as const

/** What was photographed: the item in hand, or the one before while photos keep coming. */
const photoPosition = ({ photographed, position }: WalkContext) => (photographed >= 0 ? photographed : position)

/** The newest answer that still counts: a correction may have made later ones irrelevant. */
const lastAnswered = (checklist: Checklist, { trail, sheet }: WalkContext) =>
  trail.findLast((position) => isAsked(checklist, sheet, position))

/** Nonconforming items of the major hazards as they stand. */
const openMajorPositions = (checklist: Checklist, sheet: AnswerSheet) =>
  majorHazards(checklist, sheet)
    .flatMap(({ positions }) => positions)
    .filter((position) => markAt(sheet, position) === 'nonconforming')

/** What is certain comes before what is only not clear. */
const worstPosition = (checklist: Checklist, sheet: AnswerSheet) =>
  openMajorPositions(checklist, sheet)[0] ?? majorHazards(checklist, sheet)[0]?.positions[0]

/** Nothing is held against an item that was just taken in hand, and an earlier signature no longer stands. */
const itemInHand = (position = -1) => ({
  position,
  helped: false,
  suspected: null,
  pausedAt: null,
  signedBy: null,
})

const takesPhoto = ({ items }: Checklist, position: number) =>
  ['photo', 'cameraPhoto', 'document'].includes(items[position]?.evidence.kind ?? 'none')

const isInMajorHazard = (checklist: Checklist, sheet: AnswerSheet, position: number) =>
  majorHazards(checklist, sheet).some(({ positions }) => positions.includes(position))

const awaitedPhoto = ({ awaited }: WalkContext, event: WalkEvent) =>
  event.type === 'evidence.settled' ? awaited.find(({ id }) => id === event.evidenceId) : undefined
