import { randomUUID } from 'node:crypto'
import { addDays, chinaDateOf } from '../calendar/dates.ts'
import type { ChecklistItem } from '../checklist/checklist.ts'
import { planRectification, policyOfEnterprise, type ReminderHouse } from '../reminders/index.ts'
import type { Trx } from '../storage/database.ts'
import {
  type Change,
  type Hazard,
  type HazardGrade,
  hazardById,
  insertHazard,
  newestHazardAt,
  updateHazard,
} from '../storage/hazards.ts'

/** A nonconforming item of a walk. */
export interface FoundHazard extends Change {
  readonly enterpriseId: string
  readonly assessmentId: string
  readonly item: Pick<ChecklistItem, 'id' | 'ref' | 'rectification'>
  readonly grade: HazardGrade
}

/**
 * Puts a hazard into the register, with the term the checklist proposes. What is open already goes on with the term it
 * has, in whichever assessment it is found again; what this assessment had settled is open again. Saying it twice
 * changes nothing.
 */
export async function noteHazard(trx: Trx, house: ReminderHouse, found: FoundHazard): Promise<Hazard> {
  const { enterpriseId, assessmentId, item, grade, at } = found
  const newest = await newestHazardAt(trx, { enterpriseId, itemId: item.id })
  if (newest?.state === 'open') {
    if (newest.grade === grade) return newest
    return changed(trx, house, newest, { ...newest, grade }, found)
  }
  if (newest && isSettledIn(newest, assessmentId))
    return changed(trx, house, newest, { ...newest, ...unsettled, grade }, found)

  const on = chinaDateOf(at)
  const hazard: Hazard = {
    ...unsettled,
    id: randomUUID(),
    enterpriseId,
    assessmentId,
    itemId: item.id,
    ref: item.ref,
    grade,
    measure: null,
    person: null,
    foundOn: on,
    dueOn: addDays(on, item.rectification.days),
  }
  await insertHazard(trx, hazard, found)
  await planRectification(trx, house, { enterpriseId, at })
  return hazard
}

/** What was accepted is over: found again, it is another hazard. */
const isSettledIn = ({ state, assessmentId, doneIn }: Hazard, assessment: string) =>
  (state === 'done' || state === 'withdrawn') && (assessmentId === assessment || doneIn === assessment)

const unsettled = {
  state: 'open',
  doneOn: null,
  doneIn: null,
  evidenceId: null,
  acceptedOn: null,
  acceptedBy: null,
} as const

/** One hazard of an enterprise, whose owner or regulator has something to say on it. */
export interface HazardNamed extends Change {
  readonly enterpriseId: string
  readonly hazardId: string
}

export type HazardOutcome =
  | { readonly type: 'ok'; readonly hazard: Hazard }
  /** It is not in the state in which that can be said of it. */
  | { readonly type: 'notSo'; readonly hazard: Hazard }
  /** The enterprise has no such hazard. */
  | { readonly type: 'unknown' }

/** It is put right, by word or with a photo; a photo that comes later is added. */
export async function hazardDone(
  trx: Trx,
  house: ReminderHouse,
  { evidenceId = null, assessmentId = null, ...named }: HazardNamed & DoneIn,
): Promise<HazardOutcome> {
  return whenKnown(trx, named, async (hazard) => {
    if (hazard.state === 'done' && evidenceId !== null)
      return { type: 'ok', hazard: await changed(trx, house, hazard, { ...hazard, evidenceId }, named) }
    if (hazard.state !== 'open') return { type: 'notSo', hazard }
    const doneOn = chinaDateOf(named.at)
    const done = { ...hazard, state: 'done', doneOn, doneIn: assessmentId, evidenceId } as const
    return { type: 'ok', hazard: await changed(trx, house, hazard, done, named) }
  })
}

interface DoneIn {
  readonly evidenceId?: string | null
  /** The assessment whose answer says so. */
  readonly assessmentId?: string | null
}

/** It was said to be done, and is not: the photo is lost, or it is denied. Its term stays. */
export const reopenHazard = (trx: Trx, house: ReminderHouse, named: HazardNamed): Promise<HazardOutcome> =>
  whenKnown(trx, named, async (hazard) => {
    if (hazard.state !== 'done') return { type: 'notSo', hazard }
    return { type: 'ok', hazard: await changed(trx, house, hazard, { ...hazard, ...unsettled }, named) }
  })

/**
 * An answer is taken back: what it had found is withdrawn, what it had settled is open again. What an earlier
 * assessment found stays open.
 */
export async function withdrawHazard(
  trx: Trx,
  house: ReminderHouse,
  { enterpriseId, assessmentId, itemId, isGone = false, ...change }: AnswerTakenBack,
): Promise<void> {
  const hazard = await newestHazardAt(trx, { enterpriseId, itemId })
  if (!hazard || hazard.state === 'accepted' || hazard.state === 'withdrawn') return
  if (hazard.assessmentId === assessmentId || (isGone && hazard.state === 'open')) {
    await changed(trx, house, hazard, { ...hazard, ...unsettled, state: 'withdrawn' }, change)
  } else if (hazard.doneIn === assessmentId) {
    await changed(trx, house, hazard, { ...hazard, ...unsettled }, change)
  }
}

export interface AnswerTakenBack extends Change {
  readonly enterpriseId: string
  readonly assessmentId: string
  readonly itemId: string
  /** What the item asks about is not there any more: then nothing is left to put right, whoever found it. */
  readonly isGone?: boolean
}

export type DueOutcome =
  | HazardOutcome
  | { readonly type: 'inThePast' }
  /** `latest`: ISO date that the policy still allows. */
  | { readonly type: 'tooLate'; readonly latest: string }

/** Sets another term, which stays until it is set again. */
export const setHazardDue = (
  trx: Trx,
  house: ReminderHouse,
  { dueOn, ...named }: HazardNamed & { readonly dueOn: string },
): Promise<DueOutcome> =>
  whenKnown<DueOutcome>(trx, named, async (hazard) => {
    if (hazard.state !== 'open') return { type: 'notSo', hazard }
    if (dueOn < chinaDateOf(named.at)) return { type: 'inThePast' }
    const { rectificationMaxDays } = await policyOfEnterprise(trx, house, named.enterpriseId)
    const latest = addDays(hazard.foundOn, rectificationMaxDays.value)
    if (dueOn > latest) return { type: 'tooLate', latest }
    return { type: 'ok', hazard: await changed(trx, house, hazard, { ...hazard, dueOn }, named) }
  })

/** Who puts it right; null: the person in charge. */
export const setHazardPerson = (
  trx: Trx,
  house: ReminderHouse,
  { person, ...named }: HazardNamed & { readonly person: string | null },
): Promise<HazardOutcome> => adjusted(trx, house, named, { person })

/** What is done about it; null: what the checklist advises. */
export const setHazardMeasure = (
  trx: Trx,
  house: ReminderHouse,
  { measure, ...named }: HazardNamed & { readonly measure: string | null },
): Promise<HazardOutcome> => adjusted(trx, house, named, { measure })

const adjusted = (
  trx: Trx,
  house: ReminderHouse,
  named: HazardNamed,
  adjustment: Partial<Pick<Hazard, 'person' | 'measure'>>,
): Promise<HazardOutcome> =>
  whenKnown(trx, named, async (hazard) => {
    if (hazard.state !== 'open') return { type: 'notSo', hazard }
    return { type: 'ok', hazard: await changed(trx, house, hazard, { ...hazard, ...adjustment }, named) }
  })

/** A regulator has seen that it is put right. Whether this one may is for the caller to know. */
export const acceptHazard = (
  trx: Trx,
  house: ReminderHouse,
  { regulator, at, ...named }: Omit<HazardNamed, 'by'> & { readonly regulator: string },
): Promise<HazardOutcome> =>
  whenKnown(trx, named, async (hazard) => {
    if (hazard.state !== 'done') return { type: 'notSo', hazard }
    const accepted = { ...hazard, state: 'accepted', acceptedOn: chinaDateOf(at), acceptedBy: regulator } as const
    const change = { by: `regulator:${regulator}`, at }
    return { type: 'ok', hazard: await changed(trx, house, hazard, accepted, change) }
  })

async function whenKnown<Outcome>(
  trx: Trx,
  named: Pick<HazardNamed, 'enterpriseId' | 'hazardId'>,
  then: (hazard: Hazard) => Promise<Outcome>,
): Promise<Outcome | { readonly type: 'unknown' }> {
  const hazard = await hazardById(trx, named)
  return hazard ? then(hazard) : { type: 'unknown' }
}

/** Stores the change, and lets the reminders follow it. */
async function changed(trx: Trx, house: ReminderHouse, before: Hazard, after: Hazard, change: Change): Promise<Hazard> {
  await updateHazard(trx, before, after, change)
  if (before.state !== after.state || before.dueOn !== after.dueOn)
    await planRectification(trx, house, { enterpriseId: before.enterpriseId, at: change.at })
  return after
}
