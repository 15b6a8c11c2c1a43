import type { Finding } from '../../src/checklist/rules.ts'
import type { AnswerHeard, Question } from './answer-heard.ts'
import type { Clause } from './clause.ts'
import type { Judgement, Telling } from './valence.ts'

export const notUnderstood: AnswerHeard = { kind: 'notUnderstood' }
export const unclearAnswer: AnswerHeard = { kind: 'unclearAnswer' }
const unsure: AnswerHeard = { kind: 'unsure' }
export const finding = (finding: Finding): AnswerHeard => ({ kind: 'finding', finding })
export const confirm = (finding: Finding): AnswerHeard => ({ kind: 'confirm', finding })

/** There is no such thing here: an excuse only where it can be lacking. */
export function notApplicable({ excusable, compliantAnswer }: Question): AnswerHeard {
  if (excusable) return finding('notApplicable')
  return compliantAnswer === 'yes' ? confirm('nonconforming') : confirm('conforming')
}

/**
 * What all clauses of a message say together: the weakest of them decides, and one fault is enough.
 * @param known parts of the question that are known to be as they should be
 */
export function meaningOf(told: readonly Telling[], question: Question, known: readonly number[]): AnswerHeard {
  const spoken = told.filter(({ clause }) => !clause.silent)
  const plainly = spoken.filter(({ clause: { rhetorical } }) => !rhetorical)
  const speaking = plainly.some(({ clause, judgements }) => judgements.length > 0 && !clause.choice) ? plainly : spoken
  const some = (test: (clause: Clause) => boolean) => speaking.some(({ clause }) => test(clause))

  if (speaking.length === 0) return told.some(({ clause: { nods } }) => nods) ? unsure : notUnderstood
  if (some(({ rhetorical }) => rhetorical)) return unsure
  if (speaking.filter(({ clause: { choice } }) => choice !== undefined).length > 1) return notUnderstood
  if (some(({ unclear }) => unclear)) return unclearIn(speaking)
  if (some(({ force }) => force === 'question' || force === 'condition')) return notUnderstood

  const present = withoutAsides(reserved(presentOf(speaking)))
  const judgements = present.flatMap((each) => each.judgements)
  if (some(({ force }) => force === 'irony')) return mocked(judgements)
  if (some(({ excepts }) => excepts)) return excepting(present, question)
  if (question.hears && namesFault(present)) return finding('nonconforming')
  if (some(({ covered, tangled, stray }) => !covered || tangled || stray)) return guessed(present, question)
  if (some(({ denies }) => denies)) return judgements.some(isInOrder) ? unsure : notApplicable(question)
  return together(present, question, known)
}

/** Not knowing stands alone, or beside what asserts nothing. */
const unclearIn = (speaking: readonly Telling[]) =>
  speaking.every(
    ({ clause: { unclear, force }, judgements }) =>
      unclear || force === 'question' || judgements.every(({ strength }) => strength === 'unsure'),
  )
    ? unclearAnswer
    : unsure

/** When past and present meet, what is so now decides. */
function presentOf(speaking: readonly Telling[]): readonly Telling[] {
  const now = speaking.filter(({ clause: { time, assertions } }) => time !== 'past' || assertions.length === 0)
  const isTold = now.some(({ clause: { time, assertions } }) => time === 'now' && assertions.length > 0)
  return isTold ? now : speaking
}

/** A clause that asserts nothing and takes something back: tomorrow, they say, only some. */
function reserved(told: readonly Telling[]): readonly Telling[] {
  const turn = told.findLastIndex(({ clause: { turns } }) => turns)
  const reservations = told.filter(
    ({ clause: { assertions, force, time, some } }, at) =>
      assertions.length === 0 &&
      (force !== 'assertion' || time === 'past' || some !== undefined) &&
      !(at < turn && force === 'hedge'),
  )
  if (reservations.length === 0) return told
  const strength = reservations.every(({ clause: { force } }) => force === 'hedge') ? 'confirm' : 'unsure'
  const weaker = (each: Judgement): Judgement => (each.strength === 'record' ? { ...each, strength } : each)
  return told.map(({ clause, judgements }) => ({ clause, judgements: judgements.map(weaker) }))
}

/** That one looked, or has a photo, counts for nothing where anything is said of the matter. */
function withoutAsides(told: readonly Telling[]): readonly Telling[] {
  if (told.every(({ judgements }) => judgements.every(({ aside }) => aside))) return told
  return told.map(({ clause, judgements }) => ({ clause, judgements: judgements.filter(({ aside }) => !aside) }))
}

const isInOrder = ({ sign }: Judgement) => sign === 'conforming'
const isAmiss = ({ sign }: Judgement) => sign === 'nonconforming'
const isSurelyAmiss = ({ sign, strength }: Judgement) => sign === 'nonconforming' && strength === 'record'

const mocked = (judgements: readonly Judgement[]) =>
  judgements.length > 0 && judgements.every(isAmiss) ? confirm('nonconforming') : unsure

/** All but one is not all, whatever the one is. */
function excepting(told: readonly Telling[], { hears }: Question): AnswerHeard {
  const judgements = told.flatMap((each) => each.judgements)
  if (!judgements.some(isInOrder)) return unsure
  const isKnown = hears !== undefined || told.every(({ clause: { covered } }) => covered)
  return isKnown && told.every(({ clause: { force } }) => force === 'assertion')
    ? finding('nonconforming')
    : confirm('nonconforming')
}

/** A fault that the item knows, or that one of several lacks it: enough even between words that nobody knows. */
function namesFault(told: readonly Telling[]): boolean {
  if (!told.every(({ clause: { force, denies } }) => (force === 'assertion' || force === 'hedge') && !denies))
    return false
  const contrast = told.some(({ judgements }) => judgements.some(isInOrder))
  const good = told.some(({ judgements }) => judgements.some((each) => isInOrder(each) && each.strength !== 'unsure'))
  return told.some(
    ({ clause, judgements }) =>
      !clause.tangled &&
      clause.force === 'assertion' &&
      endsInWhatIsKnown(clause) &&
      !isFirstHalfOfAWord(clause) &&
      unknownIn(clause) <= mostUnknown(told) &&
      (judgements.at(-1)?.sign === 'nonconforming' ||
        judgements.every((each) => isAmiss(each) || each.strength === 'unsure')) &&
      judgements.some(
        ({ strength, part, named }) =>
          (strength === 'record' && (part !== undefined || named) && (!good || isSpecific(clause))) ||
          (strength === 'absence' && contrast && isSpecific(clause)),
      ),
  )
}

/** Characters that no word covers. */
const unknownIn = ({ tokens }: Clause) => tokens.filter(({ classes }) => classes.size === 0).length

/** Beside a part that is in order, two; a fault alone may be told at more length. */
const mostUnknown = (told: readonly Telling[]) =>
  told.some(({ judgements }) => judgements.some(isPartInOrder)) ? 0 : 4

const isPartInOrder = ({ sign, part, strength }: Judgement) =>
  sign === 'conforming' && part !== undefined && strength === 'record'

/** A fault of one character runs on into what nobody knows: water, and a water pump. */
const isFirstHalfOfAWord = ({ tokens }: Clause) =>
  tokens.some(({ text, facet }, at) => facet?.role === 'bad' && text.length === 1 && tokens[at + 1]?.classes.size === 0)

/** The subject may be anything; what comes behind the fault could change it. */
const endsInWhatIsKnown = ({ tokens }: Clause) => {
  const fault = tokens.findLastIndex(
    ({ classes, facet }) => facet !== undefined || predicates.some((name) => classes.has(name)),
  )
  return tokens.slice(fault + 1).filter(({ classes }) => classes.size === 0).length <= 2
}

const predicates = ['not', 'bad', 'short', 'trouble', 'did', 'done', 'fit', 'fine'] as const

/** It speaks of something by its name, known or not. */
const isSpecific = ({ tokens }: Clause) => tokens.some(({ classes, facet }) => classes.size === 0 || facet)

/** Words that were not all understood: what is amiss may be named, what is in order never. */
function guessed(told: readonly Telling[], { excusable, compliantAnswer, hears }: Question): AnswerHeard {
  const judgements = told.flatMap((each) => each.judgements)
  const [first, second] = told
  const last = told.at(-1)
  const isExcuse = judgements.some(({ sign }) => sign === 'notApplicable')
  if (excusable && isExcuse && !judgements.some(isInOrder)) return { kind: 'absence' }
  const isAllTheyLack = told.slice(1).every(({ judgements }) => judgements.length === 0)
  if (compliantAnswer === 'yes' && isAllTheyLack && first?.clause.lacksSomething)
    return excusable ? { kind: 'absence' } : hears ? unsure : confirm('nonconforming')
  if (
    second &&
    last?.clause.covered &&
    !last.clause.turns &&
    judgements.every(isSurelyAmiss) &&
    last.judgements.length > 0
  )
    return finding('nonconforming')
  const isPlain = told.every(({ clause: { force } }) => force === 'assertion')
  if (
    judgements.length > 0 &&
    isPlain &&
    judgements.every((each) => isAmiss(each) && each.named) &&
    !told.some(({ clause }) => isFirstHalfOfAWord(clause))
  )
    return confirm('nonconforming')
  return judgements.length > 0 && (hears || !isMostlyUnknown(told)) ? unsure : notUnderstood
}

const isMostlyUnknown = (told: readonly Telling[]) => {
  const tokens = told.flatMap(({ clause }) => clause.tokens)
  return tokens.filter(({ classes }) => classes.size === 0).length * 2 > tokens.length
}

/** What clauses that were all understood say together. */
function together(told: readonly Telling[], question: Question, known: readonly number[]): AnswerHeard {
  const judgements = told.flatMap((each) => each.judgements)
  if (judgements.length === 0) return told.some(({ clause: { force } }) => force === 'plan') ? unsure : notUnderstood
  if (judgements.some(({ sign }) => sign === 'notApplicable'))
    return judgements.every(({ sign }) => sign === 'notApplicable') ? notApplicable(question) : unsure
  if (judgements.some(isAmiss)) return amiss(told)
  return inOrder(told, question, known)
}

/** One part amiss is enough; but what takes back what was said of the same thing asks, unless that was only granted. */
function amiss(told: readonly Telling[]): AnswerHeard {
  const last = told.at(-1)
  const grants = last?.clause.turns || told.slice(0, -1).some(({ clause: { concedes } }) => concedes)
  const judgements = grants && last ? last.judgements : told.flatMap((each) => each.judgements)
  const bad = judgements.filter(isAmiss)
  const isTakenBack = judgements
    .filter(isInOrder)
    .some((one) => bad.some((other) => one.part === undefined || one.part === other.part))

  if (bad.length === 0) return unsure
  if (contrasts(told)) return finding('nonconforming')
  if (isTakenBack) return judgements.at(-1)?.sign === 'nonconforming' && !grants ? confirmed(bad) : unsure
  if (bad.some(isSurelyAmiss)) return finding('nonconforming')
  if (bad.some(({ strength }) => strength === 'absence')) return { kind: 'absence' }
  return confirmed(bad)
}

/** Here there is one, there is none there. */
const contrasts = (told: readonly Telling[]) =>
  told.some(({ judgements }) => judgements.some(isInOrder)) &&
  told.some(
    ({ clause, judgements }) =>
      clause.force === 'assertion' &&
      (clause.narrowed || clause.located) &&
      judgements.length > 0 &&
      judgements.every((each) => isAmiss(each) && (each.strength === 'record' || each.strength === 'absence')),
  )

/** A bare none beside a yes may be none of something else. */
const confirmed = (bad: readonly Judgement[]) =>
  bad.some(({ strength }) => strength === 'record' || strength === 'confirm') ? confirm('nonconforming') : unsure

/** Conforming is the whole question: in so many words, or part by part. */
function inOrder(told: readonly Telling[], { hears }: Question, known: readonly number[]): AnswerHeard {
  const judgements = told.flatMap((each) => each.judgements)
  const surely = judgements.filter(({ strength }) => strength === 'record')
  const missing = (hears?.parts ?? []).flatMap((_, part) =>
    known.includes(part) || surely.some((each) => each.part === part) ? [] : part,
  )
  const named = judgements.some(({ part }) => part !== undefined)
  const isHedged = judgements.some(({ strength }) => strength === 'confirm')
  const isVague = judgements.some(({ strength }) => strength === 'unsure')
  // A plain yes beside a part that is named may be meant of that part only.
  const isNarrow = told.some(
    ({ clause, judgements }) => clause.narrowed || clause.located || judgements.some(({ narrows }) => narrows),
  )
  const isWhole =
    !isNarrow && surely.some(({ part, plain }) => part === undefined && !(plain && hears && (named || isVague)))

  if (isWhole) return isHedged ? confirm('conforming') : finding('conforming')
  if (named && missing.length === 0) return finding('conforming')
  if (hears && (named || isVague)) return { kind: 'partly', missing }
  return isVague ? unsure : confirm('conforming')
}
