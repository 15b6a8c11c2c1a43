import type { ChangeWords, DateWords, Lexicon } from '../../flows/words/index.ts'
import type { Checklist } from '../checklist/checklist.ts'
import type { Questions } from '../i18n/questions.ts'
import type { Language } from '../i18n/translator.ts'
import type { LanguageModel } from '../language-model/language-model.ts'
import type { House } from '../standardization/house.ts'
import type { Rates } from '../storage/outbox.ts'

/** What conversations need of the house. Made once, in `src/start.ts`. */
export interface ConversationHouse extends House {
  /** The policy of enterprises that enrol now. */
  readonly policyId: string
  readonly lexicons: Readonly<Record<Language, Lexicon>>
  readonly questions: Readonly<Record<Language, Questions>>
  readonly changes: Readonly<Record<Language, ChangeWords>>
  readonly dateWords: Readonly<Record<Language, DateWords>>
  /** Checklists in use, by their frozen references. */
  readonly checklists: Map<string, Checklist>
  /** How many messages a member may be sent. */
  readonly rates: Rates
  /** Asked about words in front of a question that nobody understands. */
  readonly model?: LanguageModel
  readonly log: ConversationLog
}

export interface ConversationLog {
  error(details: { readonly err: unknown; readonly dedupeKey: string }, message: string): void
}
