import { z } from 'zod'
import type { Language } from './translator.ts'
import { extended, fragments, localesFolder, patterns, problemsOfPatterns, readTable, refuse } from './word-tables.ts'

const lists = <Name extends string>(...names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, patterns])) as Record<Name, typeof patterns>)

const facts = z.record(z.string(), z.array(z.string().min(1)).min(1))

const changesSchema = z.strictObject({
  fragments,
  names: facts,
  facts: lists('gained', 'lost', 'has', 'lacks', 'perhapsLost'),
  instead: z.array(z.strictObject({ said: patterns, removed: z.array(z.string()).min(1) })),
  never: patterns,
  aside: patterns,
  goesWith: facts,
  askWhenGained: facts,
  askWhenLost: facts,
  particulars: lists('uscc', 'name', 'district', 'industry', 'headcount', 'contact', 'phone', 'facts', 'all'),
  requests: lists(
    'withdraw',
    'closing',
    'objection',
    'handOver',
    'seeClaims',
    'seeAnswers',
    'seeHazards',
    'report',
    'muteReminders',
    'unmuteReminders',
    'deleteData',
  ),
})

/** The words for changes at an enterprise and for wishes. */
export type Changes = z.infer<typeof changesSchema>

/** As a file may be: a language that extends another says only what is its own. */
const fileSchema = z.looseObject({ extends: z.enum(['zh-CN']).optional() })

/**
 * The words of `locales/<language>/changes.yaml`.
 * @param locales with a slash at its end
 * @throws Error that names the file and every place in it that is wrong
 */
export function readChanges(language: Language, locales = localesFolder): Changes {
  const { extends: base, ...own } = readTable(language, FILE, fileSchema, locales)
  const complete = changesSchema.safeParse(base ? extended(own, readChanges(base, locales)) : own)
  if (!complete.success) throw new Error(`locales/${language}/${FILE}:\n${z.prettifyError(complete.error)}`)

  const { facts, particulars, requests, never, aside, instead } = complete.data
  const said = instead.flatMap((each) => each.said)
  const tables = { facts, particulars, requests, others: { never, aside, instead: said } }
  refuse(
    `${language}/${FILE}`,
    problemsOfPatterns({ ...tables, fragments: complete.data.fragments }, complete.data.fragments),
  )
  return complete.data
}

/** Facts that the words name and no site profile has. */
export const unknownFacts = (changes: Changes, known: ReadonlySet<string>): string[] => {
  const tables = [changes.names, changes.goesWith, changes.askWhenGained, changes.askWhenLost]
  const named = [
    ...tables.flatMap((table) => [
      ...Object.keys(table),
      ...(table === changes.names ? [] : Object.values(table).flat()),
    ]),
    ...changes.instead.flatMap(({ removed }) => removed),
  ]
  return [...new Set(named)].filter((fact) => !known.has(fact))
}

const FILE = 'changes.yaml'
