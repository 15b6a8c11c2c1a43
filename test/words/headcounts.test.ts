import { describe, expect, test } from 'vitest'
import { headcountHeard, isPlausibleHeadcount } from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const lexicon = readLexicon('zh-CN')
const english = readLexicon('en')
const cantonese = readLexicon('zh-HK')

describe('D12: what is exact', () => {
  test.for<[string, number]>([
    ['38', 38],
    ['38人', 38],
    ['三十八个人', 38],
    ['就 12 人', 12],
    ['才五个', 5],
    ['1,200', 1200],
    ['38人，临时工10个', 48],
    ['38个，加10个临时工', 48],
    ['正式工30，临时工8', 38],
    ['男20，女18', 38],
    ['车间30个，办公室8个', 38],
    ['一共38人，其中临时工10个', 38],
    ['38人，含临时工10个', 38],
    ['38人，算上临时工48', 48],
    ['1200人，临时工300', 1500],
    ['夫妻两个', 2],
    ['两口子', 2],
    ['就我们两口子', 2],
    ['夫妻店', 2],
    ['我和老婆', 2],
    ['夫妻俩加3个工人', 5],
    ['一家三口', 3],
    ['就我一个', 1],
  ])('%s is %d', ([said, value]) => expect(headcountHeard(said, lexicon)).toEqual({ kind: 'exact', value }))
})

describe('D12: what leaves a range', () => {
  test.for<[string, number, number]>([
    ['二十几个', 20, 29],
    ['20几个', 20, 29],
    ['十几个', 10, 19],
    ['几十个', 20, 99],
    ['十几二十个', 10, 20],
    ['三四十', 30, 40],
    ['五六个', 5, 6],
    ['两三个', 2, 3],
    ['十五六个', 15, 16],
    ['二十七八个', 27, 28],
    ['一两百', 100, 200],
    ['一百几十人', 110, 199],
    ['30-40', 30, 40],
    ['三十到四十人', 30, 40],
    ['50左右', 45, 55],
    ['大概50', 45, 55],
    ['40来个', 36, 44],
    ['50多', 50, 59],
    ['一百多号人', 100, 199],
    ['38个左右，临时工十个', 44, 52],
  ])('%s is %d to %d', ([said, low, high]) =>
    expect(headcountHeard(said, lexicon)).toEqual({ kind: 'about', low, high }),
  )

  test.for<[string, 'below' | 'above', number]>([
    ['不到50', 'below', 50],
    ['不足100', 'below', 100],
    ['50人以下', 'below', 50],
    ['不超过50', 'below', 50],
    ['最多30个', 'below', 30],
    ['50以上', 'above', 50],
    ['不少于50人', 'above', 50],
    ['超过一百', 'above', 100],
    ['上百人', 'above', 100],
  ])('%s is %s %d', ([said, kind, value]) => expect(headcountHeard(said, lexicon)).toEqual({ kind, value }))
})

test.for([
  '',
  '很多',
  '没有',
  '没有工人',
  '人',
  '0',
  '1.5人',
  '临时工10个',
  '38人，临时工不算',
  '30、40个',
  '三、四十个',
  '三八',
  '12栋楼3层',
  '38岁的人10个',
  '老板加12个工人',
  '38人吗',
  '38人，或者40人',
])('of “%s” no headcount is made', (said) => expect(headcountHeard(said, lexicon)).toBeUndefined())

test('in Cantonese and in English', () => {
  expect(headcountHeard('兩公婆', cantonese)).toEqual({ kind: 'exact', value: 2 })
  expect(headcountHeard('二十幾個人', cantonese)).toEqual({ kind: 'about', low: 20, high: 29 })
  expect(headcountHeard('38 people and 10 temps', english)).toEqual({ kind: 'exact', value: 48 })
  expect(headcountHeard('husband and wife', english)).toEqual({ kind: 'exact', value: 2 })
  expect(headcountHeard('30 to 40', english)).toEqual({ kind: 'about', low: 30, high: 40 })
  expect(headcountHeard('less than 50', english)).toEqual({ kind: 'below', value: 50 })
  expect(headcountHeard('over 50 people', english)).toEqual({ kind: 'above', value: 50 })
})

test.for<[number, boolean]>([
  [1, true],
  [300, true],
  [9_999, true],
  [99_999, false],
  [0, false],
  [2.5, false],
])('D12: %d may be a headcount: %s', ([value, plausible]) => expect(isPlausibleHeadcount(value)).toBe(plausible))

test('no repetition makes a pattern run away', () => {
  for (const words of [lexicon, cantonese, english])
    for (const text of ['几', '十几', '约', '1', '一', '人', '临时工', '加', '我们', '38人，', 'and', '-', '多']) {
      const begun = performance.now()
      headcountHeard(text.repeat(500), words)
      for (const end of ['', 'X', '吗', '人']) headcountHeard(text.repeat(Math.floor(38 / text.length)) + end, words)
      expect(performance.now() - begun).toBeLessThan(300)
    }
})
