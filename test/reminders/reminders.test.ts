import { describe, expect, test } from 'vitest'
import { addDays, chinaDateOf } from '../../src/calendar/dates.ts'
import type { Reply } from '../../src/message/index.ts'
import { hazardDone, hazardRegister, noteHazard, setHazardDue } from '../../src/rectification/index.ts'
import {
  cancelNudge,
  muteReminders,
  nextRemindedOn,
  scheduleNudge,
  unmuteReminders,
} from '../../src/reminders/index.ts'
import { fireDueDeadlines } from '../../src/standardization/index.ts'
import { recordAnswer } from '../../src/storage/answers.ts'
import { storeConversation } from '../../src/storage/conversations.ts'
import type { Trx } from '../../src/storage/database.ts'
import { completeAssessment } from '../../src/storage/enrolment.ts'
import { enterpriseIn, houseOn, instant, policyOf, type TestHouse, walkOf } from '../standardization/standing-house.ts'
import { onEachDatabase } from '../support/databases.ts'

const policy = {
  ...policyOf('shenzhen-trial'),
  rectificationReminderDaysBefore: { value: [3, 0], source: 'these tests', confidence: 'ownDefault' as const },
  rectificationReminderEveryDaysWhenOverdue: { value: 7, source: 'these tests', confidence: 'ownDefault' as const },
  nudgeAfterDays: { value: [1, 3, 7], source: 'these tests', confidence: 'ownDefault' as const },
  nudgeEveryDaysAfterwards: { value: 30, source: 'these tests', confidence: 'ownDefault' as const },
}

describe('the next reminder of what is due', () => {
  test.for<[string, readonly string[], string, string | undefined, string | undefined]>([
    ['nothing', [], '2026-11-25', undefined, undefined],
    ['in time', ['2026-12-09'], '2026-11-25', undefined, '2026-12-06'],
    ['too near for the first one', ['2026-11-26'], '2026-11-25', undefined, '2026-11-26'],
    ['of two the earlier', ['2026-12-20', '2026-12-09'], '2026-11-25', undefined, '2026-12-06'],
    ['told three days before', ['2026-12-09'], '2026-12-07', '2026-12-06', '2026-12-09'],
    ['told on the day', ['2026-12-09'], '2026-12-10', '2026-12-09', '2026-12-16'],
    ['told a week later', ['2026-12-09'], '2026-12-17', '2026-12-16', '2026-12-23'],
    [
      'two that are overdue, counted from the last word',
      ['2026-12-09', '2026-12-11'],
      '2026-12-17',
      '2026-12-16',
      '2026-12-23',
    ],
    ['one overdue, one soon due', ['2026-12-09', '2026-12-22'], '2026-12-17', '2026-12-16', '2026-12-19'],
    ['found long ago, while nobody looked', ['2026-09-01'], '2026-11-25', undefined, '2026-11-25'],
  ])('%s', ([, dueOn, earliest, toldOn, expected]) => {
    expect(nextRemindedOn(dueOn, { earliest, toldOn, policy })).toBe(expected)
  })
})

onEachDatabase((database) => {
  const inTrx = <T>(house: TestHouse, work: (trx: Trx) => Promise<T>) => house.database.inTransaction('test', work)

  const town = async () => {
    const house = { ...houseOn(database(), '2026-11-24T14:00:00+08:00'), policies: new Map([[policy.id, policy]]) }
    const enterprise = await enterpriseIn(house)
    const walk = await walkOf(house, enterprise.id)
    const { contact } = enterprise
    const by = `owner:${contact}`
    const told = async () =>
      (
        await database()
          .db.selectFrom('outbox')
          .select(['body', 'due_at'])
          .where('recipient', '=', contact)
          .orderBy('seq')
          .execute()
      ).map(({ body, due_at }) => ({ at: due_at, ...(JSON.parse(body) as Reply) }))
    /** Days pass, one by one; gives what was said on which. */
    const until = async (day: string) => {
      const before = (await told()).length
      for (let on = addDays(chinaDateOf(house.clock()), 1); on <= day; on = addDays(on, 1)) {
        house.setClock(on)
        await fireDueDeadlines(house, house.clock())
      }
      return (await told()).slice(before).map(({ at, text }) => `${chinaDateOf(new Date(at))} ${text.split('\n')[0]}`)
    }
    const hazard = async (position: number, dueOn: string) => {
      const item = walk.checklist.items[position]
      if (!item) throw new Error('no such item')
      const { enterpriseId, assessmentId } = walk
      const at = house.clock()
      return inTrx(house, async (trx) => {
        const { id } = await noteHazard(trx, house, { enterpriseId, assessmentId, item, grade: 'general', by, at })
        await setHazardDue(trx, house, { enterpriseId, hazardId: id, dueOn, by, at })
        return id
      })
    }
    const done = (hazardId: string) =>
      inTrx(house, (trx) =>
        hazardDone(trx, house, { enterpriseId: walk.enterpriseId, hazardId, by, at: house.clock() }),
      )
    /** In the middle of the walk, with so many questions left. */
    const leave = async (left: number) => {
      const { items } = walk.checklist
      await inTrx(house, async (trx) => {
        for (const [position, { id }] of items.slice(0, items.length - left).entries())
          await recordAnswer(trx, {
            assessmentId: walk.assessmentId,
            itemId: id,
            position,
            mark: 'conforming',
            by: contact,
            dedupeKey: `${position}`,
            at: house.clock(),
          })
        const { enterpriseId, assessmentId } = walk
        const place = { enterpriseId, assessmentId, contact, key: contact, language: 'zh-CN', turn: 1, prompt: null }
        await storeConversation(trx, { ...place, snapshot: '{}' }, house.clock())
      })
    }
    const said = () => inTrx(house, (trx) => scheduleNudge(trx, { contact, policy, at: house.clock() }))
    return { house, enterprise, walk, contact, until, told, hazard, done, leave, said }
  }

  describe('rectification', () => {
    test('three days before, on the day, weekly after, until it is done', async () => {
      const { until, hazard, done } = await town()
      const id = await hazard(0, '2026-12-09')
      expect(await until('2026-12-05')).toEqual([])
      expect(await until('2027-01-03')).toEqual([
        '2026-12-06 强盛金属制品有限公司自查的 1 条隐患快到期了：',
        '2026-12-09 强盛金属制品有限公司自查的 1 条隐患今天到期：',
        '2026-12-16 强盛金属制品有限公司的隐患到期还没改好，请看这 1 条：',
        '2026-12-23 强盛金属制品有限公司的隐患到期还没改好，请看这 1 条：',
        '2026-12-30 强盛金属制品有限公司的隐患到期还没改好，请看这 1 条：',
      ])
      await done(id)
      expect(await until('2027-03-01')).toEqual([])
    })

    test('several of one day are one message, at nine, with a button for each, the register and the way to stop', async () => {
      const { until, told, hazard } = await town()
      const ids = [await hazard(0, '2026-12-09'), await hazard(1, '2026-12-09'), await hazard(2, '2027-02-01')]
      await until('2026-12-06')
      const messages = await told()
      expect(messages).toHaveLength(1)
      const [message] = messages
      expect(message?.at).toBe(instant('2026-12-06').toISOString())
      expect(message?.text).toMatch(
        /^强盛金属制品有限公司自查的 2 条隐患快到期了：\n① .+\n　12月9日前改好，还有 3 天\n② /,
      )
      expect(message?.text).toContain('回“别提醒了”就不再提醒')
      expect(message?.prompt?.options).toEqual([
        { key: `go.hazard.${ids[0]}`, label: '① 改好了' },
        { key: `go.hazard.${ids[1]}`, label: '② 改好了' },
        { key: 'go.hazards', label: '看台账' },
        { key: 'go.mute', label: '别提醒了' },
      ])
      expect(message?.prompt?.id).toMatch(/^[A-Za-z0-9_@-]{1,128}$/)
    })

    test('a card has no more buttons than fit, however many are due', async () => {
      const { until, told, hazard } = await town()
      for (let position = 0; position < 7; position++) await hazard(position, '2026-12-09')
      await until('2026-12-06')
      const [message] = await told()
      expect(message?.prompt?.options).toHaveLength(6)
      expect(message?.text).toContain('另外还有 3 条')
    })

    test('another date moves the reminder; one that is done is not mentioned', async () => {
      const { house, enterprise, until, hazard, done } = await town()
      const first = await hazard(0, '2026-12-09')
      const second = await hazard(1, '2026-12-09')
      await inTrx(house, (trx) =>
        setHazardDue(trx, house, {
          enterpriseId: enterprise.id,
          hazardId: first,
          dueOn: '2026-12-20',
          by: 'owner',
          at: house.clock(),
        }),
      )
      expect(await until('2026-12-06')).toEqual(['2026-12-06 强盛金属制品有限公司自查的 1 条隐患快到期了：'])
      await done(second)
      expect(await until('2026-12-16')).toEqual([])
      expect(await until('2026-12-17')).toEqual(['2026-12-17 强盛金属制品有限公司自查的 1 条隐患快到期了：'])
      await done(first)
      expect(await until('2027-02-01')).toEqual([])
      expect(await hazardRegister(house.database.db, enterprise.id)).toMatchObject([
        { state: 'done' },
        { state: 'done' },
      ])
    })

    test('after a time in which nobody looked it is said once, and says how long ago it was due', async () => {
      const { house, until, told, hazard } = await town()
      await hazard(0, '2026-12-01')
      house.setClock('2026-12-30T03:00:00+08:00')
      await fireDueDeadlines(house, house.clock())
      const messages = await told()
      expect(messages.map(({ at }) => at)).toEqual([instant('2026-12-30').toISOString()])
      expect(messages[0]?.text).toContain('12月1日到期，已过 29 天')
      expect(await until('2027-01-06')).toEqual(['2027-01-06 强盛金属制品有限公司的隐患到期还没改好，请看这 1 条：'])
    })
  })

  describe('a walk left lying', () => {
    test('D21: after one day, three and seven, then monthly, with what is left of it', async () => {
      const { until, told, leave, said } = await town()
      await leave(4)
      await said()
      expect(await until('2027-01-31')).toEqual([
        '2026-11-25 强盛金属制品有限公司的自评还剩 4 题，约 1 分钟。',
        '2026-11-27 强盛金属制品有限公司的自评还剩 4 题，约 1 分钟。',
        '2026-12-01 强盛金属制品有限公司的自评还剩 4 题，约 1 分钟。',
        '2026-12-31 强盛金属制品有限公司的自评还剩 4 题，约 1 分钟。',
        '2027-01-30 强盛金属制品有限公司的自评还剩 4 题，约 1 分钟。',
      ])
      const [first] = await told()
      expect(first?.text).toContain('回“别提醒了”就不再提醒')
      expect(first?.prompt?.options.map(({ key }) => key)).toEqual(['go.resume', 'go.mute'])
    })

    test('every message begins the days anew', async () => {
      const { house, until, leave, said } = await town()
      await leave(4)
      await said()
      expect(await until('2026-11-26')).toHaveLength(1)
      house.setClock('2026-11-26T20:00:00+08:00')
      await said()
      await said()
      expect((await until('2026-12-03')).map((line) => line.slice(0, 10))).toEqual([
        '2026-11-27',
        '2026-11-29',
        '2026-12-03',
      ])
    })

    test('what was filed or is cancelled is left in peace', async () => {
      const { house, walk, contact, until, leave, said } = await town()
      await leave(0)
      await said()
      expect(await until('2026-11-25')).toEqual(['2026-11-25 强盛金属制品有限公司的自评都答完了，还没签名申报。'])
      await said()
      await inTrx(house, (trx) => cancelNudge(trx, contact))
      expect(await until('2026-12-30')).toEqual([])
      await said()
      await inTrx(house, (trx) => completeAssessment(trx, walk.assessmentId, house.clock()))
      expect(await until('2027-03-01')).toEqual([])
    })
  })

  test('别提醒了 holds for everything until it is taken back, and the dates go on', async () => {
    const { house, contact, until, hazard, leave, said } = await town()
    await leave(4)
    await said()
    await hazard(0, '2026-12-09')
    await inTrx(house, (trx) => muteReminders(trx, { contact, at: house.clock() }))
    await said()
    expect(await until('2026-12-20')).toEqual([])
    await inTrx(house, (trx) => unmuteReminders(trx, contact))
    expect((await until('2026-12-31')).map((line) => line.slice(0, 10))).toEqual([
      '2026-12-23',
      '2026-12-30',
      '2026-12-31',
    ])
  })

  test('told once, however many look at the same time', async () => {
    const { house, told, hazard } = await town()
    await hazard(0, '2026-12-09')
    house.setClock('2026-12-06')
    await Promise.all([1, 2, 3].map(() => fireDueDeadlines(house, house.clock())))
    expect(await told()).toHaveLength(1)
  })

  test('one that fails holds up no other', async () => {
    const one = await town()
    const other = await town()
    await one.hazard(0, '2026-12-09')
    await other.hazard(0, '2026-12-09')
    await one.house.database.db
      .updateTable('hazards')
      .set({ ref: 'nowhere/nothing@1' })
      .where('enterprise_id', '=', one.enterprise.id)
      .execute()
    other.house.setClock('2026-12-06')
    await expect(fireDueDeadlines(other.house, other.house.clock())).rejects.toThrow(AggregateError)
    expect([await one.told(), await other.told()].map(({ length }) => length)).toEqual([0, 1])
  })
})
