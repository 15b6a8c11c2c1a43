import type { ClaimAnswered } from '../standardization/claims.ts'
import type { Decided } from '../standardization/review-desk.ts'
import { fullDate, longDate } from './figures.ts'
import type { Speaking } from './show.ts'

/** What is said of a decision. */
export function decidedNote(decided: Decided, { t, language, today }: Speaking): string {
  const { number, enterprise } = decided
  const of = { number, enterprise }
  switch (decided.type) {
    case 'approved':
      return t('desk:approved', { ...of, until: fullDate(decided.validUntil, language) })
    case 'publicityBegun':
      return t('desk:publicityBegun', { ...of, until: longDate(decided.publicityEndsOn, language, today) })
    case 'returned':
      return t('desk:returned', {
        ...of,
        count: decided.count,
        dueOn: longDate(decided.amendmentDueOn, language, today),
      })
    case 'rejected':
      return t('desk:refused.reject', of)
    case 'revoked':
      return t('desk:refused.revoke', of)
  }
}

/** What is said of a decision on who belongs to an enterprise; undefined: there is none that is theirs. */
export function claimNote(answered: ClaimAnswered | undefined, { t }: Speaking): string {
  switch (answered?.type) {
    case 'admitted':
    case 'refused':
    case 'settled':
      return t(`desk:claim.${answered.type}`, { name: answered.name })
    default:
      return t('desk:claim.unknown')
  }
}
