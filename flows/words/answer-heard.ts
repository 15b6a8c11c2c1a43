import type { Finding } from '../../src/checklist/rules.ts'
import type { Facets } from '../../src/checklist/schema.ts'
import { type Clause, clausesIn, clausesOf } from './clause.ts'
import { type Grammar, grammarOf } from './grammar.ts'
import type { Lexicon } from './lexicon.ts'
import { confirm, finding, meaningOf, notApplicable, notUnderstood, unclearAnswer } from './meaning.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { namedNumber } from './number-heard.ts'
import { respelt } from './spelling.ts'
import { tellings } from './valence.ts'

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

  const clauses = clausesRead(said, question, lexicon)
  const means = (read: readonly Clause[]) => meaningOf(tellings(read, question, lexicon), question, known)
  if (isCovered(clauses)) return means(clauses)
  const respelling = respelt(said, clauses, lexicon)
  const sounds = respelling === undefined ? undefined : clausesRead(respelling, question, lexicon)
  return sounds && isCovered(sounds) ? asProjected(means(sounds)) : means(clauses)
}

const isCovered = (clauses: readonly Clause[]) => clauses.every(({ covered }) => covered)

/** Longer messages tell a story; nothing in them is taken for an answer. In characters. */
const longestHeard = 120

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

/** Chinese may put blanks anywhere: they part clauses only where the whole makes no sense without them. */
function clausesRead(said: string, question: Question, lexicon: Lexicon): Clause[] {
  const read = (text: string) => clausesIn(text, question.hears, lexicon)
  const counts = question.hears?.limit !== undefined
  const joined = clausesOf(withoutBlanks(said), counts).flatMap(read)
  const parted = clausesOf(said, counts)
  if (joined.every(({ covered }) => covered)) return joined
  return parted.flatMap(read)
}
