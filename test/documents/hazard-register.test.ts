import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { loadContent } from '../../src/content.ts'
import { hazardRegisterXlsx } from '../../src/documents/hazard-register.ts'
import { translators } from '../../src/i18n/translator.ts'
import type { NumberedHazard } from '../../src/rectification/index.ts'
import { hazardWords, registerWords } from '../../src/replies/hazards.ts'

const view = {
  t: translators['zh-CN'],
  language: 'zh-CN',
  library: loadContent().library,
  today: '2026-12-10',
} as const

const found: NumberedHazard = {
  id: 'one',
  number: 1,
  enterpriseId: 'qiangsheng',
  assessmentId: 'walk',
  itemId: 'operatingRules',
  ref: 'general/operatingRules@1',
  grade: 'general',
  measure: null,
  person: null,
  foundOn: '2026-11-24',
  dueOn: '2026-12-09',
  state: 'open',
  doneOn: null,
  doneIn: null,
  evidenceId: null,
  acceptedOn: null,
  acceptedBy: null,
}

const accepted: NumberedHazard = {
  ...found,
  number: 2,
  state: 'accepted',
  person: '=HYPERLINK("http://elsewhere")',
  measure: '贴在机旁\u0007，一机一张',
  dueOn: '2027-01-20',
  doneOn: '2026-12-01',
  acceptedOn: '2026-12-05',
  acceptedBy: 'wang',
}

const readBack = async (hazards: readonly NumberedHazard[]) => {
  const rows = hazards.map((hazard) => hazardWords(hazard, '陈志强', view))
  return readSheet(await hazardRegisterXlsx(rows, registerWords('强盛金属制品有限公司', view)))
}

test('the register reads back as it was written', async () => {
  const [title, columns, first, second, ...more] = await readBack([found, accepted])
  expect(title?.[0]).toBe('强盛金属制品有限公司　隐患台账（2026年12月10日）')
  expect(columns).toEqual([
    '序号',
    '隐患',
    '所属要素',
    '级别',
    '整改措施',
    '责任人',
    '发现日期',
    '整改期限',
    '状态',
    '改好日期',
    '验收',
  ])
  expect(first).toEqual([
    1,
    expect.stringMatching(/规程/),
    expect.any(String),
    '一般隐患',
    '照说明书写一页纸：开机前、开机时、停机后各做什么；危险处挂标准警示牌。',
    '陈志强',
    '2026年11月24日',
    '2026年12月9日',
    '没改好',
    null,
    null,
  ])
  expect(second?.slice(4)).toEqual([
    '贴在机旁 ，一机一张',
    '=HYPERLINK("http://elsewhere")',
    '2026年11月24日',
    '2027年1月20日',
    '已验收',
    '2026年12月1日',
    '2026年12月5日，wang',
  ])
  expect(more).toEqual([])
})

test('an empty register is a sheet with its columns', async () => {
  expect(await readBack([])).toHaveLength(2)
})
