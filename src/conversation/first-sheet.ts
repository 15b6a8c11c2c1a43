import type { Checklist } from '../checklist/checklist.ts'
import { type AnswerSheet, itemsOf, type Mark } from '../checklist/rules.ts'
import { sheetOfAnswers } from '../checklist/sheet-of.ts'
import type { RecordedAnswer } from '../storage/answers.ts'

/**
 * What a re-check need not ask again: the same question in the same version, found in order last time, and no
 * part of any major hazard. What kills is looked at every year.
 */
export function carriedOver(
  checklist: Checklist,
  earlierRefs: readonly string[],
  earlier: readonly RecordedAnswer[],
): AnswerSheet {
  const known = new Set(earlierRefs)
  const deadly = new Set(
    checklist.hazards.filter(({ grade }) => grade === 'major').flatMap((criterion) => itemsOf(criterion)),
  )
  const unchanged = new Set(
    checklist.items.filter(({ id, ref }) => known.has(ref) && !deadly.has(id)).map(({ id }) => id),
  )
  return sheetOfAnswers(
    checklist,
    earlier.filter(({ itemId, mark }) => unchanged.has(itemId) && inOrder.has(mark)),
  )
}

const inOrder = new Set<Mark>(['conforming', 'notApplicable', 'rectified'])
