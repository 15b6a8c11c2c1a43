import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import type { Reply } from '../../src/message/index.ts'
import { DeliveryError } from '../../src/outbox/sender.ts'
import { wecomSender } from '../../src/outbox/wecom-sender.ts'
import { createSimulator, simulatorCorp } from '../../src/simulator/index.ts'
import { createWecomClient } from '../../src/wecom/client.ts'

const REPLY: Reply = {
  text: '安全出口是否畅通？\n1 符合\n2 不符合',
  prompt: {
    kind: 'choice',
    id: 'p1',
    heading: '第 1 题',
    body: '安全出口是否畅通？',
    options: [
      { key: 'conforming', label: '符合' },
      { key: 'nonconforming', label: '不符合' },
    ],
  },
}

/** A sender that talks to a stand-in WeCom over HTTP, and what went over the wire. */
async function wecom() {
  const simulator = createSimulator({
    corp: simulatorCorp,
    callbackUrl: 'http://127.0.0.1:1/never',
    people: [{ userId: 'ZhangSan', name: '张三', role: 'owner' }],
  })
  const server = express().use('/simulator', simulator.router).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(async () => {
    await simulator.stop()
    server.closeAllConnections()
    server.close()
  })

  const wire: { msgtype?: string; enable_duplicate_check?: number }[] = []
  const { port } = server.address() as AddressInfo
  const client = createWecomClient({
    ...simulatorCorp,
    apiBase: `http://127.0.0.1:${port}/simulator/cgi-bin`,
    fetch: (url, init) => {
      if (typeof init?.body === 'string') wire.push(JSON.parse(init.body))
      return fetch(url, init)
    },
  })
  const sender = wecomSender(client, simulatorCorp.agentId)
  return {
    simulator,
    wire,
    sender,
    send: (reply: Reply, uncertain = false) => sender.send('app:zhangsan', reply, { uncertain }),
    chat: () => simulator.messagesTo('ZhangSan').map(({ content }) => content),
  }
}

const verdictOf = (sending: Promise<unknown>) =>
  sending.then(
    () => 'no error',
    (error: unknown) => (error instanceof DeliveryError ? error.verdict : error),
  )

test('a question goes out as a card, and its buttons give way to what was chosen', async () => {
  const { send, sender, chat } = await wecom()
  const { messages, messageId, responseCode } = await send(REPLY)
  expect([messages, typeof messageId, typeof responseCode]).toEqual([1, 'string', 'string'])
  expect(chat()).toMatchObject([{ type: 'card', card: { task_id: 'p1' } }])

  await sender.updateCard('app:zhangsan', { responseCode: responseCode ?? '', chosenLabel: '符合' })
  expect(chat()).toMatchObject([{ type: 'card', replaceName: '符合' }])
  expect(
    await verdictOf(sender.updateCard('app:zhangsan', { responseCode: responseCode ?? '', chosenLabel: '不符合' })),
  ).toEqual({
    kind: 'settled',
  })
})

test('a long text goes out in parts, which are counted', async () => {
  const { send, chat } = await wecom()
  const { messages } = await send({ text: '很长的说明。\n'.repeat(300) })
  expect(messages).toBeGreaterThan(2)
  expect(chat()).toHaveLength(messages)
})

test.for([40058, 42017, 40033])('a card refused with %i goes out as text', async (errcode) => {
  const { simulator, send, chat } = await wecom()
  simulator.faults.failSends(errcode)
  expect(await send(REPLY)).toMatchObject({ messages: 1 })
  expect(chat()).toMatchObject([{ type: 'text', text: REPLY.text }])
})

test.for([
  [-1, { kind: 'again', uncertain: false, afterSeconds: 2 }],
  [45009, { kind: 'again', uncertain: false, afterSeconds: 60 }],
  [60020, { kind: 'again', uncertain: false, afterSeconds: 600, outage: true }],
  [81013, { kind: 'never' }],
  [40201, { kind: 'never' }],
] as const)('a refusal with %i is judged', async ([errcode, verdict]) => {
  const { simulator, send, chat } = await wecom()
  simulator.faults.failSends(errcode)
  expect(await verdictOf(send(REPLY))).toEqual(verdict)
  expect(chat()).toEqual([])
})

test('a text that is refused is not tried again as text', async () => {
  const { simulator, send, wire } = await wecom()
  simulator.faults.failSends(40058)
  expect(await verdictOf(send({ text: '您好' }))).toEqual({ kind: 'never' })
  expect(wire).toHaveLength(1)
})

test('people outside the corp or on another channel cannot be reached', async () => {
  const { sender } = await wecom()
  for (const recipient of ['app:nobody', 'kf:wm123', 'app:@all', 'zhangsan']) {
    expect(await verdictOf(sender.send(recipient, REPLY, { uncertain: false }))).toEqual({ kind: 'never' })
  }
})

test('when the answer is lost the outcome is unknown, and the repetition of a card is taken for the card', async () => {
  const { simulator, send, chat, wire } = await wecom()
  simulator.faults.loseAnswers()
  expect(await verdictOf(send(REPLY))).toEqual({ kind: 'again', uncertain: true, outage: true })
  expect(await send(REPLY, true)).toEqual({ messages: 1 })
  expect(chat()).toHaveLength(1)
  expect(wire.map(({ enable_duplicate_check }) => enable_duplicate_check)).toEqual([undefined, 1])
})

test('only a repetition asks WeCom to drop what it has seen', async () => {
  const { send, wire } = await wecom()
  await send({ text: '您好' })
  await send({ text: '您好' }, true)
  expect(wire.map(({ enable_duplicate_check }) => enable_duplicate_check)).toEqual([undefined, 1])
})

test('without a connection nothing was sent that needs a token, and some parts make the whole uncertain', async () => {
  const { simulator, send, chat } = await wecom()
  simulator.faults.offline = true
  expect(await verdictOf(send(REPLY))).toEqual({ kind: 'again', uncertain: false, outage: true })
  simulator.faults.offline = false
  await send({ text: '您好' })

  const { send: sendParts, chat: parts, simulator: other } = await wecom()
  other.faults.delayMs = 20
  const sending = verdictOf(sendParts({ text: '很长的说明。\n'.repeat(300) }))
  await expect.poll(() => parts().length, { interval: 1 }).toBe(1)
  other.faults.failSends(-1, 9)
  expect(await sending).toEqual({ kind: 'again', uncertain: true, afterSeconds: 2 })
  expect(chat()).toHaveLength(1)
})
