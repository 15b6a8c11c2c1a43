import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { chinaDateOf } from '../calendar/dates.ts'
import { readCalendarOverrides } from '../calendar/load.ts'
import { checklistOf, composedRefs } from '../checklist/checklist.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { ChecklistFileError, type FileProblem, readLibrary } from '../checklist/load.ts'
import { minutesFor, photoDraw, photoRound } from '../checklist/photos.ts'
import { publish } from '../checklist/publication.ts'
import { checklistSchema, elements, type PublishedChecklist, type TypicalEnterprise } from '../checklist/schema.ts'
import { type Translatable, translationProblems } from '../i18n/translation-problems.ts'
import { readPolicies } from '../policy/load.ts'
import type { Policy } from '../policy/policy.ts'
import { changesBetween, libraryAt } from './checklists/diff.ts'
import { writeBooks } from './checklists/write-books.ts'
import { readHongKongWords, zhHkFile, zhHkProblems, zhHkText } from './checklists/zh-hk.ts'

/** What is in `checklists/`, by the newest versions, and all that is wrong with it. */
export interface ChecklistReport {
  readonly industries: Readonly<Record<string, number>>
  readonly modules: Readonly<Record<string, number>>
  readonly elements: Readonly<Record<string, number>>
  /** Clauses of the order on major hazards, each with the ids of the items that look for it. */
  readonly majorHazardClauses: Readonly<Record<string, readonly string[]>>
  /** The same for what other documents call a major hazard, by document and clause. */
  readonly otherMajorHazardClauses: Readonly<Record<string, readonly string[]>>
  readonly documents: number
  /** What an enterprise with all that it has is told before the first question: it is never more. */
  readonly enterprises: Readonly<Record<string, Announcement>>
  /** Items that hear more than a plain answer. */
  readonly facets: number
  readonly problems: readonly FileProblem[]
}

export interface Announcement {
  readonly questions: number
  readonly requiredPhotos: number
  readonly minutes: number
}

/**
 * Reads and checks everything in a folder, ours with its translations; never throws for what is in it.
 * @param on ISO date on which what the newest checklists cite must still be in force
 */
export function checklistReport(folder: URL, on?: string): ChecklistReport {
  const { library, enterprises, problems } = readLibrary(folder, on)
  const policies = readPolicies(folder, problems)
  readCalendarOverrides(folder, problems)
  if (!library)
    return {
      industries: {},
      modules: {},
      elements: {},
      majorHazardClauses: {},
      otherMajorHazardClauses: {},
      documents: 0,
      enterprises: {},
      facets: 0,
      problems,
    }

  if (folder.href === OUR_FOLDER.href) problems.push(...translationProblems(translatable(library)))
  if (folder.href === OUR_FOLDER.href) problems.push(...zhHkProblems(library, readHongKongWords()))
  const newest = newestVersions(library)
  const general = newest.find(({ kind }) => kind === 'general')
  const items = newest.flatMap((checklist) => checklist.items)
  const sizes = (kind: PublishedChecklist['kind']) =>
    Object.fromEntries(newest.filter((list) => list.kind === kind).map((list) => [list.id, list.items.length]))
  const announcements = Object.fromEntries(
    // Without a general checklist nobody is asked anything.
    general === undefined
      ? []
      : enterprises.map((each) => [each.name, announced(library, each, [...policies.values()])]),
  )
  return {
    industries: sizes('industry'),
    modules: sizes('module'),
    elements: Object.fromEntries(
      elements.map((element) => [element, items.filter((item) => item.element === element).length]),
    ),
    majorHazardClauses: clausesOf(newest, (document) => document === ORDER_ON_MAJOR_HAZARDS),
    otherMajorHazardClauses: clausesOf(newest, (document) => document !== ORDER_ON_MAJOR_HAZARDS),
    documents: library.documents.documents.length,
    enterprises: announcements,
    facets: items.filter(({ hears }) => hears !== undefined).length,
    problems,
  }
}

const OUR_FOLDER = new URL('../../checklists/', import.meta.url)

/** By the newest checklists, under the policy that wants most. */
function announced(library: ChecklistLibrary, site: TypicalEnterprise, policies: readonly Policy[]): Announcement {
  const checklist = checklistOf(library, composedRefs(library, site, '9999-12-31'))
  const questions = checklist.items.length
  const rounds = policies.map(({ drawnPhotos, mostPhotos }) =>
    photoRound(
      checklist,
      photoDraw(checklist, String, { drawnPhotos: drawnPhotos.value, mostPhotos: mostPhotos.value }),
    ),
  )
  const requiredPhotos = Math.max(0, ...rounds.map(({ length }) => length))
  return { questions, requiredPhotos, minutes: minutesFor({ questions, photos: requiredPhotos }) }
}

/** The JSON Schema that editors read, from the same source as the types. */
export const checklistJsonSchema = () =>
  `${JSON.stringify(z.toJSONSchema(checklistSchema, { io: 'input' }), null, 2)}\n`

const newestVersions = ({ published }: ChecklistLibrary) => [
  ...new Map([...published.values()].sort((a, b) => a.version - b.version).map((list) => [list.id, list])).values(),
]

const ORDER_ON_MAJOR_HAZARDS = 'mem-order-10'

function clausesOf(checklists: readonly PublishedChecklist[], isWanted: (document: string) => boolean) {
  const clauses = new Map<string, Set<string>>()
  for (const { grade, clause, when } of checklists.flatMap(({ hazards }) => hazards)) {
    if (grade !== 'major' || !isWanted(clause.document)) continue
    const key = clause.document === ORDER_ON_MAJOR_HAZARDS ? clause.clause : `${clause.document} ${clause.clause}`
    const items = 'allOf' in when ? when.allOf : when.anyOf
    clauses.set(key, new Set([...(clauses.get(key) ?? []), ...items]))
  }
  return Object.fromEntries([...clauses].map(([key, items]) => [key, [...items]]))
}

/** Everything an owner reads of the checklists, whatever the version. */
const translatable = ({ published, siteProfile, industries, districts }: ChecklistLibrary): Translatable => ({
  items: [...published.values()].flatMap(({ items }) =>
    items.map(({ id, notApplicable, evidence, rectification }) => ({
      id,
      fields: [
        'question',
        'help',
        'why',
        ...(notApplicable ? ['reason'] : []),
        ...('mustShow' in evidence ? ['mustShow'] : []),
        ...(rectification.now ? ['now'] : []),
        'advice',
      ],
    })),
  ),
  hazards: [...published.values()].flatMap(({ hazards }) => hazards.map(({ id }) => id)),
  groups: siteProfile.groups.map(({ id }) => id),
  facts: siteProfile.groups.flatMap(({ facts }) => facts.map(({ id }) => id)),
  industries: industries.industries.map(({ id }) => id),
  classes: industries.classes.map(({ code }) => code),
  districts: [
    ...[districts.city, ...districts.districts].map(({ code }) => code),
    ...districts.zones.map(({ id }) => id),
  ],
})

function summaryOf(report: ChecklistReport): string {
  const counts = (sizes: Readonly<Record<string, number>>) =>
    Object.entries(sizes)
      .map(([id, size]) => `${id} ${size}`)
      .join(', ')
  return [
    `industries: ${counts(report.industries)}`,
    `modules: ${counts(report.modules)}`,
    `elements: ${counts(report.elements)}`,
    `major hazard clauses: ${Object.keys(report.majorHazardClauses).length}: ${Object.keys(report.majorHazardClauses).sort().join(' ')}`,
    `major hazard clauses of other documents: ${Object.keys(report.otherMajorHazardClauses).join(', ')}`,
    `documents: ${report.documents}`,
    `items that hear more than a plain answer: ${report.facets}`,
    'enterprises, at most:',
    ...Object.entries(report.enterprises).map(
      ([name, { questions, requiredPhotos, minutes }]) =>
        `  ${name.padEnd(24)}${questions} questions, ${requiredPhotos} photos, ${minutes} minutes`,
    ),
    ...report.problems.map(({ file, line, rule, message }) => `${file}:${line} [${rule}] ${message}`),
    report.problems.length === 0 ? 'No problems.' : `Problems: ${report.problems.length}`,
  ].join('\n')
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      schema: { type: 'boolean' },
      publish: { type: 'boolean' },
      'zh-hk': { type: 'boolean' },
      book: { type: 'string' },
      diff: { type: 'boolean' },
      on: { type: 'string' },
      folder: { type: 'string' },
    },
  })
  const folder = values.folder ? pathToFileURL(`${resolve(values.folder)}/`) : OUR_FOLDER

  if (values.schema) {
    writeFileSync(new URL('checklist.schema.json', folder), checklistJsonSchema())
    return
  }
  if (values.publish) {
    for (const file of publish(folder, readLibrary(folder).checklists)) process.stdout.write(`${file} is published\n`)
    return
  }
  if (values['zh-hk']) {
    writeFileSync(zhHkFile, zhHkText(libraryIn(folder), readHongKongWords()))
    return
  }
  if (values.book !== undefined) {
    const files = await writeBooks(libraryIn(folder), values.book, values.on ?? chinaDateOf(new Date()))
    process.stdout.write(files.map((file) => `${file}\n`).join(''))
    return
  }
  if (values.diff) {
    const [before, after] = positionals
    if (before === undefined || after === undefined) throw new Error('--diff takes two folders or two files')
    const read = (path: string) => libraryAt(path, () => libraryIn(folder))
    process.stdout.write(`${changesBetween(read(before), read(after)).join('\n')}\n`)
    return
  }
  const report = checklistReport(folder, values.on)
  process.stdout.write(`${values.json ? JSON.stringify(report) : summaryOf(report)}\n`)
  if (report.problems.length > 0) process.exitCode = 1
}

/** @throws Error when a file has the wrong shape; what else is wrong with the content does not matter here */
function libraryIn(folder: URL): ChecklistLibrary {
  const { library, problems } = readLibrary(folder)
  if (!library) throw new ChecklistFileError(problems)
  return library
}

if (import.meta.main) await main()
