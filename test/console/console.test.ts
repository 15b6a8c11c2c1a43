import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, onTestFinished, test } from 'vitest'
import { letters } from '../../src/checklist/rules.ts'
import { consoleLink, consoleRoutes } from '../../src/console/index.ts'
import { openHazards, setHazardDue, setHazardMeasure, setHazardPerson } from '../../src/rectification/index.ts'
import {
  approveApplication,
  type Filing,
  fileApplication,
  hazardRegisterLink,
  revokeListing,
} from '../../src/standardization/index.ts'
import { applicationById } from '../../src/storage/applications.ts'
import { removeRegulator } from '../../src/storage/regulators.ts'
import {
  appoint,
  enterpriseIn,
  houseOn,
  LONGGANG,
  NANSHAN,
  type TestHouse,
  walkOf,
  withGeneralHazard,
  withMajorHazard,
} from '../standardization/standing-house.ts'
import { onSqlite } from '../support/databases.ts'
import { listening } from '../support/listening.ts'

onSqlite((database) => {
  /** The console over real HTTP; addresses are those of the house, as they stand in messages. */
  const opened = async () => {
    const house = houseOn(database())
    const folder = mkdtempSync(join(tmpdir(), 'anbiao-console-'))
    const server = await listening(express().use(consoleRoutes(house, { folder })))
    onTestFinished(async () => {
      await server.close()
      rmSync(folder, { recursive: true })
    })
    await appoint(house, { userId: 'wang' })
    const raw = (address: string, cookie = '') => {
      const url = address.replace(house.publicUrl, '')
      return fetch(`http://127.0.0.1:${server.port}${url}`, { redirect: 'manual', headers: { cookie } })
    }
    const get = async (address: string, cookie = '') => {
      const response = await raw(address, cookie)
      return { status: response.status, headers: response.headers, text: await response.text() }
    }
    /** The cookie of a session. */
    const enter = async (userId: string) => {
      const { headers } = await get(consoleLink(house, userId))
      return headers.get('set-cookie')?.split(';')[0] ?? ''
    }
    return { house, folder, raw, get, enter }
  }
  const filed = async (house: TestHouse, { district = LONGGANG, sheet }: Options = {}) => {
    const enterprise = await enterpriseIn(house, { district })
    const filing = await walkOf(house, enterprise.id, sheet ? { sheet } : {})
    const receipt = await house.database.inTransaction('test', (trx) => fileApplication(trx, house, filing))
    return { ...receipt, filing, path: `/console/applications/${receipt.applicationId}` }
  }
  interface Options {
    readonly district?: string
    readonly sheet?: (checklist: Filing['checklist']) => string
  }
  const approve = (house: TestHouse, applicationId: string) =>
    house.database.inTransaction('test', (trx) =>
      approveApplication(trx, house, { applicationId, regulator: 'wang', at: house.clock() }),
    )
  const withPhoto = async (house: TestHouse, folder: string, { assessmentId, checklist }: Filing) => {
    writeFileSync(join(folder, 'photo.jpg'), 'the whole photo')
    writeFileSync(join(folder, 'photo.480.jpg'), 'the small photo')
    const at = house.clock().toISOString()
    await house.database.db
      .insertInto('evidence')
      .values({
        id: 'photo-1',
        assessment_id: assessmentId,
        item_id: checklist.items[1]?.id ?? '',
        position: 1,
        contact: 'app:owner',
        rectifies: 0,
        media_id: 'media',
        state: 'stored',
        attempts: 1,
        next_attempt_at: at,
        received_at: at,
        file: 'photo.jpg',
        thumbnail: 'photo.480.jpg',
        content_type: 'image/jpeg',
        sha256: 'aa',
        bytes: 15,
        width: 4,
        height: 3,
        stored_at: at,
      })
      .execute()
  }

  describe('entering', () => {
    test('a signed link opens a session and leads to its page, without its secret', async () => {
      const { house, get } = await opened()
      const { path } = await filed(house)
      const entered = await get(consoleLink(house, 'wang', { path }))
      expect(entered.status).toBe(303)
      expect(entered.headers.get('location')).toBe(path)
      const cookie = entered.headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/^anbiao_console=[^;]+; Max-Age=43200; Path=\/console; .*HttpOnly; Secure; SameSite=Lax$/)
      expect((await get(path, cookie.split(';')[0])).status).toBe(200)
    })

    test('/console leads to the list', async () => {
      const { get, enter } = await opened()
      const { status, headers } = await get('/console', await enter('wang'))
      expect([status, headers.get('location')]).toEqual([303, '/console/applications'])
    })

    test.for<[string, (link: URL) => void]>([
      ['another person', (link) => link.searchParams.set('user', 'li')],
      ['another page', (link) => link.searchParams.set('path', '/console/applications/other')],
      ['another site', (link) => link.searchParams.set('path', 'https://elsewhere.example/')],
      ['a later end', (link) => link.searchParams.set('expires', '9999999999')],
      ['no end', (link) => link.searchParams.set('expires', 'never')],
      ['no signature', (link) => link.searchParams.delete('sign')],
      ['an empty signature', (link) => link.searchParams.set('sign', '')],
      ['a signature of its length', (link) => link.searchParams.set('sign', 'A'.repeat(43))],
      ['a signature twice', (link) => link.searchParams.append('sign', 'A'.repeat(43))],
    ])('a link with %s lets nobody in', async ([, forge]) => {
      const { house, get } = await opened()
      await appoint(house, { userId: 'li' })
      const link = new URL(consoleLink(house, 'wang'))
      forge(link)
      const { status, headers, text } = await get(link.href)
      expect(status).toBe(403)
      expect(headers.get('set-cookie')).toBeNull()
      expect(text).toContain('这个链接不能用了')
    })

    test('a link signed with another secret lets nobody in', async () => {
      const { house, get } = await opened()
      expect((await get(consoleLink({ ...house, linkSecret: 'guessed' }, 'wang'))).status).toBe(403)
    })

    test('a link ends after three days, a session after twelve hours', async () => {
      const { house, get, enter } = await opened()
      const link = consoleLink(house, 'wang')
      const cookie = await enter('wang')
      house.setClock('2026-11-23T20:59:59+08:00')
      expect((await get('/console/applications', cookie)).status).toBe(200)
      house.setClock('2026-11-23T21:00:00+08:00')
      expect((await get('/console/applications', cookie)).status).toBe(403)
      expect((await get(link)).status).toBe(303)
      house.setClock('2026-11-26T08:59:59+08:00')
      expect((await get(link)).status).toBe(303)
      house.setClock('2026-11-26')
      expect((await get(link)).status).toBe(403)
    })

    test.for([
      ['none', () => ''],
      ['empty', () => 'anbiao_console='],
      ['of another user', (cookie: string) => cookie.replace(/=[^.]+/, `=${Buffer.from('li').toString('base64url')}`)],
      ['longer lived', (cookie: string) => cookie.replace(/\.\d+\./, '.9999999999.')],
    ] as const)('a session that is %s opens nothing', async ([, forge]) => {
      const { house, get, enter } = await opened()
      await appoint(house, { userId: 'li' })
      const { path } = await filed(house)
      const cookie = forge(await enter('wang'))
      for (const page of ['/console', '/console/applications', path, '/console/photos/photo-1'])
        expect((await get(page, cookie)).status).toBe(403)
    })

    test('whoever is no regulator any more is refused at once', async () => {
      const { house, get, enter } = await opened()
      const cookie = await enter('wang')
      await house.database.inTransaction('test', (trx) => removeRegulator(trx, 'wang', LONGGANG))
      expect((await get('/console/applications', cookie)).status).toBe(403)
    })
  })

  describe('the list', () => {
    test('shows the districts of the regulator and no other', async () => {
      const { house, get, enter } = await opened()
      await appoint(house, { userId: 'nan', district: NANSHAN, role: 'viewer' })
      await appoint(house, { userId: 'city', district: '440300', role: 'viewer' })
      await filed(house)
      await filed(house, { district: NANSHAN })
      const numbersSeenBy = async (userId: string) =>
        (await get('/console/applications', await enter(userId))).text.match(/SZ-[A-Z]+-2026-\d{6}/g)
      expect(await numbersSeenBy('wang')).toEqual(['SZ-LG-2026-000001'])
      expect(await numbersSeenBy('nan')).toEqual(['SZ-NS-2026-000001'])
      expect((await numbersSeenBy('city'))?.sort()).toEqual(['SZ-LG-2026-000001', 'SZ-NS-2026-000001'])
    })

    test('puts the dangerous ones first', async () => {
      const { house, get, enter } = await opened()
      await filed(house)
      await filed(house, { sheet: withGeneralHazard })
      await filed(house, { sheet: withMajorHazard(letters.rectified) })
      const { text } = await get('/console/applications', await enter('wang'))
      expect(text.match(/SZ-LG-2026-\d{6}/g)).toEqual(['SZ-LG-2026-000003', 'SZ-LG-2026-000002', 'SZ-LG-2026-000001'])
      expect(text).toContain('自改重大隐患 1 条')
    })

    test('cuts the list behind the dangerous ones, however new they are', async () => {
      const { house, get, enter } = await opened()
      const { applicationId } = await filed(house)
      await filed(house, { sheet: withMajorHazard(letters.rectified) })
      const { db } = house.database
      const row = await db
        .selectFrom('applications')
        .selectAll()
        .where('id', '=', applicationId)
        .executeTakeFirstOrThrow()
      const crowd = Array.from({ length: 300 }, (_, index) => ({
        ...row,
        id: `crowd-${index}`,
        number: `SZ-LG-2025-${String(index + 1).padStart(6, '0')}`,
        assessment_id: `crowd-${index}`,
        review_due_on: '2026-01-01',
      }))
      const assessment = await db
        .selectFrom('self_assessments')
        .selectAll()
        .where('id', '=', row.assessment_id)
        .executeTakeFirstOrThrow()
      await db
        .insertInto('self_assessments')
        .values(crowd.map(({ id }) => ({ ...assessment, id })))
        .execute()
      await db.insertInto('applications').values(crowd).execute()
      const { text } = await get('/console/applications', await enter('wang'))
      const numbers = text.match(/SZ-LG-202\d-\d{6}/g)
      expect(numbers).toHaveLength(300)
      expect(numbers?.[0]).toBe('SZ-LG-2026-000002')
    })

    test('filters by where they stand', async () => {
      const { house, get, enter } = await opened()
      const { applicationId, number } = await filed(house)
      await approve(house, applicationId)
      const cookie = await enter('wang')
      expect((await get('/console/applications', cookie)).text).toContain('这里没有申报')
      expect((await get('/console/applications?state=listed', cookie)).text).toContain(number)
      expect((await get('/console/applications?state=nonsense', cookie)).text).toContain('这里没有申报')
    })
  })

  describe('an application', () => {
    test('explains its score line by line, with photos and clauses', async () => {
      const { house, folder, get, enter } = await opened()
      const { path, filing, applicationId } = await filed(house, { sheet: withGeneralHazard })
      await withPhoto(house, folder, filing)
      const { text } = await get(path, await enter('wang'))
      const application = await applicationById(house.database.db, applicationId)
      expect(application?.ledger.length).toBeGreaterThan(10)
      for (const line of application?.ledger ?? [])
        expect(text).toContain(filing.checklist.items[line.position]?.question.replaceAll('"', '&quot;'))
      expect(text).toMatch(new RegExp(`${application?.score} 分：适用的权重共 \\d+，得到 \\d+`))
      expect(text).toContain('依据：')
      expect(text).toContain('<img src="/console/photos/photo-1/thumbnail"')
      expect(text).toContain('喷漆')
      expect(text).toContain('陈志强，2026年11月23日 签署')
    })

    test.for([
      ['contact', '陈志强，2026年11月23日 签署'],
      ['head', '陈志强（厂里负责人），2026年11月23日 签署'],
      ['delegate', '陈志强（替负责人签），2026年11月23日 签署'],
    ] as const)('says who signed it, and as what: %s', async ([role, line]) => {
      const { house, get, enter } = await opened()
      const enterprise = await enterpriseIn(house, { district: '440307' })
      const filing = await walkOf(house, enterprise.id)
      const signed = { ...filing, commitment: { ...filing.commitment, role } }
      const { applicationId } = await house.database.inTransaction('test', (trx) => fileApplication(trx, house, signed))
      expect((await get(`/console/applications/${applicationId}`, await enter('wang'))).text).toContain(line)
    })

    test('shows the register of the enterprise as it stands today: what, by whom, by when', async () => {
      const { house, get, enter } = await opened()
      const { path, filing } = await filed(house, { sheet: withGeneralHazard })
      const [hazard] = await openHazards(house.database.db, filing.enterpriseId)
      const setting = {
        enterpriseId: filing.enterpriseId,
        hazardId: hazard?.id ?? '',
        by: 'owner:app:owner',
        at: house.clock(),
      }
      await house.database.inTransaction('test', async (trx) => {
        await setHazardPerson(trx, house, { ...setting, person: '<b>李师傅</b>' })
        await setHazardMeasure(trx, house, { ...setting, measure: '门口加一道护栏' })
        await setHazardDue(trx, house, { ...setting, dueOn: '2027-01-20' })
      })
      house.setClock('2027-01-22')
      const { text } = await get(path, await enter('wang'))
      expect(text).toContain('措施：门口加一道护栏　责任人：&lt;b>李师傅&lt;/b>')
      expect(text).toContain('没改好 · 1月20日到期，已过 2 天')
    })

    test('opened by who may decide, it is under review; looked at by a viewer, it is not', async () => {
      const { house, get, enter } = await opened()
      await appoint(house, { userId: 'looker', role: 'viewer' })
      const { path, applicationId } = await filed(house)
      await get(path, await enter('looker'))
      expect((await applicationById(house.database.db, applicationId))?.state).toBe('filed')
      const { text } = await get(path, await enter('wang'))
      expect(text).toContain('审查中')
      expect((await applicationById(house.database.db, applicationId))?.state).toBe('underReview')
    })

    test('of another district it is not there, nor are its photos', async () => {
      const { house, folder, get, enter } = await opened()
      await appoint(house, { userId: 'nan', district: NANSHAN })
      const { path, filing, applicationId } = await filed(house)
      await withPhoto(house, folder, filing)
      const cookie = await enter('nan')
      for (const address of [path, '/console/photos/photo-1', '/console/photos/photo-1/thumbnail']) {
        const { status, text } = await get(address, cookie)
        expect(status).toBe(404)
        expect(text).not.toContain('强盛')
      }
      expect((await applicationById(house.database.db, applicationId))?.state).toBe('filed')
    })

    test('photos are served to those whose business it is', async () => {
      const { house, folder, get, enter } = await opened()
      const { filing } = await filed(house)
      await withPhoto(house, folder, filing)
      const cookie = await enter('wang')
      const whole = await get('/console/photos/photo-1', cookie)
      expect([whole.status, whole.text, whole.headers.get('content-type')]).toEqual([
        200,
        'the whole photo',
        'image/jpeg',
      ])
      expect(whole.headers.get('cache-control')).toBe('private, max-age=3600')
      expect((await get('/console/photos/photo-1/thumbnail', cookie)).text).toBe('the small photo')
      expect((await get('/console/photos/none', cookie)).status).toBe(404)
    })

    test('a photo whose file is gone is not there, and that is all that is said', async () => {
      const { house, folder, get, enter } = await opened()
      await withPhoto(house, folder, (await filed(house)).filing)
      rmSync(join(folder, 'photo.jpg'))
      const gone = await get('/console/photos/photo-1', await enter('wang'))
      expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store'])
      expect(gone.text).toContain('没有这一页')
      expect(gone.text).not.toContain('ENOENT')
    })

    test('a photo of a walk that was not filed is nobody’s business', async () => {
      const { house, folder, get, enter } = await opened()
      await withPhoto(house, folder, await walkOf(house, (await enterpriseIn(house)).id))
      expect((await get('/console/photos/photo-1', await enter('wang'))).status).toBe(404)
    })

    test('what people wrote is shown as text', async () => {
      const { house, get, enter } = await opened()
      const { path } = await filed(house)
      await house.database.db.updateTable('enterprises').set({ name: '<script>alert(1)</script>' }).execute()
      const { text } = await get(path, await enter('wang'))
      expect(text).toContain('&lt;script>alert(1)&lt;/script>')
      expect(text).not.toContain('<script')
    })
  })

  describe('the public page', () => {
    test('tells what is announced today and nothing else', async () => {
      const { house, get } = await opened()
      const { number, applicationId } = await filed(house, { sheet: withGeneralHazard })
      await approve(house, applicationId)
      const { status, text } = await get(`/listing/${number}`)
      expect(status).toBe(200)
      for (const told of ['强盛金属制品有限公司', '龙岗区', '安全生产标准化三级', '2029年11月23日', '有效', number])
        expect(text).toContain(told)
      const application = await applicationById(house.database.db, applicationId)
      for (const untold of [`${application?.score}`, '陈志强', '13812345678', '914403', '38', '隐患'])
        expect(text).not.toContain(untold)
    })

    test.for([
      ['the last day', '2029-11-23T23:59:59+08:00', '有效'],
      ['the day after, whether or not anything has run', '2029-11-24T00:00:00+08:00', '已到期'],
    ] as const)('on %s it says so', async ([, moment, standing]) => {
      const { house, get } = await opened()
      const { number, applicationId } = await filed(house)
      await approve(house, applicationId)
      house.setClock(moment)
      expect((await get(`/listing/${number}`)).text).toMatch(new RegExp(`class="standing \\w+">${standing} `))
    })

    test('a revoked listing is shown as revoked', async () => {
      const { house, get } = await opened()
      const { number, applicationId } = await filed(house)
      await approve(house, applicationId)
      await house.database.inTransaction('test', (trx) =>
        revokeListing(trx, house, { applicationId, regulator: 'wang', reason: '不方便说的理由', at: house.clock() }),
      )
      const { text } = await get(`/listing/${number}`)
      expect(text).toContain('已撤销')
      expect(text).not.toContain('不方便说的理由')
    })

    test('an application that was never announced is as unknown as one that does not exist', async () => {
      const { house, get } = await opened()
      const { number } = await filed(house)
      const waiting = await get(`/listing/${number}`)
      const invented = await get('/listing/SZ-LG-2026-999999')
      expect([waiting.status, invented.status]).toEqual([404, 404])
      expect(waiting.text.replaceAll(number, '')).toBe(invented.text.replaceAll('SZ-LG-2026-999999', ''))
    })
  })

  test('nothing runs, frames or leaks, and unknown addresses say so', async () => {
    const { get, enter } = await opened()
    const cookie = await enter('wang')
    for (const [address, status] of [
      ['/console/applications', 200],
      ['/console/nonsense', 404],
      ['/listing', 404],
      ['/listing/none', 404],
    ] as const) {
      const page = await get(address, cookie)
      expect(page.status).toBe(status)
      const policy = page.headers.get('content-security-policy')
      expect(policy).toBe(
        "default-src 'none';style-src 'self';img-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
      )
      expect(page.headers.get('referrer-policy')).toBe('no-referrer')
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.text).not.toMatch(/<script|style="|onclick/)
    }
    const style = await get('/console/style.css')
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
  })

  describe('the register of an owner', () => {
    test('is a spreadsheet behind a signed link', async () => {
      const { house, raw } = await opened()
      const { filing } = await filed(house, { sheet: withGeneralHazard })
      const response = await raw(hazardRegisterLink(house, filing.enterpriseId))
      const { status, headers } = response
      expect(status).toBe(200)
      expect(headers.get('content-type')).toMatch(/spreadsheetml/)
      expect(headers.get('content-disposition')).toContain(encodeURIComponent('隐患台账.xlsx'))
      expect(headers.get('cache-control')).toBe('no-store')
      const [title, , first, ...more] = await readSheet(Buffer.from(await response.arrayBuffer()))
      expect(title?.[0]).toContain('强盛金属制品有限公司')
      expect(first?.[0]).toBe(1)
      expect(more).toEqual([])
    })

    test.for<[string, (link: string) => string]>([
      [
        'another enterprise',
        (link) => link.replace(/hazards\/[^.]+/, `hazards/${Buffer.from('x').toString('base64url')}`),
      ],
      ['a longer life', (link) => link.replace(/\.\d+\./, '.9999999999.')],
      ['no signature', (link) => link.replace(/\.[^.]+\.xlsx$/, '.xlsx')],
      ['nothing', () => '/hazards/x.xlsx'],
    ])('a link forged for %s opens nothing', async ([, forge]) => {
      const { house, get } = await opened()
      const { filing } = await filed(house)
      const { status, text } = await get(forge(hazardRegisterLink(house, filing.enterpriseId)))
      expect(status).toBe(403)
      expect(text).toContain('发“台账”')
    })

    test('a link ends after three days; the session of a regulator is no link', async () => {
      const { house, get, enter } = await opened()
      const { filing } = await filed(house)
      const link = hazardRegisterLink(house, filing.enterpriseId)
      const session = (await enter('wang')).replace(/^[^=]+=/, '')
      expect((await get(`/hazards/${session}.xlsx`)).status).toBe(403)
      house.setClock('2026-11-26T08:59:59+08:00')
      expect((await get(link)).status).toBe(200)
      house.setClock('2026-11-26')
      expect((await get(link)).status).toBe(403)
    })

    test('anything else there is a page that is not found', async () => {
      const { get } = await opened()
      expect((await get('/hazards/')).status).toBe(404)
    })
  })
})
