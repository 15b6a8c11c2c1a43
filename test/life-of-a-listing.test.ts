import sharp from 'sharp'
import { expect, test } from 'vitest'
import { answeredUntil, enrolmentLines, talkIn } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

const owner = 'chen'
const regulator = 'jianguan-440307'

async function filed(it: Town): Promise<string> {
  let said = ''
  for (const line of enrolmentLines) said = await it.say(owner, line)
  return answeredUntil(talkIn(it, owner), said, '已申报')
}

test('filed, returned, amended, announced, re-checked, and overdue in the second year', async () => {
  const it = await openedTown()
  const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'green' } })
    .png()
    .toBuffer()

  expect(await filed(it)).toContain('SZ-LG-2026-000001')
  it.remark('退回第 3 题和第 5 题')
  await it.tap(regulator, '退回…')
  await it.say(regulator, '3 没有看到参保证明\n5 照片没拍')
  await it.tap(regulator, '退回')

  it.remark('只补退回的两题')
  let said = await it.tap(owner, '现在补')
  expect(said).toContain('最多问 2 题')
  expect(said).toContain('要补照片就直接发来')
  expect(said).not.toContain('照片 0 张')
  expect(said).toContain('这次还剩 2 题')
  await it.say(owner, '1')
  said = await it.sendPhoto(owner, picture)
  expect(await answeredUntil(talkIn(it, owner), said, '重新提交')).toContain('SZ-LG-2026-000001')

  it.remark('通过，公告')
  expect(await it.tap(regulator, '通过')).toContain('已通过')
  expect(await it.say(owner, '办到哪一步了')).toContain('2029年11月24日')

  it.remark('一年里的提醒，提前 7 天才开始复核')
  await it.wait(358)
  expect(it.transcript.join('\n')).toContain('上次没做到的')
  said = await it.tap(owner, '现在开始')
  await answeredUntil(talkIn(it, owner), said, '今年的自查复核办好了')
  expect(await it.tap(owner, '现在开始')).toContain('不用做')

  it.remark('第二年一直没复核')
  await it.wait(470)
  expect(await it.say(owner, '进度')).toContain('年度自查复核')

  expect(it.transcript.join('\n')).not.toContain('jianguan-440305')
  const { db } = it.house.database
  expect(await db.selectFrom('applications').select('number').execute()).toHaveLength(1)
  expect(it.problems).toEqual([])
  await expect(`${it.transcript.join('\n')}\n`).toMatchFileSnapshot('./transcripts/life-of-a-listing.golden.txt')
})
