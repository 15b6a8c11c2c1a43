import type { Translator } from '../i18n/translator.ts'
import type { Policy } from '../policy/policy.ts'

/** Which days an owner is told come from no document but from us. */
export interface OurTerms {
  readonly review: boolean
  readonly amendment: boolean
}

export const ourTermsOf = ({ reviewWorkingDays, amendmentWorkingDays }: Policy): OurTerms => ({
  review: reviewWorkingDays.confidence === 'ownDefault',
  amendment: amendmentWorkingDays.confidence === 'ownDefault',
})

/** Stands behind a day that is ours; nothing behind one that has a source. */
export const termNote = (isOurs: boolean, bureau: string, t: Translator): string =>
  isOurs ? t('submitted.ourTerm', { bureau }) : ''
