import { expect, test } from 'vitest'
import { checklistOf, composedRefs, profileGroups } from '../../src/checklist/checklist.ts'
import { questionsOf } from '../../src/checklist/lint.ts'
import { readLibrary } from '../../src/checklist/load.ts'
import { findIndustry } from '../../src/enterprise/industry.ts'
import { checklistsFolder, library, today } from './support.ts'

const { profiles } = readLibrary(checklistsFolder)

test.for<[string, string, readonly string[]]>([
  ['furniture-workshop', '木家具，喷油漆的', ['light-industry', 'spray-painting', 'dust-explosion']],
  ['sheet-metal-painting', '钣金加工，有电焊也喷漆', ['machinery', 'spray-painting', 'hot-work', 'special-equipment']],
  ['lithium-pack-upstairs', '电池PACK', ['lithium-battery', 'fire-evacuation', 'special-equipment', 'charging']],
  ['garment-shop', '做衣服的', ['textile', 'fire-evacuation', 'dormitories']],
  ['supermarket-warehouse', '超市仓库', ['commerce', 'fire-evacuation', 'special-equipment', 'charging']],
])('%s, “%s”, is asked %j and between 25 and 45 questions', ([name, said, lists]) => {
  const profile = profiles.find((each) => each.name === name)
  if (!profile) throw new Error(`No typical profile is called ${name}`)
  expect(findIndustry(library, said).matches[0]?.industry.id).toBe(profile.industry)

  const { items } = checklistOf(library, composedRefs(library, profile, today))
  expect([...new Set(items.map(({ checklistId }) => checklistId))].sort()).toEqual(['general', ...lists].sort())
  expect(questionsOf(library, profile)).toBeGreaterThanOrEqual(25)
  expect(questionsOf(library, profile)).toBeLessThanOrEqual(45)
})

test('an industry is 6 to 12 questions', () => {
  const sizes = [...library.published.values()]
    .filter(({ kind }) => kind === 'industry')
    .map(({ id, items }) => ({ id, asked: items.length }))
  expect(sizes.map(({ id }) => id).sort()).toEqual(library.industries.industries.map(({ id }) => id).sort())
  expect(sizes.filter(({ asked }) => asked < 6 || asked > 12)).toEqual([])
})

test.for(library.industries.industries.map(({ id }) => id))(
  'every group of %s fits on one card, with 都没有',
  (industry) => {
    const sizes = profileGroups(library.siteProfile, industry).map(({ facts }) => facts.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(19)
  },
)

test.for(profiles.map((profile) => [profile.name, profile] as const))('%s may tick what it has', ([, profile]) => {
  const offered = profileGroups(library.siteProfile, profile.industry).flatMap(({ facts }) => facts.map(({ id }) => id))
  expect(profile.facts.filter((fact) => !offered.includes(fact))).toEqual([])
})

test.for<[string, string]>([
  ['家具', 'light-industry'],
  ['电镀', 'machinery'],
  ['注塑', 'light-industry'],
  ['五金冲压', 'machinery'],
  ['电池PACK', 'lithium-battery'],
  ['CNC加工', 'machinery'],
  ['做手机壳', 'light-industry'],
  ['做蛋糕的', 'light-industry'],
  ['白酒', 'light-industry'],
  ['陈醋', 'light-industry'],
  ['车衣的', 'textile'],
  ['布料印花', 'textile'],
  ['火锅店', 'commerce'],
  ['冷链仓', 'commerce'],
])('“%s” is %s', ([said, industry]) => {
  const { matches, exact } = findIndustry(library, said)
  expect(matches[0]?.industry.id).toBe(industry)
  expect(exact).toBe(true)
})

test('a word of another thing is not taken for a trade', () => {
  expect(findIndustry(library, '有个锅炉').matches).toEqual([])
})

test('what a trade has is ticked beforehand', () => {
  expect(findIndustry(library, '白酒勾兑').facts).toEqual(['liquor'])
  expect(findIndustry(library, '做面包蛋糕').facts).toEqual(['foodHeating'])
  expect(findIndustry(library, '电镀厂').facts).toEqual(['wetElectrics', 'chemicals'])
})

test('at least 300 words, none twice and none of one character', () => {
  const words = library.industries.classes.flatMap((each) => each.words)
  expect(words.length).toBeGreaterThanOrEqual(300)
  expect(words.filter((word, index) => words.indexOf(word) < index)).toEqual([])
  expect(words.filter((word) => word.length < 2)).toEqual([])
})
