import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { simulatorCorp } from '../src/simulator/index.ts'
import { startHouse } from '../src/start.ts'
import { sealEnvelope } from '../src/wecom/envelope.ts'
import { onEachDatabase } from './support/databases.ts'

const CONTACTS = 20
const MESSAGES_EACH = 10
const DELIVERIES = 4

interface Callback {
  readonly contact: string
  readonly number: number
  readonly url: string
  readonly body: string
}

/** A text as WeCom delivers it; every delivery has a nonce and a cipher of its own. */
function callbackOf(port: number, contact: string, number: number): Callback {
  const plain = `<xml><ToUserName><![CDATA[${simulatorCorp.corpId}]]></ToUserName><FromUserName><![CDATA[${contact}]]></FromUserName><CreateTime>${1_790_000_000 + number}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[第 ${number} 句]]></Content><MsgId>${contact.slice(1)}${String(number).padStart(4, '0')}</MsgId><AgentID>${simulatorCorp.agentId}</AgentID></xml>`
  const { encrypt, msgSignature, timestamp, nonce } = sealEnvelope(
    { ...simulatorCorp, receiveIds: [simulatorCorp.corpId] },
    plain,
    { timestamp: '1790000000', nonce: String(Math.random()) },
  )
  const query = new URLSearchParams({ msg_signature: msgSignature, timestamp, nonce })
  return {
    contact,
    number,
    url: `http://127.0.0.1:${port}/wecom/callback/app?${query}`,
    body: `<xml><ToUserName><![CDATA[${simulatorCorp.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt><AgentID>${simulatorCorp.agentId}</AgentID></xml>`,
  }
}

const shuffled = <T>(all: readonly T[]): T[] =>
  all
    .map((each) => ({ each, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each)

onEachDatabase((_database, address) => {
  test('200 messages, each delivered four times in random order by 20 contacts: each once, in order per contact', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anbiao-delivery-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const isPostgres = address().startsWith('postgres')
    const config = readConfig({
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      ...(isPostgres && { DATABASE_URL: address() }),
    })
    const running = await startHouse(config, pino({ level: 'silent' }))
    onTestFinished(running.stop)

    const numbers = Array.from({ length: MESSAGES_EACH }, (_, number) => number)
    const contacts = Array.from({ length: CONTACTS }, (_, index) => `u${100 + index}`)
    const callbacks = shuffled(
      contacts.flatMap((contact) =>
        numbers.flatMap((number) =>
          Array.from({ length: DELIVERIES }, () => callbackOf(running.port, contact, number)),
        ),
      ),
    )
    const statuses = await Promise.all(
      callbacks.map(async ({ url, body }) => (await fetch(url, { method: 'POST', body })).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))

    const { db } = running.house.database
    const inbox = await db.selectFrom('inbox').select(['contact', 'dedupe_key', 'state']).orderBy('seq').execute()
    expect(inbox).toHaveLength(CONTACTS * MESSAGES_EACH)
    expect(new Set(inbox.map(({ state }) => state))).toEqual(new Set(['processed']))

    const replies = await db
      .selectFrom('outbox')
      .select(['recipient', 'unique_key'])
      .where('unique_key', 'like', 'reply:%')
      .orderBy('seq')
      .execute()
    const turns = await db.selectFrom('conversations').select(['contact', 'turn']).execute()
    for (const contact of contacts.map((each) => `app:${each}`)) {
      const received = inbox.filter((row) => row.contact === contact).map(({ dedupe_key }) => `reply:${dedupe_key}`)
      const answered = replies.filter(({ recipient }) => recipient === contact).map(({ unique_key }) => unique_key)
      expect(answered).toEqual(received)
      expect(turns.find((row) => row.contact === contact)?.turn).toBe(MESSAGES_EACH)
    }
  })
})
