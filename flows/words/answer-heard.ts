import type { Finding } from '../../src/checklist/rules.ts'
import type { Facets } from '../../src/checklist/schema.ts'
import { type Clause, clausesIn, clausesOf } from './clause.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { namedNumber } from './number-heard.ts'
import { respelt } from './spelling.ts'
import { type Judgement, judged } from './valence.ts'

/** What of an item decides how an answer to it is understood. */
export interface Question {
  /** Which plain answer means that the item conforms. */
  readonly compliantAnswer: 'yes' | 'no'
  /** Whether an enterprise can lack what the item is about; if not, not having it is no excuse. */
  readonly excusable: boolean
  /** The words that answer it; without them only plain answers do. */
  readonly hears?: Facets | undefined
}

export type AnswerHeard =
  | { readonly kind: 'finding'; readonly finding: Finding }
  /** The owner does not know. */
  | { readonly kind: 'unclearAnswer' }
  /** The words asserted this finding, but weakly: ask back naming it. */
  | { readonly kind: 'confirm'; readonly finding: Finding }
  /** Some parts of the question are as they should be; these, by their index, are still to be asked by name. */
  | { readonly kind: 'partly'; readonly missing: readonly number[] }
  /** An answer, but which? Both choices are asked, neither is named. */
  | { readonly kind: 'unsure' }
  /** A bare "none": the safeguard is missing, or the thing it would guard; ask which. */
  | { readonly kind: 'absence' }
  | { readonly kind: 'notUnderstood' }

/**
 * What an owner's words say of an item. Only an assertion whose every word is known records a finding, and
 * conforming only one that speaks of the whole question; whatever is weaker, partial or mixed asks back.
 */
export function answerHeard(text: string, question: Question, lexicon: Lexicon): AnswerHeard {
  return answerAmong(text, question, lexicon, [])
}

/** The same when some parts of the question are already known to be as they should be. */
export function answerAmong(text: string, question: Question, lexicon: Lexicon, known: readonly number[]): AnswerHeard {
  const said = normalized(text, lexicon)
  if (said === '' || said.length > longestHeard) return notUnderstood
  const numbered = choiceHeardIn(said, grammarOf(lexicon), lexicon)
  if (numbered) return chosen(numbered, question)

  const read = (spelling: string): Reading => ({ clauses: clausesRead(spelling, question, lexicon), question, known })
  const reading = read(said)
  if (reading.clauses.every(({ covered }) => covered)) return meant(reading)
  const projected = respelt(said, reading.clauses, lexicon)
  const sounds = projected === undefined ? undefined : read(projected)
  return sounds?.clauses.every(({ covered }) => covered) ? asProjected(meant(sounds)) : meant(reading)
}

/** Longer messages tell a story; nothing in them is taken for an answer. In characters. */
const longestHeard = 120

const notUnderstood: AnswerHeard = { kind: 'notUnderstood' }
const unclearAnswer: AnswerHeard = { kind: 'unclearAnswer' }
const unsure: AnswerHeard = { kind: 'unsure' }
const finding = (finding: Finding): AnswerHeard => ({ kind: 'finding', finding })
const confirm = (finding: Finding): AnswerHeard => ({ kind: 'confirm', finding })

/** What only sounds like an answer may record that something is amiss, never that it is in order. */
const asProjected = (heard: AnswerHeard): AnswerHeard =>
  heard.kind === 'finding' && heard.finding !== 'nonconforming' ? confirm(heard.finding) : heard

type Choice = 'conforming' | 'nonconforming' | 'notApplicable' | 'unclear'

/** The order of the four choices, the same everywhere. */
const choices: readonly Choice[] = ['conforming', 'nonconforming', 'notApplicable', 'unclear']

/** A whole message that names a choice by its number. */
function choiceHeardIn(said: string, { choiceNumber }: Grammar, lexicon: Lexicon): Choice | undefined {
  const number = namedNumber(choiceNumber.exec(withoutBlanks(said)), lexicon)
  return number === undefined ? undefined : choices[number - 1]
}

function chosen(choice: Choice, question: Question): AnswerHeard {
  if (choice === 'unclear') return unclearAnswer
  return choice === 'notApplicable' ? notApplicable(question) : finding(choice)
}

const notApplicable = ({ excusable, compliantAnswer }: Question): AnswerHeard => {
  if (excusable) return finding('notApplicable')
  return compliantAnswer === 'yes' ? confirm('nonconforming') : confirm('conforming')
}

interface Reading {
  readonly clauses: readonly Clause[]
  readonly question: Question
  readonly known: readonly number[]
}

/** Chinese may put blanks anywhere: they part clauses only where the whole makes no sense without them. */
function clausesRead(said: string, question: Question, lexicon: Lexicon): Clause[] {
  const read = (text: string) => clausesIn(text, question.hears, lexicon)
  const joined = clausesOf(withoutBlanks(said)).flatMap(read)
  const parted = clausesOf(said)
  if (joined.every(({ covered }) => covered)) return joined
  return parted.flatMap(read)
}

function meant(reading: Reading): AnswerHeard {
  const { question } = reading
  const spoken = reading.clauses.filter(({ silent }) => !silent)
  const plainly = spoken.filter(({ rhetorical, assertions }) => !rhetorical || assertions.length === 0)
  const speaking = plainly.some(({ assertions }) => assertions.length > 0) ? plainly : spoken
  if (speaking.some(({ rhetorical }) => rhetorical)) return unsure
  if (speaking.length === 0) return reading.clauses.some(({ nods }) => nods) ? unsure : notUnderstood
  const numbers = speaking.flatMap(({ choice }) => choice ?? [])
  if (numbers.length > 1) return notUnderstood
  if (speaking.some(({ unclear }) => unclear)) return unclearIn(speaking)
  if (speaking.some(({ force }) => force === 'question' || force === 'condition')) return notUnderstood

  const present = presentOf(speaking)
  const reserved = present.filter(isReservation)
  const judgements = present
    .flatMap((clause) => judged(clause, question))
    .map((each) => withReservations(each, reserved))
  const covered = speaking.every((clause) => clause.covered)
  if (!covered || present.some(({ opaque }) => opaque)) return guessed(present, judgements, question)
  if (present.some(({ force }) => force === 'irony'))
    return judgements.some(({ sign }) => sign === 'conforming') ? unsure : weakened(judgements)
  if (present.some(({ excepts }) => excepts)) return excepting(judgements)
  if (present.some(({ denies }) => denies)) return denied(judgements, question)
  return together(judgements, present, reading)
}

/** Not knowing stands alone, or beside what says nothing. */
const unclearIn = (speaking: readonly Clause[]) =>
  speaking.every(({ unclear, assertions, force }) => unclear || assertions.length === 0 || force === 'question')
    ? unclearAnswer
    : unsure

/** A clause that asserts nothing and takes something back: tomorrow, they say, only some. */
const isReservation = ({ assertions, force, time, some }: Clause) =>
  assertions.length === 0 && (force !== 'assertion' || time === 'past' || some !== undefined)

function withReservations(judgement: Judgement, reserved: readonly Clause[]): Judgement {
  if (reserved.length === 0 || judgement.strength !== 'record') return judgement
  return { ...judgement, strength: reserved.every(({ force }) => force === 'hedge') ? 'confirm' : 'unsure' }
}

/** When past and present meet, what is so now decides. */
function presentOf(speaking: readonly Clause[]): readonly Clause[] {
  const now = speaking.filter(({ time, assertions }) => time !== 'past' || assertions.length === 0)
  const isTold = now.some(({ time, assertions }) => time === 'now' && assertions.length > 0)
  return isTold && now.length < speaking.length ? now : speaking
}

const weakened = (judgements: readonly Judgement[]): AnswerHeard =>
  judgements.length > 0 && judgements.every(({ sign }) => sign === 'nonconforming') ? confirm('nonconforming') : unsure

/** All but one is not all, whatever the one is. */
const excepting = (judgements: readonly Judgement[]): AnswerHeard =>
  judgements.some(({ sign }) => sign === 'conforming') ? confirm('nonconforming') : unsure

/** The thing is not here: an excuse where it can be lacking, unless something else is said of it. */
function denied(judgements: readonly Judgement[], question: Question): AnswerHeard {
  return judgements.some(({ sign }) => sign === 'conforming') ? unsure : notApplicable(question)
}

/** Words that were not all understood: what is amiss may be named, what is in order never. */
function guessed(clauses: readonly Clause[], judgements: readonly Judgement[], question: Question): AnswerHeard {
  const { excusable, compliantAnswer } = question
  if (clauses.some(({ excepts, covered }) => excepts && !covered)) return excepting(judgements)
  const [clause] = clauses
  if (compliantAnswer === 'yes' && clauses.length === 1 && clause?.lacksSomething)
    return excusable ? ({ kind: 'absence' } as const) : confirm('nonconforming')
  const last = clauses.at(-1)
  const told = judgements.filter(isSurelyAmiss)
  if (
    last?.covered &&
    clauses.length > 1 &&
    told.length > 0 &&
    told.length === judgements.length &&
    judged(last, question).some(isSurelyAmiss)
  )
    return finding('nonconforming')
  const amiss = judgements.filter(({ sign, named }) => sign === 'nonconforming' && named)
  if (amiss.length > 0 && amiss.length === judgements.length && clauses.every(({ force }) => force === 'assertion'))
    return confirm('nonconforming')
  return judgements.length > 0 ? unsure : notUnderstood
}

/** What clauses that were all understood say together. */
function together(
  judgements: readonly Judgement[],
  clauses: readonly Clause[],
  { question, known }: Reading,
): AnswerHeard {
  const signs = new Set(judgements.map(({ sign }) => sign))
  const absent = judgements.some(({ strength }) => strength === 'absence')
  if (judgements.length === 0) return notUnderstood
  if (absent)
    return signs.has('conforming')
      ? unsure
      : judgements.some(isSurelyAmiss)
        ? finding('nonconforming')
        : { kind: 'absence' }
  if (signs.has('notApplicable')) return signs.size > 1 ? unsure : notApplicable(question)
  if (signs.has('nonconforming')) return amiss(judgements, clauses, question)
  return inOrder(judgements, question, known)
}

const isSurelyAmiss = ({ sign, strength }: Judgement) => sign === 'nonconforming' && strength === 'record'

/** One part amiss is enough; but what takes back what was said of the same thing asks, unless that was only granted. */
function amiss(judgements: readonly Judgement[], clauses: readonly Clause[], question: Question): AnswerHeard {
  const last = clauses.at(-1)
  const grants = last?.turns || clauses.slice(0, -1).some(({ concedes }) => concedes)
  const counting = grants && last ? judged(last, question) : judgements
  const bad = counting.filter(({ sign }) => sign === 'nonconforming')
  const good = counting.filter(({ sign }) => sign === 'conforming')
  if (bad.length === 0) return unsure
  if (good.some((one) => bad.some((other) => one.part === undefined || one.part === other.part)))
    return counting.at(-1)?.sign === 'nonconforming' ? confirm('nonconforming') : unsure
  if (bad.some(isSurelyAmiss)) return finding('nonconforming')
  return bad.some(({ strength }) => strength !== 'unsure') ? confirm('nonconforming') : unsure
}

/** Conforming is the whole question: in so many words, or part by part. */
function inOrder(judgements: readonly Judgement[], { hears }: Question, known: readonly number[]): AnswerHeard {
  const parts = hears?.parts.map((_, index) => index) ?? []
  const surely = judgements.filter(({ strength }) => strength === 'record')
  const missing = parts.filter((part) => !known.includes(part) && !surely.some((each) => each.part === part))
  const named = judgements.some(({ part }) => part !== undefined)
  const isHedged = judgements.some(({ strength }) => strength === 'confirm')
  const isVague = judgements.some(({ strength }) => strength === 'unsure')
  // A plain yes beside a part that is named may be meant of that part only.
  const isWhole = surely.some(({ part, plain }) => part === undefined && !(plain && hears && (named || isVague)))

  if (isWhole) return isHedged ? confirm('conforming') : finding('conforming')
  if (named && missing.length === 0) return finding('conforming')
  if (hears && (named || isVague)) return { kind: 'partly', missing }
  return isVague ? unsure : confirm('conforming')
}
