import { initialTransition, type SnapshotFrom } from 'xstate'
import type { IsoDate } from '../../src/calendar/dates.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { advance } from '../advance.ts'
import { lifted, type SnapshotMigration } from '../flow.ts'
import {
  type LifeCycleContext,
  type LifeCycleEffect,
  type LifeCycleEvent,
  standardization,
} from './standardization.machine.ts'

export * from './standardization.machine.ts'

const migrations: readonly SnapshotMigration[] = []

/** Migrations plus one, so that it cannot be forgotten. */
export const version = migrations.length + 1

const migrate = lifted(migrations)

/** A snapshot as stored: it says what it is. */
export interface LifeCycleEnvelope {
  readonly flow: 'standardization'
  readonly version: number
  readonly policy: string
  readonly value: LifeCycleState
  readonly context: LifeCycleContext
}

/** In the order in which an application meets them. */
export const lifeCycleStates = [
  'assessing',
  'filed',
  'underReview',
  'returned',
  'rejected',
  'withdrawn',
  'approved',
  'inPublicity',
  'announced',
  'verificationDue',
  'verified',
  'rectifying',
  'revoked',
  'renewed',
  'expired',
] as const

export type LifeCycleState = (typeof lifeCycleStates)[number]

/** Waiting for a regulator's decision. */
export const awaitingReview: readonly LifeCycleState[] = ['filed', 'underReview']

/** On its way to a decision or an announcement. */
export const running: readonly LifeCycleState[] = [...awaitingReview, 'returned', 'approved', 'inPublicity']

/** Whether the owner may still take it back. Pure. */
export const mayWithdraw = (policy: Policy, stored: LifeCycleEnvelope, on: IsoDate): boolean =>
  lifeCycleStep(policy, stored, { type: 'application.withdrawn', on }) !== undefined

/** Decided against the enterprise. */
export const rejectedOrRevoked: readonly LifeCycleState[] = ['rejected', 'revoked']

/** Announced and in force, as long as its last day has not passed. */
export const listed: readonly LifeCycleState[] = ['announced', 'verificationDue', 'verified', 'rectifying']

/** Before it is filed. */
export const newLifeCycle = (policy: Policy): LifeCycleEnvelope =>
  envelopeOf(policy, initialTransition(machineOf(policy))[0])

export interface LifeCycleStep {
  readonly envelope: LifeCycleEnvelope
  readonly effects: readonly LifeCycleEffect[]
}

/**
 * One step of a life cycle; undefined when the event means nothing where it stands. Pure.
 * @throws Error when the stored state no longer exists: a migration is missing
 */
export function lifeCycleStep(
  policy: Policy,
  stored: LifeCycleEnvelope,
  event: LifeCycleEvent,
): LifeCycleStep | undefined {
  const machine = machineOf(policy)
  const { value, context } = migrated(stored)
  const snapshot = machine.resolveState({ value, context })
  if (!snapshot.can(event)) return undefined
  const next = advance(machine, snapshot, event)
  return { envelope: envelopeOf(policy, next.snapshot), effects: next.effects }
}

function migrated({ version: from, value, context }: LifeCycleEnvelope) {
  if (from === version) return { value, context }
  const lifted = migrate({ value, context: { ...context } }, from)
  return { value: lifted.value, context: lifted.context as typeof context }
}

const envelopeOf = (policy: Policy, { value, context }: SnapshotFrom<Machine>): LifeCycleEnvelope => ({
  flow: 'standardization',
  version,
  policy: policy.id,
  value,
  context,
})

type Machine = ReturnType<typeof standardization>

/** Building a machine costs a thousand steps of one, and a policy object never changes. */
function machineOf(policy: Policy): Machine {
  const machine = machines.get(policy) ?? standardization(policy)
  machines.set(policy, machine)
  return machine
}

const machines = new WeakMap<Policy, Machine>()
