import { describe, expect, test } from 'vitest'
import { checklistOf, composedRefs, profileGroups, type SiteFacts } from '../../src/checklist/checklist.ts'
import { isAsked, letters, majorHazards } from '../../src/checklist/rules.ts'
import type { PublishedItem } from '../../src/checklist/schema.ts'
import { library, today } from './support.ts'

const checklists = [...library.published.values()]
const industries = library.industries.industries.map(({ id }) => id)
/** What an enterprise of each industry may tick. */
const factsOf = new Map(
  industries.map((industry) => [
    industry,
    profileGroups(library.siteProfile, industry).flatMap((group) => group.facts.map(({ id }) => id)),
  ]),
)
const general = checklists.find(({ id }) => id === 'general')?.items ?? []

/** 3(1), 3(2), … as order 10 counts them. */
const clauses = (article: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${article}(${index + 1})`)
const everybody = ['3(1)', '3(2)', ...clauses(11, 10), ...clauses(12, 2), ...clauses(13, 2)]

describe('an enterprise that has everything, and nothing of it in order, falls under every clause of its industry', () => {
  test.for<[string, readonly string[]]>([
    ['metallurgy', ['3(3)', ...clauses(4, 8)]],
    ['nonferrous', ['3(3)', ...clauses(5, 13)]],
    ['building-materials', clauses(6, 8)],
    ['machinery', ['3(3)', ...clauses(7, 7)]],
    ['light-industry', ['3(3)', ...clauses(8, 7)]],
    ['textile', clauses(9, 2)],
    ['tobacco', clauses(10, 2)],
    ['commerce', []],
    ['lithium-battery', ['8(6)', '8(7)']],
  ])('%s: %j', ([industry, own]) => {
    const checklist = checklistOf(library, refsOf(industry))
    const worst = letters.nonconforming.repeat(checklist.items.length)
    const raised = majorHazards(checklist, worst)
      .map(({ criterion }) => criterion.clause)
      .filter(({ document }) => document === 'mem-order-10')
    expect([...new Set(raised.map(({ clause }) => clause))].sort()).toEqual([...everybody, ...own].sort())
  })
})

describe('whoever declares whatever', () => {
  test('is asked the general part and their industry, nothing twice, and nothing that hangs in the air', () => {
    const profiles = [...oneOrTwoFacts(), ...randomProfiles(100_000)]
    const problems = profiles.flatMap((profile) => problemOf(profile, composedRefs(library, profile, today)) ?? [])
    expect(problems).toEqual([])
    expect(profiles.length).toBeGreaterThan(100_000)
  }, 60_000)

  test('every item is asked of somebody, and can be answered', () => {
    const asked = new Set<string>()
    const alone = industries.flatMap((industry) => [
      refsOf(industry, []),
      ...(factsOf.get(industry) ?? []).flatMap((fact) => [
        refsOf(industry, [fact]),
        refsOf(industry, [fact, 'forklifts']),
      ]),
    ])
    for (const refs of [...industries.map((industry) => refsOf(industry)), ...alone]) {
      const checklist = checklistOf(library, refs)
      const best = letters.conforming.repeat(checklist.items.length)
      const worst = letters.nonconforming.repeat(checklist.items.length)
      checklist.items.forEach(({ id }, position) => {
        if ([best, worst].some((sheet) => isAsked(checklist, sheet, position))) asked.add(id)
      })
    }
    const items = checklists.flatMap((list) => list.items.map(({ id }) => id))
    expect(items.filter((id) => !asked.has(id))).toEqual([])
  })

  test.for(industries)('one fact alone brings questions to %s', (industry) => {
    const bare = refsOf(industry, []).length
    const facts = factsOf.get(industry) ?? []
    expect(facts.filter((fact) => refsOf(industry, [fact]).length <= bare)).toEqual([])
  })
})

const refsOf = (industry: string, facts: readonly string[] = factsOf.get(industry) ?? []) =>
  composedRefs(library, { industry, facts }, today)

/** Items of every published version, by ref. */
const published = new Map<string, PublishedItem>(
  checklists.flatMap(({ id, version, items }) => items.map((item) => [`${id}/${item.id}@${version}`, item] as const)),
)
const industryItems = new Map(industries.map((id) => [id, library.published.get(`${id}@1`)?.items ?? []] as const))

function problemOf({ industry, facts }: SiteFacts, refs: readonly string[]): string | undefined {
  const asked = new Set<string>()
  for (const ref of refs) {
    const item = published.get(ref)
    if (!item || asked.has(item.id) || (item.askWhen && !asked.has(item.askWhen.item)))
      return `${ref} is out of place for ${industry} with ${facts.join(' ')}`
    asked.add(item.id)
  }
  const missed = [...general, ...(industryItems.get(industry) ?? [])].find(
    ({ id, spare, notApplicable, coveredBy }) =>
      !asked.has(id) && !spare && !notApplicable && !coveredBy?.some((other) => asked.has(other)),
  )
  return missed && `${missed.id} is not asked of ${industry} with ${facts.join(' ')}`
}

const oneOrTwoFacts = (): SiteFacts[] =>
  industries.flatMap((industry) => {
    const facts = factsOf.get(industry) ?? []
    const pairs = facts.flatMap((one, index) => facts.slice(index).map((other) => ({ industry, facts: [one, other] })))
    return [{ industry, facts: [] }, ...pairs]
  })

/** The same every time, of every density. */
function randomProfiles(count: number): SiteFacts[] {
  let state = 20_261_124
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return Array.from({ length: count }, () => {
    const density = random()
    const industry = industries[Math.floor(random() * industries.length)] ?? ''
    return { industry, facts: (factsOf.get(industry) ?? []).filter(() => random() < density) }
  })
}
