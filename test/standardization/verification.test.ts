import { describe, expect, test } from 'vitest'
import { letters } from '../../src/checklist/rules.ts'
import { createOutbox } from '../../src/outbox/deliver-outbox.ts'
import {
  approveApplication,
  completeRecheck,
  fileApplication,
  fireDueDeadlines,
  revokeListing,
  snoozeReminder,
} from '../../src/standardization/index.ts'
import { applicationById, stepsOf } from '../../src/storage/applications.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { onEachDatabase } from '../support/databases.ts'
import { appoint, enterpriseIn, houseOn, instant, type TestHouse, walkOf, withMajorHazard } from './standing-house.ts'

const quiet = { warn: () => undefined, error: () => undefined }

onEachDatabase((database, address) => {
  /** Announced on 9 December 2026; whatever is sent is kept. */
  const listing = async () => {
    const house = houseOn(database(), '2026-12-09')
    await appoint(house, { userId: 'wang' })
    const enterprise = await enterpriseIn(house)
    const filing = await walkOf(house, enterprise.id)
    const { applicationId } = await house.database.inTransaction('test', (trx) => fileApplication(trx, house, filing))
    await house.database.inTransaction('test', (trx) =>
      approveApplication(trx, house, { applicationId, regulator: 'wang', at: house.clock() }),
    )
    const sent: string[] = []
    const outbox = createOutbox({
      database: house.database,
      clock: house.clock,
      log: quiet,
      everyMs: 0,
      sender: {
        send: async (recipient, reply) => {
          if (recipient === enterprise.contact) sent.push(reply.text)
          return { messages: 1 }
        },
        updateCard: async () => undefined,
      },
    })
    /** What the owner gets when the clock has moved to a moment. */
    const heardBy = async (moment: string) => {
      house.setClock(moment)
      await fireDueDeadlines(house, house.clock())
      sent.length = 0
      await outbox.deliverDue()
      return [...sent]
    }
    await heardBy('2026-12-09')
    return { house, enterprise, applicationId, heardBy }
  }
  const recheck = async (house: TestHouse, enterpriseId: string, applicationId: string, open = false) => {
    const sheet = open ? { sheet: withMajorHazard(letters.nonconforming) } : {}
    const filing = await walkOf(house, enterpriseId, { purpose: 'recheck', applicationId, ...sheet })
    return house.database.inTransaction('test', (trx) => completeRecheck(trx, house, filing))
  }
  const snooze = (house: TestHouse, applicationId: string) =>
    house.database.inTransaction('test', (trx) => snoozeReminder(trx, house, { applicationId, at: house.clock() }))
  const stateOf = async (house: TestHouse, id: string) => (await applicationById(house.database.db, id))?.state

  describe('reminders', () => {
    test('come on day 335, at nine in China, with their two buttons, and not a second before', async () => {
      const { house, applicationId, heardBy } = await listing()
      expect(await heardBy('2027-10-10')).toEqual([expect.stringContaining('还有 60 天')])
      expect(await heardBy('2027-11-09T00:59:59Z')).toEqual([])
      const [reminder] = await heardBy('2027-11-09T01:00:00Z')
      expect(reminder).toContain('距年度自查复核（12月9日）还有 30 天')

      const row = await house.database.db
        .selectFrom('outbox')
        .selectAll()
        .where('unique_key', '=', `verification:${applicationId}:1:30`)
        .executeTakeFirstOrThrow()
      expect(row).toMatchObject({
        cause: `verification:${applicationId}:1`,
        series: `verification:${applicationId}:1`,
        prompt_id: `n-verification-${applicationId}-1-30`,
        state: 'sent',
      })
      expect((Date.parse(row.due_at) - instant('2026-12-09').getTime()) / 86_400_000).toBe(335)
      expect(
        JSON.parse(row.body).prompt.options.map(({ key, label }: { key: string; label: string }) => [key, label]),
      ).toEqual([
        [`go.recheck.${applicationId}`, '现在开始'],
        [`go.snooze.${applicationId}`, '一周后再说'],
      ])
    })

    test('of all that became due while nobody looked, only the latest is sent', async () => {
      const { heardBy } = await listing()
      expect(await heardBy('2027-12-02')).toEqual([expect.stringContaining('还有 7 天')])
    })

    test.for([
      ['of a week ahead', '2027-12-05'],
      ['of the day itself', '2027-12-30'],
    ] as const)('%s that leave late give the date, and count no days', async ([, moment]) => {
      const { heardBy } = await listing()
      const [reminder] = await heardBy(moment)
      expect(reminder).toContain('年度自查复核日是 2027年12月9日')
      expect(reminder).not.toMatch(/今天|\d+ 天/)
    })

    test('go on after the anniversary as long as it is open, and tell the regulators once', async () => {
      const { house, heardBy, applicationId } = await listing()
      await heardBy('2027-12-09')
      expect(await heardBy('2028-01-07')).toEqual([])
      expect(await heardBy('2028-01-08')).toEqual([expect.stringContaining('已经过了 30 天')])
      expect(await heardBy('2028-02-07')).toEqual([expect.stringContaining('已经过了 60 天')])
      const keys = await house.database.db.selectFrom('outbox').select('unique_key').execute()
      expect(
        keys
          .map(({ unique_key }) => unique_key)
          .filter((key) => key.startsWith('verification:'))
          .sort(),
      ).toEqual(
        ['-30', '-60', '0', '30', '60', '7', 'lapsed:wang'].map((step) => `verification:${applicationId}:1:${step}`),
      )
    })

    test('a done re-check withdraws them and plans the next year', async () => {
      const { house, enterprise, applicationId, heardBy } = await listing()
      await heardBy('2027-11-09')
      expect(await recheck(house, enterprise.id, applicationId)).toMatchObject({
        verified: true,
        validUntil: '2029-12-09',
      })
      expect(await stateOf(house, applicationId)).toBe('announced')
      expect(await heardBy('2027-12-09')).toEqual([])
      expect(await heardBy('2028-02-09')).toEqual([])
      expect(await heardBy('2028-11-09')).toEqual([expect.stringContaining('还有 30 天')])
    })

    test('a week later means a week later, whatever was planned meanwhile', async () => {
      const { house, applicationId, heardBy } = await listing()
      await heardBy('2027-11-29')
      expect(await snooze(house, applicationId)).toBe('2027-12-06')
      expect(await snooze(house, applicationId)).toBe('2027-12-06')
      expect(await heardBy('2027-12-05')).toEqual([])
      expect(await heardBy('2027-12-06')).toEqual([expect.stringContaining('还有 3 天')])
      expect(await heardBy('2027-12-09')).toEqual([expect.stringContaining('今天')])
    })

    test('a week later holds after the anniversary too, and is then said once', async () => {
      const { house, applicationId, heardBy } = await listing()
      await heardBy('2028-01-05')
      expect(await snooze(house, applicationId)).toBe('2028-01-12')
      expect(await heardBy('2028-01-11')).toEqual([])
      expect(await heardBy('2028-01-12')).toEqual([expect.stringContaining('已经过了 34 天')])
    })

    test('there is nothing to put off where nothing is listed', async () => {
      const { house, applicationId } = await listing()
      await house.database.inTransaction('test', (trx) =>
        revokeListing(trx, house, { applicationId, regulator: 'wang', reason: '停产', at: house.clock() }),
      )
      expect(await snooze(house, applicationId)).toBeUndefined()
      expect(await snooze(house, 'no-such-application')).toBeUndefined()
    })
  })

  describe('re-checks', () => {
    test('with an open major hazard the listing is under rectification until a clean one', async () => {
      const { house, enterprise, applicationId, heardBy } = await listing()
      await heardBy('2027-11-09')
      expect(await recheck(house, enterprise.id, applicationId, true)).toMatchObject({ verified: false })
      expect(await stateOf(house, applicationId)).toBe('rectifying')
      expect(await heardBy('2027-12-08')).toEqual([expect.stringContaining('1 条隐患快到期了')])
      expect(await heardBy('2027-12-09')).toEqual([
        expect.stringContaining('还有重大隐患没改好'),
        expect.stringContaining('1 条隐患今天到期'),
      ])
      expect(await recheck(house, enterprise.id, applicationId)).toMatchObject({ verified: true })
      expect(await heardBy('2028-03-01')).toEqual([])
    })

    test('one that is not due changes nothing; done twice, the second changes nothing', async () => {
      const { house, enterprise, applicationId } = await listing()
      house.setClock('2027-10-09')
      expect(await recheck(house, enterprise.id, applicationId)).toMatchObject({ verified: false })
      house.setClock('2027-10-10')
      expect(await recheck(house, enterprise.id, applicationId)).toMatchObject({ verified: true })
      const steps = await stepsOf(house.database.db, applicationId)
      await recheck(house, enterprise.id, applicationId)
      expect(await stepsOf(house.database.db, applicationId)).toEqual(steps)
    })

    test('a listing whose last day has passed is not re-checked any more, even before the clock has ended it', async () => {
      const { house, enterprise, applicationId } = await listing()
      house.setClock('2029-12-10')
      await expect(recheck(house, enterprise.id, applicationId)).rejects.toMatchObject({ reason: 'notListed' })
      expect(await stateOf(house, applicationId)).toBe('announced')
    })

    test('an enterprise without a listing has nothing to re-check', async () => {
      const { house } = await listing()
      const other = await enterpriseIn(house)
      await expect(recheck(house, other.id, 'none')).rejects.toMatchObject({ reason: 'notListed' })
    })
  })

  describe('the end', () => {
    test('is told ahead from the day a renewal may be filed, and on the day after the last', async () => {
      const { house, enterprise, applicationId, heardBy } = await listing()
      // Re-checked every year: nothing else is to be heard.
      for (const moment of ['2027-11-20', '2028-11-20']) {
        await heardBy(moment)
        await recheck(house, enterprise.id, applicationId)
      }
      expect(await heardBy('2029-09-09')).toEqual([])
      expect(await heardBy('2029-09-10')).toEqual([expect.stringContaining('还有 90 天')])
      expect(await heardBy('2029-12-09')).toEqual([expect.stringContaining('今天（2029年12月9日）到期')])
      expect(await stateOf(house, applicationId)).not.toBe('expired')
      expect(await heardBy('2029-12-10')).toEqual([expect.stringContaining('已于 2029年12月9日 到期')])
      expect(await stateOf(house, applicationId)).toBe('expired')
    })

    test('a revocation is told with its reason, and nothing is heard afterwards', async () => {
      const { house, applicationId, heardBy } = await listing()
      await heardBy('2027-03-01')
      await house.database.inTransaction('test', (trx) =>
        revokeListing(trx, house, { applicationId, regulator: 'wang', reason: '达不到重点清单', at: house.clock() }),
      )
      expect(await heardBy('2027-03-01')).toEqual([expect.stringContaining('理由：达不到重点清单')])
      expect(await heardBy('2029-12-10')).toEqual([])
    })
  })

  describe('deadlines', () => {
    test('happen once, however many look for them at the same time', async () => {
      const { house, applicationId } = await listing()
      house.setClock('2027-10-10')
      // A SQLite database belongs to one process.
      const second = house.database.dialect === 'postgres' ? await openDatabase(address()) : undefined
      const houses = [house, { ...house, database: second ?? house.database }, house]
      const fired = await Promise.all(houses.map((each) => fireDueDeadlines(each, house.clock())))
      await second?.close()
      expect(fired.reduce((total, count) => total + count, 0)).toBe(1)
      const opened = (await stepsOf(house.database.db, applicationId)).filter(
        ({ event }) => event === 'verification.opened',
      )
      expect(opened).toMatchObject([{ actor: 'clock', from: 'announced', to: 'verificationDue' }])
    })

    test('a crowd of them that fail holds up nobody behind them', async () => {
      const { house, applicationId } = await listing()
      const broken = Array.from({ length: 200 }, (_, index) => ({
        unique_key: `listing:${applicationId}:broken-${index}`,
        application_id: applicationId,
        event: 'not JSON',
        due_at: instant('2027-01-01').toISOString(),
        state: 'pending' as const,
      }))
      await house.database.db.insertInto('deadlines').values(broken).execute()
      house.setClock('2027-10-10')
      await expect(fireDueDeadlines(house, house.clock())).rejects.toThrow('200 deadlines could not be fired')
      expect(await stateOf(house, applicationId)).toBe('verificationDue')
    })

    test('one that fails stays due and does not hold up the others', async () => {
      const { house, applicationId } = await listing()
      await house.database.db
        .insertInto('deadlines')
        .values({
          unique_key: `listing:${applicationId}:broken`,
          application_id: applicationId,
          event: 'not JSON',
          due_at: instant('2027-01-01').toISOString(),
          state: 'pending',
        })
        .execute()
      house.setClock('2027-10-10')
      await expect(fireDueDeadlines(house, house.clock())).rejects.toThrow('1 deadlines could not be fired')
      expect(await stateOf(house, applicationId)).toBe('verificationDue')
      const broken = await house.database.db
        .selectFrom('deadlines')
        .select('state')
        .where('unique_key', 'like', '%:broken')
        .executeTakeFirstOrThrow()
      expect(broken.state).toBe('pending')
    })
  })
})
