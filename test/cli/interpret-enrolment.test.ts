import { describe, expect, test } from 'vitest'
import { type EnrolmentKind, enrolmentInterpretation } from '../../src/cli/interpret-enrolment.ts'
import { loadContent } from '../../src/content.ts'
import { type Language, translators } from '../../src/i18n/translator.ts'

const { library, lexicons } = loadContent()

const heard = (kind: EnrolmentKind, text: string, language: Language = 'zh-CN') =>
  enrolmentInterpretation(kind, text, {
    library,
    lexicon: lexicons[language],
    language,
    t: translators[language],
  })

describe('what is stored', () => {
  test.for<[EnrolmentKind, string, unknown]>([
    ['uscc', '代码是91440300708461136T', '91440300708461136T'],
    ['name', '我们厂叫强盛金属制品有限公司', '强盛金属制品有限公司'],
    ['district', '大鹏新区', '440307'],
    ['industry', '做木沙发，也喷漆', { code: '211', industry: 'light-industry', facts: ['sprayPainting'] }],
    ['headcount', '38人，临时工10个', 48],
    ['contact', '黄大伟，厂长', '黄大伟'],
    ['phone', '13800138000', '13800138000'],
    ['picks', '喷漆和叉车', ['sprayPainting', 'forklifts']],
    ['picks', '都没有', []],
  ])('%s: %s', ([kind, text, stored]) => expect(heard(kind, text)).toEqual({ text, stored, asks: null }))

  test.for<[string, readonly string[]]>([
    ['painting, welding', ['sprayPainting', 'hotWork']],
    ['forklift', ['forklifts']],
    ['we have spray painting and two forklifts', ['sprayPainting', 'forklifts']],
    ['none', []],
  ])('D34: %s', ([text, stored]) => expect(heard('picks', text, 'en')).toEqual({ text, stored, asks: null }))
})

describe('what is asked back, and nothing stored', () => {
  test.for<[EnrolmentKind, string, RegExp]>([
    ['uscc', '123', /3 位/],
    ['uscc', '1'.repeat(18), /随便打/],
    ['name', '我们公司', /营业执照上的全称/],
    ['name', '<b>强盛</b>有限公司', /“强盛有限公司”/],
    ['district', '前海', /两个区/],
    ['district', '深汕', /深圳市应急管理局/],
    ['district', '广州', /没找到“广州”/],
    ['industry', '服装店', /零售业[\s\S]*服装/],
    ['industry', '加油站', /不归工贸/],
    ['industry', '哈哈', /没听明白/],
    ['headcount', '不到50', /49 人以下/],
    ['headcount', '49人以下', /49 人以下/],
    ['headcount', '50以上', /不止 50 人/],
    ['headcount', '二十几个', /给个数就行/],
    ['headcount', '99999', /没打错吗/],
    ['contact', '老黄', /黄什么/],
    ['contact', '保密', /身份证/],
    ['contact', 'Tom', /“Tom”/],
    ['phone', '没有', /11 位/],
    ['picks', '没有喷漆', /没看懂“没有喷漆”/],
  ])('%s: %s', ([kind, text, asks]) => {
    const { stored, asks: asked } = heard(kind, text)
    expect(stored).toBeNull()
    expect(asked).toMatch(asks)
  })

  test('no painting is no pick in English either', () => {
    expect(heard('picks', 'no painting', 'en').stored).toBeNull()
  })

  test('a trade is named in the language of the owner', () => {
    expect(heard('industry', 'petrol station', 'en').asks).toContain('Petrol stations')
    expect(heard('industry', '加油站', 'zh-HK').asks).toContain('機動車燃油零售')
  })
})
