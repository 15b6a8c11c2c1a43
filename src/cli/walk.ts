import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { loadContent } from '../content.ts'
import { openChat } from './chat.ts'
import { transcriptOf } from './transcript.ts'

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
