import { describe, expect, test } from 'vitest'
import { raises } from '../../src/checklist/examples.ts'
import { library } from './support.ts'

/** Beside each clause stands what raises it, and the nearest that does not: in the checklists, where an inspector sees both. */
const criteria = [...library.published.values()]
  .flatMap(({ hazards }) => hazards)
  .filter(({ grade }) => grade === 'major')

describe.for(criteria.map((criterion) => [`${criterion.clause.clause} ${criterion.id}`, criterion] as const))(
  '%s',
  ([, criterion]) => {
    test.for(criterion.raisedBy.map((example) => [JSON.stringify(example), example] as const))(
      'is raised by %s',
      ([, example]) => expect(raises(library, criterion, example)).toBe(true),
    )
    test.for(criterion.notRaisedBy.map((example) => [JSON.stringify(example), example] as const))(
      'is not raised by %s',
      ([, example]) => expect(raises(library, criterion, example)).toBe(false),
    )
  },
)

test('whatever is put right in the meantime raises nothing any more', () => {
  for (const criterion of criteria)
    for (const example of criterion.raisedBy)
      expect(raises(library, criterion, { ...example, answers: {} })).toBe(false)
})
