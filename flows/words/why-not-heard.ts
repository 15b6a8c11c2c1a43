import type { SiteProfile } from '../../src/checklist/schema.ts'
import { FACT, type FactNames, factsNamed } from './fact-names.ts'
import type { Patterns } from './lexicon.ts'
import { compiledOnce, whole } from './pattern-source.ts'
import type { QuestionListening, QuestionWords } from './question-heard.ts'

export interface FactListening extends QuestionListening {
  readonly siteProfile: SiteProfile
  /** What facts are called besides the words of the site profile. */
  readonly names: FactNames
}

/** The fact a whole message asks about: why it is not asked about (why not forklifts?). */
export const notAskedAbout = (text: string, listening: FactListening): string | undefined =>
  factIn(text, listening, 'whyNot')

/** The fact a whole message asks about: why it is asked about. */
export const askedAbout = (text: string, listening: FactListening): string | undefined => factIn(text, listening, 'why')

/** The first of the facts that a word names. */
function factIn(text: string, { siteProfile, names, questions, lexicon }: FactListening, kind: 'whyNot' | 'why') {
  const { marked, mentions } = factsNamed(text, siteProfile, names, lexicon)
  return mentions.length === 1 && compiled(questions)[kind].test(marked) ? mentions[0]?.[0] : undefined
}

const compiled = compiledOnce(({ fragments, aboutFacts }: QuestionWords) => {
  const pattern = (patterns: Patterns) => whole(patterns, { ...fragments, fact: [FACT] })
  return { whyNot: pattern(aboutFacts.whyNot), why: pattern(aboutFacts.why) }
})
