import { readFileSync } from 'node:fs'
import { EVENT_ID, type Event, getScalarValue, load, parseEvents, YAMLException } from 'js-yaml'
import type { z } from 'zod'

/** One thing that is wrong in a data file, with everything a person needs to put it right. */
export interface FileProblem {
  /** Relative to the folder that was loaded. */
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly rule: string
  readonly message: string
}

/** A YAML file of the right shape, which still knows where everything stands. */
export interface YamlFile<T> {
  readonly file: string
  readonly data: T
  /** As it was written, before defaults. */
  readonly written: unknown
  readonly problem: (path: Path, rule: string, message: string) => FileProblem
}

type Path = readonly PropertyKey[]

/** The program refuses to start with a broken data file, and says all that is wrong at once. */
export class ChecklistFileError extends Error {
  override readonly name = 'ChecklistFileError'
  constructor(readonly problems: readonly FileProblem[]) {
    super(problems.map(({ file, line, rule, message }) => `${file}:${line} [${rule}] ${message}`).join('\n'))
  }
}

/**
 * Reads one YAML file of a given shape. What is wrong goes to `problems`; then nothing is returned.
 * Never throws for what is in the file.
 */
export function yamlFile<T>(
  folder: URL,
  file: string,
  schema: z.ZodType<T>,
  problems: FileProblem[],
): YamlFile<T> | undefined {
  const text = textOf(folder, file)
  if (text === undefined) {
    problems.push({ file, line: 1, rule: 'missing', message: 'The file is missing or cannot be read' })
    return undefined
  }
  let content: unknown
  try {
    content = load(text)
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    problems.push({ file, line: (error.mark?.line ?? 0) + 1, rule: 'yaml', message: error.reason })
    return undefined
  }
  const problem = (path: Path, rule: string, message: string): FileProblem => {
    return { file, line: lineOf(text, startOf(text, path)), rule, message }
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return { file, data: parsed.data, written: content, problem }
  problems.push(...parsed.error.issues.map((issue) => problem(pathOf(issue), 'shape', sentenceOf(issue))))
  return undefined
}

function textOf(folder: URL, file: string): string | undefined {
  try {
    return readFileSync(new URL(file, folder), 'utf8')
  } catch {
    return undefined
  }
}

/** A key too many is shown where it stands. */
const pathOf = (issue: z.core.$ZodIssue): Path =>
  issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path

const sentenceOf = ({ path, message }: z.core.$ZodIssue) =>
  path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length

/** Where the deepest part of the path that exists begins: the key in a map, the value in a list. */
function startOf(text: string, path: Path): number {
  let place = placesIn(text)
  let start = place.start
  for (const step of path) {
    const next = place.inner.get(String(step))
    if (!next) break
    // Nothing stands where a value is left out.
    start = next.start < 0 ? start : next.start
    place = next
  }
  return start
}

interface Place {
  readonly start: number
  /** Of a map by key, of a list by number. */
  readonly inner: ReadonlyMap<string, Place>
}

/** Read once more, for this is wanted only where something is wrong. */
function placesIn(text: string): Place {
  const events = parseEvents(text, {}).filter(({ type }) => type !== EVENT_ID.DOCUMENT)
  let read = 0
  const isNext = (type: Event['type']) => events[read]?.type === type

  function place(): Place {
    const event = events[read++]
    const inner = new Map<string, Place>()
    if (event?.type === EVENT_ID.SCALAR) return { start: event.valueStart, inner }
    if (event?.type === EVENT_ID.SEQUENCE) while (!isNext(EVENT_ID.POP)) inner.set(String(inner.size), place())
    if (event?.type === EVENT_ID.MAPPING)
      while (!isNext(EVENT_ID.POP)) {
        const key = events[read]
        const { start } = place()
        inner.set(key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : '', { ...place(), start })
      }
    if (isNext(EVENT_ID.POP)) read++
    return { start: event && 'start' in event ? event.start : 0, inner }
  }
  return place()
}
