import { describe, expect, test } from 'vitest'
import { innermost } from '../../flows/advance.ts'
import type { EnrolmentContext } from '../../flows/enrolment/enrolment.machine.ts'
import { type ClaimStanding, enrolmentScreens } from '../../flows/enrolment/screens.ts'
import { loadContent } from '../../src/content.ts'
import { enrolmentShell } from '../../src/conversation/shells/enrolment.ts'
import { asSuccessor, enrolmentMoments, wholeDraft } from './enrolment-moments.ts'
import { holdsTogether } from './table-of-screens.ts'

const { library, policies } = loadContent()
const policy = policies.get('shenzhen-trial')
if (!policy) throw new Error('There is no such policy')

const occasions = [
  ['at first contact', enrolmentMoments()],
  ['in a walk', enrolmentMoments({ draft: wholeDraft, updating: 'walk' })],
  ['in a walk, from a field', enrolmentMoments({ draft: wholeDraft, updating: 'walk', field: 'headcount' })],
  ['at home', enrolmentMoments({ draft: wholeDraft, updating: 'home' })],
  ['handed over to a colleague', enrolmentMoments(asSuccessor)],
  ['before a re-check', enrolmentMoments({ draft: wholeDraft, updating: 'recheck' })],
] as const

/** How a claim can stand, where that is shown. */
const standings: readonly (ClaimStanding | null)[] = [
  null,
  { state: 'asked', hasLicence: false },
  { state: 'asked', hasLicence: true },
  { state: 'withRegulator', hasLicence: true },
  { state: 'refused', hasLicence: false },
  { state: 'refusedForGood', hasLicence: true },
]
const claimsAt = (value: string) => (value === 'awaitingClaim' ? standings : [null])

test('every row of the table is met', () => {
  const met = occasions.flatMap(([, moments]) => moments.map(({ value }) => innermost(value)))
  expect([...new Set(met)].sort()).toEqual(Object.keys(enrolmentScreens).sort())
})

describe.for(occasions)('%s', ([, moments]) => {
  holdsTogether(
    enrolmentShell,
    moments.flatMap((state) =>
      claimsAt(innermost(state.value)).map((claim) => ({
        state,
        place: {
          library,
          policy,
          value: innermost(state.value),
          context: state.context as EnrolmentContext,
          known: { claim },
        },
      })),
    ),
  )
})
