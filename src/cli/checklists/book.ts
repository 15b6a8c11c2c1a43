import { type Checklist, checklistOf, composedRefs, profileGroups } from '../../checklist/checklist.ts'
import type { ChecklistLibrary } from '../../checklist/library.ts'
import { itemsOf } from '../../checklist/rules.ts'
import {
  type Clause,
  elements,
  type HazardCriterion,
  type Industries,
  type PublishedChecklist,
  type PublishedItem,
} from '../../checklist/schema.ts'
import { translators } from '../../i18n/translator.ts'
import type { Block, Book } from './blocks.ts'
import { filled, words } from './book-words.ts'
import { clauseTitle, criterionLines, documentOf, itemLines } from './entries.ts'

/**
 * All that an enterprise of an industry can be asked, for people who read and mark it up.
 * @param on ISO date in China: what is valid and in force that day
 */
export function bookOf(library: ChecklistLibrary, { id, title }: Industries['industries'][number], on: string): Book {
  const facts = profileGroups(library.siteProfile, id).flatMap((group) => group.facts.map((fact) => fact.id))
  const checklist = checklistOf(library, composedRefs(library, { industry: id, facts }, on))
  const lists = listsOf(library, checklist)
  const covered = lists.flatMap(({ items }) => items).filter((item) => !checklist.positions.has(item.id))
  const cards = cardsOf(library, checklist)
  const criteria = checklist.hazards.filter(({ grade }) => grade === 'major')
  return {
    title: filled(words.title, { industry: title }),
    running: filled(words.running, { industry: title, date: on }),
    page: words.page,
    on,
    cover: [
      filled(words.cover.date, { date: on }),
      filled(words.cover.size, { questions: checklist.items.length, criteria: criteria.length }),
      words.cover.confidence,
      words.cover.howToMark,
    ],
    blocks: [
      { kind: 'chapter', text: words.chapter.versions },
      versionTable(lists),
      { kind: 'chapter', text: words.chapter.documents },
      documentTable(library, [...checklist.items, ...covered], criteria, on),
      { kind: 'chapter', text: words.chapter.questions },
      ...questionBlocks(checklist, cards),
      ...(covered.length === 0 ? [] : coveredBlocks(covered, cards)),
      { kind: 'chapter', text: words.chapter.clauses },
      ...clauseBlocks(library, checklist, criteria),
    ],
  }
}

/** Where its items come from, in the order they are met. */
function listsOf({ published }: ChecklistLibrary, { items }: Checklist): PublishedChecklist[] {
  const keys = new Set(items.map(({ checklistId, ref }) => `${checklistId}@${ref.slice(ref.lastIndexOf('@') + 1)}`))
  return [...keys].flatMap((key) => published.get(key) ?? [])
}

const versionTable = (lists: readonly PublishedChecklist[]): Block => ({
  kind: 'table',
  head: [words.versions.list, words.versions.version, words.versions.from],
  rows: lists.map(({ title, version, validFrom }) => [title, String(version), validFrom]),
})

function documentTable(
  library: ChecklistLibrary,
  items: readonly PublishedItem[],
  criteria: readonly HazardCriterion[],
  on: string,
): Block {
  const label = words.documents
  const cited = [...items.flatMap(({ basis }) => basis), ...criteria.map(({ clause }) => clause)]
  const documents = [...new Set(cited.map(({ document }) => document))].map((id) => documentOf(library, id))
  return {
    kind: 'table',
    head: [label.title, label.number, label.from, label.status, label.kind, label.confidence],
    rows: documents.map((each) => [
      each.title,
      each.number ?? '',
      each.inForceFrom ?? words.unknownDate,
      statusOf(each, on),
      each.statutory ? label.statutory : label.reference,
      words.confidence[each.confidence],
    ]),
  }
}

function statusOf(
  { inForceFrom, supersededOn, supersededBy }: ChecklistLibrary['documents']['documents'][number],
  on: string,
): string {
  const label = words.documents
  if (supersededOn && supersededBy) return filled(label.supersededBy, { date: supersededOn, by: supersededBy })
  if (supersededOn) return filled(label.superseded, { date: supersededOn })
  if (!inForceFrom) return label.unknown
  return inForceFrom <= on ? label.inForce : label.notYet
}

type Card = (heading: string, number: number, item: PublishedItem) => Block

function cardsOf(library: ChecklistLibrary, { hazards }: Checklist): Card {
  const deadly = new Set(hazards.filter(({ grade }) => grade === 'major').flatMap(itemsOf))
  return (heading, number, item) => ({
    kind: 'card',
    heading: filled(heading, { number, question: item.question }),
    lines: itemLines(library, item, deadly.has(item.id)),
  })
}

const questionBlocks = ({ items }: Checklist, card: Card): Block[] =>
  elements.flatMap((element): Block[] => {
    const numbered = items.map((item, position) => ({ item, number: position + 1 }))
    const own = numbered.filter(({ item }) => item.element === element)
    if (own.length === 0) return []
    return [
      { kind: 'section', text: translators['zh-CN'](`element.${element}`) },
      ...own.map(({ item, number }) => card(words.item.heading, number, item)),
    ]
  })

const coveredBlocks = (covered: readonly PublishedItem[], card: Card): Block[] => [
  { kind: 'chapter', text: words.chapter.covered },
  ...covered.map((item, index) => card(words.item.coveredHeading, index + 1, item)),
]

/** The criteria under their clauses, in the order of these. */
function clauseBlocks(
  library: ChecklistLibrary,
  { items, positions }: Checklist,
  criteria: readonly HazardCriterion[],
): Block[] {
  const named = (id: string) => {
    const position = positions.get(id)
    const item = items[position ?? -1]
    const [number, question] =
      position === undefined || !item
        ? [words.criterion.notInBook, id]
        : [filled(words.criterion.numbered, { number: position + 1 }), item.question]
    return filled(words.criterion.item, { number, question })
  }
  const sorted = [...criteria].sort(byClause(library.documents))
  const titles = [...new Set(sorted.map(({ clause }) => clauseTitle(library, clause)))]
  return titles.flatMap((title): Block[] => [
    { kind: 'section', text: title },
    ...sorted
      .filter(({ clause }) => clauseTitle(library, clause) === title)
      .map(
        (criterion): Block => ({
          kind: 'card',
          heading: criterion.title,
          lines: criterionLines(library, criterion, named),
        }),
      ),
  ])
}

/** Documents as they stand in their list. */
function byClause({ documents }: ChecklistLibrary['documents']) {
  const rankOf = ({ document }: Clause) => documents.findIndex(({ id }) => id === document)
  return ({ clause: a }: HazardCriterion, { clause: b }: HazardCriterion): number =>
    rankOf(a) - rankOf(b) || a.clause.localeCompare(b.clause, 'en', { numeric: true })
}
