import type { Beginning } from '../../flows/flow.ts'
import type { HomeEffect } from '../../flows/home/home.machine.ts'
import { homeKeys } from '../../flows/home/index.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import type { PromptOption } from '../message/index.ts'
import { fullDate } from './figures.ts'
import type { Part, Screen } from './screen.ts'

/** How an enterprise stands, for its owner. Dates are ISO dates in China. */
export interface HomeView {
  readonly t: Translator
  readonly language: Language
  readonly enterpriseName: string
  readonly today: string
  readonly mayBegin: readonly Beginning[]
  /** Where it must wait before it applies again. */
  readonly mayApplyFrom?: string
  readonly application?: {
    readonly number: string
    readonly state: string
    readonly filedOn: string
    readonly reviewDueOn: string
    readonly validUntil?: string
    readonly nextVerificationOn?: string
    /** Why it was rejected or revoked. */
    readonly reason?: string
  }
}

export const homeParts = (effects: readonly HomeEffect[], view: HomeView): Part[] =>
  effects.map((effect) => partOf(effect, view))

function partOf(effect: HomeEffect, view: HomeView): Part {
  switch (effect.type) {
    case 'showHome':
      return { screen: homeScreen(view) }
    case 'sayNothingToBegin':
      return { note: view.t(`home.nothing.${effect.beginning}`) }
    case 'sayPostponed':
      return { note: view.t('home.postponed') }
    case 'sayAnswersSent':
      return { note: view.t('home.answersSent') }
    case 'snoozeReminder':
      return { note: view.t('home.snoozed') }
    case 'beginWalk':
      return { note: view.t(`home.begun.${effect.beginning}`) }
  }
}

export function homeScreen(view: HomeView): Screen {
  const { t, mayBegin } = view
  const options: PromptOption[] = mayBegin.map((beginning) => ({
    key: `${homeKeys.begin}.${beginning}`,
    label: t(`home.button.${beginning}`),
    style: 'primary',
  }))
  return { heading: view.enterpriseName, body: standing(view), ...(options.length > 0 && { options }) }
}

function standing(view: HomeView): string {
  const { t, language, application, today } = view
  if (!application) return t('home.noApplication')
  const { number, state, nextVerificationOn } = application
  const date = (day: string | undefined) => (day ? fullDate(day, language) : '')
  const validUntil = date(application.validUntil)
  const on = date(nextVerificationOn)
  switch (state) {
    case 'filed':
    case 'underReview':
      return t('home.underReview', { number, filedOn: date(application.filedOn), dueOn: date(application.reviewDueOn) })
    case 'returned':
      return t('home.returned', { number })
    case 'rejected':
      return ended(t('home.rejected', { number }), view)
    case 'inPublicity':
    case 'approved':
      return t('home.inPublicity', { number })
    case 'revoked':
      return ended(t('home.revoked', { number }), view)
    case 'expired':
      return t('home.expired', { number, validUntil })
    case 'rectifying':
      return t('home.rectifying', { validUntil })
    case 'verificationDue':
      return nextVerificationOn && nextVerificationOn < today
        ? t('home.verificationOverdue', { validUntil, on })
        : t('home.verificationDue', { validUntil, on })
    default:
      return nextVerificationOn ? t('home.announced', { validUntil, on }) : t('home.announcedLast', { validUntil })
  }
}

/** By a regulator: why, and from when it may be tried again. */
function ended(body: string, { t, language, application, mayApplyFrom }: HomeView): string {
  return [
    body,
    ...(application?.reason ? [t('home.reason', { reason: application.reason })] : []),
    ...(mayApplyFrom ? [t('home.mayApplyFrom', { from: fullDate(mayApplyFrom, language) })] : []),
  ].join('\n')
}
