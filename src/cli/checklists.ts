import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readCalendarOverrides } from '../calendar/load.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { questionsOf } from '../checklist/lint.ts'
import { type FileProblem, readLibrary } from '../checklist/load.ts'
import { checklistSchema, elements, type PublishedChecklist } from '../checklist/schema.ts'
import { readPolicies } from '../policy/load.ts'

/** What is in `checklists/`, by the newest versions, and all that is wrong with it. */
export interface ChecklistReport {
  readonly industries: Readonly<Record<string, number>>
  readonly modules: Readonly<Record<string, number>>
  readonly elements: Readonly<Record<string, number>>
  /** Ids of the items that a clause which makes a major hazard speaks of. */
  readonly majorHazardClauses: Readonly<Record<string, readonly string[]>>
  readonly documents: number
  /** Questions a typical enterprise is asked at most. */
  readonly profiles: Readonly<Record<string, number>>
  readonly problems: readonly FileProblem[]
}

/** Reads and checks everything in a folder; never throws for what is in it. */
export function checklistReport(folder: URL): ChecklistReport {
  const { library, profiles, problems } = readLibrary(folder)
  readPolicies(folder, problems)
  readCalendarOverrides(folder, problems)
  if (!library)
    return { industries: {}, modules: {}, elements: {}, majorHazardClauses: {}, documents: 0, profiles: {}, problems }

  const newest = newestVersions(library)
  const items = newest.flatMap((checklist) => checklist.items)
  const sizes = (kind: PublishedChecklist['kind']) =>
    Object.fromEntries(newest.filter((list) => list.kind === kind).map((list) => [list.id, list.items.length]))
  return {
    industries: sizes('industry'),
    modules: sizes('module'),
    elements: Object.fromEntries(
      elements.map((element) => [element, items.filter((item) => item.element === element).length]),
    ),
    majorHazardClauses: majorHazardClauses(newest),
    documents: library.documents.documents.length,
    profiles: Object.fromEntries(profiles.map((profile) => [profile.name, questionsOf(library, profile)])),
    problems,
  }
}

/** The JSON Schema that editors read, from the same source as the types. */
export const checklistJsonSchema = () =>
  `${JSON.stringify(z.toJSONSchema(checklistSchema, { io: 'input' }), null, 2)}\n`

const newestVersions = ({ published }: ChecklistLibrary) => [
  ...new Map([...published.values()].sort((a, b) => a.version - b.version).map((list) => [list.id, list])).values(),
]

/** Clauses of the order on major hazards by their number alone, others after their document. */
function majorHazardClauses(checklists: readonly PublishedChecklist[]): Record<string, string[]> {
  const clauses = new Map<string, Set<string>>()
  for (const { grade, clause, when } of checklists.flatMap(({ hazards }) => hazards)) {
    if (grade !== 'major') continue
    const key = clause.document === 'mem-order-10' ? clause.clause : `${clause.document} ${clause.clause}`
    const items = 'allOf' in when ? when.allOf : when.anyOf
    clauses.set(key, new Set([...(clauses.get(key) ?? []), ...items]))
  }
  return Object.fromEntries([...clauses].map(([key, items]) => [key, [...items]]))
}

function summaryOf(report: ChecklistReport): string {
  const counts = (sizes: Readonly<Record<string, number>>) =>
    Object.entries(sizes)
      .map(([id, size]) => `${id} ${size}`)
      .join(', ')
  return [
    `industries: ${counts(report.industries)}`,
    `modules: ${counts(report.modules)}`,
    `elements: ${counts(report.elements)}`,
    `major hazard clauses: ${Object.keys(report.majorHazardClauses).join(' ')}`,
    `documents: ${report.documents}`,
    `profiles: ${counts(report.profiles)}`,
    ...report.problems.map(({ file, line, rule, message }) => `${file}:${line} [${rule}] ${message}`),
    report.problems.length === 0 ? 'No problems.' : `Problems: ${report.problems.length}`,
  ].join('\n')
}

function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      schema: { type: 'boolean' },
      folder: { type: 'string' },
    },
  })
  const folder = values.folder
    ? pathToFileURL(`${resolve(values.folder)}/`)
    : new URL('../../checklists/', import.meta.url)

  if (values.schema) {
    writeFileSync(new URL('checklist.schema.json', folder), checklistJsonSchema())
    return
  }
  const report = checklistReport(folder)
  process.stdout.write(`${values.json ? JSON.stringify(report) : summaryOf(report)}\n`)
  if (report.problems.length > 0) process.exitCode = 1
}

if (import.meta.main) main()
