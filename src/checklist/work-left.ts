import type { Checklist } from './checklist.ts'
import { batchesLeft, confirmablePositions, type GoingOn } from './earlier-answers.ts'
import { minutesFor, type PhotoSheet, photosToCome } from './photos.ts'
import { progressOf } from './rules.ts'

/** All that may still be asked of an owner: as much as it can be, and never more. */
export interface WorkLeft {
  /** Questions in all. */
  readonly left: number
  /** Of these, answers of an earlier time that only need a yes; the rest is asked one by one. */
  readonly toConfirm: number
  readonly oneByOne: number
  /** How often some of them are confirmed together. */
  readonly batches: number
  readonly photos: number
  readonly minutes: number
}

export function workLeft(checklist: Checklist, walk: GoingOn & Omit<PhotoSheet, 'putOff'>): WorkLeft {
  const { left } = progressOf(checklist, walk.sheet, -1)
  const toConfirm = confirmablePositions(checklist, walk).length
  const oneByOne = left - toConfirm
  const photos = photosToCome(checklist, walk)
  return {
    left,
    toConfirm,
    oneByOne,
    batches: batchesLeft(checklist, walk),
    photos,
    minutes: minutesFor({ questions: oneByOne, toConfirm, photos }),
  }
}
