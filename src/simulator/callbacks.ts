import { randomInt } from 'node:crypto'
import * as http from 'node:http'
import * as https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import { encrypt, getSignature } from '@wecom/crypto'
import type { Callback } from './store.ts'
import { announce, nextNumber, type World } from './world.ts'

/** What became of a callback: `attempts` counts the times it was sent. */
export interface Delivery {
  readonly delivered: boolean
  readonly attempts: number
}

export interface CallbackPost {
  /** Sends what the person did, after what the same person did before, without waiting for the bot's answer to that. */
  send(userId: string, fields: XmlFields, messageId?: string): Promise<Delivery>
  /** Goes on when the network is back. */
  wake(): void
  /** Sends again what an earlier process or `stop` left behind. */
  start(): void
  /** Breaks off; what the bot has not taken stays in the state. */
  stop(): Promise<void>
  /** What the WeCom console does when the URL is saved. Throws when the bot does not answer rightly within a second. */
  verifyUrl(): Promise<void>
}

/** The posting of callbacks to the bot: encrypted, signed, five seconds each, three times more without a 200. */
export function createCallbackPost(world: World, callbackUrl: () => string): CallbackPost {
  const { corp, store, faults, limits } = world
  const running = new Map<string, Promise<Delivery>>()
  const turns = new Map<string, Promise<void>>()
  let halt = new AbortController()
  let backOnline = Promise.withResolvers<void>()

  /** Starts once the person's earlier callback is on its way. */
  function dispatch(callback: Callback): Promise<Delivery> {
    const written = Promise.withResolvers<void>()
    const turn = turns.get(callback.userId) ?? Promise.resolve()
    turns.set(callback.userId, written.promise)
    const delivery = turn
      .then(() => deliver(callback, halt.signal, written.resolve))
      .finally(() => {
        written.resolve()
        running.delete(callback.id)
      })
    running.set(callback.id, delivery)
    return delivery
  }

  async function deliver(callback: Callback, signal: AbortSignal, onWritten: () => void): Promise<Delivery> {
    while (callback.attempts <= limits.redeliveries) {
      while (faults.offline && !signal.aborted) await backOnline.promise
      if (signal.aborted) return { delivered: false, attempts: callback.attempts }
      const copies = Array.from({ length: faults.callbackCopies }, () => attempt(callback, signal, onWritten))
      const taken = (await Promise.all(copies)).some(Boolean)
      if (!taken && signal.aborted) return { delivered: false, attempts: callback.attempts }
      callback.attempts += 1
      if (taken) return settle(callback, true)
      if (callback.attempts <= limits.redeliveries)
        await sleep(limits.redeliverAfterMs, undefined, { signal }).catch(() => {})
    }
    return settle(callback, false)
  }

  function settle(callback: Callback, delivered: boolean): Delivery {
    const { state } = store
    state.undelivered = state.undelivered.filter(({ id }) => id !== callback.id)
    const message = state.chats[callback.userId]?.find(({ id }) => id === callback.messageId)
    if (message && !delivered) {
      message.undelivered = true
      announce(world, callback.userId, message)
    }
    store.touch()
    return { delivered, attempts: callback.attempts }
  }

  function attempt({ xml }: Callback, signal: AbortSignal, onWritten: () => void): Promise<boolean> {
    const encrypted = encrypt(corp.encodingAesKey, xml, corp.corpId)
    const envelope = xmlOf({ ToUserName: corp.corpId, AgentID: String(corp.agentId), Encrypt: encrypted })
    return isAccepted(
      signedUrl(encrypted),
      envelope,
      AbortSignal.any([signal, AbortSignal.timeout(limits.callbackTimeoutMs)]),
      onWritten,
    )
  }

  function signedUrl(encrypted: string, more: Record<string, string> = {}): URL {
    const url = new URL(callbackUrl())
    const timestamp = String(Math.floor(world.now().getTime() / 1000))
    const nonce = String(randomInt(1_000_000_000, 2_000_000_000))
    const msg_signature = getSignature(corp.token, timestamp, nonce, encrypted)
    for (const [name, value] of Object.entries({ msg_signature, timestamp, nonce, ...more }))
      url.searchParams.set(name, value)
    return url
  }

  function wake() {
    backOnline.resolve()
    backOnline = Promise.withResolvers()
  }

  return {
    wake,
    send(userId, fields, messageId) {
      const callback: Callback = {
        id: nextNumber(world),
        userId,
        attempts: 0,
        xml: xmlOf({
          ToUserName: corp.corpId,
          FromUserName: userId,
          CreateTime: Math.floor(world.now().getTime() / 1000),
          ...fields,
        }),
        ...(messageId === undefined ? {} : { messageId }),
      }
      store.state.undelivered.push(callback)
      store.touch()
      return dispatch(callback)
    },
    start() {
      halt = halt.signal.aborted ? new AbortController() : halt
      for (const callback of store.state.undelivered) if (!running.has(callback.id)) void dispatch(callback)
    },
    async stop() {
      halt.abort()
      wake()
      await Promise.all(running.values())
    },
    async verifyUrl() {
      const secret = String(randomInt(1_000_000_000, 2_000_000_000))
      const echostr = encrypt(corp.encodingAesKey, secret, corp.corpId)
      const response = await fetch(signedUrl(echostr, { echostr }), { signal: AbortSignal.timeout(1000) })
      const answer = await response.text()
      if (response.status !== 200 || answer !== secret)
        throw new Error(`The callback URL answered ${response.status} ${answer}`)
    },
  }
}

export type XmlFields = { readonly [name: string]: XmlValue }
type XmlValue = string | number | XmlFields | readonly (XmlFields | string)[]

/** The fields in WeCom's XML: strings in CDATA, an array as a repeated element. */
export const xmlOf = (fields: XmlFields): string => element('xml', fields)

function element(name: string, value: XmlValue): string {
  if (Array.isArray(value)) return value.map((entry) => element(name, entry)).join('')
  return `<${name}>${inside(value)}</${name}>`
}

function inside(value: XmlValue): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `<![CDATA[${allowedInXml(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return Object.entries(value)
    .map(([name, inner]) => element(name, inner))
    .join('')
}

/** XML 1.0 has no place for most control characters and for lone surrogates. */
const allowedInXml = (text: string) =>
  [...text.toWellFormed()].filter((char) => char >= ' ' || '\t\n\r'.includes(char)).join('')

/** True when a 200 came in full before the signal. `onWritten` is called when the body has left. */
function isAccepted(url: URL, body: string, signal: AbortSignal, onWritten: () => void): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const { request } = url.protocol === 'https:' ? https : http
  const headers = { 'content-type': 'text/xml; charset=utf-8', 'content-length': Buffer.byteLength(body) }
  const post = request(url, { method: 'POST', agent: false, signal, headers }, (response) => {
    response.on('end', () => resolve(response.statusCode === 200))
    response.on('error', () => resolve(false))
    response.resume()
  })
  post.on('finish', onWritten)
  post.on('error', () => resolve(false))
  post.end(body)
  return promise
}
