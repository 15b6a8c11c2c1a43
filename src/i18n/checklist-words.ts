import { z } from 'zod'
import { type Language, languages } from './translator.ts'
import { readYaml } from './word-tables.ts'

const phrase = z.string().min(1)

const checklistWordsSchema = z.strictObject({
  /** By item id. */
  items: z.record(
    phrase,
    z.strictObject({
      question: phrase,
      help: phrase,
      why: phrase,
      /** The thing an enterprise would have to lack. */
      reason: phrase.optional(),
      mustShow: phrase.optional(),
      now: phrase.optional(),
      advice: phrase,
    }),
  ),
  /** Titles of hazards, by id. */
  hazards: z.record(phrase, phrase),
  /** Headings and labels of the site profile, by id. */
  groups: z.record(phrase, phrase),
  facts: z.record(phrase, phrase),
  industries: z.record(phrase, phrase),
  /** By GB/T 4754 code. */
  classes: z.record(phrase, phrase),
  /** Districts and their city, by GB/T 2260 code; zones by id. */
  districts: z.record(phrase, phrase),
})

/** What the checklists say, in another language. */
export type ChecklistWords = z.infer<typeof checklistWordsSchema>

/**
 * The checklists are written in zh-CN; the other languages have `locales/<language>/checklists.yaml`, and what it
 * lacks is said in zh-CN.
 * @throws Error that names the file when it cannot be used
 */
export const checklistWords = Object.fromEntries(
  languages.map((language) => [language, readChecklistWords(language)]),
) as Record<Language, ChecklistWords>

function readChecklistWords(language: Language): ChecklistWords {
  if (language === languages[0])
    return { items: {}, hazards: {}, groups: {}, facts: {}, industries: {}, classes: {}, districts: {} }
  const file = `${language}/checklists.yaml`
  const words = checklistWordsSchema.safeParse(readYaml(file))
  if (!words.success) throw new Error(`locales/${file}: ${z.prettifyError(words.error)}`)
  return words.data
}
