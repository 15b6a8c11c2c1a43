import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type RunningHouse, startHouse } from '../../src/start.ts'
import { launchedBrowser } from '../support/browser.ts'
import { enrolmentLines } from '../support/careful-owner.ts'

/** Pictures of what people see, for whoever wants to look. */
const pictures = new URL('../output/', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'anbiao-browser-'))

let running: RunningHouse
let browser: Browser

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  const config = readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' })
  running = await startHouse(config, pino({ level: 'silent' }), 10_000)
  browser = await launchedBrowser()
})
afterAll(async () => {
  await browser.close()
  await running.stop()
  rmSync(folder, { recursive: true })
})

/** A person with the chat open, on a phone or at a desk. */
async function person(userId: string, viewport: { width: number; height: number }) {
  const page = await browser.newPage({ viewport })
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`http://localhost:${running.port}/simulator/chat/${userId}`)
  const messages = page.locator('[data-testid=message][data-from=bot]')

  /** What the bot says next, once it has said it. */
  async function next(act: () => Promise<unknown>): Promise<string> {
    const before = await messages.count()
    await act()
    await messages.nth(before).waitFor({ timeout: 15_000 })
    return (await messages.last().innerText()).trim()
  }
  return {
    page,
    problems,
    last: async () => (await messages.last().innerText()).trim(),
    waitFor: (text: string) => messages.filter({ hasText: text }).last().waitFor({ timeout: 15_000 }),
    type: (text: string) =>
      next(async () => {
        await page.getByTestId('composer').fill(text)
        await page.getByTestId('send').click()
      }),
    tap: (label: string) =>
      next(() => messages.last().getByTestId('card-button').filter({ hasText: label }).first().click()),
    tick: (labels: readonly string[]) =>
      next(async () => {
        for (const label of labels)
          await messages.last().getByTestId('vote-option').filter({ hasText: label }).first().click()
        await messages.last().getByTestId('vote-submit').click()
      }),
    photo: (file: string) => next(() => page.getByTestId('photo-input').setInputFiles(file)),
    picture: (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) }),
  }
}

type Person = Awaited<ReturnType<typeof person>>

/** Has the owner answer all questions and take the photos on the round. */
async function answerEverything(owner: Person, said: string, photo: string): Promise<string> {
  let photographed = false
  let current = said
  for (let question = 0; !current.includes('都答完了'); question++) {
    expect(question, current).toBeLessThan(80)
    if (current.includes('现在拍：')) {
      if (!photographed) await owner.picture('owner-4-photo')
      photographed = true
      current = await owner.photo(photo)
    } else current = await owner.tap('符合')
    if (question === 3) await owner.picture('owner-3-question')
  }
  expect(photographed).toBe(true)
  return current
}

test('from 你好 to the announced listing and the reminder of next year', { timeout: 240_000 }, async () => {
  const photo = join(folder, 'photo.jpg')
  await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#7a8b99' } })
    .jpeg()
    .toFile(photo)

  const owner = await person('chenzhiqiang', { width: 390, height: 844 })
  const regulator = await person('jianguan-440307', { width: 1100, height: 800 })

  await owner.waitFor('同意，开始')
  await owner.picture('owner-1-greeting')
  let said = await owner.tap('同意，开始')
  for (const line of enrolmentLines.slice(2)) said = await owner.type(line)
  while (said.includes('厂里有哪些')) {
    await owner.picture('owner-2-site')
    said = await owner.tick(['都没有'])
  }
  expect(said).toContain('请核对一下')
  said = await owner.tap('没错，开始答题')

  const summary = await answerEverything(owner, said, photo)
  expect(summary).toContain('重大隐患：0')
  await owner.picture('owner-5-summary')
  expect(await owner.tap('没问题，去签承诺')).toContain('请本人确认')
  const receipt = await owner.type('陈志强')
  const [number] = /SZ-LG-\d{4}-\d{6}/.exec(receipt) ?? []
  expect(number).toBeDefined()
  await owner.picture('owner-6-filed')

  await regulator.waitFor('强盛金属制品有限公司')
  await regulator.picture('regulator-1-push')
  await openedDetails(regulator.page, number ?? '')
  expect(await regulator.tap('通过')).toContain('强盛金属制品有限公司')
  await regulator.picture('regulator-2-approved')

  await owner.waitFor('已公告')
  await owner.picture('owner-7-announced')
  await openedListing(number ?? '')

  await owner.page.getByTestId('clock-days').fill('335')
  await owner.page.getByTestId('clock-advance').click()
  await owner.waitFor('年度自查复核')
  // Before nine in China that of the day is still to come, and the one before it comes late.
  expect(await owner.last()).toMatch(/还有 30 天|年度自查复核日是/)
  await owner.picture('owner-8-reminder')

  const overflow = await owner.page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  expect(overflow).toBeLessThanOrEqual(0)
  expect(owner.problems).toEqual([])
  expect(regulator.problems).toEqual([])
  expect(running.simulator?.cutTexts).toEqual([])
})

/** The regulator's link leads to the page of the application. */
async function openedDetails(page: Page, number: string): Promise<void> {
  const [details] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '看详情' }).first().click(),
  ])
  await details.waitForLoadState()
  expect(await details.innerText('body')).toContain(number)
  await details.screenshot({ path: join(pictures, 'regulator-3-details.png'), fullPage: true })
  await details.getByRole('link', { name: '返回列表' }).click()
  expect(await details.innerText('body')).toContain(number)
  await details.screenshot({ path: join(pictures, 'regulator-4-list.png') })
}

/** Anybody opens the page of the listing. */
async function openedListing(number: string): Promise<void> {
  const listing = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await listing.goto(`http://localhost:${running.port}/listing/${number}`)
  expect(await listing.innerText('body')).toContain('有效')
  await listing.screenshot({ path: join(pictures, 'public-listing.png') })
  await listing.close()
}
