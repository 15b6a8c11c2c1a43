import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type AnswerHeard, answerHeard, type Command, commandHeard, type Lexicon } from '../../flows/words/index.ts'
import { loadLibrary } from '../checklist/load.ts'
import type { Finding } from '../checklist/rules.ts'
import type { PublishedItem } from '../checklist/schema.ts'
import { readLexicon } from '../i18n/lexicon.ts'

/** What the bot would take a message for while it asks an item. */
export interface Interpretation {
  readonly text: string
  readonly event: string
  /** What would be recorded, or asked about when `confirm` is true. */
  readonly finding: Finding | null
  /** The bot would ask back before it records anything. */
  readonly confirm: boolean
}

type AskedItem = Pick<PublishedItem, 'compliantAnswer' | 'notApplicable'>

/** Commands come before answers, as in a conversation. Without an item: one that asks for a yes and may not apply. */
export function interpretation(text: string, item: AskedItem | undefined, lexicon: Lexicon): Interpretation {
  const command = commandHeard(text, lexicon)
  if (command) return { text, event: commandEvents[command.kind], finding: null, confirm: false }

  const question = {
    compliantAnswer: item?.compliantAnswer ?? 'yes',
    excusable: item === undefined || item.notApplicable !== undefined,
  } as const
  return { text, ...answered(answerHeard(text, question, lexicon)) }
}

function answered(heard: AnswerHeard): Omit<Interpretation, 'text'> {
  switch (heard.kind) {
    case 'finding':
      // 没有这个 is where a missing safeguard hides behind a missing machine: the walk always asks which.
      return { event: 'answer.given', finding: heard.finding, confirm: heard.finding === 'notApplicable' }
    case 'confirm':
      return { event: 'answer.ambiguous', finding: heard.finding, confirm: true }
    case 'absence':
      return { event: 'absence.suspected', finding: null, confirm: true }
    case 'unclearAnswer':
      return { event: 'answer.unclear', finding: null, confirm: false }
    case 'notUnderstood':
      return { event: 'answer.notUnderstood', finding: null, confirm: true }
  }
}

const commandEvents: Readonly<Record<Command['kind'], string>> = {
  menu: 'menu.asked',
  help: 'help.asked',
  progress: 'progress.asked',
  back: 'item.back',
  skip: 'item.skipped',
  pause: 'walk.paused',
  resume: 'walk.resumed',
  start: 'walk.resumed',
  restart: 'walk.restarted',
  human: 'human.asked',
  explain: 'item.explained',
  basis: 'item.basisAsked',
  answers: 'answers.asked',
  edit: 'item.chosen',
  language: 'language.asked',
  status: 'status.asked',
}

/** @throws Error when no published checklist has such an item */
function publishedItem(id: string): PublishedItem {
  const { published } = loadLibrary(new URL('../../checklists/', import.meta.url))
  const newest = [...published.values()].sort((a, b) => b.version - a.version)
  const item = newest.flatMap(({ items }) => items).find((each) => each.id === id)
  if (!item) throw new Error(`No published checklist has an item ${id}`)
  return item
}

/** One message per line on stdin, one JSON per line on stdout. */
async function main() {
  const { values } = parseArgs({ options: { item: { type: 'string' } } })
  const item = values.item === undefined ? undefined : publishedItem(values.item)
  const lexicon = readLexicon('zh-CN')
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    process.stdout.write(`${JSON.stringify(interpretation(text, item, lexicon))}\n`)
}

if (import.meta.main)
  main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
