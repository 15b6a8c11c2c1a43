import { describe, expect, test } from 'vitest'
import { type AnswerHeard, answerHeard, type Question } from '../../flows/words/index.ts'
import type { Facets } from '../../src/checklist/schema.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

// How answers to a question differ from answers to any: each class was once heard wrongly.

const lexicon = readLexicon('zh-CN')
const asking = (hears: Facets): Question => ({ compliantAnswer: 'yes', excusable: false, hears })

const alarm = asking({
  about: ['报警器'],
  parts: [
    { ask: '通着电', good: ['通着电', '有电'], bad: ['没电', '停电'] },
    { ask: '试过会响', good: ['会响', '能响'], bad: ['不响', '哑'] },
  ],
})
const pits = asking({
  about: ['坑', '坑里'],
  parts: [{ ask: '坑里是干的', good: ['干', '干燥'], bad: ['水', '积水', '潮'] }],
})
const guards = asking({
  about: ['罩子'],
  parts: [{ ask: '罩子都装着', bad: ['拆'], done: ['装'] }],
  lacks: { 罩子: 'nonconforming' },
})
const freezer = asking({
  parts: [{ ask: '里面最多九个人', bad: ['超员'] }],
  limit: { most: 9, of: ['人', '个人', '个'] },
})
const paint = asking({
  parts: [{ ask: '都在调漆间里调', good: ['调漆间'], bad: ['门口'] }],
  lacks: { 现场调漆: 'notApplicable' },
})

describe.for([
  [
    'a done word answers only what declares it',
    alarm,
    { 装了: 'partly 0 1', 检查了: 'partly 0 1', 培训了: 'partly 0 1' },
  ],
  [
    'and is heard where it is declared',
    guards,
    { 都装了: 'finding conforming', 没装: 'finding nonconforming', 装过: 'finding conforming' },
  ],
  ['a part asks for the others', alarm, { 通着电: 'partly 1', 会响: 'partly 0', '通着电，会响': 'finding conforming' }],
  ['one part amiss is enough', alarm, { '通着电，不响': 'finding nonconforming', 停电了: 'finding nonconforming' }],
  [
    'a denied fault is no fault',
    pits,
    {
      没水: 'finding conforming',
      有水: 'finding nonconforming',
      没有积水: 'finding conforming',
      不干: 'finding nonconforming',
    },
  ],
  ['who does it is not whether it is done', guards, { 是老板: 'unsure', 有领导: 'unsure', 我有: 'unsure' }],
  [
    'the thing being there is not how it is',
    alarm,
    { 有报警器: 'partly 0 1', 报警器有: 'partly 0 1', 有: 'partly 0 1' },
  ],
  ['nor is the room where it should be done', paint, { 有调漆间: 'partly 0', 在调漆间: 'finding conforming' }],
  [
    'that it is a thing is not how the thing is',
    alarm,
    { 是报警器: 'partly 0 1', 报警器是: 'finding conforming', 是通着电的: 'partly 1' },
  ],
  [
    'nor is what one shows for it',
    alarm,
    { '证书通着电，会响': 'partly 0', '通着电，会响，有照片': 'finding conforming' },
  ],
  [
    'half a word names no fault',
    pits,
    { 水泵天天抽: 'notUnderstood', 有水泵: 'partly 0', 积水很深: 'finding nonconforming' },
  ],
  ['嘛 may be 吗', guards, { 装了嘛: 'notUnderstood', 符合嘛: 'notUnderstood', 当然符合嘛: 'finding conforming' }],
  [
    'the last present clause decides',
    pits,
    { '以前有水，现在都干了': 'finding conforming', '以前干，现在有水': 'finding nonconforming' },
  ],
  [
    'two denials only when they nest',
    guards,
    { 没有没装的: 'finding conforming', 不是没装: 'unsure', 没有不符合: 'unsure' },
  ],
  [
    'one place, one person or one thing is not all',
    guards,
    {
      仓库的装了: 'partly 0',
      老板装了: 'partly 0',
      都装了: 'finding conforming',
      '都装了，在仓库': 'finding conforming',
    },
  ],
  [
    'there is one here and none there',
    guards,
    { '一车间装了，二车间没有': 'finding nonconforming', '都装了，手机没电了': 'confirm nonconforming' },
  ],
  ['a slip of the keyboard asks', guards, { 己经都装了: 'finding conforming', 没油: 'finding nonconforming' }],
  [
    'a number answers where there is a limit',
    freezer,
    {
      '8个人': 'finding conforming',
      '12个': 'finding nonconforming',
      最多五个人: 'finding conforming',
      '3': 'confirm nonconforming',
    },
  ],
  ['lacking what the question names', paint, { 没有现场调漆: 'confirm nonconforming' }],
] as const)('%s', ([, question, table]) => {
  test.for(Object.entries(table))('%s: %s', ([said, expected]) => {
    expect(shown(answerHeard(said, question, lexicon))).toBe(expected)
  })
})

function shown(heard: AnswerHeard): string {
  if ('finding' in heard) return `${heard.kind} ${heard.finding}`
  return heard.kind === 'partly' ? `partly ${heard.missing.join(' ')}` : heard.kind
}
