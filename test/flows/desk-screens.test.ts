import { describe, expect, test } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import { reviewDesk } from '../../flows/review-desk/review-desk.machine.ts'
import { type DeskKnown, deskScreens } from '../../flows/review-desk/screens.ts'
import { deskShell } from '../../src/conversation/shells/review-desk.ts'
import { deskEvents } from './desk-events.ts'
import { applicationInHand, claimWaiting, placeAt, waitingAs } from './desk-places.ts'
import { holdsTogether } from './table-of-screens.ts'

const machine: AnyStateMachine = reviewDesk

const states = Object.values(
  getAdjacencyMap(machine, {
    events: [...deskEvents],
    serializeState: ({ value, context }) => JSON.stringify([value, context]),
  }),
).map(({ state }) => state)

/** What is on record decides what may be offered. */
const desks: Readonly<Record<string, Partial<DeskKnown>>> = {
  'nothing waits': {},
  'one waits': { waiting: [waitingAs(1)], total: 1 },
  'one waits for somebody who only returns': { waiting: [waitingAs(1, false)], total: 1 },
  'somebody wants to join': { claim: claimWaiting, claims: 1 },
  'somebody wants to join without a licence': {
    waiting: [waitingAs(1)],
    total: 1,
    claim: { ...claimWaiting, evidenceId: null },
    claims: 2,
  },
  'some wait': { waiting: [waitingAs(1), waitingAs(2)], total: 2 },
  'more wait than are shown': { waiting: [1, 2, 3, 4, 5].map((number) => waitingAs(number)), total: 7 },
}

/** What became of what is in hand. */
const decided = { by: 'li', isOwn: false, on: '2026-11-23' }
const fates = [
  applicationInHand,
  { ...applicationInHand, state: 'announced', decided },
  { ...applicationInHand, state: 'announced', decided: { ...decided, isOwn: true } },
  null,
]

test('every row of the table is met', () => {
  expect([...new Set(states.map(({ value }) => String(value)))].sort()).toEqual(Object.keys(deskScreens).sort())
})

describe.for(Object.entries(desks))('%s', ([, known]) => {
  const moments = states.flatMap((state) =>
    (state.context.inHand ? fates : [null]).map((inHand) => ({
      state,
      place: placeAt(String(state.value), state.context, { ...known, inHand }),
    })),
  )
  holdsTogether(deskShell, moments)
})
