import { describe, expect, test } from 'vitest'
import { type AnswerHeard, answerHeard, confirmationHeard, type Question } from '../../flows/words/index.ts'
import { loadLibrary } from '../../src/checklist/load.ts'
import type { PublishedItem } from '../../src/checklist/schema.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

// What must hold for every item that is ever asked, whatever it hears.

const lexicon = readLexicon('zh-CN')
const { published } = loadLibrary(new URL('../../checklists/', import.meta.url))
const items = [...published.values()].flatMap((checklist) => checklist.items)

const questionOf = ({ compliantAnswer, notApplicable, hears }: PublishedItem): Question => ({
  compliantAnswer,
  excusable: notApplicable !== undefined,
  hears,
})
const questions = items.map((item): [id: string, question: Question] => [item.id, questionOf(item)])
const plain: [string, Question][] = [
  ['an item without facets', { compliantAnswer: 'yes', excusable: true }],
  ['one that nobody can lack', { compliantAnswer: 'yes', excusable: false }],
]
const all = [...questions, ...plain]

const families = lexicon.synonyms.map((line) => line.split(/\s+/))
const hears = (said: string, question: Question) => answerHeard(said, question, lexicon)
const records = (heard: AnswerHeard, finding: string) => heard.kind === 'finding' && heard.finding === finding

/** Utterances after which it would be wrong that this was recorded, as `item: utterance`. */
const wrongly = (
  among: readonly [string, Question][],
  said: (question: Question) => readonly string[],
  isWrong: (heard: AnswerHeard, question: Question) => boolean,
) =>
  among.flatMap(([id, question]) =>
    said(question)
      .filter((each) => isWrong(hears(each, question), question))
      .map((each) => `${id}: ${each}`),
  )

const recordsConforming = (heard: AnswerHeard) => records(heard, 'conforming')
const wordsOf = (question: Question, role: 'good' | 'bad' | 'done') =>
  question.hears?.parts.flatMap((part) => part[role] ?? []) ?? []
const isDenied = (word: string) => [...lexicon.words.not, ...lexicon.words.lack].some((denial) => word.includes(denial))

test('the library is read', () => expect(items.length).toBeGreaterThan(250))

test('what was done counts only where an item declares it', () => {
  const undeclared = ({ hears }: Question) => {
    const own = hears?.parts.flatMap(({ good = [], bad = [], done = [] }) => [...good, ...bad, ...done]) ?? []
    const declared = [...own, ...families.filter((family) => family.some((word) => own.includes(word))).flat()]
    return lexicon.words.done
      .flatMap((verb) => [`${verb}了`, `都${verb}了`, `${verb}好了`, `${verb}着`])
      .filter((said) => !declared.some((word) => said.includes(word)))
  }
  expect(wrongly(all, undeclared, (heard) => heard.kind === 'finding')).toEqual([])
})

test('no word an item hears is a denial, a question or a plain answer of the other sign', () => {
  const { trouble, not, lack, refusal, question, condition, irony } = lexicon.words
  const against = new Set([trouble, not, lack, refusal, question, condition, irony].flat())
  const towards = new Set([lexicon.words.fit, lexicon.words.have, lexicon.words.yes].flat())
  const wrong = questions.flatMap(([id, question]) => [
    ...[...wordsOf(question, 'good'), ...wordsOf(question, 'done')]
      .filter((word) => against.has(word))
      .map((word) => `${id}: good ${word}`),
    ...wordsOf(question, 'bad')
      .filter((word) => towards.has(word))
      .map((word) => `${id}: bad ${word}`),
  ])
  expect(wrong).toEqual([])
})

test('no bad word is ever conforming', () => {
  const bad = (question: Question) =>
    wordsOf(question, 'bad').flatMap((word) => [word, `有${word}`, `都${word}了`, `${word}的`])
  expect(wrongly(questions, bad, recordsConforming)).toEqual([])
})

test('no word that says the same as a bad one is ever conforming', () => {
  const alike = (question: Question) => {
    const [bad, others] = [wordsOf(question, 'bad'), [...wordsOf(question, 'good'), ...wordsOf(question, 'done')]]
    const alikeAny = (words: readonly string[]) =>
      families.filter((family) => family.some((word) => words.includes(word))).flat()
    const eitherWay = new Set([...others, ...alikeAny(others)])
    return alikeAny(bad)
      .filter((word) => !eitherWay.has(word))
      .flatMap((word) => [word, `都${word}了`])
  }
  expect(wrongly(questions, alike, recordsConforming)).toEqual([])
})

test('no good word is conforming once it is denied', () => {
  const denied = (question: Question) =>
    wordsOf(question, 'good')
      .filter((word) => !isDenied(word))
      .flatMap((word) => [`没${word}`, `不${word}`, `没有${word}`])
  expect(wrongly(questions, denied, recordsConforming)).toEqual([])
})

describe('a plain answer', () => {
  const positives = ['符合', '合格', '达标', '没问题', '都做到了']

  test.for(['应该', '好像', '除了二楼', '师傅说', '听说', '如果', '明天', '以前', '不', '没有', '大部分'])(
    'after %s is not recorded as it was',
    (before) => {
      expect(
        wrongly(
          all,
          () => positives.filter((each) => !each.startsWith('没')).map((each) => before + each),
          recordsConforming,
        ),
      ).toEqual([])
    },
  )

  test.for(['吗', '嘛', '？', '吧', '才怪', '，除了二楼', '，但是坏了', '，师傅说的'])(
    'before %s is not either',
    (after) => {
      expect(wrongly(all, () => positives.map((each) => each + after), recordsConforming)).toEqual([])
    },
  )

  test('is the same without punctuation, with blanks and in traditional characters', () => {
    const spelt = (question: Question) =>
      [
        ['不符合', '不 符 合'],
        ['都做到了', '都做到了。'],
        ['没有做', '沒有做'],
        ['没问题', '沒問題'],
        ['没问题', '没 问题！'],
      ]
        .filter(
          ([one = '', other = '']) => JSON.stringify(hears(one, question)) !== JSON.stringify(hears(other, question)),
        )
        .map(String)
    expect(all.flatMap(([id, question]) => spelt(question).map((each) => `${id}: ${each}`))).toEqual([])
  })
})

describe('said to the question that asks back', () => {
  const acknowledgements = ['收到', '明白', '知道了', '好', '好的', '行', '可以', '就是', '👌', 'ok', '了解', '哦']
  const said = (
    text: string,
    question: Question,
    suspected: 'conforming' | 'nonconforming' | null,
    missing?: number[],
  ) => confirmationHeard(text, question, missing ? { suspected, missing } : { suspected }, lexicon)

  test('no acknowledgement records anything', () => {
    const wrong = all.flatMap(([id, question]) =>
      acknowledgements.flatMap((text) =>
        (['conforming', 'nonconforming', null] as const)
          .map((suspected) => said(text, question, suspected))
          .filter((heard) => heard.kind === 'yes' || (heard.kind === 'answer' && heard.heard.kind === 'finding'))
          .map(() => `${id}: ${text}`),
      ),
    )
    expect(wrong).toEqual([])
  })

  test('a bare 有 does not turn nonconforming round', () => {
    const wrong = all.flatMap(([id, question]) =>
      ['有', '有的', '有啊']
        .filter((text) => {
          const heard = said(text, question, 'nonconforming')
          return heard.kind === 'yes' || (heard.kind === 'answer' && records(heard.heard, 'conforming'))
        })
        .map((text) => `${id}: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  test('a correction only reconsiders', () => {
    const wrong = all.flatMap(([id, question]) =>
      ['错了', '发错了', '不是这个意思', '打错了']
        .filter((text) => said(text, question, 'conforming').kind !== 'reconsidered')
        .map((text) => `${id}: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  test('where both choices stand, yes alone decides nothing', () => {
    const wrong = all.flatMap(([id, question]) =>
      ['对', '是', '嗯', '是的']
        .filter(
          (text) =>
            JSON.stringify(said(text, question, null)) !==
            JSON.stringify({ kind: 'answer', heard: { kind: 'unsure' } }),
        )
        .map((text) => `${id}: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  test.for([
    ['能', 'conforming'],
    ['有', 'conforming'],
    ['是', 'conforming'],
    ['对', 'conforming'],
    ['都有', 'conforming'],
    ['不能', 'nonconforming'],
    ['没有', 'nonconforming'],
    ['不是', 'nonconforming'],
  ] as const)('the parts that were asked by name: %s is %s', ([text, finding]) => {
    const wrong = questions
      .filter(([, question]) => question.hears)
      .flatMap(([id, question]) => {
        const heard = said(text, question, null, [0])
        return heard.kind === 'answer' && records(heard.heard, finding) ? [] : [id]
      })
    expect(wrong).toEqual([])
  })
})
