import { checklistOf, composedRefs, type SiteFacts } from './checklist.ts'
import type { ChecklistLibrary } from './library.ts'
import { blankSheet, majorHazards, withMark } from './rules.ts'
import type { HazardCriterion, HazardExample } from './schema.ts'

/** Long after every checklist of today: the newest ones. */
const NEWEST = '9999-12-31'

/** Whether an enterprise with these answers, and 符合 to all else, falls under a criterion; by the newest checklists. */
export function raises(library: ChecklistLibrary, { id }: HazardCriterion, example: HazardExample): boolean {
  const checklist = checklistOf(library, composedRefs(library, siteOf(example), NEWEST))
  const sheet = checklist.items.reduce(
    (each, item, position) => withMark(each, position, example.answers[item.id] ?? 'conforming'),
    blankSheet(checklist),
  )
  return majorHazards(checklist, sheet).some(({ criterion }) => criterion.id === id)
}

/** Ids of what an example answers though such an enterprise is not asked it. */
export function notAsked(library: ChecklistLibrary, example: HazardExample): string[] {
  const { positions } = checklistOf(library, composedRefs(library, siteOf(example), NEWEST))
  return Object.keys(example.answers).filter((id) => !positions.has(id))
}

/** What could be taken out of an example that raises a criterion, one thing at a time, and it would still raise it. */
export function needless(library: ChecklistLibrary, criterion: HazardCriterion, example: HazardExample): string[] {
  const answers = Object.keys(example.answers).filter((id) =>
    raises(library, criterion, {
      ...example,
      answers: Object.fromEntries(Object.entries(example.answers).filter(([each]) => each !== id)),
    }),
  )
  const facts = example.facts.filter((fact) =>
    raises(library, criterion, { ...example, facts: example.facts.filter((each) => each !== fact) }),
  )
  return [...answers, ...facts]
}

const siteOf = ({ industry, facts, headcount }: HazardExample): SiteFacts =>
  headcount === undefined ? { industry, facts } : { industry, facts, headcount }
