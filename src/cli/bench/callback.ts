import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Content } from '../../content.ts'
import { handleInbound } from '../../conversation/handle-inbound.ts'
import { type Database, openDatabase } from '../../storage/database.ts'
import { postsPerSecond, textPost } from './load.ts'
import { inTemporaryFolder, type Measure, measure, median } from './measure.ts'
import { beginWalks, messagesEach, newOwners, type Owner, profileCount, sayingsOf } from './owners.ts'
import { quietHouse } from './quiet-house.ts'

export interface CallbackSettings {
  readonly rounds: number
  /** About how long each server is kept busy in a round. */
  readonly seconds: number
}

/** Each carries the messages of some owners, who wait for the 200 before they say more. */
const CONNECTIONS = 64

/**
 * Messages per second that our callback accepts and commits, against an express server that only checks and decrypts
 * them. Both get the same bodies, in turns. Afterwards our process is killed, and all it accepted must be in its
 * database.
 * @throws when a message was refused, or is not on record as it would be in a chat by itself
 */
export const callbackMeasure = (content: Content, settings: CallbackSettings): Promise<Measure> =>
  inTemporaryFolder(async (folder) => {
    const database = await openDatabase(join(folder, 'anbiao.db'))
    const ours = await started('our-server.ts', join(folder, 'anbiao.db'))
    const bare = await started('bare-server.ts')
    try {
      const { rates, heard } = await race(content, database, { ours: ours.port, bare: bare.port }, settings)
      ours.child.kill('SIGKILL')
      await once(ours.child, 'exit')
      await verify(content, database, heard)
      const name = 'bare-express'
      return measure('callback', median(rates.map(({ ours }) => ours)), 'messages/s', {
        name,
        value: median(rates.map(({ bare }) => bare)),
      })
    } finally {
      ours.child.kill('SIGKILL')
      bare.child.kill('SIGKILL')
      await database.close()
    }
  })

interface Rates {
  readonly ours: number
  readonly bare: number
}

/** The first round warms both up and tells how many bodies a round needs, and how often the faster one must get them. */
async function race(
  content: Content,
  database: Database,
  ports: { readonly ours: number; readonly bare: number },
  { rounds, seconds }: CallbackSettings,
) {
  const heard: Owner[] = []
  async function round(ownersEach: number, timesForBare: number): Promise<Rates> {
    const owners = newOwners(CONNECTIONS * ownersEach, heard.length)
    await beginWalks(quietHouse(content, database), owners)
    heard.push(...owners)
    const posts = sayingsOf(owners).map(textPost)
    const byConnection = Array.from({ length: CONNECTIONS }, (_, connection) =>
      posts.filter((_, index) => index % CONNECTIONS === connection),
    )
    const bare = await postsPerSecond(ports.bare, byConnection, timesForBare)
    return { bare, ours: await postsPerSecond(ports.ours, byConnection) }
  }

  const warmUp = await round(2, 4)
  const ownersEach = Math.max(1, Math.round((warmUp.ours * seconds) / (CONNECTIONS * messagesEach)))
  const timesForBare = Math.max(1, Math.round(warmUp.bare / warmUp.ours))
  const rates: Rates[] = []
  while (rates.length < rounds) rates.push(await round(ownersEach, timesForBare))
  return { rates, heard }
}

interface Started {
  readonly child: ChildProcess
  readonly port: number
}

async function started(file: string, ...given: string[]): Promise<Started> {
  const child = fork(new URL(file, import.meta.url), given)
  const [port] = (await once(child, 'message')) as [number]
  return { child, port }
}

/** The record of every owner must be that of one who says the same with nobody else about. */
async function verify(content: Content, database: Database, owners: readonly Owner[]): Promise<void> {
  const expected = await recordsAlone(content)
  const records = await recordsOf(database, owners)
  for (const [index, { contact, profile }] of owners.entries())
    if (records[index] !== expected[profile]) throw new Error(`What is on record of ${contact} is not what was said`)
}

/** One owner of each profile, message after message. */
async function recordsAlone(content: Content): Promise<string[]> {
  const database = await openDatabase(':memory:')
  const house = quietHouse(content, database)
  const owners = newOwners(profileCount)
  await beginWalks(house, owners)
  for (const { contact, messageId, text } of sayingsOf(owners))
    await handleInbound(house, {
      dedupeKey: messageId,
      contact,
      sentAt: house.clock(),
      content: { type: 'text', text },
    })
  const records = await recordsOf(database, owners)
  await database.close()
  return records
}

/** For each owner, what of each message is in the inbox, among the answers and in the outbox. */
async function recordsOf({ db }: Database, owners: readonly Owner[]): Promise<string[]> {
  const rows = [
    ...(await db.selectFrom('inbox').select(['dedupe_key as key', 'state', 'content']).execute()),
    ...(await db.selectFrom('answers').select(['dedupe_key as key', 'item_id', 'mark']).orderBy('seq').execute()),
    ...(await db.selectFrom('outbox').select(['unique_key as key', 'kind']).orderBy('seq').execute()),
  ]
  const byMessage = Map.groupBy(rows, ({ key }) => key.slice(key.indexOf(':') + 1))
  return owners.map(({ messageIds }) =>
    JSON.stringify(messageIds.map((id) => byMessage.get(id)?.map(({ key: _, ...what }) => what) ?? 'lost')),
  )
}
