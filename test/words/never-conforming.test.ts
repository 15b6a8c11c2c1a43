import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnswerHeard, answerHeard, type Lexicon, normalized } from '../../flows/words/index.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

// Recording 符合 that nobody said is the worst bug this product can have.

const lexicon = readLexicon('zh-CN')
const cantonese = readLexicon('zh-HK')
const english = readLexicon('en')

const question = { compliantAnswer: 'yes', excusable: true } as const
const conforming: AnswerHeard = { kind: 'finding', finding: 'conforming' }
const hears = (said: string, words: Lexicon = lexicon) => answerHeard(said, question, words)

const sentences = readFileSync(new URL('never-conforming.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')

describe.each([
  ['zh-CN', lexicon],
  ['zh-HK', cantonese],
  ['en', english],
])('sentences that do not say it, in %s', (_, words) => {
  test.for(sentences)('%s', (said) => {
    expect(hears(said, words)).not.toEqual(conforming)
    expect(answerHeard(said, { compliantAnswer: 'yes', excusable: false }, words)).not.toEqual(conforming)
  })
})

/** Said alone, each of these does say it. */
const positives =
  '符合 合格 达标 有 有的 是 是的 对 没错 都做了 做好了 正常 完好 没问题 没有问题 齐全 好用 能用 都有 1'.split(' ')
const before =
  '不 不太 不全 没 没有 还没 未 不是 不一定 不可能 应该 好像 可能 大概 也许 估计 基本 差不多 大部分 部分 有时候 偶尔 以前 原来 去年 上次 明天 马上 准备 打算 正在 快 如果 要是 只要 除非 希望 争取 尽量 保证 师傅说 听说 他们说 据说 说是 你说 谁说 哪里 怎么可能 难道 是不是 有没有 算 就算 当作 勉强 暂时 除了三号机都 有些 个别 一半 只有 新的 一车间 我觉得 我猜 印象中 理论上 表面上 看起来 随便写 帮我选 呵呵 不见得 并不 从来不 谈不上'.split(
    ' ',
  )
const after =
  '吗 吗？ ？ 吧 吧？ 么 呢？ 个屁 个鬼 才怪 呵呵 哈哈 😂 🙄 [捂脸] …… 。。。 的话 就好了 的没几个 还是不符合 不符合 ，不符合 ，没有 ，不过坏了 ，但是没通电 ，可是不用 但没记录 除了一台 ，除了二楼 一半 一部分 大部分 ，应该吧 ，可能 ，大概 ，不确定 ，不清楚 ，不知道 ，明天 ，以前 ，师傅说的 ，骗你的 ，假的 ，才怪 或不符合 /2 ，2 2 率 性 不了 不到 过 得看情况 没 没有 不'.split(
    ' ',
  )

test('each positive is heard when it is all that is said', () => {
  expect(positives.filter((said) => hears(said).kind !== 'finding')).toEqual([])
})

test.for(positives)('%s is not heard after words that take it back', (positive) => {
  expect(before.filter((words) => isRecorded(hears(words + positive), words + positive))).toEqual([])
})

test.for(positives)('%s is not heard before words that take it back', (positive) => {
  expect(after.filter((words) => isRecorded(hears(positive + words), positive + words))).toEqual([])
})

/** 没 before 有问题 and the like make sentences that do say it. */
const isRecorded = (heard: AnswerHeard, said: string) =>
  heard.kind === 'finding' && heard.finding === 'conforming' && !positives.includes(said)

/** Characters an owner might type that are no greeting, filler, particle or punctuation by themselves. */
const strangeText = fc.string({
  unit: fc.constantFrom(
    ...'床漏电箱门锁火花粉尘工师组长仓库油桶气瓶焊割堵塞旧货楼梯水泵钢铁木料纸板灰烟味昨日缺损坏停断拆',
  ),
  minLength: 2,
  maxLength: 12,
})

test('a positive word within other text is never recorded', () => {
  fc.assert(
    fc.property(strangeText, fc.constantFrom(...positives), strangeText, (head, positive, tail) => {
      for (const said of [head + positive + tail, head + positive, positive + tail, `${head}，${positive}，${tail}`])
        expect(hears(said)).not.toEqual(conforming)
    }),
    { numRuns: 2000 },
  )
})

const anyChinese = fc.string({
  unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code)),
  minLength: 6,
  maxLength: 30,
})

test('a positive word within arbitrary Chinese text is never recorded', () => {
  fc.assert(
    fc.property(anyChinese, fc.constantFrom(...positives), anyChinese, (head, positive, tail) => {
      expect(hears(head + positive + tail).kind).not.toBe('finding')
    }),
    { numRuns: 3000 },
  )
})

test('arbitrary text is heard without failing, and normalising twice changes nothing', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(...'符合不没有装了的吗？?。.，, 1２③4️⃣〔〕【】()（）…“”~!！a係唔冇裝\n\t\u200b'),
      maxLength: 30,
    }),
  )
  fc.assert(
    fc.property(anything, fc.constantFrom(lexicon, cantonese, english), (text, words) => {
      const once = normalized(text, words)
      expect(normalized(once, words)).toBe(once)
      hears(text, words)
    }),
    { numRuns: 3000 },
  )
})

describe('a question whose compliant answer is "no"', () => {
  const blocked = { compliantAnswer: 'no', excusable: false } as const
  const excusable = { compliantAnswer: 'no', excusable: true } as const

  test.for([
    ['有', 'nonconforming'],
    ['有的', 'nonconforming'],
    ['是的', 'nonconforming'],
    ['装了', 'nonconforming'],
    ['坏了', 'nonconforming'],
    ['没有', 'conforming'],
    ['没有啊', 'conforming'],
    ['不是', 'conforming'],
    ['不会', 'conforming'],
    ['1', 'conforming'],
    ['2', 'nonconforming'],
    ['符合', 'conforming'],
    ['不符合', 'nonconforming'],
  ] as const)('%s: %s', ([said, finding]) => {
    expect(answerHeard(said, blocked, lexicon)).toEqual({ kind: 'finding', finding })
  })

  test.for(['没装', '没堵', '正常', '没问题', '应该没有', '好像没有吧', '师傅说没有', '没有这个', '3'])(
    '%s: asked back',
    (said) => {
      expect(answerHeard(said, blocked, lexicon)).toEqual({ kind: 'confirm', finding: 'conforming' })
    },
  )

  test('what may be lacking altogether is asked about', () => {
    expect(answerHeard('没有', excusable, lexicon)).toEqual({ kind: 'confirm', finding: 'conforming' })
    expect(answerHeard('没有这个', excusable, lexicon)).toEqual({ kind: 'finding', finding: 'notApplicable' })
  })

  test.for([
    '有没有',
    '没有没有吗',
    '不是没有',
    '有，没有',
    '明天就没有了',
    '不清楚有没有',
    '大部分没有',
    '没有个屁',
    '好的',
    '嗯',
    '不需要',
    '不',
  ])('%s: not conforming', (said) => expect(answerHeard(said, blocked, lexicon)).not.toEqual(conforming))
})

describe('an item that applies to everybody', () => {
  const general = { compliantAnswer: 'yes', excusable: false } as const

  test('none is simply not there', () => {
    expect(answerHeard('没有', general, lexicon)).toEqual({ kind: 'finding', finding: 'nonconforming' })
  })
  test.for(['3', '没有这个', '不涉及', '不用'])('%s is no excuse: asked back', (said) => {
    expect(answerHeard(said, general, lexicon)).toEqual({ kind: 'confirm', finding: 'nonconforming' })
  })
})

test('an answer is heard in well under a fifth of a millisecond', () => {
  const spoken = [...sentences, ...positives]
  for (const said of spoken) hears(said)
  const rounds = Array.from({ length: 10 }, () => {
    const begun = performance.now()
    for (const said of spoken) hears(said)
    return (performance.now() - begun) / spoken.length
  })
  expect(Math.min(...rounds)).toBeLessThan(0.1)
})
