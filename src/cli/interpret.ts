import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import {
  type AnswerHeard,
  answerHeard,
  type Command,
  commandHeard,
  confirmationHeard,
  type Lexicon,
  type Question,
} from '../../flows/words/index.ts'
import { loadLibrary } from '../checklist/load.ts'
import type { Finding } from '../checklist/rules.ts'
import type { PublishedItem } from '../checklist/schema.ts'
import { readLexicon } from '../i18n/lexicon.ts'
import { translators } from '../i18n/translator.ts'
import { type EnrolmentInterpretation, enrolmentInterpretation, enrolmentKinds } from './interpret-enrolment.ts'

/** What the bot would take a message for while it asks an item. */
export interface Interpretation {
  readonly text: string
  readonly event: string
  /** What would be recorded, or asked about when `confirm` is true. */
  readonly finding: Finding | null
  /** The bot would ask back before it records anything. */
  readonly confirm: boolean
  /** The question that is asked back. */
  readonly asks: string | null
  /** The finding that question names. */
  readonly guess: Finding | null
}

type AskedItem = Pick<PublishedItem, 'compliantAnswer'> &
  Partial<Pick<PublishedItem, 'question' | 'notApplicable' | 'hears'>>

/**
 * Commands come before answers, as in a conversation. Without an item: one that asks for a yes and may not apply.
 * @param confirming the message answers our own question whether this was meant
 */
export function interpretation(
  text: string,
  item: AskedItem | undefined,
  lexicon: Lexicon,
  confirming?: Finding,
): Interpretation {
  const question: Question = {
    compliantAnswer: item?.compliantAnswer ?? 'yes',
    excusable: item === undefined || item.notApplicable !== undefined,
    hears: item?.hears,
  }
  const asked = confirming && confirmationHeard(text, question, { suspected: confirming }, lexicon)
  if (asked && asked.kind !== 'answer') {
    const isYes = asked.kind === 'yes'
    return {
      text,
      ...silent,
      event: isYes ? 'answer.given' : 'answer.reconsidered',
      finding: isYes ? confirming : null,
    }
  }
  const command = commandHeard(text, lexicon)
  if (command) return { text, ...silent, event: commandEvents[command.kind] }
  return { text, ...answered(asked?.heard ?? answerHeard(text, question, lexicon), item) }
}

type Told = Omit<Interpretation, 'text'>

const silent = { finding: null, confirm: false, asks: null, guess: null } as const

function answered(heard: AnswerHeard, item: AskedItem | undefined): Told {
  switch (heard.kind) {
    case 'finding':
      // 没有这个 is where a missing safeguard hides behind a missing machine: the walk always asks which.
      if (heard.finding === 'notApplicable') return { ...absence('answer.given', item), finding: 'notApplicable' }
      return { ...silent, event: 'answer.given', finding: heard.finding }
    case 'confirm': {
      const finding = t(`walk.finding.${heard.finding}`)
      const asks = asked(t('walk.confirmFinding', { question: questionOf(item), finding }))
      return { event: 'answer.ambiguous', finding: heard.finding, confirm: true, asks, guess: heard.finding }
    }
    case 'partly': {
      const parts = heard.missing.flatMap((part) => item?.hears?.parts[part]?.ask ?? []).join(t('screen.comma'))
      const asks = asked(t('walk.askMissing', { question: questionOf(item), parts }))
      return { ...silent, event: 'answer.partly', confirm: true, asks }
    }
    case 'unsure':
      return {
        ...silent,
        event: 'answer.unsure',
        confirm: true,
        asks: asked(t('walk.askWhich', { question: questionOf(item) })),
      }
    case 'absence':
      return absence('absence.suspected', item)
    case 'unclearAnswer':
      return { ...silent, event: 'answer.unclear' }
    case 'notUnderstood':
      return { ...silent, event: 'answer.notUnderstood', confirm: true }
  }
}

const t = translators['zh-CN']

const absence = (event: string, item: AskedItem | undefined): Told => ({
  ...silent,
  event,
  confirm: true,
  asks: asked(t('walk.confirmAbsence', { reason: item?.notApplicable?.reason ?? '', question: questionOf(item) })),
})

const questionOf = (item: AskedItem | undefined) => item?.question ?? ''

/** Without an item there is no question to repeat. */
const asked = (text: string) =>
  text
    .split('\n')
    .filter((line) => /[^\p{P}]/u.test(line))
    .join('\n')

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
  movePhoto: 'photo.moved',
  photos: 'photos.listed',
  dropPhoto: 'photo.withdrawn',
  photoLater: 'photo.postponed',
  correct: 'answer.corrected',
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
  const { values } = parseArgs({
    options: { item: { type: 'string' }, confirming: { type: 'string' }, enrolment: { type: 'string' } },
  })
  const read =
    values.enrolment === undefined ? reader(values.item, values.confirming) : enrolmentReader(values.enrolment)
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
    process.stdout.write(`${JSON.stringify(read(text))}\n`)
}

/** @throws Error when what is to be confirmed is no finding */
function reader(id: string | undefined, confirming: string | undefined): (text: string) => Interpretation {
  const lexicon = readLexicon('zh-CN')
  const item = id === undefined ? undefined : publishedItem(id)
  if (confirming !== undefined && confirming !== 'conforming' && confirming !== 'nonconforming')
    throw new Error(`--confirming is conforming or nonconforming, not ${confirming}`)
  return (text) => interpretation(text, item, lexicon, confirming)
}

/** @throws Error when enrolment asks no such question */
export function enrolmentReader(asked: string): (text: string) => EnrolmentInterpretation {
  const kind = enrolmentKinds.find((each) => each === asked)
  if (!kind) throw new Error(`--enrolment is one of ${enrolmentKinds.join(', ')}, not ${asked}`)
  const content = {
    library: loadLibrary(new URL('../../checklists/', import.meta.url)),
    lexicon: readLexicon('zh-CN'),
    language: 'zh-CN',
    t: translators['zh-CN'],
  } as const
  return (text) => enrolmentInterpretation(kind, text, content)
}

if (import.meta.main)
  main().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
