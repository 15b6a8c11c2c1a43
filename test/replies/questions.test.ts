import { describe, expect, test } from 'vitest'
import { changeHeard, commandHeard, requestHeard } from '../../flows/words/index.ts'
import { checklistOf, composedRefs } from '../../src/checklist/checklist.ts'
import { blankSheet } from '../../src/checklist/rules.ts'
import { loadContent } from '../../src/content.ts'
import { languages } from '../../src/i18n/translator.ts'
import { questionAnswer } from '../../src/replies/questions.ts'
import { whyAsked, whyNotAsked } from '../../src/replies/why-not.ts'

const { library, lexicons, questions, changes } = loadContent()
const known = { reviewDays: 10, ourTerm: '', validYears: 3 }

const answers = languages.flatMap((language) =>
  Object.entries(questions[language].questions).flatMap(([id, { answers }]) =>
    answers.map((answer) => ({ language, id, answer })),
  ),
)

describe('what owners are told', () => {
  const answer = (id: string, facts = {}) =>
    questionAnswer(id, { questions: questions['zh-CN'], facts: { ...known, ...facts } })

  test('a number that nobody looked up is not invented', () => {
    expect(answer('bureauPhone')).toBe('您厂所在区的应急管理局管这件事。电话我这里没有，不敢乱给，请到区政府网站上查。')
    const bureau = '龙岗区应急管理局'
    expect(answer('bureauPhone', { bureau })).toBe(`${bureau}管这件事。电话我这里没有，不敢乱给，请到区政府网站上查。`)
    expect(answer('bureauPhone', { bureau, phone: '0755-0000000' })).toBe(`${bureau}：0755-0000000。`)
    expect(answer('bureauPhone', { bureau, phone: '0755-0000000', hours: '工作日 9:00–18:00' })).toBe(
      `${bureau}：0755-0000000，工作日 9:00–18:00。`,
    )
  })

  test('what is known of the matter is said', () => {
    expect(answer('whenApproved')).toContain('一般 10 个工作日内有结果')
    expect(answer('whenApproved', { number: 'SZ-LG-2026-000123', dueOn: '12 月 7 日' })).toContain('12 月 7 日前有结果')
    expect(answer('howLong', { left: 20, minutes: 10 })).toContain('还剩 20 题，约 10 分钟')
    expect(answer('passMark')).toContain('没有规定多少分及格')
    expect(answer('passMark', { minimum: 60 })).toContain('要 60 分才能申报')
  })

  test('a question that is not on the list has no answer', () => {
    expect(() => answer('weather')).toThrow(/weather/)
  })

  test.for(languages)('every question of %s is answered while nothing more is known', (language) => {
    for (const id of Object.keys(questions[language].questions))
      expect(questionAnswer(id, { questions: questions[language], facts: known })).not.toMatch(/\{\{|undefined/)
  })

  test('answers are short', () => {
    const longest = { 'zh-CN': 90, 'zh-HK': 90, en: 200 }
    expect(answers.filter(({ language, answer }) => answer.length > longest[language])).toEqual([])
  })

  test.for([
    ['no exclamation marks', /[!！]/],
    ['您, not 你', /你/],
    ['nothing official', /请您务必|温馨提示|請您務必|溫馨提示|kindly/i],
  ] as const)('%s', ([, mark]) => expect(answers.filter(({ answer }) => mark.test(answer))).toEqual([]))

  test('no Chinese in English, but the names of the languages', () => {
    const mixed = answers.filter(
      ({ language, id, answer }) =>
        language === 'en' && id !== 'otherLanguage' && /\p{Script=Han}|[，。；：？]/u.test(answer),
    )
    expect(mixed).toEqual([])
  })

  test('what owners are told to say is understood', () => {
    const notUnderstood = answers.flatMap(({ language, id, answer }) =>
      [...answer.matchAll(/(?:回|reply|打)\s?((?:[“「][^”」]+[”」][、或, or]*)+)/gi)]
        .flatMap(([, quoted = '']) => quoted.match(/(?<=[“「])[^”」]+/g) ?? [])
        .map((said) => said.replace(/几|幾/, '3'))
        .filter((said) => {
          const listening = { changes: changes[language], lexicon: lexicons[language] }
          const site = { siteProfile: library.siteProfile, industry: 'machinery', facts: [] }
          return !(
            commandHeard(said, lexicons[language]) ??
            requestHeard(said, listening) ??
            changeHeard(said, { ...listening, ...site })
          )
        })
        .map((said) => `${language} ${id}: ${said}`),
    )
    expect(notUnderstood).toEqual([])
  })
})

describe('why something is asked about or not', () => {
  const site = { industry: 'machinery', facts: ['forklifts'] }
  const checklist = checklistOf(library, composedRefs(library, site, '2026-11-24'))
  const view = {
    language: 'zh-CN',
    library,
    questions: questions['zh-CN'],
    names: changes['zh-CN'].names,
    site,
    walk: { checklist, sheet: blankSheet(checklist) },
  } as const

  test('what the owner did not declare', () => {
    expect(whyNotAsked('cranes', view)).toBe('因为您说厂里没有“行车、起重机”。有的话回“我们有行车”，我加上。')
    expect(whyAsked('cranes', view)).toContain('您没有选“行车、起重机”')
  })

  test('what is on record, and from which question it is asked about', () => {
    const number = Number(/第 (\d+) 题/.exec(whyNotAsked('forklifts', view))?.[1])
    const item = checklist.items[number - 1]
    expect(item?.question).toContain('叉车')
    expect(whyNotAsked('forklifts', { ...view, walk: null })).toBe('“叉车”已经记下了，答题时会问到。')
    expect(whyAsked('forklifts', view)).toBe('因为您选了“叉车”。没有的话回“没有叉车了”，我去掉。')
  })

  test('what only other trades are asked about', () => {
    expect(whyNotAsked('liquidChlorine', view)).toBe(
      '“造纸用液氯”只问轻工这样的行业，您登记的是机械。行业不对就回“换行业”。',
    )
  })

  test.for(languages)('what one is told to say is understood in %s', (language) => {
    const facts = library.siteProfile.groups.flatMap((group) => group.facts)
    const [lexicon, words] = [lexicons[language], changes[language]]
    const notUnderstood = facts.flatMap(({ id, industries: [industry = 'machinery'] = [] }) => {
      const there = { ...view, language, questions: questions[language], names: words.names }
      const listening = { changes: words, lexicon, siteProfile: library.siteProfile, industry }
      const told = (text: string) => text.match(/(?<=(?:回|回覆|reply )[“「])[^”」]+/)?.[0] ?? ''
      const add = told(whyNotAsked(id, { ...there, site: { industry, facts: [] } }))
      const drop = told(whyAsked(id, { ...there, site: { industry, facts: [id] } }))
      const added = changeHeard(add, { ...listening, facts: [] })
      const removed = changeHeard(drop, { ...listening, facts: [id] })
      return [
        ...(added?.kind === 'facts' && added.added.includes(id) ? [] : [add]),
        ...(removed?.kind === 'facts' && [...removed.removed, ...removed.unsure].includes(id) ? [] : [drop]),
      ]
    })
    expect(notUnderstood).toEqual([])
  })
})
