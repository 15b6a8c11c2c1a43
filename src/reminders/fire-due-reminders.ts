import { randomUUID } from 'node:crypto'
import { addDays, chinaDateOf, type IsoDate, nineOn } from '../calendar/dates.ts'
import { checklistOf } from '../checklist/checklist.ts'
import { minutesFor } from '../checklist/photos.ts'
import { progressOf } from '../checklist/rules.ts'
import { sheetOfAnswers } from '../checklist/sheet-of.ts'
import { spokenLanguage, translators } from '../i18n/translator.ts'
import type { Reply } from '../message/index.ts'
import { policyNamed } from '../policy/policy.ts'
import { nudgeReply, type ReminderView, rectificationReply } from '../replies/reminders.ts'
import { answersOf } from '../storage/answers.ts'
import { openWalkOf } from '../storage/assessments.ts'
import type { Trx } from '../storage/database.ts'
import { enterpriseOf, languageSpokenBy } from '../storage/enterprises.ts'
import { openHazards } from '../storage/hazards.ts'
import { enqueue } from '../storage/outbox.ts'
import { claimReminder, type DueReminder, dueReminders, isMuted, type PlannedReminder } from '../storage/reminders.ts'
import type { ReminderKind } from '../storage/tables.ts'
import { type Fired, fireAll } from './fire-all.ts'
import type { ReminderHouse } from './house.ts'
import { scheduleNextNudge } from './nudge.ts'
import { planRectification } from './rectification.ts'

/** What is done when a reminder of its kind is due. */
export type Teller<House extends ReminderHouse> = (
  trx: Trx,
  house: House,
  reminder: PlannedReminder,
  now: Date,
) => Promise<void>

/** Those of others than this folder. */
export type OtherTellers<House extends ReminderHouse> = Readonly<
  Record<Exclude<ReminderKind, keyof typeof ownTellers>, Teller<House>>
>

/**
 * Tells what has become due and is not pointless by now, each in a transaction of its own, exactly once whoever else
 * does the same; and plans when it is told again.
 */
export function fireDueReminders<House extends ReminderHouse>(
  house: House,
  now: Date,
  others: OtherTellers<House>,
): Promise<Fired> {
  const tellers: Readonly<Record<ReminderKind, Teller<House>>> = { ...ownTellers, ...others }
  return fireAll<DueReminder>(
    (page) => dueReminders(house.database.db, now, page),
    (due) => fire(house, tellers, due, now),
  )
}

/** Under the key of the contact: what they are saying at this moment comes before or after, never in between. */
function fire<House extends ReminderHouse>(
  house: House,
  tellers: Readonly<Record<ReminderKind, Teller<House>>>,
  { seq, contact }: DueReminder,
  now: Date,
): Promise<boolean> {
  const { dialect, inTransaction } = house.database
  return inTransaction(contact, async (trx) => {
    const reminder = await claimReminder(trx, dialect, seq, { at: now, on: chinaDateOf(now) })
    if (!reminder) return false
    await tellers[reminder.kind](trx, house, reminder, now)
    return true
  })
}

const ownTellers = { rectification: tellRectification, nudge: tellNudge } as const

/** All that is overdue or soon due in one message, as things stand today. */
async function tellRectification(trx: Trx, house: ReminderHouse, reminder: PlannedReminder, now: Date) {
  const enterpriseId = reminder.subject
  const today = chinaDateOf(now)
  const { name, contact, policy } = await enterpriseOf(trx, enterpriseId)
  const soon = Math.max(...policyNamed(house, policy).rectificationReminderDaysBefore.value)
  const hazards = (await openHazards(trx, enterpriseId)).filter(({ dueOn }) => dueOn <= addDays(today, soon))
  if (hazards.length > 0)
    await tell(trx, house, { ...reminder, contact }, now, (view) => rectificationReply(hazards, name, view))
  await planRectification(trx, house, { enterpriseId, at: now })
}

/** Only of a walk that is still open: whatever was filed or abandoned otherwise is no longer lying about. */
async function tellNudge(trx: Trx, house: ReminderHouse, reminder: PlannedReminder, now: Date) {
  const walk = await openWalkOf(trx, reminder.contact)
  if (!walk) return
  const { name } = await enterpriseOf(trx, walk.enterpriseId)
  const checklist = checklistOf(house.library, walk.refs)
  const { left } = progressOf(checklist, sheetOfAnswers(checklist, await answersOf(trx, walk.id)), -1)
  const minutes = minutesFor({ questions: left, photos: 0 })
  await tell(trx, house, reminder, now, (view) => nudgeReply({ enterprise: name, left, minutes }, view))
  await scheduleNextNudge(trx, reminder, policyNamed(house, walk.policy), chinaDateOf(now))
}

/** At once, but not before nine; once a day of each matter; nothing to someone who asked for quiet. */
async function tell(
  trx: Trx,
  { library }: ReminderHouse,
  { uniqueKey, contact }: PlannedReminder,
  at: Date,
  replyIn: (view: ReminderView) => Reply,
): Promise<void> {
  if (await isMuted(trx, contact)) return
  const language = spokenLanguage(await languageSpokenBy(trx, contact))
  const today: IsoDate = chinaDateOf(at)
  const view = { t: translators[language], language, library, today, promptId: `r-${randomUUID()}` }
  await enqueue(trx, {
    uniqueKey: `${uniqueKey}:${today}`,
    recipient: contact,
    kind: 'reply',
    reply: replyIn(view),
    cause: uniqueKey,
    series: uniqueKey,
    dueAt: at < nineOn(today) ? nineOn(today) : at,
    at,
  })
}
