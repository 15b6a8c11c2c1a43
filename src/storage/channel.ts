import type { Trx } from './database.ts'
import { saveSetting, setting } from './settings.ts'

/** What the people in a database are reached by: a corp, or the simulator. */
export const CHANNEL = 'channel'

/** A database serves the first channel it is opened for, and gives that ever after. */
export async function channelServed(trx: Trx, channel: string): Promise<string> {
  const known = await setting(trx, CHANNEL)
  if (known === undefined) await saveSetting(trx, CHANNEL, channel)
  return known ?? channel
}
