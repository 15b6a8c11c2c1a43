import { chinaDateOf } from '../calendar/dates.ts'
import type { Checklist, ChecklistItem } from '../checklist/checklist.ts'
import { type AnswerSheet, isAsked, itemsOf, majorHazards, markAt } from '../checklist/rules.ts'
import type { ReminderHouse } from '../reminders/index.ts'
import { answersOf } from '../storage/answers.ts'
import type { Trx } from '../storage/database.ts'
import { evidenceOf } from '../storage/evidence.ts'
import { type Change, type Hazard, type HazardGrade, hazardsOf, newestHazardAt } from '../storage/hazards.ts'
import { hazardDone, noteHazard, withdrawHazard } from './register.ts'

/** A walk as it stands. */
export interface AnsweredSheet extends Change {
  readonly enterpriseId: string
  readonly assessmentId: string
  readonly checklist: Checklist
  readonly sheet: AnswerSheet
}

/**
 * What one answer, or its withdrawal, does to the register. A criterion that needs several items may come to hold or
 * cease to: the others of it change their grade.
 * @param walk after the answer
 * @param evidenceId the photo that shows it put right
 */
export async function hazardAnswered(
  trx: Trx,
  house: ReminderHouse,
  { position, evidenceId, ...walk }: AnsweredSheet & { readonly position: number; readonly evidenceId?: string },
): Promise<void> {
  const { checklist, sheet, enterpriseId } = walk
  const isFound = isAsked(checklist, sheet, position) && markAt(sheet, position) === 'nonconforming'
  const itemId = checklist.items[position]?.id ?? ''
  // Nearly every answer finds nothing where nothing was found before.
  if (!isFound && !(await newestHazardAt(trx, { enterpriseId, itemId }))) return

  const grade = gradesIn(checklist, sheet)
  await answered(trx, house, walk, { position, grade: grade(position), evidenceId })
  for (const other of sharingCriteria(checklist, position))
    if (isAsked(checklist, sheet, other) && markAt(sheet, other) === 'nonconforming')
      await answered(trx, house, walk, { position: other, grade: grade(other) })
}

/**
 * Brings the register in line with a whole sheet, when it is filed, whatever of it was noted before. What was put right
 * since its answer stays so, though the sheet still says what was found.
 */
export async function sheetAnswered(trx: Trx, house: ReminderHouse, walk: AnsweredSheet): Promise<void> {
  const { checklist, sheet, assessmentId, enterpriseId } = walk
  const grade = gradesIn(checklist, sheet)
  const photos = new Map(
    (await evidenceOf(trx, assessmentId))
      .filter(({ rectifies, picture }) => rectifies && picture.state !== 'lost')
      .map(({ itemId, id }) => [itemId, id]),
  )
  const answeredOn = new Map(
    (await answersOf(trx, assessmentId)).map(({ itemId, answeredAt }) => [itemId, chinaDateOf(new Date(answeredAt))]),
  )
  const newest = new Map((await hazardsOf(trx, enterpriseId)).map((hazard) => [hazard.itemId, hazard]))
  for (const [position, { id }] of checklist.items.entries()) {
    const mark = markAt(sheet, position)
    const hazard = newest.get(id)
    if (mark === 'unanswered' || (!hazard && mark !== 'nonconforming')) continue
    if (mark === 'nonconforming' && isSettledSince(hazard, answeredOn.get(id) ?? chinaDateOf(walk.at))) continue
    await answered(trx, house, walk, { position, grade: grade(position), evidenceId: photos.get(id) })
  }
}

const isSettledSince = (hazard: Hazard | undefined, answeredOn: string) =>
  (hazard?.state === 'done' || hazard?.state === 'accepted') && hazard.doneOn !== null && hazard.doneOn >= answeredOn

interface Answer {
  readonly position: number
  readonly grade: HazardGrade
  readonly evidenceId?: string | undefined
}

async function answered(trx: Trx, house: ReminderHouse, walk: AnsweredSheet, { position, grade, evidenceId }: Answer) {
  const { checklist, sheet, ...found } = walk
  const { enterpriseId } = walk
  const item = checklist.items[position] as ChecklistItem
  const mark = isAsked(checklist, sheet, position) ? markAt(sheet, position) : 'unanswered'
  switch (mark) {
    case 'nonconforming':
      await noteHazard(trx, house, { ...found, item, grade })
      return
    case 'conforming':
    case 'rectified': {
      const hazard = await newestHazardAt(trx, { enterpriseId, itemId: item.id })
      const photo = mark === 'rectified' && hazard?.evidenceId === null ? evidenceId : undefined
      if (hazard?.state === 'open' || (hazard?.state === 'done' && photo !== undefined))
        await hazardDone(trx, house, { ...found, hazardId: hazard.id, ...(photo && { evidenceId: photo }) })
      return
    }
    case 'notApplicable':
      return withdrawHazard(trx, house, { ...found, itemId: item.id, isGone: true })
    case 'unanswered':
      return withdrawHazard(trx, house, { ...found, itemId: item.id })
    case 'keptOpen':
    case 'stillUnclear':
      // Not being sure any more puts nothing right.
      return
  }
}

function gradesIn(checklist: Checklist, sheet: AnswerSheet): (position: number) => HazardGrade {
  const major = new Set(majorHazards(checklist, sheet).flatMap(({ positions }) => positions))
  return (position) => (major.has(position) ? 'major' : 'general')
}

/** The other items of the criteria an item belongs to. */
function sharingCriteria({ hazards, items, positions }: Checklist, position: number): number[] {
  const id = items[position]?.id ?? ''
  const shared = hazards.map(itemsOf).filter((ids) => ids.includes(id))
  return [...new Set(shared.flat())].flatMap((other) => (other === id ? [] : (positions.get(other) ?? [])))
}
