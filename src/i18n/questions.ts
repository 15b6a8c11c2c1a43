import { z } from 'zod'
import type { Language } from './translator.ts'
import { extended, fragments, localesFolder, patterns, problemsOfPatterns, readTable, refuse } from './word-tables.ts'

/** What every answer may name, for it is always known. */
const alwaysKnown = ['bureau', 'reviewDays', 'ourTerm', 'validYears'] as const

/** What an answer may name when it is known; another variant is given when it is not. */
const sometimesKnown = [
  'phone',
  'hours',
  'left',
  'minutes',
  'number',
  'dueOn',
  'validUntil',
  'score',
  'minimum',
  'incentives',
  'listingUrl',
] as const

/** What answers are filled with. A bureau that is not known is called the one of the owner's district. */
export type QuestionFacts = Readonly<
  Record<Exclude<(typeof alwaysKnown)[number], 'bureau'>, string | number> &
    Partial<Record<'bureau' | (typeof sometimesKnown)[number], string | number | undefined>>
>

const sentence = z.string().trim().min(1)

const sourceSchema = z.strictObject({
  /** An id in checklists/documents.yaml. */
  document: z.string(),
  clause: z.string().min(1),
  confidence: z.enum(['confirmed', 'secondary', 'unconfirmed']),
})

const questionsSchema = z.strictObject({
  fragments,
  forms: patterns,
  aboutFacts: z.strictObject({ whyNot: patterns, why: patterns }),
  /** Why a fact is not asked about, or is; and that it is on record, or is not. */
  factAnswers: z.strictObject({
    undeclared: sentence,
    otherTrade: sentence,
    asked: sentence,
    noted: sentence,
    declared: sentence,
    undeclaredButAsked: sentence,
    known: sentence,
    notKnown: sentence,
    /** Stands between industries. */
    between: z.string().min(1),
  }),
  /** What stands for a placeholder that is not known. */
  unknown: z.strictObject({ bureau: sentence }),
  questions: z.record(
    z.string().regex(/^[a-z][A-Za-z]*$/),
    z.strictObject({
      asked: patterns.min(1),
      said: patterns.default([]),
      /** The first whose placeholders are all known is given. */
      answers: z.array(sentence).min(1),
      sources: z.array(sourceSchema).default([]),
    }),
  ),
})

/** What owners ask besides answering, and what they are told. */
export type Questions = z.infer<typeof questionsSchema>

/** As a file may be: a language that extends another says only what is its own, but answers everything itself. */
const fileSchema = z.looseObject({
  extends: z.enum(['zh-CN']).optional(),
  questions: z.record(z.string(), z.looseObject({ answers: z.array(z.string()) })),
})

/**
 * The words of `locales/<language>/questions.yaml`.
 * @param locales with a slash at its end
 * @throws Error that names the file and every place in it that is wrong
 */
export function readQuestions(language: Language, locales = localesFolder): Questions {
  const { extends: base, ...own } = readTable(language, FILE, fileSchema, locales)
  const source = base && readQuestions(base, locales)
  const complete = questionsSchema.safeParse(source ? extended(own, withoutAnswers(source)) : own)
  if (!complete.success) throw new Error(`locales/${language}/${FILE}:\n${z.prettifyError(complete.error)}`)

  refuse(`${language}/${FILE}`, [
    ...patternProblems(complete.data),
    ...answerProblems(complete.data),
    ...(source ? translationProblems(complete.data, source) : []),
  ])
  return complete.data
}

const withoutAnswers = (base: Questions) => ({
  ...base,
  questions: Object.fromEntries(Object.entries(base.questions).map(([id, { answers, ...rest }]) => [id, rest])),
})

const patternProblems = ({ fragments, forms, aboutFacts, questions }: Questions) => [
  ...problemsOfPatterns({ fragments, aboutFacts, others: { forms } }, fragments),
  ...problemsOfPatterns(
    Object.fromEntries(Object.entries(questions).map(([id, { asked, said }]) => [id, { asked, said }])),
    fragments,
  ),
]

/** Something can be said whatever is known, and nothing names what nobody gives. */
const answerProblems = ({ questions }: Questions) =>
  Object.entries(questions).flatMap(([id, { answers }]) => [
    ...answers
      .flatMap(placeholdersOf)
      .filter((name) => !isOneOf([...alwaysKnown, ...sometimesKnown], name))
      .map((name) => `${id}: nobody gives {{${name}}}`),
    ...placeholdersOf(answers.at(-1) ?? '')
      .filter((name) => isOneOf(sometimesKnown, name))
      .map((name) => `${id}: the last answer needs {{${name}}}, which may be unknown`),
  ])

/** The same questions, each with the same variants that name the same. */
const translationProblems = (own: Questions, source: Questions) => {
  const named = ({ answers }: { answers: readonly string[] }) =>
    answers.map((answer) => placeholdersOf(answer).sort().join()).join(' / ')
  const differing = (one: string, other: string) =>
    String(placeholdersOf(one).sort()) !== String(placeholdersOf(other).sort())
  return [
    ...Object.keys(own.questions)
      .filter((id) => !source.questions[id])
      .map((id) => `${id}: no such question in zh-CN`),
    ...Object.entries(source.questions).flatMap(([id, question]) => {
      const translated = own.questions[id]
      return translated && named(translated) !== named(question) ? [`${id}: other placeholders than in zh-CN`] : []
    }),
    ...Object.entries(source.factAnswers)
      .filter(([name, answer]) => differing(answer, own.factAnswers[name as keyof Questions['factAnswers']]))
      .map(([name]) => `factAnswers.${name}: other placeholders than in zh-CN`),
  ]
}

/** Documents that answers cite and the checklists do not know. */
export const unknownDocuments = ({ questions }: Questions, known: ReadonlySet<string>): string[] =>
  Object.entries(questions).flatMap(([id, { sources }]) =>
    sources.filter(({ document }) => !known.has(document)).map(({ document }) => `${id} cites ${document}`),
  )

export const placeholdersOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name)),
]

const isOneOf = (names: readonly string[], name: string) => names.includes(name)

const FILE = 'questions.yaml'
