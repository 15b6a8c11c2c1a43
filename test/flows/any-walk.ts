import fc from 'fast-check'
import { advance, innermost, opening, type Step } from '../../flows/advance.ts'
import { selfAssessmentFlow } from '../../flows/self-assessment/index.ts'
import {
  selfAssessment,
  type WalkContext,
  type WalkEffect,
  type WalkEvent,
  type WalkInput,
} from '../../flows/self-assessment/self-assessment.machine.ts'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { photoRound } from '../../src/checklist/photos.ts'
import { type AnswerSheet, blankSheet, majorHazards, markAt, withMark } from '../../src/checklist/rules.ts'
import { loadPolicies } from '../../src/policy/load.ts'
import { policyNamed } from '../../src/policy/policy.ts'
import { checklistsFolder, library, today } from '../checklists/support.ts'
import { walkEvents } from './walk-events.ts'

const site = { industry: 'machinery', facts: ['sprayPainting', 'confinedSpaces'], headcount: 38 } as const
const policy = policyNamed({ policies: loadPolicies(checklistsFolder) }, 'shenzhen-trial')

export const checklist = checklistOf(library, composedRefs(library, site, today))
export const machine = selfAssessment({ checklist, minimumScore: null })

/** What others do: photos settle by their own ids, and what colleagues answer is on record before it is told. */
const ofOthers: ReadonlySet<WalkEvent['type']> = new Set(['evidence.settled', 'record.changed'])

/** A walk from its beginning; 重来 returns to a blank sheet unless it is told otherwise. */
export const begun = (input: Partial<WalkInput> = {}): WalkStep =>
  opening(machine, { purpose: 'initial', sheet: blankSheet(checklist), comments: {}, drawn: [], ...input })

type WalkStep = Step<typeof machine>

/** What an owner does next: taps one of the buttons that are there, or whatever else can happen. */
type Doing = { readonly tapped: number } | { readonly settled: number; readonly stored: boolean } | WalkEvent

const sent: WalkEvent = { type: 'photo.received', evidenceId: '', mediaId: 'm' }
const arrived = { settled: 0, stored: true } as const

const constant = (event: WalkEvent) => fc.constant<Doing>(event)

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ tapped: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.constant(sent) },
  { weight: 4, arbitrary: fc.record({ settled: fc.nat(3), stored: fc.boolean() }) },
  { weight: 3, arbitrary: constant({ type: 'answer.conforming' }) },
  { weight: 2, arbitrary: constant({ type: 'commitment.signed', name: '陈志强' }) },
  { weight: 2, arbitrary: constant({ type: 'photo.withdrawn' }) },
  { weight: 2, arbitrary: fc.nat(checklist.items.length).map((number): Doing => ({ type: 'photo.moved', number })) },
  { weight: 2, arbitrary: fc.nat(checklist.items.length).map((number): Doing => ({ type: 'item.chosen', number })) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        position: fc.nat(checklist.items.length - 1),
        to: fc.constantFrom('conforming' as const, 'nonconforming' as const, 'notApplicable' as const),
      })
      .map((correction): Doing => ({ type: 'correction.heard', ...correction })),
  },
  { weight: 6, arbitrary: fc.constantFrom<Doing[]>(...walkEvents.filter(({ type }) => !ofOthers.has(type))) },
)

/** What chance alone would hardly bring about. */
const scenes: readonly (readonly Doing[])[] = [
  [{ type: 'answer.nonconforming' }, { type: 'rectification.begun' }, sent, { type: 'rectification.confirmed' }],
  [{ type: 'rectification.deferred' }, { type: 'answer.conforming' }, { type: 'answer.conforming' }],
  [sent, sent, arrived, arrived, { type: 'summary.accepted' }, { type: 'commitment.signed', name: '陈志强' }],
]

const doings = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: doing.map((each): readonly Doing[] => [each]) },
      { weight: 1, arbitrary: fc.constantFrom(...scenes) },
    ),
    { maxLength: 100 },
  )
  .map((each) => each.flat())

/** Half of them wanted on photo. */
const someOpen = [
  ...photoRound(checklist, { drawn: [] }),
  ...photoRound(checklist, { drawn: [] }).map((_, index) => index),
]

/** A walk of some length, from the first question or from the last three. */
export const anyWalk: fc.Arbitrary<Walk> = fc
  .record({
    open: fc.array(fc.constantFrom(...someOpen), { minLength: 1, maxLength: 3 }),
    doings,
    begins: fc.constantFrom('first', 'again', 'nearTheEnd', 'nearTheEnd'),
    marksThen: fc.array(fc.constantFrom(...'CCCCXN.'), {
      minLength: checklist.items.length,
      maxLength: checklist.items.length,
    }),
  })
  .map(({ open, doings, begins, marksThen }) => {
    if (begins === 'nearTheEnd') return { input: nearTheEnd(open), doings }
    if (begins === 'first') return { input: {}, doings }
    return { input: { earlier: { assessmentId: 'a0', completedOn: '2026-06-01', sheet: marksThen.join('') } }, doings }
  })

export interface Walk {
  readonly input: Partial<WalkInput>
  readonly doings: readonly Doing[]
}

/** All else conforms, and has its photo. */
export const nearTheEnd = (open: readonly number[]): Partial<WalkInput> => ({
  sheet: open.reduce((sheet, at) => withMark(sheet, at, 'unanswered'), 'C'.repeat(checklist.items.length)),
  firstSheet: blankSheet(checklist),
  photos: Object.fromEntries(checklist.items.flatMap((_, at) => (open.includes(at) ? [] : [[at, 1]]))),
})

/** One step of a walk, with what is on record after it. */
export interface Walked {
  readonly event: WalkEvent
  readonly from: string
  readonly before: WalkContext
  readonly to: string
  readonly after: WalkContext
  readonly effects: readonly WalkEffect[]
  readonly recordBefore: OnRecord
  readonly record: OnRecord
}

/** What the effects alone say: it is all that is filed. */
export interface OnRecord {
  readonly sheet: AnswerSheet
  /** Where they are, by id. */
  readonly photos: ReadonlyMap<string, number>
  readonly awaited: ReadonlySet<string>
}

/** Plays a walk, storing and restoring the snapshot between any two steps. */
export function* walked({ input, doings }: Walk): Generator<Walked> {
  let { snapshot } = begun(input)
  let record: OnRecord = { sheet: snapshot.context.sheet, photos: new Map(), awaited: new Set() }
  let received = 0
  for (const doing of doings) {
    const restored = machine.resolveState(
      JSON.parse(JSON.stringify({ value: snapshot.value, context: snapshot.context })),
    )
    if (restored.value === 'submitted') return
    const from = innermost(restored.value)
    const event = eventOf(doing, from, restored.context)
    if (event.type === 'photo.received') received += 1
    const step = advance(machine, restored, numbered(event, received))
    const recordBefore = record
    record = recorded(record, numbered(event, received), restored.context, step.effects)
    yield {
      event: numbered(event, received),
      from,
      before: restored.context,
      to: innermost(step.snapshot.value),
      after: step.snapshot.context,
      effects: step.effects,
      recordBefore,
      record,
    }
    snapshot = step.snapshot
  }
}

/** No two photos have the same id. */
const numbered = (event: WalkEvent, received: number): WalkEvent =>
  event.type === 'photo.received' ? { ...event, evidenceId: `photo${received}` } : event

function eventOf(doing: Doing, value: string, context: WalkContext): WalkEvent {
  if ('type' in doing) return doing
  if ('settled' in doing) {
    const { id = 'none' } = context.awaited[doing.settled] ?? context.awaited[0] ?? {}
    return { type: 'evidence.settled', evidenceId: id, outcome: doing.stored ? 'stored' : 'lost' }
  }
  const known = { site, contactName: '陈志强', answeredBy: new Map<string, string>(), dueOn: new Map<string, string>() }
  const { options } = selfAssessmentFlow.screen({ library, policy, checklist, value, context, known })
  return options[doing.tapped % options.length]?.event ?? { type: 'summary.accepted' }
}

function recorded(
  { sheet, photos, awaited }: OnRecord,
  event: WalkEvent,
  before: WalkContext,
  effects: readonly WalkEffect[],
): OnRecord {
  const record = { sheet, photos: new Map(photos), awaited: new Set(awaited) }
  const reopened = (id: string) => {
    const position = record.photos.get(id) ?? -1
    if (markAt(record.sheet, position) === 'rectified') record.sheet = withMark(record.sheet, position, 'nonconforming')
  }
  if (event.type === 'evidence.settled') record.awaited.delete(event.evidenceId)
  for (const effect of effects)
    switch (effect.type) {
      case 'recordAnswer':
        record.sheet = withMark(record.sheet, effect.position, effect.mark)
        break
      case 'confirmAnswers':
        for (const position of effect.positions)
          record.sheet = withMark(record.sheet, position, markAt(before.earlier?.sheet ?? '', position))
        break
      case 'clearAnswers':
        record.sheet = openMajorHazards(record.sheet).reduce(
          (first, position) => withMark(first, position, 'nonconforming'),
          before.firstSheet,
        )
        break
      case 'storeEvidence':
        record.photos.set(effect.evidenceId, effect.position)
        record.awaited.add(effect.evidenceId)
        break
      case 'moveEvidence':
        reopened(effect.evidenceId)
        record.photos.set(effect.evidenceId, effect.position)
        break
      case 'withdrawEvidence':
        reopened(effect.evidenceId)
        record.photos.delete(effect.evidenceId)
        record.awaited.delete(effect.evidenceId)
        break
      case 'reportLostEvidence':
        if (event.type === 'evidence.settled') record.photos.delete(event.evidenceId)
        if (effect.reopened) record.sheet = withMark(record.sheet, effect.position, 'nonconforming')
        break
    }
  return record
}

/** Nonconforming items that make a major hazard. */
export const openMajorHazards = (sheet: AnswerSheet) =>
  majorHazards(checklist, sheet)
    .flatMap(({ positions }) => positions)
    .filter((position) => markAt(sheet, position) === 'nonconforming')
