import { describe } from 'vitest'
import { opening } from '../../flows/advance.ts'
import { home } from '../../flows/home/home.machine.ts'
import type { HomeKnown } from '../../flows/home/screens.ts'
import { loadContent } from '../../src/content.ts'
import { homeShell } from '../../src/conversation/shells/home.ts'
import { policyNamed } from '../../src/policy/policy.ts'
import { holdsTogether } from './table-of-screens.ts'

const content = loadContent()
const policy = policyNamed(content, 'shenzhen-trial')

const application = {
  id: 'a-1',
  number: 'SZ-LG-2026-000001',
  state: 'filed',
  filedOn: '2026-11-24',
  reviewDueOn: '2026-12-07',
}

/** How an enterprise can stand. */
const standings: Readonly<Record<string, Omit<HomeKnown, 'enterpriseName'>>> = {
  'nothing was filed': { mayBegin: ['assessment'] },
  'an application is with the regulator': { mayBegin: [], application },
  'an application was returned': { mayBegin: ['amendment'], application: { ...application, state: 'returned' } },
  'an application was rejected': {
    mayBegin: [],
    mayApplyFrom: '2027-05-24',
    application: { ...application, state: 'rejected', reason: '与现场不符' },
  },
  'it is listed, and a re-check and a renewal are due': {
    mayBegin: ['recheck', 'renewal'],
    application: {
      ...application,
      state: 'announced',
      validUntil: '2029-11-24',
      nextVerificationOn: '2027-11-24',
    },
  },
}

describe.for(Object.entries(standings))('%s', ([, known]) => {
  const { snapshot: state } = opening(home, undefined)
  holdsTogether(homeShell, [
    {
      state,
      place: {
        ...content,
        policy,
        value: 'resting',
        context: state.context,
        known: { ...known, enterpriseName: '强盛金属制品' },
      },
    },
  ])
})
