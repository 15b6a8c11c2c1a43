import { describe, expect, test } from 'vitest'
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import { enrolment } from '../../flows/enrolment/enrolment.machine.ts'
import { home } from '../../flows/home/home.machine.ts'
import { reviewDesk } from '../../flows/review-desk/review-desk.machine.ts'
import { selfAssessment, type WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import { type Checklist, checklistOf } from '../../src/checklist/checklist.ts'
import { blankSheet } from '../../src/checklist/rules.ts'
import { library } from '../checklists/support.ts'
import { deskEvents } from './desk-events.ts'
import { enrolmentEvents } from './enrolment-moments.ts'

/** A conversation, and everything that can happen in it; what tells two of its moments apart. */
interface Walkable {
  readonly machine: AnyStateMachine
  readonly input?: unknown
  readonly events: readonly AnyEventObject[]
  readonly distinguishedBy: (snapshot: AnyMachineSnapshot) => unknown
  /** Where every way can still lead to. */
  readonly goal: string
}

const flows: Readonly<Record<string, Walkable>> = {
  enrolment: {
    machine: enrolment(library),
    events: enrolmentEvents,
    distinguishedBy: ({ context: { group, correcting, changed, interrupted } }) => [
      group,
      correcting,
      changed,
      interrupted,
    ],
    goal: 'enrolled',
  },

  selfAssessment: walk(),

  home: {
    machine: home,
    events: [
      { type: 'walk.begun', beginning: 'recheck' },
      { type: 'beginning.unavailable', beginning: 'renewal' },
      { type: 'reminder.snoozed', applicationId: 'a1' },
      { type: 'amendment.postponed' },
      { type: 'status.asked' },
      { type: 'answers.asked' },
      { type: 'prompt.repeated' },
    ],
    distinguishedBy: () => undefined,
    goal: 'resting',
  },

  reviewDesk: {
    machine: reviewDesk,
    events: deskEvents,
    distinguishedBy: () => undefined,
    goal: 'atDesk',
  },
}

function walk(): Walkable {
  const checklist = smallChecklist()
  return {
    machine: selfAssessment({ checklist, minimumScore: 60 }),
    input: { purpose: 'initial', sheet: blankSheet(checklist), comments: {} },
    events: [
      { type: 'answer.conforming' },
      { type: 'answer.nonconforming' },
      { type: 'answer.notApplicable' },
      { type: 'answer.unclear' },
      { type: 'answer.suspected', finding: 'conforming' },
      { type: 'answer.notUnderstood', text: '?' },
      { type: 'answer.reconsidered' },
      { type: 'absence.confirmed' },
      { type: 'item.skipped' },
      { type: 'item.back' },
      { type: 'item.explained' },
      { type: 'item.basisAsked' },
      { type: 'item.chosen', number: 1 },
      { type: 'item.chosen', number: 99 },
      { type: 'photo.received', evidenceId: 'p1', mediaId: 'm1' },
      { type: 'photo.postponed' },
      { type: 'rectification.begun' },
      { type: 'rectification.deferred' },
      { type: 'evidence.settled', evidenceId: 'p1', outcome: 'stored' },
      { type: 'evidence.settled', evidenceId: 'p1', outcome: 'lost' },
      { type: 'progress.asked' },
      { type: 'answers.asked' },
      { type: 'summary.accepted' },
      { type: 'commitment.signed', name: '陈志强' },
      { type: 'walk.paused' },
      { type: 'walk.resumed' },
      { type: 'restart.asked' },
      { type: 'restart.confirmed' },
      { type: 'prompt.repeated' },
    ],
    distinguishedBy: ({ context }) => {
      const { sheet, position, helped, awaited, trail } = context as WalkContext
      return [sheet, position, helped, awaited.length > 0, trail.length > 0]
    },
    goal: 'submitted',
  }
}

/** Two real items: one that makes a major hazard by itself, wants a photo and need not apply; one that is plain. */
function smallChecklist(): Checklist {
  for (const { id, version, items, hazards } of library.published.values()) {
    const deadly = hazards.flatMap(({ grade, when }) => (grade === 'major' && 'anyOf' in when ? when.anyOf : []))
    const first = items.find(
      ({ id, evidence, notApplicable, askWhen }) =>
        deadly.includes(id) && evidence.kind === 'photo' && notApplicable !== undefined && askWhen === undefined,
    )
    const inHazards = hazards.flatMap(({ when }) => ('anyOf' in when ? when.anyOf : when.allOf))
    const second = items.find(
      ({ id, evidence, askWhen }) => !inHazards.includes(id) && evidence.kind === 'none' && !askWhen,
    )
    if (first && second)
      return checklistOf(
        library,
        [first, second].map((item) => `${id}/${item.id}@${version}`),
      )
  }
  throw new Error('No published checklist has two such items')
}

describe.for(Object.entries(flows))('%s', ([, { machine, input, events, distinguishedBy, goal }]) => {
  const nameOf = (snapshot: AnyMachineSnapshot) => JSON.stringify([snapshot.value, distinguishedBy(snapshot)])
  const moments: readonly Moment[] = Object.values(
    getAdjacencyMap(machine, { input, events, serializeState: nameOf, limit: 100_000 }),
  )

  test('every event of the list is one of the machine, and the other way round', () => {
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual([...machine.events].sort())
  })

  test('every state can be reached', () => {
    const reached = new Set(moments.flatMap(({ state }) => nodesOf(state)))
    const missed = restingStates(machine.root).filter((node) => !reached.has(node))
    expect(missed.map(({ id }) => id)).toEqual([])
  })

  test('no state is a dead end', () => {
    const leading = new Set(moments.filter(({ state }) => nodesOf(state).some(({ key }) => key === goal)).map(named))
    for (let before = 0; before < leading.size; ) {
      before = leading.size
      for (const moment of moments)
        if (nextOf(moment).some((next) => leading.has(nameOf(next)))) leading.add(named(moment))
    }
    expect(moments.map(named).filter((moment) => !leading.has(moment))).toEqual([])
  })

  function named({ state }: Moment) {
    return nameOf(state)
  }
})

interface Moment {
  readonly state: AnyMachineSnapshot
  readonly transitions: Readonly<Record<string, { readonly state: AnyMachineSnapshot }>>
}

const nextOf = ({ transitions }: Moment) => Object.values(transitions).map(({ state }) => state)

/** The innermost states a snapshot is in. */
const nodesOf = (snapshot: AnyMachineSnapshot): AnyStateNode[] =>
  (snapshot._nodes as AnyStateNode[]).filter(({ type }) => type === 'atomic' || type === 'final')

/** The innermost states in which a conversation can come to rest. */
const restingStates = (node: AnyStateNode): AnyStateNode[] => {
  const children = Object.values(node.states)
  if (children.length > 0) return children.flatMap(restingStates)
  return node.always && node.always.length > 0 ? [] : [node]
}
