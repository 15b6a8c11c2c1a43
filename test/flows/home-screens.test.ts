import { describe } from 'vitest'
import { atHome, type HomeContext, home } from '../../flows/home/home.machine.ts'
import { type HomeKnown, type HomeState, homeScreens } from '../../flows/home/screens.ts'
import { loadContent } from '../../src/content.ts'
import { homeShell } from '../../src/conversation/shells/home.ts'
import type { AnyShell } from '../../src/conversation/shells/shell.ts'
import { holdsTogether, type Moment } from './table-of-screens.ts'

const { library, policies } = loadContent()
const policy = policies.get('shenzhen-trial')
if (!policy) throw new Error('There is no policy')

const hazard = (number: number, grade: 'general' | 'major') =>
  ({
    id: `h${number}`,
    number,
    ref: 'general/extinguishersReady@1',
    grade,
    state: 'open',
    dueOn: '2026-12-01',
    doneOn: null,
    acceptedOn: null,
    person: null,
  }) as const

const unfiled: HomeKnown = {
  enterpriseName: '强盛金属制品有限公司',
  district: '440307',
  contactName: '陈志强',
  mayBegin: ['assessment'],
  isColleague: false,
  mayWithdraw: false,
  mayObject: false,
  isClosed: false,
  hazards: [],
}

const application = {
  id: 'a1',
  number: 'SZ-LG-2026-000001',
  filedOn: '2026-11-24',
  reviewDueOn: '2026-12-08',
  amendmentDueOn: '2026-12-01',
  validUntil: '2029-11-24',
  nextVerificationOn: '2027-11-24',
  reason: '与现场不符',
}

const page = {
  element: 'emergency',
  lines: [{ number: 1, ref: 'general/drillDone@1', mark: 'conforming', photos: 1 }],
} as const

const everyState = ['filed', 'returned', 'rejected', 'withdrawn', 'inPublicity', 'announced', 'revoked', 'expired']

const knowns: readonly HomeKnown[] = [
  unfiled,
  { ...unfiled, isColleague: true },
  { ...unfiled, isClosed: true, hazards: [hazard(1, 'general')] },
  ...everyState.map((state) => ({
    ...unfiled,
    mayBegin: [],
    application: { ...application, state },
    mayWithdraw: state === 'filed',
    mayObject: state === 'rejected',
    hazards: [hazard(1, 'general'), hazard(2, 'major')],
    latestDue: '2027-05-01',
    filed: [page, page],
  })),
]

const photo = { evidenceId: 'p1', mediaId: 'm1' }

/** What can be in hand in each state. */
const inHand: Readonly<Record<HomeState, readonly HomeContext[]>> = {
  resting: [atHome],
  choosingHazard: [
    { ...atHome, wish: { kind: 'done' }, photo },
    { ...atHome, wish: { kind: 'due', date: '2026-12-20' } },
    { ...atHome, wish: { kind: 'person', person: '黄伟' } },
    { ...atHome, wish: { kind: 'look' } },
  ],
  lookingAtHazard: [{ ...atHome, hazard: 'h1' }],
  askingDue: [{ ...atHome, hazard: 'h1' }],
  askingPerson: [{ ...atHome, hazard: 'h1' }],
  awaitingPhoto: [
    { ...atHome, hazard: 'h1' },
    { ...atHome, hazard: 'h2' },
  ],
  confirmingPhoto: [{ ...atHome, hazard: 'h1', photo }],
  readingFiled: [atHome, { ...atHome, page: 1 }],
  confirmingWithdrawal: [atHome],
  confirmingClosing: [atHome],
  writingObjection: [atHome],
  confirmingObjection: [{ ...atHome, objection: '现在都装回去了' }],
}

const states = Object.keys(homeScreens) as readonly HomeState[]

const moments: readonly Moment[] = states.flatMap((value) =>
  inHand[value].flatMap((context) =>
    knowns.map((known) => ({
      state: home.resolveState({ value, context }),
      place: { library, policy, value, context, known },
    })),
  ),
)

const shell: AnyShell = homeShell

describe('the screens at home', () => holdsTogether(shell, moments))
