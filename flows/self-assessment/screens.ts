import type { IsoDate } from '../../src/calendar/dates.ts'
import type { Checklist, ChecklistItem, SiteFacts } from '../../src/checklist/checklist.ts'
import { contradicted } from '../../src/checklist/checklist.ts'
import { confirmablePositions, sectionAround } from '../../src/checklist/earlier-answers.ts'
import { missingPhotos } from '../../src/checklist/photos.ts'
import {
  type Finding,
  generalHazards,
  isAsked,
  ledgerOf,
  majorHazards,
  markAt,
  numberOf,
  progressOf,
  scoreOf,
  sectionsOf,
} from '../../src/checklist/rules.ts'
import { claimAnswering } from '../claim-screen.ts'
import type { Place } from '../flow.ts'
import { registerKeys } from '../register-keys.ts'
import type { Commands, Key, Meaning, Option, Photo, Screen, Sentence, SiteChange } from '../screen.ts'
import type { Particular } from '../words/change-heard.ts'
import { codeHeard } from '../words/code-heard.ts'
import type { Command } from '../words/command-heard.ts'
import type { Lexicon } from '../words/lexicon.ts'
import { nameHeard } from '../words/name-heard.ts'
import { isUnchangedHeard, picksHeard } from '../words/picks-heard.ts'
import type { SignerRole, WalkContext, WalkEvent } from './self-assessment.machine.ts'

/** What is on record beside the answers. */
export interface WalkKnown {
  readonly site: SiteFacts
  /** Who is expected to sign. */
  readonly contactName: string
  /** Who answered what, by item; empty where one person answered all. */
  readonly answeredBy: ReadonlyMap<string, string>
  /** By when the open hazards are to be put right, by item: ISO dates in China. Empty where none is told. */
  readonly dueOn: ReadonlyMap<string, string>
  /** Who says that the enterprise is theirs too, and is to be answered; only where that is looked at. */
  readonly claim?: { readonly claimId: string; readonly name: string; readonly enterprise: string }
}

export type WalkPlace = Place<WalkContext, WalkKnown> & { readonly checklist: Checklist }

type WalkScreen = Screen<WalkEvent>

const option = (event: WalkEvent, label: Key, style?: Option<WalkEvent>['style']): Option<WalkEvent> => ({
  key: event.type,
  label,
  event,
  ...(style && { style }),
})

const reconsider = option({ type: 'answer.reconsidered' }, 'button.reconsider')
const rest = option({ type: 'walk.paused' }, 'button.rest')
const howTo = option({ type: 'item.explained' }, 'button.howTo')
const back = option({ type: 'item.back' }, 'button.back')
const unclear = option({ type: 'answer.unclear' }, 'button.unclear')

/** The order never changes, and the numbers 1 to 4 mean the same everywhere. */
const answers = [
  option({ type: 'answer.conforming' }, 'button.conforming'),
  option({ type: 'answer.nonconforming' }, 'button.nonconforming'),
  option({ type: 'answer.notApplicable' }, 'button.notApplicable'),
  unclear,
]

const said = {
  conforming: ['conforming', { type: 'answer.conforming' }],
  nonconforming: ['nonconforming', { type: 'answer.nonconforming' }],
  notApplicable: ['notApplicable', { type: 'answer.notApplicable' }],
  absence: ['absence', { type: 'answer.notApplicable' }],
  unclear: ['unclear', { type: 'answer.unclear' }],
  unsure: ['unsure', { type: 'answer.unsure' }],
  partly: ['partly', (missing: readonly number[]): WalkEvent => ({ type: 'answer.partly', missing })],
  perhapsConforming: ['perhapsConforming', { type: 'answer.suspected', finding: 'conforming' }],
  perhapsNonconforming: ['perhapsNonconforming', { type: 'answer.suspected', finding: 'nonconforming' }],
  perhapsNotApplicable: ['perhapsNotApplicable', { type: 'answer.suspected', finding: 'notApplicable' }],
} as const satisfies Partial<Record<Meaning, readonly [Meaning, unknown]>>

const anyAnswer = Object.values(said)

/** Heard wherever an owner walks. */
const onTheWay: Commands<WalkEvent> = {
  back: { type: 'item.back' },
  edit: ({ number }) => ({ type: 'item.chosen', number }),
  progress: { type: 'progress.asked' },
  answers: { type: 'review.opened' },
  photos: { type: 'photos.listed' },
  dropPhoto: { type: 'photo.withdrawn' },
  movePhoto: ({ number }) => ({ type: 'photo.moved', number }),
  pause: { type: 'walk.paused' },
  restart: { type: 'restart.asked' },
}

/** Where there is something to go on with. */
const walking: Commands<WalkEvent> = {
  ...onTheWay,
  resume: { type: 'walk.resumed' },
  start: { type: 'walk.resumed' },
}

/** With an item in hand. */
const withItem: Commands<WalkEvent> = {
  ...walking,
  skip: { type: 'item.skipped' },
  explain: { type: 'item.explained' },
  basis: { type: 'item.basisAsked' },
}

const received = (photo: Photo): WalkEvent => ({ type: 'photo.received', ...photo })

/** Said at any time of the enterprise and of what is to be put right. */
const meanwhile = {
  change: ({ added, removed }: SiteChange): WalkEvent => ({ type: 'change.heard', change: { added, removed } }),
  // Another contact, or another name of the same: that is asked.
  particular: (particular: Particular): WalkEvent =>
    particular === 'contact'
      ? { type: 'contact.changing' }
      : { type: 'profile.opened', ...(particular !== 'all' && { field: particular }) },
  requests: {
    seeAnswers: { type: 'review.opened' },
    seeHazards: { type: 'register.asked' },
    handOver: { type: 'colleague.sought' },
    seeClaims: { type: 'claims.opened' },
  },
  date: (date: IsoDate): WalkEvent => ({ type: 'hazard.rescheduled', date }),
} as const satisfies Partial<WalkScreen>

/** One row a state: what the owner sees there, and all that is understood there. In the order in which they are met. */
export const walkScreens = {
  confirmingEarlier: (place) => ({
    ...meanwhile,
    says: [
      'walk.earlier',
      ...(askedBeside(place).length > 0 ? [['walk.earlierBeside', 'beside'] as const] : []),
      ...(wrongBefore(place).length > 0 ? [['walk.earlierWrong', 'wrong'] as const] : []),
      'walk.earlierQuestion',
    ],
    progress: 'walk.earlierProgress',
    options: [
      option({ type: 'earlier.confirmed' }, 'button.stillSo'),
      option({ type: 'earlier.doubted' }, 'button.someChanged'),
      option({ type: 'earlier.dropped' }, 'button.sectionAnew'),
    ],
    // 收到 confirms nothing.
    question: { compliantAnswer: 'yes', excusable: false },
    confirms: { suspected: 'conforming' },
    means: [
      ['yes', { type: 'earlier.confirmed' }],
      ['no', { type: 'earlier.doubted' }],
      ['reconsidered', { type: 'earlier.doubted' }],
    ],
    typed: (text, lexicon) => (isUnchangedHeard(text, lexicon) ? { type: 'earlier.confirmed' } : undefined),
    commands: {
      ...walking,
      edit: ({ number }) => ({ type: 'item.chosen', number: numberInBatch(place, number) }),
      correct: (command) =>
        corrected(
          place,
          typeof command.which === 'number' ? { ...command, which: numberInBatch(place, command.which) } : command,
        ),
    },
  }),
  choosingChanged: (place) => ({
    ...meanwhile,
    says: ['walk.earlierChanged'],
    hint: 'walk.earlierChangedHint',
    options: [],
    pick: {
      boxes: place.context.batch.map((position, index) => ({
        key: String(index + 1),
        label: { of: 'item', id: place.checklist.items[position]?.ref ?? '' } as const,
      })),
      ticked: [],
      submit: 'button.picked',
      picked: (keys) => changedOf(place, keys),
    },
    typed: (text, lexicon) => changedRead(text, lexicon, place),
    commands: walking,
  }),
  asking: (place) => asked(place),
  lookingCloser: (place) => asked(place),
  confirming: (place) => askedBack(place),
  confirmingAbsence: (place) => whichIsAbsent(place),
  hazardFound: (place) => ({
    ...meanwhile,
    says: ['walk.hazardFound'],
    progress: whereWeAre(place),
    options: [
      option({ type: 'rectification.deferred' }, 'button.nextItem', 'primary'),
      option({ type: 'rectification.begun' }, 'button.rectified'),
      howTo,
    ],
    question: questionAt(place),
    means: [['no', { type: 'rectification.deferred' }], ['notMended', { type: 'rectification.deferred' }], ...asMended],
    photo: received,
    commands: withItem,
  }),
  rectifying: (place) => ({
    ...meanwhile,
    says: ['walk.requestRectification'],
    progress: whereWeAre(place),
    options: [option({ type: 'rectification.deferred' }, 'button.defer'), howTo],
    question: questionAt(place),
    means: [
      ...asMended,
      ['notMended', { type: 'rectification.deferred' }],
      ['nonconforming', { type: 'rectification.deferred' }],
    ],
    photo: received,
    commands: withItem,
  }),
  confirmingRectified: (place) => ({
    ...meanwhile,
    says: ['walk.confirmRectified'],
    progress: whereWeAre(place),
    question: questionAt(place),
    options: [
      option({ type: 'rectification.confirmed' }, 'button.isRectified'),
      option({ type: 'rectification.denied' }, 'button.notRectified'),
    ],
    confirms: { suspected: 'conforming' },
    means: [
      ['yes', { type: 'rectification.confirmed' }],
      ['mended', { type: 'rectification.confirmed' }],
      ['notMended', { type: 'rectification.denied' }],
      ['no', { type: 'rectification.denied' }],
      ...doubted.map((meaning) => [meaning, { type: 'rectification.denied' }] as const),
    ],
    photo: received,
    commands: { ...onTheWay, skip: { type: 'item.skipped' } },
  }),
  confirmingCorrection: (place) => ({
    says: ['walk.confirmCorrection'],
    options: [
      option({ type: 'correction.confirmed' }, 'button.change', 'primary'),
      option({ type: 'correction.dismissed' }, 'button.leaveIt'),
      ...(meansItemOnScreen(place) ? [option({ type: 'answer.nonconforming' }, 'button.meantThisOne')] : []),
    ],
    // 收到 changes no answer.
    question: { compliantAnswer: 'yes', excusable: false },
    confirms: { suspected: place.context.correcting?.to ?? null },
    means: [
      ['yes', { type: 'correction.confirmed' }],
      ['no', { type: 'correction.dismissed' }],
      ['reconsidered', { type: 'correction.dismissed' }],
    ],
    commands: walking,
  }),
  confirmingChange: () => ({
    says: ['walk.confirmChange'],
    options: [
      option({ type: 'change.confirmed' }, 'button.rightChange', 'primary'),
      option({ type: 'change.dismissed' }, 'button.noChange'),
    ],
    means: [
      ['yes', { type: 'change.confirmed' }],
      ['no', { type: 'change.dismissed' }],
    ],
    commands: walking,
  }),
  handingOver: (place) => ({
    says: ['walk.findColleague'],
    options: [
      { key: 'colleague.walk', label: 'button.handWalk', event: { type: 'colleague.invited', scope: 'walk' } },
      ...(hasItemInHand(place)
        ? [
            {
              key: 'colleague.item',
              label: 'button.handItem',
              event: { type: 'colleague.invited', scope: 'item' },
            } as const,
          ]
        : []),
      option({ type: 'successor.invited' }, 'button.handAll'),
      option({ type: 'colleague.dismissed' }, 'button.noColleague'),
    ],
    means: [['no', { type: 'colleague.dismissed' }]],
    commands: walking,
  }),
  changingContact: () => ({
    says: ['colleagues.changeContact'],
    options: [
      option({ type: 'successor.invited' }, 'button.handAll'),
      option({ type: 'profile.opened', field: 'contact' }, 'button.correctName'),
      option({ type: 'colleague.dismissed' }, 'button.noColleague'),
    ],
    means: [['no', { type: 'colleague.dismissed' }]],
    commands: walking,
  }),
  answeringClaim: ({ known: { claim } }) => ({
    ...claimAnswering(claim, option({ type: 'colleague.dismissed' }, 'button.claimLater')),
    commands: walking,
  }),
  blocked: (place) => ({
    ...meanwhile,
    says: isUnclear(place)
      ? [['walk.blockedUnclear', 'perhaps']]
      : [['walk.blocked', 'certain'], ...(hasPerhaps(place) ? [['walk.perhapsMajor', 'perhaps'] as const] : [])],
    heading: 'walk.scoreLine',
    options: [
      isUnclear(place)
        ? { ...reconsider, style: 'primary' }
        : option({ type: 'rectification.begun' }, 'button.rectified', 'primary'),
      ...(isUnclear(place) ? [] : [reconsider]),
      howTo,
      rest,
    ],
    question: questionAt(place),
    // What is not clear is looked at and asked again; 收到 answers nothing.
    means: isUnclear(place) ? [] : [...asMended, ['notMended', { type: 'rectification.awaited' }]],
    photo: received,
    commands: {
      ...onTheWay,
      explain: { type: 'item.explained' },
      basis: { type: 'block.asked' },
      start: { type: 'rectification.awaited' },
      skip: { type: 'rectification.awaited' },
    },
  }),
  belowMinimum: () => ({
    ...meanwhile,
    says: ['walk.belowMinimum'],
    heading: 'walk.scoreLine',
    options: [rest],
    commands: onTheWay,
  }),
  awaitingPhoto: (place) => ({
    ...meanwhile,
    says: [['walk.requestPhoto', 'photosLeft'], ...photosToCome(place)],
    progress: 'walk.photoProgress',
    options: [
      option({ type: 'photo.postponed' }, 'button.photoLater'),
      howTo,
      option({ type: 'walk.paused' }, 'button.restNow'),
    ],
    question: questionAt(place),
    // Standing before it, the owner sees that it is not so, or doubts it; whatever else is said is no photo.
    means: [
      ...deniedAfterwards(place),
      said.nonconforming,
      said.notApplicable,
      ...inDoubt.map((meaning) => [meaning, { type: 'answer.reconsidered' }] as const),
    ],
    photo: received,
    commands: {
      ...withItem,
      photoLater: { type: 'photo.postponed' },
      correct: (command) => corrected(place, command),
    },
  }),
  summary: (place) => ({
    ...meanwhile,
    says: summarized(place),
    options: [
      option({ type: 'review.opened' }, 'button.seeAnswers', 'primary'),
      option({ type: 'summary.accepted' }, 'button.toCommitment'),
    ],
    means: [['yes', { type: 'summary.accepted' }]],
    commands: { ...onTheWay, correct: (command) => corrected(place, command) },
  }),
  reviewing: (place) => ({
    says: ['walk.reviewSection', 'walk.howToEdit'],
    progress: 'walk.reviewProgress',
    options: [
      ...(isLastSection(place) ? [] : [turned(1, 'button.nextSection', 'primary')]),
      ...(place.context.section > 0 ? [turned(-1, 'button.sectionBefore')] : []),
      isFinished(place)
        ? option({ type: 'summary.accepted' }, 'button.toCommitment', isLastSection(place) ? 'primary' : 'plain')
        : option({ type: 'walk.resumed' }, 'button.goOn'),
    ],
    commands: { ...walking, skip: { type: 'review.turned', by: 1 } },
  }),
  committing: (place) => ({
    says: ['walk.commitment'],
    options: [],
    typed: (text, lexicon) => signature(text, lexicon, place.known),
    commands: onTheWay,
  }),
  confirmingSigner: () => ({
    says: ['walk.whoSigns'],
    options: [
      signedAs('head', 'button.signsAsHead'),
      signedAs('delegate', 'button.signsForHead'),
      option({ type: 'signer.withdrawn' }, 'button.signAgain'),
    ],
    commands: onTheWay,
  }),
  awaitingPhotos: () => ({
    says: [['walk.awaitPhotos', 'photosAwaited']],
    options: [],
    commands: { progress: { type: 'progress.asked' }, status: { type: 'progress.asked' } },
  }),
  paused: (place) => ({
    change: meanwhile.change,
    particular: meanwhile.particular,
    requests: {
      seeAnswers: { type: 'review.opened' },
      handOver: { type: 'colleague.sought' },
      seeClaims: { type: 'claims.opened' },
    },
    says: [isFinished(place) ? 'walk.pausedAtEnd' : 'walk.paused'],
    options: [
      option({ type: 'walk.resumed' }, 'button.resume', 'primary'),
      option({ type: 'colleague.sought' }, 'button.findColleague'),
    ],
    photo: received,
    commands: {
      resume: { type: 'walk.resumed' },
      start: { type: 'walk.resumed' },
      progress: { type: 'progress.asked' },
      answers: { type: 'review.opened' },
      skip: { type: 'walk.resumed' },
    },
  }),
  confirmingRestart: () => ({
    says: [['walk.confirmRestart', 'changed']],
    options: [
      option({ type: 'walk.resumed' }, 'button.goOn', 'primary'),
      option({ type: 'restart.confirmed' }, 'button.restart', 'danger'),
    ],
    means: [
      ['yes', { type: 'restart.confirmed' }],
      ['no', { type: 'walk.resumed' }],
    ],
    commands: { resume: { type: 'walk.resumed' } },
  }),
} as const satisfies Readonly<Record<string, (place: WalkPlace) => WalkScreen>>

/** What is heard in every state: reminders are stopped and wanted again, and what was waited for still stands. */
export const inEveryState = ({ requests, ...screen }: WalkScreen): WalkScreen => ({
  ...screen,
  requests: {
    ...requests,
    muteReminders: { type: 'reminders.muted' },
    unmuteReminders: { type: 'reminders.unmuted' },
  },
})

/** What the button of a reminder does in the middle of a walk: what its words would do there. */
export function walkStanding(key: string, { commands, requests }: WalkScreen): WalkEvent | undefined {
  if (key === registerKeys.mute) return { type: 'reminders.muted' }
  if (key === registerKeys.register) return requests?.seeHazards
  return key === registerKeys.resume && typeof commands?.resume === 'object' ? commands.resume : undefined
}

/** A colleague who was asked one question only answers: the rest of the walk is not theirs. */
export function helping(screen: WalkScreen): WalkScreen {
  const { change, particular, requests, date, commands = {}, options, ...rest } = screen
  const { explain, basis } = commands
  return {
    ...rest,
    options: options.filter(({ event }) => !ofWalk.has(event.type)),
    commands: { ...(explain && { explain }), ...(basis && { basis }) },
    ...(change && { change: (changed) => notOfWalk(change(changed)) }),
  }
}

const notOfWalk = (event: WalkEvent | undefined) => (event && !ofWalk.has(event.type) ? event : undefined)

const ofWalk = new Set<WalkEvent['type']>([
  'item.back',
  'walk.paused',
  'change.heard',
  'profile.opened',
  'review.opened',
  'colleague.sought',
])

/** A colleague comes with a code of the contact's wherever they walk. */
export const withCodes = (screen: WalkScreen): WalkScreen => ({
  ...screen,
  typed: (text, lexicon) => {
    const code = codeHeard(text)
    return code === undefined ? screen.typed?.(text, lexicon) : { type: 'code.given', code }
  },
})

export type WalkState = keyof typeof walkScreens

/** Said of a hazard: it leads to the photo, and records nothing. */
const asMended: readonly (readonly [Meaning, WalkEvent])[] = [
  ['mended', { type: 'rectification.begun' }],
  ['conforming', { type: 'rectification.begun' }],
  ['perhapsConforming', { type: 'rectification.begun' }],
]

function asked(place: WalkPlace): WalkScreen {
  const { context } = place
  return {
    ...meanwhile,
    change: (change) => (isOwnAbsence(place, change) ? { type: 'answer.notApplicable' } : meanwhile.change(change)),
    says: [...recalled(place), context.comments[String(context.position)] ? 'walk.returnedQuestion' : 'walk.question'],
    progress: whereWeAre(place),
    options: [...answers, howTo, back],
    question: questionAt(place),
    means: [...deniedAfterwards(place), ...anyAnswer],
    proposed: (proposal) => ({ type: 'answer.proposed', proposal }),
    typed: (text) => ({ type: 'answer.notUnderstood', text }),
    photo: received,
    commands: { ...withItem, correct: (command) => corrected(place, command) },
  }
}

/** A no may still mean the hazard that was put right a moment ago. */
const deniedAfterwards = ({ context: { justRectified } }: WalkPlace): readonly (readonly [Meaning, WalkEvent])[] =>
  justRectified >= 0
    ? (['notMended', ...doubted] as const).map((meaning) => [
        meaning,
        { type: 'correction.heard', position: justRectified, to: 'nonconforming' },
      ])
    : []

/** 没有叉车 in front of a question about forklifts answers it; which of the two is right is asked then. */
const isOwnAbsence = (place: WalkPlace, { added, removed }: SiteChange) =>
  added.length === 0 && removed.length === 1 && itemAt(place).notApplicable?.fact === removed[0]

/** Which answer is meant, and what it is to be; without that it is asked again. */
function corrected({ checklist, context }: WalkPlace, { which, to }: Correction): WalkEvent | undefined {
  const position = positionMeant(checklist, context, which)
  if (position === undefined) return undefined
  return to ? { type: 'correction.heard', position, to } : { type: 'item.chosen', number: numberOf(position) }
}

type Correction = Extract<Command, { kind: 'correct' }>

/** By its number, as the last that was answered, or by words that stand in one question only. */
function positionMeant(checklist: Checklist, { sheet, trail, position }: WalkContext, which: Correction['which']) {
  if (typeof which === 'number') return isAsked(checklist, sheet, which - 1) ? which - 1 : undefined
  if (which === undefined || which === 'last') return trail.findLast((each) => each !== position)
  const named = checklist.items.flatMap(({ question, hears }, at) =>
    isAsked(checklist, sheet, at) && [question, ...(hears?.about ?? [])].some((text) => text.includes(which.words))
      ? [at]
      : [],
  )
  return named.length === 1 ? named[0] : undefined
}

/** The number of the item that has this number in the list that is shown; one beyond the list is an item's own. */
const numberInBatch = ({ context: { batch } }: WalkPlace, number: number) => numberOf(batch[number - 1] ?? number - 1)

const changedOf = ({ context: { batch } }: WalkPlace, keys: readonly string[]): WalkEvent => ({
  type: 'earlier.changed',
  positions: batch.filter((_, index) => keys.includes(String(index + 1))),
})

/** By their numbers; none of them is looked through once more. */
function changedRead(text: string, lexicon: Lexicon, place: WalkPlace): WalkEvent | undefined {
  const numbers = place.context.batch.map((_, index) => ({ key: String(index + 1), label: String(index + 1) }))
  const { picked, none, unknown } = picksHeard(text, numbers, lexicon)
  if (none) return { type: 'walk.resumed' }
  return unknown.length === 0 && picked.length > 0 ? changedOf(place, picked) : undefined
}

/** What is asked one by one of the section that is shown. */
export function askedBeside({ checklist, context }: WalkPlace): number[] {
  const confirmable = confirmablePositions(checklist, context)
  return sectionAround(checklist, context.batch[0]).filter(
    (position) =>
      markAt(context.sheet, position) === 'unanswered' &&
      isAsked(checklist, context.sheet, position) &&
      !confirmable.includes(position),
  )
}

/** Those of them that were not in order then. */
export const wrongBefore = (place: WalkPlace) =>
  askedBeside(place).filter((position) => markAt(place.context.earlier?.sheet ?? '', position) === 'nonconforming')

/** No answer, but the one on record may not be right. */
const inDoubt = ['perhapsNonconforming', 'perhapsNotApplicable', 'absence', 'unclear', 'partly'] as const

const doubted = ['nonconforming', 'perhapsNonconforming', 'absence'] as const

/** An item that has an answer, or was put off, is not asked as if for the first time. */
function recalled({ context: { sheet, position } }: WalkPlace): Sentence[] {
  const mark = markAt(sheet, position)
  if (mark === 'unanswered') return []
  return [mark === 'keptOpen' ? 'walk.askedAgain' : 'walk.onRecord']
}

/**
 * Names the finding that the words asserted, or the parts that they left out, or neither; the opposite is one tap away.
 * What a language model proposed changes none of it but that the two answers stand alone.
 */
function askedBack(place: WalkPlace): WalkScreen {
  const { suspected, missing, proposal } = place.context
  const confirmed = answered(suspected ?? 'conforming')
  const common = {
    ...meanwhile,
    progress: whereWeAre(place),
    question: questionAt(place),
    commands: withItem,
    photo: received,
  } as const
  const typed = (text: string): WalkEvent => ({ type: 'answer.notUnderstood', text })
  if (suspected)
    return {
      ...common,
      says: ['walk.confirmFinding'],
      options: [
        { key: confirmed.type, label: 'button.right', event: confirmed },
        suspected === 'nonconforming'
          ? option({ type: 'answer.conforming' }, 'button.noConforming')
          : option({ type: 'answer.nonconforming' }, 'button.noNonconforming'),
        reconsider,
      ],
      confirms: { suspected },
      means: [
        ['yes', confirmed],
        ['no', { type: 'answer.reconsidered' }],
        ['reconsidered', { type: 'answer.reconsidered' }],
        ...anyAnswer,
      ],
      typed,
    }
  const parts = missing.length > 0
  const isProposed = proposal !== null && !parts
  return {
    ...common,
    says: [parts ? 'walk.askMissing' : 'walk.askWhich'],
    ...(isProposed && { hint: 'walk.neither' }),
    options: [
      option({ type: 'answer.conforming' }, parts ? 'button.isSo' : 'button.conforming'),
      option({ type: 'answer.nonconforming' }, parts ? 'button.isNotSo' : 'button.nonconforming'),
      ...(isProposed ? [] : [unclear, reconsider]),
    ],
    confirms: { suspected: null, ...(parts && { missing }) },
    means: [
      ...(parts
        ? ([
            ['yes', { type: 'answer.conforming' }],
            ['no', { type: 'answer.nonconforming' }],
          ] as const)
        : []),
      ['reconsidered', { type: 'answer.reconsidered' }],
      ...anyAnswer,
    ],
    typed,
  }
}

/**
 * 没有这个 is where a missing safeguard hides behind a missing machine, so it is always asked which; what the record
 * contradicts is no excuse. A plain yes or 有 answers neither.
 */
function whichIsAbsent(place: WalkPlace): WalkScreen {
  const item = itemAt(place)
  const common = {
    ...meanwhile,
    progress: whereWeAre(place),
    question: questionAt(place),
    // None, once more, is no answer either: how to look is told.
    means: [said.nonconforming, said.unclear, ['absence', { type: 'item.explained' }]],
    photo: received,
    commands: withItem,
  } as const
  if (!item.notApplicable)
    return {
      ...common,
      says: ['walk.cannotBeAbsent'],
      options: [option({ type: 'answer.nonconforming' }, 'button.recordNonconforming'), reconsider],
    }
  const { fact } = item.notApplicable
  switch (contradicted(item, place.known.site)) {
    case 'fact':
      return {
        ...common,
        says: ['walk.absenceContradicted'],
        options: [
          option({ type: 'answer.nonconforming' }, 'button.notDone'),
          {
            key: 'fact.withdrawn',
            label: 'button.noLongerThere',
            event: { type: 'change.heard', change: { added: [], removed: fact ? [fact] : [] } },
          },
          reconsider,
        ],
      }
    case 'headcount':
      return {
        ...common,
        says: ['walk.headcountContradicts'],
        options: [
          option({ type: 'answer.nonconforming' }, 'button.recordNonconforming'),
          option({ type: 'profile.opened', field: 'headcount' }, 'button.otherHeadcount'),
          reconsider,
        ],
      }
    default:
      return {
        ...common,
        says: ['walk.confirmAbsence'],
        options: [
          option({ type: 'absence.confirmed' }, 'button.absent'),
          option({ type: 'answer.nonconforming' }, 'button.present'),
          reconsider,
        ],
      }
  }
}

const answered = (finding: Finding): WalkEvent & { type: `answer.${Finding}` } => ({ type: `answer.${finding}` })

const turned = (by: 1 | -1, label: Key, style: Option<WalkEvent>['style'] = 'plain'): Option<WalkEvent> => ({
  key: by === 1 ? 'review.next' : 'review.before',
  label,
  event: { type: 'review.turned', by },
  style,
})

const signedAs = (role: SignerRole, label: Key): Option<WalkEvent> => ({
  key: `signer.${role}`,
  label,
  event: { type: 'signer.confirmed', role },
})

function signature(text: string, lexicon: Lexicon, { contactName }: WalkKnown): WalkEvent | undefined {
  const name = nameHeard(text, lexicon)
  if (name === undefined) return undefined
  return { type: name === contactName ? 'commitment.signed' : 'signer.doubted', name }
}

/** What there is none of is not spoken of. */
function summarized({ checklist, context: { sheet } }: WalkPlace): Sentence[] {
  const ledger = ledgerOf(checklist, sheet)
  const general = generalHazards(checklist, sheet).length
  return [
    'walk.summary',
    ...(ledger.some(({ mark }) => mark === 'rectified') ? [['walk.summaryRectified', 'rectified'] as const] : []),
    ...(scoreOf(ledger).unclear > 0 ? [['walk.summaryUnclear', 'unclear'] as const] : []),
    ...(general > 0 ? ['walk.hazards' as const] : []),
    ...(general > LISTED ? [['walk.moreHazards', 'moreHazards'] as const] : []),
  ]
}

/** As many as fit on a phone. */
export const LISTED = 5

const isLastSection = ({ checklist, context: { sheet, section } }: WalkPlace) =>
  section >= sectionsOf(checklist, sheet).length - 1

const isFinished = ({ checklist, context: { sheet, position } }: WalkPlace) =>
  progressOf(checklist, sheet, position).left === 0

/** As many as are listed are not said to be all. */
function photosToCome({ checklist, context }: WalkPlace): Sentence[] {
  const after = missingPhotos(checklist, context).length - 1
  if (after < 1) return []
  return [[after > LISTED ? 'walk.photosToComeFirst' : 'walk.photosToCome', 'photosAfter']]
}

/** Where all is asked, the number of a question says how far we are; where a few are, it does not. */
const whereWeAre = ({ context: { purpose } }: WalkPlace) =>
  purpose === 'initial' || purpose === 'renewal' ? 'walk.progress' : 'walk.progressPartly'

const hasItemInHand = ({ checklist, context: { sheet, position } }: WalkPlace) =>
  position >= 0 && isAsked(checklist, sheet, position)

const meansItemOnScreen = ({ context: { correcting, justRectified, position } }: WalkPlace) =>
  correcting !== null && correcting.position === justRectified && position >= 0 && position !== justRectified

const hasPerhaps = ({ checklist, context }: WalkPlace) =>
  majorHazards(checklist, context.sheet).some(({ certain }) => !certain)

const isUnclear = ({ context: { sheet, position } }: WalkPlace) => markAt(sheet, position) !== 'nonconforming'

function questionAt(place: WalkPlace) {
  const { compliantAnswer, notApplicable, hears } = itemAt(place)
  return { compliantAnswer, excusable: notApplicable !== undefined, ...(hears && { hears }) }
}

function itemAt({ checklist, context }: WalkPlace): ChecklistItem {
  const item = checklist.items[context.position]
  if (!item) throw new Error(`The checklist has no item at position ${context.position}`)
  return item
}
