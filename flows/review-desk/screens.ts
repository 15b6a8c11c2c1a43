import { type ClaimDecision, claimKeys } from '../claim-keys.ts'
import type { Place } from '../flow.ts'
import type { Commands, Key, Option, Screen, Sentence } from '../screen.ts'
import type { Lexicon } from '../words/lexicon.ts'
import { isBare, nameAfter, numberAfter, reasonsIn, refusalIn, says } from './desk-words.ts'
import type {
  DeskFinding,
  InHand,
  Refusal,
  ReviewDeskContext,
  ReviewDeskEvent,
  Subject,
} from './review-desk.machine.ts'

/** What is asked for before anybody knows which application is meant: the house finds out, and the machine hears that. */
export type DeskRequest =
  | { readonly type: 'approval.asked' | 'return.asked'; readonly subject: Subject }
  | { readonly type: 'refusal.asked'; readonly subject: Subject; readonly refusal: Refusal }
  /** By what may be the name of an enterprise, or any other words. */
  | { readonly type: 'enterprise.named'; readonly decision: 'approve' | 'return'; readonly name: string }

export type DeskEvent = ReviewDeskEvent | DeskRequest

/** What is on record for this regulator, now. Dates are ISO dates in China. */
export interface DeskKnown {
  /** The nearest dates first, no more than are shown. */
  readonly waiting: readonly DeskApplication[]
  readonly total: number
  /** Null: there is none in hand, or it is no business of theirs any more. */
  readonly inHand: ApplicationInHand | null
  /** Those that a subject may mean. */
  readonly several: readonly DeskApplication[]
  readonly consoleUrl: string
  /** Who says that a registered enterprise is theirs, the first of all that wait for this regulator. */
  readonly claim: DeskClaim | null
  readonly claims: number
}

export interface DeskClaim {
  readonly claimId: string
  readonly name: string
  readonly uscc: string
  readonly enterprise: string
  readonly contactName: string
  readonly contactPhone: string
  readonly askedOn: string
  /** The photo of the licence. */
  readonly evidenceId: string | null
  readonly detailsUrl: string
}

export interface DeskApplication extends InHand {
  readonly number: string
  readonly enterprise: string
  /** GB/T 2260. */
  readonly district: string
  readonly industry: string
  readonly headcount: number
  readonly score: number | null
  readonly majorRectified: number
  readonly reviewDueOn: string
  /** This regulator approves it; others return and look. */
  readonly mayApprove: boolean
  /** The page of this regulator; it lets nobody else in. */
  readonly detailsUrl: string
}

export interface ApplicationInHand extends DeskApplication {
  readonly state: string
  /** Who decided on it last, and when; null: nobody did, time did. */
  readonly decided: { readonly by: string; readonly isOwn: boolean; readonly on: string } | null
  /** By the number the owner saw, as they were published when they were asked. */
  readonly questions: ReadonlyMap<number, string>
}

export type DeskPlace = Place<ReviewDeskContext, DeskKnown>

/** One row a state. */
export const deskScreens = {
  atDesk: (place) => ({
    ...(place.context.problem ? problemOf(place) : showing[place.context.showing](place)),
    dictated: true,
    typed: (text, lexicon) => requestIn(text, lexicon) ?? atDesk(place, text, lexicon),
    commands,
  }),
  decidingClaim: ({ known: { claim } }) => {
    const left: DeskEvent = { type: 'queue.asked' }
    if (!claim)
      return { says: ['desk:claim.none'], options: [option(left, 'desk:button.cancel')], ...heard(left, nothing) }
    const decided = (decision: ClaimDecision): DeskEvent => ({
      type: 'claim.decided',
      claimId: claim.claimId,
      decision,
    })
    return {
      says: ['desk:claim.ask'],
      hint: 'desk:claim.hint',
      link: { title: 'desk:claim.details', to: 'claimUrl' },
      options: [
        { key: `${claimKeys.admit}.${claim.claimId}`, label: 'desk:button.admit', event: decided('colleague') },
        { key: `${claimKeys.appoint}.${claim.claimId}`, label: 'desk:button.appoint', event: decided('contact') },
        { key: `${claimKeys.refuse}.${claim.claimId}`, label: 'desk:button.refuseClaim', event: decided('refused') },
        option(left, 'desk:button.cancel'),
      ],
      ...heard(left, nothing),
    }
  },
  confirmingApproval: (place) => {
    const { inHand } = about(place)
    const approved: DeskEvent = { type: 'application.approved', ...inHand }
    return {
      ...heading,
      says: [...anew(place), 'desk:confirmApproval'],
      options: [
        { key: reviewKeys.approve(inHand), label: 'desk:button.approve', event: approved, style: 'primary' },
        option({ type: 'approval.cancelled' }, 'desk:button.cancel'),
      ],
      ...heard({ type: 'approval.cancelled' }, (text, lexicon) =>
        says('confirmApproval', text, lexicon) ? approved : undefined,
      ),
    }
  },
  returning: (place) => ({
    ...heading,
    says: [...anew(place), askingReasons(place)],
    hint: 'desk:howToReason',
    options: [option({ type: 'return.cancelled' }, 'desk:button.cancelReturn')],
    ...heard({ type: 'return.cancelled' }, (text, lexicon) => reasons(place, text, lexicon)),
  }),
  confirmingReturn: (place) => {
    const confirmed: DeskEvent = { type: 'return.confirmed', findings: place.context.findings, ...about(place).inHand }
    return {
      heading: 'desk:heading',
      says: [['desk:confirmReturn', 'findingCount']],
      hint: 'desk:orWriteAnew',
      options: [
        option(confirmed, 'desk:button.return', 'primary'),
        option({ type: 'return.cancelled' }, 'desk:button.cancelReturn'),
      ],
      ...heard({ type: 'return.cancelled' }, (text, lexicon) =>
        says('confirmReturn', text, lexicon) ? confirmed : reasons(place, text, lexicon),
      ),
    }
  },
  confirmingRefusal: (place) => {
    const { inHand, refusal } = aboutRefusal(place)
    const confirmed: DeskEvent = { type: 'refusal.confirmed', refusal, ...inHand }
    return {
      ...heading,
      says: [...anew(place), `desk:confirmRefusal.${refusal.decision}`],
      options: [
        option(confirmed, `desk:button.${refusal.decision}`, 'danger'),
        option({ type: 'refusal.cancelled' }, 'desk:button.cancel'),
      ],
      ...heard({ type: 'refusal.cancelled' }, (text, lexicon) =>
        says('confirmRefusal', text, lexicon) ? confirmed : undefined,
      ),
    }
  },
} as const satisfies Readonly<Record<string, (place: DeskPlace) => Screen<DeskEvent>>>

export type DeskState = keyof typeof deskScreens

const heading = { heading: 'desk:heading', link: { title: 'desk:details', to: 'detailsUrl' } } as const

const toConsole = { link: { title: 'desk:console', to: 'consoleUrl' } } as const

const option = (event: DeskEvent, label: Key, style?: Option<DeskEvent>['style']): Option<DeskEvent> => ({
  key: event.type,
  label,
  event,
  ...(style && { style }),
})

type Shown = Pick<Screen<DeskEvent>, 'says' | 'heading' | 'hint' | 'options' | 'link'>

const showing: Readonly<Record<ReviewDeskContext['showing'], (place: DeskPlace) => Shown>> = {
  queue,
  help: ({ known: { total } }) => ({
    says: [total === 0 ? 'desk:helpWithoutQueue' : ['desk:help', 'total']],
    options: [],
    ...toConsole,
  }),
  /** What was decided has been said. */
  nothing: () => ({ says: [], options: [] }),
}

/** What else waits is told with it. */
function queue(place: DeskPlace): Shown {
  const shown = applicationsIn(place)
  return place.known.claims > 0 ? { ...shown, says: [...shown.says, 'desk:claim.waiting'] } : shown
}

function applicationsIn({ known }: DeskPlace): Shown {
  const { waiting, total } = known
  const [only, ...more] = waiting
  if (!only) return { says: ['desk:queue.empty'], options: [], ...toConsole }
  if (more.length === 0) return { ...heading, says: ['desk:queue.only'], options: decisionsOn(only) }
  const all = total === waiting.length
  return {
    says: [[all ? 'desk:queue.heading' : 'desk:queue.first', 'total']],
    hint: howTo(waiting),
    options: [],
    ...toConsole,
  }
}

function decisionsOn({ applicationId, round, mayApprove }: DeskApplication): Option<DeskEvent>[] {
  const inHand = { applicationId, round }
  const approve: Option<DeskEvent> = {
    key: `${queueKeys.approve}.${applicationId}`,
    label: 'desk:button.approveNamed',
    event: { type: 'approval.begun', ...inHand },
    style: 'primary',
  }
  return [
    ...(mayApprove ? [approve] : []),
    {
      key: `${queueKeys.return}.${applicationId}`,
      label: 'desk:button.returnNamed',
      event: { type: 'return.begun', ...inHand },
    },
  ]
}

/** The numbers are typed: a card has not enough buttons for two decisions on each. */
const howTo = (applications: readonly DeskApplication[]): Key =>
  applications.some(({ mayApprove }) => mayApprove) ? 'desk:queue.howTo' : 'desk:queue.howToReturn'

function problemOf({ context: { problem }, known: { inHand, several } }: DeskPlace): Shown {
  switch (problem?.kind) {
    case 'several':
      return { says: ['desk:severalFound'], hint: howTo(several), options: [] }
    case 'approverNeeded':
      return { says: ['desk:approverNeeded'], options: [] }
    case 'alreadyDecided':
      return { says: [already(inHand?.decided)], options: [] }
    default:
      return { says: ['desk:notFound'], options: [] }
  }
}

function already(decided: ApplicationInHand['decided'] = null): Key {
  if (!decided) return 'desk:already.byNobody'
  return decided.isOwn ? 'desk:already.byYou' : 'desk:already.byColleague'
}

/** What was filed meanwhile was not seen when it was decided. */
const anew = ({ context: { problem } }: DeskPlace): Sentence[] =>
  problem?.kind === 'filedAnew' ? ['desk:filedAnew'] : []

function askingReasons({ context: { problem } }: DeskPlace): Key {
  switch (problem?.kind) {
    case 'malformed':
      return 'desk:reasonsMalformed'
    case 'unknownNumbers':
      return 'desk:numbersUnknown'
    default:
      return 'desk:askReasons'
  }
}

const asksQueue: DeskEvent = { type: 'queue.asked' }
const asksHelp: DeskEvent = { type: 'help.asked' }

/** Heard as owners say it, wherever a regulator is. */
const commands: Commands<DeskEvent> = {
  progress: asksQueue,
  status: asksQueue,
  start: asksQueue,
  resume: asksQueue,
  back: asksQueue,
  menu: asksHelp,
  help: asksHelp,
  human: asksHelp,
}

type Hears = (text: string, lexicon: Lexicon) => DeskEvent | undefined

const nothing: Hears = () => undefined

/** Where something is in hand, another request leaves it, and so does what calls it off. */
const heard = (
  cancelled: DeskEvent,
  here: Hears,
): Required<Pick<Screen<DeskEvent>, 'dictated' | 'typed' | 'commands'>> => ({
  dictated: true,
  typed: (text, lexicon) =>
    requestIn(text, lexicon) ?? (says('cancel', text, lexicon) ? cancelled : here(text, lexicon)),
  commands: { ...commands, back: cancelled, pause: cancelled },
})

const requestIn: Hears = (text, lexicon) => {
  const approved = numberAfter('approve', text, lexicon)
  if (approved !== undefined) return { type: 'approval.asked', subject: approved }
  const returned = numberAfter('return', text, lexicon)
  if (returned !== undefined) return { type: 'return.asked', subject: returned }
  const refused = refusalIn(text, lexicon)
  if (refused) return { type: 'refusal.asked', ...refused }
  if (says('claims', text, lexicon)) return { type: 'claims.asked' }
  if (says('queue', text, lexicon)) return asksQueue
  return says('help', text, lexicon) ? asksHelp : undefined
}

function atDesk({ context: { problem, inHand } }: DeskPlace, text: string, lexicon: Lexicon): DeskEvent {
  if (isBare(text, lexicon)) return asksQueue
  for (const decision of ['approve', 'return'] as const) {
    const name = nameAfter(decision, text, lexicon)
    if (name !== undefined) return { type: 'enterprise.named', decision, name }
  }
  // Insisted on, it is no more theirs than before.
  if (problem?.kind === 'approverNeeded' && inHand && says('confirmApproval', text, lexicon))
    return { type: 'approver.needed', ...inHand }
  return asksHelp
}

function reasons({ known: { inHand } }: DeskPlace, text: string, lexicon: Lexicon): DeskEvent {
  const read = reasonsIn(text, lexicon)
  if (read.type === 'malformed') return { type: 'reasons.malformed', line: read.line }
  const numbers = unknownNumbers(read.findings, inHand)
  return numbers.length > 0 ? { type: 'numbers.unknown', numbers } : { type: 'reasons.given', findings: read.findings }
}

const unknownNumbers = (findings: readonly DeskFinding[], inHand: ApplicationInHand | null) =>
  findings.map(({ number }) => number).filter((number) => !inHand?.questions.has(number))

/** Keys that stay good for as long as the push that carries them: with its round, for what is filed later is not meant. */
export const reviewKeys = {
  approve: ({ applicationId, round }: InHand) => `review.approve.${applicationId}.${round}`,
  return: (applicationId: string) => `review.return.${applicationId}`,
} as const

/** In a list: asked back first, for a number typed late may mean another card. */
const queueKeys = { approve: 'queue.approve', return: 'queue.return' } as const

/** What the button of a push or of an earlier list still does: that depends on what became of the matter. */
export function deskStanding(key: string): DeskEvent | undefined {
  const [, verb, applicationId = '', round] = /^([a-z]+\.[a-z]+)\.([^.]+)(?:\.(\d+))?$/.exec(key) ?? []
  switch (verb) {
    case 'review.approve':
      return round === undefined
        ? { type: 'approval.asked', subject: applicationId }
        : { type: 'application.approved', applicationId, round: Number(round) }
    case queueKeys.approve:
      return { type: 'approval.asked', subject: applicationId }
    case claimKeys.admit:
      return { type: 'claim.decided', claimId: applicationId, decision: 'colleague' }
    case claimKeys.appoint:
      return { type: 'claim.decided', claimId: applicationId, decision: 'contact' }
    case claimKeys.refuse:
      return { type: 'claim.decided', claimId: applicationId, decision: 'refused' }
    case 'review.return':
    case queueKeys.return:
      return { type: 'return.asked', subject: applicationId }
    default:
      return undefined
  }
}

function about({ context: { inHand } }: DeskPlace) {
  if (!inHand) throw new Error('There is no application in hand')
  return { inHand }
}

function aboutRefusal(place: DeskPlace) {
  const { refusal } = place.context
  if (!refusal) throw new Error('There is no reason to refuse')
  return { ...about(place), refusal }
}
