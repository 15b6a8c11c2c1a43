import { randomBytes } from 'node:crypto'
import adminPages from '../../../locales/zh-CN/admin-pages.json' with { type: 'json' }
import type { WecomConfig } from '../../config.ts'
import { createWecomClient, type WecomClient } from '../../wecom/client.ts'
import { sealEnvelope } from '../../wecom/envelope.ts'
import { type AdminPage, WecomApiError } from '../../wecom/errors.ts'
import { type Finding, findingsOf, messageOf } from './finding.ts'

/** Asks WeCom, and asks our own address what WeCom would ask it. */
export async function wecomFindings(wecom: WecomConfig, publicUrl: string, clock: () => Date): Promise<Finding[]> {
  const client = createWecomClient(wecom)
  const token = await accessToken(client, wecom)
  return [
    token,
    ...(token.verdict === 'ok' ? [await trustedIp(client)] : []),
    await clockSkew(wecom, clock),
    await callbackUrl(wecom, `${publicUrl}/wecom/callback/app`),
  ]
}

async function accessToken(client: WecomClient, { apiBase }: WecomConfig): Promise<Finding> {
  const { ok, problem } = findingsOf('access token')
  try {
    await client.accessToken()
    return ok('WeCom knows the corp and the app')
  } catch (error) {
    if (error instanceof WecomApiError) return problem(said(error), remedyFor(error))
    return problem(
      messageOf(error),
      `Let this machine reach ${new URL(apiBase).host} on port 443, through the firewall.`,
    )
  }
}

async function trustedIp(client: WecomClient): Promise<Finding> {
  const { ok, problem } = findingsOf('trusted IP')
  try {
    const addresses = await client.callbackAddresses()
    return ok(`this machine may call; WeCom calls back from ${addresses.length} ranges of addresses`)
  } catch (error) {
    if (!(error instanceof WecomApiError)) return problem(messageOf(error), 'Try again; it answered a moment ago.')
    if (error.errcode !== NOT_TRUSTED) return problem(said(error), remedyFor(error))
    const [, address = 'of this machine'] = /from ip: ?([\d.:a-f]+)/i.exec(error.errmsg) ?? []
    return problem(
      `WeCom does not trust the address ${address} (60020)`,
      `Add the address to ${pageNamed('appTrustedIp')}. It counts after about a minute.`,
    )
  }
}

/** The address is not among the trusted ones (document 90455). */
const NOT_TRUSTED = 60020

const said = ({ errcode, errmsg }: WecomApiError) => `WeCom says ${errcode}: ${errmsg}`

function remedyFor({ errcode, reaction }: WecomApiError): string {
  return reaction.kind === 'fixConfiguration'
    ? `Compare .env with ${pageNamed(reaction.page)}.`
    : `See https://open.work.weixin.qq.com/devtool/query?e=${errcode}.`
}

/** As it is written in the console, which is in Chinese. */
const pageNamed = (page: AdminPage) => `the admin console (work.weixin.qq.com), ${adminPageNames[page]}`

const adminPageNames: Readonly<Record<AdminPage, string>> = adminPages

const NOTICEABLE_SKEW_S = 30
const HARMFUL_SKEW_S = 300

/** Deadlines and links count by our clock; the `Date` of any answer shows WeCom's. */
async function clockSkew({ apiBase }: WecomConfig, clock: () => Date): Promise<Finding> {
  const { ok, warning, problem } = findingsOf('clock')
  const asked = clock().getTime()
  const response = await answerOf(`${apiBase}/getcallbackip`)
  const theirs = Date.parse((response instanceof Response && response.headers.get('date')) || '')
  if (Number.isNaN(theirs)) return warning('WeCom did not tell its time', 'Compare the clock of this machine by hand.')

  const skew = Math.round(((asked + clock().getTime()) / 2 - theirs) / 1000)
  const finding = `${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} the clock of WeCom`
  const toDo = 'Set the clock of this machine by NTP (timedatectl set-ntp true).'
  if (Math.abs(skew) > HARMFUL_SKEW_S) return problem(finding, toDo)
  return Math.abs(skew) > NOTICEABLE_SKEW_S ? warning(finding, toDo) : ok(finding)
}

/** The console saves the address only if it answers within a second. */
const PATIENCE_MS = 1_000

/** What the console does when the address is saved: it sends something encrypted and wants it back in plain. */
async function callbackUrl(wecom: WecomConfig, url: string): Promise<Finding> {
  const { ok, warning, problem } = findingsOf('callback URL')
  const plain = randomBytes(10).toString('hex')
  const begun = performance.now()
  const response = await answerOf(`${url}?${verification(wecom, plain)}`)
  if (!(response instanceof Response))
    return problem(
      `${url} was not reached: ${response}`,
      'Start AnBiao, and look at PUBLIC_URL, DNS, the certificate, the proxy in front and the firewall.',
    )
  const answer = await response.text().catch(() => '')
  const took = Math.round(performance.now() - begun)
  if (response.status === 401 || response.status === 403)
    return problem(
      `${url} refuses our Token, EncodingAESKey or CorpID (HTTP ${response.status})`,
      `AnBiao there runs with another .env: restart it. Compare with ${pageNamed('appReceiveMessages')}.`,
    )
  if (!response.ok || answer !== plain)
    return problem(
      `${url} answers, but not as AnBiao (HTTP ${response.status})`,
      'Something else stands at PUBLIC_URL: let the proxy pass /wecom/callback/app on, path and query unchanged.',
    )
  if (took > PATIENCE_MS)
    return warning(
      `${url} took ${took} ms; the console waits a second`,
      'Look at the load of this machine and the proxy.',
    )
  return ok(`${url} proves itself in ${took} ms; the same address belongs in ${pageNamed('appReceiveMessages')}`)
}

function verification({ token, encodingAesKey, corpId }: WecomConfig, plain: string): URLSearchParams {
  const settings = { token, encodingAesKey, receiveIds: [corpId] }
  const sealed = sealEnvelope(settings, plain, {
    timestamp: String(Math.floor(Date.now() / 1000)),
    nonce: randomBytes(5).toString('hex'),
  })
  return new URLSearchParams({
    msg_signature: sealed.msgSignature,
    timestamp: sealed.timestamp,
    nonce: sealed.nonce,
    echostr: sealed.encrypt,
  })
}

/** The answer, or why there was none. */
async function answerOf(url: string): Promise<Response | string> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' })
  } catch (error) {
    const { cause } = error as Error
    return cause instanceof Error ? messageOf(cause) : messageOf(error)
  }
}
