import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { readLibrary } from '../../src/checklist/load.ts'
import {
  hongKongOf,
  readHongKongWords,
  simplifiedIn,
  staleness,
  zhHkFile,
  zhHkProblems,
  zhHkWords,
} from '../../src/cli/checklists/zh-hk.ts'

const { library } = readLibrary(new URL('../../checklists/', import.meta.url))
if (!library) throw new Error('The checklists cannot be read')
const words = readHongKongWords()
const said = hongKongOf(words)
const text = readFileSync(zhHkFile, 'utf8')

test('the file is what the checklists say, and nothing of zh-HK is simplified', () => {
  expect(zhHkProblems(library, words)).toEqual([])
  expect(load(text)).toEqual(zhHkWords(library, words))
})

test('a line edited by hand is found, and so is one that was added', () => {
  expect(staleness('a\nb\n', 'a\nc\n')).toMatchObject([{ line: 2, rule: 'zhHk' }])
  expect(staleness('a\n', 'a\nb\n')).toMatchObject([{ file: 'locales/zh-HK/checklists.yaml', line: 2 }])
})

test('a simplified character is found, a name of a language is none', () => {
  expect(simplifiedIn('bot.json', '回覆「简体」\n門口没有鎖', words)).toEqual([
    { file: 'locales/zh-HK/bot.json', line: 2, rule: 'zhHk', message: 'Simplified: 没' },
  ])
})

/** What a reader of Hong Kong found wrong: a meaning lost with the character. */
describe('characters that mean something else', () => {
  test.for([
    ['乾 is dry, 幹 works', /乾粉塵活|乾電工|幹切|幹沙|幹砂|擦幹|幹的抹布/],
    ['准 permits', /(?<!拿)不準(?!確)/],
    ['簽 signs', /(?<!標)籤/],
    ['斗 holds', /鬥/],
    ['只 is only', /隻/],
    ['繫 ties', /系(?!統|列)|係/],
    ['沖 is done with water', /(?<!緩)衝/],
    ['鬆 is loose', /松/],
    ['捲 rolls up', /卷(手|臂|布|接|線)/],
    ['製 makes', /制(氫|冷|造|品)/],
    ['裏 is inside', /里/],
    ['樑 carries', /梁/],
    ['words of the mainland', /什麼|塑料|複印|台賬|台帳|“|”/],
  ] as const)('%s', ([, wrong]) => {
    expect(text.split('\n').filter((line) => wrong.test(line))).toEqual([])
  })

  test.for([
    ['管粉尘、干粉尘活的人', '管粉塵、幹粉塵活的人'],
    ['现在干电工', '現在幹電工'],
    ['谁也不准上，拿不准就问', '誰也不准上，拿不準就問'],
    ['备着干沙，用干砂，布擦干', '備着乾沙，用乾砂，布擦乾'],
    ['租客签的合同补签一页，过再签，看标签', '租客簽的合同補簽一頁，過再簽，看標籤'],
    ['灰斗只管靠它，不是只靠人', '灰斗只管靠它，不是只靠人'],
    ['没系安全带，系带系好', '沒繫安全帶，繫帶繫好'],
    ['用水冲，缓冲包，螺丝松了', '用水沖，緩衝包，螺絲鬆了'],
    ['卷手、卷臂，钢卷', '捲手、捲臂，鋼卷'],
    ['制氢，管制冷机，电机制造，控制', '製氫，管製冷機，電機製造，控制'],
    ['不知道里面，横梁', '不知道裏面，橫樑'],
    ['为什么写“台账”、复印件、塑料', '為甚麼寫「記錄冊」、副本、塑膠'],
  ] as const)('%s', ([mainland, hongKong]) => {
    expect(said(mainland)).toBe(hongKong)
  })
})

describe('what Hong Kong calls the thing', () => {
  const { items } = zhHkWords(library, words)
  const elsewhere = Object.values(items).map(({ help: _, ...others }) => Object.values(others).join(''))

  test.for(Object.entries(words.explained))('%s（%s）: in help, once, and nowhere else', ([name, also]) => {
    const named = `${name}（${also}）`
    const helps = Object.values(items).map(({ help }) => help)
    expect(helps.filter((help) => help.split(named).length > 2)).toEqual([])
    expect(elsewhere.filter((each) => each.includes(named))).toEqual([])
  })

  test('many helps hold one', () => {
    const named = Object.values(items).filter(({ help }) => /（(滅火筒|鏟車|天車、吊機|燒焊|升降機)）/.test(help))
    expect(named.length).toBeGreaterThan(5)
  })

  test('a longer word stays whole', () => {
    expect(text).not.toMatch(/自行車（/)
  })
})
