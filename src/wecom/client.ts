import { MediaTooLargeError, WecomApiError, WecomUnreachableError } from './errors.ts'
import { demand } from './limits.ts'
import type { CardUpdate, MessageBody } from './outbound.ts'
import { plainText } from './split-text.ts'

/** The server API of WeCom for one app. Every call throws `WecomApiError` or `WecomUnreachableError`. */
export interface WecomClient {
  readonly sendMessage: (body: MessageBody) => Promise<SentMessage>
  /** Spends the `response_code`. Gives the people the card could not be updated for. */
  readonly updateTemplateCard: (update: CardUpdate) => Promise<{ readonly invalidUsers: readonly string[] }>
  /** A `media_id` that lives three days. Throws `MediaTooLargeError`, `MessageLimitError` for less than six bytes. */
  readonly uploadMedia: (type: MediaType, file: MediaFile) => Promise<{ readonly mediaId: string }>
  /** Throws `MediaTooLargeError` as soon as it is known. */
  readonly downloadMedia: (mediaId: string, limits: { readonly maxBytes: number }) => Promise<DownloadedMedia>
  readonly accessToken: () => Promise<string>
  /** Where callbacks come from, such as `101.226.103.*`. Also shows that this machine's address is trusted. */
  readonly callbackAddresses: () => Promise<readonly string[]>
}

export interface WecomClientSettings {
  /** Such as `https://qyapi.weixin.qq.com/cgi-bin`. */
  readonly apiBase: string
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly fetch?: typeof fetch
  readonly now?: () => Date
  readonly timeouts?: Partial<WecomTimeouts>
}

/** Milliseconds from the first byte out to the last byte in. */
export interface WecomTimeouts {
  readonly call: number
  readonly media: number
}

/** Accepted is not read: WeCom tells no more. */
export interface SentMessage {
  /** For a recall; empty should WeCom ever not say. */
  readonly msgid: string
  /** Lets the sent card be updated: once, within 72 hours. */
  readonly responseCode?: string
  /** Userids in lower case: unknown, or outside the visible range. */
  readonly invalidUsers: readonly string[]
  /** Userids in lower case without an activated licence. */
  readonly unlicensedUsers: readonly string[]
}

export type MediaType = 'image' | 'voice' | 'video' | 'file'

export interface MediaFile {
  readonly bytes: Uint8Array
  readonly filename: string
  readonly contentType: string
}

export interface DownloadedMedia {
  readonly bytes: Buffer
  readonly contentType: string
  readonly filename?: string
}

export function createWecomClient(settings: WecomClientSettings): WecomClient {
  const { agentId, timeouts } = settings
  const callTimeout = timeouts?.call ?? 10_000
  const mediaTimeout = timeouts?.media ?? 60_000
  const endpoint = apiEndpoint(settings)
  const token = sharedToken(settings, endpoint, callTimeout)

  const get = (api: string, params: Params = {}) =>
    token.use((access_token) => endpoint.answer(api, { access_token, ...params }, { timeout: callTimeout }))

  const post = (api: string, body: object) =>
    token.use((access_token) => endpoint.answer(api, { access_token }, { timeout: callTimeout, ...jsonBody(body) }))

  return {
    accessToken: token.current,

    async sendMessage(body) {
      return sentMessage(await post('message/send', body))
    },

    async updateTemplateCard(update) {
      const answer = await post('message/update_template_card', { agentid: agentId, ...update })
      return { invalidUsers: userIds(answer.invaliduser) }
    },

    async uploadMedia(type, file) {
      checkMedia(type, file)
      const answer = await token.use((access_token) =>
        endpoint.answer('media/upload', { access_token, type }, { timeout: mediaTimeout, ...multipartBody(file) }),
      )
      return { mediaId: textOf(answer, 'media_id', 'media/upload') }
    },

    downloadMedia: (mediaId, { maxBytes }) =>
      token.use((access_token) =>
        endpoint.file('media/get', { access_token, media_id: mediaId }, { timeout: mediaTimeout, maxBytes }),
      ),

    async callbackAddresses() {
      const { ip_list } = await get('getcallbackip')
      return Array.isArray(ip_list) ? ip_list.map(String) : []
    },
  }
}

type Params = Readonly<Record<string, string>>
type Answer = Readonly<Record<string, unknown>>
type Body = Pick<RequestInit, 'method' | 'body' | 'headers'>
type Endpoint = ReturnType<typeof apiEndpoint>

/** One call over HTTP. The access_token and the secret are in its URL, so no error may carry that URL. */
function apiEndpoint({ apiBase, fetch: send = fetch }: WecomClientSettings) {
  const base = new URL(`${apiBase.replace(/\/+$/, '')}/`)

  async function respond(api: string, params: Params, { timeout, ...request }: Body & { timeout: number }) {
    const url = new URL(`${api}?${new URLSearchParams(params)}`, base)
    return send(url, { ...request, signal: AbortSignal.timeout(timeout), redirect: 'error' })
  }

  return {
    /** The JSON answer of a call that WeCom granted. */
    answer: (api: string, params: Params, request: Body & { timeout: number }): Promise<Answer> =>
      reached(api, async () => {
        const response = await respond(api, params, request)
        const answer = jsonIn(await response.text())
        if (!answer) throw new WecomUnreachableError(api, `HTTP ${response.status} without JSON`)
        if (typeof answer.errcode !== 'number') throw new WecomUnreachableError(api, 'an answer without errcode')
        refuseError(api, answer)
        return answer
      }),

    /** The file a call answers with; what is no file is a JSON error. */
    file: (api: string, params: Params, { timeout, maxBytes }: { timeout: number; maxBytes: number }) =>
      reached(api, async (): Promise<DownloadedMedia> => {
        const response = await respond(api, params, { timeout })
        const filename = filenameIn(response.headers.get('content-disposition'))
        const contentType = response.headers.get('content-type') ?? ''
        const bytes = await boundedBytes(response, maxBytes)
        if (filename === undefined && bytes[0] === OPENING_BRACE) refuseError(api, jsonIn(bytes.toString()) ?? {})
        if (!response.ok) throw new WecomUnreachableError(api, `HTTP ${response.status}`)
        return { bytes, contentType, ...(filename && { filename }) }
      }),
  }
}

const OPENING_BRACE = 0x7b

/** Whatever the network does becomes one kind of error. */
async function reached<T>(api: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    if (isOurs(cause)) throw cause
    throw new WecomUnreachableError(api, reasonOf(cause), { cause })
  }
}

const isOurs = (error: unknown) =>
  error instanceof WecomApiError || error instanceof WecomUnreachableError || error instanceof MediaTooLargeError

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError') return 'timed out'
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause ? String(cause.code) : cause.message
}

function refuseError(api: string, { errcode, errmsg }: Answer): void {
  if (typeof errcode === 'number' && errcode !== 0) throw new WecomApiError(api, errcode, String(errmsg ?? ''))
}

/** Renewed this long before it runs out. */
const RENEW_EARLY_MS = 5 * 60_000
/** Wrong secrets again and again bar our address for an hour (document 90312), so a refusal is believed this long. */
const REFUSAL_HOLDS_MS = 60_000

interface Token {
  readonly value: Promise<string>
  /** Milliseconds since 1970; while the token is being fetched, never. */
  goodUntil: number
}

/** One access_token for all calls; whoever needs it while it is being fetched waits for the same fetch. */
function sharedToken(
  { corpId, secret, now = () => new Date() }: WecomClientSettings,
  endpoint: Endpoint,
  timeout: number,
) {
  let token: Token | undefined

  function current(): Promise<string> {
    if (!token || now().getTime() >= token.goodUntil) token = fetched()
    return token.value
  }

  function fetched(): Token {
    const answer = endpoint.answer('gettoken', { corpid: corpId, corpsecret: secret }, { timeout })
    const fresh: Token = {
      goodUntil: Number.POSITIVE_INFINITY,
      value: answer
        .then((granted) => {
          const value = textOf(granted, 'access_token', 'gettoken')
          fresh.goodUntil = now().getTime() + lifetime(granted.expires_in)
          return value
        })
        .catch((error: unknown) => {
          const isRefusal = error instanceof WecomApiError && error.reaction.kind === 'fixConfiguration'
          fresh.goodUntil = isRefusal ? now().getTime() + REFUSAL_HOLDS_MS : 0
          throw error
        }),
    }
    return fresh
  }

  /** Calls with the token; once more with a fresh one when the first is refused. */
  async function use<T>(call: (accessToken: string) => Promise<T>): Promise<T> {
    const used = current()
    const holder = token
    try {
      return await call(await used)
    } catch (error) {
      if (!isTokenRefusal(error)) throw error
      if (token === holder) token = undefined
      return call(await current())
    }
  }

  return { current, use }
}

/** Expired, replaced or damaged (40014, 42001), or of another kind (40001). From `gettoken` it speaks of the secret. */
const isTokenRefusal = (error: unknown) =>
  error instanceof WecomApiError && error.api !== 'gettoken' && [40001, 40014, 42001].includes(error.errcode)

/** Two hours, should WeCom ever not say. */
const USUAL_LIFETIME_S = 7200

function lifetime(expiresIn: unknown): number {
  const lasts = (Number(expiresIn) || USUAL_LIFETIME_S) * 1000
  return lasts > 2 * RENEW_EARLY_MS ? lasts - RENEW_EARLY_MS : lasts / 2
}

function sentMessage(answer: Answer): SentMessage {
  const { msgid, response_code } = answer
  return {
    msgid: typeof msgid === 'string' ? msgid : '',
    ...(typeof response_code === 'string' && response_code && { responseCode: response_code }),
    invalidUsers: userIds(answer.invaliduser),
    unlicensedUsers: userIds(answer.unlicenseduser),
  }
}

/** `a|B` → `['a', 'b']`. Update answers list them in an array. */
function userIds(value: unknown): string[] {
  const ids = Array.isArray(value) ? value.map(String) : String(value ?? '').split('|')
  return ids.filter((id) => id !== '').map((id) => id.toLowerCase())
}

function textOf(answer: Answer, name: string, api: string): string {
  const value = answer[name]
  if (typeof value === 'string' && value !== '') return value
  throw new WecomUnreachableError(api, `an answer without ${name}`)
}

function jsonIn(text: string): Answer | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const jsonBody = (body: object): Body => ({
  method: 'POST',
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body, (_name, value: unknown) => (typeof value === 'string' ? plainText(value) : value)),
})

/** Document 90253, in bytes. */
const MOST_MEDIA_BYTES: Readonly<Record<MediaType, number>> = {
  image: 10 * 2 ** 20,
  voice: 2 * 2 ** 20,
  video: 10 * 2 ** 20,
  file: 20 * 2 ** 20,
}

function checkMedia(type: MediaType, { bytes }: MediaFile): void {
  demand(bytes.length > 5, 'media', 'more than 5 bytes')
  if (bytes.length > MOST_MEDIA_BYTES[type]) throw new MediaTooLargeError(MOST_MEDIA_BYTES[type])
}

/** By hand, because document 90253 asks for a `filelength` beside the name, and for the name as plain UTF-8. */
function multipartBody({ bytes, filename, contentType }: MediaFile): Body {
  const boundary = `anbiao-${crypto.randomUUID()}`
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${headerText(filename)}"; filelength=${bytes.length}`,
    `Content-Type: ${headerText(contentType)}`,
    '',
    '',
  ].join('\r\n')
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

const headerText = (text: string) => text.toWellFormed().replace(/[\p{Cc}"\\]/gu, '_')

/** The name in `attachment; filename="…"`; the empty name when it is unreadable, none when there is no attachment. */
function filenameIn(disposition: string | null): string | undefined {
  if (disposition === null) return undefined
  const [, quoted, bare = ''] = /filename=(?:"([^"]*)"|([^;]*))/i.exec(disposition) ?? []
  // Header values come as Latin-1; the name was written as UTF-8.
  return Buffer.from(quoted ?? bare, 'latin1').toString('utf8')
}

async function boundedBytes(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = Number(response.headers.get('content-length') ?? 0)
  if (length > maxBytes) await giveUp(response, maxBytes)

  length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxBytes) throw new MediaTooLargeError(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function giveUp(response: Response, maxBytes: number): Promise<never> {
  await response.body?.cancel()
  throw new MediaTooLargeError(maxBytes)
}
