import { once } from 'node:events'
import autocannon from 'autocannon'
import { xmlOf } from '../../simulator/callbacks.ts'
import { simulatorCorp } from '../../simulator/corp.ts'
import { sealEnvelope } from '../../wecom/envelope.ts'
import type { Saying } from './owners.ts'

/** One callback as WeCom posts it. */
export interface Post {
  readonly path: string
  readonly body: string
}

const settings = { ...simulatorCorp, receiveIds: [simulatorCorp.corpId] }

/** A text message, encrypted and signed. */
export function textPost({ contact, text, messageId }: Saying): Post {
  const { corpId, agentId } = simulatorCorp
  const timestamp = String(Math.floor(Date.now() / 1000))
  const message = xmlOf({
    ToUserName: corpId,
    FromUserName: contact.slice(contact.indexOf(':') + 1),
    CreateTime: Number(timestamp),
    MsgType: 'text',
    Content: text,
    MsgId: messageId,
    AgentID: agentId,
  })
  const { encrypt, msgSignature, nonce } = sealEnvelope(settings, message, { timestamp, nonce: messageId })
  const query = new URLSearchParams({ msg_signature: msgSignature, timestamp, nonce })
  return {
    path: `/wecom/callback/app?${query}`,
    body: xmlOf({ ToUserName: corpId, AgentID: String(agentId), Encrypt: encrypt }),
  }
}

/** A busy machine may take its time; how long it took is in the figure. */
const PATIENCE_S = 60

/**
 * Posts everything so many times over, each connection one after the other; gives posts per second. All connections
 * have the same number of posts.
 * @throws when an answer was not 200
 */
export async function postsPerSecond(
  port: number,
  byConnection: readonly (readonly Post[])[],
  times = 1,
): Promise<number> {
  const waiting = byConnection.map((posts) => posts.map(({ path, body }) => ({ method: 'POST' as const, path, body })))
  const amount = waiting.flat().length * times
  const cannon = autocannon(
    {
      url: `http://127.0.0.1:${port}`,
      connections: waiting.length,
      amount,
      sampleInt: 100,
      timeout: PATIENCE_S,
      setupClient: (client) => client.setRequests(waiting.pop() ?? []),
    },
    () => undefined,
  )
  let begin = 0
  let end = 0
  let accepted = 0
  cannon.on('start', () => {
    begin = performance.now()
  })
  cannon.on('response', (_client, status) => {
    end = performance.now()
    if (status === 200) accepted += 1
  })
  await once(cannon, 'done')
  if (accepted !== amount) throw new Error(`Of ${amount} callbacks only ${accepted} were answered 200`)
  return (amount / (end - begin)) * 1000
}
