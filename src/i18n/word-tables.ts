import { readFileSync } from 'node:fs'
import { load, YAMLException } from 'js-yaml'
import { z } from 'zod'
import type { Language } from './translator.ts'

/** Where the words are, with a slash at its end. */
export const localesFolder = new URL('../../locales/', import.meta.url)

/** Regular expressions over normalised text; `{name}` stands for a list among the fragments. */
export const patterns = z.array(z.string().min(1))
export const fragments = z.record(z.string().regex(/^[a-z][A-Za-z]*$/), patterns)

/**
 * A file of `locales/<language>/` of a given shape.
 * @throws Error that names the file and every place in it that is wrong
 */
export function readTable<Schema extends z.ZodType>(
  language: Language,
  name: string,
  schema: Schema,
  locales: URL,
): z.infer<Schema> {
  const file = `${language}/${name}`
  const parsed = schema.safeParse(readYaml(file, locales))
  if (parsed.success) return parsed.data
  throw new Error(`locales/${file}:\n${z.prettifyError(parsed.error)}`)
}

/**
 * What a file of `locales/` holds.
 * @throws Error that names the file when it is no YAML
 */
export function readYaml(file: string, locales = localesFolder): unknown {
  try {
    return load(readFileSync(new URL(file, locales), 'utf8'))
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw new Error(`locales/${file}:\n${error.message}`, { cause: error })
  }
}

/** @throws Error that names the file when there is anything to complain of */
export function refuse(file: string, problems: readonly string[]) {
  if (problems.length > 0) throw new Error(`locales/${file}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}

type Table = Readonly<Record<string, unknown>>
type Lists = Readonly<Record<string, readonly string[]>>

/** A language that extends another holds that one's words behind its own: lists grow, tables gain rows. */
export function extended(own: Table, base: Table): Table {
  const rows = Object.keys({ ...base, ...own }).map((name) => [name, grown(own[name], base[name])])
  return Object.fromEntries(rows)
}

function grown(own: unknown, base: unknown): unknown {
  if (own === undefined) return base
  if (Array.isArray(own) && Array.isArray(base)) return [...own, ...base]
  return isTable(own) && isTable(base) ? extended(own, base) : own
}

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Patterns that are no regular expressions, or name a fragment that is not there. */
export const problemsOfPatterns = (tables: Readonly<Record<string, Lists>>, known: Lists): string[] =>
  Object.entries(tables).flatMap(([group, table]) =>
    Object.entries(table).flatMap(([name, list]) =>
      list.flatMap((pattern) => problemsOf(pattern, known).map((problem) => `${group}.${name}: ${problem}`)),
    ),
  )

function problemsOf(pattern: string, known: Lists): string[] {
  if (/\\[1-9]/.test(pattern)) return ['a numbered back reference: name the group']
  const unknown = [...pattern.matchAll(fragmentName)].flatMap(([, name = '']) =>
    known[name] || name === 'fact' ? [] : [`there is no fragment {${name}}`],
  )
  try {
    new RegExp(pattern.replace(fragmentName, '(?:x)'), 'u')
    return unknown
  } catch (error) {
    return [...unknown, error instanceof Error ? error.message : String(error)]
  }
}

const fragmentName = /\{([a-z][A-Za-z]*)\}/g
