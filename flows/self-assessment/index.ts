import type { Checklist } from '../../src/checklist/checklist.ts'
import { type Flow, lifted, type SnapshotMigration } from '../flow.ts'
import { interpretWalk } from './interpret.ts'
import { selfAssessment } from './self-assessment.machine.ts'

const migrations: readonly SnapshotMigration[] = []

/** Building a machine costs a thousand steps of one, and a checklist object never changes. */
const machines = new WeakMap<Checklist, Map<number | null, ReturnType<typeof selfAssessment>>>()

function machineFor(checklist: Checklist, minimumScore: number | null) {
  const built = machines.get(checklist) ?? new Map<number | null, ReturnType<typeof selfAssessment>>()
  machines.set(checklist, built)
  const machine = built.get(minimumScore) ?? selfAssessment({ checklist, minimumScore })
  built.set(minimumScore, machine)
  return machine
}

export const selfAssessmentFlow: Flow = {
  name: 'selfAssessment',
  version: migrations.length + 1,
  migrate: lifted(migrations),
  machine: ({ checklist, policy }) => {
    if (!checklist) throw new Error('A self-assessment needs its frozen checklist')
    return machineFor(checklist, policy.minimumScore.value)
  },
  interpret: interpretWalk,
}
