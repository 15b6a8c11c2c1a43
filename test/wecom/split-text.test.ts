import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainText, shortened, splitText } from '../../src/wecom/split-text.ts'

const bytes = (text: string) => Buffer.byteLength(text)
const inked = (text: string) => plainText(text).replace(/\s/g, '')
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

describe('splitText', () => {
  test.for([
    ['nothing', '', []],
    ['blanks only', ' \n\t', []],
    ['a short text as it is', '您好，这里是安标助手。', ['您好，这里是安标助手。']],
    ['2048 bytes whole', 'a'.repeat(2048), ['a'.repeat(2048)]],
    ['2049 bytes in two', 'a'.repeat(2049), ['a'.repeat(2048), 'a']],
    ['between lines', `${'甲'.repeat(500)}\n${'乙'.repeat(500)}`, ['甲'.repeat(500), '乙'.repeat(500)]],
    ['between sentences', `${'甲'.repeat(499)}。${'乙'.repeat(500)}`, [`${'甲'.repeat(499)}。`, '乙'.repeat(500)]],
    [
      'not at a full stop in a number',
      `${'a'.repeat(1500)}94.1${'b'.repeat(1000)}`,
      [`${'a'.repeat(1500)}94.1${'b'.repeat(544)}`, 'b'.repeat(456)],
    ],
    ['late rather than at an early line', `甲\n${'乙'.repeat(1000)}`, [`甲\n${'乙'.repeat(681)}`, '乙'.repeat(319)]],
    ['at a line end just where it is full', `${'a'.repeat(2048)}\nb`, ['a'.repeat(2048), 'b']],
    ['not inside a family', `${'a'.repeat(2040)}👨‍👩‍👧`, ['a'.repeat(2040), '👨‍👩‍👧']],
    [
      'not inside a link',
      `${'甲'.repeat(670)}：https://example.invalid/listing/SZ-LG-2026-000001，点开看`,
      [`${'甲'.repeat(670)}：`, 'https://example.invalid/listing/SZ-LG-2026-000001，点开看'],
    ],
    [
      'inside a character longer than a message, at last',
      `e${'\u0301'.repeat(2000)}`,
      [`e${'\u0301'.repeat(1023)}`, '\u0301'.repeat(977)],
    ],
  ] as const)('%s', ([, text, parts]) => {
    expect(splitText(text)).toEqual(parts)
  })

  test('loses nothing but blanks, keeps to 2048 bytes, leaves characters whole', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 3000, size: 'max' }),
      fc.constantFrom(
        '\n',
        '。',
        '隐患'.repeat(300),
        '👨‍👩‍👧'.repeat(50),
        'http://x?y=1&z',
        'https://',
        '\ud800',
        '\u0000',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        const parts = splitText(text)
        expect(parts.every((part) => part !== '' && bytes(part) <= 2048)).toBe(true)
        expect(parts.map(inked).join('')).toBe(inked(text))
      }),
      { numRuns: 200 },
    )
  })

  test('cuts between graphemes only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite', minLength: 1200, maxLength: 3000 }), (text) => {
        const count = (each: string) => [...graphemes.segment(each)].filter(({ segment }) => segment.trim()).length
        const parts = splitText(text)
        expect(parts.reduce((sum, part) => sum + count(part), 0)).toBe(count(plainText(text)))
      }),
      { numRuns: 50 },
    )
  })
})

test.for([
  ['short enough', '第 14 题', 10, '第 14 题'],
  ['cut', '第 14 题，共 33 题', 8, '第 14 题，…'],
  ['not inside a character', 'ab👨‍👩‍👧cd', 5, 'ab…'],
  ['one character too long for all', '👨‍👩‍👧', 5, '…'],
] as const)('shortened: %s', ([, text, most, expected]) => {
  expect(shortened(text, most)).toBe(expected)
})

test('plainText leaves nothing that JSON would escape with \\u', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const text = String.fromCharCode(...units)
      expect(JSON.stringify(plainText(text)).replaceAll('\\\\', '')).not.toContain('\\u')
    }),
  )
})
