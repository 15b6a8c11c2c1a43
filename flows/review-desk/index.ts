import { type Flow, lifted, type SnapshotMigration } from '../flow.ts'
import { interpretDesk } from './interpret.ts'
import { reviewDesk } from './review-desk.machine.ts'

export { reviewKeys } from './interpret.ts'
export type {
  DeskEffect,
  DeskFinding,
  Refusal,
  ReviewDeskContext,
  ReviewDeskEvent,
  Subject,
} from './review-desk.machine.ts'

const migrations: readonly SnapshotMigration[] = [
  /** v2: a regulator may be about to reject or revoke. */
  ({ value, context }) => ({ value, context: { ...context, refusal: null } }),
]

export const reviewDeskFlow: Flow = {
  name: 'reviewDesk',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: () => reviewDesk,
  interpret: interpretDesk,
}
