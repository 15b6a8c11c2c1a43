import { describe, expect, test } from 'vitest'
import { addDays, chinaDateOf } from '../../src/calendar/dates.ts'
import { type Checklist, checklistOf } from '../../src/checklist/checklist.ts'
import { type Mark, withMark } from '../../src/checklist/rules.ts'
import {
  acceptHazard,
  hazardAnswered,
  hazardDone,
  hazardRegister,
  openHazards,
  reopenHazard,
  setHazardDue,
  setHazardMeasure,
  setHazardPerson,
} from '../../src/rectification/index.ts'
import {
  approveApplication,
  completeRecheck,
  type Filing,
  fileApplication,
  refileApplication,
  returnApplication,
} from '../../src/standardization/index.ts'
import { recordAnswer } from '../../src/storage/answers.ts'
import { applicationById } from '../../src/storage/applications.ts'
import type { Trx } from '../../src/storage/database.ts'
import { changesOf } from '../../src/storage/hazards.ts'
import {
  appoint,
  conformingSheet,
  enterpriseIn,
  houseOn,
  type TestHouse,
  walkOf,
  withGeneralHazard,
} from '../standardization/standing-house.ts'
import { onEachDatabase } from '../support/databases.ts'

onEachDatabase((database) => {
  const inTrx = <T>(house: TestHouse, work: (trx: Trx) => Promise<T>) => house.database.inTransaction('test', work)

  const factory = async () => {
    const house = houseOn(database(), '2026-11-24')
    await appoint(house, { userId: 'wang' })
    const enterprise = await enterpriseIn(house)
    const by = `owner:${enterprise.contact}`
    const register = () => hazardRegister(house.database.db, enterprise.id)
    /** What became of the one hazard there is. */
    const standing = async () => (await register()).map(({ state, dueOn }) => [state, dueOn])
    const named = async () => {
      const [hazard] = await register()
      if (!hazard) throw new Error('nothing is in the register')
      return { enterpriseId: enterprise.id, hazardId: hazard.id, by, at: house.clock() }
    }
    const changes = async () => {
      const { hazardId } = await named()
      return (await changesOf(house.database.db, hazardId)).map(({ field, from, to }) => `${field}: ${from} → ${to}`)
    }
    return { house, enterprise, by, register, standing, named, changes }
  }

  /** One answer of a walk, as the conversation would pass it on. */
  const answer = (
    house: TestHouse,
    { checklist, ...filing }: Filing,
    by: string,
    marks: Readonly<Record<number, Mark>>,
  ) =>
    inTrx(house, async (trx) => {
      for (const [position, mark] of Object.entries(marks)) {
        const sheet = withMark(conformingSheet(checklist), Number(position), mark)
        await hazardAnswered(trx, house, {
          ...filing,
          checklist,
          sheet,
          position: Number(position),
          by,
          at: house.clock(),
        })
      }
    })

  const general = (checklist: Checklist) => withGeneralHazard(checklist).indexOf('N')

  test('D6: the date an owner was told stays through return, refiling, announcement and the next year', async () => {
    const { house, enterprise, register, named } = await factory()
    const filing = await walkOf(house, enterprise.id, { sheet: withGeneralHazard })
    const { applicationId } = await inTrx(house, (trx) => fileApplication(trx, house, filing))
    const filedDue = async () => (await applicationById(house.database.db, applicationId))?.hazards[0]?.dueOn
    const told = await filedDue()
    expect(told).toMatch(/^2026-12-/)

    house.setClock('2026-11-30')
    const findings = [{ number: 2, reason: '照片看不清' }]
    const returning = { applicationId, regulator: 'wang', findings, at: house.clock() }
    await inTrx(house, (trx) => returnApplication(trx, house, returning))
    house.setClock('2026-12-03')
    const again = {
      ...filing,
      at: house.clock(),
      commitment: { ...filing.commitment, signedAt: '2026-12-03T01:00:00Z' },
    }
    await inTrx(house, (trx) => refileApplication(trx, house, again))
    expect(await filedDue()).toBe(told)

    const dueOn = '2027-01-20'
    const { enterpriseId, hazardId, by } = await named()
    const setting = { enterpriseId, hazardId, by, at: house.clock(), dueOn }
    expect(await inTrx(house, (trx) => setHazardDue(trx, house, setting))).toMatchObject({ type: 'ok' })
    await inTrx(house, (trx) => approveApplication(trx, house, { applicationId, regulator: 'wang', at: house.clock() }))
    house.setClock('2027-11-20')
    const recheck = await walkOf(house, enterprise.id, { purpose: 'recheck', applicationId, sheet: withGeneralHazard })
    await inTrx(house, (trx) => completeRecheck(trx, house, recheck))
    expect(await register()).toMatchObject([
      { id: hazardId, number: 1, foundOn: '2026-11-24', dueOn, state: 'open', assessmentId: filing.assessmentId },
    ])
  })

  test('what is put right between a return and the refiling stays so, and is filed as put right', async () => {
    const { house, enterprise, by, standing, named } = await factory()
    const filing = await walkOf(house, enterprise.id, { sheet: withGeneralHazard })
    const position = general(filing.checklist)
    const itemId = filing.checklist.items[position]?.id ?? ''
    const { assessmentId, at } = filing
    await inTrx(house, (trx) =>
      recordAnswer(trx, { assessmentId, itemId, position, mark: 'nonconforming', dedupeKey: '1', by: 'app:a', at }),
    )
    const { applicationId } = await inTrx(house, (trx) => fileApplication(trx, house, filing))
    const findings = [{ number: 2, reason: '照片看不清' }]
    const returning = { applicationId, regulator: 'wang', findings, at }
    await inTrx(house, (trx) => returnApplication(trx, house, returning))
    house.setClock('2026-12-01')
    const done = { ...(await named()), evidenceId: 'photo' }
    await inTrx(house, (trx) => hazardDone(trx, house, done))
    house.setClock('2026-12-03')
    const commitment = { ...filing.commitment, signedAt: house.clock().toISOString() }
    await inTrx(house, (trx) => refileApplication(trx, house, { ...filing, commitment, at: house.clock() }))
    expect((await standing()).map(([state]) => state)).toEqual(['done'])
    expect((await applicationById(house.database.db, applicationId))?.hazards).toMatchObject([{ dueOn: null }])
    // Found again next year, it is another one.
    house.setClock('2027-11-20')
    await answer(house, await walkOf(house, enterprise.id), by, { [position]: 'nonconforming' })
    expect((await standing()).map(([state]) => state)).toEqual(['done', 'open'])
  })

  describe('answers', () => {
    test.for<[string, readonly Mark[], string]>([
      ['found', ['nonconforming'], 'open'],
      ['said twice', ['nonconforming', 'nonconforming'], 'open'],
      ['found and in order later', ['nonconforming', 'conforming'], 'done'],
      ['found and put right with a photo', ['nonconforming', 'rectified'], 'done'],
      ['put right, and the photo is lost', ['nonconforming', 'rectified', 'nonconforming'], 'open'],
      ['found, then not so sure', ['nonconforming', 'keptOpen'], 'open'],
      ['taken back', ['nonconforming', 'unanswered'], 'none'],
      ['taken back and found again', ['nonconforming', 'unanswered', 'nonconforming'], 'open'],
      ['not there at all', ['nonconforming', 'notApplicable'], 'none'],
      ['in order from the beginning', ['conforming'], 'none'],
    ])('%s', async ([, marks, state]) => {
      const { house, enterprise, by, register } = await factory()
      const walk = await walkOf(house, enterprise.id)
      const position = general(walk.checklist)
      for (const mark of marks) await answer(house, walk, by, { [position]: mark })
      expect((await register()).map((hazard) => hazard.state)).toEqual(state === 'none' ? [] : [state])
    })

    test('a later assessment that takes its answer back leaves open what an earlier one found', async () => {
      const { house, enterprise, by, standing, changes } = await factory()
      const first = await walkOf(house, enterprise.id)
      const position = general(first.checklist)
      await answer(house, first, by, { [position]: 'nonconforming' })
      const before = await standing()
      house.setClock('2026-11-28')
      const second = await walkOf(house, enterprise.id)
      for (const mark of ['nonconforming', 'unanswered', 'conforming', 'unanswered'] as const)
        await answer(house, second, by, { [position]: mark })
      expect(await standing()).toEqual(before)
      expect(await changes()).toEqual(['state: null → open', 'state: open → done', 'state: done → open'])
    })

    test('what was put right and is found again in a later assessment is another hazard, with a term of its own', async () => {
      const { house, enterprise, by, standing } = await factory()
      const first = await walkOf(house, enterprise.id)
      const position = general(first.checklist)
      await answer(house, first, by, { [position]: 'nonconforming' })
      await answer(house, first, by, { [position]: 'conforming' })
      house.setClock('2027-11-28')
      await answer(house, await walkOf(house, enterprise.id), by, { [position]: 'nonconforming' })
      expect((await standing()).map(([state]) => state)).toEqual(['done', 'open'])
      expect((await standing())[1]?.[1]).toMatch(/^2027-12/)
    })

    test('a criterion that needs two items makes both major, and general again when one is in order', async () => {
      const { house, enterprise, by, register } = await factory()
      const walk = await walkOf(house, enterprise.id)
      const { checklist, first, second } = pairIn(house)
      let sheet = conformingSheet(checklist)
      const grades = async (position: number, mark: Mark) => {
        sheet = withMark(sheet, position, mark)
        const at = house.clock()
        await inTrx(house, (trx) => hazardAnswered(trx, house, { ...walk, checklist, sheet, position, by, at }))
        return (await register()).map(({ grade, state }) => `${grade} ${state}`)
      }
      expect(await grades(first, 'nonconforming')).toEqual(['general open'])
      expect(await grades(second, 'nonconforming')).toEqual(['major open', 'major open'])
      expect(await grades(second, 'conforming')).toEqual(['general open', 'major done'])
    })
  })

  describe('what an owner sets', () => {
    const found = async () => {
      const town = await factory()
      const walk = await walkOf(town.house, town.enterprise.id)
      await answer(town.house, walk, town.by, { [general(walk.checklist)]: 'nonconforming' })
      return town
    }

    test('a term in the past or beyond what the policy allows is refused, with the latest day', async () => {
      const { house, named, standing } = await found()
      const setting = await named()
      const due = (dueOn: string) => inTrx(house, (trx) => setHazardDue(trx, house, { ...setting, dueOn }))
      const max = house.policies.get('shenzhen-trial')?.rectificationMaxDays.value ?? 0
      const latest = addDays(chinaDateOf(setting.at), max)
      const [before] = await standing()
      expect(await due('2026-11-23')).toEqual({ type: 'inThePast' })
      expect(await due(addDays(latest, 1))).toEqual({ type: 'tooLate', latest })
      expect(await standing()).toEqual([before])
      expect(await due('2026-11-24')).toMatchObject({ type: 'ok' })
      expect(await due(latest)).toMatchObject({ type: 'ok', hazard: { dueOn: latest } })
    })

    test('person, measure and term are kept with who changed them from what', async () => {
      const { house, named, changes, standing } = await found()
      const [[, first] = []] = await standing()
      const setting = await named()
      await inTrx(house, (trx) => setHazardPerson(trx, house, { ...setting, person: '李师傅' }))
      await inTrx(house, (trx) => setHazardMeasure(trx, house, { ...setting, measure: '下周装好' }))
      await inTrx(house, (trx) => setHazardDue(trx, house, { ...setting, dueOn: '2026-12-20' }))
      expect(await changes()).toEqual([
        'state: null → open',
        'responsible_person: null → 李师傅',
        'measure: null → 下周装好',
        `due_on: ${first} → 2026-12-20`,
      ])
      const [change] = await changesOf(house.database.db, setting.hazardId)
      expect(change).toMatchObject({ by: setting.by, at: setting.at })
    })

    test('done by word, shown by a photo later, denied, done again and accepted', async () => {
      const { house, named, register } = await found()
      const setting = await named()
      const done = (evidenceId?: string) =>
        inTrx(house, (trx) => hazardDone(trx, house, { ...setting, ...(evidenceId && { evidenceId }) }))
      const accepted = () => inTrx(house, (trx) => acceptHazard(trx, house, { ...setting, regulator: 'wang' }))
      expect(await accepted()).toMatchObject({ type: 'notSo' })
      expect(await done()).toMatchObject({ type: 'ok', hazard: { state: 'done', doneOn: '2026-11-24' } })
      expect(await done()).toMatchObject({ type: 'notSo' })
      expect(await done('photo-1')).toMatchObject({ type: 'ok', hazard: { evidenceId: 'photo-1' } })
      expect(await inTrx(house, (trx) => reopenHazard(trx, house, setting))).toMatchObject({
        type: 'ok',
        hazard: { state: 'open', doneOn: null, evidenceId: null },
      })
      await done('photo-2')
      expect(await accepted()).toMatchObject({ type: 'ok' })
      expect(await register()).toMatchObject([{ state: 'accepted', acceptedBy: 'wang', acceptedOn: '2026-11-24' }])
      expect(await inTrx(house, (trx) => reopenHazard(trx, house, setting))).toMatchObject({ type: 'notSo' })
    })

    test('of a hazard of somebody else nothing is known', async () => {
      const { house, named, standing } = await found()
      const stranger = { ...(await named()), enterpriseId: (await enterpriseIn(house)).id }
      const before = await standing()
      expect(await inTrx(house, (trx) => hazardDone(trx, house, stranger))).toEqual({ type: 'unknown' })
      const due = { ...stranger, dueOn: '2026-12-20' }
      expect(await inTrx(house, (trx) => setHazardDue(trx, house, due))).toEqual({ type: 'unknown' })
      expect(await standing()).toEqual(before)
    })

    test('the most urgent comes first, by the number it has in the register', async () => {
      const { house, enterprise, by, named } = await found()
      const walk = await walkOf(house, enterprise.id)
      const other = general({ ...walk.checklist, items: walk.checklist.items })
      const second = walk.checklist.items.findIndex(
        (item, position) => position !== other && item.askWhen === undefined && item.rectification.days === 15,
      )
      const setting = await named()
      await inTrx(house, (trx) => setHazardDue(trx, house, { ...setting, dueOn: '2027-02-01' }))
      await answer(house, walk, by, { [second]: 'nonconforming' })
      const open = await openHazards(house.database.db, enterprise.id)
      expect(open.map(({ number }) => number)).toEqual([2, 1])
    })
  })
})

/** The published checklist with a criterion of two items that only together make a major hazard, and where they are. */
function pairIn({ library }: TestHouse) {
  for (const { id, version, items } of library.published.values()) {
    const checklist = checklistOf(
      library,
      items.map((item) => `${id}/${item.id}@${version}`),
    )
    for (const { grade, when } of checklist.hazards) {
      if (grade !== 'major' || !('allOf' in when) || when.allOf.length !== 2) continue
      const [first, second] = when.allOf.map((item) => checklist.positions.get(item))
      if (first !== undefined && second !== undefined) return { checklist, first, second }
    }
  }
  throw new Error('No criterion needs two items')
}
