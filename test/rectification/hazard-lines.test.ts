import { expect, test } from 'vitest'
import { loadContent } from '../../src/content.ts'
import { type Language, translators } from '../../src/i18n/translator.ts'
import type { NumberedHazard } from '../../src/rectification/index.ts'
import { hazardLines } from '../../src/replies/hazards.ts'

const { library } = loadContent()

const view = (language: Language = 'zh-CN') => ({
  t: translators[language],
  language,
  library,
  today: '2026-12-10',
})

const hazard = (number: number, dueOn: string, rest: Partial<NumberedHazard> = {}): NumberedHazard => ({
  id: `${number}`,
  number,
  enterpriseId: 'qiangsheng',
  assessmentId: 'walk',
  itemId: 'operatingRules',
  ref: 'general/operatingRules@1',
  grade: 'general',
  measure: null,
  person: null,
  foundOn: '2026-11-24',
  dueOn,
  state: 'open',
  doneOn: null,
  doneIn: null,
  evidenceId: null,
  acceptedOn: null,
  acceptedBy: null,
  ...rest,
})

test('what is open comes first by its term, said in words', () => {
  const register = [
    hazard(1, '2027-01-20'),
    hazard(2, '2026-12-12'),
    hazard(3, '2026-12-09', { state: 'done', doneOn: '2026-12-01' }),
    hazard(4, '2026-12-10'),
    hazard(5, '2026-12-01'),
  ]
  const [heading, ...lines] = hazardLines(register, view())
  expect(heading).toBe('还有 4 条隐患没改好：')
  expect(lines.map((line) => `${line[0]}${line.split('\n')[1]}`)).toEqual([
    '⑤　12月1日到期，已过 9 天',
    '④　今天（12月10日）到期',
    '②　12月12日前改好，还有 2 天',
    '①　2027年1月20日前改好',
  ])
})

test('a major hazard is named by its criterion and called major', () => {
  const [, line] = hazardLines([hazard(1, '2026-12-12', { grade: 'major', ...anyMajor() })], view())
  expect(line).toMatch(/^① [^？]+（重大隐患）\n/)
})

test('no more than ten, and how many more there are', () => {
  const register = Array.from({ length: 13 }, (_, index) => hazard(index + 1, '2026-12-20'))
  const lines = hazardLines(register, view())
  expect(lines).toHaveLength(12)
  expect(lines.at(-1)).toBe('另外还有 3 条，都在台账里。')
})

test.for([
  ['zh-CN', '隐患都改好了。', '台账里还没有隐患。'],
  ['zh-HK', '隱患都改好了。', '台賬裏還沒有隱患。'],
  ['en', 'All hazards have been put right.', 'There is no hazard in the register yet.'],
] as const)('nothing open, nothing at all, in %s', ([language, done, empty]) => {
  const settled = hazard(1, '2026-12-09', { state: 'done', doneOn: '2026-12-01' })
  expect(hazardLines([settled], view(language))).toEqual([done])
  expect(hazardLines([], view(language))).toEqual([empty])
})

/** An item that some major criterion of its own checklist names. */
function anyMajor() {
  for (const { id, version, hazards } of library.published.values()) {
    const [criterion] = hazards.filter(({ grade, industries }) => grade === 'major' && !industries)
    if (!criterion) continue
    const [itemId = ''] = 'anyOf' in criterion.when ? criterion.when.anyOf : criterion.when.allOf
    return { itemId, ref: `${id}/${itemId}@${version}` }
  }
  throw new Error('No checklist knows a major hazard')
}
