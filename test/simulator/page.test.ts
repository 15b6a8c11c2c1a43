import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { buttonCard, listeningBot, runningSimulator, voteCard } from './bench.ts'

let browser: Browser
beforeAll(async () => {
  browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    /** A browser of a single process ends with the first page that is closed. */
    args: [
      ...chromium.args.filter((arg) => arg !== '--single-process'),
      '--no-sandbox',
      '--disable-background-networking',
    ],
  })
})
afterAll(() => browser.close())

const eventually = (check: () => unknown) => vi.waitFor(check, 10_000)

async function openChat(options: Parameters<typeof runningSimulator>[0] = {}) {
  const bot = await listeningBot()
  const it = await runningSimulator({ callbackUrl: bot.url, now: () => new Date(), ...options })
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } })
  onTestFinished(() => page.close())
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`${it.base}/chat/ChenZhiQiang`)
  await eventually(() => expect(bot.heard).toMatchObject([{ Event: 'enter_agent' }]))
  bot.heard.length = 0
  const messages = page.getByTestId('message')
  const shows = (texts: readonly string[]) =>
    eventually(async () => expect(await messages.allTextContents()).toEqual(texts))
  return { ...it, bot, page, problems, messages, shows }
}

test('a conversation: text both ways, a button, check boxes, a photo, bad input', async () => {
  const { bot, page, problems, messages, send, say, update } = await openChat()
  expect(await page.getByTestId('sim-banner').textContent()).toBe('模拟器：这里不是真的企业微信')

  await page.getByTestId('composer').fill('您好')
  await page.getByTestId('composer').press('Enter')
  await page.locator('[data-testid=message][data-from=me]', { hasText: '您好' }).waitFor()
  await eventually(() => expect(bot.heard).toMatchObject([{ Content: '您好' }]))
  await say('<img src=x onerror=alert(1)> <a href="https://example.com/">隐私说明</a>')
  await page.locator('[data-testid=message][data-from=bot]', { hasText: '<img src=x onerror=alert(1)>' }).waitFor()
  const link = page.getByRole('link', { name: '隐私说明' })
  expect(await link.getAttribute('target')).toBe('_blank')

  await send(buttonCard('t1'))
  await page
    .getByTestId('card-button')
    .filter({ hasText: /^符合$/ })
    .click()
  await eventually(() => expect(bot.heard.at(-1)).toMatchObject({ EventKey: 'conforming' }))
  await update({ response_code: bot.heard.at(-1)?.ResponseCode, button: { replace_name: '已答：符合' } })
  const done = page.getByTestId('card-button').filter({ hasText: '已答：符合' })
  await done.waitFor()
  expect(await done.isDisabled()).toBe(true)

  await send(voteCard('t2'))
  const submit = page.getByTestId('vote-submit')
  await submit.waitFor()
  expect(await submit.isDisabled()).toBe(true)
  await page.getByTestId('vote-option').filter({ hasText: '打磨' }).check()
  await submit.click()
  await eventually(() => expect(bot.heard.at(-1)).toMatchObject({ EventKey: 'submit', TaskId: 't2' }))

  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  )
  await page.getByTestId('photo-input').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: picture })
  await page.getByRole('img', { name: '照片 现场.png' }).waitFor()
  await page.getByRole('button', { name: '发送别的内容' }).click()
  await page.getByRole('button', { name: '语音' }).click()
  await eventually(() => expect(bot.heard.slice(-2)).toMatchObject([{ MsgType: 'image' }, { MsgType: 'voice' }]))

  await eventually(async () => expect(await messages.count()).toBe(6))
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  expect(problems).toEqual([])
})

test('what was ticked stays while the chat goes on', async () => {
  const { page, send, say } = await openChat()
  await send(voteCard('t1'))
  const option = page.getByTestId('vote-option').filter({ hasText: '喷漆' })
  await option.check()
  await say('慢慢来')
  await page.getByText('慢慢来').waitFor()
  expect(await option.isChecked()).toBe(true)
})

test('the clock bar moves the day on every open page', async () => {
  const moved: Date[] = []
  const { page, base, simulator } = await openChat({
    onClockMoved: (now) => void moved.push(now),
    now: () => new Date('2026-11-24T01:00:00Z'),
  })
  await page.getByText('2026年11月24日 周二').waitFor()
  const people = await browser.newPage()
  onTestFinished(() => people.close())
  await people.goto(`${base}/`)
  await page.getByTestId('clock-days').fill('30')
  await page.getByTestId('clock-advance').click()
  await page.getByText('2026年12月24日 周四').waitFor()
  await people.getByText('2026年12月24日 周四').waitFor()
  expect(moved).toEqual([simulator.clock.now()])
})

test('a page whose simulator goes away says so, and catches up when it is back', async () => {
  const { page, simulator, say, shows } = await openChat()
  await say('一')
  await shows(['一'])
  await simulator.stop()
  await page.locator('body.disconnected').waitFor()
  simulator.start()
  await say('二')
  await shows(['一', '二'])
  expect(await page.locator('body.disconnected').count()).toBe(0)
})
