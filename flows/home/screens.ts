import type { Mark } from '../../src/checklist/rules.ts'
import { claimAnswered } from '../claim-keys.ts'
import { claimAnswering } from '../claim-screen.ts'
import type { Beginning, Place } from '../flow.ts'
import { registerKeys } from '../register-keys.ts'
import { says } from '../review-desk/desk-words.ts'
import type { Commands, Key, Option, Photo, Screen } from '../screen.ts'
import type { Particular } from '../words/change-heard.ts'
import { codeHeard } from '../words/code-heard.ts'
import type { Lexicon } from '../words/lexicon.ts'
import type { HazardWish, HomeContext, HomeEvent, Refusal } from './home.machine.ts'
import { homeWordsHeard } from './home-words.ts'

/** How the enterprise stands. Dates are ISO dates in China. */
export interface HomeKnown {
  readonly enterpriseName: string
  readonly district: string
  /** Who puts right what nobody else was named for. */
  readonly contactName: string
  /** The most urgent first. */
  readonly mayBegin: readonly Beginning[]
  /** Where it must wait before it applies again. */
  readonly mayApplyFrom?: string
  /** Days told here that come from no document. */
  readonly ourTerms: { readonly review: boolean; readonly amendment: boolean }
  readonly application?: {
    readonly id: string
    readonly number: string
    readonly state: string
    readonly filedOn: string
    readonly reviewDueOn: string
    /** By when what was returned is to be filed again. */
    readonly amendmentDueOn?: string
    readonly validUntil?: string
    readonly nextVerificationOn?: string
    /** Why it was rejected or revoked. */
    readonly reason?: string
  }
  /** Whoever answers along and does not speak for the enterprise. */
  readonly isColleague: boolean
  readonly mayWithdraw: boolean
  /** Something was decided against it. */
  readonly mayObject: boolean
  /** It says that it has closed. */
  readonly isClosed: boolean
  /** Who says that the enterprise is theirs too, and is to be answered; only where that is looked at. */
  readonly claim?: ClaimToAnswer
  /** The whole register, by its numbers. */
  readonly hazards: readonly HomeHazard[]
  /** The latest day that may be set for the hazard in hand. */
  readonly latestDue?: string
  /** What was filed, in pages; only while it is looked through. */
  readonly filed?: readonly FiledPage[]
}

export interface ClaimToAnswer {
  readonly claimId: string
  readonly name: string
}

export interface HomeHazard {
  readonly id: string
  /** In the register. */
  readonly number: number
  readonly ref: string
  readonly grade: 'general' | 'major'
  readonly state: 'open' | 'done' | 'accepted' | 'withdrawn'
  readonly dueOn: string
  readonly doneOn: string | null
  readonly acceptedOn: string | null
  /** Null: the person in charge. */
  readonly person: string | null
}

export interface FiledPage {
  readonly element: string
  readonly lines: readonly FiledAnswer[]
}

export interface FiledAnswer {
  readonly number: number
  readonly ref: string
  readonly mark: Mark
  readonly photos: number
}

export type HomePlace = Place<HomeContext, HomeKnown>

type HomeScreen = Screen<HomeEvent>

const option = (event: HomeEvent, label: Key, style?: Option<HomeEvent>['style']): Option<HomeEvent> => ({
  key: event.type,
  label,
  event,
  ...(style && { style }),
})

const drop = (label: Key) => option({ type: 'matter.dropped' }, label)

/** One row a state: what the owner sees there, and all that is understood there. */
export const homeScreens = {
  resting: (place) => {
    const { mayBegin, mayObject } = place.known
    return {
      ...anywhere(place),
      says: ['home.standing', 'home.openHazards'],
      heading: 'home.heading',
      options: [
        ...mayBegin.map(beginningOption),
        ...(openOf(place).length > 0 ? [option({ type: 'register.asked' }, 'home.button.register')] : []),
        ...(mayObject ? [option({ type: 'objection.begun' }, 'home.button.object')] : []),
      ],
      hint: 'home.canSay',
    }
  },

  choosingHazard: (place) => ({
    ...anywhere(place),
    says: [place.context.photo ? 'home.whichPhoto' : (`home.which.${place.context.wish?.kind ?? 'done'}` as const)],
    // As they are numbered in the register, where some may be settled.
    options: [
      ...openOf(place).map((hazard) => hazardOption(hazard, place.context.wish ?? { kind: 'done' })),
      { ...drop('home.button.leave'), number: Math.max(0, ...openOf(place).map(({ number }) => number)) + 1 },
    ],
  }),

  lookingAtHazard: (place) => {
    const hazard = inHand(place)
    return {
      ...anywhere(place),
      says: ['home.hazard'],
      options: hazard
        ? [
            option(chosen(hazard, { kind: 'done' }), 'home.button.done', 'primary'),
            option({ type: 'due.asked' }, 'home.button.due'),
            option({ type: 'person.asked' }, 'home.button.person'),
            drop('home.button.leave'),
          ]
        : [drop('home.button.leave')],
      photo: (photo) => photoEvent(place, photo),
    }
  },

  askingDue: (place) => ({
    ...anywhere(place),
    says: ['home.hazard', 'home.askDue'],
    options: [drop('home.button.leave')],
    date: (date) => ({ type: 'due.given', date }),
  }),

  askingPerson: (place) => ({
    ...anywhere(place),
    says: ['home.hazard', 'home.askPerson'],
    options: [drop('home.button.leave')],
    typed: (text, lexicon) => personGiven(text, lexicon),
  }),

  awaitingPhoto: (place) => ({
    ...anywhere(place),
    says: ['home.hazard', inHand(place)?.grade === 'major' ? 'home.requestProof' : 'home.requestPhoto'],
    options: [
      ...(inHand(place)?.grade === 'general' ? [option({ type: 'hazard.doneByWord' }, 'home.button.doneByWord')] : []),
      drop('home.button.notDone'),
    ],
    means: [['no', { type: 'matter.dropped' }]],
    photo: (photo) => ({ type: 'photo.received', photo }),
  }),

  confirmingPhoto: (place) => ({
    ...anywhere(place),
    says: ['home.hazard', 'walk.confirmRectified'],
    options: [
      option({ type: 'photo.confirmed' }, 'button.isRectified', 'primary'),
      option({ type: 'photo.denied' }, 'button.notRectified'),
    ],
    means: [
      ['yes', { type: 'photo.confirmed' }],
      ['no', { type: 'photo.denied' }],
    ],
    photo: (photo) => ({ type: 'photo.received', photo }),
  }),

  readingFiled: (place) => {
    const { context, known } = place
    return {
      ...anywhere(place),
      says: ['home.filedPage'],
      progress: 'home.filedProgress',
      options: [
        ...(context.page + 1 < (known.filed?.length ?? 0)
          ? [option({ type: 'filed.turned', by: 1 }, 'button.nextSection', 'primary')]
          : []),
        ...(context.page > 0
          ? [{ ...option({ type: 'filed.turned', by: -1 }, 'button.sectionBefore'), key: 'filed.turnedBack' }]
          : []),
        drop('home.button.seen'),
      ],
    }
  },

  confirmingWithdrawal: (place) => ({
    ...anywhere(place),
    says: ['home.confirmWithdrawal'],
    options: [
      option({ type: 'withdrawal.confirmed' }, 'home.button.withdraw', 'danger'),
      drop('home.button.keepApplication'),
    ],
    means: [
      ['yes', { type: 'withdrawal.confirmed' }],
      ['no', { type: 'matter.dropped' }],
    ],
  }),

  confirmingClosing: (place) => ({
    ...anywhere(place),
    says: [place.known.application ? 'home.confirmClosing' : 'home.confirmClosingUnfiled'],
    options: [option({ type: 'closing.confirmed' }, 'home.button.closed', 'danger'), drop('home.button.notClosed')],
    means: [
      ['yes', { type: 'closing.confirmed' }],
      ['no', { type: 'matter.dropped' }],
    ],
  }),

  answeringClaim: (place) => ({
    ...anywhere(place),
    ...claimAnswering(place.known.claim, drop('home.button.leave')),
  }),

  changingContact: (place) => ({
    ...anywhere(place),
    says: ['colleagues.changeContact'],
    options: [
      option({ type: 'successor.invited' }, 'button.handAll'),
      option({ type: 'profile.opened', particular: 'contact' }, 'button.correctName'),
      drop('button.noColleague'),
    ],
    means: [['no', { type: 'matter.dropped' }]],
  }),

  writingObjection: () => ({
    says: ['home.writeObjection'],
    options: [drop('home.button.noObjection')],
    hint: 'home.leaveObjection',
    commands: leaving,
    // Whatever is written is theirs to say.
    dictated: true,
    typed: written,
  }),

  confirmingObjection: () => ({
    says: ['home.confirmObjection'],
    options: [option({ type: 'objection.sent' }, 'home.button.send', 'primary'), drop('home.button.noObjection')],
    means: [
      ['yes', { type: 'objection.sent' }],
      ['no', { type: 'matter.dropped' }],
    ],
    hint: 'home.leaveObjection',
    commands: leaving,
    dictated: true,
    typed: written,
  }),
} as const satisfies Readonly<Record<string, (place: HomePlace) => HomeScreen>>

export type HomeState = keyof typeof homeScreens

/** What is begun, changed or taken back, the contact does; a colleague sees how things stand, and comes along with a code. */
export const colleagueScreen = (): HomeScreen => ({
  says: ['home.standing', 'home.colleague'],
  heading: 'home.heading',
  options: [],
  commands: { status: { type: 'status.asked' }, progress: { type: 'status.asked' } },
  requests: { muteReminders: { type: 'reminders.muted' }, unmuteReminders: { type: 'reminders.unmuted' } },
  typed: codeRead,
})

function codeRead(text: string): HomeEvent | undefined {
  const code = codeHeard(text)
  return code === undefined ? undefined : { type: 'code.given', code }
}

const leaving: Commands<HomeEvent> = { back: { type: 'matter.dropped' }, pause: { type: 'matter.dropped' } }

const written = (text: string, lexicon: Lexicon): HomeEvent =>
  says('cancel', text, lexicon) ? { type: 'matter.dropped' } : { type: 'objection.written', text: text.trim() }

/** Heard at home whatever is asked back. */
function anywhere(
  place: HomePlace,
): Pick<HomeScreen, 'commands' | 'requests' | 'change' | 'particular' | 'date' | 'photo' | 'typed'> {
  const { mayBegin, application, mayWithdraw, mayObject } = place.known
  const [first] = mayBegin
  const begin: HomeEvent = first ? { type: 'walk.begun', beginning: first } : { type: 'status.asked' }
  const filed = (asked: 'answers' | 'report'): HomeEvent =>
    application ? { type: 'filed.opened', asked } : refused('nothingFiled')
  const withdrawal: HomeEvent = mayWithdraw
    ? { type: 'withdrawal.asked' }
    : refused(application ? 'tooLateToWithdraw' : 'nothingToWithdraw')
  const isResting = place.value === 'resting'
  return {
    commands: {
      start: begin,
      resume: begin,
      restart: begin,
      back: isResting ? withdrawal : { type: 'matter.dropped' },
      ...(!isResting && { pause: { type: 'matter.dropped' }, skip: { type: 'matter.dropped' } }),
      status: { type: 'status.asked' },
      progress: { type: 'status.asked' },
      answers: filed('answers'),
      // 第②条 is heard as an item to be changed: after filing it can only be one of the register.
      edit: ({ number }) =>
        openOf(place).some((each) => each.number === number)
          ? ofNumber(place, number, place.context.wish ?? { kind: 'look' })
          : filed('answers'),
    },
    requests: {
      withdraw: withdrawal,
      closing: { type: 'closing.told' },
      objection: mayObject ? { type: 'objection.begun' } : refused('nothingDecided'),
      seeAnswers: filed('answers'),
      report: filed('report'),
      seeHazards: { type: 'register.asked' },
      handOver: { type: 'contact.changing' },
      seeClaims: { type: 'claims.opened' },
      muteReminders: { type: 'reminders.muted' },
      unmuteReminders: { type: 'reminders.unmuted' },
    },
    change: () => opened('facts'),
    particular: opened,
    date: (date) => wished(place, { kind: 'due', date }),
    ...(openOf(place).length > 0 && { photo: (photo: Photo) => photoEvent(place, photo) }),
    typed: (text, lexicon) => codeRead(text) ?? typed(place, text, lexicon),
  }
}

/** Another contact, or another name of the same: that is asked. */
const opened = (particular: Particular): HomeEvent =>
  particular === 'contact' ? { type: 'contact.changing' } : { type: 'profile.opened', particular }
const refused = (why: Refusal): HomeEvent => ({ type: 'request.refused', why })
const chosen = ({ id }: HomeHazard, wish: HazardWish): HomeEvent => ({ type: 'hazard.chosen', hazardId: id, wish })

const openOf = ({ known }: HomePlace) => known.hazards.filter(({ state }) => state === 'open')

const inHand = ({ known, context }: HomePlace) => known.hazards.find(({ id }) => id === context.hazard)

/** Of the hazard in hand, of the only one that is open, or of one that is asked for. */
function wished(place: HomePlace, wish: HazardWish): HomeEvent {
  const open = openOf(place)
  const meant = inHand(place) ?? (open.length === 1 ? open[0] : undefined)
  if (meant?.state === 'open') return chosen(meant, wish)
  return open.length === 0 ? refused('noOpenHazard') : { type: 'hazard.wished', wish }
}

function ofNumber(place: HomePlace, number: number | undefined, wish: HazardWish): HomeEvent {
  if (number === undefined) return wished(place, wish)
  const hazard = place.known.hazards.find((each) => each.number === number)
  if (!hazard) return refused('noSuchHazard')
  return hazard.state === 'open' ? chosen(hazard, wish) : refused('hazardSettled')
}

function photoEvent(place: HomePlace, photo: Photo): HomeEvent {
  const event = wished(place, { kind: 'done' })
  return event.type === 'hazard.chosen' || event.type === 'hazard.wished' ? { ...event, photo } : event
}

function typed(place: HomePlace, text: string, lexicon: Lexicon): HomeEvent | undefined {
  const heard = homeWordsHeard(text, lexicon)
  switch (heard?.kind) {
    case 'thanks':
      return { type: 'thanks.said' }
    case 'byWhen':
      return { type: 'status.asked' }
    case 'done':
      return ofNumber(place, heard.number, { kind: 'done' })
    case 'person':
      return ofNumber(place, heard.number, { kind: 'person', person: heard.person })
    case 'hazard':
      return ofNumber(place, heard.number, place.context.wish ?? { kind: 'look' })
    case undefined:
      return undefined
  }
}

/** Here a bare name will do. */
function personGiven(text: string, lexicon: Lexicon): HomeEvent | undefined {
  const heard = homeWordsHeard(text, lexicon)
  if (heard?.kind === 'thanks') return { type: 'thanks.said' }
  const person = heard?.kind === 'person' ? heard.person : text.trim()
  return person !== '' && person.length <= LONGEST_NAME ? { type: 'person.given', person } : undefined
}

/** In characters. */
const LONGEST_NAME = 20

const hazardOption = (hazard: HomeHazard, wish: HazardWish): Option<HomeEvent> => ({
  key: `hazard.${hazard.id}`,
  label: { key: 'home.button.hazard', number: hazard.number },
  event: chosen(hazard, wish),
  number: hazard.number,
})

const beginningOption = (beginning: Beginning): Option<HomeEvent> => ({
  key: `begin.${beginning}`,
  label: `home.button.${beginning}` satisfies Key,
  event: { type: 'walk.begun', beginning },
  style: 'primary',
})

/** Keys that stay good for as long as the reminder that carries them: the application follows the last dot. */
export const standingKeys = {
  amend: 'go.amend',
  recheck: 'go.recheck',
  renew: 'go.renew',
  snooze: 'go.snooze',
  later: 'go.later',
} as const

const begun: Readonly<Record<string, Beginning>> = {
  [standingKeys.amend]: 'amendment',
  [standingKeys.recheck]: 'recheck',
  [standingKeys.renew]: 'renewal',
}

/** What the button of a reminder still does: that depends on what became of the matter. */
export function homeStanding(key: string, place: HomePlace): HomeEvent | undefined {
  const { mayBegin, application, hazards } = place.known
  const answered = claimAnswered(key)
  if (answered) return { type: 'claim.answered', ...answered }
  if (key === registerKeys.register) return { type: 'register.asked' }
  if (key === registerKeys.mute) return { type: 'reminders.muted' }
  // There is no walk to go on with any more.
  if (key === registerKeys.resume) return { type: 'status.asked' }
  const [, verb = '', subject = ''] = /^(go\.[a-z]+)\.(.+)$/.exec(key) ?? []
  if (verb === registerKeys.done) {
    const hazard = hazards.find(({ id }) => id === subject)
    return hazard?.state === 'open' ? chosen(hazard, { kind: 'done' }) : refused('hazardSettled')
  }
  // Only its own: whatever application the key names.
  if (verb === standingKeys.snooze && application) return { type: 'reminder.snoozed', applicationId: application.id }
  if (verb === standingKeys.later) return { type: 'amendment.postponed' }
  const beginning = begun[verb]
  if (!beginning) return undefined
  return mayBegin.includes(beginning) ? { type: 'walk.begun', beginning } : { type: 'beginning.unavailable', beginning }
}
