import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as passed } from 'node:timers/promises'
import { onTestFinished } from 'vitest'

/** A server of chat completions that answers as a test says. */
export interface StandInModel {
  readonly url: string
  /** All that reached it. */
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Completion }[]
  answers: Answering
}

export interface Completion {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

export type Answering = (response: ServerResponse) => void | Promise<void>

export async function standInModel(answers: Answering = says('none')): Promise<StandInModel> {
  const asked: StandInModel['asked'] = []
  const model = { url: '', asked, answers }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    asked.push({
      path: request.url ?? '',
      headers: request.headers,
      body: JSON.parse(Buffer.concat(chunks).toString()),
    })
    await model.answers(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  model.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return model
}

/** A chat completion as OpenAI's API reference shows it. */
export const completes =
  (content: string): Answering =>
  (response) =>
    void response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1_790_000_000,
        model: 'stand-in',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 300, completion_tokens: 8, total_tokens: 308 },
      }),
    )

export const says = (answer: string): Answering => completes(JSON.stringify({ answer }))

export const replies =
  (status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answering =>
  (response) =>
    void response.writeHead(status, headers).end(body)

export const delayed =
  (ms: number, answering: Answering): Answering =>
  async (response) => {
    await passed(ms)
    await answering(response)
  }
