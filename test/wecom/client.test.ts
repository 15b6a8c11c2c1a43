import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWecomClient, type WecomClientSettings } from '../../src/wecom/client.ts'
import { MediaTooLargeError, WecomApiError, WecomUnreachableError } from '../../src/wecom/errors.ts'
import { MessageLimitError } from '../../src/wecom/limits.ts'
import { buttonUpdate, textMessage } from '../../src/wecom/outbound.ts'

interface Call {
  readonly api: string
  readonly params: Record<string, string>
  readonly method: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

type Answer = object | ((call: Call, response: ServerResponse) => void)

const SECRET = 'the-secret-of-the-app'
const body = textMessage({ userId: 'zhangsan', agentId: 218 }, '您好')

/** A stand-in for the WeCom API: what each call answers, in turn; the last answer stays. */
const answers = new Map<string, Answer[]>()
const calls: Call[] = []
let now = new Date('2026-11-23T01:00:00Z')
let apiBase = ''

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://stand-in')
  const call: Call = {
    api: url.pathname.slice('/cgi-bin/'.length),
    params: Object.fromEntries(url.searchParams),
    method: request.method ?? '',
    headers: request.headers,
    body: await buffer(request),
  }
  calls.push(call)
  const planned = answers.get(call.api) ?? []
  const answer = planned.length > 1 ? planned.shift() : planned[0]
  if (typeof answer === 'function') answer(call, response)
  else
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer ?? { errcode: 404, errmsg: 'x' }))
})

const client = (settings: Partial<WecomClientSettings> = {}) =>
  createWecomClient({ apiBase, corpId: 'ww1', agentId: 218, secret: SECRET, now: () => now, ...settings })
const callsOf = (api: string) => calls.filter((call) => call.api === api)
const ok = { errcode: 0, errmsg: 'ok' }
const token = (access_token: string) => ({ ...ok, access_token, expires_in: 7200 })
const sent = { ...ok, msgid: 'M1' }
const refused = (errcode: number) => ({ errcode, errmsg: 'refused' })

beforeEach(async () => {
  calls.length = 0
  answers.clear()
  answers.set('gettoken', [token('T1'), token('T2'), token('T3')])
  answers.set('message/send', [sent])
  now = new Date('2026-11-23T01:00:00Z')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cgi-bin`
})

afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
)

describe('access_token', () => {
  test('is fetched once for calls at the same time', async () => {
    const wecom = client()
    await Promise.all(Array.from({ length: 20 }, () => wecom.sendMessage(body)))
    expect(callsOf('gettoken').map(({ params }) => params)).toEqual([{ corpid: 'ww1', corpsecret: SECRET }])
    expect(new Set(callsOf('message/send').map(({ params }) => params.access_token))).toEqual(new Set(['T1']))
  })

  test('is kept until five minutes before its end', async () => {
    const wecom = client()
    expect(await wecom.accessToken()).toBe('T1')
    now = new Date('2026-11-23T02:54:59Z')
    expect(await wecom.accessToken()).toBe('T1')
    now = new Date('2026-11-23T02:55:00Z')
    expect(await wecom.accessToken()).toBe('T2')
  })

  test('a short-lived one is used for half its life', async () => {
    answers.set('gettoken', [{ ...token('T1'), expires_in: 60 }, token('T2')])
    const wecom = client()
    await wecom.accessToken()
    now = new Date('2026-11-23T01:00:29Z')
    expect(await wecom.accessToken()).toBe('T1')
    now = new Date('2026-11-23T01:00:30Z')
    expect(await wecom.accessToken()).toBe('T2')
  })

  test.for([40014, 42001, 40001])('is fetched anew once when %i refuses it', async (errcode) => {
    answers.set('message/send', [refused(errcode), sent])
    expect(await client().sendMessage(body)).toMatchObject({ msgid: 'M1' })
    expect(callsOf('message/send').map(({ params }) => params.access_token)).toEqual(['T1', 'T2'])
  })

  test('and only once', async () => {
    answers.set('message/send', [refused(42001)])
    await expect(client().sendMessage(body)).rejects.toMatchObject({ errcode: 42001 })
    expect(callsOf('gettoken')).toHaveLength(2)
    expect(callsOf('message/send')).toHaveLength(2)
  })

  test('refused to many at once, it is fetched anew for all of them', async () => {
    answers.set('message/send', [
      ({ params }, response) => {
        response.end(JSON.stringify(params.access_token === 'T1' ? refused(40014) : sent))
      },
    ])
    const wecom = client()
    await Promise.all(Array.from({ length: 10 }, () => wecom.sendMessage(body)))
    expect(callsOf('gettoken')).toHaveLength(2)
  })

  test('another refusal leaves it alone', async () => {
    answers.set('message/send', [refused(81013)])
    const wecom = client()
    await expect(wecom.sendMessage(body)).rejects.toBeInstanceOf(WecomApiError)
    expect(await wecom.accessToken()).toBe('T1')
    expect(callsOf('message/send')).toHaveLength(1)
  })

  test('a wrong secret is not tried again within a minute', async () => {
    answers.set('gettoken', [refused(40001), token('T1')])
    const wecom = client()
    await expect(wecom.sendMessage(body)).rejects.toMatchObject({ api: 'gettoken', errcode: 40001 })
    now = new Date('2026-11-23T01:00:59Z')
    await expect(wecom.sendMessage(body)).rejects.toMatchObject({ api: 'gettoken', errcode: 40001 })
    expect(callsOf('gettoken')).toHaveLength(1)
    now = new Date('2026-11-23T01:01:00Z')
    expect(await wecom.accessToken()).toBe('T1')
  })

  test('an answer without a token is not kept', async () => {
    answers.set('gettoken', [{ ...ok, expires_in: 7200 }, token('T1')])
    const wecom = client()
    await expect(wecom.accessToken()).rejects.toThrow('without access_token')
    expect(await wecom.accessToken()).toBe('T1')
  })

  test('one that does not say how long it lasts is kept for the usual two hours', async () => {
    answers.set('gettoken', [{ ...ok, access_token: 'T1' }, token('T2')])
    const wecom = client()
    expect(await wecom.accessToken()).toBe('T1')
    now = new Date('2026-11-23T02:55:00Z')
    expect(await wecom.accessToken()).toBe('T2')
  })

  test('a busy system is asked again by the next call', async () => {
    answers.set('gettoken', [refused(-1), token('T1')])
    const wecom = client()
    await expect(wecom.accessToken()).rejects.toMatchObject({ errcode: -1 })
    expect(await wecom.accessToken()).toBe('T1')
  })
})

describe('messages', () => {
  test('are sent as JSON', async () => {
    await client().sendMessage(body)
    const [call] = callsOf('message/send')
    expect(call).toMatchObject({ method: 'POST', params: { access_token: 'T1' } })
    expect(call?.headers['content-type']).toContain('application/json')
    expect(JSON.parse(String(call?.body))).toEqual(body)
  })

  test('never hold an escape that WeCom refuses', async () => {
    await client().sendMessage(textMessage({ userId: 'a', agentId: 1 }, '一\u0000二\u001b三\ud800四 \\u4e00'))
    const raw = String(callsOf('message/send')[0]?.body)
    expect(raw).toContain('一二三\ufffd四 \\\\u4e00')
  })

  test.for([
    ['without a name', ok, { msgid: '', invalidUsers: [], unlicensedUsers: [] }],
    ['plainly', sent, { msgid: 'M1', invalidUsers: [], unlicensedUsers: [] }],
    [
      'with a card to update',
      { ...sent, response_code: 'RC' },
      { msgid: 'M1', responseCode: 'RC', invalidUsers: [], unlicensedUsers: [] },
    ],
    [
      'but not to all',
      { ...sent, response_code: '', invaliduser: 'ZhangSan|lisi', unlicenseduser: 'WangWu' },
      { msgid: 'M1', invalidUsers: ['zhangsan', 'lisi'], unlicensedUsers: ['wangwu'] },
    ],
  ] as const)('are accepted %s', async ([, answer, expected]) => {
    answers.set('message/send', [answer])
    expect(await client().sendMessage(body)).toEqual(expected)
  })

  test('a card is updated in the name of the app', async () => {
    answers.set('message/update_template_card', [{ ...ok, invaliduser: ['LiSi'] }])
    const update = buttonUpdate('RC', ['zhangsan', 'lisi'], '符合')
    expect(await client().updateTemplateCard(update)).toEqual({ invalidUsers: ['lisi'] })
    const [call] = callsOf('message/update_template_card')
    expect(JSON.parse(String(call?.body))).toEqual({ agentid: 218, ...update })
  })

  test('callback addresses are a list', async () => {
    answers.set('getcallbackip', [{ ...ok, ip_list: ['101.226.103.*'] }])
    expect(await client().callbackAddresses()).toEqual(['101.226.103.*'])
  })
})

describe('media', () => {
  const file = { bytes: Buffer.from('%PDF-1.7 report'), filename: '自评报告"1".pdf', contentType: 'application/pdf' }

  test('are uploaded in one part with name and length', async () => {
    answers.set('media/upload', [{ ...ok, type: 'file', media_id: 'MEDIA', created_at: '1380000000' }])
    expect(await client().uploadMedia('file', file)).toEqual({ mediaId: 'MEDIA' })

    const [call] = callsOf('media/upload')
    expect(call?.params).toEqual({ access_token: 'T1', type: 'file' })
    const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(call?.headers['content-type'] ?? '') ?? []
    expect(String(call?.body)).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="media"; filename="自评报告_1_.pdf"; filelength=15',
        'Content-Type: application/pdf',
        '',
        '%PDF-1.7 report',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    )
  })

  test('too small or too large are not uploaded', async () => {
    const wecom = client()
    await expect(wecom.uploadMedia('file', { ...file, bytes: Buffer.alloc(5) })).rejects.toThrow(MessageLimitError)
    await expect(wecom.uploadMedia('voice', { ...file, bytes: Buffer.alloc(2 ** 21 + 1) })).rejects.toMatchObject({
      name: 'MediaTooLargeError',
      maxBytes: 2 ** 21,
    })
    expect(calls).toEqual([])
  })

  const photo = Buffer.alloc(5000, 7)
  const served =
    (content: Buffer, headers: Record<string, string>): Answer =>
    (_call, response) => {
      response.writeHead(200, headers)
      // In two pieces and, unless the headers say so, of unknown length.
      response.write(content.subarray(0, 2000))
      response.end(content.subarray(2000))
    }
  const attachment = (name: string) => ({
    'content-type': 'image/jpeg',
    'content-disposition': `attachment; filename="${Buffer.from(name).toString('latin1')}"`,
  })

  test('are downloaded whole, with type and name', async () => {
    answers.set('media/get', [served(photo, attachment('照片;1.jpg'))])
    const media = await client().downloadMedia('MEDIA', { maxBytes: 5000 })
    expect(callsOf('media/get')[0]?.params).toEqual({ access_token: 'T1', media_id: 'MEDIA' })
    expect(media).toEqual({ bytes: photo, contentType: 'image/jpeg', filename: '照片;1.jpg' })
  })

  test.for([
    ['said so', { 'content-length': '5000' }],
    ['found out on the way', {}],
  ] as const)('over the limit are given up: %s', async ([, length]) => {
    answers.set('media/get', [served(photo, { ...attachment('a.jpg'), ...length })])
    await expect(client().downloadMedia('MEDIA', { maxBytes: 4999 })).rejects.toThrow(MediaTooLargeError)
  })

  test('a JSON answer is an error, not a file', async () => {
    answers.set('media/get', [refused(40007)])
    await expect(client().downloadMedia('OLD', { maxBytes: 5000 })).rejects.toMatchObject({
      errcode: 40007,
      reaction: { kind: 'uploadAgain' },
    })
  })

  test('an expired token is replaced here too', async () => {
    answers.set('media/get', [refused(42001), served(photo, attachment('a.jpg'))])
    expect(await client().downloadMedia('MEDIA', { maxBytes: 5000 })).toMatchObject({ filename: 'a.jpg' })
    expect(callsOf('media/get').map(({ params }) => params.access_token)).toEqual(['T1', 'T2'])
  })

  test('a JSON file that somebody sent is a file', async () => {
    const content = Buffer.from('{"errcode":1}')
    answers.set('media/get', [served(content, attachment('a.json'))])
    expect(await client().downloadMedia('MEDIA', { maxBytes: 5000 })).toMatchObject({ bytes: content })
  })

  test('broken off, they are no file', async () => {
    answers.set('media/get', [
      (_call, response) => {
        response.writeHead(200, { ...attachment('a.jpg'), 'content-length': '5000' })
        response.write(photo.subarray(0, 2000), () => response.destroy())
      },
    ])
    await expect(client().downloadMedia('MEDIA', { maxBytes: 5000 })).rejects.toThrow(WecomUnreachableError)
  })
})

describe('what cannot be understood is unreachable', () => {
  const plain =
    (status: number, text: string): Answer =>
    (_call, response) => {
      response.writeHead(status).end(text)
    }

  test.for<[string, Answer, string]>([
    ['an error page', plain(502, '<html>bad gateway</html>'), 'HTTP 502'],
    ['broken JSON', plain(200, '{"errcode":'), 'HTTP 200'],
    ['JSON without errcode', { msgid: 'M1' }, 'errcode'],
    ['a redirect', (_call, response) => response.writeHead(302, { location: '/elsewhere' }).end(), 'redirect'],
    ['a hung-up connection', (_call, response) => response.destroy(), 'message/send'],
  ])('%s', async ([, answer, reason]) => {
    answers.set('message/send', [answer])
    const failure = await client()
      .sendMessage(body)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(WecomUnreachableError)
    expect(String(failure)).toContain(reason)
  })

  test('nobody listening', async () => {
    const wecom = client()
    await new Promise((resolve) => server.close(resolve))
    await expect(wecom.accessToken()).rejects.toThrow('gettoken was not reached: ECONNREFUSED')
  })

  test.for<[string, Answer]>([
    ['no answer', () => undefined],
    ['half an answer', (_call, response) => void response.writeHead(200).write('{"errcode":')],
  ])('%s in time', async ([, answer]) => {
    answers.set('message/send', [answer])
    const wecom = client({ timeouts: { call: 200 } })
    await expect(wecom.sendMessage(body)).rejects.toThrow('message/send was not reached: timed out')
  })

  test('a download has a time-out of its own', async () => {
    answers.set('media/get', [(_call, response) => void response.writeHead(200).write('a')])
    const wecom = client({ timeouts: { media: 200 } })
    await expect(wecom.downloadMedia('MEDIA', { maxBytes: 10 })).rejects.toThrow('media/get was not reached: timed out')
  })

  test('a token that could not be fetched is fetched by the next call', async () => {
    answers.set('gettoken', [plain(503, ''), token('T1')])
    const wecom = client()
    await expect(wecom.accessToken()).rejects.toThrow(WecomUnreachableError)
    expect(await wecom.accessToken()).toBe('T1')
  })
})

test('no error tells the secret or the token', async () => {
  answers.set('message/send', [(_call, response) => response.destroy()])
  const failures = [
    await client()
      .sendMessage(body)
      .catch((error: unknown) => error),
    await client({ apiBase: 'http://127.0.0.1:1' })
      .accessToken()
      .catch((error: unknown) => error),
  ]
  for (const failure of failures) {
    const told: string[] = []
    for (let error = failure; error instanceof Error; error = error.cause) told.push(`${error.message} ${error.stack}`)
    expect(told.length).toBeGreaterThan(0)
    expect(told.join()).not.toMatch(/the-secret|T1|access_token=/)
  }
})
