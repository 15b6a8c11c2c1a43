import { expect, onTestFinished, test } from 'vitest'
import type { Reply } from '../../src/message/index.ts'
import { createOutbox, type OutboxFailure, type OutboxSettings } from '../../src/outbox/deliver-outbox.ts'
import { DeliveryError, type Sender, type SentReply, type Verdict } from '../../src/outbox/sender.ts'
import {
  enqueue,
  labelShownOn,
  type OutboxMessage,
  outboxRows,
  responseCodeOf,
  waitFor,
} from '../../src/storage/outbox.ts'
import { onEachDatabase, onSqlite } from '../support/databases.ts'

const START = new Date('2026-11-23T01:00:00.000Z')

onSqlite((database) => {
  /** An outbox on a clock that the test moves, with a channel that does what the test says. */
  function workshop(settings: Partial<OutboxSettings> = {}) {
    let now = START
    const sent: string[] = []
    const failures: OutboxFailure[] = []
    const logged: string[] = []
    const answers: (Verdict | Error)[] = []
    let count = 0

    function answer() {
      const verdict = answers.shift()
      if (verdict instanceof Error) throw verdict
      if (verdict) throw new DeliveryError(`refused: ${verdict.kind}`, verdict)
    }
    const sender: Sender = {
      async send(recipient, reply, { uncertain }) {
        answer()
        sent.push(`${recipient} ${reply.text}${uncertain ? ' (again?)' : ''}`)
        count++
        return {
          messages: 1,
          messageId: `m${count}`,
          ...(reply.prompt && { responseCode: `code of ${reply.prompt.id}` }),
        }
      },
      async updateCard(recipient, { responseCode, chosenLabel }) {
        answer()
        sent.push(`${recipient} [${responseCode}] ${chosenLabel}`)
      },
    }
    const outbox = createOutbox({
      database: database(),
      sender,
      clock: () => now,
      log: {
        warn: (fields, text) => logged.push(`warn ${text} ${JSON.stringify(fields)}`),
        error: (fields, text) => logged.push(`error ${text} ${JSON.stringify(fields)}`),
      },
      onFailed: (failure) => void failures.push(failure),
      everyMs: 0,
      ...settings,
    })
    onTestFinished(outbox.stop)
    return {
      outbox,
      sent,
      failures,
      logged,
      answerNext: (...next: (Verdict | Error)[]) => answers.push(...next),
      /** Moves the clock on, and gives what was sent then. */
      async after(seconds: number) {
        now = new Date(now.getTime() + seconds * 1000)
        sent.length = 0
        await outbox.deliverDue()
        return [...sent]
      },
    }
  }

  const put = (...messages: (Partial<OutboxMessage> & { uniqueKey: string })[]) =>
    database().inTransaction('test', async (trx) => {
      for (const message of messages) {
        const reply: Reply = { text: message.uniqueKey }
        const defaults = { recipient: 'app:a', cause: 'c', kind: 'reply', reply, dueAt: START, at: START }
        await enqueue(trx, { ...defaults, ...message } as OutboxMessage)
      }
    })
  const rows = () => outboxRows(database().db)
  const again = (uncertain = false, afterSeconds = 0): Verdict => ({ kind: 'again', uncertain, afterSeconds })

  test('sends all that is due, in order per person, and says how much it tried', async () => {
    const { outbox, sent } = workshop()
    await put({ uniqueKey: '1' }, { uniqueKey: '2' }, { uniqueKey: '3', recipient: 'app:b' }, { uniqueKey: '4' })
    expect(await outbox.deliverDue()).toBe(4)
    expect(sent.filter((line) => line.startsWith('app:a'))).toEqual(['app:a 1', 'app:a 2', 'app:a 4'])
    expect(sent).toContain('app:b 3')
    expect(await rows()).toMatchObject(Array(4).fill({ state: 'sent', attempts: 1, sentAt: START.toISOString() }))
    expect(await outbox.deliverDue()).toBe(0)
  })

  test('tries again after 5 s, 30 s, 2 min, 10 min and 1 h, then gives up and says so once', async () => {
    const { after, answerNext, failures, logged } = workshop()
    await put({ uniqueKey: '1', cause: 'filing' }, { uniqueKey: '2' })
    answerNext(...Array(6).fill(again()))
    for (const [index, seconds] of [5, 30, 120, 600, 3600].entries()) {
      expect(await after(index === 0 ? 0 : 1)).toEqual([])
      expect((await rows()).find(({ uniqueKey }) => uniqueKey === '1')).toMatchObject({ attempts: index + 1 })
      expect(await after(seconds - 1)).toEqual([])
      expect((await rows()).find(({ uniqueKey }) => uniqueKey === '1')).toMatchObject({ attempts: index + 1 })
    }
    expect(failures).toEqual([])
    expect(await after(1)).toEqual(['app:a 2'])
    expect(failures).toEqual([
      {
        seq: expect.any(Number),
        recipient: 'app:a',
        kind: 'reply',
        cause: 'filing',
        attempts: 6,
        error: 'refused: again',
      },
    ])
    expect(logged.filter((line) => line.startsWith('error'))).toHaveLength(1)
    expect(await after(86_400)).toEqual([])
    expect(failures).toHaveLength(1)
  })

  const outage: Verdict = { kind: 'again', uncertain: false, outage: true }

  test('an outage of 71 hours costs no attempt and no message; it is tried at least every half hour', async () => {
    const { after, answerNext, failures } = workshop()
    await put({ uniqueKey: '1' })
    answerNext(...Array(1000).fill(outage))
    const tried: number[] = []
    for (let seconds = 0; seconds < 71 * 3600; seconds += 5) {
      expect(await after(seconds === 0 ? 0 : 5)).toEqual([])
      if ((await rows())[0]?.state !== 'pending') break
      tried.push(seconds)
      // Nothing happens between one attempt and the next.
      const next = (await database().db.selectFrom('outbox').select('claimed_until').executeTakeFirstOrThrow())
        .claimed_until
      const wait = (Date.parse(next ?? '') - START.getTime()) / 1000 - seconds
      expect(wait).toBeLessThanOrEqual(1800)
      await after(wait - 5)
      seconds += wait - 5
    }
    expect(tried.slice(0, 6)).toEqual([0, 5, 10, 20, 40, 80])
    expect(failures).toEqual([])
    expect(await rows()).toMatchObject([{ attempts: 0, state: 'pending', lastError: 'refused: again' }])
  })

  test('after 72 hours of an outage attempts count again, and then it is given up', async () => {
    const { after, answerNext, failures } = workshop()
    await put({ uniqueKey: '1' })
    answerNext(...Array(7).fill(outage))
    await after(71 * 3600)
    expect(await rows()).toMatchObject([{ attempts: 0 }])
    await after(3600)
    expect(await rows()).toMatchObject([{ attempts: 1 }])
    for (const seconds of [5, 30, 120, 600, 3600]) await after(seconds)
    expect(failures).toMatchObject([{ attempts: 6, error: 'refused: again' }])
  })

  test('a restart tries again at once, and costs what waits no attempt', async () => {
    await put({ uniqueKey: '1' })
    for (let restart = 0; restart < 10; restart++) {
      const { after, answerNext } = workshop()
      answerNext(again())
      await after(0)
      expect(await rows()).toMatchObject([{ state: 'pending', attempts: 1 }])
    }
  })

  test('what is said of a failure is committed with it, or neither', async () => {
    const { after, answerNext } = workshop({
      onFailed: async (_failure, trx) => {
        await enqueue(trx, {
          uniqueKey: 'alert',
          recipient: 'app:admin',
          kind: 'reply',
          reply: { text: 'alert' },
          cause: 'alert',
          dueAt: START,
          at: START,
        })
        throw new Error('the process ends here')
      },
    })
    await put({ uniqueKey: '1' })
    answerNext({ kind: 'never' })
    await after(0)
    expect(await rows()).toMatchObject([{ uniqueKey: '1', state: 'sending' }])
  })

  test('no line of the log holds the words of a message', async () => {
    const { after, answerNext, logged } = workshop()
    await put({ uniqueKey: 'k', kind: 'reply', reply: { text: '您家的隐患' } })
    answerNext(again(), { kind: 'never' })
    await after(0)
    await after(5)
    expect(logged).toHaveLength(2)
    expect(logged.join()).not.toContain('隐患')
  })

  test('waits as long as the channel asks for', async () => {
    const { after, answerNext } = workshop()
    await put({ uniqueKey: '1' })
    answerNext(again(false, 60))
    await after(0)
    expect(await after(59)).toEqual([])
    expect(await after(1)).toEqual(['app:a 1'])
  })

  test('a person who cannot be reached ends it at once, and holds up nobody', async () => {
    const { after, answerNext, failures } = workshop()
    await put({ uniqueKey: '1' }, { uniqueKey: '2' })
    answerNext({ kind: 'never' })
    expect(await after(0)).toEqual(['app:a 2'])
    expect(failures).toMatchObject([{ attempts: 1, error: 'refused: never' }])
  })

  test('only after an attempt of unknown outcome is the next one marked as a repetition, and then every further one', async () => {
    const { after, answerNext } = workshop()
    await put({ uniqueKey: 'certain' }, { uniqueKey: 'lost', recipient: 'app:b' })
    answerNext(again(false), again(true))
    expect(await after(0)).toEqual([])
    answerNext(again(false), again(false))
    expect(await after(5)).toEqual([])
    expect((await after(30)).sort()).toEqual(['app:a certain', 'app:b lost (again?)'])
  })

  test('an error that is no refusal may have happened after sending', async () => {
    const { after, answerNext } = workshop()
    await put({ uniqueKey: '1' })
    answerNext(new TypeError('fetch failed'))
    await after(0)
    expect(await after(5)).toEqual(['app:a 1 (again?)'])
  })

  test('keeps below 20 messages a minute per person and sends the rest later', async () => {
    const { after } = workshop()
    await put(...Array.from({ length: 45 }, (_, index) => ({ uniqueKey: `${index}` })), {
      uniqueKey: 'b',
      recipient: 'app:b',
    })
    expect(await after(0)).toHaveLength(21)
    expect(await after(59)).toEqual([])
    expect(await after(1)).toHaveLength(20)
    expect(await after(60)).toEqual(['app:a 40', 'app:a 41', 'app:a 42', 'app:a 43', 'app:a 44'])
  })

  test('D24: a fast tapper can be told how long the next message will be held up', async () => {
    const { after } = workshop({ ratePerMinute: 3, ratePerHour: 5 })
    const wait = (seconds: number, recipient = 'app:a') =>
      database().inTransaction('test', (trx) =>
        waitFor(trx, recipient, new Date(START.getTime() + seconds * 1000), { perMinute: 3, perHour: 5 }),
      )
    expect(await wait(0)).toBe(0)
    await put({ uniqueKey: '1' }, { uniqueKey: '2' })
    expect(await wait(0)).toBe(0)
    expect(await after(0)).toEqual(['app:a 1', 'app:a 2'])
    await put({ uniqueKey: '3' })
    expect(await after(10)).toEqual(['app:a 3'])
    expect(await wait(10)).toBe(50)
    expect(await wait(10, 'app:b')).toBe(0)

    // What waits goes first: two leave when the first two of the minute are over, and then the hour is full.
    await put({ uniqueKey: '4' })
    expect(await wait(10)).toBe(50)
    await put({ uniqueKey: '5' })
    expect(await wait(10)).toBe(3590)
    expect(await after(50)).toEqual(['app:a 4', 'app:a 5'])
    await put({ uniqueKey: '6' })
    expect(await wait(60)).toBe(3540)
    expect(await after(3539)).toEqual([])
    expect(await after(1)).toEqual(['app:a 6'])
  })

  test('D33: what speaks of today is said otherwise once that day is over', async () => {
    const { after } = workshop()
    const late = { from: new Date(START.getTime() + 60_000), reply: { text: 'on Monday' } }
    const today = { kind: 'reply', reply: { text: 'today' }, late } as const
    await put({ uniqueKey: '1', ...today })
    expect(await after(59)).toEqual(['app:a today'])
    await put({ uniqueKey: '2', ...today })
    expect(await after(1)).toEqual(['app:a on Monday'])
  })

  test('D32: what has been put in place of the buttons of a card is remembered, the first of it', async () => {
    const { after } = workshop()
    await put({ uniqueKey: 'card', kind: 'reply', reply: CARD })
    expect(await labelShownOn(database().db, 'p1')).toBeUndefined()
    const shown = (uniqueKey: string, chosenLabel: string) =>
      put({ uniqueKey, kind: 'cardUpdate', update: { promptId: 'p1', responseCode: uniqueKey, chosenLabel } })
    await shown('first', 'yes')
    await shown('second', 'no')
    expect(await labelShownOn(database().db, 'p1')).toBe('yes')
    expect(await after(0)).toEqual(['app:a q', 'app:a [first] yes', 'app:a [second] no'])
    expect(await labelShownOn(database().db, 'p1')).toBe('yes')
  })

  const CARD: Reply = { text: 'q', prompt: { kind: 'choice', id: 'p1', heading: 'h', body: 'q', options: [] } }

  test('a card is updated with the code of the tap, else with the one from sending it, once', async () => {
    const { after } = workshop()
    await put({ uniqueKey: 'card', kind: 'reply', reply: CARD })
    const byPrompt = { kind: 'cardUpdate', update: { promptId: 'p1', chosenLabel: 'no' } } as const
    await put({
      uniqueKey: 'tap',
      kind: 'cardUpdate',
      update: { promptId: 'p1', responseCode: 't', chosenLabel: 'yes' },
    })
    await put({ uniqueKey: 'prompt', ...byPrompt })
    expect(await after(0)).toEqual(['app:a q', 'app:a [t] yes', 'app:a [code of p1] no'])
    expect(await responseCodeOf(database().db, 'p1')).toBeUndefined()

    await put({ uniqueKey: 'late', ...byPrompt })
    expect(await after(0)).toEqual([])
    expect((await rows())[0]).toMatchObject({ state: 'sent', lastError: 'card not updated: no card to update' })
  })

  test('a card update that is too late or goes wrong twice is let be', async () => {
    const { after, answerNext, failures } = workshop()
    const update = { kind: 'cardUpdate', update: { responseCode: 't', chosenLabel: 'yes' } } as const
    await put({ uniqueKey: 'late', ...update }, { uniqueKey: 'unlucky', ...update }, { uniqueKey: 'next' })
    answerNext({ kind: 'settled' }, again(), again())
    expect(await after(0)).toEqual([])
    expect(await after(5)).toEqual(['app:a next'])
    expect(failures).toEqual([])
    expect((await rows()).map(({ state, lastError }) => [state, lastError])).toEqual([
      ['sent', null],
      ['sent', 'card not updated: refused: again'],
      ['sent', 'card not updated: refused: settled'],
    ])
  })

  test('what a killed process was sending is sent again as a repetition, as soon as the next one starts', async () => {
    const sending = Promise.withResolvers<void>()
    const death = Promise.withResolvers<SentReply>()
    const dying = workshop({
      sender: {
        send: () => {
          sending.resolve()
          return death.promise
        },
        updateCard: async () => {},
      },
    })
    await put({ uniqueKey: '1' }, { uniqueKey: '2' })
    dying.outbox.wake()
    await sending.promise

    const { after } = workshop()
    expect(await after(1)).toEqual(['app:a 1 (again?)', 'app:a 2'])
    death.resolve({ messages: 1 })
  })

  test('a message that ends the program in every attempt is given up', async () => {
    await put({ uniqueKey: 'deadly' })
    await database().db.updateTable('outbox').set({ attempts: 6, state: 'sending' }).execute()
    const { after, failures } = workshop()
    expect(await after(0)).toEqual([])
    expect(failures).toMatchObject([{ attempts: 7, error: 'the program ended in every attempt' }])
  })

  test('different people are served at once, at most eight, each of them one message after the other', async () => {
    const open = new Map<string, () => void>()
    let most = 0
    const { outbox } = workshop({
      sender: {
        send: (recipient) =>
          new Promise((resolve) => {
            expect(open.has(recipient)).toBe(false)
            open.set(recipient, () => {
              open.delete(recipient)
              resolve({ messages: 1 })
            })
            most = Math.max(most, open.size)
          }),
        updateCard: async () => {},
      },
    })
    await put(...Array.from({ length: 24 }, (_, index) => ({ uniqueKey: `${index}`, recipient: `app:${index % 12}` })))
    const delivered = outbox.deliverDue()
    let finished = 0
    while (finished < 24) {
      await expect.poll(() => open.size, { interval: 1 }).toBeGreaterThan(0)
      const [finish] = open.values()
      finish?.()
      finished++
    }
    expect(await delivered).toBe(24)
    expect(most).toBe(8)
  })

  test('a wake while it is at work is not lost', async () => {
    const slow = Promise.withResolvers<void>()
    const { outbox, sent } = workshop({
      sender: {
        async send(recipient, { text }) {
          if (recipient === 'app:slow') await slow.promise
          sent.push(text)
          return { messages: 1 }
        },
        updateCard: async () => {},
      },
    })
    await put({ uniqueKey: 'slow', recipient: 'app:slow' })
    const delivered = outbox.deliverDue()
    await put({ uniqueKey: 'quick' })
    outbox.wake()
    await expect.poll(() => sent, { interval: 1 }).toEqual(['quick'])
    slow.resolve()
    expect(await delivered).toBe(2)
  })

  test('without a wake it looks for itself, until it is stopped', async () => {
    const { outbox, sent } = workshop({ everyMs: 5 })
    await put({ uniqueKey: '1' })
    await expect.poll(() => sent).toEqual(['app:a 1'])
    await outbox.stop()
    await put({ uniqueKey: '2' })
    expect(await outbox.deliverDue()).toBe(0)
    expect(sent).toHaveLength(1)
  })

  test('a database that fails is reported and asked again later', async () => {
    const broken = { ...database(), inTransaction: () => Promise.reject(new Error('disk gone')) }
    const { outbox, logged } = workshop({ database: broken })
    expect(await outbox.deliverDue()).toBe(0)
    expect(logged).toEqual([expect.stringContaining('error the outbox could not be worked off')])
  })
})

onEachDatabase((database) => {
  test('two outboxes on one database send everything once, in order per person', async () => {
    const sent: string[] = []
    const sender: Sender = {
      async send(_recipient, { text }) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        sent.push(text)
        return { messages: 1 }
      },
      updateCard: async () => {},
    }
    const log = { warn: () => {}, error: (fields: object) => sent.push(JSON.stringify(fields)) }
    const settings = { database: database(), sender, clock: () => START, log, everyMs: 0, ratePerMinute: 1000 }
    const outboxes = [createOutbox(settings), createOutbox(settings)]
    // At its start, a lone process frees what others have claimed.
    for (const outbox of outboxes) await outbox.deliverDue()

    await database().inTransaction('test', async (trx) => {
      for (let index = 0; index < 60; index++) {
        const common = { kind: 'reply', cause: 'c', dueAt: START, at: START } as const
        const recipient = `app:${index % 6}`
        await enqueue(trx, { ...common, uniqueKey: `${index}`, recipient, reply: { text: `${index}` } })
      }
    })
    const idle = async () => (await outboxRows(database().db)).every(({ state }) => state === 'sent')
    while (!(await idle())) await Promise.all(outboxes.map((outbox) => outbox.deliverDue()))
    await Promise.all(outboxes.map((outbox) => outbox.stop()))
    expect(sent).toHaveLength(60)
    for (let person = 0; person < 6; person++) {
      const own = sent.map(Number).filter((index) => index % 6 === person)
      expect(own).toEqual(Array.from({ length: 10 }, (_, round) => round * 6 + person))
    }
  })
})
