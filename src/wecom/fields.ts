import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** The named values of one callback document: text, a nested set of fields, or an array of either. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * The fields of a callback document, XML or (when it begins with `{`) JSON. Numbers stay text, because a
 * MsgId has 64 bits. Throws `FieldsError`.
 */
export function fieldsOf(document: string): Fields {
  const trimmed = document.trim()
  if (trimmed.startsWith('{')) return jsonFields(trimmed)
  return flatXmlFields(trimmed) ?? xmlFields(trimmed)
}

/** A callback document that cannot be read, or that holds what WeCom never sends. */
export class FieldsError extends Error {
  override readonly name = 'FieldsError'
}

export function textField(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' ? value : undefined
}

/** The fields nested under a name; none when there are none. */
export function nestedFields(fields: Fields, name: string): Fields {
  const value = fields[name]
  return isFields(value) ? value : {}
}

/** A mapper gives an object for one child and an array for several; here it is always an array. */
export function eachField(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name]
  if (value === undefined || value === '') return []
  return Array.isArray(value) ? value : [value]
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const FLAT_FIELD = /\s*<([A-Za-z]\w{0,63})>(?:<!\[CDATA\[([^\]]*)\]\]>|([^<&]*))<\/\1>/y

/**
 * The fast path, ten times as fast: nearly every callback is one level of distinct elements with plain text or CDATA.
 * Gives what the parser gives, or nothing when the document is anything else.
 */
function flatXmlFields(xml: string): Fields | undefined {
  if (!xml.startsWith('<xml>')) return undefined
  const fields: Record<string, string> = {}
  let end = '<xml>'.length
  for (;;) {
    FLAT_FIELD.lastIndex = end
    const match = FLAT_FIELD.exec(xml)
    if (!match) break
    const [, name = '', cdata, text = ''] = match
    if (name in fields) return undefined
    fields[name] = cdata ?? text.trim()
    end = FLAT_FIELD.lastIndex
  }
  return end > '<xml>'.length && xml.slice(end).trim() === '</xml>' ? fields : undefined
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true })

function xmlFields(document: string): Fields {
  const xml = document.replace(/^<\?xml [^<>]{0,100}\?>/, '')
  refuseUnusualMarkup(markupOf(xml))

  const root = parsedXml(xml)
  const fields = isFields(root) ? root.xml : undefined
  if (!isFields(fields)) throw new FieldsError('no <xml> element with fields')
  return fields
}

function parsedXml(xml: string): unknown {
  try {
    if (XMLValidator.validate(xml) === true) return parser.parse(xml)
  } catch (cause) {
    throw new FieldsError('unreadable XML', { cause })
  }
  throw new FieldsError('not well-formed XML')
}

/** The document without what its CDATA sections hold. Linear in time, whatever the document. */
function markupOf(xml: string): string {
  let markup = ''
  let from = 0
  for (;;) {
    const open = xml.indexOf('<![CDATA[', from)
    if (open === -1) return markup + xml.slice(from)
    const close = xml.indexOf(']]>', open)
    if (close === -1) throw new FieldsError('CDATA without an end')
    markup += `${xml.slice(from, open)}]`
    from = close + ']]>'.length
  }
}

const MOST_TAGS = 2000
const PLAIN_TAG = String.raw`\/?[A-Za-z_][\w-]{0,63}\s?\/?>`
const UNUSUAL_TAG = new RegExp(`<(?!${PLAIN_TAG})`)
const UNUSUAL_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/

/** WeCom sends plain elements only: a DTD, an entity of one's own, an attribute or a comment is someone else's. */
function refuseUnusualMarkup(markup: string): void {
  if (UNUSUAL_TAG.test(markup)) throw new FieldsError('XML with more than plain elements, such as a DTD')
  if (UNUSUAL_ENTITY.test(markup)) throw new FieldsError('XML with an entity of its own')
  if (markup.split('<', MOST_TAGS + 1).length > MOST_TAGS) throw new FieldsError('XML with too many elements')
}

function jsonFields(document: string): Fields {
  try {
    const fields: unknown = JSON.parse(document, numbersAsWritten)
    if (isFields(fields)) return fields
  } catch (cause) {
    throw new FieldsError('unreadable JSON', { cause })
  }
  throw new FieldsError('JSON without fields')
}

const numbersAsWritten = (_key: string, value: unknown, context?: { source?: string }) =>
  typeof value === 'number' ? (context?.source ?? String(value)) : value
