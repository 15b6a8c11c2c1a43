import type { Checklist } from './checklist.ts'
import { type AnswerSheet, blankSheet, type Mark, withMark } from './rules.ts'

/** The sheet that recorded answers make. */
export const sheetOfAnswers = (
  checklist: Checklist,
  answers: readonly { readonly itemId: string; readonly mark: Mark }[],
): AnswerSheet =>
  answers.reduce((sheet, { itemId, mark }) => {
    const position = checklist.positions.get(itemId)
    return position === undefined ? sheet : withMark(sheet, position, mark)
  }, blankSheet(checklist))
