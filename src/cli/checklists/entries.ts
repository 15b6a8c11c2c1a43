import type { ChecklistLibrary } from '../../checklist/library.ts'
import type { Clause, HazardCriterion, HazardExample, PublishedItem } from '../../checklist/schema.ts'
import { clauseInWords } from '../../replies/figures.ts'
import type { Line } from './blocks.ts'
import { filled, words } from './book-words.ts'

/** What one item and one criterion say, line by line and in words: in the book, and where a revision differs. */

/** @param isMajor whether a major hazard hangs on it */
export function itemLines(library: ChecklistLibrary, item: PublishedItem, isMajor: boolean): Line[] {
  const label = words.item
  const cited = (statutory: boolean) =>
    item.basis
      .filter(({ document }) => documentOf(library, document).statutory === statutory)
      .map((clause) => clauseWords(library, clause))
      .join(words.semicolon)
  const lines: readonly (readonly [string, string])[] = [
    [label.help, item.help],
    [label.why, item.why],
    [label.compliant, item.compliantAnswer === 'no' ? label.answeredNo : ''],
    [label.photo, evidenceWords(item)],
    [label.now, item.rectification.now ?? ''],
    [label.advice, item.rectification.advice],
    [label.term, filled(label.days, { days: item.rectification.days })],
    [label.weight, weightWords(item, isMajor)],
    [label.law, cited(true)],
    [label.reference, cited(false)],
    [label.notAsked, exceptions(library, item).join(words.semicolon)],
  ]
  return lines.flatMap(([name, text]) => (text === '' ? [] : [{ label: name, text }]))
}

/** @param named how an item is called there */
export function criterionLines(
  library: ChecklistLibrary,
  criterion: HazardCriterion,
  named: (itemId: string) => string,
): Line[] {
  const label = words.criterion
  const { when, clause, raisedBy, notRaisedBy } = criterion
  const [rule, items] = 'allOf' in when ? [label.all, when.allOf] : [label.any, when.anyOf]
  const examples = (name: string, phrase: string, list: readonly HazardExample[]): Line[] =>
    list.length === 0
      ? [{ label: name, text: label.none }]
      : list.map((example) => ({ label: name, text: exampleWords(library, phrase, example) }))
  return [
    { label: label.confidence, text: words.confidence[clause.confidence] },
    { label: rule, text: items.map(named).join(words.semicolon) },
    ...examples(label.raised, label.raisedBy, raisedBy),
    ...examples(label.notRaised, label.notRaisedBy, notRaisedBy),
  ]
}

/** Who they are, what they have, what they answered, and what that makes. */
export function exampleWords(library: ChecklistLibrary, phrase: string, example: HazardExample): string {
  const { industry, facts, headcount, answers, because } = example
  const label = words.criterion
  const said = Object.entries(answers).map(([id, finding]) =>
    filled(label.answer, { question: questionOf(library, id), finding: words.finding[finding] }),
  )
  return filled(phrase, {
    site: filled(label.site, {
      industry: library.industries.industries.find(({ id }) => id === industry)?.title ?? industry,
      headcount: headcount === undefined ? '' : filled(label.headcount, { count: headcount }),
      facts:
        facts.length === 0
          ? ''
          : filled(label.facts, { facts: facts.map((id) => factOf(library, id)).join(words.separator) }),
    }),
    answers: said.length === 0 ? label.allConform : filled(label.others, { answers: said.join(words.separator) }),
    because: because === undefined ? '' : filled(label.because, { because }),
  })
}

export const clauseTitle = (library: ChecklistLibrary, { document, clause }: Clause): string =>
  filled(words.clauseHeading, {
    title: documentOf(library, document).title,
    clause: clauseInWords(clause, 'zh-CN'),
  })

const clauseWords = (library: ChecklistLibrary, { document, clause, confidence }: Clause) =>
  filled(words.clause, {
    title: documentOf(library, document).title,
    clause: clauseInWords(clause, 'zh-CN'),
    confidence: words.confidence[confidence],
  })

function evidenceWords({ evidence }: PublishedItem): string {
  if (evidence.kind === 'none') return ''
  return filled(words.item.kinds[evidence.kind], { what: 'mustShow' in evidence ? evidence.mustShow : evidence.asks })
}

function weightWords({ weight, weightReason }: PublishedItem, isMajor: boolean): string {
  if (weightReason) return filled(words.item.weightBecause, { weight, reason: weightReason })
  return filled(isMajor ? words.item.weightMajor : words.item.weightOnly, { weight })
}

/** When it is not asked, or does not count. */
function exceptions(library: ChecklistLibrary, { notApplicable, coveredBy, askWhen }: PublishedItem): string[] {
  const label = words.item
  const size = notApplicable?.headcount
  const fact = factsOf(library).find(({ id }) => id === notApplicable?.fact)
  const covering = coveredBy?.map((id) => questionOf(library, id)).join(words.separator)
  return [
    notApplicable ? filled(label.lacking, { reason: notApplicable.reason }) : label.everybody,
    ...(fact ? [filled(fact.askedAnyway ? label.factAnyway : label.factMissing, { fact: fact.label })] : []),
    ...(size ? [filled(size.only ? label.sizeOnly : label.size, { from: size.from })] : []),
    ...(covering ? [filled(label.covered, { questions: covering })] : []),
    ...(askWhen
      ? [
          filled(label.askWhen, {
            question: questionOf(library, askWhen.item),
            finding: words.finding[askWhen.finding],
          }),
        ]
      : []),
  ]
}

const factsOf = ({ siteProfile }: ChecklistLibrary) => siteProfile.groups.flatMap(({ facts }) => facts)
const factOf = (library: ChecklistLibrary, id: string) => factsOf(library).find((fact) => fact.id === id)?.label ?? id

/** The newest wording. */
export const questionOf = ({ published }: ChecklistLibrary, id: string): string =>
  [...published.values()]
    .sort((a, b) => b.version - a.version)
    .flatMap(({ items }) => items)
    .find((item) => item.id === id)?.question ?? id

export function documentOf({ documents }: ChecklistLibrary, id: string) {
  const document = documents.documents.find((each) => each.id === id)
  if (!document) throw new Error(`There is no document ${id}`)
  return document
}
