import { expect, test } from 'vitest'
import { addRegulator, type RegulatorRole } from '../../src/storage/regulators.ts'
import { answeredUntil, enrolmentLines, talkIn } from '../support/careful-owner.ts'
import { openedTown, type Town } from '../support/town.ts'

const regulator = 'jianguan-440307'

async function filed(it: Town) {
  let said = ''
  for (const line of enrolmentLines) said = await it.say('chen', line)
  await answeredUntil(talkIn(it, 'chen'), said, '已申报')
  return onlyApplication(it)
}

const onlyApplication = (it: Town) =>
  it.house.database.db.selectFrom('applications').select(['id', 'state']).executeTakeFirstOrThrow()

const reasonsWritten = async (it: Town) =>
  (await it.house.database.db.selectFrom('review_findings').select('reason').execute()).map(({ reason }) => reason)

const appoint = (it: Town, userId: string, role: RegulatorRole) =>
  it.house.database.inTransaction('regulators', (trx) =>
    addRegulator(trx, { userId, district: '440307', role }, it.house.clock()),
  )

/** A card that has waited for a colleague, not the newest of them. */
const tapKey = (it: Town, person: string, key: string, taskId: string) =>
  it.send(person, {
    type: 'cardTap',
    taskId,
    key,
    cardType: 'button_interaction',
    responseCode: `code-${taskId}`,
    selections: [],
  })

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

test('the card of the first filing asks again before it approves what was filed again', async () => {
  const it = await openedTown()
  await appoint(it, 'li', 'approver')
  const { id } = await filed(it)
  await it.tap(regulator, '退回…')
  await it.say(regulator, '3 没有看到合格证')
  await it.tap(regulator, '退回')
  await it.tap('chen', '现在补')
  await answeredUntil(talkIn(it, 'chen'), await it.say('chen', '1'), '重新提交')

  const tapFirstCard = () => tapKey(it, 'li', `review.approve.${id}.1`, `n-review-${id}-1-filed-li`)
  const asked = await tapFirstCard()
  expect(asked).toContain('通过 强盛金属制品有限公司（龙岗区，SZ-LG-2026-000001）？')
  expect((await onlyApplication(it)).state).toBe('filed')
  expect(await it.say('li', '先不')).toContain('没有改动')
  expect((await onlyApplication(it)).state).toBe('filed')

  await tapFirstCard()
  expect(await it.say('li', '通过')).toContain('已通过')
  expect((await onlyApplication(it)).state).toBe('announced')
})

test('an application is rejected in words, named before, and its owner hears why', async () => {
  const it = await openedTown()
  await filed(it)
  const asked = await it.say(regulator, '不通过 000001 多处与现场不符')
  expect(asked).toContain('不通过 强盛金属制品有限公司（龙岗区，SZ-LG-2026-000001）？\n理由：多处与现场不符')
  expect((await onlyApplication(it)).state).toBe('filed')
  expect(await it.say(regulator, '先不')).toContain('没有改动')
  await it.say(regulator, '确认')
  expect((await onlyApplication(it)).state).toBe('filed')

  await it.say(regulator, '不通过 000001 多处与现场不符')
  expect(await it.tap(regulator, '确认不通过')).toContain('已定为不通过：强盛金属制品有限公司')
  expect((await onlyApplication(it)).state).toBe('rejected')
  expect(it.transcript.findLast((line) => line.includes('→ chen'))).toContain('多处与现场不符')
  expect(await it.say(regulator, '不通过 SZ-LG-2026-000001 再来一次')).toContain('您在')
})

test('a listing is revoked in words, named before, and its owner hears why', async () => {
  const it = await openedTown()
  await filed(it)
  expect(await it.say(regulator, '撤销 000001 重大隐患没有改')).toContain('没有找到')
  expect(await it.say(regulator, '撤销 SZ-LG-2026-000001 重大隐患没有改')).toContain('现在是“已申报”')
  await it.tap(regulator, '通过')
  expect(await it.say(regulator, '撤销 000001 重大隐患没有改')).toContain(
    '撤销 强盛金属制品有限公司（龙岗区，SZ-LG-2026-000001）的达标公告？',
  )
  expect((await onlyApplication(it)).state).toBe('announced')
  expect(await it.say(regulator, '确认')).toContain('已撤销：强盛金属制品有限公司')
  expect((await onlyApplication(it)).state).toBe('revoked')
  expect(it.transcript.findLast((line) => line.includes('→ chen'))).toContain('重大隐患没有改')
})
