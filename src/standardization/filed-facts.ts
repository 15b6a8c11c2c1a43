import type { Checklist } from '../checklist/checklist.ts'
import {
  type AnswerSheet,
  generalHazards,
  type LedgerLine,
  ledgerOf,
  letters,
  majorHazards,
  scoreOf,
} from '../checklist/rules.ts'
import type { Policy } from '../policy/policy.ts'
import type { Application, FiledHazard, FiledLine } from '../storage/applications.ts'

export type FiledFacts = Pick<Application, 'score' | 'ledger' | 'hazards'>

export type Refusal =
  /** The walk itself is not fit to be filed. */
  | 'incomplete'
  | 'majorHazardOpen'
  | 'belowMinimum'
  /** What it was walked for has been settled otherwise meanwhile. */
  | 'alreadyRunning'
  | 'mustWait'
  | 'notReturned'
  | 'notListed'

/** It must not be filed as it stands. */
export class ApplicationRefusedError extends Error {
  override readonly name = 'ApplicationRefusedError'
  constructor(readonly reason: Refusal) {
    super(`The application is refused: ${reason}`)
  }
}

/**
 * What is kept of a filled sheet: the score with its ledger, and every hazard with what became of it.
 * @param excuses by item: the fact or missing thing that excuses it
 * @param dueOn by item: the ISO date by which what it found is put right, as the register has it; null: it is put right
 * @throws ApplicationRefusedError when something is unanswered, a major hazard is open or the score is too low
 */
export function filedFacts(checklist: Checklist, sheet: AnswerSheet, { policy, excuses, dueOn }: Given): FiledFacts {
  const ledger = ledgerOf(checklist, sheet)
  const { points } = scoreOf(ledger)
  const minimum = policy.minimumScore.value
  if (ledger.some(({ mark }) => mark === 'unanswered' || mark === 'keptOpen'))
    throw new ApplicationRefusedError('incomplete')
  if (majorHazards(checklist, sheet).length > 0) throw new ApplicationRefusedError('majorHazardOpen')
  if (minimum !== null && (points ?? 0) < minimum) throw new ApplicationRefusedError('belowMinimum')
  return {
    score: points,
    ledger: ledger.map((line) => filedLine(line, excuses)),
    hazards: [...rectifiedHazards(checklist, sheet), ...dueHazards(checklist, sheet, dueOn)],
  }
}

interface Given {
  readonly policy: Policy
  readonly excuses: ReadonlyMap<string, string>
  readonly dueOn: ReadonlyMap<string, string | null>
}

const filedLine = (line: LedgerLine, excuses: ReadonlyMap<string, string>): FiledLine => ({
  ref: line.item.ref,
  itemId: line.item.id,
  position: line.position,
  number: line.number,
  mark: line.mark,
  applicableWeight: line.applicableWeight,
  earnedWeight: line.earnedWeight,
  excusedBy: line.mark === 'notApplicable' ? (excuses.get(line.item.id) ?? null) : null,
})

/** What was put right before filing: the hazards there would be had it not been. */
function rectifiedHazards(checklist: Checklist, sheet: AnswerSheet): FiledHazard[] {
  const before = sheet.replaceAll(letters.rectified, letters.nonconforming)
  const numbers = numbersOf(checklist, sheet)
  const major = majorHazards(checklist, before).map(({ criterion, positions }): FiledHazard => {
    const { id, title, clause } = criterion
    return { id, grade: 'major', title, clause, numbers: positions.flatMap(numbers), dueOn: null }
  })
  const general = generalHazards(checklist, before)
    .filter(({ position }) => sheet[position] === letters.rectified)
    .map((line) => generalHazard(line, numbers(line.position), null))
  return [...major, ...general]
}

const dueHazards = (
  checklist: Checklist,
  sheet: AnswerSheet,
  dueOn: ReadonlyMap<string, string | null>,
): FiledHazard[] =>
  generalHazards(checklist, sheet).map((line) => {
    const day = dueOn.get(line.item.id)
    if (day === undefined) throw new Error(`The hazard at ${line.item.ref} is not in the register`)
    return generalHazard(line, [line.number], day)
  })

function generalHazard({ item }: LedgerLine, numbers: readonly number[], dueOn: string | null): FiledHazard {
  const [clause] = item.basis
  if (!clause) throw new Error(`The item ${item.ref} has no basis`)
  return { id: item.id, grade: 'general', title: item.question, clause, numbers, dueOn }
}

/** The number the owner saw of a position; none for what was not asked. */
function numbersOf(checklist: Checklist, sheet: AnswerSheet) {
  const ledger = ledgerOf(checklist, sheet)
  return (position: number) => ledger.filter((line) => line.position === position).map(({ number }) => number)
}
