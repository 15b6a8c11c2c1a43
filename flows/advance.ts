import {
  type AnyStateMachine,
  type EmittedFrom,
  type EventFromLogic,
  type ExecutableActionObject,
  type InputFrom,
  initialTransition,
  type SnapshotFrom,
  type StateValue,
  transition,
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
  const [next, actions] = transition(machine, snapshot, event)
  return { snapshot: next, effects: actions.flatMap(emittedBy<TMachine>) }
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
