import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { interpretation } from '../../src/cli/interpret.ts'
import { readLexicon } from '../../src/i18n/lexicon.ts'

const lexicon = readLexicon('zh-CN')

test.for([
  ['符合', 'answer.given', 'conforming', false],
  ['没装', 'answer.given', 'nonconforming', false],
  ['没有这个', 'answer.given', 'notApplicable', true],
  ['不清楚', 'answer.unclear', null, false],
  ['应该吧', 'answer.ambiguous', 'conforming', true],
  ['没有', 'absence.suspected', null, true],
  ['今天天气真好', 'answer.notUnderstood', null, true],
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
  expect(interpretation(text, undefined, lexicon)).toEqual({ text, event, finding, confirm })
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

test('one message per line in, one JSON per line out', async () => {
  const { code, out } = await run([], '符合\n\n要符合吗？\n')
  expect(code).toBe(0)
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { text: '符合', event: 'answer.given', finding: 'conforming', confirm: false },
    { text: '', event: 'answer.notUnderstood', finding: null, confirm: true },
    { text: '要符合吗？', event: 'answer.notUnderstood', finding: null, confirm: true },
  ])
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
