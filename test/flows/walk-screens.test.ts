import { describe, expect, test } from 'vitest'
import type { AnyMachineSnapshot } from 'xstate'
import { advance, innermost, opening } from '../../flows/advance.ts'
import { selfAssessmentFlow } from '../../flows/self-assessment/index.ts'
import { walkScreens } from '../../flows/self-assessment/screens.ts'
import {
  selfAssessment,
  type WalkContext,
  type WalkEvent,
  type WalkInput,
} from '../../flows/self-assessment/self-assessment.machine.ts'
import type { SiteFacts } from '../../src/checklist/checklist.ts'
import { blankSheet } from '../../src/checklist/rules.ts'
import { loadContent } from '../../src/content.ts'
import { hear } from '../../src/conversation/hear.ts'
import { walkShell } from '../../src/conversation/shells/walk.ts'
import type { InboundContent } from '../../src/message/index.ts'
import { smallChecklist } from './small-checklist.ts'
import { holdsTogether, wordsIn } from './table-of-screens.ts'
import { walkEvents } from './walk-events.ts'

const content = loadContent()
const policy = content.policies.get('shenzhen-trial')
if (!policy) throw new Error('There is no policy')
const checklist = smallChecklist()
const machine = selfAssessment({ checklist, minimumScore: 60 })

/** What a screen can look at, as far as it looks at it in that state. */
function asSeen({ value, context }: AnyMachineSnapshot): string {
  const { sheet, position, batch, suspected, missing, proposal, correcting, section, justRectified } =
    context as WalkContext
  const state = innermost(value)
  return JSON.stringify([
    state,
    sheet[position],
    state === 'confirming' && [suspected, missing, proposal],
    state === 'confirmingCorrection' && correcting?.position === justRectified,
    state === 'reviewing' && [section > 0, sheet.includes('.')],
    state === 'asking' && justRectified >= 0,
    ['confirmingEarlier', 'choosingChanged'].includes(state) && batch,
    state === 'summary' && sheet,
  ])
}

/** Walks at random, always the same ones; every moment that looks different is kept once. */
function momentsMet(): AnyMachineSnapshot[] {
  const met = new Map<string, AnyMachineSnapshot>()
  const dice = numbers(7)
  for (let walk = 0; walk < 2500; walk++) {
    const input = {
      purpose: 'initial',
      comments: {},
      drawn: [],
      ...beginning(walk, dice),
      ...asked(walk),
      ...answeredBefore(walk),
    } as const
    let { snapshot } = opening(machine, input)
    if (walk % 9 === 2) snapshot = advance(machine, snapshot, { type: 'summary.accepted' }).snapshot
    for (let step = 0; step < 60 && snapshot.status !== 'done'; step++) {
      const seen = asSeen(snapshot)
      if (!met.has(seen)) met.set(seen, snapshot)
      const event = walkEvents[dice(walkEvents.length)]
      if (event) snapshot = advance(machine, snapshot, event).snapshot
    }
  }
  return [...met.values()]
}

/** Nothing is answered, or anything at all, or everything but that a photo has not arrived. */
function beginning(walk: number, dice: Dice): Pick<WalkInput, 'sheet' | 'photos' | 'awaited'> {
  switch (walk % 3) {
    case 0:
      return { sheet: blankSheet(checklist) }
    case 1:
      return { sheet: Array.from(blankSheet(checklist), () => '..CNX?!R'[dice(8)] ?? '.').join('') }
    default:
      return { sheet: 'CC', photos: { 0: 1 }, awaited: [{ id: 'p1', position: 0, rectifies: false }] }
  }
}

type Dice = (below: number) => number

/** Some were asked one question only. */
const asked = (walk: number) => walk % 5 === 0 && { only: { position: 1, askedBy: 'app:chen' } }

/** Some answered both in an earlier assessment, or one of them not in order. */
const answeredBefore = (walk: number) =>
  walk % 4 === 0 && {
    earlier: { assessmentId: 'a0', completedOn: '2026-11-24', sheet: walk % 8 === 0 ? 'CX' : 'NC' },
  }

/** A linear congruential generator: the same numbers every time. */
function numbers(seed: number): Dice {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    // The high bits: the low ones repeat so soon that some pairs of events never follow one another.
    return Math.floor((state / 0x8000_0000) * below)
  }
}

const moments = momentsMet()

test('every row of the table is met', () => {
  expect([...new Set(moments.map(({ value }) => innermost(value)))].sort()).toEqual(Object.keys(walkScreens).sort())
})

const answeredBy = new Map([[checklist.items[0]?.id ?? '', '黄伟']])

/** Whom the contact is to answer: at every other moment somebody. */
const claim = { claimId: 'c-1', name: '黄伟', enterprise: '强盛金属制品有限公司' }
test('what a model proposed leans to neither answer, whatever it was', () => {
  const [moment] = moments.filter(({ value, context }) => innermost(value) === 'confirming' && context.proposal)
  if (!moment) throw new Error('Nothing was proposed')
  const screenOf = (leans: 'good' | 'bad') =>
    selfAssessmentFlow.screen({
      library: content.library,
      policy,
      checklist,
      value: 'confirming',
      context: { ...moment.context, suspected: null, missing: [], proposal: { message: 'm', leans } },
      known: {
        site: { industry: 'machinery', facts: [], headcount: 38 },
        contactName: '陈志强',
        answeredBy,
        dueOn: new Map(),
      },
    })
  expect(JSON.stringify(screenOf('good'))).toBe(JSON.stringify(screenOf('bad')))
  expect(screenOf('good').options.map(({ key, style }) => [key, style])).toEqual([
    ['answer.conforming', undefined],
    ['answer.nonconforming', undefined],
  ])
})

const placeAt = ({ value, context }: AnyMachineSnapshot, site: SiteFacts, index = 0) => ({
  library: content.library,
  policy,
  checklist,
  value: innermost(value),
  context,
  known: { site, contactName: '陈志强', answeredBy, dueOn: new Map(), ...(index % 2 === 0 && { claim }) },
})

/** What is on record decides what may be offered. */
const sites = [
  { industry: 'machinery', facts: [], headcount: 38 },
  { industry: 'machinery', facts: ['sprayPainting', 'solventPaint'], headcount: 66 },
] as const
const [, site66] = sites

describe('reminders are stopped and wanted again in every state', () => {
  const tap = (key: string): InboundContent => ({
    type: 'cardTap',
    taskId: 'r-1',
    key,
    cardType: 'button_interaction',
    responseCode: '',
    selections: [],
  })
  const said = (text: string): InboundContent => ({ type: 'text', text })

  test.for([
    ['别提醒了', 'zh-CN', said('别提醒了'), 'muteReminders'],
    ['继续提醒', 'zh-CN', said('继续提醒'), 'unmuteReminders'],
    ['繼續提醒', 'zh-HK', said('繼續提醒'), 'unmuteReminders'],
    ['stop reminding me', 'en', said('stop reminding me'), 'muteReminders'],
    ['the button of a reminder', 'zh-CN', tap('go.mute'), 'muteReminders'],
  ] as const)('%s', ([, language, content, effect]) => {
    const wrong = moments
      .filter(({ status }) => status !== 'done')
      .filter((state) => {
        const hearing = hear(
          { dedupeKey: 'd', contact: 'app:a', sentAt: new Date(0), content },
          {
            flow: walkShell.flow,
            place: placeAt(state, site66),
            prompt: null,
            words: wordsIn(language),
            site: site66,
            today: '2026-11-24',
          },
        )
        if (hearing.for !== 'flow') return true
        const { snapshot, effects } = advance(machine, state, hearing.event as WalkEvent)
        const isSame = JSON.stringify(snapshot.value) === JSON.stringify(state.value)
        return !isSame || JSON.stringify(effects.map(({ type }) => type)) !== JSON.stringify([effect])
      })
    expect(wrong.map(({ value }) => innermost(value))).toEqual([])
  })
})

describe.for(sites)('$headcount people with $facts', (site) => {
  holdsTogether(
    walkShell,
    moments.map((state, index) => ({
      state,
      place: placeAt(state, site, index),
    })),
  )
})
