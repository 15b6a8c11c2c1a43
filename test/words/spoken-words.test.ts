import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readChanges, unknownFacts } from '../../src/i18n/changes.ts'
import { readQuestions, unknownDocuments } from '../../src/i18n/questions.ts'

const locales = new URL('../../locales/', import.meta.url)
const textOf = (file: string) => readFileSync(new URL(file, locales), 'utf8')

describe('questions.yaml', () => {
  test.for([
    ['a pattern that is none', 'zh-CN', 'forms:\n', 'forms:\n  - (吗\n', /others\.forms: /],
    ['a fragment that is not there', 'zh-CN', 'forms:\n', "forms:\n  - '{nowhere}'\n", /\{nowhere\}/],
    [
      'a placeholder that nobody gives',
      'zh-CN',
      '一次管 {{validYears}} 年',
      '一次管 {{years}} 年',
      /validity: .*\{\{years\}\}/,
    ],
    [
      'a last answer that may be unknown',
      'zh-CN',
      '申报以后，一般',
      '申报后 {{dueOn}}，一般',
      /whenApproved: .*\{\{dueOn\}\}/,
    ],
    [
      'another placeholder than in zh-CN',
      'en',
      'valid for {{validYears}} years',
      'valid for {{reviewDays}} years',
      /validity: other/,
    ],
    ['a question that is not answered', 'en', '  cost:\n', '  price:\n', /cost|price/],
  ] as const)('%s is refused, and the file is named', ([, language, from, to, problem]) => {
    const text = textOf(`${language}/questions.yaml`)
    expect(text).toContain(from)
    const folder = folderWith('questions.yaml', language, text.replace(from, to))
    expect(() => readQuestions(language, folder)).toThrow(problem)
    expect(() => readQuestions(language, folder)).toThrow(new RegExp(`locales/${language}/questions\\.yaml`))
  })

  test('a language that extends another asks in both and answers in its own', () => {
    const [source, english] = [readQuestions('zh-CN'), readQuestions('en')]
    expect(Object.keys(english.questions).sort()).toEqual(Object.keys(source.questions).sort())
    expect(english.questions.cost?.asked).toEqual(expect.arrayContaining(source.questions.cost?.asked ?? ['none']))
    expect(english.questions.cost?.answers).not.toEqual(source.questions.cost?.answers)
    expect(english.questions.fine?.sources).toEqual(source.questions.fine?.sources)
  })

  test('a document that the checklists do not know is named', () => {
    expect(unknownDocuments(readQuestions('zh-CN'), new Set(['work-safety-law']))).toContain(
      'cost cites grading-measures-83',
    )
  })
})

describe('changes.yaml', () => {
  test.for([
    ['a pattern that is none', 'never:\n', 'never:\n  - (吗\n', /others\.never: /],
    [
      'a fragment that is not there',
      '  withdraw:\n',
      "  withdraw:\n    - '{nowhere}'\n",
      /requests\.withdraw: .*\{nowhere\}/,
    ],
    ['a wish that is missing', '  objection:\n', '  objections:\n', /objection/],
  ] as const)('%s is refused, and the file is named', ([, from, to, problem]) => {
    const folder = folderWith('changes.yaml', 'zh-CN', textOf('zh-CN/changes.yaml').replace(from, to))
    expect(() => readChanges('zh-CN', folder)).toThrow(problem)
    expect(() => readChanges('zh-CN', folder)).toThrow(/locales\/zh-CN\/changes\.yaml/)
  })

  test('a fact that the site profile does not have is named', () => {
    expect(unknownFacts(readChanges('zh-CN'), new Set(['forklifts']))).toContain('cranes')
  })
})

function folderWith(file: string, language: string, text: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'anbiao-locales-'))
  for (const each of ['zh-CN', language]) mkdirSync(join(folder, each), { recursive: true })
  writeFileSync(join(folder, 'zh-CN', file), textOf(`zh-CN/${file}`))
  writeFileSync(join(folder, language, file), text)
  return pathToFileURL(`${folder}/`)
}
