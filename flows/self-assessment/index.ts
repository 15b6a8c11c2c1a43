import type { Checklist } from '../../src/checklist/checklist.ts'
import { claimAnswered } from '../claim-keys.ts'
import { type Flow, lifted, type Place, type SnapshotMigration } from '../flow.ts'
import {
  helping,
  inEveryState,
  type WalkKnown,
  type WalkPlace,
  type WalkState,
  walkScreens,
  walkStanding,
  withCodes,
} from './screens.ts'
import { selfAssessment, type WalkContext, type WalkEvent } from './self-assessment.machine.ts'

const migrations: readonly SnapshotMigration[] = [
  /** v2: photos come at the end; what is asked back may be parts of a question; what was said may be corrected. */
  ({ value, context: { photographed, ...context } }) => ({
    value,
    context: {
      missing: [],
      correcting: null,
      change: null,
      justRectified: -1,
      lastPhoto: null,
      photos: {},
      drawn: [],
      putOff: [],
      section: 0,
      signerRole: 'contact',
      ...context,
    },
  }),
  /** v3: a colleague may answer a single item. */
  ({ value, context }) => ({ value, context: { only: null, ...context } }),
  /** v4: a language model may have proposed what was meant. */
  ({ value, context }) => ({ value, context: { proposal: null, ...context } }),
  /** v5: of several photos it is asked whether they show a hazard put right. */
  ({ value, context: { lastPhoto, ...context } }) => ({
    value,
    context: { proofs: idOf(lastPhoto), lastPhoto, ...context },
  }),
  /** v6: answers of an earlier assessment may be offered for confirmation. */
  ({ value, context }) => ({ value, context: { earlier: null, batch: [], ...context } }),
  /** v7: of what kills, not everything is photographed every time. */
  ({ value, context }) => ({ value, context: { spared: [], ...context } }),
]

const idOf = (photo: unknown) => (photo !== null && typeof photo === 'object' && 'id' in photo ? [photo.id] : [])

/** Building a machine costs a thousand steps of one, and a checklist object never changes. */
const machines = new WeakMap<Checklist, Map<number | null, ReturnType<typeof selfAssessment>>>()

function machineFor(checklist: Checklist, minimumScore: number | null) {
  const built = machines.get(checklist) ?? new Map<number | null, ReturnType<typeof selfAssessment>>()
  machines.set(checklist, built)
  const machine = built.get(minimumScore) ?? selfAssessment({ checklist, minimumScore })
  built.set(minimumScore, machine)
  return machine
}

export const selfAssessmentFlow: Flow<WalkContext, WalkEvent, WalkKnown> = {
  name: 'selfAssessment',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: ({ checklist, policy }) => {
    if (!checklist) throw new Error('A self-assessment needs its frozen checklist')
    return machineFor(checklist, policy.minimumScore.value)
  },
  screen: screenOf,
  standing: (key, place) => {
    const answered = claimAnswered(key)
    return answered ? { type: 'claim.answered', ...answered } : walkStanding(key, screenOf(place))
  },
  settled: ({ evidenceId, outcome }) => ({ type: 'evidence.settled', evidenceId, outcome }),
}

function screenOf({ checklist, ...place }: Place<WalkContext, WalkKnown>) {
  if (!checklist) throw new Error('A self-assessment needs its frozen checklist')
  const screen = withCodes(rowOf(place.value)({ ...place, checklist }))
  return inEveryState(place.context.only ? helping(screen) : screen)
}

function rowOf(value: string): (place: WalkPlace) => ReturnType<(typeof walkScreens)[WalkState]> {
  if (!isWalkState(value)) throw new Error(`A walk has no screen for ${value}`)
  return walkScreens[value]
}

const isWalkState = (value: string): value is WalkState => value in walkScreens
