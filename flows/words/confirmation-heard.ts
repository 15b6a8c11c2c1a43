import type { Finding } from '../../src/checklist/rules.ts'
import { type AnswerHeard, answerAmong, type Question } from './answer-heard.ts'
import { clausesIn, clausesOf } from './clause.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { tokensOf } from './tokens.ts'

/** What is said to a question that asks back. */
export type ConfirmationHeard =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'reconsidered' }
  | { readonly kind: 'answer'; readonly heard: AnswerHeard }

export interface AskedBack {
  /** The finding that was named; null: both choices stood there. */
  readonly suspected: Finding | null
  /** Only these parts of the question were asked. */
  readonly missing?: readonly number[]
}

/**
 * What an answer to our own question says. Only words that say yes confirm, never those that say: heard. What
 * speaks of the matter itself is an answer, and a bare one never turns the finding that was named round to conforming.
 */
export function confirmationHeard(
  text: string,
  question: Question,
  asked: AskedBack,
  lexicon: Lexicon,
): ConfirmationHeard {
  const grammar = grammarOf(lexicon)
  const clauses = clausesOf(withoutBlanks(normalized(text, lexicon))).flatMap((clause) =>
    opened(clause, question, grammar, lexicon),
  )
  const taken = clauses.map((clause) => roleOf(clause, grammar))
  const rest = clauses.filter((clause, at) => taken[at] === undefined && !isAside(clause, lexicon))
  const [reconsiders, agrees, denies] = roles.map((role) => taken.includes(role))
  if (clauses.length === 0) return answer({ kind: 'notUnderstood' })

  if (rest.length === 0 && reconsiders) return { kind: 'reconsidered' }
  if (rest.length === 0 && agrees !== denies) return agrees ? agreed(asked) : refused(asked)
  if (rest.length === 0) return unsure
  return spoken(
    rest.join(','),
    { agrees: agrees === true, denies: denies === true || reconsiders === true },
    question,
    asked,
    lexicon,
  )
}

const unsure: ConfirmationHeard = { kind: 'answer', heard: { kind: 'unsure' } }
const answer = (heard: AnswerHeard): ConfirmationHeard => ({ kind: 'answer', heard })
const finding = (finding: Finding) => answer({ kind: 'finding', finding })

function agreed({ suspected, missing }: AskedBack): ConfirmationHeard {
  if (missing) return finding('conforming')
  return suspected === null ? unsure : { kind: 'yes' }
}

const refused = ({ suspected, missing }: AskedBack): ConfirmationHeard => {
  if (missing) return finding('nonconforming')
  return suspected === null ? unsure : { kind: 'no' }
}

/** A yes that no comma parts from what follows it. */
function opened(clause: string, { hears }: Question, { turns }: Grammar, lexicon: Lexicon): string[] {
  const yes = turns.opening.exec(clause)?.[0] ?? ''
  const rest = clause.slice(yes.length)
  if (yes === '' || rest === '' || turns.affirm.test(clause)) return [clause]
  const isAnswer = clausesIn(rest, hears, lexicon).every(({ covered, assertions }) => covered && assertions.length > 0)
  return isAnswer ? [yes, rest] : [clause]
}

const roles = ['reconsider', 'affirm', 'deny'] as const

/** What one clause does to the question back; undefined when it says anything else or anything more. */
const roleOf = (clause: string, { turns }: Grammar) => roles.find((role) => turns[role].test(clause))

/** There is, all of them, it can: to parts that were asked by name these are a yes. */
const isPlainYes = (rest: string, lexicon: Lexicon) =>
  clausesOf(rest)
    .flatMap((clause) => clausesIn(clause, undefined, lexicon))
    .every(
      ({ covered, stray, tangled, force, time, some, assertions }) =>
        covered &&
        !stray &&
        !tangled &&
        force === 'assertion' &&
        time !== 'past' &&
        !some &&
        assertions.length > 0 &&
        assertions.every(({ kind, affirmed }) => affirmed && (kind === 'have' || kind === 'yes')),
    )

interface Stance {
  readonly agrees: boolean
  readonly denies: boolean
}

function spoken(
  rest: string,
  { agrees, denies }: Stance,
  question: Question,
  asked: AskedBack,
  lexicon: Lexicon,
): ConfirmationHeard {
  const { suspected, missing } = asked
  const parts = question.hears?.parts.map((_, index) => index) ?? []
  const known = missing ? parts.filter((part) => !missing.includes(part)) : []
  const heard = answerAmong(rest, question, lexicon, known)
  const says =
    heard.kind === 'absence' && question.compliantAnswer === 'yes'
      ? 'nonconforming'
      : heard.kind === 'finding'
        ? heard.finding
        : undefined

  if (missing && isPlainYes(rest, lexicon)) return denies ? unsure : finding('conforming')
  // Who says yes and gives a reason that we do not know has still said yes to a fault, never to all being well.
  if (agrees && suspected !== null && !says && followsFrom(heard, suspected)) return { kind: 'yes' }
  if (missing) return says === 'nonconforming' && !denies ? finding('nonconforming') : answer(heard)
  if (says === undefined || suspected === null) return answer(heard)
  if (agrees) return says === suspected ? { kind: 'yes' } : unsure
  const turns = says === 'conforming' && suspected !== 'conforming' && !denies
  return turns && !speaksOut(rest, question, lexicon) ? unsure : answer(heard)
}

/** What is said behind a yes may name one part, or nothing; what is amiss never goes with conforming. */
function followsFrom(heard: AnswerHeard, suspected: Finding): boolean {
  if (suspected === 'nonconforming')
    return (
      ['confirm', 'unsure', 'notUnderstood'].includes(heard.kind) &&
      !(heard.kind === 'confirm' && heard.finding === 'conforming')
    )
  return heard.kind === 'partly' || (heard.kind === 'confirm' && heard.finding === suspected)
}

/** In so many words, not only that there is or that it is. */
const speaksOut = (rest: string, { hears }: Question, lexicon: Lexicon) =>
  clausesOf(rest).some((clause) =>
    tokensOf(clause, hears, lexicon).some(
      ({ classes, facet }) =>
        facet ||
        classes.has('fit') ||
        classes.has('trouble') ||
        classes.has('did') ||
        classes.has('now') ||
        classes.has('all'),
    ),
  )

/** Thanks, or somebody who is addressed. */
const isAside = (clause: string, lexicon: Lexicon) =>
  tokensOf(clause, undefined, lexicon).every(({ classes }) => classes.has('thanks') || classes.has('person'))
