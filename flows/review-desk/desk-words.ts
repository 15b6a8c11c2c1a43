import type { Lexicon, Patterns } from '../words/lexicon.ts'
import { normalized, simplified } from '../words/normalized.ts'
import type { DeskFinding, Refusal, Subject } from './review-desk.machine.ts'

/** What a regulator may say that names no application. */
type Word = 'queue' | 'help' | 'claims' | 'cancel' | 'confirmApproval' | 'confirmReturn' | 'confirmRefusal'

export const says = (word: Word, text: string, lexicon: Lexicon): boolean =>
  grammarOf(lexicon)[word].test(normalized(text, lexicon))

/** 通过 or 1 alone: of which application is for the list to ask. */
export const isBare = (text: string, lexicon: Lexicon): boolean =>
  grammarOf(lexicon).bare.test(normalized(text, lexicon))

/** The application named after a word, such as 通过 000123; undefined when none is. */
export function numberAfter(decision: 'approve' | 'return', text: string, lexicon: Lexicon): Subject | undefined {
  const { number } = grammarOf(lexicon).numbered[decision].exec(normalized(text, lexicon))?.groups ?? {}
  return number?.toUpperCase()
}

/** What follows such a word and may be the name of an enterprise. */
export function nameAfter(decision: 'approve' | 'return', text: string, lexicon: Lexicon): string | undefined {
  return captured(grammarOf(lexicon).named[decision], plain(text), lexicon)?.rest
}

/** A rejection or a revocation with its reason; undefined without one. */
export function refusalIn(text: string, lexicon: Lexicon): { subject: Subject; refusal: Refusal } | undefined {
  for (const decision of ['reject', 'revoke'] as const) {
    const said = captured(grammarOf(lexicon)[decision], plain(text), lexicon)
    if (said) return { subject: said.number.toUpperCase(), refusal: { decision, reason: said.rest } }
  }
  return undefined
}

export type Reasons =
  | { readonly type: 'findings'; readonly findings: readonly DeskFinding[] }
  | { readonly type: 'malformed'; readonly line: string }

/** One line per item: its number, then what is to be put right. Two lines on one item belong together. */
export function reasonsIn(text: string, lexicon: Lexicon): Reasons {
  const findings = new Map<number, string>()
  for (const line of plain(text).split('\n')) {
    const said = captured(grammarOf(lexicon).finding, line, lexicon)
    if (!said) return { type: 'malformed', line }
    const number = Number(said.number)
    const before = findings.get(number)
    findings.set(number, before === undefined ? said.rest : `${before}\n${said.rest}`)
  }
  return { type: 'findings', findings: [...findings].map(([number, reason]) => ({ number, reason })) }
}

/** Half-width, without what stands around it. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/\s*\r?\n\s*/g, '\n')

/** What a regulator writes is kept as it was written; only what is looked for is looked for in simplified characters. */
function captured(pattern: RegExp, text: string, lexicon: Lexicon): { number: string; rest: string } | undefined {
  const { number = '', rest } = pattern.exec(simplified(text, lexicon))?.groups ?? {}
  return rest === undefined ? undefined : { number, rest: text.slice(-rest.length) }
}

type DeskGrammar = ReturnType<typeof compiled>

const grammars = new WeakMap<Lexicon, DeskGrammar>()

function grammarOf(lexicon: Lexicon): DeskGrammar {
  const grammar = grammars.get(lexicon) ?? compiled(lexicon)
  grammars.set(lexicon, grammar)
  return grammar
}

/** SZ-LG-2026-000123, or its end. */
const NUMBER = '(?<number>(?:[a-z]{2}-[a-z]{2,3}-\\d{4}-)?\\d{1,6})'

function compiled({ desk }: Lexicon) {
  const either = (patterns: Patterns) => `(?:${patterns.join('|')})`
  const whole = (source: string) => new RegExp(`^${source}$`, 'iu')
  const application = `\\s*${either(desk.beforeNumber)}?\\s*${NUMBER}(?!\\d)\\s*${either(desk.afterNumber)}?`
  const numbered = (verbs: Patterns) => whole(either(verbs) + application)
  // A reason has letters in it, and may have lines.
  const reasoned = (verbs: Patterns) =>
    whole(`${either(verbs)}${application}\\s*[:,.、;-]?\\s*(?<rest>(?=[^]*\\p{L})\\S[^]+)`)
  const named = (verbs: Patterns) => whole(`${either(verbs)}\\s*(?<rest>[^\\d\\s].{1,60})`)
  const question = `${either(desk.beforeQuestion)}?\\s*(?<number>\\d{1,3})(?!\\d)\\s*${either(desk.afterQuestion)}?`
  return {
    queue: whole(either(desk.queue)),
    help: whole(either(desk.help)),
    claims: whole(either(desk.claims)),
    cancel: whole(either(desk.cancel)),
    confirmApproval: whole(either(desk.confirmApproval)),
    confirmReturn: whole(either(desk.confirmReturn)),
    confirmRefusal: whole(either(desk.confirmRefusal)),
    bare: whole(`(?:${either([...desk.approve, ...desk.return])}…?|[1-9])`),
    numbered: { approve: numbered(desk.approve), return: numbered(desk.return) },
    named: { approve: named(desk.approve), return: named(desk.return) },
    reject: reasoned(desk.reject),
    revoke: reasoned(desk.revoke),
    finding: whole(`${question}\\s*[:,.、;-]?\\s*(?<rest>(?=.*\\p{L})\\S.+)`),
  }
}
