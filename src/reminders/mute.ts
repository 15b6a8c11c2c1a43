import type { Trx } from '../storage/database.ts'
import { muteContact, unmuteContact } from '../storage/reminders.ts'

/** No reminder reaches this contact any more, of whatever kind; notices on an application still do. */
export const muteReminders = (trx: Trx, { contact, at }: { readonly contact: string; readonly at: Date }) =>
  muteContact(trx, contact, at)

/** Reminders go on from the next one. */
export const unmuteReminders = (trx: Trx, contact: string): Promise<void> => unmuteContact(trx, contact)
