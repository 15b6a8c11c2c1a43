import en from '../../locales/en/desk.json' with { type: 'json' }
import zhCn from '../../locales/zh-CN/desk.json' with { type: 'json' }
import zhHk from '../../locales/zh-HK/desk.json' with { type: 'json' }
import type { DeskFinding, Refusal, Subject } from './review-desk.machine.ts'

/** What a regulator may type, in every language alike; patterns over text in one way of writing. */
const vocabularies = [zhCn.words, zhHk.words, en.words]

type Word = keyof (typeof vocabularies)[number]

const compiled = new Map<Word, readonly RegExp[]>()

function patterns(word: Word): readonly RegExp[] {
  const known = compiled.get(word) ?? vocabularies.map((words) => new RegExp(words[word], 'iu'))
  compiled.set(word, known)
  return known
}

/** Half-width, without what stands around it. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/\s*\r?\n\s*/g, '\n')

export const says = (word: Word, text: string) => patterns(word).some((pattern) => pattern.test(plain(text)))

/** The application named after a word, such as 通过 000123; undefined when none is. */
export function namedAfter(word: 'approve' | 'return', text: string): Subject | undefined {
  const said = plain(text).toUpperCase()
  for (const pattern of patterns(word)) {
    const { number } = pattern.exec(said)?.groups ?? {}
    if (number !== undefined) return number.replace(/\s+/g, '')
  }
  return undefined
}

/** A rejection or a revocation with its reason; undefined without one. */
export function refusalIn(text: string): { subject: Subject; refusal: Refusal } | undefined {
  for (const decision of ['reject', 'revoke'] as const)
    for (const pattern of patterns(decision)) {
      const { number, reason } = pattern.exec(plain(text))?.groups ?? {}
      if (number !== undefined && reason !== undefined)
        return { subject: number.toUpperCase(), refusal: { decision, reason } }
    }
  return undefined
}

export type Reasons =
  | { readonly type: 'findings'; readonly findings: readonly DeskFinding[] }
  | { readonly type: 'malformed'; readonly line: string }

/** One line per item: its number, then what is to be put right. Two lines on one item belong together. */
export function reasonsIn(text: string): Reasons {
  const findings = new Map<number, string>()
  for (const line of plain(text).split('\n')) {
    const found = patterns('finding').map((pattern) => pattern.exec(line)?.groups)
    const { number, reason } = found.find((groups) => groups !== undefined) ?? {}
    if (number === undefined || reason === undefined) return { type: 'malformed', line }
    const before = findings.get(Number(number))
    findings.set(Number(number), before === undefined ? reason : `${before}\n${reason}`)
  }
  return { type: 'findings', findings: [...findings].map(([number, reason]) => ({ number, reason })) }
}
