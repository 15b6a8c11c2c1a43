import type { Translator } from '../i18n/translator.ts'

/** What a state of the life cycle is called. */
export const stateTitle = (state: string, t: Translator): string => (isNamed(state) ? t(`desk:state.${state}`) : state)

const named = [
  'filed',
  'underReview',
  'returned',
  'rejected',
  'inPublicity',
  'announced',
  'verificationDue',
  'rectifying',
  'revoked',
  'renewed',
  'expired',
] as const

const isNamed = (state: string): state is (typeof named)[number] => named.some((each) => each === state)
