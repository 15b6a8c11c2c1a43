import type { Beginning } from '../../flows/flow.ts'
import type { HomeEffect } from '../../flows/home/home.machine.ts'
import { homeKeys } from '../../flows/home/index.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import type { PromptOption } from '../message/index.ts'
import { fullDate } from './figures.ts'
import type { Part, Screen } from './screen.ts'

/** How an enterprise stands, for its owner. */
export interface HomeView {
  readonly t: Translator
  readonly language: Language
  readonly enterpriseName: string
  readonly mayBegin: readonly Beginning[]
  readonly application?: {
    readonly number: string
    readonly state: string
    readonly filedOn: string
    readonly reviewDueOn: string
    readonly validUntil?: string
    readonly nextVerificationOn?: string
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

function standing({ t, language, application }: HomeView): string {
  if (!application) return t('home.noApplication')
  const { number, state } = application
  const date = (day: string | undefined) => (day ? fullDate(day, language) : '')
  switch (state) {
    case 'filed':
    case 'underReview':
      return t('home.underReview', { number, filedOn: date(application.filedOn), dueOn: date(application.reviewDueOn) })
    case 'returned':
      return t('home.returned', { number })
    case 'rejected':
      return t('home.rejected', { number })
    case 'inPublicity':
    case 'approved':
      return t('home.inPublicity', { number })
    case 'revoked':
      return t('home.revoked', { number })
    case 'expired':
      return t('home.expired', { number, validUntil: date(application.validUntil) })
    case 'verificationDue':
    case 'rectifying':
      return t('home.verificationDue', {
        number,
        validUntil: date(application.validUntil),
        on: date(application.nextVerificationOn),
      })
    default:
      return t('home.announced', {
        number,
        validUntil: date(application.validUntil),
        on: date(application.nextVerificationOn),
      })
  }
}
