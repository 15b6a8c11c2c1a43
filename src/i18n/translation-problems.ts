import { checklistWords } from './checklist-words.ts'
import { languages } from './translator.ts'

/** What the checklists say, by the ids under which it is translated. */
export interface Translatable {
  readonly items: readonly { readonly id: string; readonly fields: readonly string[] }[]
  readonly hazards: readonly string[]
  readonly groups: readonly string[]
  readonly facts: readonly string[]
  readonly industries: readonly string[]
  readonly classes: readonly string[]
  /** Codes of the city and its districts, and ids of zones. */
  readonly districts: readonly string[]
}

export interface TranslationProblem {
  readonly file: string
  readonly line: number
  readonly rule: 'translation'
  readonly message: string
}

/** Whatever a language lacks of the checklists, or has beyond them. */
export const translationProblems = (said: Translatable): TranslationProblem[] =>
  languages.slice(1).flatMap((language) => {
    const words = checklistWords[language]
    const problem = (message: string): TranslationProblem => ({
      file: `locales/${language}/checklists.yaml`,
      line: 1,
      rule: 'translation',
      message,
    })
    const kinds = ['hazards', 'groups', 'facts', 'industries', 'classes', 'districts'] as const
    const named = kinds.flatMap((kind) =>
      differences(said[kind], Object.keys(words[kind])).map((difference) => problem(`${kind}: ${difference}`)),
    )
    const ids = said.items.map(({ id }) => id)
    const fields = said.items.flatMap(({ id, fields }) =>
      id in words.items
        ? differences(fields, Object.keys(words.items[id] ?? {})).map((difference) => problem(`${id}: ${difference}`))
        : [],
    )
    return [...named, ...differences(ids, Object.keys(words.items)).map((each) => problem(`items: ${each}`)), ...fields]
  })

const differences = (wanted: readonly string[], present: readonly string[]): string[] => [
  ...wanted.filter((each) => !present.includes(each)).map((each) => `${each} is not translated`),
  ...present.filter((each) => !wanted.includes(each)).map((each) => `${each} is in no checklist`),
]
