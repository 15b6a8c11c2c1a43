import type { HomeKnown, HomePlace } from '../../../flows/home/screens.ts'
import { fullDate } from '../figures.ts'
import type { Speaking } from '../show.ts'

/** All that a sentence at home may name. */
export const homeScope = ({ known }: HomePlace, speaking: Speaking) => ({
  enterpriseName: known.enterpriseName,
  standing: standing(known, speaking),
})

function standing(known: HomeKnown, speaking: Speaking): string {
  const { t, language, today } = speaking
  const { application } = known
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
      return ended(t('home.rejected', { number }), known, speaking)
    case 'inPublicity':
    case 'approved':
      return t('home.inPublicity', { number })
    case 'revoked':
      return ended(t('home.revoked', { number }), known, speaking)
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
function ended(body: string, { application, mayApplyFrom }: HomeKnown, { t, language }: Speaking): string {
  return [
    body,
    ...(application?.reason ? [t('home.reason', { reason: application.reason })] : []),
    ...(mayApplyFrom ? [t('home.mayApplyFrom', { from: fullDate(mayApplyFrom, language) })] : []),
  ].join('\n')
}
