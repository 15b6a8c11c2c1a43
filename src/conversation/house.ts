import type { Lexicon } from '../../flows/words/index.ts'
import type { Checklist } from '../checklist/checklist.ts'
import type { Language } from '../i18n/translator.ts'
import type { House } from '../standardization/house.ts'

/** What conversations need of the house. Made once, in `src/main.ts`. */
export interface ConversationHouse extends House {
  /** The policy of enterprises that enrol now. */
  readonly policyId: string
  readonly lexicons: Readonly<Record<Language, Lexicon>>
  /** Checklists in use, by their frozen references. */
  readonly checklists: Map<string, Checklist>
  readonly log: ConversationLog
}

export interface ConversationLog {
  error(details: { readonly err: unknown; readonly dedupeKey: string }, message: string): void
}
