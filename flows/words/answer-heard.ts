import type { Finding } from '../../src/checklist/rules.ts'
import type { Facets } from '../../src/checklist/schema.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { AnswerClass, Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { namedNumber } from './number-heard.ts'
import { yesNoHeard } from './yes-no-heard.ts'

/** What of an item decides how an answer to it is understood. */
export interface Question {
  /** Which plain answer means that the item conforms. */
  readonly compliantAnswer: 'yes' | 'no'
  /** Whether an enterprise can lack what the item is about; if not, not having it is no excuse. */
  readonly excusable: boolean
  readonly hears?: Facets | undefined
}

export type AnswerHeard =
  | { readonly kind: 'finding'; readonly finding: Finding }
  /** The owner does not know. */
  | { readonly kind: 'unclearAnswer' }
  /** Perhaps this finding: ask back before anything is recorded. */
  | { readonly kind: 'confirm'; readonly finding: Finding }
  /** Parts of the question are in order; these are still to be asked, by name. */
  | { readonly kind: 'partly'; readonly missing: readonly number[] }
  /** An answer, but which? */
  | { readonly kind: 'unsure' }
  /** A bare "none": the safeguard is missing, or the thing it would guard; ask which. */
  | { readonly kind: 'absence' }
  | { readonly kind: 'notUnderstood' }

/**
 * What an owner's words say of an item. A finding comes only from a message every clause of which says that
 * finding and nothing else, in words the lexicon lists; whatever is found within other words is good for
 * asking back at most.
 */
export function answerHeard(text: string, question: Question, lexicon: Lexicon): AnswerHeard {
  const grammar = grammarOf(lexicon)
  const said = normalized(text, lexicon)
  if (said === '' || said.length > longestHeard) return notUnderstood
  return heardOutright(said, question, grammar, lexicon) ?? heardWithDoubt(said, question, grammar, lexicon)
}

/** What is said to a question that asks back. */
export type ConfirmationHeard =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'reconsidered' }
  | { readonly kind: 'answer'; readonly heard: AnswerHeard }

/** @param asked the finding that was named, null where both choices stood there, and the parts that were asked by name */
export function confirmationHeard(
  text: string,
  question: Question,
  asked: { readonly suspected: Finding | null; readonly missing?: readonly number[] },
  lexicon: Lexicon,
): ConfirmationHeard {
  const agreed = asked.suspected && yesNoHeard(text, lexicon)
  return agreed ? { kind: agreed } : { kind: 'answer', heard: answerHeard(text, question, lexicon) }
}

/** Longer messages tell a story; nothing in them is taken for an answer. In characters. */
const longestHeard = 120
const longestClause = 40

const notUnderstood: AnswerHeard = { kind: 'notUnderstood' }
const unclearAnswer: AnswerHeard = { kind: 'unclearAnswer' }
const finding = (finding: Finding): AnswerHeard => ({ kind: 'finding', finding })
const confirm = (finding: Finding): AnswerHeard => ({ kind: 'confirm', finding })

/** The whole message is one clause, or clauses that all say the same. */
function heardOutright(said: string, question: Question, grammar: Grammar, lexicon: Lexicon): AnswerHeard | undefined {
  const whole = clauseHeard(withoutBlanks(said), question, grammar, lexicon)
  if (whole) return whole

  const clauses = clausesOf(said)
  if (clauses.length < 2 || hasDoubt(withoutBlanks(said), grammar)) return undefined
  const heard = clauses
    .filter((clause) => !grammar.aside.test(clause))
    .map((clause) => clauseHeard(clause, question, grammar, lexicon))
  if (clauses.filter((clause) => choiceNumbered(clause, grammar, lexicon) !== undefined).length > 1)
    return notUnderstood
  return heard.every((each) => each !== undefined) ? agreed(heard) : undefined
}

/**
 * What clauses that were all heard say together: the weakest of them decides. Two findings are none; when the
 * last word was nonconforming, that is what to ask about.
 */
function agreed(heard: readonly AnswerHeard[]): AnswerHeard {
  const findings = new Set(heard.flatMap((each) => ('finding' in each ? each.finding : [])))
  const [only] = findings
  if (findings.size > 1) {
    const last = heard.at(-1)
    return last?.kind === 'finding' && last.finding === 'nonconforming' ? confirm('nonconforming') : notUnderstood
  }
  if (heard.some(({ kind }) => kind === 'unclearAnswer')) return only ? notUnderstood : unclearAnswer
  if (heard.some(({ kind }) => kind === 'absence') && only === 'conforming') return notUnderstood
  const weakest = heard.find(({ kind }) => kind === 'notUnderstood' || kind === 'confirm')
  return weakest ?? heard.find(({ kind }) => kind === 'finding') ?? heard[0] ?? notUnderstood
}

function clauseHeard(clause: string, question: Question, grammar: Grammar, lexicon: Lexicon): AnswerHeard | undefined {
  if (clause.length > longestClause) return undefined
  const numbered = choiceNumbered(clause, grammar, lexicon)
  if (numbered !== undefined) return meant(choices[numbered - 1], question)

  const once = clause.replace(repeated, '$1')
  const [name] = grammar.answers.find(([, pattern]) => pattern.test(clause) || pattern.test(once)) ?? []
  return name && meant(name, question)
}

/** A word said thrice is that word. Digits are not words: 11 is not 1. */
const repeated = /^(\D{1,4}?)\1+$/u

/** The order of the four choices, the same everywhere. */
const choices: readonly AnswerClass[] = ['conforming', 'nonconforming', 'notApplicable', 'unclear']

function choiceNumbered(clause: string, { choiceNumber }: Grammar, lexicon: Lexicon): number | undefined {
  const number = namedNumber(choiceNumber.exec(clause), lexicon)
  return number !== undefined && choices[number - 1] !== undefined ? number : undefined
}

/** What a word of each class says, given how the question is put. */
function meant(name: AnswerClass | undefined, { compliantAnswer, excusable }: Question): AnswerHeard {
  const asksForYes = compliantAnswer === 'yes'
  switch (name) {
    case 'conforming':
      return finding('conforming')
    case 'nonconforming':
    case 'bad':
      return finding('nonconforming')
    case 'notApplicable':
      if (excusable) return finding('notApplicable')
      return confirm(asksForYes ? 'nonconforming' : 'conforming')
    case 'unclear':
      return unclearAnswer
    case 'good':
      return asksForYes ? finding('conforming') : confirm('conforming')
    case 'yes':
    case 'done':
      return finding(asksForYes ? 'conforming' : 'nonconforming')
    case 'denied':
      return finding(asksForYes ? 'nonconforming' : 'conforming')
    case 'undone':
      return asksForYes ? finding('nonconforming') : confirm('conforming')
    case 'absent':
      if (asksForYes) return excusable ? { kind: 'absence' } : finding('nonconforming')
      return excusable ? confirm('conforming') : finding('conforming')
    case 'unneeded':
      if (!asksForYes) return notUnderstood
      return excusable ? { kind: 'absence' } : confirm('nonconforming')
    case 'acknowledged':
      return confirm(asksForYes ? 'conforming' : 'nonconforming')
    case 'weaklyGood':
      return confirm('conforming')
    case 'weaklyBad':
      return confirm('nonconforming')
    default:
      return notUnderstood
  }
}

/** What may have been meant; never a finding. */
function heardWithDoubt(said: string, question: Question, grammar: Grammar, lexicon: Lexicon): AnswerHeard {
  const { doubts, signs } = grammar
  const plain = withoutBlanks(said)
  if (signs.unclear.test(plain)) return doubts.tangled.test(plain) ? notUnderstood : unclearAnswer
  if (saysNothingOfNow(plain, grammar)) return notUnderstood
  if (isLessThanAll(plain, grammar)) return confirm('nonconforming')

  const certain = normalized(plain.replace(doubts.reported, '').replace(doubts.hedged, ''), lexicon)
  if (certain !== plain) {
    const outright = certain === '' ? undefined : heardOutright(certain, question, grammar, lexicon)
    if (outright) return softened(outright)
  }
  return question.compliantAnswer === 'yes' ? heardBySigns(plain, question, grammar) : notUnderstood
}

const softened = (heard: AnswerHeard): AnswerHeard => (heard.kind === 'finding' ? confirm(heard.finding) : heard)

function heardBySigns(plain: string, { excusable }: Question, { signs }: Grammar): AnswerHeard {
  if (signs.freeOf.test(plain)) return notUnderstood
  if (signs.lacking.test(plain)) return excusable ? { kind: 'absence' } : confirm('nonconforming')
  if (signs.negative.test(plain)) return confirm('nonconforming')
  return signs.positive.test(plain) ? confirm('conforming') : notUnderstood
}

const hasDoubt = (plain: string, grammar: Grammar) => saysNothingOfNow(plain, grammar) || isLessThanAll(plain, grammar)

/** A question, a condition or a knot of negatives. */
const saysNothingOfNow = (plain: string, { doubts: { asked, supposed, tangled } }: Grammar) =>
  asked.test(plain) || supposed.test(plain) || tangled.test(plain)

/** Sarcasm, a plan, an exception, a but, a past. */
const isLessThanAll = (plain: string, { doubts: { mocked, postponed, partly, qualified, formerly } }: Grammar) =>
  mocked.test(plain) || postponed.test(plain) || partly.test(plain) || qualified.test(plain) || formerly.test(plain)

/** A colon parts only a number from its label: before other words it quotes somebody. */
const clausesOf = (said: string) =>
  said
    .replace(/(?<=^\(?[1-9]\)?)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=[1-9]$)|(?<=^[1-9]):/gu, ',')
    .split(/[,;!]+|(?<!\d)\.|\.(?!\d)|(?<=\P{Script=Latin}) +| +(?=\P{Script=Latin})/u)
    .filter((clause) => clause !== '')
