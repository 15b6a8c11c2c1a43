import { spawn } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { enrolmentReader, interpretation } from '../../src/cli/interpret.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const lexicon = readLexicon('zh-CN')

test.for([
  ['符合', 'answer.given', 'conforming', false],
  ['没装', 'answer.given', 'nonconforming', false],
  ['没有这个', 'answer.given', 'notApplicable', true],
  ['不清楚', 'answer.unclear', null, false],
  ['应该吧', 'answer.ambiguous', 'conforming', true],
  ['装了', 'answer.unsure', null, true],
  ['发错了', 'answer.corrected', null, false],
  ['没有', 'absence.suspected', null, true],
  ['白云飘飘', 'answer.notUnderstood', null, true],
  ['跳过', 'item.skipped', null, false],
  ['上一题', 'item.back', null, false],
  ['怎么看', 'item.explained', null, false],
  ['为什么问我这个', 'item.basisAsked', null, false],
  ['修改第十四题', 'item.chosen', null, false],
  ['进度', 'progress.asked', null, false],
  ['查看答案', 'answers.asked', null, false],
  ['暂停', 'walk.paused', null, false],
  ['继续', 'walk.resumed', null, false],
  ['菜单', 'menu.asked', null, false],
  ['帮助', 'help.asked', null, false],
  ['重来', 'walk.restarted', null, false],
  ['人工', 'human.asked', null, false],
  ['英文', 'language.asked', null, false],
  ['办到哪一步', 'status.asked', null, false],
] as const)('%s is %s', ([text, event, finding, confirm]) => {
  expect(interpretation(text, undefined, lexicon)).toMatchObject({ text, event, finding, confirm })
})

test('an item says which answer complies and whether it can be lacking', () => {
  const blocked = { compliantAnswer: 'no' as const }
  expect(interpretation('有', blocked, lexicon).finding).toBe('nonconforming')
  expect(interpretation('没有', blocked, lexicon).finding).toBe('conforming')
  expect(interpretation('没有', { compliantAnswer: 'yes' }, lexicon)).toMatchObject({
    finding: 'nonconforming',
    confirm: false,
  })
})

describe('the question that is asked back', () => {
  const alarm = {
    compliantAnswer: 'yes' as const,
    question: '报警器通着电、会响吗？',
    hears: {
      parts: [
        { ask: '通着电', good: ['通着电'] },
        { ask: '会响', good: ['会响'] },
      ],
    },
  }

  test.for([
    ['应该符合', '“报警器通着电、会响吗？”\n您是说“符合”，对吗？', 'conforming'],
    ['通着电', '报警器通着电、会响吗？\n那会响吗？', null],
    ['装了', '报警器通着电、会响吗？\n那通着电、会响吗？', null],
    ['好的', '报警器通着电、会响吗？\n您是说符合，还是不符合？', null],
    ['符合', null, null],
  ] as const)('%s', ([text, asks, guess]) => {
    expect(interpretation(text, alarm, lexicon)).toMatchObject({ asks, guess })
  })

  test.for([
    ['对', 'answer.given', 'conforming'],
    ['收到', 'answer.unsure', null],
    ['错了', 'answer.reconsidered', null],
    ['没有，不响', 'answer.given', 'nonconforming'],
  ] as const)('%s, said to it', ([text, event, finding]) => {
    expect(interpretation(text, alarm, lexicon, 'conforming')).toMatchObject({ event, finding })
  })
})

test('one message per line in, one JSON per line out', async () => {
  const silent = { finding: null, confirm: false, asks: null, guess: null }
  const { code, out } = await run([], '符合\n\n要符合吗？\n')
  expect(code).toBe(0)
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { text: '符合', ...silent, event: 'answer.given', finding: 'conforming' },
    { text: '', ...silent, event: 'answer.notUnderstood', confirm: true },
    { text: '要符合吗？', ...silent, event: 'answer.notUnderstood', confirm: true },
  ])
})

test('what is confirmed is a finding', async () => {
  const { code, err } = await run(['--confirming', 'perhaps'], '对\n')
  expect(code).toBe(1)
  expect(err).toContain('perhaps')
})

test('an item that is not there is named', async () => {
  const { code, err } = await run(['--item', 'noSuchItem'], '符合\n')
  expect(code).toBe(1)
  expect(err).toContain('noSuchItem')
})

function run(args: readonly string[], input: string): Promise<{ code: number | null; out: string; err: string }> {
  const script = new URL('../../src/cli/interpret.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args])
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data
  })
  child.stdin.end(input)
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
}

test('with --enrolment it says what enrolment would store, or ask back', () => {
  const read = enrolmentReader('headcount')
  expect(read('38人，临时工10个')).toEqual({ text: '38人，临时工10个', stored: 48, asks: null })
  expect(read('不到50')).toMatchObject({ stored: null, asks: expect.stringContaining('49') })
  expect(() => enrolmentReader('colour')).toThrow('--enrolment')
})
