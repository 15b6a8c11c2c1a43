import type { HazardWish, HomeEvent } from '../../flows/home/home.machine.ts'

const photo = { evidenceId: 'p1', mediaId: 'm1' }

const wishes: readonly HazardWish[] = [
  { kind: 'done' },
  { kind: 'look' },
  { kind: 'due', date: '2026-12-20' },
  { kind: 'person', person: '李四' },
]

/** Everything that can happen at home, once each. */
export const homeEvents: readonly HomeEvent[] = [
  { type: 'walk.begun', beginning: 'recheck' },
  { type: 'beginning.unavailable', beginning: 'renewal' },
  { type: 'reminder.snoozed', applicationId: 'a-1' },
  { type: 'reminders.muted' },
  { type: 'reminders.unmuted' },
  { type: 'amendment.postponed' },
  { type: 'status.asked' },
  { type: 'thanks.said' },
  { type: 'request.refused', why: 'nothingFiled' },
  { type: 'register.asked' },
  ...wishes.map((wish): HomeEvent => ({ type: 'hazard.wished', wish })),
  { type: 'hazard.wished', wish: { kind: 'done' }, photo },
  ...wishes.map((wish): HomeEvent => ({ type: 'hazard.chosen', hazardId: 'h-1', wish })),
  { type: 'hazard.chosen', hazardId: 'h-2', wish: { kind: 'done' } },
  { type: 'photo.received', photo },
  { type: 'hazard.doneByWord' },
  { type: 'photo.confirmed' },
  { type: 'photo.denied' },
  { type: 'evidence.settled', evidenceId: 'p1', outcome: 'stored' },
  { type: 'evidence.settled', evidenceId: 'p1', outcome: 'lost' },
  { type: 'due.asked' },
  { type: 'due.given', date: '2026-12-20' },
  { type: 'person.asked' },
  { type: 'person.given', person: '李四' },
  { type: 'filed.opened', asked: 'answers' },
  { type: 'filed.turned', by: 1 },
  { type: 'filed.turned', by: -1 },
  { type: 'withdrawal.asked' },
  { type: 'withdrawal.confirmed' },
  { type: 'closing.told' },
  { type: 'closing.confirmed' },
  { type: 'objection.begun' },
  { type: 'objection.written', text: '照片是拍了的' },
  { type: 'objection.sent' },
  { type: 'profile.opened', particular: 'headcount' },
  { type: 'matter.dropped' },
  { type: 'invitation.accepted', hash: 'h', name: '黄伟' },
  { type: 'invitation.refused', why: 'expired' },
]
