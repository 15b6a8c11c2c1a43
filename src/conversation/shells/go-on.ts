import type { AnyEventObject } from 'xstate'
import { opening } from '../../../flows/advance.ts'
import { flows } from '../../../flows/index.ts'
import { type Conversation, settingOf } from '../conversation.ts'
import type { ConversationHouse } from '../house.ts'
import type { Next } from './shell.ts'

/** A conversation at the first step of where it goes on, and what that step asks for. */
export function goneOn(
  house: ConversationHouse,
  conversation: Conversation,
  { flow, input, seen = conversation.seen, ...where }: Next,
): { readonly conversation: Conversation; readonly effects: readonly AnyEventObject[] } {
  const setting = settingOf(house, where.enterprise, where.assessment)
  const machine = flows[flow].machine(setting)
  const { snapshot, effects } = opening(machine, input)
  return { conversation: { ...conversation, ...where, flow, setting, machine, snapshot, seen, refs: null }, effects }
}
