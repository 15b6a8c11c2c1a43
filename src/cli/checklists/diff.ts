import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChecklistLibrary } from '../../checklist/library.ts'
import { readLibrary } from '../../checklist/load.ts'
import { itemsOf } from '../../checklist/rules.ts'
import { checklistSchema, type HazardCriterion, type PublishedChecklist } from '../../checklist/schema.ts'
import { ChecklistFileError, type FileProblem, yamlFile } from '../../checklist/yaml-file.ts'
import type { Line } from './blocks.ts'
import { filled, words } from './book-words.ts'
import { clauseTitle, criterionLines, itemLines, questionOf } from './entries.ts'

/**
 * What a revision changed, in the words of the book, line by line: by the newest version of each checklist.
 */
export function changesBetween(before: ChecklistLibrary, after: ChecklistLibrary): string[] {
  const changes = [
    ...changed(listsOf(before), listsOf(after), words.diff.lists),
    ...changed(itemsIn(before), itemsIn(after), words.diff.item),
    ...changed(criteriaIn(before), criteriaIn(after), words.diff.criterion),
  ]
  return changes.length === 0 ? [words.diff.none] : changes
}

/**
 * A folder like `checklists/`; or one checklist file, which then stands in for its namesake in `ours`.
 * @throws ChecklistFileError when a file has the wrong shape; what else is wrong with the content does not matter here
 */
export function libraryAt(path: string, ours: () => ChecklistLibrary): ChecklistLibrary {
  const problems: FileProblem[] = []
  if (statSync(path).isDirectory()) {
    const read = readLibrary(pathToFileURL(`${resolve(path)}/`))
    if (read.library) return read.library
    throw new ChecklistFileError(read.problems)
  }
  const folder = pathToFileURL(`${resolve(dirname(path))}/`)
  const list = yamlFile(folder, basename(path), checklistSchema, problems)?.data
  if (!list) throw new ChecklistFileError(problems)
  const library = ours()
  const others = [...library.published].filter(([, { id }]) => id !== list.id)
  return { ...library, published: new Map([...others, [`${list.id}@${list.version}`, list]]) }
}

/** One thing that can come, go or change. */
interface Entry {
  readonly id: string
  /** What fills the phrase that announces it. */
  readonly named: Readonly<Record<string, string>>
  readonly lines: readonly Line[]
}

function changed(
  before: readonly Entry[],
  after: readonly Entry[],
  phrases: { readonly added: string; readonly dropped: string; readonly changed?: string },
): string[] {
  const old = new Map(before.map((entry) => [entry.id, entry]))
  const now = new Map(after.map((entry) => [entry.id, entry]))
  const dropped = before.filter(({ id }) => !now.has(id)).map(({ named }) => filled(phrases.dropped, named))
  const rest = after.flatMap((entry) => {
    const was = old.get(entry.id)
    if (!was) return [filled(phrases.added, entry.named)]
    const fields = fieldChanges(was.lines, entry.lines)
    return fields.length === 0 ? [] : [filled(phrases.changed ?? '', was.named), ...fields]
  })
  return [...dropped, ...rest]
}

function fieldChanges(before: readonly Line[], after: readonly Line[]): string[] {
  const labels = [...new Set([...before, ...after].map(({ label }) => label))]
  const textOf = (lines: readonly Line[], label: string) =>
    lines
      .filter((line) => line.label === label)
      .map(({ text }) => text)
      .join(words.semicolon) || words.diff.nothing
  return labels.flatMap((label) => {
    const [was, is] = [textOf(before, label), textOf(after, label)]
    return was === is ? [] : [filled(words.diff.field, { label, before: was, after: is })]
  })
}

const newest = ({ published }: ChecklistLibrary): PublishedChecklist[] => [
  ...new Map([...published.values()].sort((a, b) => a.version - b.version).map((list) => [list.id, list])).values(),
]

const listsOf = (library: ChecklistLibrary): Entry[] =>
  newest(library).map(({ id, title }) => ({ id, named: { title, list: id }, lines: [] }))

const criteriaOf = (library: ChecklistLibrary): HazardCriterion[] => newest(library).flatMap(({ hazards }) => hazards)

function itemsIn(library: ChecklistLibrary): Entry[] {
  const deadly = new Set(
    criteriaOf(library)
      .filter(({ grade }) => grade === 'major')
      .flatMap(itemsOf),
  )
  return newest(library).flatMap(({ items }) =>
    items.map((item) => ({
      id: item.id,
      named: { question: item.question },
      lines: [{ label: words.diff.question, text: item.question }, ...itemLines(library, item, deadly.has(item.id))],
    })),
  )
}

const criteriaIn = (library: ChecklistLibrary): Entry[] =>
  criteriaOf(library).map((criterion) => ({
    id: criterion.id,
    named: { title: criterion.title },
    lines: [
      { label: words.diff.hazard, text: criterion.title },
      { label: words.diff.clause, text: clauseTitle(library, criterion.clause) },
      ...criterionLines(library, criterion, (id) => questionOf(library, id)),
    ],
  }))
