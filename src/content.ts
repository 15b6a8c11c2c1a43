import type { DateWords, Lexicon } from '../flows/words/index.ts'
import { loadCalendarOverrides } from './calendar/load.ts'
import type { CalendarOverrides } from './calendar/overrides.ts'
import type { ChecklistLibrary } from './checklist/library.ts'
import { loadLibrary } from './checklist/load.ts'
import { readDateWords } from './i18n/date-words.ts'
import { readLexicon } from './i18n/lexicon.ts'
import type { Language } from './i18n/translator.ts'
import { loadPolicies } from './policy/load.ts'
import type { Policy } from './policy/policy.ts'

/** All that inspectors and translators write, loaded and checked. */
export interface Content {
  readonly library: ChecklistLibrary
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendarOverrides: CalendarOverrides
  readonly lexicons: Readonly<Record<Language, Lexicon>>
  readonly dateWords: Readonly<Record<Language, DateWords>>
}

/** @throws ChecklistFileError naming file, line and rule of everything that is wrong */
export function loadContent(folder = new URL('../checklists/', import.meta.url)): Content {
  return {
    library: loadLibrary(folder),
    policies: loadPolicies(folder),
    calendarOverrides: loadCalendarOverrides(folder),
    lexicons: { 'zh-CN': readLexicon('zh-CN'), en: readLexicon('en'), 'zh-HK': readLexicon('zh-HK') },
    dateWords: { 'zh-CN': readDateWords('zh-CN'), en: readDateWords('en'), 'zh-HK': readDateWords('zh-HK') },
  }
}
