import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { answerHeard } from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const whole = readFileSync(new URL('../../locales/zh-CN/lexicon.yaml', import.meta.url), 'utf8')

test.for([
  [
    'a pattern that is none',
    whole.replace('  help:\n', '  help:\n    - (帮助\n'),
    /commands\.help: .*(Unterminated|group)/i,
  ],
  [
    'a fragment that is not there',
    whole.replace('  help:\n', "  help:\n    - '{nowhere}'\n"),
    /commands\.help: .*\{nowhere\}/,
  ],
  [
    'a numbered back reference',
    whole.replace('  help:\n', '  help:\n    - (帮)\\1\n'),
    /commands\.help: .*back reference/,
  ],
  ['a class of words that is missing', whole.replace(/^ {2}done:/m, '  finished:'), /words/],
  ['a fold to what folds again', whole.replace('fold:\n', 'fold:\n  - 符係\n'), /fold: 符/],
  ['a fold of three', whole.replace('fold:\n', 'fold:\n  - 符装备\n'), /fold: 符装备/],
  ['no YAML', `${whole}\n  - [`, /lexicon\.yaml/],
] as const)('%s is refused, and the file is named', ([, text, problem]) => {
  const locales = localesWith('zh-CN', text)
  expect(() => readLexicon('zh-CN', locales)).toThrow(problem)
  expect(() => readLexicon('zh-CN', locales)).toThrow(/locales\/zh-CN\/lexicon\.yaml/)
})

test('a language that extends another knows its words and its own', () => {
  const cantonese = readLexicon('zh-HK')
  const question = { compliantAnswer: 'yes', excusable: true } as const
  expect(answerHeard('全部搞掂咗', question, cantonese)).toEqual({ kind: 'finding', finding: 'conforming' })
  expect(answerHeard('符合', question, cantonese)).toEqual({ kind: 'finding', finding: 'conforming' })
  expect(cantonese.words.plan.length).toBeGreaterThan(readLexicon('zh-CN').words.plan.length)
})

function localesWith(language: string, text: string): URL {
  const folder = mkdtempSync(join(tmpdir(), 'anbiao-locales-'))
  mkdirSync(join(folder, language))
  writeFileSync(join(folder, language, 'lexicon.yaml'), text)
  return pathToFileURL(`${folder}/`)
}
