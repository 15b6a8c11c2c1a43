import { expect, test } from 'vitest'
import { carefulAnswer, enrolmentLines } from '../support/careful-owner.ts'
import { openedTown, type Town } from '../support/town.ts'

const regulator = 'jianguan-440307'

async function answerUntil(it: Town, said: string, end: string): Promise<void> {
  let current = said
  for (let count = 0; !current.includes(end); count++) {
    expect(count, current).toBeLessThan(100)
    current = await it.say('chen', carefulAnswer(current))
  }
}

async function filed(it: Town) {
  let said = ''
  for (const line of enrolmentLines) said = await it.say('chen', line)
  await answerUntil(it, said, '已申报')
  return onlyApplication(it)
}

const onlyApplication = (it: Town) =>
  it.house.database.db.selectFrom('applications').select(['id', 'state']).executeTakeFirstOrThrow()

const reasonsWritten = async (it: Town) =>
  (await it.house.database.db.selectFrom('review_findings').select('reason').execute()).map(({ reason }) => reason)

test('reasons written anew that were not understood do not leave the old ones to be confirmed', async () => {
  const it = await openedTown()
  await filed(it)
  await it.tap(regulator, '退回…')
  await it.say(regulator, '3 没有看到合格证')
  const malformed = await it.say(regulator, '5 照片没拍\n其他都可以')
  expect(malformed).toContain('没看懂')
  expect(malformed).not.toContain('要补哪几题')
  expect(await it.say(regulator, '确认')).toContain('没看懂')
  expect((await onlyApplication(it)).state).toBe('underReview')

  await it.say(regulator, '5 照片没拍')
  expect(await it.say(regulator, '确认')).toContain('已退回')
  expect(await reasonsWritten(it)).toEqual(['照片没拍'])
})
