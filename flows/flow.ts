import type { AnyEventObject, AnyStateMachine, StateValue } from 'xstate'
import type { Checklist } from '../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../src/checklist/library.ts'
import type { Policy } from '../src/policy/policy.ts'
import type { Screen } from './screen.ts'

export type FlowName = 'enrolment' | 'selfAssessment' | 'home' | 'reviewDesk'

/**
 * What every conversation offers the engine. `Known` is what the house knows of the matter where it stands, read anew
 * for every screen: nothing that a row can change is remembered in a snapshot.
 */
export interface Flow<Context, Event extends AnyEventObject, Known> {
  readonly name: FlowName
  /** Migrations plus one, so that it cannot be forgotten. */
  readonly version: number
  /** Lifts a stored snapshot from an older version to today's. */
  readonly migrate: (stored: StoredSnapshot, from: number) => StoredSnapshot
  /** The machine for a setting: the same object for the same checklist. */
  readonly machine: (setting: Setting) => AnyStateMachine
  /** What is waited for where the conversation stands. Pure. */
  screen(place: Place<Context, Known>): Screen<Event>
  /** A key that stays good for as long as the message that carries it, whatever is waited for. */
  standing?(key: string, place: Place<Context, Known>): Event | undefined
  /** A photo has been fetched and stored, or has been given up. */
  settled?(evidence: { readonly evidenceId: string; readonly outcome: EvidenceOutcome }): Event
}

export type EvidenceOutcome = 'stored' | 'lost' | 'tooLarge' | 'unreadable'

/** What a machine closes over, so that it never enters a snapshot. */
export interface Setting {
  readonly library: ChecklistLibrary
  readonly policy: Policy
  /** Only in a self-assessment. */
  readonly checklist?: Checklist
}

/** Where a conversation stands. */
export interface Place<Context, Known> extends Setting {
  /** The innermost state the machine is in. */
  readonly value: string
  readonly context: Context
  readonly known: Known
}

export type Beginning = 'assessment' | 'amendment' | 'recheck' | 'renewal'

/** A bookmark, not the record: the record is the stored answers. */
export interface StoredSnapshot {
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
}

/** Index n lifts a snapshot from version n + 1 to n + 2. Never edit one that has shipped. */
export type SnapshotMigration = (stored: StoredSnapshot) => StoredSnapshot

export const lifted = (migrations: readonly SnapshotMigration[]) => (stored: StoredSnapshot, from: number) =>
  migrations.slice(from - 1).reduce((snapshot, lift) => lift(snapshot), stored)
