import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DestinationStream, pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { doctor } from '../src/cli/doctor/doctor.ts'
import { ConfigError, readConfig } from '../src/config.ts'
import { handleInbound } from '../src/conversation/handle-inbound.ts'
import type { InboundMessage } from '../src/message/index.ts'
import { simulatorCorp } from '../src/simulator/index.ts'
import { startHouse } from '../src/start.ts'
import { DataDirectoryInUseError, lockDataDirectory } from '../src/storage/data-directory.ts'
import { openDatabase } from '../src/storage/database.ts'
import { inboxRows } from '../src/storage/inbox.ts'
import { keepChoice, keepModelInquiry } from '../src/storage/model-inquiries.ts'
import { enqueue, outboxRows } from '../src/storage/outbox.ts'
import { isPassing } from '../src/storage/passing.ts'
import { listRegulators } from '../src/storage/regulators.ts'
import { saveSetting } from '../src/storage/settings.ts'
import { SavepointLostError, type UnitOfWork } from '../src/storage/unit-of-work.ts'
import { freePort } from './support/listening.ts'

const at = new Date('2026-11-24T02:00:00Z')

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'anbiao-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const corp = (apiBase: string) => ({
  WECOM_CORP_ID: simulatorCorp.corpId,
  WECOM_AGENT_ID: String(simulatorCorp.agentId),
  WECOM_SECRET: simulatorCorp.secret,
  WECOM_TOKEN: simulatorCorp.token,
  WECOM_ENCODING_AES_KEY: simulatorCorp.encodingAesKey,
  WECOM_API_BASE: apiBase,
  PUBLIC_URL: 'http://127.0.0.1:1',
  POLICY: 'shenzhen-trial',
})

const start = (dataDir: string, settings: Record<string, string> = {}, stream?: DestinationStream) =>
  startHouse(
    readConfig({ PORT: '0', DATA_DIR: dataDir, ...settings }),
    stream ? pino({}, stream) : pino({ level: 'silent' }),
  )

async function started(dataDir = temporaryFolder(), settings: Record<string, string> = {}, stream?: DestinationStream) {
  const house = await start(dataDir, settings, stream)
  onTestFinished(house.stop)
  return { ...house, url: `http://127.0.0.1:${house.port}` }
}

/** A database that served this channel before. */
async function servedBy(dataDir: string, channel: string) {
  const database = await openDatabase(join(dataDir, 'anbiao.db'))
  await database.inTransaction('settings', (trx) => saveSetting(trx, 'channel', channel))
  await database.close()
}

test.for([
  ['a corp', 'ww1234567890abcdef', {}, /belongs to the corp ww1234567890abcdef and cannot serve the simulator/],
  ['the simulator', 'simulator', corp('http://127.0.0.1:1'), /belongs to the simulator and cannot serve the corp/],
  ['another corp', 'ww1234567890abcdef', corp('http://127.0.0.1:1'), /belongs to the corp .* cannot serve the corp/],
] as const)('a database of %s is refused, and nothing is written into it', async ([, channel, settings, said]) => {
  const dataDir = temporaryFolder()
  await servedBy(dataDir, channel)
  const refused = start(dataDir, settings)
  await expect(refused).rejects.toThrow(ConfigError)
  await expect(refused).rejects.toThrow(said)

  const database = await openDatabase(join(dataDir, 'anbiao.db'))
  expect(await listRegulators(database.db)).toEqual([])
  expect(await database.db.selectFrom('settings').select('key').execute()).toEqual([{ key: 'channel' }])
  await database.close()
  const { stdout } = await doctor(['--json'], { DATA_DIR: dataDir, ...settings })
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ check: 'channel', verdict: 'problem', finding: expect.stringMatching(said) }),
  )
})

test('the same channel is served again', async () => {
  const dataDir = temporaryFolder()
  await (await start(dataDir)).stop()
  await started(dataDir)
})

test('the simulator is for this machine, unless HOST says otherwise; a corp is reached from everywhere', async () => {
  const [outside] = Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ family, internal }) => family === 'IPv4' && !internal),
  )
  const answers = async (port: number) =>
    (await fetch(`http://${outside?.address}:${port}/healthz`).catch(() => undefined))?.ok ?? false
  const alone = await started()
  expect(alone.welcome.join('\n')).toContain(`http://localhost:${alone.port}/simulator/`)
  expect((await fetch(`${alone.url}/healthz`)).ok).toBe(true)
  expect(await answers(alone.port)).toBe(false)
  if (!outside) return
  expect(await answers((await started(temporaryFolder(), { HOST: '0.0.0.0' })).port)).toBe(true)
  expect(await answers((await started(temporaryFolder(), corp('http://127.0.0.1:1'))).port)).toBe(true)
})

test('a start does not wait for what WeCom does not answer', async () => {
  const dataDir = temporaryFolder()
  const silent = createServer(() => undefined).listen(0)
  onTestFinished(() => {
    silent.close()
    silent.closeAllConnections()
  })
  const address = silent.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const database = await openDatabase(join(dataDir, 'anbiao.db'))
  await database.inTransaction('test', (trx) =>
    enqueue(trx, {
      uniqueKey: 'waiting',
      recipient: 'app:a',
      kind: 'reply',
      reply: { text: 'hello' },
      cause: 'test',
      dueAt: at,
      at,
    }),
  )
  await database.close()

  const begun = performance.now()
  const house = await start(dataDir, corp(`http://127.0.0.1:${port}`))
  expect(performance.now() - begun).toBeLessThan(5_000)
  await expect
    .poll(async () => (await outboxRows(house.house.database.db)).map(({ state }) => state))
    .toEqual(['sending'])
  silent.closeAllConnections()
  await house.stop()
})

test('a second process in the same data directory is refused; when the first has gone, it may', async () => {
  const dataDir = temporaryFolder()
  const first = await start(dataDir)
  expect(readdirSync(dataDir).filter((file) => file.startsWith('anbiao.lock'))).toEqual(['anbiao.lock'])
  await expect(start(dataDir)).rejects.toThrow(DataDirectoryInUseError)
  await first.stop()
  await started(dataDir)
})

test('the data directory is made for its owner alone', async () => {
  const dataDir = join(temporaryFolder(), 'far/data')
  await started(dataDir)
  expect(statSync(dataDir).mode & 0o777).toBe(0o700)
})

/** What the program says when it cannot start. */
async function refusal(environment: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env
  const program = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: new URL('..', import.meta.url).pathname,
    env: { PATH, HOME, PORT: '0', ...environment },
  })
  onTestFinished(() => void program.kill())
  let said = ''
  program.stdout.on('data', (chunk: Buffer) => {
    said += chunk
  })
  program.stderr.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const code = await new Promise((resolve) => program.once('close', resolve))
  return { code, said }
}

test('what an operator can put right is said in one line', { timeout: 120_000 }, async () => {
  const [folder, broken] = [temporaryFolder(), temporaryFolder()]
  writeFileSync(join(broken, 'anbiao.db'), 'not a database, but long enough to be read as one'.repeat(50))
  writeFileSync(join(folder, 'file'), '')
  const port = await freePort()
  const taken = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void taken.close())

  const refusals = [
    [{ DATA_DIR: folder, PORT: String(port) }, /^PORT is taken by another program \(.*EADDRINUSE.*\n$/],
    [{ DATA_DIR: broken }, /^The database in DATA_DIR cannot be used: file is not a database \(SQLITE_NOTADB\)\n$/],
    [{ DATA_DIR: '/proc/nope' }, /^DATA_DIR cannot be used: ENOENT.*\n$/],
    [{ DATA_DIR: join(folder, 'file') }, /^DATA_DIR cannot be used: ENOTDIR.*\n$/],
    [
      { DATA_DIR: folder, DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' },
      /^The database at DATABASE_URL cannot be used: (?!.*secret).*ECONNREFUSED.*\n$/,
    ],
    [
      { DATA_DIR: folder, POLICY: 'hamburg', LOG_LEVEL: 'loud' },
      /^The configuration is not usable:\n {2}- LOG_LEVEL must be .*\n {2}- POLICY must be one of .*shenzhen-trial.*\n$/,
    ],
  ] as const
  const said = await Promise.all(refusals.map(([environment]) => refusal(environment)))
  expect(said).toEqual(refusals.map(([, line]) => ({ code: 1, said: expect.stringMatching(line) })))
})

test.for([
  Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY_SNAPSHOT' }),
  Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' }),
  Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }),
  Object.assign(new Error('deadlock detected'), { code: '40P01' }),
  Object.assign(new Error('terminating connection'), { code: '57P01' }),
  new Error('Connection terminated unexpectedly'),
  new SavepointLostError('the transaction was lost'),
])('%s: the message is delivered again, not failed', async (error) => {
  const { house } = await started()
  const { database } = house
  let troubled = true
  const inTransaction: UnitOfWork = async (key, work) => {
    if (!troubled) return database.inTransaction(key, work)
    troubled = false
    throw error
  }
  const message: InboundMessage = {
    dedupeKey: 'm1',
    contact: 'app:a',
    sentAt: at,
    content: { type: 'text', text: '1' },
  }
  const troubledHouse = { ...house, database: { ...database, inTransaction } }
  await expect(handleInbound(troubledHouse, message)).rejects.toThrow(error.message)
  expect(await inboxRows(database.db, { contact: 'app:a' })).toEqual([])
  await handleInbound(troubledHouse, message)
  expect(await inboxRows(database.db, { contact: 'app:a' })).toMatchObject([{ state: 'processed' }])
})

test('what is wrong with the message itself is no passing error', () => {
  const of = (code: string) => Object.assign(new Error('no'), { code })
  expect(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR', '23505', '42P01', 'ENOENT'].map(of).filter(isPassing)).toEqual([])
})

test('what is malformed, not there or broken is answered plainly, and the log has one line of it', async () => {
  const lines: string[] = []
  const { url, house } = await started(temporaryFolder(), {}, { write: (line) => void lines.push(line) })
  const answer = async (path: string) => {
    const response = await fetch(url + path)
    return { status: response.status, text: await response.text() }
  }
  expect(await answer('/listing/%ff')).toEqual({ status: 400, text: 'Bad Request\n' })
  expect(await answer('/nowhere')).toEqual({ status: 404, text: 'Not found\n' })
  expect(lines.filter((line) => line.includes('a request'))).toEqual([expect.stringMatching(/"status":400/)])

  await house.database.db.schema.alterTable('applications').renameTo('gone').execute()
  expect(await answer('/listing/440307202600001')).toEqual({ status: 500, text: 'Internal Server Error\n' })
  expect(lines.filter((line) => line.includes('could not be answered'))).toHaveLength(1)
})

test('metrics are for this machine alone, as are those a proxy on it asks for', async () => {
  const { url } = await started()
  const metrics = async (headers: Record<string, string> = {}) => (await fetch(`${url}/metrics`, { headers })).status
  expect(await metrics()).toBe(200)
  expect(await metrics({ 'x-forwarded-for': '203.0.113.7' })).toBe(404)
  expect(await metrics({ 'x-forwarded-for': '127.0.0.1, 203.0.113.7' })).toBe(404)
})

test('a language model is asked only where one is configured, and what came of it is counted', async () => {
  const { house, url } = await started(temporaryFolder(), {
    LANGUAGE_MODEL_URL: 'http://127.0.0.1:1/v1',
    LANGUAGE_MODEL_NAME: 'stand-in',
  })
  await house.database.inTransaction('a', async (trx) => {
    const inquiry = { turn: 1, itemRef: 'general/wiringTidy@1' }
    await keepModelInquiry(trx, { ...inquiry, message: 'm1', outcome: 'late', leans: null }, at)
    for (const message of ['m2', 'm3', 'm4'])
      await keepModelInquiry(trx, { ...inquiry, message, outcome: 'proposed', leans: 'good' }, at)
    await keepChoice(trx, 'm2', 'conforming', at)
    await keepChoice(trx, 'm3', 'keptOpen', at)
  })
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics.split('\n').filter((line) => line.startsWith('anbiao_model'))).toEqual([
    'anbiao_model_asked_total{outcome="proposed"} 3',
    'anbiao_model_asked_total{outcome="none"} 0',
    'anbiao_model_asked_total{outcome="late"} 1',
    'anbiao_model_asked_total{outcome="malformed"} 0',
    'anbiao_model_asked_total{outcome="failed"} 0',
    'anbiao_model_proposals_total{chosen="same"} 1',
    'anbiao_model_proposals_total{chosen="other"} 1',
    'anbiao_model_proposals_total{chosen="nothing"} 1',
  ])

  const privacy = async (at: string) => (await fetch(`${at}/privacy`)).text()
  expect(await privacy(url)).toContain('语言模型')

  const without = await started()
  expect(await privacy(without.url)).not.toContain('语言模型')
  expect(without.house.model).toBeUndefined()
  expect(await (await fetch(`${without.url}/metrics`)).text()).not.toContain('anbiao_model')
})

test('whoever goes on sending after a refusal is cut off', async () => {
  const { port } = await started()
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.on('data', (chunk) => {
    said += chunk
  })
  socket.on('error', () => undefined)
  socket.write('POST /wecom/callback/app HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const sending = setInterval(() => socket.write(chunk), 10)
  onTestFinished(() => {
    clearInterval(sending)
    socket.destroy()
  })
  await expect.poll(() => said, { timeout: 10_000 }).toContain('413')
  await expect.poll(() => socket.destroyed, { timeout: 5_000 }).toBe(true)
})

test('several may hold a data directory together, but then nobody alone', () => {
  const dataDir = temporaryFolder()
  const unlocks = [lockDataDirectory(dataDir, 'together'), lockDataDirectory(dataDir, 'together')]
  expect(() => lockDataDirectory(dataDir, 'alone')).toThrow(DataDirectoryInUseError)
  for (const unlock of unlocks) unlock()
  lockDataDirectory(dataDir, 'alone')()
})
