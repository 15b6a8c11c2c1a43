import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { FileProblem, YamlFile } from './yaml-file.ts'

/**
 * What was published stays as it was: frozen lists name its items for years. `published.json` keeps a hash of every
 * published file, by its place. What only helps to understand an owner, or speaks to maintainers, may be bettered.
 */
export type Published = Readonly<Record<string, string>>

const publishedSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))
const FILE = 'published.json'

/** @throws Error when the file is there and is not a list of hashes */
export function readPublished(folder: URL): Published | undefined {
  const file = new URL(FILE, folder)
  return existsSync(file) ? publishedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** Adds what is new; what is there already stays, changed or not. Returns the places that were added. */
export function publish(folder: URL, files: readonly YamlFile<unknown>[]): string[] {
  const published = readPublished(folder) ?? {}
  const added = files.filter(({ file }) => published[file] === undefined)
  const all = { ...published, ...Object.fromEntries(added.map((file) => [file.file, hashOf(file)])) }
  const sorted = Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)))
  writeFileSync(new URL(FILE, folder), `${JSON.stringify(sorted, null, 2)}\n`)
  return added.map(({ file }) => file)
}

/** A folder without `published.json` has published nothing yet. */
export function publicationProblems(published: Published | undefined, files: readonly YamlFile<unknown>[]) {
  if (!published) return []
  const there = new Set(files.map(({ file }) => file))
  return [
    ...files.flatMap((file): FileProblem[] => {
      const hash = published[file.file]
      if (hash === hashOf(file)) return []
      return hash === undefined
        ? [file.problem([], 'unpublished', `It is not in ${FILE}: npm run checklists -- --publish`)]
        : [file.problem([], 'published', 'It was published and has changed: a revision is a new file')]
    }),
    ...Object.keys(published)
      .filter((file) => !there.has(file))
      .map((file): FileProblem => ({ file, line: 1, rule: 'published', message: 'It was published and is gone' })),
  ]
}

const hashOf = ({ written }: YamlFile<unknown>) =>
  createHash('sha256').update(JSON.stringify(written, withoutRemarks)).digest('hex')

const remarks = new Set(['hears', 'notes', 'raisedBy', 'notRaisedBy', 'sources'])
const withoutRemarks = (key: string, value: unknown) => (remarks.has(key) ? undefined : value)
