import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createEvidenceWorker, type EvidenceSettings } from '../../src/evidence/evidence-worker.ts'
import type { InboundMessage } from '../../src/message/index.ts'
import { evidenceOf, storeEvidence } from '../../src/storage/evidence.ts'
import { claimInbound } from '../../src/storage/inbox.ts'
import { MediaTooLargeError, WecomApiError, WecomUnreachableError } from '../../src/wecom/errors.ts'
import { onSqlite } from '../support/databases.ts'

const START = new Date('2026-11-23T01:00:00.000Z')
const HOUR = 3600

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 30 } } })

/** Lying on its side, with the place where it was taken. */
const PHONE_PHOTO = await canvas(4000, 3000)
  .jpeg()
  .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 32/1 0/1' } })
  .withMetadata({ orientation: 6 })
  .toBuffer()

onSqlite((database) => {
  beforeEach(async () => {
    const at = START.toISOString()
    await database()
      .db.insertInto('enterprises')
      .values({
        ...{ id: 'e', uscc: 'e', name: 'e', district: '440307', industry_class: '3411', industry: 'machinery' },
        ...{ headcount: 9, contact: 'app:a', contact_name: 'A', contact_phone: '1', facts: '[]' },
        ...{ policy: 'shenzhen-trial', consented_at: at, consent_version: 1, created_at: at },
      })
      .execute()
    await database()
      .db.insertInto('self_assessments')
      .values({
        ...{ id: 'a', enterprise_id: 'e', purpose: 'initial', policy: 'shenzhen-trial', refs: '[]', state: 'open' },
        ...{ application_id: null, started_at: at, completed_at: null },
      })
      .execute()
  })

  function temporaryFolder() {
    const folder = mkdtempSync(join(tmpdir(), 'anbiao-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    return folder
  }

  /** A worker on a clock that the test moves; `media` is what WeCom has. */
  function workshop(media: Record<string, Buffer | Error>, settings: Partial<EvidenceSettings> = {}) {
    let now = START
    const settled: InboundMessage[] = []
    const asked: string[] = []
    const folder = temporaryFolder()
    const worker = createEvidenceWorker({
      database: database(),
      async download(mediaId) {
        asked.push(mediaId)
        const bytes = media[mediaId]
        if (bytes instanceof Error) throw bytes
        return { bytes: bytes ?? Buffer.of() }
      },
      folder,
      clock: () => now,
      maxBytes: 20_000_000,
      async settle(message) {
        settled.push(message)
        await database().inTransaction(message.contact, (trx) => claimInbound(trx, message, now))
      },
      log: { warn: () => {}, error: () => {} },
      everyMs: 0,
      ...settings,
    })
    onTestFinished(worker.stop)
    return {
      worker,
      folder,
      settled,
      media,
      outcomes: () => settled.map(({ dedupeKey, content }) => [dedupeKey, 'outcome' in content && content.outcome]),
      /** Moves the clock on, and gives the media ids that were asked for then. */
      async after(seconds: number) {
        now = new Date(now.getTime() + seconds * 1000)
        asked.length = 0
        await worker.fetchDue()
        return [...asked]
      },
    }
  }

  const note = (...ids: string[]) =>
    database().inTransaction('test', async (trx) => {
      for (const id of ids) {
        const where = { assessmentId: 'a', itemId: 'exits', position: 0, contact: 'app:a', rectifies: false }
        await storeEvidence(trx, { id, mediaId: `media ${id}`, at: START, ...where })
      }
    })
  const pictures = async () =>
    Object.fromEntries((await evidenceOf(database().db, 'a')).map(({ id, picture }) => [id, picture]))

  test('a photo is kept upright, smaller, without its place, and found again by what was received', async () => {
    const { after, folder, settled } = workshop({ 'media 1': PHONE_PHOTO })
    await note('1')
    expect(await after(0)).toEqual(['media 1'])

    const sha256 = createHash('sha256').update(PHONE_PHOTO).digest('hex')
    const name = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
    const file = readFileSync(join(folder, `${name}.jpg`))
    expect((await pictures())['1']).toEqual({
      ...{ state: 'stored', file: `${name}.jpg`, thumbnail: `${name}.480.jpg`, contentType: 'image/jpeg' },
      ...{ width: 1920, height: 2560, bytes: file.length, sha256, storedAt: START },
    })
    expect((await sharp(PHONE_PHOTO).metadata()).exif).toBeDefined()
    const kept = await sharp(file).metadata()
    expect(kept).toMatchObject({ format: 'jpeg', width: 1920, height: 2560 })
    expect([kept.exif, kept.xmp, kept.orientation]).toEqual([undefined, undefined, undefined])
    expect(await sharp(join(folder, `${name}.480.jpg`)).metadata()).toMatchObject({ width: 360, height: 480 })
    expect(readdirSync(join(folder, name, '..')).sort()).toEqual([`${sha256}.480.jpg`, `${sha256}.jpg`])
    expect(settled).toEqual([
      {
        dedupeKey: 'evidence:1',
        contact: 'app:a',
        sentAt: START,
        content: { type: 'evidenceSettled', evidenceId: '1', outcome: 'stored' },
      },
    ])
    expect(await after(60)).toEqual([])
    expect(settled).toHaveLength(1)
  })

  test('screenshots, animations and pictures with transparency become JPEG, small ones stay small', async () => {
    const clear = sharp({ create: { width: 60, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    const { after, folder } = workshop({
      'media png': await clear.png().toBuffer(),
      'media gif': await canvas(60, 40).gif().toBuffer(),
      'media webp': await canvas(60, 40).webp().toBuffer(),
      'media avif': await canvas(60, 40).avif().toBuffer(),
    })
    await note('png', 'gif', 'webp', 'avif')
    await after(0)
    for (const picture of Object.values(await pictures())) {
      expect(picture).toMatchObject({ state: 'stored', contentType: 'image/jpeg', width: 60, height: 40 })
    }
    const png = (await pictures()).png
    const { data } = await sharp(join(folder, png?.state === 'stored' ? png.file : ''))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255])
  })

  test('what is no picture is unreadable at once, and nothing of it is kept', async () => {
    const { after, folder, outcomes } = workshop({
      'media text': Buffer.from('{"errcode":0}'),
      'media none': Buffer.of(),
      'media cut': PHONE_PHOTO.subarray(0, PHONE_PHOTO.length / 2),
      'media svg': Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      ),
      'media heic': Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(64)]),
    })
    await note('text', 'none', 'cut', 'svg', 'heic')
    await after(0)
    expect(outcomes().map(([, outcome]) => outcome)).toEqual(Array(5).fill('unreadable'))
    expect((await pictures()).svg).toEqual({ state: 'lost', whyLost: 'unreadable' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('what is too large, or gone at WeCom, is given up at once', async () => {
    const { after, outcomes } = workshop(
      {
        'media big': new MediaTooLargeError(1000),
        'media bigger': PHONE_PHOTO,
        'media gone': new WecomApiError('media/get', 40007, 'invalid media_id'),
      },
      { maxBytes: 1000 },
    )
    await note('big', 'bigger', 'gone')
    await after(0)
    expect(Object.fromEntries(outcomes())).toEqual({
      'evidence:big': 'tooLarge',
      'evidence:bigger': 'tooLarge',
      'evidence:gone': 'lost',
    })
    expect(await after(3 * 24 * HOUR)).toEqual([])
  })

  test('trouble on the way is tried again, ever more seldom, for as long as WeCom keeps the photo', async () => {
    const { after, outcomes, media } = workshop({
      'media 1': new WecomUnreachableError('media/get', 'ECONNRESET'),
      'media 2': new WecomApiError('media/get', 45009, 'too many calls'),
    })
    await note('1', '2')
    await after(0)
    media['media 2'] = PHONE_PHOTO
    let waited = 0
    for (const seconds of [5, 30, 120, 600, HOUR, 3 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR]) {
      expect(await after(seconds - 1)).toEqual([])
      expect(await after(1)).toContain('media 1')
      waited += seconds
    }
    expect(waited).toBeLessThan(3 * 24 * HOUR)
    expect(outcomes()).toEqual([
      ['evidence:2', 'stored'],
      ['evidence:1', 'lost'],
    ])
    expect(await after(24 * HOUR)).toEqual([])
  })

  test('a disk that refuses is no fault of the photo', async () => {
    const { after, folder, outcomes } = workshop({ 'media 1': PHONE_PHOTO })
    await note('1')
    const inTheWay = join(folder, createHash('sha256').update(PHONE_PHOTO).digest('hex').slice(0, 2))
    writeFileSync(inTheWay, '')
    await after(0)
    expect((await pictures())['1']).toEqual({ state: 'fetching' })
    rmSync(inTheWay)
    await after(5)
    expect(outcomes()).toEqual([['evidence:1', 'stored']])
  })

  test('a conversation that was not told before the process was killed is told at the next start, once', async () => {
    const killed = workshop({ 'media 1': PHONE_PHOTO }, { settle: () => Promise.reject(new Error('killed')) })
    await note('1', '2')
    await killed.after(0)
    await killed.worker.stop()
    expect((await pictures())['1']?.state).toBe('stored')

    const next = workshop({})
    await next.after(0)
    expect(Object.fromEntries(next.outcomes())).toEqual({ 'evidence:1': 'stored', 'evidence:2': 'unreadable' })
    await next.after(60)
    const afterwards = workshop({})
    await afterwards.after(60)
    expect([next.settled.length, afterwards.settled.length]).toEqual([2, 0])
  })

  test('a conversation that could not be told is told as soon as it can be', async () => {
    let tries = 0
    const { after } = workshop(
      { 'media 1': PHONE_PHOTO },
      {
        async settle(message) {
          tries++
          if (tries <= 2) throw new Error('the database is locked')
          await database().inTransaction('test', (trx) => claimInbound(trx, message, START))
        },
      },
    )
    await note('1')
    for (let look = 0; look < 4; look++) await after(1)
    expect(tries).toBe(3)
  })

  test('a photo that a killed process was fetching is fetched when its claim has run out', async () => {
    const death = Promise.withResolvers<{ bytes: Buffer }>()
    const begun = Promise.withResolvers<void>()
    const dying = workshop(
      {},
      {
        download: () => {
          begun.resolve()
          return death.promise
        },
      },
    )
    await note('1')
    dying.worker.wake()
    await begun.promise

    const { after, outcomes } = workshop({ 'media 1': PHONE_PHOTO })
    expect(await after(119)).toEqual([])
    expect(await after(1)).toEqual(['media 1'])
    expect(outcomes()).toEqual([['evidence:1', 'stored']])
    death.resolve({ bytes: Buffer.of() })
    await dying.worker.stop()
    expect((await pictures())['1']?.state).toBe('stored')
    expect(dying.settled).toEqual([])
  })

  test('a photo that ends the program in every attempt is given up', async () => {
    await note('deadly')
    await database().db.updateTable('evidence').set({ attempts: 10 }).execute()
    const { after, outcomes } = workshop({ 'media deadly': PHONE_PHOTO })
    expect(await after(0)).toEqual([])
    expect(outcomes()).toEqual([['evidence:deadly', 'unreadable']])
  })
})
