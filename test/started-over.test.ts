import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { handleInbound } from '../src/conversation/handle-inbound.ts'
import type { InboundContent } from '../src/message/index.ts'
import { returnApplication } from '../src/standardization/index.ts'
import { answersOf } from '../src/storage/answers.ts'
import { answeredUntil, enrolmentLines, talkIn } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

const owner = 'chen'
const licences = 'specialOperatorLicences'

/** An owner whose application came back for one question that kills, at that question. */
async function amending() {
  const town = await openedTown()
  const { house } = town
  let said = ''
  for (const line of enrolmentLines) said = await town.say(owner, line)
  await answeredUntil(talkIn(town, owner), said, '已申报')
  const { id, assessment_id: assessmentId } = await house.database.db
    .selectFrom('applications')
    .select(['id', 'assessment_id'])
    .executeTakeFirstOrThrow()
  const record = async () =>
    new Map((await answersOf(house.database.db, assessmentId)).map(({ itemId, mark }) => [itemId, mark]))
  const filed = await record()
  const number = [...filed.keys()].indexOf(licences) + 1
  const deciding = { applicationId: id, regulator: 'jianguan-440307', at: house.clock() }
  await house.database.inTransaction('regulator', (trx) =>
    returnApplication(trx, house, { ...deciding, findings: [{ number, reason: '证件过期' }] }),
  )
  await town.wait(1)
  expect(await town.tap(owner, '现在补')).toContain('要证的活')
  return { town, record, filed }
}

/** What is said while a photo is still on its way. */
async function saidMeanwhile({ house }: Town, ...contents: readonly InboundContent[]) {
  for (const content of contents)
    await handleInbound(house, { dedupeKey: randomUUID(), contact: `app:${owner}`, sentAt: house.clock(), content })
}

const text = (words: string): InboundContent => ({ type: 'text', text: words })

test('重来 in an amendment takes back what was answered in it, and nothing of what was filed', async () => {
  const { town, record, filed } = await amending()
  await town.say(owner, '不符合')
  await town.say(owner, '修改第1题')
  await town.say(owner, '不符合')
  expect((await record()).get('safetyDuties')).toBe('nonconforming')
  await town.say(owner, '重来')
  await town.say(owner, '从头再答')
  const now = await record()
  // A major hazard on record stays on record.
  expect(now.get(licences)).toBe('nonconforming')
  expect([...now].filter(([item]) => item !== licences)).toEqual([...filed].filter(([item]) => item !== licences))
  expect(town.problems).toEqual([])
})

test('a photo on its way proves nothing any more after 重来: its loss records nothing', async () => {
  const { town, record, filed } = await amending()
  await town.say(owner, '不符合')
  await town.say(owner, '已经改好，拍照')
  await saidMeanwhile(town, { type: 'image', mediaId: 'never' }, text('是，改好了'))
  expect((await record()).get(licences)).toBe('rectified')
  await saidMeanwhile(town, text('重来'), text('从头再答'))
  expect((await record()).get(licences)).toBeUndefined()
  // Now it is fetched, and cannot be opened.
  expect(await town.say(owner, '进度')).not.toBe('')
  const now = await record()
  expect(now.get(licences)).toBeUndefined()
  expect([...now]).toEqual([...filed].filter(([item]) => item !== licences))
  expect(town.problems).toEqual([])
})
