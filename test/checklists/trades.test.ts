import { expect, test } from 'vitest'
import { checklistOf, composedRefs, profileGroups } from '../../src/checklist/checklist.ts'
import { readLibrary } from '../../src/checklist/load.ts'
import { findIndustry } from '../../src/enterprise/industry.ts'
import { checklistsFolder, library, today } from './support.ts'

const { enterprises } = readLibrary(checklistsFolder)

test.for<[string, string, readonly string[]]>([
  [
    'furniture-processes',
    '木家具，喷油漆的',
    [
      'light-industry',
      'spray-painting',
      'dust-explosion',
      'dust-collectors',
      'dust-ignition',
      'high-hazard',
      'occupational-health',
    ],
  ],
  [
    'lithium-pack-upstairs',
    '电池PACK',
    [
      'lithium-battery',
      'high-hazard',
      'hot-work',
      'solvent-cleaning',
      'special-equipment',
      'charging',
      'contractors-tenants',
      'fire-evacuation',
    ],
  ],
  ['garment-shop', '做衣服的', ['textile', 'fire-evacuation', 'dormitories', 'special-equipment']],
])('%s, “%s”, is asked %j', ([name, said, lists]) => {
  const enterprise = enterprises.find((each) => each.name === name)
  if (!enterprise) throw new Error(`No enterprise is called ${name}`)
  expect(findIndustry(library, said).matches[0]?.industry.id).toBe(enterprise.industry)

  const { items } = checklistOf(library, composedRefs(library, enterprise, today))
  expect([...new Set(items.map(({ checklistId }) => checklistId))].sort()).toEqual(['general', ...lists].sort())
})

test.for(library.industries.industries.map(({ id }) => id))(
  'every group of %s fits on one card, with 都没有',
  (industry) => {
    const sizes = profileGroups(library.siteProfile, industry).map(({ facts }) => facts.length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(19)
  },
)

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
