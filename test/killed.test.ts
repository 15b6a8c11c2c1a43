import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openChat } from '../src/cli/chat.ts'
import { loadContent } from '../src/content.ts'
import { createSimulator, type Simulator, simulatorCorp } from '../src/simulator/index.ts'
import { openDatabase } from '../src/storage/database.ts'
import { type Act, carefulActs } from './support/careful-owner.ts'
import { freePort, listening } from './support/listening.ts'

const KILLS = 50
const MOST_SECONDS = 150
const root = new URL('..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'anbiao-killed-'))

let botPort: number
let simulator: Simulator
let standIn: Awaited<ReturnType<typeof listening>>

beforeAll(async () => {
  botPort = await freePort()
  simulator = createSimulator({
    corp: simulatorCorp,
    callbackUrl: `http://127.0.0.1:${botPort}/wecom/callback/app`,
    people: [{ userId: 'owner', name: '陈志强', role: 'owner' }],
    limits: { redeliveries: 10_000, redeliverAfterMs: 50, messagesPerMinute: 1000 },
  })
  standIn = await listening(express().use('/simulator', simulator.router))
})
afterAll(async () => {
  await simulator.stop()
  await standIn.close()
  rmSync(folder, { recursive: true })
})

/**
 * The real program in a process of its own, as an operator starts it.
 * @param over when the test has run out of time, nothing of it may stay behind
 */
async function startedBot(over: AbortSignal): Promise<ChildProcess> {
  const bot = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: root,
    signal: over,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PORT: String(botPort),
      DATA_DIR: folder,
      PUBLIC_URL: `http://127.0.0.1:${botPort}`,
      POLICY: 'shenzhen-trial',
      WECOM_CORP_ID: simulatorCorp.corpId,
      WECOM_AGENT_ID: String(simulatorCorp.agentId),
      WECOM_SECRET: simulatorCorp.secret,
      WECOM_TOKEN: simulatorCorp.token,
      WECOM_ENCODING_AES_KEY: simulatorCorp.encodingAesKey,
      WECOM_API_BASE: `http://127.0.0.1:${standIn.port}/simulator/cgi-bin`,
      LOG_LEVEL: 'error',
    },
  })
  await new Promise<void>((resolve, reject) => {
    bot.stdout?.on('data', (said: Buffer) => said.includes('listening') && resolve())
    bot.on('error', reject)
    bot.once('exit', (code) => reject(new Error(`The bot ended with ${code}`)))
  })
  return bot
}

const done = (act: Act) =>
  'says' in act
    ? simulator.say('owner', act.says)
    : simulator.sendPhoto('owner', readFileSync(act.photo), basename(act.photo))

async function killed(bot: ChildProcess): Promise<void> {
  bot.kill('SIGKILL')
  await once(bot, 'exit')
}

test(`killed ${KILLS} times at random moments, an owner has the same answers and one application`, {
  timeout: 400_000,
}, async ({ signal }) => {
  const chat = await openChat({ content: loadContent(), policyId: 'shenzhen-trial', begin: new Date() })
  const acts = await carefulActs(chat)
  const undisturbed = await chat.answers()
  await chat.close()

  let bot = await startedBot(signal)
  let kills = 0
  for (const act of acts) {
    let delivered = false
    const delivery = done(act).then(() => {
      delivered = true
    })
    do {
      if (kills >= KILLS) break
      await pause(Math.random() * 40)
      await killed(bot)
      kills += 1
      bot = await startedBot(signal)
      // Now and then it may get through before the next blow.
      await pause(Math.random() * 60)
    } while (!delivered)
    await delivery
  }
  expect(kills).toBe(KILLS)
  const database = await openDatabase(join(folder, 'anbiao.db'))
  // It is filed once the last photo has arrived; what was being fetched when a process died is fetched again.
  for (let second = 0; second < MOST_SECONDS; second++) {
    if (await database.db.selectFrom('applications').select('number').executeTakeFirst()) break
    await pause(1000)
  }
  await killed(bot)

  const answers = await database.db.selectFrom('answers').select(['item_id as itemId', 'mark']).orderBy('seq').execute()
  const applications = await database.db.selectFrom('applications').select('number').execute()
  const handled = await database.db
    .selectFrom('inbox')
    .select('state')
    .where('contact', '=', 'app:owner')
    .where('dedupe_key', 'not like', 'evidence:%')
    .execute()
  const replies = await database.db
    .selectFrom('outbox')
    .select('unique_key')
    .where('unique_key', 'like', 'reply:%')
    .where('unique_key', 'not like', 'reply:evidence:%')
    .execute()
  await database.close()

  expect(answers).toEqual(undisturbed)
  expect(applications).toHaveLength(1)
  expect(handled.map(({ state }) => state)).toEqual(acts.map(() => 'processed'))
  expect(replies).toHaveLength(acts.length)
})
