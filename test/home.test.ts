import { describe, expect, test } from 'vitest'
import {
  approveApplication,
  rejectApplication,
  returnApplication,
  revokeListing,
} from '../src/standardization/index.ts'
import { answeredUntil as answeredTo, talkIn } from './support/careful-owner.ts'
import { owner, ownerAtHome } from './support/owner-at-home.ts'
import type { Town } from './support/town.ts'

const regulator = 'jianguan-440307'

const answeredUntil = (town: Town, said: string, end: string) => answeredTo(talkIn(town, owner), said, end)

const filedTown = () => ownerAtHome()

async function listedTown(): Promise<Town> {
  const town = await filedTown()
  await decided(town, approveApplication)
  return town
}

async function returnedTown(): Promise<Town> {
  const town = await filedTown()
  const findings = [{ number: 3, reason: '没有看到合格证' }]
  await decided(town, (trx, house, deciding) => returnApplication(trx, house, { ...deciding, findings }))
  return town
}

const ended = (town: Town, end: typeof rejectApplication, reason: string) =>
  decided(town, (trx, house, deciding) => end(trx, house, { ...deciding, reason }))

/** As a regulator decides on the console or at the desk. */
const decided = (town: Town, decide: Decide) =>
  town.house.database.inTransaction('regulator', async (trx) => {
    const { id } = await trx.selectFrom('applications').select('id').executeTakeFirstOrThrow()
    const deciding = { applicationId: id, regulator, at: town.house.clock() }
    expect(await decide(trx, town.house, deciding)).toMatchObject({ type: 'ok' })
  })

type Decide = (...given: Parameters<typeof approveApplication>) => Promise<{ readonly type: string }>

const assessments = async ({ house }: Town) =>
  (await house.database.db.selectFrom('self_assessments').select('state').orderBy('started_at').execute()).map(
    ({ state }) => state,
  )

const applications = ({ house }: Town) => house.database.db.selectFrom('applications').select('state').execute()

describe('what is settled otherwise while an owner walks leads home', () => {
  test('a listing that ends in the middle of a re-check', async () => {
    const town = await listedTown()
    await town.wait(360)
    const asked = await answeredUntil(town, await town.say(owner, '开始'), '最多问')
    await town.wait(900)
    expect(await answeredUntil(town, asked, '没有提交')).toContain(
      '达标公告已经失效，这次自查复核没有提交。\n您的达标公告已于 2029年11月24日到期。\n1 开始自评',
    )
    expect(await assessments(town)).toEqual(['completed', 'abandoned'])
    expect(await town.say(owner, '1')).toContain('好，重新自评。')
    expect(town.problems).toEqual([])
  })

  test('a listing that ends before a re-check has asked its first question', async () => {
    const town = await listedTown()
    await town.wait(360)
    const asked = await town.say(owner, '开始')
    await town.wait(900)
    expect(await answeredUntil(town, asked, '已经失效')).toContain('1 开始自评')
    expect(town.problems).toEqual([])
  })

  test('an application rejected in the middle of its amendment', async () => {
    const town = await returnedTown()
    const asked = await town.say(owner, '开始')
    await ended(town, rejectApplication, '与现场不符')
    expect(await answeredUntil(town, asked, '没有提交')).toContain(
      '这件申报现在不用补正，这次没有提交。\n您的申报 SZ-LG-2026-000001 没有通过。\n理由：与现场不符',
    )
    expect(await assessments(town)).toEqual(['completed'])
    expect(await applications(town)).toEqual([{ state: 'rejected' }])
    expect(town.problems).toEqual([])
  })

  test('a listing revoked in the middle of its renewal', async () => {
    const town = await listedTown()
    await town.wait(1010)
    const asked = await answeredUntil(town, await town.tap(owner, '现在续期'), '现在开始')
    await ended(town, revokeListing, '达不到重点清单')
    const heard = await answeredUntil(town, asked, '没有提交')
    expect(heard).toContain('现在还不能申报，这次没有提交。\n您的达标公告（SZ-LG-2026-000001）已被撤销。')
    expect(heard).toMatch(/理由：达不到重点清单\n\d{4}年\d+月\d+日起可以重新申报。\n/)
    expect(await assessments(town)).toEqual(['completed', 'abandoned'])
    expect(await applications(town)).toEqual([{ state: 'revoked' }])
    expect(town.problems).toEqual([])
  })

  test('an application taken up again in the middle of a new self-assessment', async () => {
    const town = await filedTown()
    await ended(town, rejectApplication, '与现场不符')
    const asked = await answeredUntil(town, await town.say(owner, '开始'), '现在开始')
    await town.house.database.db.updateTable('applications').set({ state: 'underReview' }).execute()
    expect(await answeredUntil(town, asked, '没有再提交')).toContain('您的申报 SZ-LG-2026-000001 正在审查')
    expect(await assessments(town)).toEqual(['completed', 'abandoned'])
    expect(await applications(town)).toHaveLength(1)
    expect(town.problems).toEqual([])
  })

  test('an application taken up again before a new self-assessment has asked its first question', async () => {
    const town = await filedTown()
    await ended(town, rejectApplication, '与现场不符')
    const asked = await town.say(owner, '开始')
    await town.house.database.db.updateTable('applications').set({ state: 'underReview' }).execute()
    expect(await answeredUntil(town, asked, '现在还不能开始新的自评')).toContain('正在审查')
    expect(await assessments(town)).toEqual(['completed'])
    expect(town.problems).toEqual([])
  })
})

describe('how things stand', () => {
  test('a rejected owner is told why', async () => {
    const town = await filedTown()
    await ended(town, rejectApplication, '与现场不符')
    expect(await town.say(owner, '办到哪一步了')).toContain('没有通过。\n理由：与现场不符\n1 开始自评')
    expect(await town.say(owner, '进度')).not.toContain('起可以重新申报')
  })

  test('a rejection without a reason has no empty line for it', async () => {
    const town = await filedTown()
    await ended(town, rejectApplication, '')
    expect(await town.say(owner, '办到哪一步了')).toContain('没有通过。\n1 开始自评')
  })

  test('a revoked owner is told why, and from when to apply again', async () => {
    const town = await listedTown()
    await ended(town, revokeListing, '达不到重点清单')
    const heard = await town.say(owner, '开始')
    expect(heard).toMatch(/已被撤销。\n理由：达不到重点清单\n2027年11月24日起可以重新申报。\n1 写陈述申辩/)
  })

  test('an overdue re-check is called overdue, with its year', async () => {
    const town = await listedTown()
    await town.wait(430)
    expect(town.transcript.join('\n')).toContain('的年度自查复核（2027年11月24日）已经过了 60 天')
    expect(town.transcript.join('\n')).toContain('距年度自查复核（11月24日）还有 30 天')
    expect(await town.say(owner, '进度')).toContain('年度自查复核 2027年11月24日到期，还没有做。')
  })

  test('after the last re-check there is no next one to speak of', async () => {
    const town = await listedTown()
    for (const days of [350, 365]) {
      await town.wait(days)
      await answeredUntil(town, await town.tap(owner, '现在开始'), '今年的自查复核办好了')
    }
    const heard = await town.say(owner, '进度')
    expect(heard).toContain('有效期内不用再做年度自查复核')
    expect(heard).not.toContain('下次')
  })
})
