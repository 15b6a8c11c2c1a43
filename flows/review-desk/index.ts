import { type Flow, lifted, type SnapshotMigration } from '../flow.ts'
import { type ReviewDeskContext, reviewDesk } from './review-desk.machine.ts'
import { type DeskEvent, type DeskKnown, type DeskPlace, type DeskState, deskScreens, deskStanding } from './screens.ts'

export { reviewKeys } from './screens.ts'

const migrations: readonly SnapshotMigration[] = [
  /** v2: a regulator may be about to reject or revoke. */
  ({ value, context }) => ({ value, context: { ...context, refusal: null } }),
  /** v3: what is in hand has its round. What was in hand before is asked for anew, never decided blindly. */
  () => ({
    value: 'atDesk',
    context: { inHand: null, findings: [], refusal: null, showing: 'queue', problem: null },
  }),
]

export const reviewDeskFlow: Flow<ReviewDeskContext, DeskEvent, DeskKnown> = {
  name: 'reviewDesk',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: () => reviewDesk,
  screen: (place) => (isOutOfHand(place) ? deskScreens.atDesk(atQueue(place)) : rowOf(place.value)(place)),
  standing: deskStanding,
}

/** It is no business of theirs any more: they are no longer responsible for its district. */
const isOutOfHand = ({ context, known }: DeskPlace) => context.inHand !== null && known.inHand === null

const atQueue = (place: DeskPlace): DeskPlace => ({
  ...place,
  context: { ...place.context, inHand: null, problem: null, showing: 'queue' },
})

function rowOf(value: string): (place: DeskPlace) => ReturnType<(typeof deskScreens)[DeskState]> {
  if (!isDeskState(value)) throw new Error(`The desk has no screen for ${value}`)
  return deskScreens[value]
}

const isDeskState = (value: string): value is DeskState => value in deskScreens
