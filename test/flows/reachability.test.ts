import { describe, expect, test } from 'vitest'
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate'
import { advance, opening } from '../../flows/advance.ts'
import { type EnrolmentContext, enrolment, type ProfileUpdate } from '../../flows/enrolment/enrolment.machine.ts'
import { type HomeContext, home } from '../../flows/home/home.machine.ts'
import { reviewDesk } from '../../flows/review-desk/review-desk.machine.ts'
import {
  selfAssessment,
  type WalkContext,
  type WalkInput,
} from '../../flows/self-assessment/self-assessment.machine.ts'
import { blankSheet } from '../../src/checklist/rules.ts'
import { library } from '../checklists/support.ts'
import { deskEvents } from './desk-events.ts'
import { asSuccessor, enrolmentEvents, fits, wholeDraft } from './enrolment-moments.ts'
import { homeEvents } from './home-events.ts'
import { smallChecklist } from './small-checklist.ts'
import { walkEvents } from './walk-events.ts'

/** A conversation, and everything that can happen in it; what tells two of its moments apart. */
interface Walkable {
  readonly machine: AnyStateMachine
  /** Each begins one; without any it begins in one way. */
  readonly inputs?: readonly unknown[]
  readonly events: readonly AnyEventObject[]
  /** Where not all of them make sense everywhere. */
  readonly eventsAt?: (snapshot: AnyMachineSnapshot) => readonly AnyEventObject[]
  readonly distinguishedBy: (snapshot: AnyMachineSnapshot) => unknown
  /** Where every way can still lead to: one of them. */
  readonly goals: readonly string[]
}

const checklist = smallChecklist()
const firstWalk: WalkInput = { purpose: 'initial', sheet: blankSheet(checklist), comments: {}, drawn: [] }
/** A colleague was asked one of them. */
const oneQuestion: WalkInput = { ...firstWalk, only: { position: 1, askedBy: 'app:chen' } }
/** Both were answered in an earlier assessment. */
const again: WalkInput = { ...firstWalk, earlier: { assessmentId: 'a0', completedOn: '2026-11-24', sheet: 'CX' } }
const update: ProfileUpdate = { draft: wholeDraft, updating: 'walk' }

const flows: Readonly<Record<string, Walkable>> = {
  enrolment: {
    machine: enrolment(library),
    inputs: [undefined, update, asSuccessor],
    events: enrolmentEvents,
    eventsAt: (snapshot) => enrolmentEvents.filter((event) => fits(snapshot, event)),
    distinguishedBy: ({ context }) => toldApart(context),
    goals: ['enrolled'],
  },

  selfAssessment: {
    machine: selfAssessment({ checklist, minimumScore: 60 }),
    inputs: [firstWalk, oneQuestion, again],
    events: walkEvents,
    distinguishedBy: ({ value, context }) => [context.only !== null, guardedBy(JSON.stringify(value), context)],
    goals: ['submitted', 'helped'],
  },

  home: {
    machine: home,
    events: homeEvents,
    distinguishedBy: ({ context }) => {
      const { hazard, photo, objection } = context as HomeContext
      return [hazard, photo, objection !== null]
    },
    goals: ['resting'],
  },

  reviewDesk: { machine: reviewDesk, events: deskEvents, distinguishedBy: () => undefined, goals: ['atDesk'] },
}

/** What the guards read, where they read it. */
function guardedBy(state: string, { sheet, earlier, position, helped, photos, awaited, pausedAt }: WalkContext) {
  return [
    sheet,
    earlier?.sheet,
    position,
    (photos[0] ?? 0) > 0,
    awaited.length > 0,
    state.includes('inHand') && helped,
    state.includes('paused') && pausedAt,
  ]
}
const toldApart = ({ draft, group, correcting, changed, interrupted, invitation, updating }: EnrolmentContext) => [
  invitation?.to,
  updating,
  Object.keys(draft),
  group,
  correcting,
  changed,
  interrupted,
]

describe.for(Object.entries(flows))('%s', ([, walkable]) => {
  const { machine, inputs = [undefined], events, eventsAt = () => events, distinguishedBy, goals } = walkable
  const nameOf = (snapshot: AnyMachineSnapshot) => JSON.stringify([snapshot.value, distinguishedBy(snapshot)])
  const moments = everyMoment()

  test('every event of the list is one of the machine, and the other way round', () => {
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([...machine.events].sort())
  })

  test('every state can be reached', () => {
    const reached = new Set([...moments.values()].flatMap(({ state }) => nodesOf(state)))
    const missed = restingStates(machine.root).filter((node) => !reached.has(node))
    expect(missed.map(({ id }) => id)).toEqual([])
  })

  test('no state is a dead end', () => {
    const leading = new Set(
      [...moments]
        .filter(([, { state }]) => nodesOf(state).some(({ key }) => goals.includes(key)))
        .map(([name]) => name),
    )
    for (let before = 0; before < leading.size; ) {
      before = leading.size
      for (const [name, { next }] of moments) if ([...next].some((each) => leading.has(each))) leading.add(name)
    }
    expect([...moments.keys()].filter((name) => !leading.has(name))).toEqual([])
  })

  /** From every beginning, by every event. */
  function everyMoment(): ReadonlyMap<string, Moment> {
    const found = new Map<string, Moment>()
    const waiting = inputs.map((input) => opening(machine, input).snapshot as AnyMachineSnapshot)
    for (let state = waiting.pop(); state; state = waiting.pop()) {
      const name = nameOf(state)
      if (found.has(name)) continue
      const next = new Map<string, AnyMachineSnapshot>()
      if (state.status !== 'done')
        for (const event of eventsAt(state)) {
          const { snapshot }: { snapshot: AnyMachineSnapshot } = advance(machine, state, event)
          if (snapshot !== state) next.set(nameOf(snapshot), snapshot)
        }
      found.set(name, { state, next: new Set(next.keys()) })
      waiting.push(...[...next].filter(([each]) => !found.has(each)).map(([, snapshot]) => snapshot))
    }
    return found
  }
})

interface Moment {
  readonly state: AnyMachineSnapshot
  /** The names of what can come next. */
  readonly next: ReadonlySet<string>
}

/** The innermost states a snapshot is in. */
const nodesOf = (snapshot: AnyMachineSnapshot): AnyStateNode[] =>
  (snapshot._nodes as AnyStateNode[]).filter(({ type }) => type === 'atomic' || type === 'final')

/** The innermost states in which a conversation can come to rest. */
const restingStates = (node: AnyStateNode): AnyStateNode[] => {
  const children = Object.values(node.states)
  if (children.length > 0) return children.flatMap(restingStates)
  return node.always && node.always.length > 0 ? [] : [node]
}
