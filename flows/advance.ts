import {
  type AnyActorScope,
  type AnyStateMachine,
  createEmptyActor,
  type EmittedFrom,
  type EventFromLogic,
  type ExecutableActionObject,
  type InputFrom,
  initialTransition,
  type SnapshotFrom,
  type StateValue,
} from 'xstate'

/** What a step comes to: where the conversation is now, and what must happen in the world, as data. */
export interface Step<TMachine extends AnyStateMachine> {
  readonly snapshot: SnapshotFrom<TMachine>
  readonly effects: EmittedFrom<TMachine>[]
}

/** One step of a conversation. Pure. */
export function advance<TMachine extends AnyStateMachine>(
  machine: TMachine,
  snapshot: SnapshotFrom<TMachine>,
  event: EventFromLogic<TMachine>,
): Step<TMachine> {
  const effects: EmittedFrom<TMachine>[] = []
  const next = machine.transition(snapshot, event, {
    ...nobody,
    actionExecutor: (action) => effects.push(...emittedBy<TMachine>(action)),
  })
  return { snapshot: next as SnapshotFrom<TMachine>, effects }
}

const self = createEmptyActor()

/**
 * In whose name machines are stepped. XState's own `transition` makes a new one for every step, and with it the
 * initial state of the machine: that took longer than the step.
 */
const nobody: AnyActorScope = {
  self,
  system: self.system,
  id: '',
  sessionId: '',
  logger: () => undefined,
  defer: () => undefined,
  emit: () => undefined,
  stopChild: () => undefined,
  actionExecutor: () => undefined,
}

/** The first step. Pure. */
export function opening<TMachine extends AnyStateMachine>(
  machine: TMachine,
  input: InputFrom<TMachine>,
): Step<TMachine> {
  const [first, actions] = initialTransition(machine, input)
  return { snapshot: first, effects: actions.flatMap(emittedBy<TMachine>) }
}

const emittedBy = <TMachine extends AnyStateMachine>({ type, params }: ExecutableActionObject) =>
  type === 'xstate.emit' ? [(params as { event: EmittedFrom<TMachine> }).event] : []

/** The innermost state, such as `asking` of `{ walking: { inHand: 'asking' } }`. */
export function innermost(value: StateValue): string {
  if (typeof value === 'string') return value
  const inner = Object.values(value)[0]
  return inner === undefined ? '' : innermost(inner)
}
