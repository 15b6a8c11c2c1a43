import { describe, expect, test } from 'vitest'
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
  ['a near miss among other words', '我是做蓝牙而机的', 'machinery'],
  ['two industries in one sentence', '做机器人电池包', 'machinery'],
])('%s is offered, not taken for granted: %s', ([, text, industry]) => {
  const { matches, exact } = findIndustry(library, text)
  expect(matches.map((match) => match.industry.id)).toContain(industry)
  expect(exact).toBe(false)
})

describe('who sells what others make', () => {
  test.for<[string, string]>([
    ['开蛋糕店的', '141'],
    ['我们卖五金的', '33'],
    ['玩具贸易', '245'],
  ])('%s: a shop first, the maker %s second, always asked back', ([text, maker]) => {
    const { matches, exact } = findIndustry(library, text)
    expect(matches[0]?.industry.id).toBe('commerce')
    expect(matches[1]?.industryClass.code).toBe(maker)
    expect(exact).toBe(false)
  })

  test('a factory with a shop is a factory', () => {
    expect(findIndustry(library, '家具厂，有自己的门店').matches[0]?.industryClass.code).toBe('21')
  })
})

describe('D18: what belongs to no industry of ours', () => {
  test.for<[string, string]>([
    ['化工厂', '26'],
    ['胶水', '26'],
    ['做油墨的', '26'],
    ['涂料厂', '26'],
    ['化妆品', '268'],
    ['洗洁精', '268'],
    ['制药厂', '27'],
    ['加油站', '5265'],
    ['燃气公司', '45'],
    ['自来水厂', '46'],
    ['污水处理厂', '46'],
    ['发电厂', '44'],
    ['物业公司', '70'],
    ['搞建筑的', '47'],
    ['苗圃', '01'],
    ['快递站', '60'],
    ['酒店布草洗涤', '80'],
    ['家电维修', '81'],
    ['充电桩运营', '5267'],
    ['危险品仓库', '594'],
    ['5941', '594'],
    ['2641', '26'],
    ['锂电池回收', '42'],
    ['拆解旧家电', '42'],
  ])('%s is class %s', ([text, code]) => {
    const { matches, exact, outside } = findIndustry(library, text)
    expect(outside?.code).toBe(code)
    expect({ exact, matches }).toEqual({ exact: false, matches: [] })
  })

  test('a repair shop of cars may be either: what is ours is offered with it', () => {
    const { matches, exact, outside } = findIndustry(library, '汽车修理厂')
    expect(matches.map(({ industryClass }) => industryClass.code)).toEqual(['43'])
    expect({ exact, outside: outside?.code }).toEqual({ exact: false, outside: '81' })
  })

  test('what is used on the way is no trade', () => {
    expect(findIndustry(library, '做鞋的，用胶水').outside).toBeUndefined()
    expect(findIndustry(library, '木家具，喷油漆的')).toMatchObject({ exact: true })
  })
})

test.for(['送货', '搬家', '朔料', '做电饭'])('one character in two or three is no near miss: %s', (text) => {
  const near = findIndustry(library, text).matches.filter(({ industryClass }) => industryClass.code === '3841')
  expect(near).toEqual([])
})

test.for<[string, string]>([
  ['furniture', '21'],
  ['We make wooden furniture', '211'],
  ['injection molding', '292'],
  ['metal stamping', '348'],
  ['sheet metal', '348'],
  ['Lithium battery PACK', '3841'],
  ['drinks', '152'],
  ['electroplating plant', '336'],
  ['garments', '18'],
  ['die casting', '339'],
])('D34: “%s” is class %s', ([text, code]) => {
  const { matches, exact } = findIndustry(library, text)
  expect(matches[0]?.industryClass.code).toBe(code)
  expect(exact).toBe(true)
})

test.for(['workshop', 'thinking', 'pink', 'packing', 'piano'])(
  'in “%s” there is no ink, no shop and no trade',
  (text) => {
    expect(findIndustry(library, text)).toEqual({ matches: [], exact: false, facts: [] })
  },
)

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
  // D8: what is said beside the trade.
  ['搞五金的，冲床，也喷点漆', ['sprayPainting']],
  ['做木沙发，也喷漆，打磨有灰', ['sprayPainting', 'combustibleDust']],
  ['做铝合金门窗的，打磨抛光', ['metalDust']],
  ['木门，要砂光打磨', ['combustibleDust', 'woodSanders']],
  ['做木沙发，不打磨', []],
  ['五金打磨', []],
  ['五金厂，喷漆外发', []],
  ['有喷漆没有叉车', ['sprayPainting']],
  ['做煤气罐饭的食堂', ['kitchenGas']],
  // D34: in English.
  ['We do spray painting, welding and have two forklifts', ['sprayPainting', 'hotWork', 'forklifts']],
  ['furniture, no painting', []],
  ['aluminium parts, grinding and polishing', ['metalDust']],
  ['we have a boiler and a goods lift', ['pressureVessels', 'lifts']],
])('%s mentions %j', ([text, facts]) => {
  expect([...findIndustry(library, text).facts].sort()).toEqual([...facts].sort())
})

test('at most five are offered, the best first', () => {
  const { matches } = findIndustry(library, '五金 模具 注塑 印刷 电子 玩具 家具 服装 精密加工')
  expect(matches).toHaveLength(5)
  expect(matches[0]?.industryClass.code).toBe('348')
})
