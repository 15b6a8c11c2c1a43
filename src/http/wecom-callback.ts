import type { Request, RequestHandler, Response } from 'express'
import type { InboundMessage } from '../message/index.ts'
import { cipherOf, EnvelopeError, type EnvelopeSettings, openEnvelope, verifyUrl } from '../wecom/envelope.ts'
import { InboundParseError, parseInbound } from '../wecom/inbound.ts'

export interface WecomCallbackSettings extends EnvelopeSettings {
  /** Resolves once all the message changes is committed; only then is WeCom told to deliver it no more. */
  readonly accept: (message: InboundMessage) => Promise<void>
  readonly log: Log
}

interface Log {
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

/**
 * The address WeCom delivers to, mounted where the admin console says. GET proves that the address is ours; POST takes
 * one message and is answered 200 with nothing, 4xx when it is not WeCom's, 500 when it could not be accepted.
 * It reads the body itself: the signature is over the body as it came, and nothing else may have read it before.
 * Throws `EnvelopeError` at once for a malformed EncodingAESKey.
 */
export function wecomCallback({ accept, log, ...envelope }: WecomCallbackSettings): RequestHandler {
  cipherOf(envelope)

  async function take(request: Request, response: Response) {
    await accept(parseInbound(openEnvelope(envelope, request.query, await rawBody(request))))
    response.status(200).end()
  }

  function verify(request: Request, response: Response) {
    response.type('text/plain').send(verifyUrl(envelope, request.query))
  }

  return async (request, response, next) => {
    if (request.path !== '/') return next()
    try {
      if (request.method === 'POST') await take(request, response)
      else if (request.method === 'GET') verify(request, response)
      else response.set('Allow', 'GET, POST').status(405).end()
    } catch (error) {
      refuse(error, response, log)
      if (!request.complete) setTimeout(() => request.destroy(), PATIENCE_MS).unref()
    }
  }
}

const MOST_BYTES = 2 ** 20

/** How long somebody may go on sending who has been refused. */
const PATIENCE_MS = 1000

class BodyError extends Error {
  override readonly name = 'BodyError'
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** The body as text. What is over the limit is read and thrown away for a while, so that the answer finds a listening sender. */
async function rawBody(request: Request): Promise<string> {
  if (request.readableEnded) throw new Error('something in front of the callback has read its body')
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= MOST_BYTES) chunks.push(chunk)
      else reject(new BodyError(413, 'body over 1 MiB'))
    })
    request.on('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString()))
    request.on('error', () => reject(new BodyError(400, 'body broken off')))
  })
}

/** One line for a callback that is refused, without what was in it. */
function refuse(error: unknown, response: Response, log: Log): void {
  if (error instanceof EnvelopeError || error instanceof InboundParseError || error instanceof BodyError) {
    const { name, message, status } = error
    log.warn(
      { status, reason: `${name}: ${message}`, ...('code' in error && { code: error.code }) },
      'callback refused',
    )
    response.status(status).end()
  } else {
    log.error({ err: error }, 'callback not accepted')
    response.status(500).end()
  }
}
