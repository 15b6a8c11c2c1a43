import { composedRefs, profileGroups, type SiteFacts } from './checklist.ts'
import type { ChecklistLibrary } from './library.ts'
import { itemsOf } from './rules.ts'
import {
  type Clause,
  type Confidence,
  type Districts,
  type Documents,
  type Enterprises,
  elements,
  type Industries,
  type PublishedChecklist,
  type PublishedItem,
  type SiteProfile,
  type TypicalProfile,
  type TypicalProfiles,
  type Wording,
} from './schema.ts'
import type { FileProblem, YamlFile } from './yaml-file.ts'

/** Everything in `checklists/` that has the right shape, file by file. */
export interface ChecklistFiles {
  readonly checklists: readonly YamlFile<PublishedChecklist>[]
  readonly siteProfile: YamlFile<SiteProfile>
  readonly industries: YamlFile<Industries>
  readonly documents: YamlFile<Documents>
  readonly districts: YamlFile<Districts>
  readonly wording: YamlFile<Wording>
  readonly typicalProfiles: YamlFile<TypicalProfiles>
  readonly enterprises: YamlFile<Enterprises>
}

/** What a schema cannot say: how the files must fit one another. */
export const lintProblems = (files: ChecklistFiles, library: ChecklistLibrary): FileProblem[] => [
  ...files.checklists.flatMap((file) => [
    ...filePlaceProblems(file),
    ...clauseProblems(file, files.documents.data),
    ...askWhenProblems(file),
    ...criterionProblems(file, library),
    ...wordingProblems(file, files.wording.data.doubleNegatives),
    ...facetProblems(file, files.wording.data),
    ...factProblems(file, library),
  ]),
  ...idProblems(files.checklists),
  ...elementProblems(files.checklists),
  ...siteProfileProblems(files.siteProfile, library, usedFacts(files.checklists)),
  ...industryProblems(files),
  ...documentProblems(files.documents),
  ...districtProblems(files.districts),
  ...typicalProfileProblems(files.typicalProfiles, library),
  ...enterpriseProblems(files.enterprises, library),
]

type ChecklistFile = YamlFile<PublishedChecklist>

/** `industries/machinery/v2.yaml` holds version 2 of the industry checklist machinery. */
function filePlaceProblems({ file, data, problem }: ChecklistFile): FileProblem[] {
  const { id, kind, version } = data
  const folders = { general: 'general', industry: `industries/${id}`, module: `modules/${id}` }
  const place = `${folders[kind]}/v${version}.yaml`
  if (file === place && (kind === 'general') === (id === 'general')) return []
  return [problem(['id'], 'fileName', `Version ${version} of the ${kind} checklist ${id} belongs in ${place}`)]
}

/** A frozen list names items by id, so an id means one thing for ever. Versions of one checklist share theirs. */
function idProblems(files: readonly ChecklistFile[]): FileProblem[] {
  const owners = new Map<string, string>()
  return files.flatMap(({ file, data, problem }) => {
    const taken = (['items', 'hazards'] as const).flatMap((list) =>
      data[list].flatMap(({ id }, index) => {
        const owner = owners.get(`${list}/${id}`)
        owners.set(`${list}/${id}`, file)
        const free = owner === undefined || (owner !== file && sameFolder(owner, file))
        return free ? [] : [problem([list, index, 'id'], 'uniqueId', `The id ${id} is already used in ${owner}`)]
      }),
    )
    return taken
  })
}

const sameFolder = (one: string, other: string) => one.replace(/[^/]+$/, '') === other.replace(/[^/]+$/, '')

/** In the order in which they are asked, which is by element. */
const inAskedOrder = (items: readonly PublishedItem[]) =>
  elements.flatMap((element) => items.filter((item) => item.element === element))

function askWhenProblems({ data: { items }, problem }: ChecklistFile): FileProblem[] {
  const order = inAskedOrder(items)
  return items.flatMap((item, index) => {
    if (!item.askWhen) return []
    const earlier = order.slice(0, order.indexOf(item)).find(({ id }) => id === item.askWhen?.item)
    if (earlier && !earlier.askWhen) return []
    const why = earlier ? 'which is itself not always asked' : 'which is no earlier item of this checklist'
    return [
      problem(['items', index, 'askWhen', 'item'], 'askWhen', `${item.id} depends on ${item.askWhen.item}, ${why}`),
    ]
  })
}

function criterionProblems({ data, problem }: ChecklistFile, { industries }: ChecklistLibrary): FileProblem[] {
  const own = new Set(data.items.map(({ id }) => id))
  const known = new Set(industries.industries.map(({ id }) => id))
  return data.hazards.flatMap((criterion, index) => [
    ...itemsOf(criterion)
      .filter((item) => !own.has(item))
      .map((item) =>
        problem(
          ['hazards', index, 'when'],
          'criterionItem',
          `${criterion.id} names ${item}, which is not an item here`,
        ),
      ),
    ...(criterion.industries ?? [])
      .filter((industry) => !known.has(industry))
      .map((industry) => problem(['hazards', index, 'industries'], 'industry', `industries.yaml has no ${industry}`)),
  ])
}

function clauseProblems(file: ChecklistFile, { documents }: Documents): FileProblem[] {
  const { data, problem } = file
  const check = (clause: Clause, path: readonly PropertyKey[]): FileProblem[] => {
    const document = documents.find(({ id }) => id === clause.document)
    if (!document) return [problem(path, 'clauseDocument', `documents.yaml has no ${clause.document}`)]
    const { inForceFrom = '', supersededOn = '9999-12-31', confidence } = document
    const inForce = inForceFrom <= data.validFrom && data.validFrom < supersededOn
    return [
      ...(inForce ? [] : [problem(path, 'clauseInForce', `${clause.document} is not in force on ${data.validFrom}`)]),
      ...(sureness[clause.confidence] <= sureness[confidence]
        ? []
        : [problem(path, 'confidence', `The clause is ${clause.confidence}, its document only ${confidence}`)]),
    ]
  }
  return [
    ...data.items.flatMap(({ basis }, item) =>
      basis.flatMap((clause, index) => check(clause, ['items', item, 'basis', index])),
    ),
    ...data.hazards.flatMap(({ clause }, index) => check(clause, ['hazards', index, 'clause'])),
  ]
}

const sureness: Record<Confidence, number> = { ownDefault: 0, unconfirmed: 1, secondary: 2, confirmed: 3 }

function wordingProblems({ data, problem }: ChecklistFile, doubleNegatives: readonly string[]): FileProblem[] {
  const patterns = doubleNegatives.map((pattern) => new RegExp(pattern))
  return data.items.flatMap(({ id, question }, index) => {
    const found = patterns.map((pattern) => pattern.exec(question)?.[0]).find((words) => words !== undefined)
    if (found === undefined) return []
    return [problem(['items', index, 'question'], 'doubleNegative', `${id} denies twice: ${found}`)]
  })
}

/** What an item hears must never say two things at once. */
function facetProblems({ data, problem }: ChecklistFile, { denials, plainAnswers }: Wording): FileProblem[] {
  return data.items.flatMap(({ id, hears }, item) => {
    if (!hears) return []
    const path = ['items', item, 'hears', 'parts']
    const good = hears.parts.flatMap((part) => [...(part.good ?? []), ...(part.done ?? [])])
    return hears.parts.flatMap((part, index) => [
      ...(!part.good && !part.bad && !part.done && !hears.limit
        ? [problem([...path, index], 'unanswerable', `No word answers ${part.ask}`)]
        : []),
      ...(part.good ?? [])
        .filter((word) => denials.some((denial) => word.startsWith(denial) && good.includes(word.slice(denial.length))))
        .map((word) => problem([...path, index, 'good'], 'deniesGood', `${word} denies another good word of ${id}`)),
      ...(part.bad ?? [])
        .filter((word) => good.includes(word))
        .map((word) => problem([...path, index, 'bad'], 'goodAndBad', `${word} is good and bad in ${id}`)),
      ...(['good', 'bad', 'done'] as const).flatMap((role) =>
        (part[role] ?? [])
          .filter((word) => plainAnswers.includes(word))
          .map((word) => problem([...path, index, role], 'plainAnswer', `${word} answers any question`)),
      ),
    ])
  })
}

const factsOf = ({ groups }: SiteProfile) => groups.flatMap(({ facts }) => facts)

function factProblems({ data, problem }: ChecklistFile, { siteProfile }: ChecklistLibrary): FileProblem[] {
  const known = new Set(factsOf(siteProfile).map(({ id }) => id))
  return data.items.flatMap(({ notApplicable }, index) =>
    notApplicable?.fact && !known.has(notApplicable.fact)
      ? [problem(['items', index, 'notApplicable', 'fact'], 'fact', `site-profile.yaml has no ${notApplicable.fact}`)]
      : [],
  )
}

const usedFacts = (files: readonly ChecklistFile[]) =>
  new Set(files.flatMap(({ data }) => data.items.flatMap(({ notApplicable }) => notApplicable?.fact ?? [])))

/** A card takes 20 check boxes, and one of them says that none of the others applies. */
const MOST_BOXES = 19

/** Nothing is asked of an owner that changes nothing. */
function siteProfileProblems(
  { data, problem }: YamlFile<SiteProfile>,
  { published, industries: { industries } }: ChecklistLibrary,
  used: ReadonlySet<string>,
): FileProblem[] {
  const modules = new Set([...published.values()].filter(({ kind }) => kind === 'module').map(({ id }) => id))
  const wanted = new Set(factsOf(data).flatMap((fact) => fact.modules))
  const seen = new Set<string>()
  return [
    ...data.groups.flatMap((group, g) =>
      group.facts.flatMap((fact, f) => {
        const path = ['groups', g, 'facts', f]
        const repeated = seen.has(fact.id)
        seen.add(fact.id)
        return [
          ...(repeated ? [problem([...path, 'id'], 'uniqueId', `The fact ${fact.id} is already there`)] : []),
          ...(fact.modules.length === 0 && !used.has(fact.id)
            ? [problem(path, 'idleFact', `The fact ${fact.id} switches nothing on and excuses nothing`)]
            : []),
          ...fact.modules
            .filter((module) => !modules.has(module))
            .map((module) => problem([...path, 'modules'], 'module', `There is no module ${module}`)),
          ...(fact.industries ?? [])
            .filter((industry) => !industries.some(({ id }) => id === industry))
            .map((industry) => problem([...path, 'industries'], 'industry', `industries.yaml has no ${industry}`)),
        ]
      }),
    ),
    ...data.groups.flatMap((group, g) =>
      industries
        .filter(({ id }) => (profileGroups({ ...data, groups: [group] }, id)[0]?.facts.length ?? 0) > MOST_BOXES)
        .map(({ id }) => problem(['groups', g], 'boxes', `${id} is shown more than ${MOST_BOXES} boxes at once`)),
    ),
    ...[...modules]
      .filter((module) => !wanted.has(module))
      .map((module) => problem([], 'module', `No fact switches the module ${module} on`)),
  ]
}

function elementProblems(files: readonly ChecklistFile[]): FileProblem[] {
  const general = files.filter(({ data }) => data.id === 'general')
  if (general.length === 0)
    return [{ file: 'general/v1.yaml', line: 1, rule: 'missing', message: 'There is no general checklist' }]
  return general.flatMap(({ data, problem }) =>
    elements
      .filter((element) => !data.items.some((item) => item.element === element))
      .map((element) => problem(['items'], 'elementCovered', `No general item belongs to ${element}`)),
  )
}

function industryProblems({ industries: { data, problem }, checklists }: ChecklistFiles): FileProblem[] {
  const known = new Set(data.industries.map(({ id }) => id))
  return [
    ...data.classes.flatMap(({ industry }, index) =>
      known.has(industry) || industry === 'none'
        ? []
        : [problem(['classes', index, 'industry'], 'industry', `There is no industry ${industry}`)],
    ),
    ...repeated(data.classes.map(({ code }) => code)).map((index) =>
      problem(['classes', index, 'code'], 'uniqueId', 'The class is already there'),
    ),
    ...data.shops.flatMap(({ code }, index) =>
      data.classes.some((each) => each.code === code)
        ? []
        : [problem(['shops', index, 'code'], 'industry', `There is no class ${code}`)],
    ),
    ...checklists
      .filter((file) => file.data.kind === 'industry' && !known.has(file.data.id))
      .map((file) => file.problem(['id'], 'industry', `industries.yaml has no ${file.data.id}`)),
  ]
}

const documentProblems = ({ data, problem }: YamlFile<Documents>): FileProblem[] =>
  repeated(data.documents.map(({ id }) => id)).map((index) =>
    problem(['documents', index, 'id'], 'uniqueId', 'The document is already there'),
  )

/** An application number carries the abbreviation, so it must tell one district. */
const districtProblems = ({ data, problem }: YamlFile<Districts>): FileProblem[] => [
  ...(['code', 'abbreviation'] as const).flatMap((key) =>
    repeated(data.districts.map((district) => district[key])).map((index) =>
      problem(['districts', index, key], 'uniqueId', `The ${key} is already there`),
    ),
  ),
  ...data.zones.flatMap(({ districts }, index) =>
    districts
      .filter((code) => !data.districts.some((each) => each.code === code))
      .map((code) => problem(['zones', index, 'districts'], 'district', `There is no district ${code}`)),
  ),
]

/** Positions of the values that occurred before. */
const repeated = (values: readonly string[]) =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))

function typicalProfileProblems(
  { data, problem }: YamlFile<TypicalProfiles>,
  library: ChecklistLibrary,
): FileProblem[] {
  const { least, most } = data.questions
  return data.profiles.flatMap((profile, index) => {
    const questions = questionsOf(library, profile)
    return [
      ...siteProblems(profile, library, (key, rule, message) => problem(['profiles', index, key], rule, message)),
      ...(questions >= least && questions <= most
        ? []
        : [
            problem(
              ['profiles', index, 'name'],
              'typicalProfile',
              `It is asked ${questions} questions, not ${least} to ${most}`,
            ),
          ]),
    ]
  })
}

const enterpriseProblems = ({ data, problem }: YamlFile<Enterprises>, library: ChecklistLibrary): FileProblem[] => [
  ...repeated(data.enterprises.map(({ name }) => name)).map((index) =>
    problem(['enterprises', index, 'name'], 'uniqueId', 'The enterprise is already there'),
  ),
  ...data.enterprises.flatMap((enterprise, index) =>
    siteProblems(enterprise, library, (key, rule, message) => problem(['enterprises', index, key], rule, message)),
  ),
]

/** What an enterprise is said to have must be offered to its industry. */
function siteProblems(
  { industry, facts }: SiteFacts,
  { industries: { industries }, siteProfile }: ChecklistLibrary,
  problem: (key: 'industry' | 'facts', rule: string, message: string) => FileProblem,
): FileProblem[] {
  if (!industries.some(({ id }) => id === industry))
    return [problem('industry', 'industry', `industries.yaml has no ${industry}`)]
  const offered = profileGroups(siteProfile, industry).flatMap((group) => group.facts.map(({ id }) => id))
  const unknown = facts.filter((fact) => !offered.includes(fact))
  return unknown.length === 0
    ? []
    : [problem('facts', 'fact', `site-profile.yaml has no ${unknown.join(', ')} for ${industry}`)]
}

/** How many questions an enterprise is asked at most, by the newest checklists; 0 without a general one. */
export const questionsOf = (library: ChecklistLibrary, { industry, facts }: TypicalProfile) =>
  [...library.published.values()].some(({ id }) => id === 'general')
    ? composedRefs(library, { industry, facts }, '9999-12-31').length
    : 0
