import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type AnswerHeard, answerHeard } from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const question = { compliantAnswer: 'yes', excusable: true } as const

for (const language of ['zh-CN', 'zh-HK', 'en'] as const) {
  describe(`answers in ${language}`, () => {
    const lexicon = readLexicon(language)
    test.for(rowsOf(`answers.${language}.txt`))('%s: %s', ([said, expected]) => {
      expect(shown(answerHeard(said, question, lexicon))).toBe(expected)
    })
  })
}

/** Rows of a word list: under each `[heading]` utterances parted by ` / `; one may differ with ` => `. */
function rowsOf(file: string): [said: string, expected: string][] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text
    .split(/^\[/m)
    .slice(1)
    .flatMap((section): [string, string][] => {
      const [heading = '', ...lines] = section.split(/\]?\n/)
      return lines
        .flatMap((line) => line.split(' / '))
        .filter((entry) => entry !== '')
        .map((entry): [string, string] => {
          const [said = '', differing] = entry.split(' => ')
          return [said, differing ?? heading]
        })
    })
}

const shown = (heard: AnswerHeard) => ('finding' in heard ? `${heard.kind} ${heard.finding}` : heard.kind)
