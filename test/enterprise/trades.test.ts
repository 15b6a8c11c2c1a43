import { describe, expect, test } from 'vitest'
import { findIndustry } from '../../src/enterprise/industry.ts'
import { library } from '../checklists/support.ts'

/** What owners say, and what becomes of it: the class, then whether it is certain, asked back or none of ours. */
type Row = readonly [said: string, class_: string, industry: string]

const heard = (said: string) => {
  const { matches, exact, outside } = findIndustry(library, said)
  return { codes: matches.map(({ industryClass }) => industryClass.code), matches, exact, outside: outside?.code }
}

test.for<Row>([
  ['无人机电池', '3841', 'lithium-battery'],
  ['手机电池', '3841', 'lithium-battery'],
  ['电动工具电池', '3841', 'lithium-battery'],
  ['机床修理', '43', 'machinery'],
  ['水泥制品', '302', 'building-materials'],
  ['陶瓷餐具', '3074', 'light-industry'],
  ['LED灯珠', '397', 'machinery'],
  ['给手机厂做喷油', '336', 'machinery'],
  ['3075', '3075', 'light-industry'],
  ['3076', '3076', 'light-industry'],
  ['3079', '3079', 'light-industry'],
  ['锂电电钻', '346', 'machinery'],
  ['锂电池保护板', '398', 'machinery'],
  ['电动牙刷', '385', 'light-industry'],
  ['咖啡烘焙', '15', 'light-industry'],
  ['做电饭煲的', '385', 'light-industry'],
  ['水果加工', '137', 'light-industry'],
  ['真空镀膜', '336', 'machinery'],
  ['石膏线条', '302', 'building-materials'],
  ['餐馆', '62', 'commerce'],
  ['烧烤店', '62', 'commerce'],
  ['水果店', '52', 'commerce'],
  ['面粉厂', '13', 'light-industry'],
  ['米厂', '13', 'light-industry'],
  ['糖厂', '134', 'light-industry'],
  ['食用油', '13', 'light-industry'],
  ['腐乳', '146', 'light-industry'],
  ['冰块', '149', 'light-industry'],
  ['纸巾', '223', 'light-industry'],
  ['纸尿裤', '223', 'light-industry'],
  ['鞋垫', '195', 'light-industry'],
  ['刺绣', '17', 'textile'],
  ['洗水厂', '171', 'textile'],
  ['地毯', '24', 'light-industry'],
  ['磁铁', '398', 'machinery'],
  ['钕铁硼', '398', 'machinery'],
  ['镀膜', '336', 'machinery'],
  ['移印', '23', 'light-industry'],
  ['烫金', '23', 'light-industry'],
  ['吹瓶', '292', 'light-industry'],
  ['泡棉', '292', 'light-industry'],
  ['漆包线', '383', 'machinery'],
  ['铜线', '383', 'machinery'],
  ['铝锭', '32', 'nonferrous'],
  ['废铝熔炼', '32', 'nonferrous'],
  ['开关插座', '38', 'machinery'],
  ['净水器', '385', 'light-industry'],
  ['卫浴陶瓷', '3072', 'building-materials'],
  ['防水卷材', '303', 'building-materials'],
  ['铝单板', '331', 'machinery'],
  ['竹签', '20', 'light-industry'],
  ['砂轮', '309', 'building-materials'],
  ['太阳能板', '382', 'machinery'],
])('%s is class %s of %s, said in so many words', ([said, code, industry]) => {
  const { codes, matches, exact, outside } = heard(said)
  expect([codes[0], matches[0]?.industry.id]).toEqual([code, industry])
  expect({ exact, outside }).toEqual({ exact: true, outside: undefined })
})

test.for<readonly [said: string, codes: readonly string[]]>([
  ['3D打印', ['292', '348']],
  ['石墨烯', ['309', '398']],
  ['负极材料', ['309', '398']],
  ['锂电池材料', ['309', '398']],
  ['保温棉', ['303', '306']],
  ['口罩厂', ['178', '358']],
  ['雨衣', ['18', '292']],
  // A code of the 2011 edition.
  ['3250', ['325']],
  // A battery for a thing is a battery, whatever the thing is.
  ['玩具电池', ['3841', '245']],
  ['电钻电池', ['3841', '346']],
  ['汽车电池', ['3841', '36']],
  ['智能手表电池', ['3841', '396']],
])('%s may be any of %j, and is asked back', ([said, codes]) => {
  expect(heard(said)).toMatchObject({ codes, exact: false, outside: undefined })
})

describe('who sells what others make', () => {
  test.for<readonly [said: string, seller: string, maker: string]>([
    ['服装店', '52', '18'],
    ['手机店', '52', '392'],
    ['家具店', '52', '21'],
    ['家具卖场', '52', '21'],
    ['茶叶店', '52', '15'],
    ['珠宝店', '52', '2438'],
    ['珠宝专卖', '52', '2438'],
    ['眼镜店', '52', '358'],
    ['汽车配件店', '52', '367'],
    ['蛋糕店', '52', '141'],
    ['面包店', '52', '141'],
    ['手机壳店', '52', '292'],
    ['电池店', '52', '3841'],
    ['五金商行', '51', '33'],
    ['茶叶批发', '51', '15'],
    ['文具贸易', '51', '24'],
    // Words of commerce that name a maker.
    ['服装批发', '51', '18'],
    ['五金批发部', '51', '33'],
    ['五金店', '52', '33'],
    ['文具店', '52', '24'],
    ['家电卖场', '52', '385'],
  ])('%s: commerce %s first, the maker %s second, never certain', ([said, seller, maker]) => {
    expect(heard(said)).toMatchObject({ codes: [seller, maker], exact: false, outside: undefined })
  })
})

test.for<readonly [said: string, outside: string, codes: readonly string[]]>([
  ['酒店布草洗涤', '80', []],
  ['家电维修', '81', []],
  ['充电桩运营', '5267', []],
  ['拆解旧家电', '42', []],
  ['锂电池回收', '42', []],
  ['塑胶水口料回收', '42', ['292']],
  ['汽车修理厂', '81', ['43']],
  ['裁缝', '80', ['18']],
  ['化纤', '28', ['175']],
  ['危险品仓库', '594', []],
  ['5941', '594', []],
  ['5942', '594', []],
  ['污水处理厂', '46', []],
  ['发电厂', '44', []],
  ['胶水', '26', []],
  ['油墨', '26', []],
  ['涂料', '26', []],
  ['化妆品', '268', []],
  ['洗涤剂', '268', []],
  ['药品', '27', []],
  ['加油站', '5265', []],
  ['加气站', '5266', []],
  ['自来水厂', '46', []],
  ['物业公司', '70', []],
  ['苗圃', '01', []],
  ['快递', '60', []],
])('%s is %s, none of ours: that is told, with what may be ours: %j', ([said, outside, codes]) => {
  expect(heard(said)).toMatchObject({ outside, codes, exact: false })
})

test('what was not read is not passed off as confirmed', () => {
  const among = (from: string, to: string) =>
    library.industries.classes.filter(({ code }) => code.slice(0, 3) >= from && code.slice(0, 3) <= to)
  const machinery = among('331', '404').filter(({ code, industry }) => code.length > 2 && industry === 'machinery')
  expect(machinery.length).toBeGreaterThan(20)
  expect(new Set(machinery.map(({ confidence }) => confidence))).toEqual(new Set(['secondary']))
  const unread = library.industries.classes.filter(({ code }) => ['268', '28', '384', '3841'].includes(code))
  expect(unread.map(({ confidence }) => confidence)).toEqual(Array(4).fill('unconfirmed'))
})
