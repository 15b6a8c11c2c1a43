import { describe, expect, test } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import { home } from '../../flows/home/home.machine.ts'
import { type HomeHazard, type HomeKnown, homeScreens } from '../../flows/home/screens.ts'
import { loadContent } from '../../src/content.ts'
import { homeShell } from '../../src/conversation/shells/home.ts'
import { policyNamed } from '../../src/policy/policy.ts'
import { homeEvents } from './home-events.ts'
import { holdsTogether } from './table-of-screens.ts'

const content = loadContent()
const policy = policyNamed(content, 'shenzhen-trial')

const machine: AnyStateMachine = home

const states = Object.values(
  getAdjacencyMap(machine, {
    events: [...homeEvents],
    serializeState: ({ value, context: { hazard, wish, photo, page, objection } }) =>
      JSON.stringify([value, hazard, wish, photo !== null, page > 0, objection !== null]),
  }),
).map(({ state }) => state)

const application = {
  id: 'a-1',
  number: 'SZ-LG-2026-000001',
  state: 'filed',
  filedOn: '2026-11-24',
  reviewDueOn: '2026-12-07',
}

const hazard = (number: number, grade: HomeHazard['grade'] = 'general'): HomeHazard => ({
  id: `h-${number}`,
  number,
  ref: 'general/safetyDuties@1',
  grade,
  state: 'open',
  dueOn: '2026-12-09',
  doneOn: null,
  acceptedOn: null,
  person: null,
})

const unfiled: HomeKnown = {
  enterpriseName: '强盛金属制品有限公司',
  district: '440307',
  contactName: '陈志强',
  mayBegin: ['assessment'],
  ourTerms: { review: false, amendment: false },
  isColleague: false,
  mayWithdraw: false,
  mayObject: false,
  isClosed: false,
  hazards: [],
}

const filed: HomeKnown = {
  ...unfiled,
  mayBegin: [],
  application,
  mayWithdraw: true,
  filed: ['objectives', 'objectives'].map((element, index) => ({
    element,
    lines: [{ number: index + 1, ref: 'general/safetyDuties@1', mark: 'conforming', photos: index }],
  })),
  hazards: [hazard(1), hazard(2, 'major')],
  latestDue: '2027-01-23',
}

/** How an enterprise can stand. */
const standings: Readonly<Record<string, HomeKnown>> = {
  'nothing was filed': unfiled,
  'an application is with the regulator': filed,
  'one hazard is open': { ...filed, hazards: [hazard(1), { ...hazard(2), state: 'done', doneOn: '2026-11-30' }] },
  'an application was returned': {
    ...filed,
    mayBegin: ['amendment'],
    mayObject: true,
    application: { ...application, state: 'returned', amendmentDueOn: '2026-12-20' },
  },
  'an application was rejected': {
    ...filed,
    mayApplyFrom: '2027-05-24',
    mayWithdraw: false,
    mayObject: true,
    application: { ...application, state: 'rejected', reason: '与现场不符' },
  },
  'it is listed, and a re-check and a renewal are due': {
    ...filed,
    mayBegin: ['recheck', 'renewal'],
    mayWithdraw: false,
    application: {
      ...application,
      state: 'announced',
      validUntil: '2029-11-24',
      nextVerificationOn: '2027-11-24',
    },
  },
  'a colleague looks': { ...filed, isColleague: true },
  'somebody wants to join': { ...filed, claim: { claimId: 'c-1', name: '黄伟' } },
  'it has closed': { ...filed, isClosed: true },
}

test('every row of the table is met', () => {
  expect([...new Set(states.map(({ value }) => String(value)))].sort()).toEqual(Object.keys(homeScreens).sort())
})

describe.for(Object.entries(standings))('%s', ([, known]) => {
  holdsTogether(
    homeShell,
    states.map((state) => ({
      state,
      place: { ...content, policy, value: String(state.value), context: state.context, known },
    })),
  )
})
