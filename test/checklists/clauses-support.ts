import { expect, test } from 'vitest'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { blankSheet, type Mark, majorHazards, withMark } from '../../src/checklist/rules.ts'
import { library, today } from './support.ts'

/** What happens, the industry, its facts, the answers other than 符合, and the clauses of order 10 that must be raised. */
type ClauseRow = readonly [
  what: string,
  industry: string,
  facts: readonly string[],
  marks: Readonly<Record<string, Mark>>,
  clauses: readonly string[],
]

/** One test per row: exactly the named clauses are raised, no other one, and none by conforming answers. */
export const testClauses = (rows: readonly ClauseRow[]) =>
  test.for(rows.map((row) => [row[0], row] as const))('%s', ([, [, industry, facts, marks, clauses]]) => {
    expect(raisedClauses({ industry, facts }, {})).toEqual([])
    expect(raisedClauses({ industry, facts }, marks)).toEqual([...clauses].sort())
  })

export const wrong = (itemId: string): Readonly<Record<string, Mark>> => ({ [itemId]: 'nonconforming' })

/**
 * Numbers of the clauses of order 10 that answers raise, sorted; every item that is not named conforms.
 * @throws Error when a named item is not on the enterprise's checklist
 */
function raisedClauses(
  site: { readonly industry: string; readonly facts: readonly string[] },
  marks: Readonly<Record<string, Mark>>,
): string[] {
  const checklist = checklistOf(library, composedRefs(library, site, today))
  const strangers = Object.keys(marks).filter((itemId) => !checklist.positions.has(itemId))
  if (strangers.length > 0) throw new Error(`Not on this checklist: ${strangers.join(', ')}`)

  const sheet = checklist.items.reduce(
    (each, { id }, position) => withMark(each, position, marks[id] ?? 'conforming'),
    blankSheet(checklist),
  )
  const clauses = majorHazards(checklist, sheet)
    .map(({ criterion }) => criterion.clause)
    .filter(({ document }) => document === 'mem-order-10')
  return [...new Set(clauses.map(({ clause }) => clause))].sort()
}
