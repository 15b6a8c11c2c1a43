import type { WalkPurpose } from '../../flows/self-assessment/self-assessment.machine.ts'
import { type Language, translators } from '../i18n/translator.ts'
import { fullDate, longDate } from './figures.ts'
import type { Part } from './screen.ts'

/** What filing brought. */
export interface Receipt {
  readonly number: string
  readonly bureau: string
  /** ISO date; when a decision is due. */
  readonly reviewDueOn: string
  /** ISO date; of a listing. */
  readonly validUntil?: string
}

interface ReceiptView {
  readonly language: Language
  /** The working days a review takes. */
  readonly days: number
  /** ISO date in China. */
  readonly today: string
}

/** The receipt, at once and with what happens next. */
export function submittedPart(
  purpose: WalkPurpose,
  { number, bureau, reviewDueOn, validUntil = '' }: Receipt,
  { language, days, today }: ReceiptView,
): Part {
  const t = translators[language]
  const dueOn = longDate(reviewDueOn, language, today)
  switch (purpose) {
    case 'amendment':
      return { screen: { body: t('submitted.refiled', { number, bureau, dueOn }) } }
    case 'recheck':
      return {
        screen: { body: t('submitted.rechecked', { bureau, validUntil: fullDate(validUntil, language) }) },
      }
    default:
      return { screen: { body: t('submitted.filed', { number, bureau, days, dueOn }) } }
  }
}
