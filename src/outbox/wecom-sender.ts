import type { Reply } from '../message/index.ts'
import type { SentMessage, WecomClient } from '../wecom/client.ts'
import { WecomApiError, type WecomReaction, WecomUnreachableError } from '../wecom/errors.ts'
import { type MessageBody, type MessageTarget, repeated } from '../wecom/outbound.ts'
import { cardUpdateOf, toWecomMessages } from '../wecom/render.ts'
import { DeliveryError, type Sender, type SentReply, type Verdict } from './sender.ts'

type Client = Pick<WecomClient, 'sendMessage' | 'updateTemplateCard'>

/** Sends by WeCom's `message/send` to the members of the corp. A card that WeCom refuses goes out as text. */
export function wecomSender(client: Client, agentId: number): Sender {
  async function sendAll(bodies: readonly MessageBody[], uncertain: boolean): Promise<SentReply> {
    let sent: SentReply = { messages: 0 }
    for (const body of bodies) {
      try {
        const { msgid, responseCode } = reaching(await client.sendMessage(uncertain ? repeated(body) : body))
        sent = {
          messages: sent.messages + 1,
          ...(msgid && { messageId: msgid }),
          ...(responseCode && { responseCode }),
        }
      } catch (error) {
        throw sent.messages > 0 ? partlySent(deliveryError(error)) : error
      }
    }
    return sent
  }

  async function sendReply(to: MessageTarget, reply: Reply, uncertain: boolean): Promise<SentReply> {
    try {
      return await sendAll(toWecomMessages(reply, to), uncertain)
    } catch (error) {
      if (!reply.prompt || !isBadRequest(error)) throw error
      if (uncertain && error.errcode === TASK_ID_USED) return { messages: 1 }
      return sendAll(toWecomMessages({ text: reply.text }, to), uncertain)
    }
  }

  return {
    async send(recipient, reply, { uncertain }) {
      try {
        return await sendReply({ userId: userIdOf(recipient), agentId }, reply, uncertain)
      } catch (error) {
        throw deliveryError(error)
      }
    },

    async updateCard(recipient, { responseCode, chosenLabel }) {
      try {
        await client.updateTemplateCard(cardUpdateOf(responseCode, [userIdOf(recipient)], chosenLabel))
      } catch (error) {
        throw deliveryError(error)
      }
    },
  }
}

/** The card itself is the earlier attempt: a task_id is taken once. */
const TASK_ID_USED = 42014

const CONTACT = /^app:(.+)$/

function userIdOf(recipient: string): string {
  const [, userId] = CONTACT.exec(recipient) ?? []
  if (userId === undefined) throw new DeliveryError('not a member of the corp', { kind: 'never' })
  return userId
}

/** With one recipient, naming it as invalid beside errcode 0 means that nobody got anything. */
function reaching(sent: SentMessage): SentMessage {
  if (sent.invalidUsers.length > 0) throw new DeliveryError('unknown or not visible to the app', { kind: 'never' })
  if (sent.unlicensedUsers.length > 0) throw new DeliveryError('without a licence', { kind: 'never' })
  return sent
}

const deliveryError = (error: unknown): DeliveryError =>
  error instanceof DeliveryError ? error : new DeliveryError(messageOf(error), verdictOn(error), { cause: error })

/** Whether to try again is for the refusal to say; some of it has got through in any case. */
const partlySent = ({ message, verdict, cause }: DeliveryError) =>
  new DeliveryError(message, verdict.kind === 'again' ? { ...verdict, uncertain: true } : verdict, { cause })

const isBadRequest = (error: unknown): error is WecomApiError =>
  error instanceof WecomApiError && error.reaction.kind === 'badRequest'

function verdictOn(error: unknown): Verdict {
  if (error instanceof WecomApiError) return verdictOf(error.reaction)
  // Without a token nothing was sent.
  if (error instanceof WecomUnreachableError)
    return { kind: 'again', uncertain: error.api !== 'gettoken', outage: true }
  return { kind: 'never' }
}

function verdictOf(reaction: WecomReaction): Verdict {
  switch (reaction.kind) {
    case 'retryLater':
      return { kind: 'again', uncertain: false, afterSeconds: reaction.afterSeconds }
    case 'refetchToken':
      return { kind: 'again', uncertain: false, outage: true }
    case 'fixConfiguration':
      return { kind: 'again', uncertain: false, afterSeconds: ADMINISTRATOR_NEEDS_SECONDS, outage: true }
    case 'cardSettled':
      return { kind: 'settled' }
    case 'recipientUnreachable':
    case 'uploadAgain':
    case 'contentRefused':
    case 'badRequest':
      return { kind: 'never' }
  }
}

const ADMINISTRATOR_NEEDS_SECONDS = 600

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
