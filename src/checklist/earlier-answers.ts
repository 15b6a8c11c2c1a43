import type { Checklist } from './checklist.ts'
import { type AnswerSheet, isAsked, letters, type Mark, markAt, nextPosition } from './rules.ts'
import type { ElementId } from './schema.ts'

/** What was answered in an assessment that was carried to its end before, as far as it may be spoken of again. */
export interface EarlierAnswers {
  readonly assessmentId: string
  /** ISO date in China. */
  readonly completedOn: string
  /** Over the checklist as it is now: 符合 and 不涉及 are there to be confirmed, what was not in order to be told. */
  readonly sheet: AnswerSheet
}

/** A walk as far as it goes on from an earlier one. */
export interface GoingOn {
  readonly sheet: AnswerSheet
  readonly earlier: EarlierAnswers | null
}

export const isConfirmable = (mark: Mark) => mark === 'conforming' || mark === 'notApplicable'

/** As many answers as one reads through before saying that they still hold. */
const BATCH = 8

/** Answers of then that are still to be confirmed; a follow-up as if the answer that it hangs on held. */
export function confirmablePositions(checklist: Checklist, { sheet, earlier }: GoingOn): number[] {
  if (!earlier) return []
  const offered = checklist.items.flatMap((_, at) =>
    markAt(sheet, at) === 'unanswered' && isConfirmable(markAt(earlier.sheet, at)) ? [at] : [],
  )
  if (offered.length === 0) return []
  const there = new Set(offered)
  const asIfConfirmed = Array.from(sheet, (letter, at) =>
    there.has(at) ? (earlier.sheet[at] ?? letter) : letter,
  ).join('')
  return offered.filter((position) => isAsked(checklist, asIfConfirmed, position))
}

/** What is to be confirmed together before anything else is asked: of the section that comes next, in parts of even size. */
export function nextBatch(checklist: Checklist, walk: GoingOn): number[] {
  if (!walk.earlier) return []
  const element = elementAt(checklist, nextPosition(checklist, walk.sheet))
  const ofSection = confirmablePositions(checklist, walk).filter((each) => elementAt(checklist, each) === element)
  return ofSection.slice(0, Math.ceil(ofSection.length / batchesOf(ofSection.length)))
}

const batchesOf = (count: number) => Math.ceil(count / BATCH)

/** How often something is to be confirmed together. */
export function batchesLeft(checklist: Checklist, walk: GoingOn): number {
  const sizes = new Map<ElementId | undefined, number>()
  for (const position of confirmablePositions(checklist, walk)) {
    const element = elementAt(checklist, position)
    sizes.set(element, (sizes.get(element) ?? 0) + 1)
  }
  return [...sizes.values()].reduce((sum, size) => sum + batchesOf(size), 0)
}

/** Whether an answer of then stands in the sheet because it was confirmed; what was answered anew is forgotten there. */
export const hasConfirmed = ({ sheet, earlier }: GoingOn): boolean =>
  earlier !== null &&
  Array.from(sheet).some((letter, at) => isConfirmable(markAt(sheet, at)) && earlier.sheet[at] === letter)

/** What is asked anew is not spoken of any more. */
export const forgetting = (earlier: EarlierAnswers, positions: readonly number[]): EarlierAnswers => ({
  ...earlier,
  sheet: Array.from(earlier.sheet, (letter, at) => (positions.includes(at) ? letters.unanswered : letter)).join(''),
})

/** The positions of the section that one of its items is in. */
export const sectionAround = ({ items }: Checklist, position: number | undefined): number[] =>
  items.flatMap(({ element }, at) => (element === items[position ?? -1]?.element ? [at] : []))

const elementAt = ({ items }: Checklist, position: number | undefined) => items[position ?? -1]?.element
