import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import { innermost } from '../advance.ts'
import { claimAnswered } from '../claim-keys.ts'
import { type Flow, lifted, type SnapshotMigration } from '../flow.ts'
import { type EnrolmentContext, type EnrolmentEvent, enrolment } from './enrolment.machine.ts'
import { type EnrolmentKnown, type EnrolmentState, enrolmentScreens } from './screens.ts'

const migrations: readonly SnapshotMigration[] = [
  /** Screens became functions of the state: what is asked back, and what stands in the way, is remembered. */
  ({ value, context: { doubtedName, ...context } }) => ({
    value,
    context: {
      ...context,
      changed: false,
      problem: null,
      suggested: null,
      doubted: typeof doubtedName === 'string' ? { field: 'name', value: doubtedName } : null,
      trade: innermost(value) === 'confirmingIndustry' ? tradeOf(context) : null,
      ofTrade: [],
    },
  }),
  /** v3: a registered code may be claimed, and a colleague may become the contact. */
  ({ value, context: { problem, invitation, ...context } }) => ({
    value,
    context: {
      ...context,
      problem: isTaken(problem) ? null : problem,
      ...(invitation !== undefined && { invitation: invitedTo(invitation) }),
      successor: {},
      claimed: null,
      licence: null,
    },
  }),
  /** v4: the bookmark of the walk that was left is lifted with it. */
  ({ value, context: { walk, ...context } }) => ({
    value,
    context: {
      ...context,
      ...(isContext(walk) && {
        walk: { only: null, proposal: null, proofs: [], earlier: null, batch: [], spared: [], ...walk },
      }),
    },
  }),
]

const isTaken = (problem: unknown) => (problem as { kind?: string } | null)?.kind === 'taken'

function invitedTo(invitation: unknown) {
  const { isWhole, ...others } = invitation as { readonly isWhole: boolean }
  return { ...others, to: isWhole ? 'walk' : 'item' }
}

const isContext = (walk: unknown): walk is Readonly<Record<string, unknown>> =>
  typeof walk === 'object' && walk !== null

/** A trade used to be recorded before it was confirmed. */
function tradeOf({ draft }: Readonly<Record<string, unknown>>) {
  const { industryClass, industry } = draft as { industryClass: string; industry: string }
  return { code: industryClass, industry, facts: [] }
}

const machines = new WeakMap<ChecklistLibrary, ReturnType<typeof enrolment>>()

export const enrolmentFlow: Flow<EnrolmentContext, EnrolmentEvent, EnrolmentKnown> = {
  name: 'enrolment',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: ({ library }) => {
    const machine = machines.get(library) ?? enrolment(library)
    machines.set(library, machine)
    return machine
  },
  screen: (place) => enrolmentScreens[place.value as EnrolmentState](place),
  // Who changes the particulars of an enterprise may be asked who belongs to it.
  standing: (key) => {
    const answered = claimAnswered(key)
    return answered && { type: 'claim.answered', ...answered }
  },
  settled: ({ evidenceId, outcome }) => ({ type: 'licence.settled', evidenceId, outcome }),
}
