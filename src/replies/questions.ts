import { placeholdersOf, type QuestionFacts, type Questions } from '../i18n/questions.ts'

export interface QuestionView {
  /** In the owner's language. */
  readonly questions: Questions
  readonly facts: QuestionFacts
}

/**
 * What an owner is told who asks a question of the list: the first answer of which everything is known.
 * @throws Error when there is no such question
 */
export function questionAnswer(id: string, { questions, facts }: QuestionView): string {
  const known: Readonly<Record<string, string | number | undefined>> = {
    ...facts,
    bureau: facts.bureau ?? questions.unknown.bureau,
  }
  const answers = questions.questions[id]?.answers ?? []
  const answer = answers.find((each) => placeholdersOf(each).every((name) => known[name] !== undefined))
  if (answer === undefined) throw new Error(`There is no answer to the question ${id}`)
  return filled(answer, known)
}

/** A phrase with its placeholders put in. */
export const filled = (phrase: string, values: Readonly<Record<string, string | number | undefined>>): string =>
  phrase.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
