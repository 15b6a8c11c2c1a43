import { readFileSync } from 'node:fs'
import { isMap, isPair, LineCounter, parseDocument } from 'yaml'
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
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const problem = (path: Path, rule: string, message: string): FileProblem => {
    return { file, line: lines.linePos(offsetOf(document.contents, path)).line, rule, message }
  }

  for (const { pos, message } of document.errors) {
    const said = message.replace(/ at line \d+, column \d+:[\s\S]*/, '')
    problems.push({ file, line: lines.linePos(pos[0]).line, rule: 'yaml', message: said })
  }
  if (document.errors.length > 0) return undefined

  const written: unknown = document.toJS()
  const parsed = schema.safeParse(written)
  if (parsed.success) return { file, data: parsed.data, written, problem }
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

/** Where the deepest part of the path that exists begins: the key in a map, the value in a list. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents
  let offset = startOf(node) ?? 0
  for (const step of path) {
    const next = childOf(node, step)
    if (next === undefined) break
    offset = startOf(isPair(next) ? next.key : next) ?? offset
    node = isPair(next) ? next.value : next
  }
  return offset
}

function childOf(node: unknown, step: PropertyKey): unknown {
  if (isMap(node)) return node.items.find(({ key }) => String(key) === String(step))
  return hasItems(node) ? node.items[Number(step)] : undefined
}

const hasItems = (node: unknown): node is { items: unknown[] } =>
  typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items)

const startOf = (node: unknown): number | undefined =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : undefined
