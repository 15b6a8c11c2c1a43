import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import { type Flow, lifted, type SnapshotMigration } from '../flow.ts'
import { enrolment } from './enrolment.machine.ts'
import { interpretEnrolment } from './interpret.ts'

const migrations: readonly SnapshotMigration[] = []

const machines = new WeakMap<ChecklistLibrary, ReturnType<typeof enrolment>>()

export const enrolmentFlow: Flow = {
  name: 'enrolment',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: ({ library }) => {
    const machine = machines.get(library) ?? enrolment(library)
    machines.set(library, machine)
    return machine
  },
  interpret: interpretEnrolment,
}
