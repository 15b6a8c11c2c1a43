import type { ReviewDeskEvent } from '../../flows/review-desk/review-desk.machine.ts'

const inHand = { applicationId: 'a-1', round: 1 }
const findings = [{ number: 14, reason: '照片看不清' }]
const reject = { decision: 'reject', reason: '与现场不符' } as const

/** Everything that can happen at a desk, once each. */
export const deskEvents: readonly ReviewDeskEvent[] = [
  { type: 'application.approved', ...inHand },
  { type: 'approval.begun', ...inHand },
  { type: 'approval.begun', ...inHand, filedAnew: true },
  { type: 'approval.cancelled' },
  { type: 'return.begun', ...inHand },
  { type: 'return.begun', ...inHand, filedAnew: true },
  { type: 'reasons.given', findings },
  { type: 'reasons.malformed', line: '照片看不清' },
  { type: 'numbers.unknown', numbers: [400, 401] },
  { type: 'return.confirmed', findings, ...inHand },
  { type: 'return.cancelled' },
  { type: 'refusal.begun', refusal: reject, ...inHand },
  { type: 'refusal.begun', refusal: { decision: 'revoke', reason: '重大隐患没有改' }, ...inHand },
  { type: 'refusal.begun', refusal: reject, ...inHand, filedAnew: true },
  { type: 'refusal.confirmed', refusal: reject, ...inHand },
  { type: 'refusal.cancelled' },
  { type: 'subject.unknown', subject: '000009' },
  { type: 'subject.several', subject: '000001', applicationIds: ['a-1', 'a-2'] },
  { type: 'approver.needed', ...inHand },
  { type: 'already.decided', ...inHand },
  { type: 'claims.asked' },
  ...(['colleague', 'contact', 'refused'] as const).map(
    (decision): ReviewDeskEvent => ({ type: 'claim.decided', claimId: 'c-1', decision }),
  ),
  { type: 'queue.asked' },
  { type: 'help.asked' },
]
