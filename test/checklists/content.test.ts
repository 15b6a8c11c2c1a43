import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { ChecklistFileError, loadLibrary } from '../../src/checklist/load.ts'
import { itemsOf } from '../../src/checklist/rules.ts'
import { elements } from '../../src/checklist/schema.ts'
import { checklistJsonSchema, checklistReport } from '../../src/cli/checklists.ts'
import { checklistsFolder, library, today } from './support.ts'

const checklists = [...library.published.values()]
const items = checklists.flatMap((checklist) => checklist.items)

test('nothing in checklists/ is wrong', () => {
  expect(checklistReport(checklistsFolder).problems).toEqual([])
})

test('the JSON Schema that editors use is the one the types come from', () => {
  const checkedIn = readFileSync(new URL('checklist.schema.json', checklistsFolder), 'utf8')
  expect(JSON.parse(checkedIn)).toEqual(JSON.parse(checklistJsonSchema()))
})

test('a folder without checklists is refused with all that is missing', () => {
  const empty = new URL('./support-of-nothing/', import.meta.url)
  expect(() => loadLibrary(empty)).toThrow(ChecklistFileError)
  expect(() => loadLibrary(empty)).toThrow(/site-profile\.yaml:1 \[missing\][\s\S]*districts\.yaml:1 \[missing\]/)
})

test.for([
  [
    'machinery with painting',
    'machinery',
    ['sprayPainting', 'solventPaint'],
    ['general', 'machinery', 'spray-painting'],
  ],
  ['two facts, one module', 'textile', ['sprayPainting', 'solventPaint'], ['general', 'spray-painting', 'textile']],
  [
    'lithium with a sump',
    'lithium-battery',
    ['confinedSpaces'],
    ['confined-space', 'general', 'high-hazard', 'lithium-battery'],
  ],
] as const)('%s is asked its own checklists', ([, industry, facts, wanted]) => {
  const { items: asked } = checklistOf(library, composedRefs(library, { industry, facts }, today))
  const sources = [...new Set(asked.map(({ checklistId }) => checklistId))]
  const published = wanted.filter((id) => library.published.has(`${id}@1`))
  expect(sources.sort()).toEqual([...published].sort())
  expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length)
})

test('an industry without a checklist of its own is asked the rest', () => {
  const asked = composedRefs(library, { industry: 'no-such-industry', facts: [] }, today)
  expect(asked.every((ref) => ref.startsWith('general/'))).toBe(true)
  expect(asked).toHaveLength(library.published.get('general@1')?.items.length ?? 0)
})

test('before the first general checklist is valid nothing can be asked', () => {
  expect(() => composedRefs(library, { industry: 'machinery', facts: [] }, '2020-01-01')).toThrow(/general/)
})

test('items come in the order of the eight elements', () => {
  const refs = composedRefs(library, { industry: 'machinery', facts: ['sprayPainting'] }, today)
  const order = checklistOf(library, refs).items.map(({ element }) => elements.indexOf(element))
  expect(order).toEqual(order.toSorted((one, other) => one - other))
})

test('a frozen list that names what is not published is refused', () => {
  expect(() => checklistOf(library, ['general/safetyOfficer@99'])).toThrow('general/safetyOfficer@99')
  expect(() => checklistOf(library, ['nonsense'])).toThrow('nonsense')
})

test.for([
  ['machinery', '7(7)'],
  ['lithium-battery', '8(6)'],
] as const)('painting in %s rests on %s alone', ([industry, clause]) => {
  const { hazards } = checklistOf(library, composedRefs(library, { industry, facts: ['solventPaint'] }, today))
  const painting = hazards.map(({ clause }) => clause.clause).filter((clause) => ['7(7)', '8(6)'].includes(clause))
  expect(painting).toEqual([clause])
})

test.for([
  ['3(2)', 'anyOf'],
  ['7(7)', 'anyOf'],
  ['8(7)', 'anyOf'],
  ['13(1)', 'allOf'],
  ['13(2)', 'anyOf'],
] as const)('clause %s joins its items as the order does: %s', ([clause, join]) => {
  const criteria = checklists.flatMap(({ hazards }) => hazards).filter((hazard) => hazard.clause.clause === clause)
  expect(criteria.length).toBeGreaterThan(0)
  for (const { when } of criteria) expect(Object.keys(when)).toEqual([join])
})

test.for(items.map((item) => [item.id, item] as const))('%s reads like a question to an owner', ([, item]) => {
  expect(item.question).toMatch(/[？?](（[^）]+）)?$/)
  expect(item.question).not.toMatch(/[A-Za-z]{3,}|请务必|应当|是否/)
  expect(item.why).toMatch(/。$/)
  expect(item.help).toMatch(/。$/)
})

test('what decides a major hazard shows it, and what fails counts as missing', () => {
  const deadly = checklists.flatMap(({ hazards }) => hazards.filter(({ grade }) => grade === 'major').flatMap(itemsOf))
  const shown = items.filter(({ evidence }) => evidence.kind !== 'none').map(({ id }) => id)
  expect(deadly.filter((id) => !shown.includes(id))).toEqual([])
})

test('industries.yaml knows the words of every industry', () => {
  const { industries, classes } = library.industries
  const without = industries.filter(({ id }) => !classes.some((each) => each.industry === id && each.words.length > 0))
  expect(without).toEqual([])
  expect(classes.flatMap(({ words }) => words).length).toBeGreaterThanOrEqual(120)
})

test('the districts of Shenzhen, each with an abbreviation of its own', () => {
  expect(library.districts.districts.map(({ code }) => code)).toEqual(
    Array.from({ length: 9 }, (_, index) => String(440303 + index)),
  )
})
