import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { FieldsError, fieldsOf } from '../../src/wecom/fields.ts'

const name = fc.stringMatching(/^[A-Za-z]\w{0,8}$/).filter((candidate) => !(candidate in {}))
const words = fc.string({ unit: 'grapheme' })
const cdata = words.filter((text) => !text.includes(']]>')).map((text) => `<![CDATA[${text}]]>`)
const escaped = words.map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
const blank = fc.constantFrom('', '\n', '  ')

/** Documents that the fast path reads, and their neighbours that it must leave to the parser. */
const document = fc
  .array(fc.tuple(blank, name, fc.oneof(cdata, escaped)), { minLength: 1, maxLength: 6 })
  .map((fields) => `<xml>${fields.map(([gap, tag, value]) => `${gap}<${tag}>${value}</${tag}>`).join('')}</xml>`)

test('the fast path reads what the parser reads', () => {
  const parser = new XMLParser({ parseTagValue: false, htmlEntities: true })
  fc.assert(
    fc.property(document, (xml) => {
      expect(fieldsOf(xml)).toEqual(parser.parse(xml).xml)
    }),
    { numRuns: 500 },
  )
})

test.for([
  ['CDATA without an end', '<![CDATA['.repeat(110_000)],
  ['a hundred thousand elements', `<xml>${'<a>b</a>'.repeat(120_000)}</xml>`],
  ['elements inside elements', '<xml>'.repeat(200_000)],
  ['a long tag', `<xml><a ${'a="b" '.repeat(150_000)}>`],
  ['blanks', `<xml><a>b</a>${' '.repeat(1_000_000)}<`],
  ['brackets', `<xml><a><![CDATA[${']'.repeat(1_000_000)}`],
  ['nested JSON', '{"a":'.repeat(200_000)],
] as const)('a hostile megabyte is refused in no time: %s', ([, document]) => {
  const startedAt = performance.now()
  expect(() => fieldsOf(document)).toThrow(FieldsError)
  expect(performance.now() - startedAt).toBeLessThan(1000)
})
