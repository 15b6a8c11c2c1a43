import { advance } from '../../../flows/advance.ts'
import type { WalkContext, WalkEvent } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { evidenceOf, type Picture } from '../../storage/evidence.ts'
import type { Said, Unit } from './shell.ts'
import { walkShell } from './walk.ts'

/** The bookmark of a walk that was left for a while, with the photos that have been fetched or given up since. */
export async function caughtUp(
  unit: Unit,
  walk: WalkContext | undefined,
): Promise<{ walk: WalkContext; said: Said[] }> {
  const { assessment, enterprise, setting } = unit.conversation
  if (!walk || !assessment || !enterprise) throw new Error('No walk was left for this')
  const machine = walkShell.flow.machine(setting)
  const pictures = new Map((await evidenceOf(unit.trx, assessment.id)).map(({ id, picture }) => [id, picture]))
  const events = walk.awaited.flatMap(({ id }) => settled(id, pictures.get(id)))

  let snapshot = machine.resolveState({ value: 'paused', context: walk })
  const said: Said[] = []
  for (const event of events) {
    const step = advance(machine, snapshot, event)
    snapshot = step.snapshot
    const { site, contactName } = enterprise
    const known = { site, contactName, answeredBy: new Map<string, string>(), dueOn: new Map<string, string>() }
    const place = { ...setting, value: 'paused', context: snapshot.context as WalkContext, known }
    said.push(...(await walkShell.carriedOut(unit, step.effects, place)).said)
  }
  return { walk: snapshot.context as WalkContext, said }
}

function settled(evidenceId: string, picture: Picture | undefined): WalkEvent[] {
  if (!picture || picture.state === 'fetching') return []
  const outcome = picture.state === 'stored' ? 'stored' : picture.whyLost
  return [{ type: 'evidence.settled', evidenceId, outcome }]
}
