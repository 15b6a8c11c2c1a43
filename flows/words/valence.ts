import type { Question } from './answer-heard.ts'
import type { Assertion, Clause, Force } from './clause.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'

/** What one assertion says of the item, and how surely. */
export interface Judgement {
  readonly sign: 'conforming' | 'nonconforming' | 'notApplicable'
  /** Good enough to record; weak, but it points one way; it is an answer without a direction; a bare "none". */
  readonly strength: 'record' | 'confirm' | 'unsure' | 'absence'
  /** The one part of the question it speaks of. */
  readonly part?: number
  /** Only yes or there is: may be meant of the part named beside it. */
  readonly plain?: boolean
  /** It names what alone is spoken of. */
  readonly narrows?: boolean
  /** Nothing beside anything else that is said. */
  readonly aside?: boolean
  /** In a word that names what is amiss, not by denying. */
  readonly named: boolean
}

/** A clause and what it says of the item. */
export interface Telling {
  readonly clause: Clause
  readonly judgements: readonly Judgement[]
}

export const tellings = (clauses: readonly Clause[], question: Question, lexicon: Lexicon): Telling[] =>
  clauses.map((clause) => ({ clause, judgements: judged(clause, question, lexicon) }))

/** What a clause says of an item: each assertion by what it is, then less surely the weaker its force. */
function judged(clause: Clause, question: Question, lexicon: Lexicon): Judgement[] {
  const { asks } = grammarOf(lexicon)
  const isTooLongAgo = ({ time }: Clause, part: number) => {
    const ask = question.hears?.parts[part]?.ask ?? ''
    return (
      (time === 'recently' && asks.month.test(ask)) || (time !== undefined && time !== 'now' && asks.today.test(ask))
    )
  }
  return clause.assertions.map((assertion) => {
    const judgement = { named: namesFault(assertion), ...valued(assertion, question, lexicon) }
    const { part } = assertion
    const isOpen =
      clause.narrowed ||
      clause.forbids ||
      (part === undefined && clause.located) ||
      (part !== undefined && (speaksOfPaper(clause) || isTooLongAgo(clause, part)))
    return tempered(
      {
        ...judgement,
        ...(part === undefined ? {} : { part }),
        ...(isOpen ? unsurely(judgement) : {}),
        ...(assertion.foreign && judgement.sign === 'nonconforming' && judgement.strength === 'record'
          ? { strength: 'confirm' as const }
          : {}),
        ...(clause.narrowed || clause.located ? { narrows: true } : {}),
        ...(clause.forbids ? { strength: 'unsure' as const } : {}),
      },
      clause,
    )
  })
}

/** The word for what one shows stands before the state: of what the question is about, nothing is said. */
const speaksOfPaper = ({ assertions: [first, second] }: Clause) => first?.kind === 'proof' && second !== undefined

const unsurely = ({ sign, strength }: Judgement) =>
  sign === 'conforming' && strength === 'record' ? ({ strength: 'unsure' } as const) : {}

type Valued = Omit<Judgement, 'named'>

const conforming = (strength: Judgement['strength'] = 'record'): Valued => ({ sign: 'conforming', strength })
const nonconforming = (strength: Judgement['strength'] = 'record'): Valued => ({ sign: 'nonconforming', strength })

const namesFault = ({ kind, affirmed }: Assertion) =>
  affirmed && (kind === 'bad' || kind === 'short' || kind === 'trouble' || kind === 'facetBad')

function valued(assertion: Assertion, question: Question, lexicon: Lexicon): Valued {
  const { kind, affirmed, degree, finding } = assertion
  if (finding) return { sign: finding, strength: 'record' }
  // Not quite is a no that the owner has not said out.
  if (degree && !affirmed)
    return kind === 'bad' || kind === 'trouble' ? conforming('confirm') : nonconforming('confirm')
  return question.compliantAnswer === 'yes'
    ? ofYes(assertion, question, grammarOf(lexicon).asks)
    : ofNo(kind, affirmed, question)
}

function ofYes(assertion: Assertion, { excusable, hears }: Question, asks: Grammar['asks']): Valued {
  const { kind, affirmed, asserted, whole, existsOnly } = assertion
  const part = assertion.part === undefined ? undefined : hears?.parts[assertion.part]
  const strong = asserted ? 'record' : 'unsure'
  switch (kind) {
    case 'facetGood':
      // What never yet happened may still work.
      if (!affirmed) return nonconforming(assertion.once ? 'unsure' : 'record')
      return conforming(
        (existsOnly && !asksForHaving(part, asks)) ||
          (assertion.barely && !whole) ||
          (part && asks.every.test(part.ask) && assertion.exists && !whole)
          ? 'unsure'
          : 'record',
      )
    case 'facetBad':
      return affirmed ? nonconforming() : conforming()
    case 'facetDone':
      if (!affirmed) return nonconforming()
      // Done is not yet done everywhere.
      return conforming(part && asks.every.test(part.ask) && !whole ? 'unsure' : strong)
    case 'fit':
      return affirmed ? conforming() : nonconforming()
    case 'trouble':
      return affirmed ? nonconforming('confirm') : conforming()
    case 'short':
      return affirmed ? nonconforming() : conforming(hears && !whole ? 'unsure' : 'record')
    case 'bad':
      return affirmed ? nonconforming() : conforming(hears ? 'unsure' : 'confirm')
    case 'fine':
      if (!affirmed) return nonconforming()
      return hears ? conforming('unsure') : conforming()
    case 'yes':
      return affirmed ? { ...conforming(), plain: true } : nonconforming()
    case 'have':
      if (affirmed)
        return hears && !hears.parts.every((each) => asksForHaving(each, asks))
          ? conforming('unsure')
          : { ...conforming(), plain: true }
      return excusable ? nonconforming('absence') : nonconforming()
    case 'about':
      // What is missing counts as amiss only where the item says so.
      if (affirmed) return conforming('unsure')
      return nonconforming(excusable ? 'absence' : 'confirm')
    case 'did':
      if (!affirmed) return nonconforming()
      return conforming(
        whole && asserted && (!hears || hears.parts.every(({ done = [] }) => done.length > 0)) ? 'record' : 'unsure',
      )
    case 'done':
      if (!affirmed) return nonconforming(hears ? 'confirm' : 'record')
      return asserted ? conforming('unsure') : { ...conforming('unsure'), narrows: true }
    case 'looks':
    case 'proof':
      return affirmed
        ? { ...conforming('unsure'), aside: true }
        : nonconforming(kind === 'proof' ? 'confirm' : 'unsure')
    case 'unneeded':
      return excusable ? nonconforming('absence') : nonconforming('confirm')
    case 'vague':
      return conforming('unsure')
    case 'poor':
      return nonconforming('confirm')
    case 'soft':
      return affirmed ? conforming('confirm') : nonconforming('confirm')
    case 'refusal':
      return nonconforming()
  }
}

type Part = NonNullable<Question['hears']>['parts'][number]

/** Whether there is one, or it has been done, is what this part asks. */
const asksForHaving = (part: Part | undefined, { having }: Grammar['asks']) =>
  part !== undefined && ((part.done?.length ?? 0) > 0 || having.test(part.ask))

/** Whoever is asked whether something wrong is there answers well with none. */
function ofNo(kind: Assertion['kind'], affirmed: boolean, { excusable }: Question): Valued {
  switch (kind) {
    case 'facetGood':
    case 'fit':
      return affirmed ? conforming() : nonconforming()
    case 'facetBad':
      return affirmed ? nonconforming() : conforming()
    case 'short':
    case 'bad':
    case 'trouble':
      return affirmed ? nonconforming() : conforming('confirm')
    case 'fine':
      return affirmed ? conforming('confirm') : nonconforming()
    case 'have':
      return affirmed ? nonconforming() : conforming(excusable ? 'confirm' : 'record')
    case 'yes':
      return affirmed ? nonconforming() : conforming()
    case 'did':
    case 'done':
    case 'facetDone':
      return affirmed ? nonconforming() : conforming('confirm')
    case 'about':
    case 'looks':
    case 'proof':
    case 'unneeded':
    case 'vague':
    case 'refusal':
      return conforming('unsure')
    case 'poor':
      return nonconforming('confirm')
    case 'soft':
      return affirmed ? nonconforming('confirm') : conforming('confirm')
  }
}

/** Assertion over hedge over report over plan over past; some of them conforming is not all. */
function tempered(judgement: Judgement, { assertions, force, time, some, excepts }: Clause): Judgement {
  const { sign, strength } = judgement
  const isDoing = assertions.some(({ kind }) => kind === 'did' || kind === 'done' || kind === 'facetDone')
  if (sign === 'notApplicable') return judgement
  if (judgement.aside && !some) return judgement
  if (some === 'only' && judgement.part !== undefined) return { ...judgement, strength: 'unsure' }
  if (some && !excepts && sign === 'conforming')
    return { ...judgement, ...nonconforming(some === 'number' ? 'unsure' : 'confirm'), aside: false }
  if (some && strength === 'absence') return { ...judgement, strength: 'record' }
  if (force === 'plan' && isDoing && sign === 'conforming') return { ...judgement, ...nonconforming('confirm') }
  if (strength === 'unsure') return judgement
  if (time === 'past') return { ...judgement, strength: 'unsure' }
  if (force === 'plan') return sign === 'conforming' ? { ...judgement, ...nonconforming('confirm') } : judgement
  return weakForces.includes(force) && strength !== 'absence' ? { ...judgement, strength: 'confirm' } : judgement
}

const weakForces: readonly Force[] = ['hedge', 'report']
