import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openChat } from '../src/cli/chat.ts'
import { transcriptOf } from '../src/cli/transcript.ts'
import { loadContent } from '../src/content.ts'

const folder = new URL('./transcripts/', import.meta.url).pathname
const content = loadContent()
const scripts = readdirSync(folder).filter((file) => file.endsWith('.txt') && !file.endsWith('.golden.txt'))

test.for(scripts)('%s', async (file) => {
  const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
  const lines: string[] = []
  for await (const line of transcriptOf(chat, readFileSync(folder + file, 'utf8').split('\n'), folder)) lines.push(line)
  lines.push(JSON.stringify(await chat.outcome()))
  await chat.close()
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`${folder}${file.replace('.txt', '.golden.txt')}`)
})
