import type { Heard, Scene } from '../flow.ts'
import { namedAfter, reasonsIn, refusalIn, says } from './desk-words.ts'
import type { ReviewDeskEvent } from './review-desk.machine.ts'

/** Keys of the buttons; an application's id follows those that name one. */
export const reviewKeys = {
  /** On its own push: they stay good for ever. `.<round>` follows the id: what is filed later is not approved. */
  approve: 'review.approve',
  return: 'review.return',
  /** In a list: asked back first, for a number typed late may mean another card. */
  approveNamed: 'queue.approve',
  returnNamed: 'queue.return',
  /** Asked by an earlier version; today the card that asks names the round. */
  confirmApproval: 'approval.confirmed',
  cancelApproval: 'approval.cancelled',
  confirmReturn: 'return.confirmed',
  cancelReturn: 'return.cancelled',
  confirmRefusal: 'refusal.confirmed',
  cancelRefusal: 'refusal.cancelled',
} as const

/** What a regulator said or tapped → one event; undefined when it means nothing at the desk. Pure. */
export function interpretDesk(heard: Heard, { value }: Scene): ReviewDeskEvent | undefined {
  switch (heard.type) {
    case 'chosen':
      return tapped(heard.key)
    case 'command':
      return commanded(heard.command.kind, value)
    case 'words':
      return spoken(heard.text, value)
    default:
      return undefined
  }
}

function tapped(key: string): ReviewDeskEvent | undefined {
  const [, verb, subject = '', round] = /^([a-z]+\.[a-z]+)\.([^.]+)(?:\.(\d+))?$/.exec(key) ?? []
  switch (verb) {
    case reviewKeys.approve:
      return round === undefined
        ? { type: 'approval.begun', subject }
        : { type: 'application.approved', applicationId: subject, round: Number(round) }
    case reviewKeys.approveNamed:
      return { type: 'approval.begun', subject }
    case reviewKeys.return:
    case reviewKeys.returnNamed:
      return { type: 'return.begun', subject }
  }
  switch (key) {
    case reviewKeys.confirmApproval:
    case reviewKeys.cancelApproval:
    case reviewKeys.confirmReturn:
    case reviewKeys.cancelReturn:
    case reviewKeys.confirmRefusal:
    case reviewKeys.cancelRefusal:
      return { type: key }
    default:
      return undefined
  }
}

function commanded(kind: string, value: string): ReviewDeskEvent {
  switch (kind) {
    case 'progress':
    case 'status':
    case 'start':
    case 'resume':
      return { type: 'queue.asked' }
    case 'back':
      return cancelled(value)
    default:
      return { type: 'help.asked' }
  }
}

function spoken(text: string, value: string): ReviewDeskEvent {
  const approved = namedAfter('approve', text)
  if (approved !== undefined) return { type: 'approval.begun', subject: approved }
  const returned = namedAfter('return', text)
  if (returned !== undefined) return { type: 'return.begun', subject: returned }
  const refused = refusalIn(text)
  if (refused !== undefined) return { type: 'refusal.begun', ...refused }
  if (says('queue', text)) return { type: 'queue.asked' }
  if (says('help', text)) return { type: 'help.asked' }
  if (value !== 'atDesk' && says('cancel', text)) return cancelled(value)
  switch (value) {
    case 'confirmingApproval':
      return { type: says('confirmApproval', text) ? 'approval.confirmed' : 'prompt.repeated' }
    case 'confirmingRefusal':
      return { type: says('confirmRefusal', text) ? 'refusal.confirmed' : 'prompt.repeated' }
    case 'confirmingReturn':
      return says('confirmReturn', text) ? { type: 'return.confirmed' } : reasons(text)
    case 'returning':
      return reasons(text)
    default:
      // 通过 or 1 alone: of which application is for the list to ask.
      return { type: says('bare', text) ? 'queue.asked' : 'help.asked' }
  }
}

function cancelled(value: string): ReviewDeskEvent {
  switch (value) {
    case 'atDesk':
      return { type: 'queue.asked' }
    case 'confirmingApproval':
      return { type: 'approval.cancelled' }
    case 'confirmingRefusal':
      return { type: 'refusal.cancelled' }
    default:
      return { type: 'return.cancelled' }
  }
}

function reasons(text: string): ReviewDeskEvent {
  const read = reasonsIn(text)
  return read.type === 'findings'
    ? { type: 'reasons.given', findings: read.findings }
    : { type: 'reasons.malformed', line: read.line }
}
