import type { Config } from '../../config.ts'
import type { Content } from '../../content.ts'
import type { Database } from '../../storage/database.ts'

/** One thing an operator can ask for, such as `regulator add`. */
export interface Verb {
  readonly name: string
  /** What follows the name, such as `--userid ID --district CODE`. */
  readonly usage: string
  /** One line; further lines say what to know before. */
  readonly does: readonly string[]
  readonly options: readonly OptionName[]
  /** Whether one word may follow the name, must follow it, or none may. */
  readonly subject: 'none' | 'optional' | 'required'
  /** @throws AdminError when it cannot be done */
  run(request: Request): Promise<Answer>
}

export type OptionName = 'userid' | 'district' | 'role' | 'state' | 'limit' | 'force'

export interface Request {
  readonly config: Config
  /** Absolute. */
  readonly dataDir: string
  /** @throws ChecklistFileError */
  readonly content: () => Content
  /** Opened when first asked for, and closed afterwards. */
  readonly database: () => Promise<Database>
  readonly subject?: string
  readonly options: Readonly<Partial<Record<Exclude<OptionName, 'force'>, string>>> & { readonly force?: boolean }
}

export interface Answer {
  /** For a person. */
  readonly lines: readonly string[]
  /** The same for a program. */
  readonly json: unknown
  /** Not all that was asked for could be done. */
  readonly failed?: boolean
}

/** It cannot be done as asked, and the message says what to do instead. */
export class AdminError extends Error {
  override readonly name = 'AdminError'
}

/** A value that has to be given. */
export function needed(options: Request['options'], name: Exclude<OptionName, 'force'>): string {
  const value = options[name]
  if (value) return value
  throw new AdminError(`--${name} is missing`)
}

/** @throws AdminError when it is not one of the choices */
export function oneOf<T extends string>(name: OptionName, value: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === value)
  if (choice) return choice
  throw new AdminError(`--${name} ${value} is unknown; there are ${choices.join(', ')}`)
}

/** How many rows to show. */
export function limitIn({ limit }: Request['options'], usual = 100): number {
  if (limit === undefined) return usual
  if (/^[1-9]\d{0,8}$/.test(limit)) return Number(limit)
  throw new AdminError('--limit must be a number from 1')
}

/** Columns under each other. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), [])
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
