import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { loadContent } from '../content.ts'
import { translators } from '../i18n/translator.ts'
import { type Chat, openChat } from './chat.ts'

/**
 * The owner's conversation in the terminal. In a script every line is one message; `#` begins a comment,
 * `@photo PATH` (from the script's folder) sends a photo, `@restart` starts the program anew. Prints the
 * transcript and, last, one line of JSON.
 */
const { values } = parseArgs({
  options: {
    script: { type: 'string' },
    policy: { type: 'string', default: 'shenzhen-trial' },
    at: { type: 'string' },
  },
})
const t = translators['zh-CN']

const content = loadContent()
if (!content.policies.has(values.policy)) {
  console.error(`There is no policy ${values.policy}; there are ${[...content.policies.keys()].join(', ')}`)
  process.exit(1)
}
const begin = values.at ? new Date(values.at) : new Date()
const chat = await openChat({ content, policyId: values.policy, begin })
for await (const line of transcriptOf(chat, lines(), values.script ? dirname(values.script) : '.')) console.log(line)
console.log(JSON.stringify(await chat.outcome()))
await chat.close()

async function* lines(): AsyncGenerator<string> {
  if (values.script) yield* readFileSync(values.script, 'utf8').split('\n')
  else yield* createInterface({ input: process.stdin })
}

/** What was said and what was answered, line by line. */
export async function* transcriptOf(chat: Chat, lines: AsyncIterable<string>, folder: string): AsyncGenerator<string> {
  for await (const line of lines) {
    const said = line.trim()
    if (said === '' || said.startsWith('#')) continue
    yield* await played(chat, said, folder)
  }
}

async function played(chat: Chat, said: string, folder: string): Promise<string[]> {
  if (said === '@restart') {
    chat.restart()
    return [t('transcript.restart')]
  }
  const [, photo] = /^@photo\s+(.+)$/.exec(said) ?? []
  const owner = photo ? t('transcript.photo', { name: photo }) : said
  const replies = photo ? await chat.sendPhoto(resolve(folder, photo)) : await chat.say(said)
  return [t('transcript.owner') + owner, ...replies.map(inTranscript)]
}

/** Further lines of a message stand under its first. */
const inTranscript = (text: string) => t('transcript.bot') + text.replaceAll('\n', '\n　　　　')
