import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateHeard } from '../../flows/words/index.ts'
import { addDays } from '../../src/calendar/dates.ts'
import { readDateWords } from '../../src/i18n/date-words.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'
import { type Language, languages } from '../../src/i18n/translator.ts'

/** A Tuesday. */
const TODAY = '2026-11-24'

const heardIn = (language: Language) => {
  const [words, lexicon] = [readDateWords(language), readLexicon(language)]
  return (text: string, today = TODAY) => dateHeard(text, today, words, lexicon)
}

/** What is heard, in short: a day, several, none such, or nothing. */
const shown = (heard: ReturnType<ReturnType<typeof heardIn>>) => {
  if (!heard) return '-'
  if ('date' in heard) return heard.date
  return 'ambiguous' in heard ? heard.ambiguous.join(' | ') : 'no such day'
}

describe('zh-CN', () => {
  const heard = heardIn('zh-CN')

  test.for<[said: string, expected: string]>([
    ['改到 12 月 20 号', '2026-12-20'],
    ['改到12月20日', '2026-12-20'],
    ['12月20', '2026-12-20'],
    ['十二月二十号', '2026-12-20'],
    ['12.20', '2026-12-20'],
    ['12/20', '2026-12-20'],
    ['12-20', '2026-12-20'],
    ['１２月２０号', '2026-12-20'],
    ['能不能改到12月20号？', '2026-12-20'],
    ['整改期限改到12月20日行不行', '2026-12-20'],
    ['最晚12月20号前改好', '2026-12-20'],
    ['延期到1月5号', '2027-01-05'],
    ['11月24号', '2026-11-24'],
    ['11月23号', '2027-11-23'],
    ['2027年1月5日', '2027-01-05'],
    ['2027-1-5', '2027-01-05'],
    ['明年1月5号', '2027-01-05'],
    ['今年12月31号', '2026-12-31'],
    ['20号', '2026-12-20'],
    ['二十号之前', '2026-12-20'],
    ['30号', '2026-11-30'],
    ['31号', '2026-12-31'],
    ['这个月28号', '2026-11-28'],
    ['下个月3号', '2026-12-03'],
    ['下月十五号', '2026-12-15'],
    ['今天', '2026-11-24'],
    ['明天', '2026-11-25'],
    ['明天下午吧', '2026-11-25'],
    ['后天', '2026-11-26'],
    ['大后天', '2026-11-27'],
    ['三天后', '2026-11-27'],
    ['3天内', '2026-11-27'],
    ['再给我十天', '2026-12-04'],
    ['过两天', '2026-11-26'],
    ['两周后', '2026-12-08'],
    ['两个星期', '2026-12-08'],
    ['一个礼拜之后', '2026-12-01'],
    ['半个月', '2026-12-09'],
    ['一个月后', '2026-12-24'],
    ['三个月内', '2027-02-24'],
    ['月底', '2026-11-30'],
    ['这个月底前', '2026-11-30'],
    ['下月底', '2026-12-31'],
    ['12月底', '2026-12-31'],
    ['二月底', '2027-02-28'],
    ['年底', '2026-12-31'],
    ['年底之前改完', '2026-12-31'],
    ['周五', '2026-11-27'],
    ['星期一', '2026-11-30'],
    ['这周五', '2026-11-27'],
    ['下周五', '2026-12-04'],
    ['下个礼拜天', '2026-12-06'],
    ['下下周一', '2026-12-07'],
    ['周末', '2026-11-29'],
    // Which of them, has to be asked.
    ['周二', '2026-11-24 | 2026-12-01'],
    ['下周', '2026-12-04 | 2026-12-06'],
    ['下个月', '2026-12-15 | 2026-12-31'],
    // There is none.
    ['2月30号', 'no such day'],
    ['2月29日', 'no such day'],
    ['13月1号', 'no such day'],
    ['4月31号', 'no such day'],
    ['32号', 'no such day'],
    ['下个月0号', 'no such day'],
    ['13.45', 'no such day'],
    // Said to be past.
    ['昨天', '2026-11-23'],
    ['2026年11月1日', '2026-11-01'],
    ['这周一', '2026-11-23'],
    ['这个月3号', '2026-11-03'],
    // No day at all.
    ['', '-'],
    ['好', '-'],
    ['12', '-'],
    ['第3题', '-'],
    ['不行，20号不行', '-'],
    ['12月20号之后', '-'],
    ['20号到25号', '-'],
    ['我们厂三天两头停电', '-'],
    ['99999天后', '-'],
    ['尽快', '-'],
  ])('%s → %s', ([said, expected]) => {
    expect(shown(heard(said))).toBe(expected)
  })

  test.for<[said: string, today: string, expected: string]>([
    ['31号', '2026-01-31', '2026-01-31'],
    ['30号', '2026-01-31', '2026-03-30'],
    ['2月29日', '2028-01-01', '2028-02-29'],
    ['月底', '2028-02-10', '2028-02-29'],
    ['一个月后', '2027-01-31', '2027-02-28'],
    ['下月底', '2026-12-31', '2027-01-31'],
    ['周日', '2026-11-23', '2026-11-29'],
    ['下周一', '2026-11-29', '2026-11-30'],
    ['年底', '2026-12-31', '2026-12-31'],
  ])('%s, said on %s → %s', ([said, today, expected]) => {
    expect(shown(heard(said, today))).toBe(expected)
  })
})

describe('zh-HK', () => {
  const heard = heardIn('zh-HK')
  test.for<[said: string, expected: string]>([
    ['聽日', '2026-11-25'],
    ['後日', '2026-11-26'],
    ['改到12月20號得唔得', '2026-12-20'],
    ['三日後', '2026-11-27'],
    ['兩個禮拜之後', '2026-12-08'],
    ['下個禮拜五', '2026-12-04'],
    ['月尾', '2026-11-30'],
    ['年尾前搞掂', '2026-12-31'],
    ['今個禮拜五', '2026-11-27'],
    ['琴日', '2026-11-23'],
  ])('%s → %s', ([said, expected]) => {
    expect(shown(heard(said))).toBe(expected)
  })
})

describe('en', () => {
  const heard = heardIn('en')
  test.for<[said: string, expected: string]>([
    ['20 December', '2026-12-20'],
    ['move it to Dec 20th, please', '2026-12-20'],
    ['the 20th of December', '2026-12-20'],
    ['December 20, 2027', '2027-12-20'],
    ['2026-12-20', '2026-12-20'],
    ['by the 3rd', '2026-12-03'],
    ['12/20', '2026-12-20'],
    ['20/12', '2026-12-20'],
    ['3/12', '2026-12-03 | 2027-03-12'],
    ['tomorrow', '2026-11-25'],
    ['the day after tomorrow', '2026-11-26'],
    ['in two weeks', '2026-12-08'],
    ['in a week', '2026-12-01'],
    ['three days', '2026-11-27'],
    ['10 more days', '2026-12-04'],
    ['Friday', '2026-11-27'],
    ['this friday', '2026-11-27'],
    ['next friday', '2026-11-27 | 2026-12-04'],
    ['end of the month', '2026-11-30'],
    ['by the end of next month', '2026-12-31'],
    ['end of February', '2027-02-28'],
    ['year end', '2026-12-31'],
    ['30 Feb', 'no such day'],
    ['yesterday', '2026-11-23'],
    ['12', '-'],
    ['may', '-'],
    ['ok', '-'],
    ['as soon as possible', '-'],
  ])('%s → %s', ([said, expected]) => {
    expect(shown(heard(said))).toBe(expected)
  })
})

const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2026-01-01', days))
const saidOfTheFuture = fc.oneof(
  fc.tuple(fc.nat(14), fc.nat(33)).map(([month, date]) => `${month}月${date}号`),
  fc.nat(33).map((date) => `改到${date}号`),
  fc.nat(500).map((days) => `${days}天后`),
  fc.constantFrom(
    '明天',
    '下周五',
    '周一',
    '周天',
    '月底',
    '下月底',
    '年底',
    '下周',
    '下个月',
    '2月底',
    '周末',
    '半个月',
  ),
)

test('a day heard is never in the past unless that was said, and always a day', () => {
  const heard = heardIn('zh-CN')
  fc.assert(
    fc.property(saidOfTheFuture, day, (said, today) => {
      const result = heard(said, today)
      if (!result || 'noSuchDay' in result) return
      for (const date of 'date' in result ? [result.date] : result.ambiguous) {
        expect(date >= today).toBe(true)
        expect(addDays(date, 0)).toBe(date)
      }
    }),
  )
})

test.for(languages)('whatever is typed in %s, it is a day or it is none', (language) => {
  const heard = heardIn(language)
  const parts = fc.constantFrom(
    '下',
    '个',
    '周',
    '月',
    '日',
    '号',
    '12',
    '3',
    '.',
    '/',
    '-',
    '天',
    '后',
    '底',
    '年',
    ' ',
    'next',
    'may',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 9 }), day, (said, today) => {
      expect(shown(heard(said.join(''), today))).toMatch(/^(-|no such day|\d{4}-\d\d-\d\d( \| \d{4}-\d\d-\d\d)*)$/)
    }),
  )
})

describe('a file that is wrong is refused and named', () => {
  const whole = readFileSync(new URL('../../locales/zh-CN/dates.yaml', import.meta.url), 'utf8')

  test.for([
    ['a pattern that is none', whole.replace('offsets:\n', 'offsets:\n  "9": [(]\n'), /9: /],
    [
      'a part that is none',
      whole.replace('weekday: ["(周|星期|礼拜){weekday}', 'weekday: ["{weekend}'),
      /no part \{weekend\}/,
    ],
    ['a form that is missing', whole.replace(/^ {2}yearEnd:/m, '  yearStart:'), /yearEnd/],
    ['a month that is none', whole.replace('months: {}', 'months: { x: 13 }'), /months/],
    ['no YAML', `${whole}\n  - [`, /dates\.yaml/],
  ] as const)('%s', ([, text, problem]) => {
    const folder = mkdtempSync(join(tmpdir(), 'anbiao-locales-'))
    mkdirSync(join(folder, 'zh-CN'))
    writeFileSync(join(folder, 'zh-CN', 'dates.yaml'), text)
    const reading = () => readDateWords('zh-CN', pathToFileURL(`${folder}/`))
    expect(reading).toThrow(problem)
    expect(reading).toThrow(/locales\/zh-CN\/dates\.yaml/)
  })
})
