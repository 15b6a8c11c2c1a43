import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { admin as answerOfAdmin } from '../../src/cli/admin.ts'
import type { InboundContent, InboundMessage } from '../../src/message/index.ts'
import { lockDataDirectory } from '../../src/storage/data-directory.ts'
import { type Database, openDatabase, type Trx } from '../../src/storage/database.ts'
import { openAssessment, registerEnterprise } from '../../src/storage/enrolment.ts'
import { evidenceOf, markStored, storeEvidence } from '../../src/storage/evidence.ts'
import { claimInbound, failedMessages, inboxRows, markFailed } from '../../src/storage/inbox.ts'
import { enqueue, outboxRows } from '../../src/storage/outbox.ts'
import { listRegulators } from '../../src/storage/regulators.ts'
import { saveSetting } from '../../src/storage/settings.ts'
import { run } from './run.ts'

const at = new Date('2026-11-24T02:00:00Z')
const FREE_PORT = '1'

let folder = ''
let dataDir = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anbiao-admin-'))
  dataDir = join(folder, 'data')
})
afterEach(() => rmSync(folder, { recursive: true }))

const admin = (...args: string[]) => answerOfAdmin(args, { DATA_DIR: dataDir, PORT: FREE_PORT })

/** What a program would read. */
async function adminJson(...args: string[]) {
  const { code, stdout } = await admin(...args, '--json')
  return { code, json: JSON.parse(stdout) as unknown }
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(join(dataDir, 'anbiao.db'))
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

const inTransaction = (work: (trx: Trx) => Promise<void>) =>
  withDatabase(({ inTransaction }) => inTransaction('test', work))

describe('what is asked', () => {
  test('help names every verb', async () => {
    const { code, stdout } = await admin('--help')
    expect(code).toBe(0)
    for (const verb of ['regulator add', 'regulator list', 'regulator remove', 'inbox list', 'inbox retry'])
      expect(stdout).toContain(verb)
    for (const verb of ['outbox list', 'outbox retry', 'application list', 'backup FILE', 'restore FILE'])
      expect(stdout).toContain(verb)
  })

  test.for([
    [[], 'Name a verb'],
    [['regulator', 'greet'], 'There is no verb regulator greet'],
    [['backup'], 'It is: backup FILE'],
    [['regulator', 'list', 'all'], 'It is: regulator list'],
    [['regulator', 'list', '--force'], 'regulator list has no --force'],
    [['outbox', 'list', '--colour'], "Unknown option '--colour'"],
  ] as const)('%j is answered with how to ask', async ([args, message]) => {
    const { code, stdout, stderr } = await admin(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })

  test('an error is one JSON value too', async () => {
    await emptyHouse()
    expect(await adminJson('outbox', 'retry', 'seven')).toEqual({
      code: 1,
      json: { error: 'seven is not the number of a message' },
    })
  })

  test('a broken configuration is told in plain lines', async () => {
    expect(await answerOfAdmin(['outbox', 'list'], { DATA_DIR: dataDir, PORT: 'http' })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The configuration is not usable:\n  - PORT must be a port number from 0 to 65535\n',
    })
  })

  test.for([
    [0, ['regulator', 'list']],
    [0, ['--help']],
    [1, ['outbox', 'retry', 'seven', '--json']],
    [2, ['greet']],
  ] as const)('the command prints that, and ends with %i: %j', async ([code, args]) => {
    await emptyHouse()
    const ended = await run('admin', args, { DATA_DIR: dataDir, PORT: FREE_PORT })
    expect(ended).toEqual(await admin(...args))
    expect(ended.code).toBe(code)
  })
})

describe('where there is no house', () => {
  test.for([
    ['regulator', 'add', '--userid', 'zhangsan', '--district', '440307', '--role', 'viewer'],
    ['inbox', 'list'],
    ['outbox', 'retry'],
    ['backup', 'copy'],
  ])('%j is refused, and none is made', async (args) => {
    const { code, stderr } = await admin(...args)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^There is no database in .*\n$/) })
    expect(existsSync(dataDir)).toBe(false)
  })
})

/** As after a first start. */
const emptyHouse = () => inTransaction(async () => undefined)

describe('regulators', () => {
  beforeEach(emptyHouse)

  test('are added, listed and removed', async () => {
    const added = { userId: 'zhangsan', district: '440307', role: 'reviewer' }
    const add = ['regulator', 'add', '--userid', 'ZhangSan', '--district', '440307', '--role']
    expect(await adminJson(...add, 'approver')).toMatchObject({ code: 0, json: { ...added, role: 'approver' } })
    expect(await adminJson(...add, 'reviewer')).toEqual({ code: 0, json: added })
    expect(await adminJson('regulator', 'list')).toEqual({ code: 0, json: [added] })
    expect(await admin('regulator', 'list')).toMatchObject({ code: 0, stdout: expect.stringContaining('龙岗区') })

    const remove = ['regulator', 'remove', '--userid', 'ZHANGSAN', '--district', '440307']
    expect((await adminJson(...remove)).code).toBe(0)
    expect(await adminJson(...remove)).toEqual({
      code: 1,
      json: { error: 'There is no regulator zhangsan in 440307' },
    })
    expect(await withDatabase(({ db }) => listRegulators(db))).toEqual([])
  })

  test.for([
    [
      ['--district', '440399', '--role', 'viewer'],
      /440399 is unknown; there are\n {2}440300 深圳市[\s\S]*440307 龙岗区/,
    ],
    [['--district', '440307', '--role', 'boss'], /boss is unknown; there are reviewer, approver, viewer, admin/],
    [['--role', 'viewer'], /--district is missing/],
  ] as const)('%j is refused', async ([args, message]) => {
    const { code, stderr } = await admin('regulator', 'add', '--userid', 'zhangsan', ...args)
    expect(code).toBe(1)
    expect(stderr).toMatch(message)
    expect(await withDatabase(({ db }) => listRegulators(db))).toEqual([])
  })
})

describe('inbox', () => {
  const text = (words: string): InboundContent => ({ type: 'text', text: words })

  const message = (key: string, content: InboundContent, secondsLater = 0): InboundMessage => ({
    dedupeKey: key,
    contact: 'app:chenzhiqiang',
    sentAt: new Date(at.getTime() + secondsLater * 1000),
    content,
  })

  const failed = (each: InboundMessage) =>
    inTransaction(async (trx) => {
      await saveSetting(trx, 'linkSecret', 'secret')
      await claimInbound(trx, each, at)
      await markFailed(trx, each.dedupeKey, 'Error: something broke\n    at somewhere')
    })

  test('nothing to retry', async () => {
    await emptyHouse()
    expect(await adminJson('inbox', 'retry')).toEqual({ code: 0, json: [] })
  })

  test('a failed message is shown without its words, and handled once', async () => {
    await failed(message('m1', text('你好')))
    const { stdout } = await admin('inbox', 'list', '--state', 'failed')
    expect(stdout).toMatch(/failed +app:chenzhiqiang +text +m1 +Error: something broke\n/)
    expect(stdout).not.toContain('你好')

    expect(await adminJson('inbox', 'retry', 'm1')).toEqual({ code: 0, json: [{ key: 'm1', outcome: 'handled' }] })
    expect(await adminJson('inbox', 'retry', 'm1')).toEqual({
      code: 1,
      json: { error: 'There is no failed message m1' },
    })
    await withDatabase(async ({ db }) => {
      expect(await inboxRows(db)).toMatchObject([{ state: 'processed', message: { dedupeKey: 'm1' } }])
      expect(await outboxRows(db)).toMatchObject([{ uniqueKey: 'reply:m1', recipient: 'app:chenzhiqiang' }])
    })
  })

  test('several are handled in the order in which they were sent', async () => {
    await failed(message('later', text('同意'), 60))
    await failed(message('earlier', text('你好')))
    const { code, json } = await adminJson('inbox', 'retry')
    expect({ code, json }).toEqual({
      code: 0,
      json: [
        { key: 'earlier', outcome: 'handled' },
        { key: 'later', outcome: 'handled' },
      ],
    })
  })

  test('words are passed over when their sender has gone on: they would answer another question', async () => {
    await failed(message('said', text('符合')))
    await failed(message('shown', { type: 'image', mediaId: 'photo' }, 1))
    await inTransaction(async (trx) => void (await claimInbound(trx, message('since', text('同意'), 60), at)))
    expect(await adminJson('inbox', 'retry')).toEqual({
      code: 1,
      json: [
        { key: 'said', outcome: 'passedOver' },
        { key: 'shown', outcome: 'passedOver' },
      ],
    })
    expect(await withDatabase(({ db }) => failedMessages(db))).toHaveLength(2)
    expect(await adminJson('inbox', 'retry', 'said', '--force')).toEqual({
      code: 0,
      json: [{ key: 'said', outcome: 'handled' }],
    })
  })

  test('a message that fails again is kept', async () => {
    await failed(message('m1', text('你好')))
    await inTransaction(async (trx) => {
      const place = { contact: 'app:chenzhiqiang', key: 'k', language: 'zh-CN', turn: 1, updated_at: at.toISOString() }
      await trx
        .insertInto('conversations')
        .values({ ...place, snapshot: '{"flow":"gone"}' })
        .execute()
    })
    const { code, json } = await adminJson('inbox', 'retry')
    expect({ code, json }).toMatchObject({ code: 1, json: [{ key: 'm1', outcome: 'failedAgain' }] })
    expect(await withDatabase(({ db }) => failedMessages(db))).toHaveLength(1)
  })
})

describe('outbox', () => {
  test('what was given up is shown and sent again', async () => {
    await inTransaction(async (trx) => {
      for (const step of ['one', 'two'])
        await enqueue(trx, {
          uniqueKey: `test:${step}`,
          recipient: 'app:zhangsan',
          kind: 'reply',
          reply: { text: 'secret words' },
          cause: 'test',
          dueAt: at,
          at,
        })
      await trx.updateTable('outbox').set({ state: 'failed', last_error: 'refused' }).execute()
    })
    const { stdout } = await admin('outbox', 'list', '--state', 'failed')
    expect(stdout).toMatch(
      /2 {2}2026-11-24T02:00:00.000Z {2}failed {2}app:zhangsan {2}reply {2}test {2}0x {2}refused\n/,
    )
    expect(stdout).not.toContain('secret words')
    expect(await adminJson('outbox', 'retry', '1')).toEqual({ code: 0, json: { retried: [1] } })
    expect(await adminJson('outbox', 'retry')).toEqual({ code: 0, json: { retried: [2] } })
    expect(await adminJson('outbox', 'retry', '2')).toEqual({
      code: 1,
      json: { error: 'There is no message 2 that was given up' },
    })
    expect(await adminJson('outbox', 'list', '--limit', '1')).toMatchObject({ json: [{ seq: 2, state: 'pending' }] })
  })
})

test('applications: none yet', async () => {
  await emptyHouse()
  expect(await adminJson('application', 'list')).toEqual({ code: 0, json: [] })
})

describe('backup and restore', () => {
  const picture = {
    file: 'ab/cd/abcd.jpg',
    thumbnail: 'ab/cd/abcd.480.jpg',
    contentType: 'image/jpeg',
    sha256: 'abcd',
    bytes: 3,
    width: 1,
    height: 1,
    storedAt: at,
  }

  async function houseWithPhoto() {
    await inTransaction(async (trx) => {
      await registerEnterprise(trx, {
        id: 'e1',
        uscc: '91440300MA5DABCD1X',
        name: '强盛金属制品',
        district: '440307',
        industryClass: '3311',
        industry: 'machinery',
        headcount: 38,
        contact: 'app:chenzhiqiang',
        contactName: '陈志强',
        contactPhone: '13800000000',
        facts: [],
        policy: 'shenzhen-trial',
        consentVersion: 1,
        at,
      })
      await openAssessment(trx, {
        id: 'a1',
        enterpriseId: 'e1',
        purpose: 'initial',
        policy: 'shenzhen-trial',
        refs: [],
        at,
      })
      const photo = { id: 'p1', assessmentId: 'a1', itemId: 'i1', position: 0, contact: 'app:chenzhiqiang' }
      await storeEvidence(trx, { ...photo, rectifies: false, mediaId: 'm1', at })
      await markStored(trx, 'p1', picture)
    })
    mkdirSync(join(dataDir, 'evidence/ab/cd'), { recursive: true })
    writeFileSync(join(dataDir, 'evidence', picture.file), 'jpg')
    writeFileSync(join(dataDir, 'evidence', picture.thumbnail), 'jpg')
    writeFileSync(join(dataDir, 'evidence/ab/cd/half.jpg.tmp'), 'j')
  }

  const copy = () => join(folder, 'copies/monday')
  const photosKnown = () => withDatabase(async ({ db }) => (await evidenceOf(db, 'a1')).map(({ id }) => id))

  test('a backup restores to a working house', async () => {
    await houseWithPhoto()
    expect(await adminJson('backup', copy())).toEqual({
      code: 0,
      json: { folder: copy(), database: 'sqlite', files: 2, missing: 0 },
    })
    expect(readdirSync(copy()).sort()).toEqual(['anbiao.db', 'evidence'])

    rmSync(dataDir, { recursive: true })
    expect(await adminJson('restore', copy())).toMatchObject({ code: 0, json: { files: 2, missing: 0, waiting: 0 } })
    expect(await photosKnown()).toEqual(['p1'])
    expect(existsSync(join(dataDir, 'evidence', picture.file))).toBe(true)
  })

  test('a backup is made while somebody works in the database', async () => {
    await houseWithPhoto()
    await withDatabase(async ({ inTransaction }) => {
      const [written] = await Promise.all([
        adminJson('backup', copy()),
        inTransaction('test', (trx) => saveSetting(trx, 'linkSecret', 'secret')),
      ])
      expect(written.code).toBe(0)
    })
  })

  test('a backup never overwrites anything', async () => {
    await houseWithPhoto()
    mkdirSync(copy(), { recursive: true })
    expect((await admin('backup', copy())).stderr).toContain('exists already')
  })

  test('a photo that is on record and not there is told', async () => {
    await houseWithPhoto()
    rmSync(join(dataDir, 'evidence', picture.thumbnail))
    expect(await adminJson('backup', copy())).toMatchObject({ code: 1, json: { missing: 1 } })
  })

  test('a restore refuses what is no backup, a running house and a data directory in use', async () => {
    await houseWithPhoto()
    expect((await admin('restore', folder)).stderr).toContain('is no backup')
    await admin('backup', copy())
    expect((await admin('restore', copy())).stderr).toContain('is not empty')

    const unlock = lockDataDirectory(dataDir, 'alone')
    const refused = await admin('restore', copy(), '--force')
    unlock()
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Another AnBiao is at work in .*\n$/) })
    expect(await photosKnown()).toEqual(['p1'])
  })

  test('neither is done inside the data directory', async () => {
    await houseWithPhoto()
    for (const verb of ['backup', 'restore'])
      for (const inside of [dataDir, join(dataDir, 'copies/monday')])
        expect((await admin(verb, inside, ...(verb === 'restore' ? ['--force'] : []))).stderr).toMatch(
          /has to be outside the data directory .*\n$/,
        )
    expect(readdirSync(dataDir).sort()).toEqual(['anbiao.db', 'evidence'])
  })

  test('a backup that is damaged changes nothing', async () => {
    await houseWithPhoto()
    await admin('backup', copy())
    writeFileSync(join(copy(), 'anbiao.db'), 'not a database, but long enough to be read as one'.repeat(50))
    const { code, stderr } = await admin('restore', copy(), '--force')
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/is damaged, nothing was restored/) })
    expect(readdirSync(dataDir).sort()).toEqual(['anbiao.db', 'anbiao.lock', 'evidence'])
    expect(await photosKnown()).toEqual(['p1'])
  })

  test('forced, it moves aside what was there', async () => {
    await houseWithPhoto()
    await admin('backup', copy())
    writeFileSync(join(dataDir, 'notes.txt'), 'mine')
    expect((await admin('restore', copy(), '--force')).code).toBe(0)
    const [aside = ''] = readdirSync(dataDir).filter((name) => name.startsWith('before-restore-'))
    expect(readdirSync(join(dataDir, aside))).toEqual(expect.arrayContaining(['anbiao.db', 'evidence', 'notes.txt']))
    expect(await photosKnown()).toEqual(['p1'])
    expect((await admin('restore', copy())).stderr).toContain('is not empty')
  })
})
