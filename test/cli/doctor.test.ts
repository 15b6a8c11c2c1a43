import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Router } from 'express'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { doctor as diagnosed } from '../../src/cli/doctor/doctor.ts'
import { wecomCallback } from '../../src/http/wecom-callback.ts'
import { createSimulator, simulatorCorp } from '../../src/simulator/index.ts'
import { openDatabase, type Trx } from '../../src/storage/database.ts'
import { claimInbound, markFailed } from '../../src/storage/inbox.ts'
import { enqueue } from '../../src/storage/outbox.ts'
import { addRegulator } from '../../src/storage/regulators.ts'
import { run } from './run.ts'

type Finding = { check: string; verdict: string; finding: string; toDo?: string }

let dataDir = ''
const servers: { close: () => void }[] = []

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'anbiao-doctor-'))
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(dataDir, { recursive: true })
})

async function doctor(environment: Record<string, string> = {}) {
  const { code, stdout } = await diagnosed(['--json'], { DATA_DIR: dataDir, ...environment })
  const findings = JSON.parse(stdout) as Finding[]
  return { code, findings, of: (check: string) => findings.filter((finding) => finding.check === check) }
}

async function inDatabase(work: (trx: Trx) => Promise<void>) {
  const database = await openDatabase(join(dataDir, 'anbiao.db'))
  await database.inTransaction('test', work)
  await database.close()
}

describe('the house', () => {
  test('a fresh machine with the simulator has no problems', async () => {
    const { code, findings, of } = await doctor()
    expect({ code, problems: findings.filter(({ verdict }) => verdict === 'problem') }).toEqual({
      code: 0,
      problems: [],
    })
    expect(of('database')).toMatchObject([{ verdict: 'ok', finding: expect.stringContaining('none yet') }])
    expect(of('WeCom')).toMatchObject([{ verdict: 'ok', finding: expect.stringContaining('the simulator') }])
    expect(of('Node')).toMatchObject([{ verdict: 'ok' }])
    expect(of('checklists')).toMatchObject([
      { verdict: 'ok' },
      { verdict: 'ok', finding: expect.stringMatching(/^shenzhen-trial: .*征求意见稿.*现行上位规定/) },
    ])
  })

  test('for a person: a line for each check, what to do, and a count', async () => {
    const { code, stdout } = await run('doctor', [], { DATA_DIR: dataDir, PORT: 'http' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ok {7}Node: 24/m)
    expect(stdout).toMatch(/^problem {2}configuration: PORT must be .*\n {9}> Put it right in \.env/m)
    expect(stdout).toMatch(/\nProblems: 1, warnings: \d\.\n$/)
  })

  test('a policy that nobody wrote', async () => {
    expect((await doctor({ POLICY: 'hamburg' })).of('checklists')).toMatchObject([
      { verdict: 'ok' },
      { verdict: 'problem', finding: 'there is no policy hamburg', toDo: expect.stringContaining('shenzhen-trial') },
    ])
  })

  test('a data directory that cannot be one', async () => {
    writeFileSync(join(dataDir, 'file'), '')
    const { of } = await doctor({ DATA_DIR: join(dataDir, 'file/data') })
    expect(of('database')).toMatchObject([{ verdict: 'ok', finding: expect.stringContaining('none yet') }])
    expect(of('data directory')).toMatchObject([{ verdict: 'problem' }])
  })

  test('a database that is none', async () => {
    writeFileSync(join(dataDir, 'anbiao.db'), 'not a database, but long enough to be read as one'.repeat(50))
    expect((await doctor()).of('database')).toMatchObject([{ verdict: 'problem' }])
  })

  test('a PostgreSQL that is not there', async () => {
    const { code, of } = await doctor({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' })
    expect(code).toBe(1)
    expect(of('database')).toMatchObject([{ verdict: 'problem', toDo: expect.stringContaining('DATABASE_URL') }])
    expect(JSON.stringify(of('database'))).not.toContain('secret')
  })

  test('messages that failed, and messages nobody sends', async () => {
    const at = new Date('2026-01-05T01:00:00Z')
    await inDatabase(async (trx) => {
      const content = { type: 'text', text: '你好' } as const
      await claimInbound(trx, { dedupeKey: 'm1', contact: 'app:chenzhiqiang', sentAt: at, content }, at)
      await markFailed(trx, 'm1', 'broke')
      for (const uniqueKey of ['overdue', 'refused'])
        await enqueue(trx, {
          uniqueKey,
          recipient: 'app:chenzhiqiang',
          kind: 'reply',
          reply: { text: '您好' },
          cause: 'test',
          dueAt: at,
          at,
        })
      const refused = { state: 'failed', last_error: 'WeCom said no' } as const
      await trx.updateTable('outbox').set(refused).where('unique_key', '=', 'refused').execute()
    })
    const { code, of } = await doctor()
    expect(code).toBe(1)
    expect(of('inbox')).toMatchObject([{ verdict: 'problem', toDo: expect.stringContaining('inbox retry') }])
    expect(of('outbox')).toMatchObject([
      { verdict: 'problem', finding: 'messages that were given up: 1, the last with: WeCom said no' },
      { verdict: 'warning', finding: 'messages overdue by half an hour or more: 1' },
    ])
  })
})

describe('a corp', () => {
  /** WeCom and the bot on one port, and in front of both what is wrong this time. */
  async function corp(wrong: Router = express.Router(), receiveId = simulatorCorp.corpId) {
    const app = express().use(wrong)
    const server = app.listen(0)
    servers.push(server)
    await new Promise((resolve) => server.once('listening', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const callbackUrl = `${address}/wecom/callback/app`
    app.use('/simulator', createSimulator({ corp: simulatorCorp, callbackUrl, people: [] }).router)
    app.use(
      '/wecom/callback/app',
      wecomCallback({
        ...simulatorCorp,
        receiveIds: [receiveId],
        accept: () => Promise.reject(new Error('nothing is delivered here')),
        log: { warn: () => undefined, error: () => undefined },
      }),
    )
    return {
      WECOM_CORP_ID: simulatorCorp.corpId,
      WECOM_AGENT_ID: String(simulatorCorp.agentId),
      WECOM_SECRET: simulatorCorp.secret,
      WECOM_TOKEN: simulatorCorp.token,
      WECOM_ENCODING_AES_KEY: simulatorCorp.encodingAesKey,
      WECOM_API_BASE: `${address}/simulator/cgi-bin`,
      PUBLIC_URL: address,
      POLICY: 'shenzhen-trial',
    }
  }

  const answering = (path: string, answer: object, headers: Record<string, string> = {}) =>
    express.Router().get(path, (_request, response) => void response.set(headers).json(answer))

  test('everything is in order', async () => {
    await inDatabase((trx) => addRegulator(trx, { userId: 'li', district: '440300', role: 'approver' }, new Date()))
    const { code, findings } = await doctor(await corp())
    expect(findings.filter(({ verdict }) => verdict === 'problem')).toEqual([])
    expect(code).toBe(0)
    const checked = findings.filter(({ verdict }) => verdict === 'ok').map(({ check }) => check)
    for (const check of ['access token', 'trusted IP', 'clock', 'callback URL', 'regulators'])
      expect(checked).toContain(check)
  })

  test('a viewer decides nothing, and a district without anybody is named', async () => {
    await inDatabase(async (trx) => {
      await addRegulator(trx, { userId: 'li', district: '440300', role: 'viewer' }, new Date())
      await addRegulator(trx, { userId: 'wang', district: '440307', role: 'reviewer' }, new Date())
    })
    const { code, of } = await doctor(await corp())
    expect(code).toBe(1)
    const [finding] = of('regulators')
    expect(finding).toMatchObject({ verdict: 'problem', finding: expect.stringContaining('440306 宝安区') })
    expect(finding?.finding).not.toContain('440307')
    expect(finding?.toDo).toContain('npm run admin -- regulator add')
  })

  test('a wrong secret: the page of the app', async () => {
    const { of } = await doctor({ ...(await corp()), WECOM_SECRET: 'a-secret-of-some-other-app' })
    expect(of('access token')).toMatchObject([
      { verdict: 'problem', finding: expect.stringContaining('40001'), toDo: expect.stringContaining('应用管理') },
    ])
    expect(of('trusted IP')).toEqual([])
    expect(of('callback URL')).toMatchObject([{ verdict: 'ok' }])
  })

  test('an address that is not trusted: which one, and where to add it', async () => {
    const refused = {
      errcode: 60020,
      errmsg: 'not allow to access from your ip, hint: [1], from ip: 203.0.113.7, more',
    }
    const { of } = await doctor(await corp(answering('/simulator/cgi-bin/getcallbackip', refused)))
    expect(of('trusted IP')).toEqual([
      {
        check: 'trusted IP',
        verdict: 'problem',
        finding: 'WeCom does not trust the address 203.0.113.7 (60020)',
        toDo: expect.stringContaining('企业可信IP'),
      },
    ])
  })

  test.for([
    [20, 'ok', 'ahead of'],
    [120, 'warning', 'ahead of'],
    [-7200, 'problem', 'behind'],
  ] as const)('a clock %i seconds off: %s', async ([seconds, verdict, finding]) => {
    const theirs = new Date(Date.now() - seconds * 1000).toUTCString()
    const { of } = await doctor(
      await corp(answering('/simulator/cgi-bin/getcallbackip', { errcode: 0 }, { date: theirs })),
    )
    expect(of('clock')).toMatchObject([{ verdict, finding: expect.stringContaining(finding) }])
  })

  test('WeCom cannot be reached', async () => {
    const { code, of } = await doctor({ ...(await corp()), WECOM_API_BASE: 'http://127.0.0.1:1/cgi-bin' })
    expect(code).toBe(1)
    expect(of('access token')).toMatchObject([{ verdict: 'problem', toDo: expect.stringContaining('firewall') }])
    expect(of('clock')).toMatchObject([{ verdict: 'warning' }])
  })

  test('nobody answers at PUBLIC_URL', async () => {
    const { of } = await doctor({ ...(await corp()), PUBLIC_URL: 'http://127.0.0.1:1' })
    expect(of('callback URL')).toMatchObject([{ verdict: 'problem', toDo: expect.stringContaining('Start AnBiao') }])
  })

  test('somebody else answers at PUBLIC_URL', async () => {
    const { of } = await doctor(await corp(answering('/wecom/callback/app', { hello: 'world' })))
    expect(of('callback URL')).toMatchObject([
      { verdict: 'problem', finding: expect.stringContaining('not as AnBiao') },
    ])
  })

  test.for([
    ['Token', { WECOM_TOKEN: 'AnotherToken' }, simulatorCorp.corpId],
    ['corp', {}, 'ww0000000000000000'],
  ] as const)('AnBiao runs there with another %s', async ([, differing, receiveId]) => {
    const { of } = await doctor({ ...(await corp(express.Router(), receiveId)), ...differing })
    expect(of('callback URL')).toMatchObject([{ verdict: 'problem', toDo: expect.stringContaining('接收消息') }])
  })

  test('an answer slower than the console waits', async () => {
    const slow = express
      .Router()
      .get('/wecom/callback/app', (_request, _response, next) => void setTimeout(next, 1_100))
    const { of } = await doctor(await corp(slow))
    expect(of('callback URL')).toMatchObject([{ verdict: 'warning' }])
  })

  test('no secret is told', async () => {
    const { findings } = await doctor({ ...(await corp()), PUBLIC_URL: 'http://127.0.0.1:1' })
    const told = JSON.stringify(findings)
    for (const secret of [simulatorCorp.secret, simulatorCorp.token, simulatorCorp.encodingAesKey])
      expect(told).not.toContain(secret)
  })
})
