import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkCharacter, checkUscc } from '../../src/enterprise/uscc.ts'

const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY']

/** GB 11714, spelt out once more. */
function bodyDigit(body: readonly string[]): string {
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce(
    (total, weight, at) => total + weight * Number.parseInt(body[at] ?? '', 36),
    0,
  )
  return ['0', 'X', '9', '8', '7', '6', '5', '4', '3', '2', '1'][sum % 11] ?? ''
}

const codes = fc
  .tuple(
    fc.constantFrom('91', '92', '93', '51', '12', 'N2', 'Y1'),
    fc.constantFrom('100000', '110101', '440300', '440307', '441900', '654000'),
    fc.array(fc.constantFrom(...alphabet), { minLength: 8, maxLength: 8 }),
  )
  .map(([kind, region, body]) => `${kind}${region}${body.join('')}${bodyDigit(body)}`)
  .map((start) => start + checkCharacter(start))

/** With the check digit that makes it whole. */
const whole = (start: string) => start + checkCharacter(start)

test.for([
  ['as printed', '91440300708461136T'],
  ['in groups', '9144 0300 7084 6113 6T'],
  ['small letters', '91440300708461136t'],
  ['full-width', '９１４４０３００７０８４６１１３６Ｔ'],
  ['with hyphens and words', '统一社会信用代码：91440300-708461136-T。'],
  ['on two lines', '914403007\n08461136T'],
  ['in a sentence, D18', '代码是91440300708461136T，名字强盛金属制品有限公司'],
  ['in an English sentence', 'our code is 91440300708461136T thanks'],
  ['beside other numbers', '我们厂38人，18位代码91440300708461136T 电话13800138000'],
] as const)('sound, %s', ([, text]) => {
  expect(checkUscc(text)).toEqual({ type: 'ok', code: '91440300708461136T' })
})

test.for([
  ['nothing', '', { type: 'wrongLength', code: '', length: 0 }],
  ['one short', '9144030070846113T', { type: 'wrongLength', code: '9144030070846113T', length: 17 }],
  ['a mobile number', '13800138000', { type: 'wrongLength', code: '13800138000', length: 11 }],
  ['O for 0', '9144O300708461136T', { type: 'wrongCharacter', code: '9144O300708461136T', position: 5 }],
  ['I for 1', '9I440300708461136T', { type: 'wrongCharacter', code: '9I440300708461136T', position: 2 }],
  ['Z at the end', '91440300708461136Z', { type: 'wrongCharacter', code: '91440300708461136Z', position: 18 }],
  ['D for 0', '914403007D8461136T', { type: 'wrongCheckDigit', code: '914403007D8461136T', likelyPosition: 10 }],
  ['B for 8', '9144030070B461136T', { type: 'wrongCheckDigit', code: '9144030070B461136T', likelyPosition: 11 }],
  ['Q for 0', '9144Q300708461136T', { type: 'wrongCheckDigit', code: '9144Q300708461136T', likelyPosition: 5 }],
  ['L for 1', '9144030070846L136T', { type: 'wrongCheckDigit', code: '9144030070846L136T', likelyPosition: 14 }],
  ['4 for 3', '91440400708461136T', { type: 'wrongCheckDigit', code: '91440400708461136T', likelyPosition: 18 }],
  ['words alone', 'please wait', { type: 'wrongLength', code: '', length: 0 }],
  ['all the same', '1'.repeat(18), { type: 'madeUp', code: '1'.repeat(18) }],
  ['all nought, which is whole', '0'.repeat(18), { type: 'madeUp', code: '0'.repeat(18) }],
  ['counted up', '123456789012345678', { type: 'madeUp', code: '123456789012345678' }],
  ['counted down', '987654321098765432', { type: 'madeUp', code: '987654321098765432' }],
] as const)('%s', ([, text, expected]) => {
  expect(checkUscc(text)).toEqual(expected)
})

describe('a code that is whole by chance', () => {
  test.for(['00', '14', '95', '90', '67', 'B1', 'Y2', 'A3'])('no authority registers %s', (kind) => {
    const code = whole(`${kind}440300708461136`)
    expect(checkUscc(code)).toEqual({ type: 'wrongKind', code, position: 1 })
  })

  test.for(['000000', '160000', '470000', '990000', '4403A0'])('there is no region %s', (region) => {
    const code = whole(`91${region}708461136`)
    expect(checkUscc(code)).toEqual({ type: 'wrongRegion', code, position: 3 })
  })

  test('another check digit of the organisation is a doubt, no refusal', () => {
    const code = whole('91440300708461137')
    expect(checkUscc(code)).toEqual({ type: 'ok', code, doubtful: true })
  })
})

describe('any code', () => {
  test('is sound with its own check digit, however it is spaced', () => {
    fc.assert(
      fc.property(codes, fc.nat(18), fc.constantFrom(' ', '　', '-', '\n'), (code, at, gap) => {
        expect(checkUscc(code.slice(0, at).toLowerCase() + gap + code.slice(at))).toEqual({ type: 'ok', code })
      }),
    )
  })

  test('is not sound with one character changed', () => {
    fc.assert(
      fc.property(codes, fc.nat(17), fc.constantFrom(...alphabet), (code, at, other) => {
        fc.pre(code[at] !== other)
        expect(checkUscc(code.slice(0, at) + other + code.slice(at + 1)).type).toBe('wrongCheckDigit')
      }),
    )
  })

  test('is not sound with two unlike neighbours swapped', () => {
    fc.assert(
      fc.property(codes, fc.nat(16), (code, at) => {
        fc.pre(code[at] !== code[at + 1])
        const swapped = `${code.slice(0, at)}${code[at + 1]}${code[at]}${code.slice(at + 2)}`
        expect(checkUscc(swapped).type).toBe('wrongCheckDigit')
      }),
    )
  })

  test('never blames a place where nothing looks alike', () => {
    fc.assert(
      fc.property(codes, fc.nat(17), fc.constantFrom(...alphabet), (code, at, other) => {
        fc.pre(code[at] !== other)
        const check = checkUscc(code.slice(0, at) + other + code.slice(at + 1))
        const position = check.type === 'wrongCheckDigit' ? check.likelyPosition : 0
        const blamed = check.code[position - 1] ?? ''
        expect(position === 18 || '0DQ1L8B'.includes(blamed)).toBe(true)
      }),
    )
  })
})
