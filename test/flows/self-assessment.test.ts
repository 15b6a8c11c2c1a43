import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ExecutableActionObject, transition } from 'xstate'
import { advance, innermost } from '../../flows/advance.ts'
import type { WalkContext, WalkEvent } from '../../flows/self-assessment/self-assessment.machine.ts'
import { missingPhotos, photoRound } from '../../src/checklist/photos.ts'
import { majorHazards, markAt, nextPosition } from '../../src/checklist/rules.ts'
import { anyWalk, begun, checklist, machine, nearTheEnd, openMajorHazards, type Walked, walked } from './any-walk.ts'

/** Holds of every step of every walk; `met` counts the steps that put it to the test. */
function always(name: string, holds: (step: Walked) => boolean | undefined): void {
  test(name, () => {
    let met = 0
    fc.assert(
      fc.property(anyWalk, (walk) => {
        for (const step of walked(walk)) if (holds(step)) met += 1
      }),
      { numRuns: 200 },
    )
    expect(met).toBeGreaterThan(0)
  })
}

const marks = ({ effects }: Walked) => effects.flatMap((effect) => (effect.type === 'recordAnswer' ? [effect] : []))

always('符合 is recorded only when the owner answered 符合, or agreed to make it that', (step) => {
  const { event, before } = step
  const conforming = marks(step).some(({ mark }) => mark === 'conforming')
  if (conforming && event.type !== 'answer.conforming')
    expect([event.type, before.correcting?.to]).toEqual(['correction.confirmed', 'conforming'])
  return conforming
})

always('an earlier answer goes on record only where it was shown and said to hold still', (step) => {
  const { event, from, before, effects } = step
  const confirmed = effects.flatMap((effect) => (effect.type === 'confirmAnswers' ? effect.positions : []))
  if (confirmed.length === 0) return false
  const changed = event.type === 'earlier.changed' ? event.positions : []
  expect(event.type === 'earlier.changed' ? 'choosingChanged' : 'earlier.confirmed').toBe(
    event.type === 'earlier.changed' ? from : event.type,
  )
  expect(confirmed).toEqual(before.batch.filter((position) => !changed.includes(position)))
  for (const position of confirmed) {
    expect(markAt(before.sheet, position)).toBe('unanswered')
    expect(['conforming', 'notApplicable']).toContain(markAt(before.earlier?.sheet ?? '', position))
  }
  return true
})

always('已改好 is recorded only of a hazard, and only when its owner says so of a photo of it', (step) => {
  const rectified = marks(step).find(({ mark }) => mark === 'rectified')
  if (!rectified) return false
  const { event, effects, recordBefore } = step
  expect(event.type).toBe('rectification.confirmed')
  expect(markAt(recordBefore.sheet, rectified.position)).toBe('nonconforming')
  const proof = effects.flatMap((effect) => (effect.type === 'acceptProof' ? [effect] : []))
  expect(proof.map(({ evidenceId }) => recordBefore.photos.get(evidenceId))).toEqual([rectified.position])
  return true
})

always('the sheet is what the recorded answers say, after every single step', ({ after, record, recordBefore }) => {
  expect(after.sheet).toBe(record.sheet)
  expect(after.sheet).toHaveLength(checklist.items.length)
  return record.sheet !== recordBefore.sheet
})

always(
  'nothing is filed with a hazard, a question or a photo open, nor without a signature',
  ({ effects, record, after }) => {
    const submission = effects.find((effect) => effect.type === 'submitAssessment')
    if (!submission) return false
    expect(majorHazards(checklist, record.sheet)).toEqual([])
    expect(nextPosition(checklist, record.sheet)).toBeUndefined()
    const shown = new Set([...record.photos.values()])
    const missing = missingPhotos(checklist, { ...after, photos: {} }).filter((position) => !shown.has(position))
    expect(missing.filter((position) => !(String(position) in after.photos))).toEqual([])
    expect([...record.awaited]).toEqual([])
    expect(['陈志强', '李四']).toContain(submission.signedBy)
    return true
  },
)

always('looking back withdraws nothing', ({ event, before, after, effects }) => {
  if (event.type !== 'item.back' && event.type !== 'item.chosen') return false
  expect([after.sheet, after.trail]).toEqual([before.sheet, before.trail])
  expect(effects.filter(({ type }) => !type.startsWith('say'))).toEqual([])
  return after.position !== before.position
})

always('a major hazard is not talked away: nothing but a photo of it settled it', ({ event, recordBefore, record }) => {
  const open = openMajorHazards(recordBefore.sheet)
  const expected = event.type === 'rectification.confirmed' ? ['nonconforming', 'rectified'] : ['nonconforming']
  for (const position of open) expect(expected).toContain(markAt(record.sheet, position))
  return open.length > 0
})

always('a photo belongs to the item on the screen, and by itself puts nothing right', (step) => {
  const { event, before, effects, record, recordBefore } = step
  if (event.type !== 'photo.received') return false
  expect(record.sheet).toBe(recordBefore.sheet)
  const stored = effects.flatMap((effect) => (effect.type === 'storeEvidence' ? [effect] : []))
  for (const { evidenceId, position } of stored) {
    expect(evidenceId).toBe(event.evidenceId)
    expect(position).toBe(before.position)
    expect(checklist.items[position]).toBeDefined()
  }
  return stored.length > 0
})

always('photos are counted as they are on record', ({ before, after, record, recordBefore }) => {
  const grown = (position: number) => (after.photos[String(position)] ?? 0) - (before.photos[String(position)] ?? 0)
  const moved = checklist.items.map((_, position) => at(record, position) - at(recordBefore, position))
  expect(checklist.items.map((_, position) => grown(position))).toEqual(moved)
  expect(after.awaited.map(({ id, position }) => [id, position])).toEqual(
    [...record.awaited].map((id) => [id, record.photos.get(id)]),
  )
  return moved.some((each) => each < 0)
})

const at = ({ photos }: Walked['record'], position: number) =>
  [...photos.values()].filter((each) => each === position).length

test('a step is what XState makes of it', () => {
  fc.assert(
    fc.property(anyWalk, (walk) => {
      let { snapshot } = begun(walk.input)
      for (const { event } of walked(walk)) {
        const [next, actions] = transition(machine, snapshot, event)
        const step = advance(machine, snapshot, event)
        expect([step.snapshot.value, step.snapshot.context, step.snapshot.status]).toEqual([
          next.value,
          next.context,
          next.status,
        ])
        expect(emittedBy(actions)).toEqual(step.effects)
        snapshot = step.snapshot
      }
    }),
    { numRuns: 50 },
  )
})

const emittedBy = (actions: readonly ExecutableActionObject[]) =>
  actions.flatMap(({ type, params }) =>
    type === 'xstate.emit' && params && typeof params === 'object' && 'event' in params ? [params.event] : [],
  )

/** Where a walk stands after these, and what the sheet says of the item. */
function after(position: number, events: readonly WalkEvent[], context: Partial<WalkContext> = {}) {
  let step = begun({ ...nearTheEnd([position]), ...context })
  return events.map((event) => {
    step = advance(machine, step.snapshot, event)
    return [innermost(step.snapshot.value), markAt(step.snapshot.context.sheet, position)]
  })
}

const photo = (evidenceId: string): WalkEvent => ({ type: 'photo.received', evidenceId, mediaId: 'm' })
const alarm = checklist.positions.get('paintGasAlarmFitted') ?? -1

test('an owner who answers 符合 throughout, shows what is asked for and signs has filed', () => {
  let step = begun()
  let photos = 0
  for (let turn = 0; innermost(step.snapshot.value) !== 'summary'; turn++) {
    expect(turn).toBeLessThan(2 * checklist.items.length)
    const waits = innermost(step.snapshot.value) === 'awaitingPhoto'
    step = advance(machine, step.snapshot, waits ? photo(`photo${photos++}`) : { type: 'answer.conforming' })
  }
  expect(photos).toBe(photoRound(checklist, { drawn: [] }).length)
  step = advance(machine, step.snapshot, { type: 'summary.accepted' })
  step = advance(machine, step.snapshot, { type: 'commitment.signed', name: '陈志强' })
  expect(innermost(step.snapshot.value)).toBe('awaitingPhotos')
  for (let arrived = 0; arrived < photos; arrived++)
    step = advance(machine, step.snapshot, {
      type: 'evidence.settled',
      evidenceId: `photo${arrived}`,
      outcome: 'stored',
    })
  expect(step.effects).toEqual([{ type: 'submitAssessment', signedBy: '陈志强', role: 'contact' }])
})

test('不清楚 is explained first, then kept open, comes back at the end, and then stays unclear', () => {
  const unclear = { type: 'answer.unclear' } as const
  expect(after(3, [unclear, unclear, unclear, unclear])).toEqual([
    ['lookingCloser', 'unanswered'],
    ['asking', 'keptOpen'],
    ['lookingCloser', 'keptOpen'],
    ['summary', 'stillUnclear'],
  ])
})

test('a major hazard on record is not talked away: 修改 and 符合 asks for the photo', () => {
  expect(
    after(alarm, [
      { type: 'answer.nonconforming' },
      { type: 'rectification.deferred' },
      { type: 'answer.reconsidered' },
      { type: 'answer.conforming' },
    ]),
  ).toEqual([
    ['hazardFound', 'nonconforming'],
    ['blocked', 'nonconforming'],
    ['asking', 'nonconforming'],
    ['rectifying', 'nonconforming'],
  ])
})

test('a photo of how it is now puts nothing right, neither at once nor where the walk is held up', () => {
  expect(
    after(alarm, [{ type: 'answer.nonconforming' }, photo('p1'), { type: 'rectification.deferred' }, photo('p2')]),
  ).toEqual([
    ['hazardFound', 'nonconforming'],
    ['hazardFound', 'nonconforming'],
    ['blocked', 'nonconforming'],
    ['blocked', 'nonconforming'],
  ])
})

test('what was put right on a photo is open again when that photo is lost, taken back, or of something else', () => {
  const rectified: WalkEvent[] = [
    { type: 'answer.nonconforming' },
    { type: 'rectification.begun' },
    photo('p1'),
    { type: 'rectification.confirmed' },
  ]
  const last = (event: WalkEvent) => after(alarm, [...rectified, event]).at(-1)
  expect(last({ type: 'evidence.settled', evidenceId: 'p1', outcome: 'stored' })).toEqual(['summary', 'rectified'])
  expect(last({ type: 'evidence.settled', evidenceId: 'p1', outcome: 'lost' })).toEqual(['blocked', 'nonconforming'])
  expect(last({ type: 'photo.withdrawn' })).toEqual(['blocked', 'nonconforming'])
  expect(last({ type: 'photo.moved', number: 1 })).toEqual(['blocked', 'nonconforming'])
  expect(last({ type: 'photo.moved', number: alarm + 1 })).toEqual(['summary', 'rectified'])
})

test('a hazard that is open again while its absence is asked for is not excused', () => {
  expect(
    after(alarm, [
      { type: 'answer.nonconforming' },
      { type: 'rectification.begun' },
      photo('p1'),
      { type: 'rectification.confirmed' },
      { type: 'item.chosen', number: alarm + 1 },
      { type: 'answer.notApplicable' },
      { type: 'evidence.settled', evidenceId: 'p1', outcome: 'lost' },
      { type: 'absence.confirmed' },
    ]).slice(-2),
  ).toEqual([
    ['confirmingAbsence', 'nonconforming'],
    ['rectifying', 'nonconforming'],
  ])
})

test('a word about the item on the screen records nothing where there is none', () => {
  expect(
    after(3, [
      { type: 'answer.conforming' },
      { type: 'correction.heard', position: 3, to: 'conforming' },
      { type: 'answer.nonconforming' },
    ]).at(-1),
  ).toEqual(['confirmingCorrection', 'conforming'])
})

test('what is only not clear is looked at again after a rest, not put right', () => {
  const unclear = { type: 'answer.unclear' } as const
  expect(
    after(alarm, [unclear, unclear, unclear, unclear, { type: 'walk.paused' }, { type: 'walk.resumed' }]).at(-1),
  ).toEqual(['blocked', 'stillUnclear'])
})
