import { tmpdir } from 'node:os'
import express from 'express'
import { describe, expect, test } from 'vitest'
import { consoleLink, consoleRoutes } from '../src/console/index.ts'
import {
  approveApplication,
  rejectApplication,
  returnApplication,
  revokeListing,
} from '../src/standardization/index.ts'
import { answersOf } from '../src/storage/answers.ts'
import { applicationOfAssessment } from '../src/storage/applications.ts'
import { answeredUntil, carefulAnswer, enrolmentLines, talkIn } from './support/careful-owner.ts'
import { listening } from './support/listening.ts'
import { owner, ownerAtHome } from './support/owner-at-home.ts'
import { openedTown, type Town } from './support/town.ts'

const regulator = 'jianguan-440307'

type Decide = (...given: Parameters<typeof rejectApplication>) => Promise<{ readonly type: string }>

const inOffice = async ({ house }: Town, decide: Decide, reason = '与现场不符') =>
  house.database.inTransaction('regulator', async (trx) => {
    const { id } = await trx.selectFrom('applications').select('id').executeTakeFirstOrThrow()
    expect(await decide(trx, house, { applicationId: id, regulator, reason, at: house.clock() })).toMatchObject({
      type: 'ok',
    })
  })

async function withdrawn(town: Town): Promise<void> {
  await town.say(owner, '撤回申报')
  await town.tap(owner, '撤回')
}

/** Tells what is on the site, and is at the first thing that is asked. */
async function begun(town: Town, ...ticks: readonly string[]): Promise<string> {
  let said = await town.say(owner, '开始自评')
  for (let step = 0; said.includes('厂里有哪些'); step++) said = await town.say(owner, ticks[step] ?? '都没有')
  return said
}

/** What is on record for the newest assessment. */
const record = async ({ house }: Town) => answersOf(house.database.db, await newest({ house }))

const newest = async ({ house }: Pick<Town, 'house'>) =>
  (
    await house.database.db
      .selectFrom('self_assessments')
      .select('id')
      .orderBy('started_at', 'desc')
      .orderBy('id')
      .executeTakeFirstOrThrow()
  ).id

const itemsOnRecord = async (town: Town) => (await record(town)).map(({ itemId }) => itemId).sort()

const rules = '操作规程'
const training = '先学安全'
const extinguishers = '灭火器都拿得到'
const wiring = '配电箱'

describe('a self-assessment after one that was carried to its end (D14)', () => {
  test('what is on the site is asked first, with what was ticked', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    const said = await town.say(owner, '开始自评')
    expect(said).toContain('重新自评')
    expect(said).toContain('厂里有哪些')
    expect(await town.house.database.db.selectFrom('self_assessments').select('id').execute()).toHaveLength(1)
  })

  test('answers of before are shown in words, a section at a time, and none of them is on record before it is confirmed', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    let said = await begun(town)
    expect(said).toMatch(/最多 25 题：21 题一题一题问，另外 4 题上次答过，分 3 次给您看/)
    expect(said).toContain('照片要拍新的')
    expect(await record(town)).toEqual([])

    said = await answeredUntil(talkIn(town, owner), said, '① 符合')
    expect(said).toContain(
      `上次（2026年11月24日）您是这样答的：\n① 符合：危险的机器旁，都贴着${rules}、挂着看得清的警示牌吗？`,
    )
    const before = await itemsOnRecord(town)
    expect(await town.say(owner, '都还是这样')).toContain('1 题经您确认，还和上次一样')
    expect(await itemsOnRecord(town)).toEqual([...before, 'operatingRules'].sort())
  })

  test('the record says which application a confirmed answer is from, who confirmed it and when', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await town.wait(20)
    await answeredUntil(talkIn(town, owner), await begun(town), '① 符合')
    await town.say(owner, '没变化')
    const answers = await record(town)
    expect(answers.filter(({ confirmedFrom }) => confirmedFrom !== null)).toMatchObject([
      { itemId: 'operatingRules', mark: 'conforming', confirmedFrom: 'a1', answeredBy: 'app:chen' },
    ])
    expect(answers.find(({ confirmedFrom }) => confirmedFrom === 'a1')?.answeredAt.slice(0, 10)).toBe('2026-12-14')
  })

  test.each(['收到', '好的', '知道了', '没有', '哈哈'])('“%s” confirms nothing', async (words) => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await answeredUntil(talkIn(town, owner), await begun(town), '① 符合')
    const before = await record(town)
    expect(await town.say(owner, words)).toContain('① 符合')
    expect(await record(town)).toEqual(before)
  })

  test.each(['都还是这样', '没变化', '和上次一样', '是的'])('“%s” confirms', async (words) => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await answeredUntil(talkIn(town, owner), await begun(town), '① 符合')
    expect(await town.say(owner, words)).toContain('经您确认')
  })

  test('what has changed is asked again, and only the rest is confirmed', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await answeredUntil(talkIn(town, owner), await begun(town), `① 符合：现在去看，${extinguishers}`)
    expect(await town.say(owner, '有变化的我来改')).toContain('哪几题和上次不一样了？')
    const said = await town.say(owner, '1')
    expect(said).toContain('已记：1 题经您确认')
    expect(await itemsOnRecord(town)).toContain('wiringTidy')
    expect(await itemsOnRecord(town)).not.toContain('extinguishersReady')
    expect(await answeredUntil(talkIn(town, owner), said, extinguishers)).toContain('1 符合　2 不符合')
  })

  test('none of them, after all, is shown once more', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await answeredUntil(talkIn(town, owner), await begun(town), `① 符合：现在去看，${extinguishers}`)
    await town.say(owner, '有变化的我来改')
    const before = await record(town)
    expect(await town.say(owner, '都没有')).toContain('现在还是这样吗？')
    expect(await record(town)).toEqual(before)
  })

  test('a section can be asked anew', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await answeredUntil(talkIn(town, owner), await begun(town), `① 符合：现在去看，${extinguishers}`)
    let said = await town.say(owner, '这一节重新答')
    for (const question of [extinguishers, wiring]) {
      said = await answeredUntil(talkIn(town, owner), said, question)
      expect(said).toContain('1 符合　2 不符合')
    }
  })

  test('a number in the list is the one that is shown there', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    await answeredUntil(talkIn(town, owner), await begun(town), `① 符合：现在去看，${extinguishers}`)
    expect(await town.say(owner, '修改第2题')).toContain(wiring)
    expect(await town.say(owner, '不符合')).toContain('① 符合：现在去看')
    expect((await record(town)).find(({ itemId }) => itemId === 'wiringTidy')?.mark).toBe('nonconforming')
  })
})

describe('never carried over in silence', () => {
  /** Everything is answered as it comes; what was shown for confirmation. */
  async function shownIn(town: Town, said: string): Promise<string> {
    const shown: string[] = []
    for (let current = said; !current.includes('现在拍：'); current = await town.say(owner, carefulAnswer(current))) {
      expect(current).not.toBe('')
      if (current.includes('上次（')) shown.push(current)
    }
    return shown.join('\n')
  }

  test('what kills, what was not in order, and what is new', async () => {
    const town = await ownerAtHome({ hazards: ['newWorkerTraining'] })
    await withdrawn(town)
    const said = await begun(town, '都没有', '2')
    expect(said).toContain('另外 3 题上次答过')
    const shown = await shownIn(town, said)
    expect(shown).toContain(rules)
    expect(shown).not.toContain(training)
    expect(shown).not.toContain('叉车')
    const confirmed = (await record(town)).filter(({ confirmedFrom }) => confirmedFrom !== null)
    expect(confirmed.map(({ itemId }) => itemId).sort()).toEqual(['extinguishersReady', 'operatingRules', 'wiringTidy'])
  })

  test('it is told how many of a section were not in order', async () => {
    const town = await ownerAtHome({ hazards: ['wiringTidy'] })
    await withdrawn(town)
    const said = await answeredUntil(talkIn(town, owner), await begun(town), extinguishers)
    expect(said).toContain('等会儿一题一题问您')
    expect(said).toContain('其中 1 题上次答的是不符合')
    expect(said).not.toContain(wiring)
  })

  test('what the regulator wrote on', async () => {
    const town = await ownerAtHome()
    const findings = [{ number: 1, reason: '没有看到操作规程' }]
    await inOffice(town, (trx, house, deciding) => returnApplication(trx, house, { ...deciding, findings }))
    await withdrawn(town)
    const said = await begun(town)
    expect(said).toContain('另外 3 题上次答过')
    expect(await shownIn(town, said)).not.toContain(rules)
  })

  test('a question in another version than then', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    const { db } = town.house.database
    const { refs } = await db.selectFrom('self_assessments').select('refs').executeTakeFirstOrThrow()
    await db
      .updateTable('self_assessments')
      .set({ refs: refs.replace('general/operatingRules@1', 'general/operatingRules@0') })
      .execute()
    const said = await begun(town)
    expect(said).toContain('另外 3 题上次答过')
    expect(await shownIn(town, said)).not.toContain(rules)
  })

  test('anything of a listing that was revoked', async () => {
    const town = await ownerAtHome()
    await inOffice(town, approveApplication)
    await inOffice(town, revokeListing)
    await town.wait(400)
    const said = await begun(town)
    expect(said).toContain('最多 25 题，答完再走一圈')
    expect(await answeredUntil(talkIn(town, owner), said, '请本人确认')).not.toContain('沿用以前申报')
  })

  test('photos: whoever confirms blindly cannot file', async () => {
    const town = await ownerAtHome()
    await withdrawn(town)
    let said = await begun(town)
    for (let count = 0; count < 60; count++) said = await town.say(owner, '1')
    expect(said).toContain('现在拍：')
    expect(await town.house.database.db.selectFrom('applications').select('id').execute()).toHaveLength(1)
  })
})

test('a colleague is shown the same; what somebody has answered meanwhile is not confirmed unseen', async () => {
  const town = await ownerAtHome()
  await withdrawn(town)
  const shown = `① 符合：现在去看，${extinguishers}`
  await answeredUntil(talkIn(town, owner), await begun(town), shown)
  await town.say(owner, '找同事')
  const invitation = await town.tap(owner, '整份一起答')
  const [code = ''] = /[A-Z]{4} ?\d{4}/.exec(invitation) ?? []
  await town.say('huang', code)
  expect(await town.say('huang', '黄伟')).toContain(shown)
  await town.say(owner, '继续')
  await town.say('huang', '修改第1题')
  await town.say('huang', '不符合')
  const answer = await town.say(owner, '都还是这样')
  expect(answer).toContain('黄伟')
  expect(answer).toContain(`① 符合：现在去看，${wiring}`)
  const marks = new Map((await record(town)).map(({ itemId, mark }) => [itemId, mark]))
  expect([marks.get('extinguishersReady'), marks.get('wiringTidy')]).toEqual(['nonconforming', undefined])
  expect(town.problems).toEqual([])
})

test('whoever reviews sees which answers were confirmed, from which application, by whom and when', async () => {
  const town = await ownerAtHome()
  await withdrawn(town)
  const signing = await answeredUntil(talkIn(town, owner), await begun(town), '请本人确认')
  expect(signing).toContain('沿用以前申报的回答，都逐节核对过')
  await answeredUntil(talkIn(town, owner), signing, '已申报')
  const page = await reviewed(town, await newest(town))
  expect(page).toContain('其中 4 题沿用以前申报的回答，企业逐节确认没有变化；其余都是这次回答的。')
  expect(page.split('沿用 SZ-LG-2026-000001 的回答：2026年11月24日由陈志强确认没有变化')).toHaveLength(1 + 4)
})

/** The page of an application as a regulator has it on the screen. */
async function reviewed({ house }: Town, assessmentId: string): Promise<string> {
  const application = await applicationOfAssessment(house.database.db, assessmentId)
  const server = await listening(express().use(consoleRoutes(house, { folder: tmpdir() })))
  const at = (address: string) => `http://127.0.0.1:${server.port}${address.replace(house.publicUrl, '')}`
  const path = `/console/applications/${application?.id}`
  try {
    const entered = await fetch(at(consoleLink(house, regulator, { path })), { redirect: 'manual' })
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    return await (await fetch(at(path), { headers: { cookie } })).text()
  } finally {
    await server.close()
  }
}

describe('from the first to the second application', () => {
  /** An owner who has filed; one thing was not in order. */
  async function filed(): Promise<Town> {
    const town = await openedTown()
    let said = ''
    for (const line of enrolmentLines) said = await town.say(owner, line)
    said = await answeredUntil(talkIn(town, owner), said, '隐患台账')
    await answeredUntil(talkIn(town, owner), await town.say(owner, '不符合'), '已申报')
    return town
  }

  const occasions: Readonly<Record<string, (town: Town) => Promise<unknown>>> = {
    rejected: async (town) => {
      await inOffice(town, rejectApplication)
      await town.wait(200)
    },
    withdrawn,
    expired: async (town) => {
      await town.tap(regulator, '通过')
      await town.wait(3 * 366)
    },
  }

  test.for(Object.entries(occasions))('%s', async ([name, happened]) => {
    const town = await filed()
    await happened(town)
    const first = town.transcript.length
    const said = await begun(town, '都没有', '2')
    expect(await answeredUntil(talkIn(town, owner), said, '已申报')).toContain('SZ-LG-20')
    expect(town.problems).toEqual([])
    const transcript = town.transcript.slice(first).join('\n')
    await expect(`${transcript}\n`).toMatchFileSnapshot(`./transcripts/begun-again-${name}.golden.txt`)

    // What kills, and what was not in order.
    const shown = transcript.split('\n').filter((line) => /[①-⑳] (符合|没有这个)：/.test(line))
    expect(shown).not.toEqual([])
    expect(shown.filter((line) => line.includes('要证的活') || line.includes('隐患台账'))).toEqual([])
    const asked = transcript.split('1 符合　2 不符合').length - 1
    const [, announced = ''] = /：(\d+) 题一题一题问/.exec(transcript) ?? []
    expect(asked).toBe(Number(announced))
  })
})
