import type { WalkPurpose } from '../../flows/self-assessment/self-assessment.machine.ts'
import { type Language, translators } from '../i18n/translator.ts'
import { fullDate, longDate } from './figures.ts'
import { termNote } from './our-term.ts'

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
  /** They come from no document. */
  readonly isOurTerm: boolean
  /** ISO date in China. */
  readonly today: string
}

/** The receipt, at once and with what happens next. */
export function submittedNote(
  purpose: WalkPurpose,
  { number, bureau, reviewDueOn, validUntil = '' }: Receipt,
  { language, days, isOurTerm, today }: ReceiptView,
): string {
  const t = translators[language]
  const dueOn = longDate(reviewDueOn, language, today)
  const term = termNote(isOurTerm, bureau, t)
  switch (purpose) {
    case 'amendment':
      return t('submitted.refiled', { number, bureau, dueOn, term })
    case 'recheck':
      return t('submitted.rechecked', { bureau, validUntil: fullDate(validUntil, language) })
    default:
      return t('submitted.filed', { number, bureau, days, dueOn, term })
  }
}
