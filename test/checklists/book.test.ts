import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { checklistOf, composedRefs, profileGroups } from '../../src/checklist/checklist.ts'
import { readLibrary } from '../../src/checklist/load.ts'
import type { Book } from '../../src/cli/checklists/blocks.ts'
import { bookOf } from '../../src/cli/checklists/book.ts'
import { docxOf } from '../../src/cli/checklists/book-docx.ts'
import { htmlOf } from '../../src/cli/checklists/book-html.ts'
import { changesBetween, libraryAt } from '../../src/cli/checklists/diff.ts'

const folder = new URL('../../checklists/', import.meta.url)
const { library } = readLibrary(folder)
if (!library) throw new Error('The checklists cannot be read')
const on = '2026-11-24'

const textsOf = ({ title, cover, blocks }: Book): string[] => [
  title,
  ...cover,
  ...blocks.flatMap((block) => {
    if (block.kind === 'card') return [block.heading, ...block.lines.flatMap(({ label, text }) => [label, text])]
    return block.kind === 'table' ? [...block.head, ...block.rows.flat()] : [block.text]
  }),
]

describe.for(['machinery', 'lithium-battery'])('the book of %s', (id) => {
  const industry = library.industries.industries.find((each) => each.id === id)
  if (!industry) throw new Error(`There is no industry ${id}`)
  const book = bookOf(library, industry, on)
  const cards = book.blocks.flatMap((block) => (block.kind === 'card' ? [block] : []))
  const facts = profileGroups(library.siteProfile, id).flatMap((group) => group.facts.map((fact) => fact.id))
  const checklist = checklistOf(library, composedRefs(library, { industry: id, facts }, on))

  test('every item asked stands in it once, in order, with what belongs to it', () => {
    const headings = cards.map(({ heading }) => heading).filter((heading) => /^\d+\. /.test(heading))
    expect(headings).toEqual(checklist.items.map(({ question }, position) => `${position + 1}. ${question}`))
    for (const [position, item] of checklist.items.entries()) {
      const card = cards.find(({ heading }) => heading === headings[position])
      const said = card?.lines.map(({ text }) => text).join('\n') ?? ''
      for (const text of [item.help, item.why, item.rectification.advice, `${item.rectification.days} 天`])
        expect(said).toContain(text)
      if (item.notApplicable) expect(said).toContain(`“${item.notApplicable.reason}”`)
      expect(said).toMatch(/《.+》.+（(原文已核对|转引|待核对)）/)
    }
  })

  test('every criterion stands in it with its examples', () => {
    const major = checklist.hazards.filter(({ grade }) => grade === 'major')
    expect(major.length).toBeGreaterThan(5)
    for (const { title, raisedBy, notRaisedBy } of major) {
      const lines = cards.find(({ heading }) => heading === title)?.lines ?? []
      const raised = lines.filter(({ text }) => / → 构成/.test(text))
      const notRaised = lines.filter(({ text }) => / → 不构成/.test(text))
      expect([title, raised.length, notRaised.length]).toEqual([title, raisedBy.length, notRaisedBy.length])
      for (const { because } of notRaisedBy)
        if (because) expect(notRaised.some(({ text }) => text.endsWith(`因为${because}`))).toBe(true)
    }
  })

  test('the page holds all of it and escapes what it must', () => {
    const html = htmlOf(book)
    const escaped = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    expect(textsOf(book).filter((text) => !html.includes(escaped(text)))).toEqual([])
    expect(html).not.toMatch(/\{\{|undefined/)
    expect(htmlOf({ ...book, title: '<b>' })).toContain('<h1>&lt;b&gt;</h1>')
  })

  test('the document opens again, well-formed, with the same words', async () => {
    const files = unzipSync(new Uint8Array(await docxOf(book)))
    const parts = Object.entries(files).filter(([name]) => /\.(xml|rels)$/.test(name))
    expect(parts.map(([name]) => name)).toContain('word/document.xml')
    for (const [name, bytes] of parts) expect([name, XMLValidator.validate(strFromU8(bytes))]).toEqual([name, true])
    const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array())
    const said = runsOf(new XMLParser({ trimValues: false, parseTagValue: false, preserveOrder: true }).parse(xml))
    expect(textsOf(book).filter((text) => !said.includes(text))).toEqual([])
  })
})

/** The words of all runs, without what stands between them. */
function runsOf(nodes: unknown): string {
  if (Array.isArray(nodes)) return nodes.map(runsOf).join('')
  if (typeof nodes !== 'object' || nodes === null) return ''
  return Object.entries(nodes)
    .map(([name, value]) => (name === '#text' ? String(value) : name === ':@' ? '' : runsOf(value)))
    .join('')
}

describe('what a revision changed', () => {
  const copy = () => {
    const path = mkdtempSync(join(tmpdir(), 'checklists-'))
    cpSync(folder, path, { recursive: true })
    return path
  }
  const ours = () => library
  const revised = (file: string, ...changes: readonly (readonly [string | RegExp, string])[]) => {
    const path = copy()
    const text = readFileSync(join(path, file), 'utf8')
    const after = changes.reduce((all, [from, to]) => all.replace(from, to), text)
    expect(after).not.toBe(text)
    writeFileSync(join(path, file), after)
    return path
  }

  test('nothing', () => {
    expect(changesBetween(library, libraryAt(copy(), ours))).toEqual(['没有变化。'])
  })

  test('a question, a weight and the items of a clause', () => {
    const path = revised(
      'modules/dust-collectors/v1.yaml',
      ['干式除尘器都装了泄爆、抑爆', '干式除尘器都装好了泄爆、抑爆'],
      ['weight: 5', 'weight: 6'],
      [
        /anyOf: \[collectorExplosionControlFitted\b|allOf: \[collectorExplosionControlFitted\b/,
        'anyOf: [dustAirlockFitted',
      ],
    )
    const changes = changesBetween(library, libraryAt(path, ours)).join('\n')
    expect(changes).toContain('题目：原来“干式除尘器都装了泄爆、抑爆或惰化')
    expect(changes).toContain('分值：原来“5，关系重大隐患”，现在“6')
    expect(changes).toMatch(
      /判定“干式除尘没有泄爆、惰化、抑爆任何一种”有改动：\n.*就构成：原来“.*泄爆.*”，现在“.*锁气卸灰/,
    )
  })

  test('an item that came, and the other way round one that went', () => {
    const path = revised('general/v1.yaml', ['  - id: safetyDuties\n', '  - id: safetyDutiesAnew\n'])
    const after = libraryAt(path, ours)
    const question = library.published.get('general@1')?.items.find(({ id }) => id === 'safetyDuties')?.question
    expect(changesBetween(library, after)).toEqual(
      expect.arrayContaining([`新增题目：${question}`, `取消题目：${question}`]),
    )
  })

  test('two files', () => {
    const path = revised('modules/dust-collectors/v1.yaml', ['weight: 5', 'weight: 6'])
    const [before, after] = [
      new URL('modules/dust-collectors/v1.yaml', folder).pathname,
      join(path, 'modules/dust-collectors/v1.yaml'),
    ]
    expect(changesBetween(libraryAt(before, ours), libraryAt(after, ours)).length).toBe(2)
  })
})
