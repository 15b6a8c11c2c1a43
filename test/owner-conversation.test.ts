import { expect, onTestFinished, test } from 'vitest'
import { type Chat, openChat } from '../src/cli/chat.ts'
import { loadContent } from '../src/content.ts'
import { answeredUntil, enrolmentLines, machinePhoto, talkOf } from './support/careful-owner.ts'

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
  return answeredUntil(talkOf(chat), await said(chat, ...enrolmentLines), words)
}

const lastMark = async (chat: Chat) => (await chat.answers()).at(-1)?.mark

test.each(['选1', '一', '有', '是', '对'])(
  '“没有” and then “%s” to the question which of the two is not 符合',
  async (words) => {
    const chat = await openedChat()
    await walkedTo(chat, '挡手的保护')
    const before = (await chat.answers()).length
    await said(chat, '没有', words)
    expect((await chat.answers()).slice(before)).not.toContainEqual({ itemId: 'pressGuardsFitted', mark: 'conforming' })
  },
)

test.each(['是', '对', '对的', '嗯，是的'])('“%s” is no answer to whether it is 符合 or 不符合', async (words) => {
  const chat = await openedChat()
  await walkedTo(chat, '工伤保险')
  const before = (await chat.answers()).length
  expect(await said(chat, '我们厂二十年没出过事', words)).toContain('您是说符合，还是不符合？')
  expect(await chat.answers()).toHaveLength(before)
})

test('by when it is to be put right is said beside what was recorded, before how the section went', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '工伤保险')
  expect(await said(chat, '不符合')).toMatch(/^已记：不符合（隐患①）\n.*前改好.*\n“目标职责”答完了/)
})

test('the day a hazard was moved to is the one that is signed for', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '工伤保险')
  await said(chat, '不符合', '改到月底')
  const summary = await answeredUntil(talkOf(chat), await said(chat, '继续'), '都答完了')
  expect(summary).toContain('第 3 题（11月30日前）')
})

test('when all is answered and a major hazard is open, the score is not called unfinished', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '要证的活')
  await answeredUntil(talkOf(chat), await said(chat, '不符合', '继续下一题'), '现在不能申报')
  const progress = await said(chat, '进度')
  expect(progress).toMatch(/现在得 [\d.]+ 分/)
  expect(progress).not.toMatch(/全部答完才算数|答完题/)
})

test('a few answers make no score, whichever way it is asked for', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '第 6 题')
  expect(await said(chat, '进度')).toContain('还没有分数')
  expect(await said(chat, '我现在得了多少分')).not.toMatch(/目前.*分/)
})

test('who asks for photos is told how many there will be, before the first is taken', async () => {
  const chat = await openedChat()
  const begun = await walkedTo(chat, '第 1 题')
  const [photos] = /(?<=拍 )\d+(?= 张照片)/.exec(begun) ?? []
  expect(photos).toBeDefined()
  expect(await said(chat, '还差几张照片')).toContain(`照片最多还要 ${photos} 张`)
})

test.each(['嗯', '对', '是的', '没错'])(
  '“%s” to the question which of both it was is not 符合, nor anything else',
  async (words) => {
    const chat = await openedChat()
    await walkedTo(chat, '第 1 题')
    expect(await said(chat, '好的')).toContain('您是说符合，还是不符合？')
    expect(await said(chat, words)).toContain('您是说符合，还是不符合？')
    expect(await chat.answers()).toEqual([])
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

test.each(['不符合', '不对'])('while a photo is awaited, “%s” does not leave 符合 standing', async (...lines) => {
  const chat = await openedChat()
  await walkedTo(chat, '现在拍：')
  const heard = await said(chat, ...lines)
  expect(await lastMark(chat), heard).not.toBe('conforming')
})

test('while a photo is awaited, “没装” has the item asked again', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '现在拍：')
  expect(await said(chat, '没装')).toContain('现在记的是：符合')
})

/** To where nothing but a major hazard on the certificates is in the way. */
async function blockedBy(chat: Chat): Promise<string> {
  await walkedTo(chat, '要证的活')
  return answeredUntil(talkOf(chat), await said(chat, '不符合', '继续下一题'), '现在不能申报')
}

test('a major hazard on record is not talked away by 跳过', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '要证的活')
  await said(chat, '不符合', '继续下一题')
  const heard = await answeredUntil(talkOf(chat), await said(chat, '修改第6题', '跳过'), '现在不能申报')
  expect(heard).toContain('第 6 题')
  expect(await said(chat, '符合')).toContain('拍张照片')
})

test('the photo that 已经改好 asked for is taken, once it is said to show that', async () => {
  const chat = await openedChat()
  await blockedBy(chat)
  await said(chat, '已经改好，拍照')
  await chat.sendPhoto(machinePhoto)
  expect(await lastMark(chat)).not.toBe('rectified')
  await said(chat, '是，改好了')
  expect(await lastMark(chat)).toBe('rectified')
})

test('a question that an earlier answer took away has no number 0', async () => {
  const chat = await openedChat()
  const batteryPlant = enrolmentLines.map((line) => (line === '做铁架子的' ? '电池组装' : line))
  await answeredUntil(talkOf(chat), await said(chat, ...batteryPlant), '故障电池都在隔离的地方里')
  await said(chat, '1', '修改第13题', '不符合', '继续下一题')
  const heard = [await said(chat, '上一题'), await said(chat, '上一题')].join('\n')
  expect(heard).toMatch(/第 \d+ 题/)
  expect(heard).not.toMatch(/第 0 题|故障电池都在隔离的地方里/)
})

test.each(['能停', '能停下来', '会停'])(
  '“%s” says that the machine can be stopped, and stops no walk',
  async (words) => {
    const chat = await openedChat()
    await walkedTo(chat, '红色急停')
    expect(await said(chat, words)).toContain('已记：符合')
  },
)

test('“停” alone stops the walk, whatever is asked', async () => {
  const chat = await openedChat()
  await walkedTo(chat, '红色急停')
  expect(await said(chat, '停')).toContain('都存好了')
})
