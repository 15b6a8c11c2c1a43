import type { Patterns } from './lexicon.ts'

export type Fragments = Readonly<Record<string, Patterns>>

/** The source of one regular expression for any of the patterns, with every `{name}` put in; a fragment may name others. */
export function patternSource(patterns: Patterns, fragments: Fragments): string {
  if (patterns.length === 0) return '(?!)'
  return patterns
    .join('|')
    .replace(/\{([a-z][A-Za-z]*)\}/g, (_, name: string) => `(?:${patternSource(fragments[name] ?? [], fragments)})`)
}

export const within = (patterns: Patterns, fragments: Fragments) => new RegExp(patternSource(patterns, fragments), 'u')

export const whole = (patterns: Patterns, fragments: Fragments) =>
  new RegExp(`^(?:${patternSource(patterns, fragments)})$`, 'u')

/** Remembers what was compiled from a table of words, once for each. */
export function compiledOnce<Table extends object, Compiled>(compile: (table: Table) => Compiled) {
  const known = new WeakMap<Table, Compiled>()
  return (table: Table): Compiled => {
    const compiled = known.get(table) ?? compile(table)
    known.set(table, compiled)
    return compiled
  }
}
