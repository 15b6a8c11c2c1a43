import { expect, test } from 'vitest'
import { findIndustry } from '../../src/enterprise/industry.ts'
import { library } from '../checklists/support.ts'

test.for<[string, string, string]>([
  ['做木沙发', '211', 'light-industry'],
  ['五金冲压', '348', 'machinery'],
  ['电池组装', '3841', 'lithium-battery'],
  ['做铁架子的，也喷漆', '331', 'machinery'],
  ['我们是做锂电池PACK的', '3841', 'lithium-battery'],
  ['锂电pack', '3841', 'lithium-battery'],
  ['注塑厂', '292', 'light-industry'],
  ['开模具的，做模具', '352', 'machinery'],
  ['压铸', '339', 'machinery'],
  ['做衣服的', '18', 'textile'],
  ['染布', '171', 'textile'],
  ['搞印刷', '23', 'light-industry'],
  ['纸箱纸盒', '223', 'light-industry'],
  ['贴片加工', '398', 'machinery'],
  ['做线路板', '398', 'machinery'],
  ['铝型材', '325', 'nonferrous'],
  ['轧钢', '313', 'metallurgy'],
  ['混凝土搅拌站', '302', 'building-materials'],
  ['卷烟', '16', 'tobacco'],
  ['超市', '52', 'commerce'],
  ['冷库', '59', 'commerce'],
  ['珠宝首饰', '2438', 'light-industry'],
  ['铅酸电池', '384', 'light-industry'],
  ['3841', '3841', 'lithium-battery'],
  ['３８４１', '3841', 'lithium-battery'],
  ['C3311', '331', 'machinery'],
  ['2190', '219', 'light-industry'],
])('%s is class %s of %s, said in so many words', ([text, code, industry]) => {
  const { matches, exact } = findIndustry(library, text)
  expect(matches[0]?.industryClass.code).toBe(code)
  expect(matches[0]?.industry.id).toBe(industry)
  expect(exact).toBe(true)
})

test.for<[string, string, string]>([
  ['a near miss', '电磁组装', 'lithium-battery'],
  ['a near miss among other words', '我是做朔料袋的', 'light-industry'],
  ['two industries in one sentence', '做机器人电池包', 'machinery'],
])('%s is offered, not taken for granted: %s', ([, text, industry]) => {
  const { matches, exact } = findIndustry(library, text)
  expect(matches.map((match) => match.industry.id)).toContain(industry)
  expect(exact).toBe(false)
})

test.for(['', '你好', '38人', '不知道', '13800138000', '不做电池组装'])('nothing is made of “%s”', (text) => {
  expect(findIndustry(library, text)).toEqual({ matches: [], exact: false, facts: [] })
})

test.for<[string, readonly string[]]>([
  ['做铁架子的，也喷漆', ['sprayPainting']],
  ['做铁架子的，不喷漆', []],
  ['做铁架子的，没有喷漆', []],
  ['机加工，不喷漆，有个污水池', ['confinedSpaces']],
  ['五金喷漆，用天那水', ['sprayPainting', 'solventPaint']],
  ['五金冲压', []],
])('%s mentions %j', ([text, facts]) => {
  expect([...findIndustry(library, text).facts].sort()).toEqual([...facts].sort())
})

test('at most five are offered, the best first', () => {
  const { matches } = findIndustry(library, '五金 模具 注塑 印刷 电子 玩具 家具 服装 精密加工')
  expect(matches).toHaveLength(5)
  expect(matches[0]?.industryClass.code).toBe('348')
})
