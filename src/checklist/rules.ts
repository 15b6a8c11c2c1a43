import type { Checklist, ChecklistItem } from './checklist.ts'
import { type ElementId, elements, type HazardCriterion } from './schema.ts'

/** What an answer says of an item. */
export type Finding = 'conforming' | 'nonconforming' | 'notApplicable'

/**
 * One letter per item of the frozen checklist, like the sheet a pupil fills in, so that a snapshot stays
 * small however long the checklist is. The full record with evidence is in the stored answers.
 */
export type AnswerSheet = string

export const letters = {
  conforming: 'C',
  nonconforming: 'N',
  notApplicable: 'X',
  /** Was nonconforming, put right with evidence: counts as conforming. */
  rectified: 'R',
  /** 不清楚: comes back at the end. */
  keptOpen: '?',
  /** Still unclear after coming back; never counts as conforming. */
  stillUnclear: '!',
  unanswered: '.',
} as const

export type Letter = (typeof letters)[keyof typeof letters]
export type Mark = keyof typeof letters

const marks = new Map<string, Mark>(Object.entries(letters).map(([mark, letter]) => [letter, mark as Mark]))

export const blankSheet = ({ items }: Checklist): AnswerSheet => letters.unanswered.repeat(items.length)

export const markAt = (sheet: AnswerSheet, position: number): Mark => marks.get(sheet[position] ?? '') ?? 'unanswered'

export const withMark = (sheet: AnswerSheet, position: number, mark: Mark): AnswerSheet =>
  sheet.slice(0, position) + letters[mark] + sheet.slice(position + 1)

const conforms = (mark: Mark) => mark === 'conforming' || mark === 'rectified'

/** An answer that a later correction made irrelevant no longer counts: every rule below asks this first. */
export function isAsked({ items, positions }: Checklist, sheet: AnswerSheet, position: number): boolean {
  const askWhen = items[position]?.askWhen
  if (!askWhen) return items[position] !== undefined
  const mark = markAt(sheet, positions.get(askWhen.item) ?? -1)
  return askWhen.finding === 'conforming' ? conforms(mark) : mark === askWhen.finding
}

/** First what was never answered, in order; then what was kept open. */
export function nextPosition(checklist: Checklist, sheet: AnswerSheet): number | undefined {
  return firstWith(checklist, sheet, 'unanswered') ?? firstWith(checklist, sheet, 'keptOpen')
}

function firstWith(checklist: Checklist, sheet: AnswerSheet, mark: Mark): number | undefined {
  const letter = letters[mark]
  for (let position = sheet.indexOf(letter); position !== -1; position = sheet.indexOf(letter, position + 1))
    if (isAsked(checklist, sheet, position)) return position
  return undefined
}

/** Positions of the items that apply as things stand, in order. */
export const askedPositions = (checklist: Checklist, sheet: AnswerSheet): number[] =>
  checklist.items.flatMap((_, position) => (isAsked(checklist, sheet, position) ? [position] : []))

/** The number the owner sees, from 1: the same for as long as the checklist is, whatever is answered. */
export const numberOf = (position: number) => position + 1

/** One line of the ledger that makes the score. */
export interface LedgerLine {
  readonly item: ChecklistItem
  readonly position: number
  /** The number the owner sees. */
  readonly number: number
  readonly mark: Mark
  /** 0 for what does not apply. */
  readonly applicableWeight: number
  readonly earnedWeight: number
}

/** What does not apply leaves numerator and denominator alike; what is unclear earns nothing. */
export function ledgerOf(checklist: Checklist, sheet: AnswerSheet): LedgerLine[] {
  return askedPositions(checklist, sheet).map((position) => {
    const item = checklist.items[position] as ChecklistItem
    const mark = markAt(sheet, position)
    const applicableWeight = mark === 'notApplicable' ? 0 : item.weight
    return {
      item,
      position,
      number: numberOf(position),
      mark,
      applicableWeight,
      earnedWeight: conforms(mark) ? item.weight : 0,
    }
  })
}

export interface Score {
  /** 0 to 100, one decimal place; null while nothing applicable was answered. */
  readonly points: number | null
  readonly conforming: number
  readonly nonconforming: number
  readonly notApplicable: number
  readonly unclear: number
  readonly unanswered: number
}

/** So many answers make a score that means something. */
export const ENOUGH_FOR_A_SCORE = 10

/** The score of what has been answered so far; what is unanswered or kept open for later does not count yet. */
export function scoreOf(ledger: readonly LedgerLine[]): Score {
  const counted = ledger.filter(({ mark }) => mark !== 'unanswered' && mark !== 'keptOpen')
  const applicable = sum(counted.map((line) => line.applicableWeight))
  const earned = sum(counted.map((line) => line.earnedWeight))
  const count = (wanted: (mark: Mark) => boolean) => ledger.filter(({ mark }) => wanted(mark)).length
  return {
    points: applicable === 0 ? null : Math.round((earned / applicable) * 1000) / 10,
    conforming: count(conforms),
    nonconforming: count((mark) => mark === 'nonconforming'),
    notApplicable: count((mark) => mark === 'notApplicable'),
    unclear: count((mark) => mark === 'keptOpen' || mark === 'stillUnclear'),
    unanswered: count((mark) => mark === 'unanswered'),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** A major hazard as the answers stand. */
export interface MajorHazard {
  readonly criterion: HazardCriterion
  /** The items that make it, nonconforming or not yet clear. */
  readonly positions: readonly number[]
  /** False while it rests on an item that is still unclear: it blocks all the same. */
  readonly certain: boolean
}

/** The clause's own 并且 and 或者, and nothing else. */
export function majorHazards(checklist: Checklist, sheet: AnswerSheet): MajorHazard[] {
  const markOf = (itemId: string): Mark => {
    const position = checklist.positions.get(itemId)
    return position !== undefined && isAsked(checklist, sheet, position) ? markAt(sheet, position) : 'notApplicable'
  }
  const failsCertainly = (itemId: string) => markOf(itemId) === 'nonconforming'
  const failsPerhaps = (itemId: string) => ['nonconforming', 'keptOpen', 'stillUnclear'].includes(markOf(itemId))

  return checklist.hazards.flatMap((criterion) => {
    if (criterion.grade !== 'major' || !holds(criterion, failsPerhaps)) return []
    return {
      criterion,
      positions: itemsOf(criterion)
        .filter(failsPerhaps)
        .map((itemId) => checklist.positions.get(itemId) ?? -1),
      certain: holds(criterion, failsCertainly),
    }
  })
}

const holds = ({ when }: HazardCriterion, fails: (itemId: string) => boolean) =>
  'allOf' in when ? when.allOf.every(fails) : when.anyOf.some(fails)

export const itemsOf = ({ when }: HazardCriterion) => ('allOf' in when ? when.allOf : when.anyOf)

/** Nonconforming items that no major hazard accounts for: each is a general hazard to be rectified in its term. */
export function generalHazards(checklist: Checklist, sheet: AnswerSheet): LedgerLine[] {
  const inMajor = new Set(majorHazards(checklist, sheet).flatMap(({ positions }) => positions))
  return ledgerOf(checklist, sheet).filter(({ mark, position }) => mark === 'nonconforming' && !inMajor.has(position))
}

/** How far the walk is. The total is what it was from the start: a follow-up counts although it may not come. */
export function progressOf(checklist: Checklist, sheet: AnswerSheet, position: number) {
  const left = checklist.items.filter((_, each) => isLeft(checklist, sheet, each)).length
  return { number: numberOf(position), total: checklist.items.length, left }
}

/** To be answered still; or, where that hangs on an item which is, perhaps. */
function isLeft(checklist: Checklist, sheet: AnswerSheet, position: number): boolean {
  if (!isOpen(markAt(sheet, position))) return false
  const askWhen = checklist.items[position]?.askWhen
  const decides = askWhen && checklist.positions.get(askWhen.item)
  return isAsked(checklist, sheet, position) || (decides !== undefined && isOpen(markAt(sheet, decides)))
}

const isOpen = (mark: Mark) => mark === 'unanswered' || mark === 'keptOpen'

/** Asked items of one element, with how they were answered. */
export const sectionOf = (checklist: Checklist, sheet: AnswerSheet, element: ElementId) =>
  ledgerOf(checklist, sheet).filter(({ item }) => item.element === element)

/** The elements of which something is asked, in order, with their lines. */
export const sectionsOf = (checklist: Checklist, sheet: AnswerSheet): { element: ElementId; lines: LedgerLine[] }[] =>
  elements
    .map((element) => ({ element, lines: sectionOf(checklist, sheet, element) }))
    .filter(({ lines }) => lines.length > 0)
