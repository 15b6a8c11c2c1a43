import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advance, innermost, opening } from '../../flows/advance.ts'
import {
  selfAssessment,
  type WalkContext,
  type WalkEffect,
  type WalkEvent,
} from '../../flows/self-assessment/self-assessment.machine.ts'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { loadLibrary } from '../../src/checklist/load.ts'
import { blankSheet, majorHazards, markAt, nextPosition, withMark } from '../../src/checklist/rules.ts'

const library = loadLibrary(new URL('../../checklists/', import.meta.url))
const checklist = checklistOf(
  library,
  composedRefs(library, { industry: 'machinery', facts: ['sprayPainting', 'confinedSpaces'] }, '2026-11-24'),
)
const machine = selfAssessment({ checklist, minimumScore: null })
const begin = () => opening(machine, { purpose: 'initial', sheet: blankSheet(checklist), comments: {} })

const event: fc.Arbitrary<WalkEvent> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<WalkEvent>({ type: 'answer.conforming' }) },
  { weight: 4, arbitrary: fc.constant<WalkEvent>({ type: 'answer.nonconforming' }) },
  { weight: 3, arbitrary: fc.constant<WalkEvent>({ type: 'answer.unclear' }) },
  ...(
    [
      'answer.notApplicable',
      'answer.reconsidered',
      'absence.confirmed',
      'item.skipped',
      'item.back',
      'item.explained',
      'item.basisAsked',
      'photo.postponed',
      'rectification.begun',
      'rectification.deferred',
      'progress.asked',
      'answers.asked',
      'summary.accepted',
      'walk.paused',
      'walk.resumed',
      'restart.asked',
      'restart.confirmed',
      'prompt.repeated',
    ] as const
  ).map((type) => fc.constant<WalkEvent>({ type })),
  fc.constant<WalkEvent>({ type: 'answer.suspected', finding: 'conforming' }),
  fc.constant<WalkEvent>({ type: 'answer.notUnderstood', text: '嗯' }),
  fc.nat(60).map((number): WalkEvent => ({ type: 'item.chosen', number })),
  fc.nat(5).map((id): WalkEvent => ({ type: 'photo.received', evidenceId: `photo${id}`, mediaId: 'm' })),
  fc
    .record({ id: fc.nat(5), outcome: fc.constantFrom('stored' as const, 'lost' as const) })
    .map(({ id, outcome }): WalkEvent => ({ type: 'evidence.settled', evidenceId: `photo${id}`, outcome })),
  fc.constant<WalkEvent>({ type: 'commitment.signed', name: '陈志强' }),
)

interface Walked {
  readonly event: WalkEvent | undefined
  readonly before: WalkContext
  readonly after: WalkContext
  readonly state: string
  readonly effects: readonly WalkEffect[]
}

/** Plays events, storing and restoring the snapshot between any two of them. */
function* walked(events: readonly WalkEvent[], first = begin()): Generator<Walked> {
  let step = first
  yield {
    event: undefined,
    before: step.snapshot.context,
    after: step.snapshot.context,
    state: 'asking',
    effects: step.effects,
  }
  for (const event of events) {
    const stored = JSON.stringify({ value: step.snapshot.value, context: step.snapshot.context })
    const restored = machine.resolveState(JSON.parse(stored))
    if (innermost(restored.value) === 'submitted') return
    step = advance(machine, restored, event)
    yield {
      event,
      before: restored.context,
      after: step.snapshot.context,
      state: innermost(step.snapshot.value),
      effects: step.effects,
    }
  }
}

const events = fc.array(event, { maxLength: 200 })

/** Near the end the same things happen, but signing more often. */
const lastEvents = fc.array(
  fc.oneof(
    ...(['answer.conforming', 'photo.postponed', 'summary.accepted', 'rectification.deferred'] as const).map(
      (type) => ({
        weight: 4,
        arbitrary: fc.constant<WalkEvent>({ type }),
      }),
    ),
    { weight: 4, arbitrary: fc.constant<WalkEvent>({ type: 'commitment.signed', name: '陈志强' }) },
    { weight: 4, arbitrary: event },
  ),
  { maxLength: 60 },
)

test('符合 is recorded only when the owner answered 符合, or put a hazard right with a photo', () => {
  fc.assert(
    fc.property(events, (all) => {
      for (const { event, effects } of walked(all))
        for (const effect of effects)
          if (effect.type === 'recordAnswer') {
            if (effect.mark === 'conforming') expect(event?.type).toBe('answer.conforming')
            if (effect.mark === 'rectified') expect(event?.type).toBe('photo.received')
          }
    }),
  )
})

test('the sheet is what the recorded answers say, after every single step', () => {
  fc.assert(
    fc.property(events, (all) => {
      let record = blankSheet(checklist)
      for (const { effects, after } of walked(all)) {
        for (const effect of effects) {
          if (effect.type === 'recordAnswer') record = withMark(record, effect.position, effect.mark)
          if (effect.type === 'withdrawAnswer') record = withMark(record, effect.position, 'unanswered')
          if (effect.type === 'clearAnswers')
            record = [...after.firstSheet].map((letter, at) => (after.sheet[at] === 'N' ? 'N' : letter)).join('')
          if (effect.type === 'reportLostEvidence' && effect.reopened)
            record = withMark(record, effect.position, 'nonconforming')
        }
        expect(after.sheet).toBe(record)
      }
    }),
  )
})

test('nothing is submitted with a major hazard open, a question left, a photo missing or no signature', () => {
  let submissions = 0
  fc.assert(
    fc.property(lastEvents, fc.array(fc.nat(checklist.items.length - 1), { maxLength: 3 }), (all, open) => {
      const sheet = open.reduce((sheet, at) => withMark(sheet, at, 'unanswered'), 'C'.repeat(checklist.items.length))
      for (const { effects, after } of walked(all, opening(machine, { purpose: 'amendment', sheet, comments: {} }))) {
        const submission = effects.find((effect) => effect.type === 'submitAssessment')
        if (!submission) continue
        expect(majorHazards(checklist, after.sheet)).toEqual([])
        expect(nextPosition(checklist, after.sheet)).toBeUndefined()
        expect(after.awaited).toEqual([])
        expect(submission.signedBy).toBe('陈志强')
        submissions += 1
      }
    }),
    { numRuns: 500 },
  )
  expect(submissions).toBeGreaterThan(0)
})

test('a step says at most one thing to wait for, so there is one message', () => {
  const notScreens = new Set([
    ...['recordAnswer', 'withdrawAnswer', 'clearAnswers', 'storeEvidence', 'reportLostEvidence', 'submitAssessment'],
    ...['explainItem', 'citeBasis', 'sayNotUnderstood', 'sayNothingBefore', 'sayNoSuchItem'],
    ...['showProgress', 'showAnswers'],
  ])
  fc.assert(
    fc.property(events, (all) => {
      for (const { effects } of walked(all))
        expect(effects.filter(({ type }) => !notScreens.has(type)).length).toBeLessThanOrEqual(1)
    }),
  )
})

test('an owner who answers 符合 throughout and signs has filed', () => {
  let step = begin()
  for (let turn = 0; innermost(step.snapshot.value) !== 'summary'; turn++) {
    expect(turn).toBeLessThan(2 * checklist.items.length + 2)
    const type = innermost(step.snapshot.value) === 'awaitingPhoto' ? 'photo.postponed' : 'answer.conforming'
    step = advance(machine, step.snapshot, { type })
  }
  step = advance(machine, step.snapshot, { type: 'summary.accepted' })
  step = advance(machine, step.snapshot, { type: 'commitment.signed', name: '陈志强' })
  expect(step.effects).toContainEqual({ type: 'submitAssessment', signedBy: '陈志强' })
})

test('不清楚 is explained first, then kept open, comes back at the end, and then stays unclear', () => {
  const only = (position: number) => (sheet: string) =>
    [...sheet].map((_, at) => (at === position ? '.' : 'C')).join('')
  let step = opening(machine, { purpose: 'amendment', sheet: only(3)(blankSheet(checklist)), comments: {} })
  const marks = []
  for (let time = 0; time < 4; time++) {
    step = advance(machine, step.snapshot, { type: 'answer.unclear' })
    marks.push([innermost(step.snapshot.value), markAt(step.snapshot.context.sheet, 3)])
  }
  expect(marks).toEqual([
    ['lookingCloser', 'unanswered'],
    ['asking', 'keptOpen'],
    ['lookingCloser', 'keptOpen'],
    ['summary', 'stillUnclear'],
  ])
})

test('a major hazard on record is not talked away: 修改 and 符合 asks for the photo', () => {
  const position = checklist.positions.get('paintGasAlarmFitted') ?? -1
  const sheet = withMark('C'.repeat(checklist.items.length), position, 'unanswered')
  let step = opening(machine, { purpose: 'amendment', sheet, comments: {} })
  step = advance(machine, step.snapshot, { type: 'answer.nonconforming' })
  expect(innermost(step.snapshot.value)).toBe('hazardFound')
  step = advance(machine, step.snapshot, { type: 'rectification.deferred' })
  expect(innermost(step.snapshot.value)).toBe('blocked')
  step = advance(machine, step.snapshot, { type: 'answer.reconsidered' })
  step = advance(machine, step.snapshot, { type: 'answer.conforming' })
  expect(innermost(step.snapshot.value)).toBe('rectifying')
  expect(markAt(step.snapshot.context.sheet, position)).toBe('nonconforming')
})
