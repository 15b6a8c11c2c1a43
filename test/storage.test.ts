import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { InboundMessage } from '../src/message/index.ts'
import { answersOf, answersOfOthers, newestAnswer, recordAnswer } from '../src/storage/answers.ts'
import {
  claimOf,
  claimsToAnswer,
  claimsWithRegulator,
  claimWithLicence,
  licencePhoto,
  lockedClaim,
  moveClaim,
  openClaimsBy,
  storeClaim,
  supportClaim,
} from '../src/storage/claims.ts'
import { changeContact, contactChangesOf } from '../src/storage/contact-changes.ts'
import { conversationOf, storeConversation } from '../src/storage/conversations.ts'
import type { Database, Trx } from '../src/storage/database.ts'
import { openDatabase } from '../src/storage/database.ts'
import { updateRefs } from '../src/storage/enrolment.ts'
import {
  claimEvidence,
  evidenceOf,
  markLost,
  markStored,
  photosOfOthers,
  postponeEvidence,
  sameEvidence,
  settledKeyOf,
  storeEvidence,
  storeLicence,
  unsettledEvidence,
} from '../src/storage/evidence.ts'
import {
  changesOf,
  type Hazard,
  hazardById,
  hazardRegister,
  hazardShownBy,
  hazardsOf,
  insertHazard,
  newestHazardAt,
  openHazards,
  updateHazard,
} from '../src/storage/hazards.ts'
import { countOf, countQuery } from '../src/storage/health.ts'
import { claimInbound, failedMessages, inboxRows, markFailed, releaseForRetry } from '../src/storage/inbox.ts'
import {
  lockedInvitation,
  noteWrongCode,
  storeInvitation,
  useInvitation,
  wrongCodesSince,
} from '../src/storage/invitations.ts'
import { addMember, enterpriseAnsweredFor, membersOf } from '../src/storage/members.ts'
import { keepChoice, keepModelInquiry, modelFigures, modelInquiryOn } from '../src/storage/model-inquiries.ts'
import * as outbox from '../src/storage/outbox.ts'
import { addRegulator, listRegulators, regulatorsOf, removeRegulator, roleOf } from '../src/storage/regulators.ts'
import {
  cancelReminder,
  claimReminder,
  dueReminders,
  isMuted,
  lastTold,
  muteContact,
  planReminder,
  unmuteContact,
} from '../src/storage/reminders.ts'
import { saveSetting, setting } from '../src/storage/settings.ts'
import { inSavepoint } from '../src/storage/unit-of-work.ts'
import { onEachDatabase } from './support/databases.ts'

const NOW = new Date('2026-11-23T01:00:00.000Z')
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

onEachDatabase((database, address) => {
  const db = () => database().db
  const inTransaction = <T>(work: (trx: Trx) => Promise<T>, key = 'test') => database().inTransaction(key, work)

  const message = (dedupeKey: string, contact = 'app:zhangsan', text = 'hello'): InboundMessage => ({
    dedupeKey,
    contact,
    sentAt: NOW,
    content: { type: 'text', text },
  })
  /** Another process of the same bureau; SQLite has one only. */
  async function secondProcess(): Promise<Database> {
    if (database().dialect === 'sqlite') return database()
    const other = await openDatabase(address())
    onTestFinished(other.close)
    return other
  }
  const claim = (key: string) => inTransaction((trx) => claimInbound(trx, message(key), NOW), key)

  test.for(['outbox waiting', 'outbox failed', 'inbox failed'] as const)('%s is counted by an index', async (what) => {
    expect(await countOf(db(), what)).toBe(0)
    if (database().dialect === 'postgres') return
    const plan = await sql<{ detail: string }>`explain query plan ${countQuery(what)}`.execute(db())
    expect(plan.rows.map(({ detail }) => detail)).toEqual([expect.stringMatching(/USING COVERING INDEX|USING INDEX/)])
  })

  test('a message is claimed once, however many deliveries come at the same time', async () => {
    const claims = await Promise.all(Array.from({ length: 12 }, () => claim('1')))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await inboxRows(db())).toMatchObject([{ message: message('1'), state: 'processed' }])
  })

  test('a message is claimed once among several processes', async () => {
    const processes = [database(), await secondProcess()]
    const claims = await Promise.all(
      processes.flatMap((one) =>
        Array.from({ length: 6 }, (_, index) =>
          one.inTransaction(`${index}`, (trx) => claimInbound(trx, message('1'), NOW)),
        ),
      ),
    )
    expect(claims.filter(Boolean)).toHaveLength(1)
  })

  test('a message that could not be handled is kept with its error, and can be handled again', async () => {
    const notice = { type: 'activityNotice', event: 'inactive_alert', effectiveAt: inSeconds(60) } as const
    const strange: InboundMessage = { ...message('odd'), content: notice }
    await claim('fine')
    await inTransaction(async (trx) => {
      await claimInbound(trx, strange, NOW)
      await inSavepoint(trx, async () => {
        await saveSetting(trx, 'half', 'done')
        throw new Error('no such item')
      }).catch((error: Error) => markFailed(trx, 'odd', error.message))
    })

    expect(await setting(db(), 'half')).toBeUndefined()
    expect(await failedMessages(db())).toMatchObject([{ message: strange, error: 'no such item', receivedAt: NOW }])
    expect(await inTransaction((trx) => releaseForRetry(trx, 'fine'))).toBeUndefined()

    const again = await inTransaction(async (trx) => {
      const released = await releaseForRetry(trx, 'odd')
      return released && (await claimInbound(trx, released, NOW))
    })
    expect(again).toBe(true)
    expect(await failedMessages(db())).toEqual([])
    expect((await inboxRows(db(), { limit: 1 })).map((row) => row.message)).toEqual([strange])
  })

  test('what a model was asked is kept once; the first answer to what it proposed counts', async () => {
    const inquiry = { turn: 3, itemRef: 'general/wiringTidy@1', outcome: 'proposed', leans: 'bad' } as const
    await inTransaction(async (trx) => {
      await keepModelInquiry(trx, { ...inquiry, message: 'm1' }, NOW)
      await keepModelInquiry(trx, { ...inquiry, message: 'm2' }, NOW)
      await keepModelInquiry(trx, { ...inquiry, message: 'm3', outcome: 'late', leans: null }, NOW)
      await keepChoice(trx, 'm1', 'nonconforming', NOW)
      await keepChoice(trx, 'm1', 'rectified', inSeconds(9))
    })
    expect(await inTransaction((trx) => modelInquiryOn(trx, 'm1'))).toEqual({ ...inquiry, message: 'm1' })
    expect(await inTransaction((trx) => modelInquiryOn(trx, 'm4'))).toBeUndefined()
    await expect(inTransaction((trx) => keepModelInquiry(trx, { ...inquiry, message: 'm1' }, NOW))).rejects.toThrow()
    expect(await modelFigures(db())).toEqual({
      asked: { proposed: 2, none: 0, late: 1, malformed: 0, failed: 0 },
      chosen: { same: 1, other: 0, nothing: 1 },
    })
  })

  test('inbox rows are found by contact and state', async () => {
    await inTransaction(async (trx) => {
      for (const [key, contact] of [
        ['1', 'app:a'],
        ['2', 'app:b'],
        ['3', 'app:a'],
      ] as const) {
        await claimInbound(trx, message(key, contact), NOW)
      }
      await markFailed(trx, '3', 'broken')
    })
    const keys = async (filter: Parameters<typeof inboxRows>[1]) =>
      (await inboxRows(db(), filter)).map((row) => row.message.dedupeKey)
    expect(await keys({ contact: 'app:a' })).toEqual(['3', '1'])
    expect(await keys({ contact: 'app:a', state: 'failed' })).toEqual(['3'])
    expect(await keys({ limit: 2 })).toEqual(['3', '2'])
  })

  test('work that throws loses only itself', async () => {
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) =>
        inTransaction(
          async (trx) => {
            await saveSetting(trx, name, 'kept')
            if (name === 'b') throw new Error('b fails')
            // Breaks the transaction itself, not only our code.
            if (name === 'c') await trx.insertInto('settings').values({ key: 'a', value: 'twice' }).execute()
            return name
          },
          name === 'a' || name === 'c' ? 'same' : name,
        ),
      ),
    )
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    const rows = await db().selectFrom('settings').select('key').orderBy('key').execute()
    expect(rows.map(({ key }) => key)).toEqual(['a', 'd'])
  })

  test('work under one key runs in the order it was handed in', async () => {
    const order: string[] = []
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        inTransaction(
          async (trx) => {
            await setting(trx, 'x')
            if (index % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 2))
            order.push(`${index % 4}:${index}`)
            if (index % 5 === 0) throw new Error('must not stop those behind it')
          },
          `${index % 4}`,
        ).catch(() => undefined),
      ),
    )
    for (const key of ['0', '1', '2', '3']) {
      const seen = order.filter((entry) => entry.startsWith(`${key}:`)).map((entry) => Number(entry.slice(2)))
      expect(seen).toEqual([...seen].sort((a, b) => a - b))
      expect(seen).toHaveLength(10)
    }
  })

  test('nobody is told that all is well when the commit fails or the transaction is lost', async () => {
    await tablesCheckedAtCommit()
    const works: Record<string, (trx: Trx) => Promise<unknown>> = {
      failsAtCommit: (trx) => sql`insert into child (parent) values (7)`.execute(trx),
      losesAll: async (trx) => {
        await sql`rollback`.execute(trx)
        throw new Error('the disk is full')
      },
    }
    for (const [name, work] of Object.entries(works)) {
      const keys = ['before', 'itself', 'after'].map((when) => `${name} ${when}`)
      const results = await Promise.allSettled(
        keys.map((key) =>
          inTransaction(async (trx) => {
            await saveSetting(trx, key, 'done')
            if (key.endsWith('itself')) await work(trx)
          }, key),
        ),
      )
      expect(results[1]?.status).toBe('rejected')
      for (const [index, key] of keys.entries()) {
        expect([key, await setting(db(), key)]).toEqual([
          key,
          results[index]?.status === 'fulfilled' ? 'done' : undefined,
        ])
      }
    }
    await inTransaction((trx) => saveSetting(trx, 'later', 'works'))
    expect(await setting(db(), 'later')).toBe('works')
  })

  async function tablesCheckedAtCommit() {
    await sql`create table parent (id integer primary key)`.execute(db())
    await sql`create table child (parent integer references parent (id) deferrable initially deferred)`.execute(db())
  }

  test('200 messages, each delivered four times in any order, are handled once and in order per contact', async () => {
    const contacts = Array.from({ length: 20 }, (_, index) => `app:owner${index}`)
    const messages = Array.from({ length: 200 }, (_, index) => message(`${index}`, contacts[index % 20]))
    const deliveries = shuffled(messages.flatMap((one) => [one, one, one, one]))
    const handled: InboundMessage[] = []

    await Promise.all(
      deliveries.map((delivery) =>
        inTransaction(async (trx) => {
          if (!(await claimInbound(trx, delivery, NOW))) return
          await saveSetting(trx, delivery.contact, delivery.dedupeKey)
          handled.push(delivery)
        }, delivery.contact),
      ),
    )

    expect(new Set(handled.map(({ dedupeKey }) => dedupeKey)).size).toBe(200)
    expect(handled).toHaveLength(200)
    const stored = (await inboxRows(db(), { limit: 1000 })).reverse().map((row) => row.message)
    for (const contact of contacts) {
      const arrived = [...new Set(deliveries.filter((one) => one.contact === contact).map((one) => one.dedupeKey))]
      const own = ({ contact: of }: InboundMessage) => of === contact
      expect(handled.filter(own).map((one) => one.dedupeKey)).toEqual(arrived)
      expect(stored.filter(own).map((one) => one.dedupeKey)).toEqual(arrived)
    }
  })

  const reminder = (uniqueKey: string, more: Partial<outbox.OutboxMessage> = {}) =>
    ({
      uniqueKey,
      recipient: 'app:a',
      cause: 'c',
      kind: 'reply',
      reply: { text: uniqueKey },
      dueAt: NOW,
      at: NOW,
      ...more,
    }) as outbox.OutboxMessage

  const enqueue = (...messages: outbox.OutboxMessage[]) =>
    inTransaction(async (trx) => {
      for (const one of messages) await outbox.enqueue(trx, one)
    })

  /** What a worker gets at that time. Its claims hold for a minute. */
  const take = (at = NOW, { from = database(), limit = 8, perMinute = 20, perHour = 800 } = {}) =>
    from.inTransaction('outbox', (trx) =>
      outbox.claimDue(trx, from.dialect, {
        at,
        until: new Date(at.getTime() + 60_000),
        limit,
        perMinute,
        perHour,
      }),
    )
  const textOf = (claimed: outbox.ClaimedMessage) => (claimed.kind === 'reply' ? claimed.reply.text : 'card update')
  const takeTexts = async (...args: Parameters<typeof take>) => (await take(...args)).map(textOf)

  const deliver = (claimed: outbox.ClaimedMessage, delivery: Partial<outbox.Delivery> = {}) =>
    inTransaction((trx) => outbox.markSent(trx, claimed, { at: NOW, messages: 1, ...delivery }))

  /** Everything that can be taken at that time, one by one. */
  async function deliverAll(at = NOW): Promise<string[]> {
    const texts: string[] = []
    for (;;) {
      const claimed = await take(at)
      if (claimed.length === 0) return texts
      for (const one of claimed) await deliver(one, { at })
      texts.push(...claimed.map(textOf))
    }
  }
  const stateOf = async (uniqueKey: string) =>
    (await outbox.outboxRows(db())).find((row) => row.uniqueKey === uniqueKey)?.state

  test('a message with a used unique key is left out', async () => {
    await enqueue(reminder('1'), reminder('1', { kind: 'reply', reply: { text: 'another' } }))
    expect(await deliverAll()).toEqual(['1'])
    await enqueue(reminder('1'))
    expect(await deliverAll()).toEqual([])
    expect(await outbox.outboxRows(db())).toMatchObject([{ uniqueKey: '1', state: 'sent', attempts: 1 }])
  })

  test('messages to one recipient leave by due time, then in the order of enqueueing, and never early', async () => {
    await enqueue(
      reminder('tomorrow', { dueAt: inSeconds(86_400) }),
      reminder('in a minute', { dueAt: inSeconds(60) }),
      reminder('first'),
      reminder('second'),
      reminder('to another', { recipient: 'app:b' }),
    )
    expect(await takeTexts()).toEqual(['first', 'to another'])
    expect(await takeTexts()).toEqual([])
    await inTransaction((trx) => outbox.releaseClaims(trx))
    expect(await deliverAll(inSeconds(61))).toEqual(['first', 'to another', 'second', 'in a minute'])
    expect(await deliverAll(inSeconds(86_400))).toEqual(['tomorrow'])
  })

  test('what waits to be tried again holds up what comes after it, and nobody else', async () => {
    await enqueue(reminder('first'), reminder('second'), reminder('to another', { recipient: 'app:b' }))
    const [first, other] = await take()
    if (!first || !other) throw new Error('two were due')
    await inTransaction((trx) => outbox.markRetry(trx, first, { at: inSeconds(5), error: 'busy', uncertain: false }))
    await inTransaction((trx) => outbox.markFailed(trx, other, 'unknown'))

    expect(await takeTexts(inSeconds(4))).toEqual([])
    expect(await take(inSeconds(5))).toMatchObject([{ attempts: 2, uncertain: false, reply: { text: 'first' } }])
    expect(await outbox.outboxRows(db(), { state: 'failed' })).toMatchObject([
      { recipient: 'app:b', lastError: 'unknown' },
    ])
  })

  test('while one is on its way nothing else goes to that recipient, even if it was due earlier', async () => {
    await enqueue(reminder('on its way'))
    const [first] = await take()
    await enqueue(reminder('due earlier', { dueAt: inSeconds(-60) }))
    expect(await takeTexts()).toEqual([])
    if (first) await deliver(first)
    expect(await takeTexts()).toEqual(['due earlier'])
  })

  test('of the reminders of one series that are due, only the latest leaves', async () => {
    const series = 'recheck'
    await enqueue(
      reminder('60 days', { series }),
      reminder('30 days', { series, dueAt: inSeconds(30) }),
      reminder('7 days', { series, dueAt: inSeconds(60) }),
      reminder('0 days', { series, dueAt: inSeconds(90) }),
      reminder('to another', { series, recipient: 'app:b' }),
    )
    expect(await deliverAll(inSeconds(60))).toEqual(['to another', '7 days'])
    expect(await stateOf('60 days')).toBe('cancelled')
    expect(await stateOf('30 days')).toBe('cancelled')
    expect(await deliverAll(inSeconds(90))).toEqual(['0 days'])
  })

  test('what a cause brought about is withdrawn with it', async () => {
    await enqueue(
      reminder('sent', { cause: 'x' }),
      reminder('later', { cause: 'x', dueAt: inSeconds(9) }),
      reminder('other', { cause: 'y', dueAt: inSeconds(9) }),
    )
    await deliverAll()
    await inTransaction((trx) => outbox.cancelCause(trx, 'x'))
    expect(await deliverAll(inSeconds(9))).toEqual(['other'])
    expect([await stateOf('sent'), await stateOf('later')]).toEqual(['sent', 'cancelled'])
  })

  test('what is cancelled while it is on its way counts as sent if it arrived, and is not tried again if not', async () => {
    await enqueue(reminder('arrives', { cause: 'x' }), reminder('does not', { cause: 'x', recipient: 'app:b' }))
    const [arrives, doesNot] = await take()
    await inTransaction((trx) => outbox.cancelCause(trx, 'x'))
    if (arrives) await deliver(arrives)
    if (doesNot) {
      await inTransaction((trx) => outbox.markRetry(trx, doesNot, { at: NOW, error: 'busy', uncertain: true }))
    }
    expect([await stateOf('arrives'), await stateOf('does not')]).toEqual(['sent', 'cancelled'])
  })

  test('two workers never get the same message, nor two messages to one recipient', async () => {
    await enqueue(
      ...Array.from({ length: 60 }, (_, index) => reminder(`${index}`, { recipient: `app:owner${index % 12}` })),
    )
    const workers = [database(), await secondProcess()]
    const got: string[] = []
    for (let round = 0; round < 40; round++) {
      const claims = await Promise.all(workers.map((from) => take(NOW, { from, limit: 4, perMinute: 1000 })))
      const recipients = claims.flat().map(({ recipient }) => recipient)
      expect(new Set(recipients).size).toBe(recipients.length)
      for (const one of claims.flat()) await deliver(one)
      got.push(...claims.flat().map(textOf))
    }
    expect(got).toHaveLength(60)
    for (let owner = 0; owner < 12; owner++) {
      const own = got.map(Number).filter((index) => index % 12 === owner)
      expect(own).toEqual([0, 1, 2, 3, 4].map((round) => round * 12 + owner))
    }
  })

  test('a claim runs out, and then the message may have got through', async () => {
    await enqueue(reminder('1'))
    const [dead] = await take()
    expect(dead).toMatchObject({ attempts: 1, uncertain: false })
    expect(await take(inSeconds(59))).toEqual([])
    const [heir] = await take(inSeconds(60))
    expect(heir).toMatchObject({ attempts: 2, uncertain: true })

    // The first worker was only slow: it may report success, but no longer decide on another attempt.
    if (!dead || !heir) throw new Error('both had it')
    await inTransaction((trx) => outbox.markFailed(trx, dead, 'slow'))
    expect(await stateOf('1')).toBe('sending')
    await inTransaction((trx) => outbox.markRetry(trx, heir, { at: inSeconds(70), error: 'again', uncertain: true }))
    expect(await take(inSeconds(70))).toMatchObject([{ attempts: 3, uncertain: true }])
    await deliver(dead)
    expect(await stateOf('1')).toBe('sent')
  })

  test('nobody gets more than the rate, counted in messages of the channel; card updates pass', async () => {
    const update = { kind: 'cardUpdate', update: { responseCode: 'r', chosenLabel: 'ok' } } as const
    await enqueue(reminder('1'), reminder('2'), reminder('3', update), reminder('4'), reminder('5'))
    const rates = { perMinute: 4, perHour: 5 }
    const next = async (at: Date, messages: number) => {
      const claimed = await take(at, rates)
      for (const one of claimed) await deliver(one, { at, messages })
      return claimed.map(textOf)
    }
    expect(await next(NOW, 3)).toEqual(['1'])
    expect(await next(inSeconds(10), 1)).toEqual(['2'])
    expect(await next(inSeconds(10), 0)).toEqual(['card update'])
    expect(await next(inSeconds(60), 1)).toEqual(['4'])
    expect(await next(inSeconds(3599), 1)).toEqual([])
    expect(await next(inSeconds(3600), 1)).toEqual(['5'])
  })

  test('a card is updated once with the code that came when it was sent', async () => {
    const prompt = { kind: 'choice', id: 'p1', heading: 'h', body: 'b', options: [] } as const
    await enqueue(reminder('card', { kind: 'reply', reply: { text: 'card', prompt } }))
    const code = () => outbox.responseCodeOf(db(), 'p1')
    expect(await code()).toBeUndefined()
    const [card] = await take()
    if (card) await deliver(card, { responseCode: 'code', messageId: 'm' })
    expect(await code()).toBe('code')
    await inTransaction((trx) => outbox.spendResponseCode(trx, 'p1'))
    expect(await code()).toBeUndefined()
  })

  test('an operator sends a failed message once more', async () => {
    await enqueue(reminder('1'))
    const [first] = await take()
    if (!first) throw new Error('one was due')
    const retry = () => inTransaction((trx) => outbox.retryRow(trx, first.seq))
    expect(await retry()).toBe(false)
    await inTransaction((trx) => outbox.markFailed(trx, first, 'no licence'))
    expect(await take(inSeconds(600))).toEqual([])
    expect(await retry()).toBe(true)
    expect(await take(inSeconds(600))).toMatchObject([{ seq: first.seq, attempts: 1, uncertain: false }])
  })

  async function selfAssessments(...enterprises: string[]) {
    for (const id of enterprises) {
      await db()
        .insertInto('enterprises')
        .values({
          ...{
            id,
            uscc: id,
            name: id,
            district: '440307',
            industry_class: '3411',
            industry: 'machinery',
            headcount: 9,
          },
          ...{ contact: 'app:a', contact_name: 'A', contact_phone: '1', facts: '[]', policy: 'shenzhen-trial' },
          ...{ consented_at: NOW.toISOString(), consent_version: 1, created_at: NOW.toISOString() },
        })
        .execute()
      await db()
        .insertInto('self_assessments')
        .values({
          ...{ id: `of ${id}`, enterprise_id: id, purpose: 'initial', policy: 'shenzhen-trial', refs: '[]' },
          ...{ state: 'open', application_id: null, started_at: NOW.toISOString(), completed_at: null },
        })
        .execute()
    }
  }
  const photo = (id: string, enterprise: string, at = NOW) =>
    inTransaction((trx) =>
      storeEvidence(trx, {
        ...{ id, assessmentId: `of ${enterprise}`, itemId: 'exits', position: 0, contact: 'app:a' },
        ...{ rectifies: false, mediaId: `media ${id}`, at },
      }),
    )
  const stored = (id: string, sha256: string) =>
    inTransaction((trx) =>
      markStored(trx, id, {
        ...{ file: 'aa/bb/a.jpg', thumbnail: 'aa/bb/a.480.jpg', contentType: 'image/jpeg', bytes: 9 },
        ...{ width: 4, height: 3, sha256, storedAt: NOW },
      }),
    )

  test('a photo is fetched by one worker at a time, until it is stored or lost', async () => {
    await selfAssessments('e')
    await photo('later', 'e', inSeconds(5))
    await photo('1', 'e')
    await photo('2', 'e')
    const workers = [database(), await secondProcess()]
    const claimBy = (from: Database, at: Date) =>
      from.inTransaction('evidence', (trx) =>
        claimEvidence(trx, from.dialect, { at, until: new Date(at.getTime() + 60_000), limit: 8 }),
      )
    const claims = (await Promise.all(workers.map((from) => claimBy(from, NOW)))).flat()
    expect(claims.map(({ id }) => id).sort()).toEqual(['1', '2'])
    expect(claims[0]).toMatchObject({ mediaId: `media ${claims[0]?.id}`, contact: 'app:a', attempts: 1 })

    await stored('1', 'abc')
    await inTransaction((trx) => postponeEvidence(trx, '2', inSeconds(30)))
    expect((await claimBy(database(), inSeconds(5))).map(({ id }) => id)).toEqual(['later'])
    expect(await claimBy(database(), inSeconds(30))).toMatchObject([{ id: '2', attempts: 2 }])
    expect(await inTransaction((trx) => markLost(trx, '2', 'tooLarge'))).toBe(true)
    expect(await stored('2', 'abc')).toBe(false)

    expect(await evidenceOf(db(), 'of e')).toMatchObject([
      { id: '1', rectifies: false, picture: { state: 'stored', sha256: 'abc', width: 4, height: 3, storedAt: NOW } },
      { id: '2', receivedAt: NOW, picture: { state: 'lost', whyLost: 'tooLarge' } },
      { id: 'later', picture: { state: 'fetching' } },
    ])
  })

  test('a photo is unsettled until its message is in the inbox', async () => {
    await selfAssessments('e')
    for (const id of ['1', '2', 'fetching']) await photo(id, 'e')
    await stored('1', 'abc')
    await inTransaction((trx) => markLost(trx, '2', 'unreadable'))
    const unsettled = async () => (await unsettledEvidence(db())).map(({ id }) => id).sort()
    expect(await unsettled()).toEqual(['1', '2'])
    await claim(settledKeyOf('1'))
    expect(await unsettled()).toEqual(['2'])
  })

  test('the same picture from several enterprises is counted', async () => {
    await selfAssessments('e', 'f')
    for (const [id, enterprise] of [
      ['1', 'e'],
      ['2', 'e'],
      ['3', 'f'],
      ['4', 'f'],
    ] as const) {
      await photo(id, enterprise)
      await stored(id, id === '4' ? 'other' : 'same')
    }
    expect([await sameEvidence(db(), 'same'), await sameEvidence(db(), 'other')]).toEqual([2, 1])
    expect(await sameEvidence(db(), 'unseen')).toBe(0)
  })

  test('a regulator has one role in each district, and none beyond it', async () => {
    const add = (userId: string, district: string, role: 'reviewer' | 'approver' | 'viewer' | 'admin') =>
      inTransaction((trx) => addRegulator(trx, { userId, district, role }, NOW))
    await add('LiSi', '440307', 'reviewer')
    await add('lisi', '440307', 'approver')
    await add('lisi', '440300', 'viewer')
    await add('wangwu', '440307', 'reviewer')

    expect(await regulatorsOf(db(), '440307')).toEqual([
      { userId: 'lisi', district: '440307', role: 'approver' },
      { userId: 'wangwu', district: '440307', role: 'reviewer' },
    ])
    expect(await regulatorsOf(db(), '440307', ['reviewer', 'admin'])).toMatchObject([{ userId: 'wangwu' }])
    expect(await regulatorsOf(db(), '4403')).toEqual([])
    expect(await roleOf(db(), 'LISI')).toEqual([
      { district: '440300', role: 'viewer' },
      { district: '440307', role: 'approver' },
    ])
    expect(await roleOf(db(), 'zhaoliu')).toEqual([])
    expect(await inTransaction((trx) => removeRegulator(trx, 'LiSi', '440300'))).toBe(true)
    expect(await inTransaction((trx) => removeRegulator(trx, 'lisi', '440300'))).toBe(false)
    expect(await listRegulators(db())).toHaveLength(2)
  })

  describe('the register of hazards', () => {
    const found = (id: string, { enterpriseId = 'e', itemId = 'exits' } = {}): Hazard => ({
      id,
      enterpriseId,
      assessmentId: `of ${enterpriseId}`,
      itemId,
      ref: `general/${itemId}@1`,
      grade: 'general',
      measure: null,
      person: null,
      foundOn: '2026-11-23',
      dueOn: '2026-12-08',
      state: 'open',
      doneOn: null,
      doneIn: null,
      evidenceId: null,
      acceptedOn: null,
      acceptedBy: null,
    })
    const change = { by: 'owner:app:e', at: NOW }
    const insert = (hazard: Hazard) => inTransaction((trx) => insertHazard(trx, hazard, change))
    const update = (before: Hazard, after: Hazard) =>
      inTransaction((trx) => updateHazard(trx, before, after, { by: 'regulator:wang', at: inSeconds(1) }))

    test('a hazard reads back as it was put in, and is nobody else’s', async () => {
      await selfAssessments('e', 'f')
      await insert(found('1'))
      expect(await hazardsOf(db(), 'e')).toEqual([found('1')])
      expect(await hazardById(db(), { enterpriseId: 'e', hazardId: '1' })).toEqual(found('1'))
      expect(await hazardById(db(), { enterpriseId: 'f', hazardId: '1' })).toBeUndefined()
      expect(await hazardsOf(db(), 'f')).toEqual([])
    })

    test('of an item one hazard is open, whoever else writes', async () => {
      await selfAssessments('e', 'f')
      await insert(found('1'))
      await expect(insert(found('2'))).rejects.toThrow()
      await insert(found('3', { enterpriseId: 'f' }))
      await update(found('1'), { ...found('1'), state: 'done', doneOn: '2026-12-01' })
      await insert(found('2'))
      expect(await newestHazardAt(db(), { enterpriseId: 'e', itemId: 'exits' })).toMatchObject({ id: '2' })
    })

    test('every change is kept with who made it, and nothing else is', async () => {
      await selfAssessments('e')
      await insert(found('1'))
      const later = { ...found('1'), dueOn: '2027-01-20', person: 'Li' }
      await update(found('1'), later)
      await update(later, { ...later, state: 'accepted', acceptedOn: '2026-12-02', acceptedBy: 'wang' })
      const first = { by: 'owner:app:e', at: NOW }
      const second = { by: 'regulator:wang', at: inSeconds(1) }
      expect(await changesOf(db(), '1')).toEqual([
        { field: 'state', from: null, to: 'open', ...first },
        { field: 'responsible_person', from: null, to: 'Li', ...second },
        { field: 'due_on', from: '2026-12-08', to: '2027-01-20', ...second },
        { field: 'state', from: 'open', to: 'accepted', ...second },
      ])
      expect(await hazardsOf(db(), 'e')).toMatchObject([{ acceptedBy: 'wang', dueOn: '2027-01-20' }])
    })

    test('a photo leads to what it shows', async () => {
      await selfAssessments('e')
      const hazard = { ...found('1'), evidenceId: 'photo' }
      await insert(hazard)
      expect(await hazardShownBy(db(), 'photo')).toEqual(hazard)
      expect(await hazardShownBy(db(), 'other')).toBeUndefined()
    })

    test('a database from before keeps the dates that owners were told', async () => {
      await selfAssessments('e', 'f', 'g')
      await asBeforeTheRegister()
      const general = { id: 'exits', grade: 'general', dueOn: '2026-12-09' }
      const rectified = { id: 'guards', grade: 'general', dueOn: null }
      await application('e', 'LG-1', NOW, [{ ...general, dueOn: '2026-11-01' }])
      await application('e', 'LG-2', inSeconds(1), [general, rectified])
      await application('f', 'LG-3', NOW, [rectified])
      await application('g', 'LG-4', NOW, [general])
      await recheckOf('LG-4', 'g')

      const again = await openDatabase(address())
      onTestFinished(again.close)
      const { id: _, ...expected } = found('')
      expect(await hazardsOf(again.db, 'e')).toMatchObject([
        { ...expected, assessmentId: 'of LG-2', dueOn: '2026-12-09' },
      ])
      expect([await hazardsOf(again.db, 'f'), await hazardsOf(again.db, 'g')]).toEqual([[], []])
      expect(await membersOf(again.db, 'e')).toEqual([{ contact: 'app:a', role: 'contact', name: 'A', hasLeft: false }])
      const due = await dueReminders(again.db, new Date('2026-12-09T01:00:00Z'), { limit: 9 })
      expect(due).toMatchObject([{ contact: 'app:a', dueAt: '2026-12-09T01:00:00.000Z' }])
    })

    async function asBeforeTheRegister() {
      const later = [
        'members',
        'invitations',
        'wrong_codes',
        'objections',
        'closings',
        'claims',
        'contact_changes',
        'model_inquiries',
      ]
      for (const table of ['hazard_changes', 'hazards', 'reminders', 'muted_contacts', ...later])
        await db().schema.dropTable(table).execute()
      for (const column of ['answered_by', 'confirmed_from'])
        await db().schema.alterTable('answers').dropColumn(column).execute()
      for (const column of ['seen', 'refs']) await db().schema.alterTable('conversations').dropColumn(column).execute()
      await db().schema.alterTable('evidence').dropColumn('withdrawn_at').execute()
      await sql`delete from kysely_migration where name > '002-failed-messages'`.execute(db())
    }

    async function application(enterprise: string, number: string, filedAt: Date, hazards: readonly object[]) {
      const assessment = { id: `of ${number}`, enterprise_id: enterprise, policy: 'shenzhen-trial', refs: '[]' }
      await db()
        .insertInto('self_assessments')
        .values({ ...assessment, purpose: 'initial', state: 'completed', started_at: NOW.toISOString() })
        .execute()
      await db()
        .insertInto('applications')
        .values({
          ...{ id: number, number, assessment_id: `of ${number}`, enterprise_id: enterprise, district: '440307' },
          ...{ policy: 'shenzhen-trial', state: 'returned', snapshot: '{}', score: 90, commitment: '{}' },
          ledger: JSON.stringify(['exits', 'guards'].map((itemId) => ({ itemId, ref: `general/${itemId}@1` }))),
          hazards: JSON.stringify(hazards),
          filed_at: filedAt.toISOString(),
          review_due_on: '2026-12-07',
        })
        .execute()
    }

    async function recheckOf(applicationId: string, enterprise: string) {
      const assessment = { id: 'recheck', enterprise_id: enterprise, policy: 'shenzhen-trial', refs: '[]' }
      await db()
        .insertInto('self_assessments')
        .values({
          ...{ ...assessment, purpose: 'recheck', state: 'completed', application_id: applicationId },
          started_at: NOW.toISOString(),
        })
        .execute()
    }

    test('numbers follow the order of finding and leave out what was taken back; open ones come by their term', async () => {
      await selfAssessments('e')
      const [first, second, third] = ['exits', 'guards', 'wiring'].map((itemId, index) => ({
        ...found(`${index}`, { itemId }),
        dueOn: `2026-12-${20 - index}`,
      })) as [Hazard, Hazard, Hazard]
      for (const hazard of [first, second, third]) await insert(hazard)
      const numbers = async () => (await hazardRegister(db(), 'e')).map(({ itemId, number }) => `${number} ${itemId}`)
      expect(await numbers()).toEqual(['1 exits', '2 guards', '3 wiring'])
      expect((await openHazards(db(), 'e')).map(({ number }) => number)).toEqual([3, 2, 1])
      await update(first, { ...first, state: 'withdrawn' })
      expect(await numbers()).toEqual(['1 guards', '2 wiring'])
    })
  })

  describe('claims', () => {
    const asked = { id: 'c', enterpriseId: 'e', contact: 'app:b', name: '黄伟' }
    const picture = {
      ...{ file: 'aa/bb/a.jpg', thumbnail: 'aa/bb/a.480.jpg', contentType: 'image/jpeg', bytes: 9 },
      ...{ width: 4, height: 3, sha256: 'aabb', storedAt: NOW },
    }
    const ask = (id = 'c') => inTransaction((trx) => storeClaim(trx, { ...asked, id, at: NOW }))

    test('of a contact and an enterprise one is open at a time', async () => {
      await selfAssessments('e')
      await ask()
      await expect(ask('d')).rejects.toThrow(/unique/i)
      expect(await claimOf(db(), 'e', 'app:b')).toMatchObject({ ...asked, state: 'asked', askedAt: NOW })
      await inTransaction((trx) => moveClaim(trx, 'c', 'withdrawn'))
      await ask('d')
      expect((await openClaimsBy(db(), 'app:b')).map(({ id }) => id)).toEqual(['d'])
      expect((await claimsToAnswer(db(), 'e')).map(({ id }) => id)).toEqual(['d'])
    })

    test('a regulator sees those of their districts that the contact left, with the licence once it is stored', async () => {
      await selfAssessments('e')
      const district = '440307'
      await ask()
      expect(await claimsWithRegulator(db(), [district])).toEqual([])
      await inTransaction(async (trx) => {
        await storeLicence(trx, { id: 'p', contact: 'app:b', mediaId: 'm', at: NOW })
        await supportClaim(trx, 'c', 'p')
        await moveClaim(trx, 'c', 'withRegulator')
      })
      await db().updateTable('enterprises').set({ district }).where('id', '=', 'e').execute()
      expect((await claimsWithRegulator(db(), [district])).map(({ id }) => id)).toEqual(['c'])
      expect(await claimsWithRegulator(db(), ['440305'])).toEqual([])
      expect(await licencePhoto(db(), 'p')).toBeUndefined()
      await inTransaction((trx) => markStored(trx, 'p', picture))
      expect(await licencePhoto(db(), 'p')).toMatchObject({ district, file: picture.file })
      expect(await claimWithLicence(db(), 'p')).toMatchObject({ id: 'c' })
      expect(await evidenceOf(db(), 'of e')).toEqual([])
    })

    test('of two who decide at the same time, one finds it open', async () => {
      await selfAssessments('e')
      await ask()
      const processes = [database(), await secondProcess()]
      const decide = (index: number) => {
        const { inTransaction, dialect } = processes[index % 2] ?? database()
        return inTransaction(`app:${index}`, async (trx) => {
          const found = await lockedClaim(trx, dialect, 'c')
          if (found?.state !== 'asked') return false
          await moveClaim(trx, 'c', 'refused', { by: `owner:app:${index}`, at: NOW })
          return true
        })
      }
      const decided = await Promise.all(Array.from({ length: 8 }, (_, index) => decide(index)))
      expect(decided.filter(Boolean)).toHaveLength(1)
    })

    test('a new contact is sent what waits for the one before, who has left, and both are kept', async () => {
      await selfAssessments('e')
      const later = inSeconds(60)
      await inTransaction(async (trx) => {
        await addMember(trx, { enterpriseId: 'e', contact: 'app:a', role: 'contact', name: 'A', at: NOW })
        await outbox.enqueue(trx, {
          ...{ uniqueKey: 'k', recipient: 'app:a', kind: 'reply', reply: { text: '' }, cause: 'rectification:e' },
          ...{ dueAt: later, at: NOW },
        })
        await changeContact(trx, 'e', { contact: 'app:b', name: '黄伟' }, { by: 'owner:app:a', at: NOW })
      })
      expect(await membersOf(db(), 'e')).toMatchObject([
        { contact: 'app:a', hasLeft: true },
        { contact: 'app:b', role: 'contact', name: '黄伟', hasLeft: false },
      ])
      const [{ recipient } = { recipient: '' }] = await db().selectFrom('outbox').select('recipient').execute()
      expect(recipient).toBe('app:b')
      expect(await contactChangesOf(db(), 'e')).toMatchObject([{ toName: '黄伟', by: 'owner:app:a' }])
      expect(await enterpriseAnsweredFor(db(), 'app:a')).toBeUndefined()
      expect(await enterpriseAnsweredFor(db(), 'app:b')).toBe('e')
    })
  })

  describe('colleagues', () => {
    const invitation = {
      ...{ hash: 'h', enterpriseId: 'e', assessmentId: 'of e', itemId: 'exits', madeBy: 'app:a' },
      role: 'colleague' as const,
      expiresAt: inSeconds(60),
    }
    const answer = (itemId: string, mark: 'conforming' | 'nonconforming', by: string) =>
      inTransaction((trx) =>
        recordAnswer(trx, {
          assessmentId: 'of e',
          itemId,
          position: 0,
          mark,
          dedupeKey: `${itemId} ${by}`,
          by,
          at: NOW,
        }),
      )

    test('a code is looked up by its hash, and is used once', async () => {
      await selfAssessments('e')
      await inTransaction((trx) => storeInvitation(trx, { ...invitation, at: NOW }))
      const stored = (hash: string) => inTransaction((trx) => lockedInvitation(trx, database().dialect, hash))
      expect(await stored('h')).toEqual({ ...invitation, isUsed: false })
      expect(await stored('other')).toBeUndefined()
      await inTransaction((trx) => useInvitation(trx, 'h', 'app:b', NOW))
      expect(await stored('h')).toMatchObject({ isUsed: true })
    })

    test('of those who come with one code at the same time, one finds it unused', async () => {
      await selfAssessments('e')
      await inTransaction((trx) => storeInvitation(trx, { ...invitation, at: NOW }))
      const processes = [database(), await secondProcess()]
      const come = (index: number) => {
        const { inTransaction, dialect } = processes[index % 2] ?? database()
        return inTransaction(`app:${index}`, async (trx) => {
          const found = await lockedInvitation(trx, dialect, 'h')
          if (found?.isUsed !== false) return false
          await useInvitation(trx, 'h', `app:${index}`, NOW)
          return true
        })
      }
      const came = await Promise.all(Array.from({ length: 8 }, (_, index) => come(index)))
      expect(came.filter(Boolean)).toHaveLength(1)
    })

    test('wrong codes are counted for whoever tried them, from a moment on', async () => {
      for (const seconds of [0, 10, 20]) await inTransaction((trx) => noteWrongCode(trx, 'app:a', inSeconds(seconds)))
      expect(await wrongCodesSince(db(), 'app:a', inSeconds(5))).toBe(2)
      expect(await wrongCodesSince(db(), 'app:b', NOW)).toBe(0)
    })

    test('what others put on record after a row is told with who they are', async () => {
      await selfAssessments('e')
      await answer('exits', 'conforming', 'app:a')
      const after = await newestAnswer(db(), 'of e')
      await answer('guards', 'nonconforming', 'app:b')
      await answer('wiring', 'conforming', 'app:a')
      const others = await answersOfOthers(db(), { assessmentId: 'of e', contact: 'app:a', after })
      expect(others).toMatchObject([{ itemId: 'guards', mark: 'nonconforming', by: 'app:b' }])
      expect(await answersOfOthers(db(), { assessmentId: 'of e', contact: 'app:b', after })).toHaveLength(1)
      expect((await answersOf(db(), 'of e')).map(({ answeredBy }) => answeredBy)).toEqual(['app:a', 'app:b', 'app:a'])
    })

    test('only photos of others that are in the house count', async () => {
      await selfAssessments('e')
      for (const id of ['1', '2']) await photo(id, 'e')
      await stored('1', 'abc')
      const ofOthers = (contact: string) => photosOfOthers(db(), { assessmentId: 'of e', contact })
      expect(await ofOthers('app:b')).toEqual(new Map([['exits', 1]]))
      expect(await ofOthers('app:a')).toEqual(new Map())
    })

    test('the bookmarks of others go on counting by the checklist they were made for', async () => {
      await selfAssessments('e')
      const place = {
        enterpriseId: 'e',
        assessmentId: 'of e',
        language: 'zh-CN',
        turn: 1,
        prompt: null,
        snapshot: '{}',
      }
      for (const contact of ['app:a', 'app:b'])
        await inTransaction((trx) => storeConversation(trx, { ...place, contact, key: contact }, NOW))
      const change = (refs: string[]) => inTransaction((trx) => updateRefs(trx, { id: 'of e', refs, by: 'app:a' }))
      await change(['general/exits@1'])
      await change(['general/guards@1'])
      const refsOf = (contact: string) => inTransaction(async (trx) => (await conversationOf(trx, contact))?.refs)
      expect([await refsOf('app:a'), await refsOf('app:b')]).toEqual([null, '[]'])
    })
  })

  describe('reminders', () => {
    const planned = (uniqueKey: string, dueAt: Date, step = 0) => ({
      uniqueKey,
      kind: 'nudge' as const,
      subject: 'app:a',
      contact: 'app:a',
      dueAt,
      step,
    })
    const plan = (...given: Parameters<typeof planned>) => inTransaction((trx) => planReminder(trx, planned(...given)))
    const due = async (at: Date) => (await dueReminders(db(), at, { limit: 9 })).map(({ dueAt }) => dueAt)
    const claimed = async (at: Date) => {
      const [reminder] = await dueReminders(db(), at, { limit: 1 })
      const { dialect } = database()
      return reminder && inTransaction((trx) => claimReminder(trx, dialect, reminder.seq, { at, on: '2026-11-23' }))
    }

    test('a matter has one, which moves when it is planned again', async () => {
      await plan('nudge:a', inSeconds(10))
      await plan('nudge:a', inSeconds(20))
      await plan('nudge:a', inSeconds(20))
      expect(await due(inSeconds(15))).toEqual([])
      expect(await due(inSeconds(25))).toEqual([inSeconds(20).toISOString()])
    })

    test('it is claimed once, and counts again when it is planned anew', async () => {
      await plan('nudge:a', inSeconds(10), 2)
      expect(await lastTold(db(), 'nudge:a')).toBeUndefined()
      expect(await claimed(inSeconds(10))).toEqual(planned('nudge:a', inSeconds(10), 2))
      expect(await claimed(inSeconds(10))).toBeUndefined()
      expect(await lastTold(db(), 'nudge:a')).toBe('2026-11-23')
      await plan('nudge:a', inSeconds(30))
      expect(await claimed(inSeconds(30))).toMatchObject({ step: 0 })
    })

    test('what was cancelled is not due, what was moved meanwhile is not claimed', async () => {
      await plan('nudge:a', inSeconds(10))
      await inTransaction((trx) => cancelReminder(trx, 'nudge:a'))
      expect(await due(inSeconds(60))).toEqual([])
      await plan('nudge:a', inSeconds(10))
      const [seen] = await dueReminders(db(), inSeconds(10), { limit: 1 })
      await plan('nudge:a', inSeconds(90))
      const { dialect } = database()
      const claim = { at: inSeconds(10), on: '2026-11-23' }
      expect(await inTransaction((trx) => claimReminder(trx, dialect, seen?.seq ?? 0, claim))).toBeUndefined()
    })

    test('the earliest first, page by page', async () => {
      for (const second of [30, 10, 20]) await plan(`nudge:${second}`, inSeconds(second))
      const [first] = await dueReminders(db(), inSeconds(60), { limit: 1 })
      const rest = await dueReminders(db(), inSeconds(60), { limit: 9, after: first })
      expect([first, ...rest].map((each) => each?.dueAt)).toEqual(
        [10, 20, 30].map((second) => inSeconds(second).toISOString()),
      )
    })

    test('a contact is quiet from when it asks for it until it takes that back', async () => {
      const heard = () => isMuted(db(), 'app:a')
      expect(await heard()).toBe(false)
      for (const _ of [1, 2]) await inTransaction((trx) => muteContact(trx, 'app:a', NOW))
      expect([await heard(), await isMuted(db(), 'app:b')]).toEqual([true, false])
      await inTransaction((trx) => unmuteContact(trx, 'app:a'))
      expect(await heard()).toBe(false)
    })
  })

  test('settings are kept under their names', async () => {
    expect(await setting(db(), 'cursor')).toBeUndefined()
    for (const value of ['1', '2']) await inTransaction((trx) => saveSetting(trx, 'cursor', value))
    expect(await setting(db(), 'cursor')).toBe('2')
  })
})

/** Always the same order. */
function shuffled<T>(list: readonly T[]): T[] {
  let seed = 20_261_123
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}
