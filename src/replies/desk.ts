import { type DeskFinding, type Refusal, reviewKeys, type Subject } from '../../flows/review-desk/index.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import { fullDate, longDate } from './figures.ts'
import type { Part, Screen } from './screen.ts'

/** What a request of the desk came to: all that is said of it. Dates are ISO dates in China. */
export type DeskOutcome =
  | { readonly type: 'approved'; readonly application: DeskApplication; readonly validUntil: string }
  | { readonly type: 'publicityBegun'; readonly application: DeskApplication; readonly publicityEndsOn: string }
  | {
      readonly type: 'returned'
      readonly application: DeskApplication
      readonly count: number
      readonly amendmentDueOn: string
    }
  | {
      readonly type: 'alreadyDecided'
      readonly application: DeskApplication
      readonly state: string
      /** Null: nobody decided, time did. */
      readonly by: string | null
      readonly on: string | null
      readonly isOwn: boolean
    }
  /** There is none of that name, or none that this person may decide on: which of the two is not theirs to know. */
  | { readonly type: 'notFound'; readonly subject: Subject }
  | { readonly type: 'severalFound'; readonly subject: Subject; readonly applications: readonly DeskApplication[] }
  | { readonly type: 'approverNeeded'; readonly application: DeskApplication }
  | { readonly type: 'approvalToConfirm'; readonly application: DeskApplication; readonly round: number }
  | { readonly type: 'reasonsAsked'; readonly application: DeskApplication }
  | { readonly type: 'reasonsMalformed'; readonly application: DeskApplication; readonly line: string }
  | { readonly type: 'numbersUnknown'; readonly application: DeskApplication; readonly numbers: readonly number[] }
  | {
      readonly type: 'returnToConfirm'
      readonly application: DeskApplication
      readonly findings: readonly (DeskFinding & { readonly question: string })[]
    }
  | { readonly type: 'refusalToConfirm'; readonly application: DeskApplication; readonly refusal: Refusal }
  | { readonly type: 'refused'; readonly application: DeskApplication; readonly decision: Refusal['decision'] }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'queue'
      readonly applications: readonly DeskApplication[]
      readonly total: number
      readonly consoleUrl: string
    }
  | { readonly type: 'help'; readonly waiting: number; readonly consoleUrl: string }

export interface DeskApplication {
  readonly id: string
  readonly number: string
  readonly enterprise: string
  readonly district: string
  readonly industry: string
  readonly headcount: number
  readonly score: number | null
  readonly majorRectified: number
  readonly generalDue: number
  readonly reviewDueOn: string
  /** This regulator approves it; others return and look. */
  readonly mayApprove: boolean
  /** The page of this regulator; it lets nobody else in. */
  readonly detailsUrl: string
}

export interface DeskView {
  readonly t: Translator
  readonly language: Language
  /** ISO date in China. */
  readonly today: string
}

/** What a regulator reads of what the desk came to. */
export const deskParts = (outcomes: readonly DeskOutcome[], view: DeskView): Part[] =>
  outcomes.map((outcome) => partOf(outcome, view))

function partOf(outcome: DeskOutcome, view: DeskView): Part {
  const { t, language, today } = view
  switch (outcome.type) {
    case 'approved':
      return said(t('desk:approved', { ...outcome.application, until: fullDate(outcome.validUntil, language) }))
    case 'publicityBegun':
      return said(
        t('desk:publicityBegun', { ...outcome.application, until: longDate(outcome.publicityEndsOn, language, today) }),
      )
    case 'returned': {
      const { application, count, amendmentDueOn } = outcome
      return said(t('desk:returned', { ...application, count, dueOn: longDate(amendmentDueOn, language, today) }))
    }
    case 'alreadyDecided':
      return said(alreadyDecided(outcome, view))
    case 'notFound':
      return said(t('desk:notFound', { subject: outcome.subject }))
    case 'severalFound':
      return {
        screen: list(outcome.applications, t('desk:severalFound', { subject: outcome.subject }), view, 'number'),
      }
    case 'approverNeeded':
      return said(t('desk:approverNeeded', named(outcome.application)))
    case 'approvalToConfirm':
      return { screen: approvalToConfirm(outcome, view) }
    case 'reasonsAsked':
      return { screen: askingReasons(outcome.application, t('desk:askReasons', named(outcome.application)), view) }
    case 'reasonsMalformed': {
      const { application, line } = outcome
      return { screen: askingReasons(application, t('desk:reasonsMalformed', { line }), view) }
    }
    case 'numbersUnknown': {
      const numbers = outcome.numbers.join(t('desk:comma'))
      return { screen: askingReasons(outcome.application, t('desk:numbersUnknown', { numbers }), view) }
    }
    case 'returnToConfirm':
      return { screen: returnToConfirm(outcome, view) }
    case 'refusalToConfirm':
      return { screen: refusalToConfirm(outcome, view) }
    case 'refused':
      return said(t(`desk:refused.${outcome.decision}`, named(outcome.application)))
    case 'cancelled':
      return said(t('desk:cancelled'))
    case 'queue':
      return { screen: queue(outcome, view) }
    case 'help':
      return { screen: help(outcome, view) }
  }
}

/** Without buttons: whatever was asked before is settled. */
const said = (body: string): Part => ({ screen: { heading: '', body } })

const named = ({ enterprise, number }: DeskApplication) => ({ enterprise, number })

function alreadyDecided(outcome: Extract<DeskOutcome, { type: 'alreadyDecided' }>, view: DeskView): string {
  const { t, language, today } = view
  const { application, state, by, on, isOwn } = outcome
  const told = {
    ...named(application),
    state: stateTitle(state, t),
    on: on === null ? '' : longDate(on, language, today),
  }
  if (by === null) return t('desk:already.byNobody', told)
  return isOwn ? t('desk:already.byYou', told) : t('desk:already.byColleague', { ...told, by })
}

const states = {
  filed: 'filed',
  underReview: 'underReview',
  returned: 'returned',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  inPublicity: 'inPublicity',
  announced: 'announced',
  verificationDue: 'verificationDue',
  rectifying: 'rectifying',
  revoked: 'revoked',
  renewed: 'renewed',
  expired: 'expired',
} as const

/** What a state of the life cycle is called. */
export const stateTitle = (state: string, t: Translator): string =>
  isNamed(state) ? t(`desk:state.${states[state]}`) : state

const isNamed = (state: string): state is keyof typeof states => state in states

type ApprovalToConfirm = Extract<DeskOutcome, { type: 'approvalToConfirm' }>

function approvalToConfirm({ application, round }: ApprovalToConfirm, view: DeskView): Screen {
  const { t } = view
  return {
    heading: application.number,
    body: t('desk:confirmApproval', described(application, view)),
    options: [
      { key: `${reviewKeys.approve}.${application.id}.${round}`, label: t('desk:button.approve'), style: 'primary' },
      { key: reviewKeys.cancelApproval, label: t('desk:button.cancel') },
    ],
    link: { title: t('desk:details'), url: application.detailsUrl },
  }
}

const askingReasons = (application: DeskApplication, body: string, { t }: DeskView): Screen => ({
  heading: application.number,
  body,
  hint: t('desk:howToReason'),
  options: [{ key: reviewKeys.cancelReturn, label: t('desk:button.cancelReturn') }],
  link: { title: t('desk:details'), url: application.detailsUrl },
})

type ReturnToConfirm = Extract<DeskOutcome, { type: 'returnToConfirm' }>

function returnToConfirm({ application, findings }: ReturnToConfirm, { t }: DeskView): Screen {
  const lines = findings.map(({ number, question, reason }) => t('desk:finding', { number, question, reason }))
  return {
    heading: application.number,
    body: [t('desk:confirmReturn', { ...named(application), count: findings.length }), ...lines].join('\n'),
    hint: t('desk:orWriteAnew'),
    options: [
      { key: reviewKeys.confirmReturn, label: t('desk:button.return'), style: 'primary' },
      { key: reviewKeys.cancelReturn, label: t('desk:button.cancelReturn') },
    ],
  }
}

type RefusalToConfirm = Extract<DeskOutcome, { type: 'refusalToConfirm' }>

function refusalToConfirm({ application, refusal }: RefusalToConfirm, { t }: DeskView): Screen {
  const { decision, reason } = refusal
  return {
    heading: application.number,
    body: t(`desk:confirmRefusal.${decision}`, { ...named(application), district: application.district, reason }),
    options: [
      { key: reviewKeys.confirmRefusal, label: t(`desk:button.${decision}`), style: 'danger' },
      { key: reviewKeys.cancelRefusal, label: t('desk:button.cancel') },
    ],
    link: { title: t('desk:details'), url: application.detailsUrl },
  }
}

function queue({ applications, total, consoleUrl }: Extract<DeskOutcome, { type: 'queue' }>, view: DeskView): Screen {
  const { t } = view
  const link = { title: t('desk:console'), url: consoleUrl }
  const [only, ...more] = applications
  if (!only) return { heading: '', body: t('desk:queue.empty'), link }
  if (more.length === 0) return onlyOne(only, view)
  const heading = t('desk:queue.heading', { count: total })
  const shown = list(
    applications,
    total > applications.length ? t('desk:queue.first', { count: total }) : heading,
    view,
  )
  return { ...shown, link }
}

function onlyOne(application: DeskApplication, view: DeskView): Screen {
  const { t } = view
  const approve = {
    key: `${reviewKeys.approveNamed}.${application.id}`,
    label: t('desk:button.approveNamed'),
    style: 'primary',
  } as const
  return {
    heading: application.number,
    body: t('desk:queue.only', described(application, view)),
    options: [
      ...(application.mayApprove ? [approve] : []),
      { key: `${reviewKeys.returnNamed}.${application.id}`, label: t('desk:button.returnNamed') },
    ],
    link: { title: t('desk:details'), url: application.detailsUrl },
  }
}

/** The numbers are typed: a card has not enough buttons for two decisions on each. */
function list(
  applications: readonly DeskApplication[],
  heading: string,
  view: DeskView,
  naming: 'short' | 'number' = 'short',
): Screen {
  const { t } = view
  const shown = applications.map((application) => described(application, view))
  const example = shown[0]?.[naming] ?? ''
  const lines = shown.map((each) => t('desk:queue.line', { ...each, short: each[naming] }))
  const howTo = applications.some(({ mayApprove }) => mayApprove) ? 'desk:queue.howTo' : 'desk:queue.howToReturn'
  return { heading: '', body: [heading, ...lines].join('\n'), hint: t(howTo, { example }) }
}

function described(application: DeskApplication, { language, today }: DeskView) {
  const { number, enterprise, district, industry, headcount, score, majorRectified } = application
  return {
    number,
    short: number.split('-').at(-1) ?? number,
    enterprise,
    district,
    industry,
    headcount,
    score: score ?? '—',
    major: majorRectified,
    dueOn: longDate(application.reviewDueOn, language, today),
  }
}

const help = ({ waiting, consoleUrl }: Extract<DeskOutcome, { type: 'help' }>, { t }: DeskView): Screen => ({
  heading: '',
  body: t('desk:help', { count: waiting }),
  link: { title: t('desk:console'), url: consoleUrl },
})
