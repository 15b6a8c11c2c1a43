import type { AnyEventObject, AnyStateMachine, StateValue } from 'xstate'
import type { Checklist, SiteFacts } from '../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../src/checklist/library.ts'
import type { Policy } from '../src/policy/policy.ts'
import type { Command } from './words/command-heard.ts'
import type { Lexicon } from './words/lexicon.ts'

export type FlowName = 'enrolment' | 'selfAssessment' | 'home' | 'reviewDesk'

/** What every conversation offers the engine. */
export interface Flow {
  readonly name: FlowName
  /** Migrations plus one, so that it cannot be forgotten. */
  readonly version: number
  /** Lifts a stored snapshot from an older version to today's. */
  readonly migrate: (stored: StoredSnapshot, from: number) => StoredSnapshot
  /** The machine for a setting: the same object for the same checklist. */
  readonly machine: (setting: Setting) => AnyStateMachine
  /** What was heard → one event of this flow; undefined when the flow has no use for it. Pure. */
  interpret(heard: Heard, scene: Scene): AnyEventObject | undefined
}

/** What a machine closes over, so that it never enters a snapshot. */
export interface Setting {
  readonly library: ChecklistLibrary
  readonly policy: Policy
  /** Only in a self-assessment. */
  readonly checklist?: Checklist
}

/** What the words are understood in front of. */
export interface Scene extends Setting {
  readonly lexicon: Lexicon
  /** The innermost state the machine is in. */
  readonly value: string
  readonly context: unknown
  readonly facts: KnownFacts
}

/** What the house knows of a contact when a flow asks; the flow decides nothing from memory. */
export interface KnownFacts {
  readonly site?: SiteFacts
  /** What the owner may begin today. */
  readonly mayBegin: readonly Beginning[]
}

export type Beginning = 'assessment' | 'amendment' | 'recheck' | 'renewal'

/** What a person said, showed or tapped, after the engine has told commands, stale cards and unusable things apart. */
export type Heard =
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'command'; readonly command: Command }
  /** A button of the open prompt, or a standing key. */
  | { readonly type: 'chosen'; readonly key: string }
  | { readonly type: 'picked'; readonly keys: readonly string[] }
  | { readonly type: 'photo'; readonly evidenceId: string; readonly mediaId: string }
  | {
      readonly type: 'evidenceSettled'
      readonly evidenceId: string
      readonly outcome: 'stored' | 'lost' | 'tooLarge' | 'unreadable'
    }

/** Every flow takes it in every state: says again what it is waiting for. */
export interface PromptRepeated {
  readonly type: 'prompt.repeated'
}

/** A bookmark, not the record: the record is the stored answers. */
export interface StoredSnapshot {
  readonly value: StateValue
  readonly context: Readonly<Record<string, unknown>>
}

/** Index n lifts a snapshot from version n + 1 to n + 2. Never edit one that has shipped. */
export type SnapshotMigration = (stored: StoredSnapshot) => StoredSnapshot

export const lifted = (migrations: readonly SnapshotMigration[]) => (stored: StoredSnapshot, from: number) =>
  migrations.slice(from - 1).reduce((snapshot, lift) => lift(snapshot), stored)
