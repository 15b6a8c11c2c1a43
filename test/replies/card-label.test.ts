import { expect, test } from 'vitest'
import { languages, translators } from '../../src/i18n/translator.ts'
import { cardLabel } from '../../src/replies/card-label.ts'
import { cardUpdateOf } from '../../src/wecom/render.ts'

test.for([
  ['a tap that counts', { chosen: '符合', shown: undefined, wait: 0 }, '✓ 符合'],
  ['D32: the second of a double tap', { chosen: undefined, shown: '✓ 符合', wait: 0 }, '✓ 符合'],
  ['a tap on a card that was answered in words', { chosen: undefined, shown: '已回答', wait: 0 }, '已回答'],
  ['a tap on a card of long ago that shows its buttons', { chosen: undefined, shown: undefined, wait: 0 }, '已过时'],
  ['D24: a tap faster than messages may be sent', { chosen: '符合', shown: undefined, wait: 52 }, '✓ 52秒后继续'],
  [
    'D24, D32: the second of a double tap, too fast',
    { chosen: undefined, shown: '✓ 52秒后继续', wait: 52 },
    '✓ 52秒后继续',
  ],
] as const)('%s', ([, tapped, label]) => {
  expect(cardLabel(tapped, translators['zh-CN'])).toBe(label)
})

test.for(languages)('D24: the wait is not cut off on a card (%s)', (language) => {
  const label = cardLabel({ chosen: '还没改好，继续答', shown: undefined, wait: 180 }, translators[language])
  expect(cardUpdateOf('code', ['owner'], label)).toMatchObject({ button: { replace_name: label } })
})
