import { describe, expect, test } from 'vitest'
import { letters } from '../../src/checklist/rules.ts'
import type { Reply } from '../../src/message/index.ts'
import {
  approveApplication,
  beginReview,
  type Decision,
  type Filing,
  fileApplication,
  fireDueDeadlines,
  listingOf,
  refileApplication,
  rejectApplication,
  returnApplication,
  revokeListing,
  type UnknownNumbers,
} from '../../src/standardization/index.ts'
import { decidersOf } from '../../src/standardization/rights.ts'
import { applicationById, applicationEntries, stepsOf } from '../../src/storage/applications.ts'
import type { Trx } from '../../src/storage/database.ts'
import { onEachDatabase } from '../support/databases.ts'
import {
  appoint,
  enterpriseIn,
  houseOn,
  instant,
  LONGGANG,
  NANSHAN,
  type TestHouse,
  walkOf,
  withGeneralHazard,
  withMajorHazard,
} from './standing-house.ts'

onEachDatabase((database) => {
  const town = async () => {
    const house = houseOn(database())
    await appoint(house, { userId: 'wang' })
    await appoint(house, { userId: 'li', role: 'approver' })
    return house
  }
  const inTrx = <T>(house: TestHouse, work: (trx: Trx) => Promise<T>) => house.database.inTransaction('test', work)
  const file = (house: TestHouse, filing: Filing) => inTrx(house, (trx) => fileApplication(trx, house, filing))
  const refile = (house: TestHouse, filing: Filing) => inTrx(house, (trx) => refileApplication(trx, house, filing))
  const approve = (house: TestHouse, applicationId: string, regulator = 'wang') =>
    inTrx(house, (trx) => approveApplication(trx, house, { applicationId, regulator, at: house.clock() }))
  const giveBack = (house: TestHouse, applicationId: string, findings = [{ number: 2, reason: '照片看不清' }]) =>
    inTrx(house, (trx) =>
      returnApplication(trx, house, { applicationId, regulator: 'wang', findings, at: house.clock() }),
    )
  const filedBy = async (house: TestHouse, district = LONGGANG, policy = 'shenzhen-trial') => {
    const enterprise = await enterpriseIn(house, { district, policy })
    const filing = await walkOf(house, enterprise.id)
    return { enterprise, filing, ...(await file(house, filing)) }
  }
  const stateOf = async (house: TestHouse, id: string) => (await applicationById(house.database.db, id))?.state
  const outboxOf = (house: TestHouse, recipient: string) =>
    house.database.db.selectFrom('outbox').selectAll().where('recipient', '=', recipient).orderBy('seq').execute()
  const textsTo = async (house: TestHouse, recipient: string) =>
    (await outboxOf(house, recipient)).map(({ body }) => (JSON.parse(body) as { text?: string }).text ?? '')
  const typeOf = (decision: Decision | UnknownNumbers) => decision.type

  describe('filing', () => {
    test('gives a number, a date and tells every reviewer of the district', async () => {
      const house = await town()
      await appoint(house, { userId: 'looker', role: 'viewer' })
      await appoint(house, { userId: 'nanshan', district: NANSHAN })
      const { number, reviewDueOn, districtTitle, guessed, applicationId } = await filedBy(house)

      expect({ number, reviewDueOn, districtTitle, guessed }).toEqual({
        number: 'SZ-LG-2026-000001',
        reviewDueOn: '2026-12-07',
        districtTitle: '龙岗区',
        guessed: false,
      })
      const [push, ...later] = await outboxOf(house, 'app:wang')
      expect(push).toMatchObject({
        unique_key: `review:${applicationId}:1:filed:wang`,
        prompt_id: `n-review-${applicationId}-1-filed-wang`,
      })
      const { text, prompt } = JSON.parse(push?.body ?? '{}')
      expect(text).toContain(
        '新申报 SZ-LG-2026-000001\n强盛金属制品有限公司（龙岗区）\n机械 · 38 人 · 首次申报\n得分　100',
      )
      expect(text).toContain('审查期限　12月7日')
      expect(text).toContain(`/console/enter?user=wang&path=%2Fconsole%2Fapplications%2F${applicationId}`)
      expect(prompt.options).toEqual([
        { key: `review.approve.${applicationId}.1`, label: '通过', style: 'primary' },
        { key: `review.return.${applicationId}`, label: '退回…' },
      ])
      expect(later.map(({ due_at }) => due_at)).toEqual([instant('2026-12-07').toISOString()])
      const [link] = /https:\S+/.exec(JSON.parse(later[0]?.body ?? '{}').text) ?? []
      const expires = Number(new URL(link ?? '').searchParams.get('expires')) * 1000
      expect(expires, 'a link lives from the day it arrives').toBe(instant('2026-12-10').getTime())
      expect(await textsTo(house, 'app:li')).toHaveLength(2)
      expect(await textsTo(house, 'app:looker')).toEqual([])
      expect(await textsTo(house, 'app:nanshan')).toEqual([])
    })

    test('a date in another year says so', async () => {
      const house = await town()
      house.setClock('2026-12-29')
      const { enterprise, applicationId } = await filedBy(house)
      expect((await textsTo(house, 'app:wang'))[0]).toMatch(/审查期限　2027年1月\d+日/)
      await giveBack(house, applicationId)
      expect((await textsTo(house, enterprise.contact))[0]).toMatch(/请最晚 2027年1月\d+日 补好/)
    })

    test('the same walk twice is one application, whoever asks at the same time', async () => {
      const house = await town()
      const enterprise = await enterpriseIn(house)
      const filing = await walkOf(house, enterprise.id)
      const together = await Promise.all(
        ['a', 'b'].map((key) => house.database.inTransaction(key, (trx) => fileApplication(trx, house, filing))),
      )
      const again = await file(house, filing)

      expect(new Set([...together, again].map(({ number }) => number))).toEqual(new Set(['SZ-LG-2026-000001']))
      expect(await textsTo(house, 'app:wang')).toHaveLength(2)
      expect(await house.database.db.selectFrom('applications').select('id').execute()).toHaveLength(1)
    })

    test('numbers run per district and year in China, without a gap or a double', async () => {
      const house = await town()
      const walks: Filing[] = []
      for (let count = 0; count < 8; count += 1) walks.push(await walkOf(house, (await enterpriseIn(house)).id))
      const receipts = await Promise.all(
        walks.map((filing, index) =>
          house.database.inTransaction(`${index}`, (trx) => fileApplication(trx, house, filing)),
        ),
      )
      expect(receipts.map(({ number }) => number).sort()).toEqual(
        [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `SZ-LG-2026-00000${number}`),
      )
      expect((await filedBy(house, NANSHAN)).number).toBe('SZ-NS-2026-000001')
      house.setClock('2026-12-31T16:30:00Z')
      expect((await filedBy(house)).number).toBe('SZ-LG-2027-000001')
    })

    test('an enterprise has one application under way', async () => {
      const house = await town()
      const { enterprise } = await filedBy(house)
      const other = await walkOf(house, enterprise.id)
      await expect(file(house, other)).rejects.toMatchObject({ reason: 'alreadyRunning' })
    })

    test.for([
      ['an open major hazard', withMajorHazard(letters.nonconforming), 'majorHazardOpen'],
      ['a major hazard that is not clear', withMajorHazard(letters.stillUnclear), 'majorHazardOpen'],
      ['an unanswered question', withMajorHazard(letters.unanswered), 'incomplete'],
    ] as const)('%s is not filed, and nothing of it stays', async ([, sheet, reason]) => {
      const house = await town()
      const filing = await walkOf(house, (await enterpriseIn(house)).id, { sheet })
      await expect(file(house, filing)).rejects.toMatchObject({ reason })
      expect(await house.database.db.selectFrom('application_counters').selectAll().execute()).toEqual([])
      expect(await textsTo(house, 'app:wang')).toEqual([])
    })

    test('hazards are filed with their clause, put right or with their term', async () => {
      const house = await town()
      const rectified = await walkOf(house, (await enterpriseIn(house)).id, {
        sheet: withMajorHazard(letters.rectified),
      })
      const major = await applicationById(house.database.db, (await file(house, rectified)).applicationId)
      expect(major?.hazards).toMatchObject([{ grade: 'major', dueOn: null, clause: { document: expect.any(String) } }])
      expect(major?.score).toBe(100)
      expect((await textsTo(house, 'app:wang'))[0]).toContain('重大隐患　自改 1 条')

      const open = await walkOf(house, (await enterpriseIn(house)).id, { sheet: withGeneralHazard })
      const general = await applicationById(house.database.db, (await file(house, open)).applicationId)
      const item = open.checklist.items.find(({ id }) => id === general?.hazards[0]?.id)
      const due = new Date(Date.parse('2026-11-23T00:00:00Z') + (item?.rectification.days ?? 0) * 86_400_000)
      expect(general?.hazards).toMatchObject([{ grade: 'general', dueOn: due.toISOString().slice(0, 10) }])
      expect(general?.score).toBeLessThan(100)
    })

    test('the ledger is filed line by line, and adds up to the score', async () => {
      const house = await town()
      const filing = await walkOf(house, (await enterpriseIn(house)).id, { sheet: withGeneralHazard })
      const application = await applicationById(house.database.db, (await file(house, filing)).applicationId)
      const sum = (key: 'earnedWeight' | 'applicableWeight') =>
        (application?.ledger ?? []).reduce((total, line) => total + line[key], 0)
      expect(application?.score).toBe(Math.round((sum('earnedWeight') / sum('applicableWeight')) * 1000) / 10)
      expect(application?.ledger[0]).toMatchObject({ number: 1, position: 0, excusedBy: null })
    })

    test('where a district has nobody, the city is told', async () => {
      const house = houseOn(database())
      await appoint(house, { userId: 'city', district: '440300', role: 'admin' })
      const { applicationId } = await filedBy(house, NANSHAN)
      expect(await textsTo(house, 'app:city')).toHaveLength(2)
      expect(typeOf(await approve(house, applicationId, 'city'))).toBe('ok')
    })
  })

  test('lists the dangerous ones first: major hazards, industries of high hazard, low scores, near dates', async () => {
    const house = await town()
    const rows = [
      ['good', 'machinery', 100, '2026-12-07', 0],
      ['near', 'machinery', 100, '2026-12-06', 0],
      ['low', 'machinery', 60, '2026-12-07', 0],
      ['high', 'ammonia', 100, '2026-12-07', 0],
      ['major', 'machinery', 100, '2026-12-07', 1],
      ['majors', 'machinery', 100, '2026-12-08', 2],
    ] as const
    for (const [number, industry, score, due, majors] of rows) {
      const { applicationId, enterprise } = await filedBy(house)
      const hazards = Array.from({ length: majors }, () => ({ grade: 'major', title: '"grade":"major"' }))
      const { db } = house.database
      await db.updateTable('enterprises').set({ industry }).where('id', '=', enterprise.id).execute()
      await db
        .updateTable('applications')
        .set({ number, score, review_due_on: due, hazards: JSON.stringify(hazards) })
        .where('id', '=', applicationId)
        .execute()
    }
    const entries = await applicationEntries(house.database.db, {
      districts: [LONGGANG],
      states: ['filed'],
      order: { highHazard: ['ammonia'] },
      limit: 5,
    })
    expect(entries.map(({ number }) => number)).toEqual(['majors', 'major', 'high', 'low', 'near'])
  })

  describe('deciding', () => {
    test('approving announces at once and congratulates the owner, and promises nothing that is not sure', async () => {
      const house = await town()
      const { applicationId, enterprise } = await filedBy(house)
      house.setClock('2026-12-09')
      const decision = await approve(house, applicationId)

      expect(decision).toMatchObject({ type: 'ok', application: { state: 'announced', validUntil: '2029-12-09' } })
      const [text] = await textsTo(house, enterprise.contact)
      expect(text).toContain('有效期至 2029年12月9日')
      // What a draft only explains is promised to nobody.
      expect(text).toContain('另外可能还有：减少安全生产执法检查频次')
      expect(text).toContain('以当地规定为准')
      expect(text).toContain('https://anbiao.example/listing/SZ-LG-2026-000001')
    })

    test('where no source was read, no benefit is promised', async () => {
      const house = await town()
      const { applicationId, enterprise } = await filedBy(house, LONGGANG, 'national-2021')
      await approve(house, applicationId)
      house.setClock('2026-12-20')
      await fireDueDeadlines(house, house.clock())
      const text = (await textsTo(house, enterprise.contact)).find((each) => each.includes('已公告为')) ?? ''
      expect(text).not.toContain('文件里写明的好处')
      expect(text).toContain('我们没有核对到原文')
    })

    test('with publicity it is announced the day after that ends, without anybody', async () => {
      const house = await town()
      const { applicationId } = await filedBy(house, LONGGANG, 'national-2021')
      await approve(house, applicationId)
      expect(await stateOf(house, applicationId)).toBe('inPublicity')
      house.setClock('2026-12-02')
      expect(await fireDueDeadlines(house, house.clock())).toBe(0)
      house.setClock('2026-12-03')
      expect(await fireDueDeadlines(house, house.clock())).toBe(1)
      expect(await applicationById(house.database.db, applicationId)).toMatchObject({
        state: 'announced',
        announcedOn: '2026-12-03',
      })
    })

    test('two who approve at once: one does, the other hears who did', async () => {
      const house = await town()
      const { applicationId, enterprise } = await filedBy(house)
      const both = await Promise.all(
        ['wang', 'li'].map((regulator) =>
          house.database.inTransaction(`app:${regulator}`, (trx) =>
            approveApplication(trx, house, { applicationId, regulator, at: house.clock() }),
          ),
        ),
      )
      expect(both.map(typeOf).sort()).toEqual(['alreadyDecided', 'ok'])
      const late = both.find(({ type }) => type === 'alreadyDecided')
      const first = both.find(({ type }) => type === 'ok') === both[0] ? 'wang' : 'li'
      expect(late).toMatchObject({ state: 'announced', by: first, at: house.clock() })
      expect((await textsTo(house, enterprise.contact)).filter((text) => text.includes('已公告为'))).toHaveLength(1)
    })

    test('approving twice changes nothing the second time', async () => {
      const house = await town()
      const { applicationId } = await filedBy(house)
      await approve(house, applicationId)
      const before = await house.database.db.selectFrom('outbox').selectAll().execute()
      expect(await approve(house, applicationId)).toMatchObject({ type: 'alreadyDecided', by: 'wang' })
      expect(await house.database.db.selectFrom('outbox').selectAll().execute()).toEqual(before)
    })

    test('the cards of the others are settled, and their reminder withdrawn', async () => {
      const house = await town()
      const { applicationId } = await filedBy(house)
      await approve(house, applicationId)
      const rows = await outboxOf(house, 'app:li')
      expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'pending'])
      expect(JSON.parse(rows[2]?.body ?? '')).toEqual({
        promptId: `n-review-${applicationId}-1-filed-li`,
        chosenLabel: '同事已通过',
      })
      expect((await outboxOf(house, 'app:wang')).filter(({ kind }) => kind === 'cardUpdate')).toEqual([])
    })

    test('the reminder of the last day is a card too, and is settled with the others', async () => {
      const house = await town()
      const { applicationId } = await filedBy(house)
      const settled = async () =>
        (await outboxOf(house, 'app:li'))
          .filter(({ kind }) => kind === 'cardUpdate')
          .map(({ body }) => (JSON.parse(body) as { promptId: string }).promptId)
      house.setClock((await applicationById(house.database.db, applicationId))?.reviewDueOn ?? '')
      await approve(house, applicationId)
      expect(await settled()).toEqual([`n-review-${applicationId}-1-filed-li`, `n-review-${applicationId}-1-due-li`])
    })

    test.for([
      ['a reviewer of another district', { userId: 'zhao', district: NANSHAN }],
      ['a viewer of this district', { userId: 'zhao', role: 'viewer' }],
      ['nobody in particular', undefined],
    ] as const)('%s decides nothing', async ([, person]) => {
      const house = await town()
      if (person) await appoint(house, person)
      const { applicationId } = await filedBy(house)
      const deciding = { applicationId, regulator: 'zhao', at: house.clock() }
      const findings = [{ number: 1, reason: '补照片' }]
      const decisions = await inTrx(house, async (trx) => [
        await approveApplication(trx, house, deciding),
        await rejectApplication(trx, house, { ...deciding, reason: '不行' }),
        await returnApplication(trx, house, { ...deciding, findings }),
        await revokeListing(trx, house, { ...deciding, reason: '不行' }),
      ])
      expect(decisions.map(typeOf)).toEqual(['notYours', 'notYours', 'notYours', 'notYours'])
      await inTrx(house, (trx) => beginReview(trx, house, deciding))
      expect(await stateOf(house, applicationId)).toBe('filed')
    })

    test('a reviewer returns, and leaves approving, rejecting and revoking to an approver', async () => {
      const house = await town()
      await appoint(house, { userId: 'zhao', role: 'reviewer' })
      const { applicationId } = await filedBy(house)
      const deciding = { applicationId, regulator: 'zhao', at: house.clock() }
      const refused = await inTrx(house, async (trx) => [
        await approveApplication(trx, house, deciding),
        await rejectApplication(trx, house, { ...deciding, reason: '不行' }),
        await revokeListing(trx, house, { ...deciding, reason: '不行' }),
      ])
      expect(refused.map(typeOf)).toEqual(['approverNeeded', 'approverNeeded', 'approverNeeded'])
      expect(await stateOf(house, applicationId)).toBe('filed')
      const findings = [{ number: 1, reason: '补照片' }]
      const returned = await inTrx(house, (trx) => returnApplication(trx, house, { ...deciding, findings }))
      expect(returned.type).toBe('ok')
    })

    test('the push of a reviewer offers no approval', async () => {
      const house = await town()
      await appoint(house, { userId: 'zhao', role: 'reviewer' })
      const { applicationId } = await filedBy(house)
      const [push] = await outboxOf(house, 'app:zhao')
      const { text, prompt } = JSON.parse(push?.body ?? '') as Reply
      expect(prompt?.options.map(({ key }) => key)).toEqual([`review.return.${applicationId}`])
      expect(text).toContain('看详情')
      expect(text).toContain('通过由审批人来定')
    })

    test('where a district has only reviewers, the approvers of the city are told too', async () => {
      const house = await town()
      await appoint(house, { userId: 'reviewer', district: NANSHAN, role: 'reviewer' })
      await appoint(house, { userId: 'nanshan', district: NANSHAN, role: 'reviewer' })
      await appoint(house, { userId: 'city', district: '440300', role: 'approver' })
      const told = (await inTrx(house, (trx) => decidersOf(trx, house, NANSHAN))).map(({ userId, mayApprove }) => [
        userId,
        mayApprove,
      ])
      expect(told).toEqual([
        ['nanshan', false],
        ['reviewer', false],
        ['city', true],
      ])
    })

    test('what does not exist is unknown', async () => {
      expect(await approve(await town(), 'no-such-application')).toEqual({ type: 'unknown' })
    })

    test('opening it begins the review, once', async () => {
      const house = await town()
      const { applicationId } = await filedBy(house)
      const open = () =>
        inTrx(house, (trx) => beginReview(trx, house, { applicationId, regulator: 'li', at: house.clock() }))
      await open()
      await open()
      expect(await stateOf(house, applicationId)).toBe('underReview')
      expect((await stepsOf(house.database.db, applicationId)).map(({ event, actor }) => [event, actor])).toEqual([
        ['application.filed', expect.stringMatching(/^owner:app:owner\d+$/)],
        ['review.begun', 'regulator:li'],
      ])
    })

    test('an overdue review is told to both sides, once', async () => {
      const house = await town()
      const { enterprise } = await filedBy(house)
      house.setClock('2026-12-08')
      expect(await fireDueDeadlines(house, house.clock())).toBe(1)
      expect(await fireDueDeadlines(house, house.clock())).toBe(0)
      expect(await textsTo(house, enterprise.contact)).toEqual([expect.stringContaining('到 12月7日 还没有审查结果')])
      expect((await textsTo(house, 'app:wang')).at(-1)).toContain('审查期限 12月7日 已过')
    })
  })

  describe('returning', () => {
    test('asks the owner for these items only, files again, and can be approved', async () => {
      const house = await town()
      const { applicationId, enterprise, filing } = await filedBy(house)
      house.setClock('2026-12-01')
      expect(
        typeOf(
          await giveBack(house, applicationId, [
            { number: 2, reason: '照片看不清' },
            { number: 5, reason: '缺日期' },
          ]),
        ),
      ).toBe('ok')

      const [asked] = await outboxOf(house, enterprise.contact)
      const { text, prompt } = JSON.parse(asked?.body ?? '{}')
      expect(text).toContain('① 第 2 题：照片看不清\n② 第 5 题：缺日期\n请最晚 12月8日 补好。')
      expect(prompt.options.map(({ key }: { key: string }) => key)).toEqual([
        `go.amend.${applicationId}`,
        `go.later.${applicationId}`,
      ])
      const today = '2026-12-01'
      const standing = await listingOf(house.database.db, enterprise.id, today)
      expect(standing).toMatchObject({
        mayBegin: ['amendment'],
        application: { state: 'returned', assessmentId: filing.assessmentId },
      })
      expect(standing.application?.returnedFindings).toMatchObject([
        { number: 2, position: 1, reason: '照片看不清' },
        { number: 5, position: 4, reason: '缺日期' },
      ])
      expect(await approve(house, applicationId)).toMatchObject({ type: 'alreadyDecided', state: 'returned' })

      house.setClock('2026-12-02')
      const again = await refile(house, { ...filing, at: house.clock() })
      expect(again).toMatchObject({ number: 'SZ-LG-2026-000001', reviewDueOn: '2026-12-16' })
      expect((await listingOf(house.database.db, enterprise.id, today)).application?.returnedFindings).toEqual([])
      expect((await textsTo(house, 'app:wang')).filter((each) => each.includes('补正后再报'))).toHaveLength(1)
      expect(await refile(house, { ...filing, at: house.clock() })).toEqual(again)
      expect(typeOf(await approve(house, applicationId))).toBe('ok')
    })

    test('the owner is reminded on the last day, and both sides hear when it has passed', async () => {
      const house = await town()
      const { applicationId, enterprise } = await filedBy(house)
      await giveBack(house, applicationId)
      const due = (await outboxOf(house, enterprise.contact)).map(({ due_at }) => due_at)
      expect(due).toEqual([instant('2026-11-23').toISOString(), instant('2026-11-30').toISOString()])
      house.setClock('2026-12-01')
      await fireDueDeadlines(house, house.clock())
      expect((await textsTo(house, enterprise.contact)).at(-1)).toContain('补正期限 11月30日 已过')
      expect((await textsTo(house, 'app:wang')).at(-1)).toContain('没有补正')
      expect(await stateOf(house, applicationId)).toBe('returned')
    })

    test('an item that is not there returns nothing', async () => {
      const house = await town()
      const { applicationId } = await filedBy(house)
      expect(
        await giveBack(house, applicationId, [
          { number: 1, reason: '甲' },
          { number: 999, reason: '乙' },
        ]),
      ).toMatchObject({
        type: 'unknownNumbers',
        numbers: [999],
      })
      expect(await stateOf(house, applicationId)).toBe('filed')
      await expect(giveBack(house, applicationId, [])).rejects.toThrow(RangeError)
    })

    test('what was decided otherwise meanwhile is not filed again', async () => {
      const house = await town()
      const { applicationId, filing } = await filedBy(house)
      await giveBack(house, applicationId)
      await inTrx(house, (trx) =>
        rejectApplication(trx, house, { applicationId, regulator: 'wang', reason: '与现场不符', at: house.clock() }),
      )
      const before = await stepsOf(house.database.db, applicationId)
      await expect(refile(house, filing)).rejects.toMatchObject({ reason: 'notReturned' })
      expect(await stepsOf(house.database.db, applicationId)).toEqual(before)
    })

    test('what is under review is not filed again with another signature', async () => {
      const house = await town()
      const { applicationId, filing } = await filedBy(house)
      const commitment = { ...filing.commitment, signedAt: '2026-11-24T02:00:00.000Z' }
      await expect(refile(house, { ...filing, commitment })).rejects.toMatchObject({ reason: 'notReturned' })
      expect(await stateOf(house, applicationId)).toBe('filed')
    })

    test('what was never filed cannot be filed again', async () => {
      const house = await town()
      const filing = await walkOf(house, (await enterpriseIn(house)).id)
      await expect(refile(house, filing)).rejects.toMatchObject({ reason: 'notReturned' })
    })
  })

  describe('what may be begun', () => {
    const mayBegin = async (house: TestHouse, enterpriseId: string, today: string) =>
      (await listingOf(house.database.db, enterpriseId, today)).mayBegin

    test('nothing while an application runs; an assessment before it and after it failed', async () => {
      const house = await town()
      const enterprise = await enterpriseIn(house)
      expect(await mayBegin(house, enterprise.id, '2026-11-23')).toEqual(['assessment'])
      const { applicationId } = await file(house, await walkOf(house, enterprise.id))
      expect(await mayBegin(house, enterprise.id, '2026-11-23')).toEqual([])
      await inTrx(house, (trx) =>
        rejectApplication(trx, house, { applicationId, regulator: 'wang', reason: '与现场不符', at: house.clock() }),
      )
      expect(await mayBegin(house, enterprise.id, '2026-11-23')).toEqual(['assessment'])
      expect((await textsTo(house, enterprise.contact)).at(-1)).toContain('与现场不符')
    })

    test('after a revocation the enterprise waits as long as the policy says', async () => {
      const house = await town()
      const { applicationId, enterprise } = await filedBy(house)
      await approve(house, applicationId)
      house.setClock('2027-03-01')
      await inTrx(house, (trx) =>
        revokeListing(trx, house, { applicationId, regulator: 'wang', reason: '达不到重点清单', at: house.clock() }),
      )
      expect(await listingOf(house.database.db, enterprise.id, '2028-02-29')).toMatchObject({
        mayBegin: [],
        mayApplyFrom: '2028-03-01',
      })
      expect(await mayBegin(house, enterprise.id, '2028-03-01')).toEqual(['assessment'])
      const early = await walkOf(house, enterprise.id)
      await expect(file(house, early)).rejects.toMatchObject({ reason: 'mustWait' })
      house.setClock('2028-03-01')
      expect(await file(house, await walkOf(house, enterprise.id))).toMatchObject({ number: 'SZ-LG-2028-000001' })
    })

    test('a re-check in its window, a renewal before the end, an assessment after it', async () => {
      const house = await town()
      house.setClock('2026-12-09')
      const { applicationId, enterprise } = await filedBy(house)
      await approve(house, applicationId)
      const begins = (today: string) => mayBegin(house, enterprise.id, today)
      expect(await begins('2027-10-09')).toEqual([])
      expect(await begins('2027-10-10')).toEqual(['recheck'])
      expect(await begins('2029-09-09')).toEqual(['recheck', 'renewal'])
      expect(await begins('2029-12-09')).toEqual(['recheck', 'renewal'])
      expect(await begins('2029-12-10')).toEqual(['assessment'])
    })

    test('a renewal is a new application; announced, it takes the place of the old listing', async () => {
      const house = await town()
      house.setClock('2026-12-09')
      const { applicationId, enterprise } = await filedBy(house)
      await approve(house, applicationId)
      house.setClock('2029-10-01')
      const renewal = await file(house, await walkOf(house, enterprise.id, { purpose: 'renewal' }))
      const standing = await listingOf(house.database.db, enterprise.id, '2029-10-01')
      expect(standing).toMatchObject({ application: { id: renewal.applicationId }, inForce: { id: applicationId } })
      const reminders = (await outboxOf(house, enterprise.contact)).filter(({ cause }) => cause.startsWith('expiry:'))
      expect(new Set(reminders.map(({ state }) => state))).toEqual(new Set(['cancelled']))

      await approve(house, renewal.applicationId)
      expect(await stateOf(house, applicationId)).toBe('renewed')
      expect(await stateOf(house, renewal.applicationId)).toBe('announced')
      house.setClock('2029-12-10')
      await fireDueDeadlines(house, house.clock())
      expect(await stateOf(house, applicationId)).toBe('renewed')
    })
  })
})
