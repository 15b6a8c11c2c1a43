import { z } from 'zod'
import type { Proposal } from '../../flows/proposal.ts'

export interface LanguageModelSettings {
  /** Of an OpenAI-compatible API, such as `https://api.example.com/v1`; `/chat/completions` is added. */
  readonly url: string
  /** Absent where the server wants none. */
  readonly key?: string
  readonly name: string
  /** From the first byte out to the last byte in. */
  readonly timeoutMs: number
}

/** All that leaves the house: no name, no id. */
export interface Inquiry {
  /** What is asked of the model, in the language of the conversation. */
  readonly instruction: string
  readonly question: string
  readonly compliantAnswer: 'yes' | 'no'
  /** What the question asks, one by one, with words that answer it. */
  readonly parts: readonly object[]
  readonly said: string
}

export type Asked =
  | { readonly outcome: 'proposed'; readonly proposal: Proposal }
  /** The model takes it for no answer. */
  | { readonly outcome: 'none' }
  | { readonly outcome: Failure }

export type Failure = 'late' | 'malformed' | 'failed'

export interface LanguageModel {
  /**
   * What the model takes the words of a message for. Never throws and never takes longer than the time limit.
   * Undefined: it was not asked, for it has failed too often lately.
   * @param message dedupe key, which stays in the house
   */
  ask(inquiry: Inquiry, message: string): Promise<Asked | undefined>
}

interface Surroundings {
  /** Milliseconds of any clock that does not stand still. */
  readonly now: () => number
  readonly log: { readonly warn: (fields: object, message: string) => void }
}

/** Failures in a row after which it is left alone, first for a minute, then twice as long each time. */
const MOST_FAILURES = 3
const FIRST_REST_MS = 60_000
const LONGEST_REST_MS = 16 * FIRST_REST_MS

export function createLanguageModel(settings: LanguageModelSettings, { now, log }: Surroundings): LanguageModel {
  let failures = 0
  let restsUntil = Number.NEGATIVE_INFINITY

  /** One at a time finds out whether it is back. */
  const rest = () => {
    restsUntil = now() + Math.min(FIRST_REST_MS * 2 ** (failures - MOST_FAILURES), LONGEST_REST_MS)
  }

  function failed(isTrial: boolean) {
    // Of those that were asked together, each counts only until it is left alone.
    if (!isTrial && failures >= MOST_FAILURES) return
    failures += 1
    if (failures >= MOST_FAILURES) rest()
  }

  return {
    async ask(inquiry, message) {
      if (now() < restsUntil) return undefined
      const isTrial = failures >= MOST_FAILURES
      if (isTrial) rest()
      const signal = AbortSignal.timeout(settings.timeoutMs)
      try {
        const proposal = proposalIn(await completion(settings, inquiry, signal), message)
        failures = 0
        restsUntil = Number.NEGATIVE_INFINITY
        return proposal ? { outcome: 'proposed', proposal } : { outcome: 'none' }
      } catch (error) {
        failed(isTrial)
        const outcome = signal.aborted ? 'late' : error instanceof MalformedError ? 'malformed' : 'failed'
        // Without what was said, and without the address, which may hold a secret.
        log.warn({ outcome, reason: reasonOf(error), failures }, 'the language model proposed nothing')
        return { outcome }
      }
    },
  }
}

class MalformedError extends Error {
  override readonly name = 'MalformedError'
}

/** What a chat completion answers with, of which we need the words of the first choice only. */
const completionSchema = z.object({
  choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })], z.unknown()),
})

const answerSchema = z.object({ answer: z.enum(['good', 'bad', 'none']) })

function proposalIn(body: string, message: string): Proposal | undefined {
  const { choices } = parsed(completionSchema, body)
  const { answer } = parsed(answerSchema, withoutFence(choices[0].message.content))
  return answer === 'none' ? undefined : { message, leans: answer }
}

function parsed<T extends z.ZodType>(schema: T, text: string): z.output<T> {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new MalformedError('an answer outside what was asked for')
  }
}

/** Many models put JSON between fences. */
const withoutFence = (text: string) => /^\s*```(?:json)?\s*\n([\s\S]*?)\n```\s*$/.exec(text)?.[1] ?? text

/** POST /chat/completions as OpenAI's API reference has it, without what some servers do not know. */
async function completion({ url, key, name }: LanguageModelSettings, inquiry: Inquiry, signal: AbortSignal) {
  const { instruction, ...asked } = inquiry
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({
      model: name,
      temperature: 0,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: instruction },
        { role: 'user', content: JSON.stringify(asked) },
      ],
    }),
    signal,
    // The key is for this address only.
    redirect: 'error',
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`HTTP ${response.status}`)
  }
  return boundedText(response)
}

/** A completion is a few hundred bytes. */
const MOST_BYTES = 64 * 1024

async function boundedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new MalformedError('an answer without end')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Of a connection that failed, the code says more than the message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message
}
