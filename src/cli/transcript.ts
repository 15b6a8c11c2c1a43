import { resolve } from 'node:path'
import { translators } from '../i18n/translator.ts'
import type { Chat } from './chat.ts'

const t = translators['zh-CN']

/** What was said and what was answered, line by line. */
export async function* transcriptOf(
  chat: Chat,
  lines: AsyncIterable<string> | Iterable<string>,
  folder: string,
): AsyncGenerator<string> {
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
