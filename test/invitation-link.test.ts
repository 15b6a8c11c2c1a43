import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { consoleRoutes } from '../src/console/index.ts'
import { carefulAnswer, enrolmentLines } from './support/careful-owner.ts'
import { listening } from './support/listening.ts'
import { openedTown } from './support/town.ts'

/** A contact in the middle of a walk, with a code and the link beside it, and what a browser sees. */
async function invited() {
  const town = await openedTown()
  let said = ''
  for (const line of enrolmentLines) said = await town.say('chen', line)
  while (!said.includes('第 1 题')) said = await town.say('chen', carefulAnswer(said))
  await town.say('chen', '找同事')
  said = await town.tap('chen', '整份一起答')
  const [, code = ''] = /口令：(\S+ \S+)/.exec(said) ?? []
  const [, path = ''] = /http:\/\/localhost(\/invitation\/\S+)/.exec(said) ?? []
  const server = await listening(express().use(consoleRoutes(town.house, { folder: '/nowhere' })))
  onTestFinished(server.close)
  const look = async (at: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${at}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  return { town, code, path, look }
}

test('a link shows the code and where to type it, as often as it is looked at, and nothing of the enterprise', async () => {
  const { town, code, path, look } = await invited()
  await look(path)
  const { status, headers, text } = await look(path)
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(text).toContain('<meta name="robots" content="noindex"/>')
  expect(text).toContain('width=device-width')
  expect(text).toContain(code)
  expect(text).toContain('在企业微信里打开“安标助手”')
  expect(text).not.toMatch(/强盛|陈志强|龙岗|机械/)
  expect(await town.say('huang', code)).toContain('请您一起答')
})

test('of a code that was used, has run out or was never given, it says what to do', async () => {
  const { town, code, path, look } = await invited()
  for (const line of [code, '黄伟']) await town.say('huang', line)
  const used = await look(path)
  expect(used.status).toBe(410)
  expect(used.text).toContain('已经用过了')
  expect(used.text).not.toContain(code)

  const [, token = ''] = /^\/invitation\/(.+)$/.exec(path) ?? []
  const [subject = '', expires = '', sign = ''] = token.split('.')
  const other = Buffer.from(JSON.stringify(['ABCD2345', 'zh-CN'])).toString('base64url')
  for (const forged of [`${other}.${expires}.${sign}`, `${subject}.9999999999.${sign}`, subject, 'x.y.z']) {
    const { status, text } = await look(`/invitation/${forged}`)
    expect(status).toBe(403)
    expect(text).toContain('请同事把口令直接发给您')
  }

  await town.wait(4)
  const late = await look(path)
  expect(late.status).toBe(410)
  expect(late.text).toContain('过期了')
})
