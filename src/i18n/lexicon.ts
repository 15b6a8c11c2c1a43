import { z } from 'zod'
import {
  deskWords,
  homeWords,
  type Language,
  languages,
  plainCommands,
  type WordClass,
  wordClasses,
} from '../../flows/words/lexicon.ts'
import { readYaml } from './word-tables.ts'

/**
 * The words a language is understood by, from `locales/<language>/lexicon.yaml`. A lexicon that extends another
 * holds that one's words as well.
 * @param locales with a slash at its end
 * @throws Error that names the file and every place in it that is wrong
 */
export function readLexicon(language: Language, locales = localesFolder): CompleteLexicon {
  const { extends: base, ...own } = parsed(fileOf(language), locales, lexiconSchema)
  const words = base ? merged(readLexicon(base, locales), own) : own
  const complete = checked(fileOf(language), completeSchema.safeParse(words))
  refuse(fileOf(language), problemsOfPatterns(complete))
  return complete
}

export const localesFolder = new URL('../../locales/', import.meta.url)

const patterns = z.array(z.string().min(1))
const lists = <Name extends string>(...names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, patterns])) as Record<Name, typeof patterns>)

/** Chinese does not part words by blanks: a line of several is several words. */
const spokenWords = patterns.transform((lines) =>
  lines.flatMap((line) => line.split(/(?<=\p{Script=Han}) +(?=\p{Script=Han})/u)),
)
const vocabulary = z.strictObject(
  Object.fromEntries(wordClasses.map((name) => [name, spokenWords])) as Record<WordClass, typeof spokenWords>,
)

const completeSchema = z.strictObject({
  fold: patterns,
  wrappers: patterns,
  fragments: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), patterns),
  numerals: z.strictObject({
    digits: z.record(z.string(), z.int().min(0).max(9)),
    units: z.record(z.string(), z.int().min(10)),
    choice: patterns,
  }),
  words: vocabulary,
  synonyms: patterns,
  asks: lists('having', 'every', 'today', 'month'),
  turns: lists('affirm', 'opening', 'deny', 'reconsider'),
  commands: lists(...plainCommands, 'movePhoto', 'edit', 'correct', 'language'),
  languages: lists(...languages),
  mending: lists('done', 'open'),
  agreements: lists('yes', 'no'),
  choices: lists('before', 'after', 'negations'),
  picks: lists('none', 'all', 'aside', 'joiners', 'range', 'before', 'after'),
  numbers: lists('before', 'units', 'approximateBefore', 'approximateAfter'),
  headcounts: lists('couples', 'below', 'above', 'more', 'some', 'staff', 'joiners', 'totals', 'within', 'aside'),
  names: lists('before', 'families', 'refused', 'roles', 'titles', 'shortTitles', 'familiar', 'familyOnly', 'withheld'),
  enterprises: lists('before', 'after', 'refused', 'alone', 'doubtful'),
  phones: lists('before', 'after'),
  home: lists(...homeWords),
  desk: lists(...deskWords),
})

export type CompleteLexicon = z.infer<typeof completeSchema>

/** As a file may be: a language that extends another says only what is its own. */
const lexiconSchema = z.looseObject({ extends: z.enum(languages).optional() })

const fileOf = (language: Language) => `${language}/lexicon.yaml`

export function parsed<Schema extends z.ZodType>(file: string, locales: URL, schema: Schema): z.infer<Schema> {
  return checked(file, schema.safeParse(readYaml(file, locales)))
}

export function checked<Value>(file: string, result: z.ZodSafeParseResult<Value>): Value {
  if (result.success) return result.data
  throw new Error(`locales/${file}:\n${z.prettifyError(result.error)}`)
}

/** Own entries after those of the base; lists grow, tables gain rows. */
export function merged(base: Readonly<Record<string, unknown>>, own: Readonly<Record<string, unknown>>) {
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
function problemsOfPatterns({
  fold,
  wrappers,
  words: _,
  turns: __,
  synonyms: ___,
  names,
  numerals,
  ...tables
}: CompleteLexicon): string[] {
  const { before, refused } = names
  const groups = { ...tables, names: { before, refused }, numerals: { choice: numerals.choice } }
  return [
    ...Object.entries(groups).flatMap(([group, table]) =>
      Object.entries<readonly string[]>(table).flatMap(([name, list]) =>
        list.flatMap((pattern) =>
          problemsOf(pattern, { ...tables.fragments, hazard: tables.home.hazard }).map(
            (problem) => `${group}.${name}: ${problem}`,
          ),
        ),
      ),
    ),
    ...problemsOfFolds(fold),
    ...wrappers.filter((pair) => Array.from(pair).length !== 2).map((pair) => `wrappers: ${pair} is no pair`),
  ]
}

/** A character is folded once, to one that stays: otherwise normalising twice would change a text again. */
function problemsOfFolds(fold: readonly string[]): string[] {
  const pairs = fold.flatMap((line) => line.trim().split(/\s+/)).map((pair) => Array.from(pair))
  const folded = new Set(pairs.map(([from]) => from))
  return pairs.flatMap(([from, to, more]) => {
    if (to === undefined || more !== undefined) return `fold: ${from}${to ?? ''}${more ?? ''} is no pair`
    return folded.has(to) ? `fold: ${from} becomes ${to}, which becomes something else` : []
  })
}

function problemsOf(pattern: string, fragments: CompleteLexicon['fragments']): string[] {
  if (/\\[1-9]/.test(pattern))
    return ['a numbered back reference: name the group, its number changes among other patterns']
  const unknown = [...pattern.matchAll(fragmentName)].flatMap(([, name = '']) =>
    name === 'number' || fragments[name] ? [] : `there is no fragment {${name}}`,
  )
  try {
    new RegExp(pattern.replaceAll('{number}', '(?<number>x)').replace(fragmentName, '(?:x)'), 'u')
    return unknown
  } catch (error) {
    return [...unknown, error instanceof Error ? error.message : String(error)]
  }
}

const fragmentName = /\{([a-z][A-Za-z]*)\}/g

export function refuse(file: string, problems: readonly string[]) {
  if (problems.length > 0) throw new Error(`locales/${file}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}
