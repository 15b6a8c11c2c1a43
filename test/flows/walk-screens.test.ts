import { describe, expect, test } from 'vitest'
import { getAdjacencyMap } from 'xstate/graph'
import type { AnyMachineSnapshot } from 'xstate'
import { innermost } from '../../flows/advance.ts'
import { walkScreens } from '../../flows/self-assessment/screens.ts'
import { selfAssessment, type WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import { blankSheet } from '../../src/checklist/rules.ts'
import { loadContent } from '../../src/content.ts'
import { walkShell } from '../../src/conversation/shells/walk.ts'
import { smallChecklist } from './small-checklist.ts'
import { holdsTogether } from './table-of-screens.ts'
import { walkEvents } from './walk-events.ts'

const content = loadContent()
const policy = content.policies.get('shenzhen-trial')
if (!policy) throw new Error('There is no policy')
const checklist = smallChecklist()
const machine = selfAssessment({ checklist, minimumScore: 60 })

const serializeState = ({ value, context }: AnyMachineSnapshot) => {
  const { sheet, position, helped, suspected, missing, awaited, trail, correcting, section, justRectified } =
    context as WalkContext
  return JSON.stringify([value, sheet, position, helped, suspected, missing, awaited.length > 0, trail.length, correcting, section > 0, justRectified >= 0])
}

const moments = Object.values(
  getAdjacencyMap(machine, {
    input: { purpose: 'initial', sheet: blankSheet(checklist), comments: {}, drawn: [] },
    events: [...walkEvents],
    serializeState,
    limit: 500_000,
  }),
)
  .map(({ state }) => state)
  .filter(({ status }) => status !== 'done')

/** What is on record decides what may be offered. */
const sites = [
  { industry: 'machinery', facts: [], headcount: 38 },
  { industry: 'machinery', facts: ['sprayPainting', 'solventPaint'], headcount: 66 },
]

test('every row of the table is met', () => {
  expect([...new Set(moments.map(({ value }) => innermost(value)))].sort()).toEqual(Object.keys(walkScreens).sort())
})

describe.for(sites)('$headcount people with $facts', (site) => {
  holdsTogether(
    walkShell,
    moments.map((state) => ({
      state,
      place: {
        library: content.library,
        policy,
        checklist,
        value: innermost(state.value),
        context: state.context,
        known: { site, contactName: '陈志强' },
      },
    })),
  )
})
