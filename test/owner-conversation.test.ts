import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Chat, openChat } from '../src/cli/chat.ts'
import { loadContent } from '../src/content.ts'
import { carefulAnswer, enrolmentLines } from './support/careful-owner.ts'

const photo = resolve('test/transcripts/photos/machine.jpg')
const content = loadContent()

async function openedChat(): Promise<Chat> {
  const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
  onTestFinished(() => chat.close())
  return chat
}

async function said(chat: Chat, ...lines: string[]): Promise<string> {
  let heard = ''
  for (const line of lines) heard = (await chat.say(line)).join('\n')
  return heard
}

/** At the first question that has these words. */
async function walkedTo(chat: Chat, words: string): Promise<string> {
  let heard = await said(chat, ...enrolmentLines)
  for (let count = 0; !heard.includes(words); count++) {
    expect(count, heard).toBeLessThan(100)
    heard = await said(chat, carefulAnswer(heard))
  }
  return heard
}

const lastMark = async (chat: Chat) => (await chat.answers()).at(-1)?.mark

test.each(['选1', '一', '有', '是', '对'])(
  '“没有” and then “%s” to the question which of the two is not 符合',
  async (words) => {
    const chat = await openedChat()
    await walkedTo(chat, '每台都装了挡手的保护吗')
    const before = (await chat.answers()).length
    await said(chat, '没有', words)
    expect((await chat.answers()).slice(before)).not.toContainEqual({ itemId: 'pressGuardsFitted', mark: 'conforming' })
  },
)

test.each(['选1', '一', '是', '对'])('“没有就算不符合” answered with “%s” is not 符合', async (words) => {
  const chat = await openedChat()
  await walkedTo(chat, '第 1 题')
  await said(chat, '没有这个', words)
  expect(await lastMark(chat)).not.toBe('conforming')
})

test.each(['怎么看', '修改第99题', '进度', '那个谁说的来着我想想哈哈'])(
  '“好的” after “%s” does not answer what was asked back before',
  async (between) => {
    const chat = await openedChat()
    await walkedTo(chat, '第 1 题')
    await said(chat, '应该符合吧', between, '好的')
    expect(await lastMark(chat)).not.toBe('conforming')
  },
)

test.each(['不符合', '不对', '没装'])(
  'while a photo is awaited, “%s” does not leave 符合 standing',
  async (...lines) => {
    const chat = await openedChat()
    await walkedTo(chat, '先不拍')
    await said(chat, ...lines)
    expect(await lastMark(chat)).not.toBe('conforming')
  },
)

test('a major hazard on record is not talked away by 跳过', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '要证的活')
  await said(chat, '不符合', '继续下一题')
  let heard = await said(chat, '修改第7题', '跳过')
  for (let count = 0; count < 100 && !heard.includes('现在不能申报'); count++)
    heard = await said(chat, carefulAnswer(heard))
  expect(heard).toContain('第 7 题')
  expect(await said(chat, '符合')).toContain('拍张照片')
})

test('the photo that 改好再来 asked for is taken', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '要证的活')
  let heard = await said(chat, '不符合', '继续下一题')
  for (let count = 0; count < 100 && !heard.includes('现在不能申报'); count++)
    heard = await said(chat, carefulAnswer(heard))
  await said(chat, '改好再来')
  await chat.sendPhoto(photo)
  expect(await lastMark(chat)).toBe('rectified')
})

test('nothing has the number 0', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '挡住光电')
  expect(await said(chat, '1', '先不拍', '修改第12题', '不符合', '上一题', '上一题')).not.toContain('第 0 题')
})
