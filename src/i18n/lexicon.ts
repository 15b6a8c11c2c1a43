import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

/**
 * The words a language is understood by, from `locales/<language>/lexicon.yaml`. A lexicon that extends another
 * holds that one's words as well.
 * @throws Error that names the file and every place in it that is wrong
 */
export function readLexicon(language: LexiconLanguage): CompleteLexicon {
  const { extends: base, ...own } = parsed(fileOf(language), lexiconSchema)
  const words = base ? merged(readLexicon(base), own) : own
  const complete = checked(fileOf(language), completeSchema.safeParse(words))
  refuse(fileOf(language), problemsOfPatterns(complete))
  return complete
}

const lexiconLanguages = ['zh-CN', 'en', 'zh-HK'] as const
export type LexiconLanguage = (typeof lexiconLanguages)[number]

const patterns = z.array(z.string().min(1))
const pairs = z
  .string()
  .regex(/^\S{2,}$/u)
  .refine((pair) => Array.from(pair).length === 2, 'a pair of characters')
const foldLine = z.string().refine(
  (line) =>
    line
      .trim()
      .split(/\s+/)
      .every((pair) => Array.from(pair).length === 2),
  {
    error: 'pairs of characters, parted by blanks',
  },
)

const lists = <Name extends string>(...names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, patterns])) as Record<Name, typeof patterns>)

const completeSchema = z.strictObject({
  fold: z.array(foldLine),
  wrappers: z.array(pairs),
  fragments: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), patterns),
  numerals: z.strictObject({
    digits: z.record(z.string(), z.int().min(0).max(9)),
    units: z.record(z.string(), z.int().min(10)),
    choice: patterns,
  }),
  answers: lists(
    'conforming',
    'nonconforming',
    'notApplicable',
    'unclear',
    'yes',
    'done',
    'denied',
    'undone',
    'absent',
    'unneeded',
    'good',
    'bad',
    'acknowledged',
    'weaklyGood',
    'weaklyBad',
    'aside',
  ),
  doubts: lists(
    'asked',
    'supposed',
    'tangled',
    'mocked',
    'postponed',
    'partly',
    'qualified',
    'formerly',
    'hedged',
    'reported',
  ),
  signs: lists('unclear', 'freeOf', 'lacking', 'negative', 'positive'),
  commands: lists(
    'menu',
    'help',
    'progress',
    'back',
    'skip',
    'pause',
    'resume',
    'restart',
    'human',
    'explain',
    'basis',
    'answers',
    'status',
    'start',
    'edit',
    'language',
  ),
  languages: lists(...lexiconLanguages),
  choices: lists('before', 'after', 'negations'),
  picks: lists('none', 'all', 'aside', 'joiners', 'range', 'before', 'after'),
  numbers: lists('before', 'units', 'approximateBefore', 'approximateAfter'),
  names: z.strictObject({ before: patterns, families: patterns, refused: patterns }),
  phones: lists('before'),
})

export type CompleteLexicon = z.infer<typeof completeSchema>

/** As a file may be: a language that extends another says only what is its own. */
const lexiconSchema = z.looseObject({ extends: z.enum(lexiconLanguages).optional() })

const fileOf = (language: LexiconLanguage) => `locales/${language}/lexicon.yaml`

function parsed<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  try {
    return checked(file, schema.safeParse(parse(text)))
  } catch (cause) {
    if (cause instanceof Error && cause.message.startsWith(file)) throw cause
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

function checked<Value>(file: string, result: z.ZodSafeParseResult<Value>): Value {
  if (result.success) return result.data
  throw new Error(`${file}: ${z.prettifyError(result.error)}`)
}

/** Own entries after those of the base; lists grow, tables gain rows. */
function merged(base: Readonly<Record<string, unknown>>, own: Readonly<Record<string, unknown>>) {
  const words: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(own)) words[name] = grown(base[name], value)
  return words
}

function grown(base: unknown, own: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(own)) return [...base, ...own]
  return isTable(base) && isTable(own) ? merged(base, own) : own
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Patterns that are no regular expressions, or name a fragment that is not there. */
function problemsOfPatterns({ fold: _, wrappers: __, names, numerals, fragments, ...rest }: CompleteLexicon): string[] {
  const { families: ___, ...nameLists } = names
  const groups = { ...rest, fragments, names: nameLists, numerals: { choice: numerals.choice } }
  return Object.entries(groups).flatMap(([group, table]) =>
    Object.entries<readonly string[]>(table).flatMap(([name, list]) =>
      list.flatMap((pattern) => problemsOf(pattern, fragments).map((problem) => `${group}.${name}: ${problem}`)),
    ),
  )
}

function problemsOf(pattern: string, fragments: CompleteLexicon['fragments']): string[] {
  const unknown = [...pattern.matchAll(fragmentName)].flatMap(([, name = '']) =>
    name === 'number' || fragments[name] ? [] : `there is no fragment {${name}}`,
  )
  try {
    new RegExp(pattern.replace(fragmentName, '(?:x)'), 'u')
    return unknown
  } catch (error) {
    return [...unknown, error instanceof Error ? error.message : String(error)]
  }
}

const fragmentName = /\{([a-z][A-Za-z]*)\}/g

function refuse(file: string, problems: readonly string[]) {
  if (problems.length > 0) throw new Error(`${file}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}
