import { readFileSync } from 'node:fs'
import { request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getSignature } from '@wecom/crypto'
import express from 'express'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { wecomCallback } from '../../src/http/wecom-callback.ts'
import type { InboundMessage } from '../../src/message/index.ts'
import { type EnvelopeSettings, sealEnvelope } from '../../src/wecom/envelope.ts'

const settings: EnvelopeSettings = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveIds: ['wx5823bf96d3bd56c7'],
}
const accepted: InboundMessage[] = []
const logged: { level: string; fields: object; message: string }[] = []
let accept: (message: InboundMessage) => Promise<void> = async () => undefined
let server: Server
let address = ''

beforeAll(async () => {
  const log = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message })
  const app = express().use(
    '/wecom/callback/app',
    wecomCallback({
      ...settings,
      accept: (message) => {
        accepted.push(message)
        return accept(message)
      },
      log: { warn: log('warn'), error: log('error') },
    }),
  )
  server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wecom/callback/app`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

beforeEach(() => {
  accepted.length = 0
  logged.length = 0
  accept = async () => undefined
})

const text = readFileSync(new URL('../callbacks/text.xml', import.meta.url), 'utf8')

function delivery(plain: string, as: Partial<EnvelopeSettings> = {}) {
  const { encrypt, msgSignature } = sealEnvelope({ ...settings, ...as }, plain, {
    timestamp: '1732440000',
    nonce: '42',
  })
  return delivered(encrypt, msgSignature)
}

const signed = (encrypt: string) => delivered(encrypt, getSignature(settings.token, '1732440000', '42', encrypt))

function delivered(encrypt: string, msgSignature: string) {
  const query = new URLSearchParams({ msg_signature: msgSignature, timestamp: '1732440000', nonce: '42' })
  const body = `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt><AgentID><![CDATA[218]]></AgentID></xml>`
  return { url: `?${query}`, body, encrypt, query }
}

const truncated = (encrypt: string, bytes: number) =>
  Buffer.from(encrypt, 'base64').subarray(0, -bytes).toString('base64')

/** A url here is what follows the address. */
const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(address + url, { method: 'POST', body, headers })

describe('GET proves the address', () => {
  test('with the plain echostr and nothing else', async () => {
    const { query, encrypt } = delivery('1616140317555161061')
    query.set('echostr', encrypt)
    const response = await fetch(`${address}?${query}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('1616140317555161061')
  })

  test.for([
    ['another token', { token: 'other' }, 401],
    ['another receiver', { receiveIds: ['ww-other'] }, 403],
  ] as const)('not for %s', async ([, as, status]) => {
    const { query, encrypt } = delivery('1616140317555161061', as)
    query.set('echostr', encrypt)
    const response = await fetch(`${address}?${query}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
  })

  test('not without a query', async () => {
    expect((await fetch(address)).status).toBe(401)
  })
})

describe('POST takes one message', () => {
  test('and answers an empty 200 once it is accepted', async () => {
    const { url, body } = delivery(text)
    let done = false
    accept = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      done = true
    }
    const response = await post(url, body, { 'content-type': 'text/xml' })
    expect(done).toBe(true)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('0')
    expect(accepted).toEqual([
      {
        dedupeKey: '7300000000000000002',
        contact: 'app:zhangsan',
        sentAt: new Date('2024-11-24T09:20:00Z'),
        content: { type: 'text', text: '1' },
      },
    ])
    expect(logged).toEqual([])
  })

  test('whatever its content type, in XML or JSON', async () => {
    const { url, body, encrypt } = delivery(text)
    expect((await post(url, body, { 'content-type': 'application/json' })).status).toBe(200)
    expect((await post(url, JSON.stringify({ encrypt }), { 'content-type': 'text/xml' })).status).toBe(200)
    expect(accepted).toHaveLength(2)
  })

  test('in pieces, cut inside a character', async () => {
    const { url, body } = delivery(text)
    const bytes = Buffer.from(body.replace('<ToUserName><![CDATA[', '<ToUserName><![CDATA[厂'))
    const cut = bytes.indexOf('厂') + 1
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(address + url, { method: 'POST' }, (response) =>
        resolve(response.resume().statusCode),
      )
      request.on('error', reject)
      request.write(bytes.subarray(0, cut), () => setTimeout(() => request.end(bytes.subarray(cut)), 20))
    })
    expect(status).toBe(200)
    expect(accepted).toHaveLength(1)
  })
})

describe('what is not WeCom is refused, logged in one line, and not accepted', () => {
  const good = delivery(text)
  const cases: [string, number, { url: string; body: string }][] = [
    ['a wrong signature', 401, { ...good, url: good.url.replace('msg_signature=', 'msg_signature=0') }],
    ['another token', 401, delivery(text, { token: 'other' })],
    ['no query', 401, { ...good, url: '' }],
    ['a body that was changed', 401, { ...good, body: good.body.replace('<Encrypt><![CDATA[', '$&A') }],
    ['another receiver', 403, delivery(text, { receiveIds: ['ww-other'] })],
    ['another key', 400, delivery(text, { encodingAesKey: '6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt' })],
    ['a truncated ciphertext', 400, signed(truncated(good.encrypt, 16))],
    ['a ciphertext without its last block, so bad padding', 400, signed(truncated(good.encrypt, 32))],
    ['an empty body', 400, { ...good, body: '' }],
    ['a body that is no XML', 400, { ...good, body: 'hello' }],
    ['a DTD', 400, { ...good, body: `<!DOCTYPE xml [<!ENTITY a "b">]>${good.body}` }],
    ['an entity', 400, { ...good, body: '<xml><Encrypt>&a;</Encrypt></xml>' }],
    ['a DTD inside', 400, delivery(`<!DOCTYPE xml [<!ENTITY a "b">]>${text}`)],
    ['a message without a sender', 400, delivery(text.replaceAll('FromUserName', 'From'))],
    ['a body of two mebibytes', 413, { ...good, body: 'x'.repeat(2 ** 21) }],
    ['a body of a mebibyte and a byte', 413, { ...good, body: 'x'.repeat(2 ** 20 + 1) }],
  ]
  test.for(cases)('%s: %i', async ([, status, { url, body }]) => {
    const response = await post(url, body)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
    expect(accepted).toEqual([])
    expect(logged).toHaveLength(1)
    expect(logged[0]).toMatchObject({ level: 'warn', fields: { status } })
    expect(JSON.stringify(logged)).not.toMatch(/QDG6eK|jWmYm7qr|ZhangSan/)
  })

  test('a mebibyte is not too much to look at', async () => {
    expect((await post(good.url, 'x'.repeat(2 ** 20))).status).toBe(400)
  })

  test('a sender that hangs up leaves nothing behind', async () => {
    const { url } = good
    await new Promise((resolve) => {
      const request = httpRequest(address + url, { method: 'POST', headers: { 'content-length': '100' } })
      request.on('error', resolve)
      request.write('<xml>', () => setTimeout(() => request.destroy(new Error('hung up')), 20))
    })
    expect((await post(good.url, good.body)).status).toBe(200)
    expect(accepted).toHaveLength(1)
  })
})

test('what cannot be accepted is a 500, so that WeCom delivers it again', async () => {
  const { url, body } = delivery(text)
  accept = async () => {
    throw new Error('the disk is full')
  }
  const response = await post(url, body)
  expect(response.status).toBe(500)
  expect(await response.text()).toBe('')
  expect(logged).toMatchObject([{ level: 'error', fields: { err: { message: 'the disk is full' } } }])
})

test('other methods and other paths are not ours', async () => {
  const put = await fetch(address, { method: 'PUT', body: 'x' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST'])
  expect((await fetch(`${address}/more`)).status).toBe(404)
})

test('a body that something in front has read is a fault of ours, said at once', async () => {
  const log = {
    warn: () => undefined,
    error: (fields: object) => void logged.push({ level: 'error', fields, message: '' }),
  }
  const app = express().use(
    express.text({ type: '*/*' }),
    wecomCallback({ ...settings, accept: async () => undefined, log }),
  )
  const other = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  const { url, body } = delivery(text)
  const { port } = other.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/${url}`, { method: 'POST', body })
  await new Promise((resolve) => other.close(resolve))
  expect(response.status).toBe(500)
  expect(logged).toMatchObject([
    { fields: { err: { message: 'something in front of the callback has read its body' } } },
  ])
})

test('a malformed key is found at the start', () => {
  const log = { warn: () => undefined, error: () => undefined }
  expect(() => wecomCallback({ ...settings, encodingAesKey: 'short', accept: async () => undefined, log })).toThrow(
    '43',
  )
})
