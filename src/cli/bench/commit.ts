import { join } from 'node:path'
import type { Content } from '../../content.ts'
import { handleInbound } from '../../conversation/handle-inbound.ts'
import { openDatabase } from '../../storage/database.ts'
import { inTemporaryFolder, type Measure, measure, percentile, timed } from './measure.ts'
import { beginWalks, newOwners, sayingsOf } from './owners.ts'
import { quietHouse } from './quiet-house.ts'

/**
 * How long a message takes from being handed in to being on disk, when there is no other to share the commit; beside
 * it the least that anything takes: one row, one commit.
 */
export const commitMeasures = (content: Content, owners: number): Promise<Measure[]> =>
  inTemporaryFolder(async (folder) => {
    const ours = await messageTimes(content, join(folder, 'anbiao.db'), owners)
    const bare = await rowTimes(join(folder, 'bare.db'), ours.length)
    return [50, 99].map((share) =>
      measure(`commit-p${share}`, percentile(ours, share / 100), 'ms', {
        name: 'one row in SQLite',
        value: percentile(bare, share / 100),
      }),
    )
  })

async function messageTimes(content: Content, file: string, count: number): Promise<number[]> {
  const database = await openDatabase(file)
  const house = quietHouse(content, database)
  const owners = newOwners(count)
  await beginWalks(house, owners)

  const times: number[] = []
  for (const { contact, messageId, text } of sayingsOf(owners)) {
    const message = { dedupeKey: messageId, contact, sentAt: house.clock(), content: { type: 'text', text } } as const
    times.push(await timed(() => handleInbound(house, message)))
  }
  await database.close()
  // In the first quarter the program is still being compiled.
  return times.slice(times.length / 4)
}

async function rowTimes(file: string, count: number): Promise<number[]> {
  const { db, close } = await openDatabase(file)
  const times: number[] = []
  while (times.length < count) {
    const row = { key: String(times.length), value: 'x'.repeat(200) }
    times.push(await timed(() => db.insertInto('settings').values(row).execute()))
  }
  await close()
  return times
}
