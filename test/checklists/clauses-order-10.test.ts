import { expect, test } from 'vitest'
import { itemsOf } from '../../src/checklist/rules.ts'
import { library } from './support.ts'

/** How many clauses each article of order 10 has: 64. */
const clausesOf: Readonly<Record<number, number>> = {
  3: 3,
  4: 8,
  5: 13,
  6: 8,
  7: 7,
  8: 7,
  9: 2,
  10: 2,
  11: 10,
  12: 2,
  13: 2,
}

const industryOf: Readonly<Record<string, readonly string[]>> = {
  4: ['metallurgy'],
  5: ['nonferrous'],
  6: ['building-materials'],
  7: ['machinery'],
  8: ['light-industry', 'lithium-battery'],
  9: ['textile'],
  10: ['tobacco'],
}

const checklists = [...library.published.values()]
const criteria = checklists.flatMap(({ hazards, items, kind }) =>
  hazards
    .filter(({ clause, grade }) => grade === 'major' && clause.document === 'mem-order-10')
    .map((criterion) => ({ criterion, items, kind })),
)
const rows = criteria.map((each) => [`${each.criterion.clause.clause} ${each.criterion.id}`, each] as const)

test.for(
  Object.entries(clausesOf).flatMap(([article, count]) =>
    Array.from({ length: count }, (_, index) => `${article}(${index + 1})`),
  ),
)('%s is judged by at least one item', (clause) => {
  const judging = criteria.filter(({ criterion }) => criterion.clause.clause === clause)
  expect(judging.flatMap(({ criterion }) => itemsOf(criterion))).not.toEqual([])
})

test.for(rows)('%s: a device that fails counts as missing', ([, { criterion, items }]) => {
  const judged = itemsOf(criterion)
  // A door that stands open takes no wall away: 9(1) is of the wall.
  const followUps = items.filter(
    ({ id, askWhen }) =>
      id !== 'heatSettingDoorsShut' && askWhen?.finding === 'conforming' && judged.includes(askWhen.item),
  )
  expect(followUps.map(({ id }) => id).filter((id) => !judged.includes(id))).toEqual([])
})

test.for(rows)('%s: its items cite the clause, or article 14', ([, { criterion, items }]) => {
  const citing = items.filter(({ basis }) =>
    basis.some(
      ({ document, clause }) => document === 'mem-order-10' && [criterion.clause.clause, '第十四条'].includes(clause),
    ),
  )
  expect(itemsOf(criterion).filter((id) => !citing.some((item) => item.id === id))).toEqual([])
})

test.for(rows.filter(([, { kind }]) => kind !== 'industry'))(
  '%s: binds the industry it speaks of',
  ([, { criterion }]) => {
    const [article = ''] = criterion.clause.clause.split('(')
    const spokenOf = industryOf[article]
    if (spokenOf) expect(spokenOf).toEqual(expect.arrayContaining([...(criterion.industries ?? ['everybody'])]))
    else expect(criterion.industries).toBeUndefined()
  },
)
