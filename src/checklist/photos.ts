import type { Checklist, ChecklistItem } from './checklist.ts'
import { type AnswerSheet, isAsked, itemsOf, markAt } from './rules.ts'

/** Photos as far as a walk knows of them, by position. */
export interface PhotoSheet {
  readonly sheet: AnswerSheet
  /** The sheet this walk began with: what was answered before it needs no photo now. */
  readonly firstSheet: AnswerSheet
  /** How many there are. */
  readonly photos: Readonly<Record<string, number>>
  /** Wanted although no major hazard hangs on them. */
  readonly drawn: readonly number[]
  /** Not wanted this time although a major hazard hangs on them: there would be more than a round takes. */
  readonly spared?: readonly number[]
  /** To be taken last. */
  readonly putOff: readonly number[]
}

/**
 * The items that lack the photo they must have before anything is filed, in the order of one round of the shop floor:
 * what belongs to one checklist is in one place. Whoever says 符合 where a major hazard hangs on it shows it; so it is
 * with what was drawn.
 */
export function missingPhotos(
  checklist: Checklist,
  { sheet, firstSheet, photos, drawn, spared, putOff }: PhotoSheet,
): number[] {
  const missing = photoRound(checklist, { drawn, spared }).filter(
    (position) =>
      !photos[String(position)] &&
      isAsked(checklist, sheet, position) &&
      markAt(sheet, position) === 'conforming' &&
      markAt(firstSheet, position) === 'unanswered',
  )
  return [...missing.filter((each) => !putOff.includes(each)), ...putOff.filter((each) => missing.includes(each))]
}

/** As many as may still be wanted: what has an answer that needs no photo, or has its photo, is done. */
export const photosToCome = (
  checklist: Checklist,
  { sheet, firstSheet, photos, drawn, spared }: Omit<PhotoSheet, 'putOff'>,
) =>
  photoRound(checklist, { drawn, spared }).filter(
    (position) =>
      !photos[String(position)] &&
      markAt(firstSheet, position) === 'unanswered' &&
      ['unanswered', 'keptOpen', 'conforming'].includes(markAt(sheet, position)),
  ).length

/** The items of which a photo is wanted if all of them conform: as many as there can be. */
export function photoRound(
  checklist: Checklist,
  { drawn, spared = [] }: { readonly drawn: readonly number[]; readonly spared?: readonly number[] | undefined },
): number[] {
  const kept = deadlyPositions(checklist).filter((position) => !spared.includes(position))
  const wanted = checklist.items.flatMap((_, position) =>
    kept.includes(position) || drawn.includes(position) ? [position] : [],
  )
  const places = [...new Set(wanted.map((position) => checklist.items[position]?.checklistId))]
  return places.flatMap((place) => wanted.filter((position) => checklist.items[position]?.checklistId === place))
}

/** Of a round: what is drawn beside what decides a major hazard, and what of that is left out. */
export interface PhotoDraw {
  readonly drawn: readonly number[]
  readonly spared: readonly number[]
}

/**
 * Draws the photos of a self-assessment.
 * @param lot a value for each position, which nobody can foresee and which is the same every time
 * @param drawnPhotos how many are wanted though no major hazard hangs on them
 * @param mostPhotos how many are wanted at most, all together
 */
export function photoDraw(
  checklist: Checklist,
  lot: (position: number) => string,
  { drawnPhotos, mostPhotos }: { readonly drawnPhotos: number; readonly mostPhotos: number },
): PhotoDraw {
  const byLot = (positions: readonly number[]) =>
    positions.map((position) => ({ position, lot: lot(position) })).sort((a, b) => (a.lot < b.lot ? -1 : 1))
  const inOrder = (lots: readonly { readonly position: number }[]) =>
    lots.map(({ position }) => position).sort((a, b) => a - b)
  const drawn = byLot(drawablePositions(checklist)).slice(0, drawnPhotos)
  const room = Math.max(0, mostPhotos - drawn.length)
  return { drawn: inOrder(drawn), spared: inOrder(byLot(deadlyPositions(checklist)).slice(room)) }
}

function deadlyPositions(checklist: Checklist): number[] {
  const deadly = deadlyItems(checklist)
  return checklist.items.flatMap((item, position) => (takesPhoto(item) && deadly.has(item.id) ? [position] : []))
}

/** The items of which some may be drawn. */
export function drawablePositions(checklist: Checklist): number[] {
  const deadly = deadlyItems(checklist)
  return checklist.items.flatMap((item, position) => (takesPhoto(item) && !deadly.has(item.id) ? [position] : []))
}

export const takesPhoto = ({ evidence }: Pick<ChecklistItem, 'evidence'>) =>
  evidence.kind === 'photo' || evidence.kind === 'cameraPhoto' || evidence.kind === 'document'

/** Ids of the items that decide a major hazard. */
export const deadlyItems = ({ hazards }: Checklist): ReadonlySet<string> =>
  new Set(hazards.filter(({ grade }) => grade === 'major').flatMap((criterion) => itemsOf(criterion)))

/** Half a minute for a photo, a quarter for a question, five seconds for an answer to be read and confirmed; never none. */
export const minutesFor = ({
  questions,
  toConfirm = 0,
  photos,
}: {
  readonly questions: number
  readonly toConfirm?: number
  readonly photos: number
}) => Math.max(1, Math.ceil(questions / 4 + toConfirm / 12 + photos / 2))
