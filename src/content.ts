import type { ChangeWords, DateWords, Lexicon } from '../flows/words/index.ts'
import { loadCalendarOverrides } from './calendar/load.ts'
import type { CalendarOverrides } from './calendar/overrides.ts'
import type { ChecklistLibrary } from './checklist/library.ts'
import { loadLibrary } from './checklist/load.ts'
import { type Changes, readChanges, unknownFacts } from './i18n/changes.ts'
import { readDateWords } from './i18n/date-words.ts'
import { readLexicon } from './i18n/lexicon.ts'
import { type Questions, readQuestions, unknownDocuments } from './i18n/questions.ts'
import { type Language, languages } from './i18n/translator.ts'
import { loadPolicies } from './policy/load.ts'
import type { Policy } from './policy/policy.ts'

/** All that inspectors and translators write, loaded and checked. */
export interface Content {
  readonly library: ChecklistLibrary
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendarOverrides: CalendarOverrides
  readonly lexicons: Readonly<Record<Language, Lexicon>>
  /** What owners ask besides answering, and what they are told. */
  readonly questions: Readonly<Record<Language, Questions>>
  /** How owners say that something has changed, and what they wish. */
  readonly changes: Readonly<Record<Language, Changes & ChangeWords>>
  readonly dateWords: Readonly<Record<Language, DateWords>>
}

let loaded: Content | undefined

/**
 * Read once.
 * @throws Error naming file, place and rule of everything that is wrong
 */
export const loadContent = (): Content => (loaded ??= contentIn(new URL('../checklists/', import.meta.url)))

function contentIn(folder: URL): Content {
  const library = loadLibrary(folder)
  const questions = perLanguage(readQuestions)
  const changes = perLanguage(readChanges)
  refuseStrangers(library, questions, changes)
  return {
    library,
    policies: loadPolicies(folder),
    calendarOverrides: loadCalendarOverrides(folder),
    lexicons: perLanguage(readLexicon),
    questions,
    changes,
    dateWords: perLanguage(readDateWords),
  }
}

const perLanguage = <Words>(read: (language: Language) => Words): Record<Language, Words> => ({
  'zh-CN': read('zh-CN'),
  en: read('en'),
  'zh-HK': read('zh-HK'),
})

/** Words may speak only of documents and facts that the checklists have. */
function refuseStrangers(
  { documents, siteProfile }: ChecklistLibrary,
  questions: Content['questions'],
  changes: Content['changes'],
) {
  const cited = new Set(documents.documents.map(({ id }) => id))
  const facts = new Set(siteProfile.groups.flatMap((group) => group.facts.map(({ id }) => id)))
  const problems = languages.flatMap((language) => [
    ...unknownDocuments(questions[language], cited).map((each) => `locales/${language}/questions.yaml: ${each}`),
    ...unknownFacts(changes[language], facts).map((each) => `locales/${language}/changes.yaml: no fact ${each}`),
  ])
  if (problems.length > 0) throw new Error(problems.join('\n'))
}
