import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import express, { type Request, type Response, type Router } from 'express'
import { cardMessagesOf } from './chat.ts'
import type { FaultControl } from './faults.ts'
import { contentTypeOf } from './media.ts'
import { cardOfResponseCode, issueResponseCode, useUpResponseCode } from './response-codes.ts'
import type { MediaEntry } from './store.ts'
import {
  cardUpdateOf,
  cutTexts,
  type MessageBody,
  messageOf,
  replacementCardOf,
  type TemplateCard,
  WecomRefusal,
} from './wire.ts'
import { announce, type ChatContent, nextNumber, personOf, post, type World } from './world.ts'

export interface StandInApi {
  readonly router: Router
  /** The token in use is refused with this errcode from now on. */
  dropToken(errcode: number): void
  /** Texts that members see shorter than they were sent, as `userId path: text`. */
  readonly cutTexts: readonly string[]
}

const TOKEN_LIFE_S = 7200

/** The HTTP API of WeCom, as far as a self-built app's chat needs it. `isUp` false breaks every connection. */
export function createStandInApi(world: World, faults: FaultControl, isUp: () => boolean): StandInApi {
  const { corp, store } = world
  const { state } = store
  const deadTokens = new Map<string, number>()
  const recentSends = new Map<string, number[]>()
  const recentBodies = new Map<string, number>()
  const cut: string[] = []
  const router = express.Router()

  router.use('/cgi-bin', (request, _response, next) => {
    if (isUp()) next()
    else request.socket.destroy()
  })

  router.get(
    '/cgi-bin/gettoken',
    answer(({ query }) => {
      if (query.corpid !== corp.corpId) throw new WecomRefusal(40013, 'invalid corpid')
      if (query.corpsecret !== corp.secret) throw new WecomRefusal(40001, 'invalid credential')
      return { access_token: currentToken(), expires_in: secondsLeft() }
    }),
  )
  router.get(
    '/cgi-bin/getcallbackip',
    answer((request) => {
      checkToken(request)
      return { ip_list: ['127.0.0.1', '::1'] }
    }),
  )
  router.get(
    '/cgi-bin/agent/get',
    answer((request) => {
      checkToken(request)
      if (Number(request.query.agentid) !== corp.agentId)
        throw new WecomRefusal(301002, 'not allow operate another agent')
      const user = world.people.map(({ userId }) => ({ userid: userId }))
      return { agentid: corp.agentId, name: '安标助手', close: 0, allow_userinfos: { user } }
    }),
  )

  const jsonBody = express.raw({ type: () => true, limit: '2mb' })
  router.post(
    '/cgi-bin/message/send',
    jsonBody,
    answer((request) => {
      checkToken(request)
      failIfAsked()
      return send(jsonOf(request))
    }),
  )
  router.post(
    '/cgi-bin/message/update_template_card',
    jsonBody,
    answer((request) => {
      checkToken(request)
      failIfAsked()
      return updateCard(jsonOf(request))
    }),
  )

  const fileBody = express.raw({ type: () => true, limit: '30mb' })
  router.post(
    '/cgi-bin/media/upload',
    fileBody,
    answer(async (request) => {
      checkToken(request)
      if (world.faults.refuseMedia) throw new WecomRefusal(40004, 'invalid media type')
      return upload(request)
    }),
  )
  router.get('/cgi-bin/media/get', async (request, response) => {
    await sleep(world.faults.delayMs)
    try {
      checkToken(request)
      sendMedia(request, response)
    } catch (error) {
      refuse(response, error)
    }
  })
  router.use('/cgi-bin', (_request, response) => refuse(response, new WecomRefusal(40066, 'invalid url')))

  return {
    router,
    cutTexts: cut,
    dropToken(errcode) {
      if (state.accessToken) deadTokens.set(state.accessToken.value, errcode)
      state.accessToken = null
      store.touch()
    },
  }

  /** Runs the work and answers as WeCom does: HTTP 200, and the outcome in `errcode`. What is answered has been saved. */
  function answer(work: (request: Request) => object | Promise<object>) {
    return async (request: Request, response: Response) => {
      await sleep(world.faults.delayMs)
      try {
        const result = await work(request)
        await store.saved()
        const isSend = request.path.startsWith('/cgi-bin/message/')
        if (isSend && faults.nextAnswerIsLost()) request.socket.destroy()
        else response.json({ errcode: 0, errmsg: 'ok', ...result })
      } catch (error) {
        refuse(response, error)
      }
    }
  }

  function refuse(response: Response, error: unknown) {
    if (!(error instanceof WecomRefusal)) throw error
    response.json({ errcode: error.errcode, errmsg: `${error.message}, hint: [simulator], from ip: 127.0.0.1` })
  }

  function failIfAsked() {
    const errcode = faults.nextSendFailure()
    if (errcode !== undefined) throw new WecomRefusal(errcode, 'fault switched on in the simulator')
  }

  function currentToken(): string {
    if (secondsLeft() <= 0) {
      if (state.accessToken) deadTokens.set(state.accessToken.value, 42001)
      const expiresAt = new Date(world.now().getTime() + TOKEN_LIFE_S * 1000).toISOString()
      state.accessToken = { value: randomBytes(48).toString('base64url'), expiresAt }
      store.touch()
    }
    return state.accessToken?.value ?? ''
  }

  function secondsLeft(): number {
    return state.accessToken ? Math.ceil((Date.parse(state.accessToken.expiresAt) - world.now().getTime()) / 1000) : 0
  }

  function checkToken({ query }: Request) {
    const token = query.access_token
    if (typeof token !== 'string' || token === '') throw new WecomRefusal(41001, 'access_token missing')
    if (token === state.accessToken?.value) {
      if (secondsLeft() <= 0) throw new WecomRefusal(42001, 'access_token expired')
      return
    }
    throw new WecomRefusal(deadTokens.get(token) ?? 40014, 'invalid access_token')
  }

  function checkAgent(agentId: number) {
    if (agentId !== corp.agentId)
      throw new WecomRefusal(301002, 'not allow operate another agent with this accesstoken')
  }

  function send(json: unknown): object {
    const { touser, toparty, totag, agentid, body, enable_duplicate_check, duplicate_check_interval } = messageOf(json)
    checkAgent(agentid)
    if (!touser && !toparty && !totag) throw new WecomRefusal(82001, 'touser, toparty and totag are all empty')
    const names = touser.split('|').filter(Boolean)
    if (names.length > 1000) throw new WecomRefusal(40032, 'more than 1000 userids')
    const recipients = touser === '@all' ? [...world.people] : known(names)
    if (recipients.length === 0) throw new WecomRefusal(81013, 'no valid recipient')

    const content = contentOf(body)
    const taskId = content.type === 'card' ? content.card.task_id : undefined
    if (taskId !== undefined) takeTaskId(taskId)

    for (const { userId } of recipients) {
      if (enable_duplicate_check && isRepeated(userId, body, duplicate_check_interval)) continue
      if (!withinRate(userId)) continue
      cut.push(...cutTexts(json, { ...body }).map((text) => `${userId} ${text}`))
      post(world, userId, 'bot', structuredClone(content))
    }
    return {
      invaliduser: touser === '@all' ? '' : unknown(names).join('|'),
      invalidparty: toparty,
      invalidtag: totag,
      msgid: `simulator-${nextNumber(world)}`,
      ...(content.type === 'card' && canBeUpdated(content.card)
        ? { response_code: issueResponseCode(world, taskId ?? '') }
        : {}),
    }
  }

  function contentOf(body: MessageBody): ChatContent {
    switch (body.msgtype) {
      case 'text':
        return { type: 'text', text: body.text.content }
      case 'markdown':
        return { type: 'markdown', text: body.markdown.content }
      case 'textcard':
        return { type: 'textcard', ...body.textcard }
      case 'news':
        return { type: 'news', articles: body.news.articles }
      case 'template_card':
        return { type: 'card', card: body.template_card }
      case 'image':
        return attachment('image', body.image.media_id)
      case 'voice':
        return attachment('voice', body.voice.media_id)
      case 'video':
        return attachment('video', body.video.media_id)
      case 'file':
        return attachment('file', body.file.media_id)
    }
  }

  function attachment(type: MediaEntry['type'], mediaId: string): ChatContent {
    const entry = world.media.entryOf(mediaId)
    if (entry?.type !== type || !world.media.isAlive(mediaId, world.now()))
      throw new WecomRefusal(40007, 'invalid media_id')
    return { type, mediaId, filename: entry.filename }
  }

  function known(names: readonly string[]) {
    return world.people.filter((person) => names.some((name) => personOf(world, name) === person))
  }

  function unknown(names: readonly string[]) {
    return names.filter((name) => !personOf(world, name)).map((name) => name.toLowerCase())
  }

  function takeTaskId(taskId: string) {
    if (state.taskIds.includes(taskId)) throw new WecomRefusal(42014, `task_id ${taskId} was used before`)
    state.taskIds.push(taskId)
  }

  /** Each message counts, also the one that is dropped for being too many. */
  function withinRate(userId: string): boolean {
    const now = world.now().getTime()
    const lastHour = [...(recentSends.get(userId) ?? []).filter((at) => now - at < 3_600_000), now]
    recentSends.set(userId, lastHour)
    const lastMinute = lastHour.filter((at) => now - at < 60_000)
    return lastMinute.length <= world.limits.messagesPerMinute && lastHour.length <= world.limits.messagesPerHour
  }

  function isRepeated(userId: string, body: MessageBody, intervalS: number): boolean {
    const digest = createHash('sha256').update(userId).update(JSON.stringify(body)).digest('base64')
    const before = recentBodies.get(digest)
    const now = world.now().getTime()
    if (before !== undefined && now - before < intervalS * 1000) return true
    recentBodies.set(digest, now)
    return false
  }

  function updateCard(json: unknown): object {
    const { userids, atall, agentid, response_code, button, template_card } = cardUpdateOf(json)
    checkAgent(agentid)
    const taskId = cardOfResponseCode(world, response_code)
    if (taskId === undefined) throw new WecomRefusal(60140, 'invalid response_code')

    const card = template_card && replacementCardOf(template_card, taskId)
    if (card?.task_id !== undefined && card.task_id !== taskId) takeTaskId(card.task_id)
    const replaceName = template_card ? template_card.replace_text : button?.replace_name

    const receivers = world.people.filter(({ userId }) => cardMessagesOf(world, userId, taskId).length > 0)
    const addressed = atall ? receivers : receivers.filter((person) => known(userids).includes(person))
    for (const { userId } of addressed) {
      for (const { message, content } of cardMessagesOf(world, userId, taskId)) {
        if (card) content.card = card
        if (replaceName !== undefined) content.replaceName = replaceName
        else if (card) delete content.replaceName
        announce(world, userId, message)
      }
    }
    useUpResponseCode(world, response_code)
    const missed = atall ? [] : userids.filter((name) => !addressed.some((person) => person === personOf(world, name)))
    return { invaliduser: missed.map((name) => name.toLowerCase()) }
  }

  async function upload({ query, body, headers }: Request): Promise<object> {
    const type = mediaTypes.find((known) => known === query.type)
    if (!type) throw new WecomRefusal(40005, 'invalid type')
    const file = await mediaPart(body, headers['content-type'])
    if (!file) throw new WecomRefusal(41005, 'media data missing')
    const bytes = Buffer.from(await file.arrayBuffer())
    checkFile(type, bytes)
    const mediaId = world.media.put(bytes, type, file.name, world.now())
    return { type, media_id: mediaId, created_at: String(Math.floor(world.now().getTime() / 1000)) }
  }

  function sendMedia({ query }: Request, response: Response) {
    const mediaId = String(query.media_id ?? '')
    const bytes = world.media.bytesOf(mediaId)
    if (world.faults.refuseMedia || !bytes || !world.media.isAlive(mediaId, world.now())) {
      throw new WecomRefusal(40007, 'invalid media_id')
    }
    const filename = world.media.entryOf(mediaId)?.filename ?? 'media'
    response.writeHead(200, {
      'Content-Disposition': `attachment; filename="${headerText(filename)}"`,
      'Content-Type': contentTypeOf(bytes),
      'Content-Length': bytes.length,
    })
    response.end(bytes)
  }
}

const mediaTypes = ['image', 'voice', 'video', 'file'] as const

const MB = 1024 * 1024
const mostBytes = { image: 10 * MB, voice: 2 * MB, video: 10 * MB, file: 20 * MB }
const accepted = { image: /^image\/(jpeg|png)$/, voice: /^audio\/amr$/, video: /./, file: /./ }

function checkFile(type: MediaEntry['type'], bytes: Buffer) {
  if (bytes.length <= 5) throw new WecomRefusal(40006, 'invalid media size')
  if (bytes.length > mostBytes[type]) throw new WecomRefusal(type === 'image' ? 40009 : 40006, 'invalid media size')
  if (!accepted[type].test(contentTypeOf(bytes))) throw new WecomRefusal(40004, 'invalid media type')
}

async function mediaPart(body: unknown, contentType: string | undefined): Promise<File | undefined> {
  if (!Buffer.isBuffer(body) || !contentType?.startsWith('multipart/form-data')) return undefined
  const parsed = new globalThis.Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
  const media = await parsed.formData().then(
    (form) => form.get('media'),
    () => null,
  )
  return media instanceof File ? media : undefined
}

/** Escapes such as `\u4f60` are refused, as the documentation says (40033). */
function jsonOf({ body }: Request): unknown {
  const text = Buffer.isBuffer(body) ? body.toString() : ''
  if (/(?<!\\)(\\\\)*\\u[0-9a-f]{4}/i.test(text)) throw new WecomRefusal(40033, 'invalid charset, \\uXXXX in body')
  try {
    return JSON.parse(text)
  } catch {
    throw new WecomRefusal(47001, 'data format error')
  }
}

/** Raw UTF-8, which Node lets pass when it looks like Latin-1 and stands before the length. */
const headerText = (text: string) => Buffer.from(text.replace(/[\p{Cc}"\\]/gu, '_')).toString('latin1')

const canBeUpdated = (card: TemplateCard) =>
  (card.card_type !== 'text_notice' && card.card_type !== 'news_notice') || card.action_menu !== undefined
