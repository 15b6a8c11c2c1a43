import { type Checklist, contradicted, type SiteFacts } from '../checklist/checklist.ts'
import { isConfirmable } from '../checklist/earlier-answers.ts'
import { deadlyItems } from '../checklist/photos.ts'
import { type AnswerSheet, isAsked, letters, type Mark, markAt } from '../checklist/rules.ts'
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
  const unchanged = idsOf(checklist, earlierRefs)
  const deadly = deadlyItems(checklist)
  return sheetOfAnswers(
    checklist,
    earlier.filter(({ itemId, mark }) => unchanged.has(itemId) && !deadly.has(itemId) && inOrder.has(mark)),
  )
}

/** The items that are asked now in the very version in which they were asked then. */
const idsOf = ({ items }: Checklist, earlierRefs: readonly string[]): ReadonlySet<string> => {
  const known = new Set(earlierRefs)
  return new Set(items.filter(({ ref }) => known.has(ref)).map(({ id }) => id))
}

const inOrder = new Set<Mark>(['conforming', 'notApplicable', 'rectified'])

/** An assessment that was carried to its end, as its record has it. */
export interface EarlierRecord {
  readonly refs: readonly string[]
  readonly answers: readonly RecordedAnswer[]
  /** Ids of the items that a regulator wrote on, or that a hazard is open of. */
  readonly remarked: ReadonlySet<string>
}

/**
 * What an owner who begins anew may be shown again: answers to the same question in the same version, to be confirmed,
 * and what was not in order, which is asked again in any case. What kills, what was remarked on and what the site
 * contradicts now is asked as if for the first time, and so is what was put right: whether it stayed so is not known.
 */
export function shownAgain(
  checklist: Checklist,
  site: SiteFacts,
  { refs, answers, remarked }: EarlierRecord,
): AnswerSheet {
  const unchanged = idsOf(checklist, refs)
  const then = sheetOfAnswers(checklist, answers)
  const kept = answers.filter(
    ({ itemId, mark }) =>
      unchanged.has(itemId) &&
      isAsked(checklist, then, checklist.positions.get(itemId) ?? -1) &&
      (isConfirmable(mark) ? !remarked.has(itemId) : mark === 'nonconforming'),
  )
  return stillConfirmable(checklist, site, sheetOfAnswers(checklist, kept))
}

/** The same where the site or the checklist has become another. */
export function stillConfirmable(checklist: Checklist, site: SiteFacts, sheet: AnswerSheet): AnswerSheet {
  const deadly = deadlyItems(checklist)
  return checklist.items
    .map((item, at) => {
      const mark = markAt(sheet, at)
      const isOff = deadly.has(item.id) || (mark === 'notApplicable' && contradicted(item, site) !== undefined)
      return isConfirmable(mark) && isOff ? letters.unanswered : letters[mark]
    })
    .join('')
}
