import { describe, expect, test } from 'vitest'
import { clauseInWords } from '../../src/replies/figures.ts'
import { library } from '../checklists/support.ts'

test.for([
  ['8(7)', '第八条第七项', '第八條第七項', 'Art. 8 (7)'],
  ['7(7)', '第七条第七项', '第七條第七項', 'Art. 7 (7)'],
  ['5(13)', '第五条第十三项', '第五條第十三項', 'Art. 5 (13)'],
  ['11(10)', '第十一条第十项', '第十一條第十項', 'Art. 11 (10)'],
  ['十一(三)', '第十一条第三项', '第十一條第三項', 'Art. 11 (3)'],
  ['十一（三）', '第十一条第三项', '第十一條第三項', 'Art. 11 (3)'],
  ['第八条第七项', '第八条第七项', '第八條第七項', 'Art. 8 (7)'],
  ['第二十条', '第二十条', '第二十條', 'Art. 20'],
  ['第八十三条', '第八十三条', '第八十三條', 'Art. 83'],
  ['第37条', '第三十七条', '第三十七條', 'Art. 37'],
  ['第三十七条、第五十二条', '第三十七条、第五十二条', '第三十七條、第五十二條', 'Art. 37, Art. 52'],
  ['全文', '全文', '全文', 'whole text'],
  ['4.2.2', '4.2.2', '4.2.2', '4.2.2'],
  ['10.0.7', '10.0.7', '10.0.7', '10.0.7'],
  ['6.3.3、10.3', '6.3.3、10.3', '6.3.3、10.3', '6.3.3, 10.3'],
  ['分容、化成、老化分隔', '分容、化成、老化分隔', '分容、化成、老化分隔', '分容、化成、老化分隔'],
  ['24小时监控值班巡查', '24小时监控值班巡查', '24小时监控值班巡查', '24小时监控值班巡查'],
] as const)('%s', ([clause, simplified, traditional, english]) => {
  expect(clauseInWords(clause, 'zh-CN')).toBe(simplified)
  expect(clauseInWords(clause, 'zh-HK')).toBe(traditional)
  expect(clauseInWords(clause, 'en')).toBe(english)
})

describe('every clause that a checklist cites', () => {
  const cited = [...library.published.values()].flatMap(({ items, hazards }) => [
    ...items.flatMap(({ basis }) => basis.map(({ clause }) => clause)),
    ...hazards.map(({ clause }) => clause.clause),
  ])
  const spellings = [...new Set(cited)].sort()
  const articles = spellings.filter((clause) => /^\d+\(\d+\)$|^第/.test(clause))

  test('is an article, the number of a standard, or a heading', () => {
    const others = spellings.filter((clause) => !articles.includes(clause))
    expect(articles.length).toBeGreaterThan(100)
    expect(others.filter((clause) => !/^[\d.]+(、[\d.]+)*$/.test(clause))).toEqual([
      '24小时监控值班巡查',
      '事故通风联动',
      '充放电监控',
      '全文',
      '分容、化成、老化分隔',
      '处置方案和演练',
      '应急物资',
      '电池仓库',
      '电池仓库分隔',
    ])
    expect(others.filter((clause) => clauseInWords(clause, 'zh-CN') !== clause)).toEqual([])
  })

  test.for(articles)('%s is said in words', (clause) => {
    expect(clauseInWords(clause, 'zh-CN')).toMatch(
      /^第[一二三四五六七八九十]+条(第[一二三四五六七八九十]+项)?(、第[一二三四五六七八九十]+条)*$/,
    )
    expect(clauseInWords(clause, 'zh-HK')).toBe(
      clauseInWords(clause, 'zh-CN').replaceAll('条', '條').replaceAll('项', '項'),
    )
    expect(clauseInWords(clause, 'en')).toMatch(/^Art\. \d+( \(\d+\))?(, Art\. \d+)*$/)
  })
})
