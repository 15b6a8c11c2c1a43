import { checklistOf, composedRefs, profileGroups, type SiteFacts } from './checklist.ts'
import { needless, notAsked, raises } from './examples.ts'
import type { ChecklistLibrary } from './library.ts'
import { takesPhoto } from './photos.ts'
import { itemsOf } from './rules.ts'
import {
  type Clause,
  type Confidence,
  type Districts,
  type Documents,
  type Enterprises,
  elements,
  type HazardCriterion,
  type HazardExample,
  type Industries,
  type PublishedChecklist,
  type PublishedItem,
  type SiteProfile,
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
  readonly enterprises: YamlFile<Enterprises>
}

/**
 * What a schema cannot say: how the files must fit one another.
 * @param on ISO date on which the newest checklists must still rest on documents in force; absent: nobody asks
 */
export const lintProblems = (files: ChecklistFiles, library: ChecklistLibrary, on?: string): FileProblem[] => [
  ...files.checklists.flatMap((file) => [
    ...filePlaceProblems(file),
    ...clauseProblems(file, files.documents.data, on !== undefined && isNewest(file.data, library) ? on : undefined),
    ...askWhenProblems(file),
    ...criterionProblems(file, library),
    ...exampleProblems(file, library),
    ...weightProblems(file),
    ...evidenceProblems(file),
    ...coverProblems(file, library),
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

function criterionProblems({ data, problem }: ChecklistFile, library: ChecklistLibrary): FileProblem[] {
  const own = new Set(data.items.map(({ id }) => id))
  const known = new Set(library.industries.industries.map(({ id }) => id))
  return data.hazards.flatMap((criterion, index) => [
    ...(isNewest(data, library) && !industriesOf(criterion, library).some((each) => raisable(each, criterion, library))
      ? [problem(['hazards', index, 'when'], 'idleCriterion', `No answer raises ${criterion.id}`)]
      : []),
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

const industriesOf = ({ industries }: HazardCriterion, library: ChecklistLibrary) =>
  industries ?? library.industries.industries.map(({ id }) => id)

/** By an enterprise of that industry which has everything, and of what the criterion names nothing in order. */
function raisable(industry: string, criterion: HazardCriterion, library: ChecklistLibrary): boolean {
  if (!hasGeneral(library)) return true
  const facts = profileGroups(library.siteProfile, industry).flatMap((group) => group.facts.map(({ id }) => id))
  const answers = Object.fromEntries(itemsOf(criterion).map((id) => [id, 'nonconforming' as const]))
  return criterion.grade !== 'major' || raises(library, criterion, { industry, facts, answers })
}

/** Where the order on major hazards or another standard draws the line, an inspector sees both sides of it. */
function exampleProblems({ data, problem }: ChecklistFile, library: ChecklistLibrary): FileProblem[] {
  if (!isNewest(data, library)) return []
  return data.hazards.flatMap((criterion, index) => {
    if (criterion.grade !== 'major') return []
    const path = ['hazards', index]
    const check = (side: 'raisedBy' | 'notRaisedBy', wanted: boolean) =>
      criterion[side].flatMap((example, each) => {
        const at = (message: string) => [problem([...path, side, each], 'example', message)]
        const strange = strangeIn(example, library)
        if (strange) return at(strange)
        const unasked = notAsked(library, example)
        if (unasked.length > 0) return at(`Such an enterprise is not asked ${unasked.join(', ')}`)
        if (raises(library, criterion, example) !== wanted)
          return at(wanted ? `It does not raise ${criterion.id}` : `It raises ${criterion.id}`)
        const more = wanted ? needless(library, criterion, example) : []
        return more.length > 0 ? at(`It raises ${criterion.id} without ${more.join(', ')} too`) : []
      })
    return [
      ...(['raisedBy', 'notRaisedBy'] as const)
        .filter((side) => criterion[side].length === 0)
        .map((side) => problem(path, 'example', `${criterion.id} has no example in ${side}`)),
      ...check('raisedBy', true),
      ...check('notRaisedBy', false),
    ]
  })
}

const strangeIn = (example: HazardExample, library: ChecklistLibrary): string | undefined =>
  siteProblems(example, library, (_key, _rule, message) => message)[0]

const isNewest = ({ id, version }: PublishedChecklist, { published }: ChecklistLibrary) =>
  [...published.values()].every((other) => other.id !== id || other.version <= version)

/** From here on an item weighs as much as what kills. */
const DEADLY_WEIGHT = 5

const majorItems = ({ hazards }: PublishedChecklist) =>
  new Set(hazards.filter(({ grade }) => grade === 'major').flatMap(itemsOf))

function weightProblems({ data, problem }: ChecklistFile): FileProblem[] {
  const major = majorItems(data)
  return data.items.flatMap(({ id, weight, weightReason, spare }, index) => {
    const at = (message: string) => [problem(['items', index, 'weight'], 'weight', message)]
    if (spare && (major.has(id) || weight >= DEADLY_WEIGHT))
      return [problem(['items', index, 'spare'], 'spare', `${id} is what kills: no list can spare it`)]
    if (major.has(id)) return weight < DEADLY_WEIGHT ? at(`${id} decides a major hazard and weighs ${weight}`) : []
    if (weight >= DEADLY_WEIGHT === (weightReason !== undefined)) return []
    return at(weightReason ? `${id} weighs ${weight} and needs no reason` : `${id} weighs ${weight} without a reason`)
  })
}

/** A photo of what decides a major hazard, and of one thing more in the same place. */
function evidenceProblems({ data, problem }: ChecklistFile): FileProblem[] {
  const major = majorItems(data)
  const others = data.items.filter((item) => takesPhoto(item) && !major.has(item.id))
  return data.items.flatMap((item, index) => {
    const at = (message: string) => [problem(['items', index, 'evidence'], 'photos', message)]
    if (major.has(item.id)) return takesPhoto(item) ? [] : at(`${item.id} decides a major hazard and shows nothing`)
    return others.indexOf(item) > 0 ? at(`${item.id} wants a photo beside ${others[0]?.id}`) : []
  })
}

/** Nothing that a clause rests on may be left out because something else is asked. */
function coverProblems({ data, problem }: ChecklistFile, { published }: ChecklistLibrary): FileProblem[] {
  const known = new Map([...published.values()].flatMap(({ items }) => items.map((item) => [item.id, item] as const)))
  const major = majorItems(data)
  return data.items.flatMap(({ id, coveredBy }, index) => {
    const path = ['items', index, 'coveredBy']
    return [
      ...(coveredBy && major.has(id) ? [problem(path, 'coveredBy', `${id} decides a major hazard`)] : []),
      ...(coveredBy ?? []).flatMap((other) => {
        const item = known.get(other)
        if (item && !item.coveredBy) return []
        return [problem(path, 'coveredBy', item ? `${other} is itself covered` : `There is no item ${other}`)]
      }),
    ]
  })
}

function clauseProblems(file: ChecklistFile, { documents }: Documents, on?: string): FileProblem[] {
  const { data, problem } = file
  const day = on ?? data.validFrom
  const check = (clause: Clause, path: readonly PropertyKey[]): FileProblem[] => {
    const document = documents.find(({ id }) => id === clause.document)
    if (!document) return [problem(path, 'clauseDocument', `documents.yaml has no ${clause.document}`)]
    const { inForceFrom = '', supersededOn = '9999-12-31', confidence } = document
    const inForce = inForceFrom <= day && day < supersededOn
    return [
      ...(inForce ? [] : [problem(path, 'clauseInForce', `${clause.document} is not in force on ${day}`)]),
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
    if (!hears) return [problem(['items', item], 'noFacets', `${id} hears plain answers only`)]
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
  const wanted = new Set([...factsOf(data), ...industries].flatMap((each) => each.modules))
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
      .map((module) => problem([], 'module', `Nothing switches the module ${module} on`)),
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
  const modules = new Set(checklists.filter((file) => file.data.kind === 'module').map((file) => file.data.id))
  return [
    ...data.industries.flatMap((industry, index) =>
      industry.modules
        .filter((module) => !modules.has(module))
        .map((module) => problem(['industries', index, 'modules'], 'module', `There is no module ${module}`)),
    ),
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

function enterpriseProblems({ data, problem }: YamlFile<Enterprises>, library: ChecklistLibrary): FileProblem[] {
  const { enterprises, questions } = data
  return [
    ...repeated(enterprises.map(({ name }) => name)).map((index) =>
      problem(['enterprises', index, 'name'], 'uniqueId', 'The enterprise is already there'),
    ),
    ...enterprises.flatMap((enterprise, index) => {
      const path = ['enterprises', index]
      const strange = siteProblems(enterprise, library, (key, rule, message) => problem([...path, key], rule, message))
      if (strange.length > 0 || !hasGeneral(library)) return strange
      const { items } = checklistOf(library, composedRefs(library, enterprise, NEWEST))
      const most = enterprise.mostQuestions?.value ?? questions.most
      return items.length >= questions.least && items.length <= most
        ? []
        : [
            problem(
              [...path, 'name'],
              'questions',
              `It is asked ${items.length} questions, not ${questions.least} to ${most}`,
            ),
          ]
    }),
  ]
}

const hasGeneral = ({ published }: ChecklistLibrary) => [...published.values()].some(({ id }) => id === 'general')

const NEWEST = '9999-12-31'

/** What an enterprise is said to have must be offered to its industry. */
function siteProblems<T>(
  { industry, facts }: Pick<SiteFacts, 'industry' | 'facts'>,
  { industries: { industries }, siteProfile }: ChecklistLibrary,
  problem: (key: 'industry' | 'facts', rule: string, message: string) => T,
): T[] {
  if (!industries.some(({ id }) => id === industry))
    return [problem('industry', 'industry', `industries.yaml has no ${industry}`)]
  const offered = profileGroups(siteProfile, industry).flatMap((group) => group.facts.map(({ id }) => id))
  const unknown = facts.filter((fact) => !offered.includes(fact))
  return unknown.length === 0
    ? []
    : [problem('facts', 'fact', `site-profile.yaml has no ${unknown.join(', ')} for ${industry}`)]
}
