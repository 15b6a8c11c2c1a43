import { expect, test } from 'vitest'
import { translators } from '../../src/i18n/translator.ts'
import { listed } from '../../src/replies/listed.ts'

test.for([
  [[], '', ''],
  [['喷漆'], '喷漆', '喷漆'],
  [['喷漆', '电焊'], '喷漆、电焊', '喷漆, 电焊'],
  [['电焊、气割等冒火花的活'], '电焊、气割等冒火花的活', '电焊、气割等冒火花的活'],
  [
    ['电焊、气割等冒火花的活', '食堂', '行车、货梯'],
    '电焊、气割等冒火花的活；食堂；行车、货梯',
    '电焊、气割等冒火花的活; 食堂; 行车、货梯',
  ],
  [['welding, cutting', 'canteen'], 'welding, cutting；canteen', 'welding, cutting; canteen'],
] as const)('%j', ([items, chinese, english]) => {
  expect(listed(items, translators['zh-CN'])).toBe(chinese)
  expect(listed(items, translators.en)).toBe(english)
})
