import { fileURLToPath } from 'node:url'
import express, { type Request, type Response, type Router } from 'express'
import type { ChatActions, OtherKind } from './chat.ts'
import { contentTypeOf } from './media.ts'
import { type Person, personOf, type World } from './world.ts'

export interface PagesOptions {
  readonly world: World
  readonly actions: ChatActions
  readonly links: readonly { readonly title: string; readonly url: string }[]
  /** Moves the simulated clock on. */
  advance(days: number): Promise<void>
}

export interface Pages {
  readonly router: Router
  /** Ends the live updates of every open page. */
  close(): void
}

const folder = fileURLToPath(new URL('./page/', import.meta.url))

/** Nothing from elsewhere, nothing inline. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The list of people and a chat page for each, with what their scripts call under `/live`. */
export function createPages({ world, actions, links, advance }: PagesOptions): Pages {
  const { store, changes } = world
  const streams = new Set<Response>()
  const router = express.Router()

  router.use((_request, response, next) => {
    response.set({
      'Content-Security-Policy': contentSecurityPolicy,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    })
    next()
  })
  router.use('/page', express.static(folder, { index: false }))
  router.get('/', ({ originalUrl, baseUrl }, response) => {
    if (originalUrl.split('?')[0] === baseUrl) response.redirect(`${baseUrl}/`)
    else response.sendFile('people.html', { root: folder })
  })
  router.get('/chat/:userId', (request, response) => {
    if (personOf(world, request.params.userId)) response.sendFile('chat.html', { root: folder })
    else response.status(404).type('text/plain').send('模拟器里没有这个人')
  })
  router.get('/media/:mediaId', ({ params }, response) => {
    const bytes = world.media.bytesOf(params.mediaId)
    if (!bytes) return void response.sendStatus(404)
    const type = contentTypeOf(bytes)
    if (!type.startsWith('image/')) response.attachment(world.media.entryOf(params.mediaId)?.filename)
    response.type(type).send(bytes)
  })

  router.get('/live/people', (request, response) => {
    const send = openStream(request, response)
    const update = () => send('people', overview())
    follow(response, update, update)
    update()
  })
  router.get('/live/chat/:userId', (request, response) => {
    const person = personOf(world, request.params.userId)
    if (!person) return void response.sendStatus(404)
    const send = openStream(request, response)
    follow(
      response,
      (userId, message) => userId === person.userId && send('message', message),
      () => send('clock', { now: world.now() }),
    )
    send('chat', { person, now: world.now(), messages: store.state.chats[person.userId] ?? [] })
  })

  router.post('/clock', express.json(), async ({ body }, response) => {
    const days = Number(body?.days)
    if (!isSensible(days)) return void response.status(400).json({ problem: '天数要在 1 到 3660 之间' })
    await advance(days)
    response.json({ now: world.now() })
  })

  const photo = express.raw({ type: () => true, limit: '20mb' })
  const act =
    (work: (person: Person, request: Request) => Promise<unknown>) => async (request: Request, response: Response) => {
      const person = personOf(world, String(request.params.userId))
      if (!person) return void response.sendStatus(404)
      try {
        response.json(await work(person, request))
      } catch (error) {
        response.status(409).json({ problem: error instanceof Error ? error.message : String(error) })
      }
    }
  /** Answers once the chat shows it, as the bot may take its time; fails when it could not even be begun. */
  const sent = async (delivery: Promise<unknown>) => {
    await Promise.race([delivery, Promise.resolve()])
    return {}
  }
  router.post(
    '/live/chat/:userId/enter',
    express.json(),
    act(({ userId }) => sent(actions.enter(userId))),
  )
  router.post(
    '/live/chat/:userId/text',
    express.json(),
    act(({ userId }, { body }) => sent(actions.say(userId, textOf(body?.text)))),
  )
  router.post(
    '/live/chat/:userId/other',
    express.json(),
    act(({ userId }, { body }) => sent(actions.sendOther(userId, kindOf(body?.kind)))),
  )
  router.post(
    '/live/chat/:userId/photo',
    photo,
    act(({ userId }, request) =>
      sent(actions.sendPhoto(userId, request.body, decodeURIComponent(request.get('X-Filename') ?? 'photo.jpg'))),
    ),
  )
  router.post(
    '/live/chat/:userId/tap',
    express.json(),
    act(({ userId }, { body }) => actions.tap(userId, textOf(body?.taskId), textOf(body?.key), body?.selectedId)),
  )
  router.post(
    '/live/chat/:userId/submit',
    express.json(),
    act(({ userId }, { body }) => actions.submit(userId, textOf(body?.taskId), body?.optionKeys ?? [])),
  )

  return {
    router,
    close() {
      for (const stream of streams) stream.end()
    },
  }

  function overview() {
    const people = world.people.map((person) => ({ ...person, last: store.state.chats[person.userId]?.at(-1) ?? null }))
    return { now: world.now(), people, links }
  }

  /** A stream of server-sent events, opened again after a second; a line every 20 seconds keeps proxies from closing it. */
  function openStream(request: Request, response: Response) {
    response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
    response.flushHeaders()
    streams.add(response)
    response.write('retry: 1000\n\n')
    const beat = setInterval(() => response.write(': still here\n\n'), 20_000).unref()
    request.on('close', () => {
      clearInterval(beat)
      streams.delete(response)
    })
    return (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }

  function follow(response: Response, onMessage: Parameters<typeof changes.on<'message'>>[1], onClock: () => void) {
    changes.on('message', onMessage)
    changes.on('clock', onClock)
    response.on('close', () => {
      changes.off('message', onMessage)
      changes.off('clock', onClock)
    })
  }
}

/** A clock may go on by a day or by three listings, not backwards. */
export const isSensible = (days: number) => Number.isInteger(days) && days >= 1 && days <= 3660

function textOf(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new Error('文字是空的')
}

const kinds: readonly OtherKind[] = ['sticker', 'voice', 'video', 'location', 'link', 'file']

function kindOf(value: unknown): OtherKind {
  const kind = kinds.find((known) => known === value)
  if (!kind) throw new Error('不认识这种消息')
  return kind
}
