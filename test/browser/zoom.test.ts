import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type RunningHouse, startHouse } from '../../src/start.ts'
import { launchedBrowser } from '../support/browser.ts'
import { enrolmentLines } from '../support/careful-owner.ts'

/** Pictures of what people see, for whoever wants to look. */
const pictures = new URL('../output/', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'anbiao-zoom-'))

let running: RunningHouse
let browser: Browser
let page: Page

/** An owner who is asked what is on the site: the card with the most to read. */
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  running = await startHouse(
    readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    pino({ level: 'silent' }),
  )
  browser = await launchedBrowser()
  page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await page.goto(`http://localhost:${running.port}/simulator/chat/chenzhiqiang`)
  const fromBot = page.locator('[data-testid=message][data-from=bot]')
  await fromBot.first().waitFor()
  for (const line of enrolmentLines.slice(1)) {
    const before = await fromBot.count()
    await page.getByTestId('composer').fill(line)
    await page.getByTestId('send').click()
    await fromBot.nth(before).waitFor()
  }
  await page.getByTestId('vote-submit').last().waitFor()
})
afterAll(async () => {
  await browser.close()
  await running.stop()
  rmSync(folder, { recursive: true })
})

const screens = [
  { name: 'a phone', width: 390, height: 844, letters: 16 },
  { name: 'a small phone', width: 360, height: 640, letters: 16 },
  { name: 'a phone at 200 %', width: 195, height: 422, letters: 16 },
  { name: 'a phone with letters twice as large', width: 390, height: 844, letters: 32 },
  { name: 'a phone lying on its side', width: 844, height: 390, letters: 16 },
  { name: 'one on its side at 200 %', width: 422, height: 195, letters: 16 },
]

describe.for(screens)('D22: $name: $width × $height, letters of $letters', ({ name, width, height, letters }) => {
  beforeAll(async () => {
    await page.setViewportSize({ width, height })
    await page.evaluate(`document.documentElement.style.fontSize = '${letters}px'`)
    await page.screenshot({ path: join(pictures, `zoom-${name.replaceAll(/\W+/g, '-')}.png`) })
  })

  test('the chat has at least 40 % of the height, the text field 60 % of the width', async () => {
    const log = await page.locator('#scroller').boundingBox()
    const field = await page.getByTestId('composer').boundingBox()
    expect(log?.height).toBeGreaterThanOrEqual(0.4 * height)
    expect(field?.width).toBeGreaterThanOrEqual((width > height ? 0.5 : 0.6) * width)
  })

  test('nothing is outside of the screen or needs scrolling sideways', async () => {
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(height)
    expect(await page.evaluate(outside)).toEqual([])
  })

  test('headings, buttons and icons are as large as the letters', async () => {
    const sizes = await page.evaluate(`['.card h2', '.title-bar h1', '.photo-button svg'].map((each) => {
      const style = getComputedStyle(document.querySelector(each))
      return Number.parseFloat(each.endsWith('svg') ? style.width : style.fontSize)
    })`)
    const [cardHeading, title, icon] = sizes as number[]
    expect(cardHeading).toBeGreaterThanOrEqual(letters)
    expect(title).toBeGreaterThanOrEqual(letters)
    expect(icon).toBeGreaterThanOrEqual(1.5 * letters)
  })

  test('the day can be moved on', async () => {
    const days = page.getByTestId('clock-days')
    const toggle = page.getByRole('button', { name: '日期', exact: true })
    const folds = await toggle.isVisible()
    expect(await days.isVisible()).toBe(!folds)
    if (folds) await toggle.click()
    expect(await days.isVisible()).toBe(true)
    expect(await page.evaluate(outside)).toEqual([])
    if (folds) await toggle.click()
  })
})

test('at 100 % everything that is tapped is at least 44 high and the bars take an eighth of a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.evaluate(`document.documentElement.style.fontSize = ''`)
  const low = await page.evaluate(`[...document.querySelectorAll('button, textarea, .option, .icon-button, .back')]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
    .map((each) => each.outerHTML)`)
  expect(low).toEqual([])
  expect((await page.locator('.top').boundingBox())?.height).toBeLessThanOrEqual(844 / 8)
})

test('D28: a card taller than the screen is shown from its beginning, with what not ticking means', async () => {
  await page.setViewportSize({ width: 390, height: 500 })
  await page.reload()
  const card = page.getByTestId('card').last()
  await card.waitFor()
  const chat = await page.locator('#scroller').boundingBox()
  const first = await card.getByText('没有的不会问，也不加分').boundingBox()
  expect(first?.y).toBeGreaterThan(chat?.y ?? Number.NaN)
  expect(first?.y).toBeLessThan((chat?.y ?? 0) + 120)
})

test('D28: of a card taller than the screen the heading stays in sight', async () => {
  await page.setViewportSize({ width: 390, height: 500 })
  const card = page.getByTestId('card').last()
  await card.getByTestId('vote-option').last().scrollIntoViewIfNeeded()
  const chat = await page.locator('#scroller').boundingBox()
  const heading = await card.locator('h2').boundingBox()
  expect(heading?.y).toBeGreaterThanOrEqual(chat?.y ?? Number.NaN)
  expect(heading?.y).toBeLessThan((chat?.y ?? 0) + 8)
})

/** The elements of which a part is off the screen; the chat may be scrolled, but not sideways. */
const outside = `[...document.querySelectorAll('body *')]
  .filter((each) => each.checkVisibility() && !each.closest('.hidden-label, svg') && !each.matches('script, [type=file]'))
  .filter((each) => {
    const { left, right, top, bottom, width } = each.getBoundingClientRect()
    const isScrolled = each.closest('.log') !== null
    return width > 0 && (left < -0.5 || right > innerWidth + 0.5 || (!isScrolled && (top < -0.5 || bottom > innerHeight + 0.5)))
  })
  .map((each) => each.outerHTML.slice(0, 120))`
