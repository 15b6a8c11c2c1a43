import type { Lexicon, Patterns } from './lexicon.ts'
import { normalized, withoutBlanks } from './normalized.ts'
import { compiledOnce, type Fragments, whole, within } from './pattern-source.ts'

/**
 * What owners ask besides answering, as `locales/<language>/questions.yaml` lists it: regular expressions over
 * normalised text without blanks, in which `{name}` stands for a list in `fragments`.
 */
export interface QuestionWords {
  readonly fragments: Fragments
  /** What makes a clause a question. Found anywhere in it. */
  readonly forms: Patterns
  readonly questions: Readonly<Record<string, QuestionPatterns>>
  /** Whole messages about a fact of the site profile, which stands as `{fact}`. */
  readonly aboutFacts: { readonly whyNot: Patterns; readonly why: Patterns }
}

export interface QuestionPatterns {
  /** Found anywhere in a clause that has the form of a question. */
  readonly asked: Patterns
  /** Whole clauses that ask without the form of a question. */
  readonly said: Patterns
}

export interface QuestionListening {
  readonly questions: QuestionWords
  readonly lexicon: Lexicon
}

/**
 * The question of the list that a message asks, in whatever sentence it stands; undefined for answers and for all
 * other questions. A topic alone asks nothing: its clause must be a question. The earlier clause counts, and of one
 * clause the earlier question of the list.
 */
export function questionHeard(text: string, { questions, lexicon }: QuestionListening): string | undefined {
  const said = withoutBlanks(normalized(text, lexicon))
  if (said === '' || said.length > longestHeard) return undefined

  const { form, list } = compiled(questions)
  const clauses = said.split(/[,;!]+|(?<!\d)\.|\.(?!\d)/).filter((clause) => clause !== '')
  for (const clause of clauses) {
    const heard = list.find((each) => each.said.test(clause) || (form.test(clause) && each.asked.test(clause)))
    if (heard) return heard.id
  }
  const last = clauses.at(-1) ?? ''
  return form.test(last) ? list.find(({ asked }) => reachesInto(last, asked.exec(said), said))?.id : undefined
}

/** In characters: longer messages tell a story. */
const longestHeard = 60

/** A topic spread over clauses must end in the one that asks. */
const reachesInto = (last: string, match: RegExpExecArray | null, said: string) =>
  match !== null && match.index + match[0].length > said.length - last.length

const compiled = compiledOnce(({ fragments, forms, questions }: QuestionWords) => ({
  form: within(forms, fragments),
  list: Object.entries(questions).map(([id, { asked, said }]) => ({
    id,
    asked: within(asked, fragments),
    said: whole(said, fragments),
  })),
}))
