import { expect, test } from 'vitest'
import { handleInbound, retryInbound } from '../src/conversation/handle-inbound.ts'
import type { InboundContent } from '../src/message/index.ts'
import { failedMessages } from '../src/storage/inbox.ts'
import { addRegulator } from '../src/storage/regulators.ts'
import { enrolmentLines } from './support/careful-owner.ts'
import { openedTown } from './support/town.ts'

const owner = 'chen'

async function inTheWalk() {
  const town = await openedTown()
  let said = ''
  for (const line of enrolmentLines) said = await town.say(owner, line)
  while (said.includes('厂里有哪些')) said = await town.say(owner, '都没有')
  said = await town.say(owner, '1')
  return { town, question: said }
}

const unusable: [name: string, content: InboundContent, line: string][] = [
  ['a voice message', { type: 'voice', mediaId: 'm', format: 'amr' }, '听语音'],
  ['a video', { type: 'video', mediaId: 'm', thumbMediaId: 't' }, '视频'],
  ['a location', { type: 'location', latitude: 22, longitude: 114, scale: 15, label: '横岗' }, '位置'],
  ['a link', { type: 'link', title: 't', description: 'd', url: 'https://example.com', pictureUrl: '' }, '链接'],
  ['a file', { type: 'unsupported', name: 'file' }, '文件'],
  ['a sticker', { type: 'unsupported', name: 'emotion' }, '看不懂'],
]

test.each(unusable)('%s gets a helpful line, the question stays, nothing is lost', async (_, content, line) => {
  const { town } = await inTheWalk()
  await town.say(owner, '1')
  const said = await town.send(owner, content)
  expect(said).toContain(line)
  expect(said).toContain('第 2 题')
  expect(await town.say(owner, '1')).toContain('第 3 题')
})

test('an event of the channel gets no answer', async () => {
  const { town } = await inTheWalk()
  expect(await town.send(owner, { type: 'unsupported', name: 'event:something_new' })).toBe('')
  expect(await town.send(owner, { type: 'entered' })).toBe('')
  expect(await town.send(owner, { type: 'linkOpened', target: 'x', in: 'web' })).toBe('')
})

test('a photo over the limit, or none at all, is told at once; the answers are all there', async () => {
  const { town } = await inTheWalk()
  for (const picture of [Buffer.alloc(2 ** 20 + 1), Buffer.from('not a picture')]) {
    const said = await town.sendPhoto(owner, picture)
    expect(said).toMatch(/太大|不是能打开的照片/)
    expect(said).toContain('之前的回答都在')
  }
  expect(await town.say(owner, '1')).toContain('第 2 题')
})

test('a photo that cannot be opened puts nothing right', async () => {
  const { town } = await inTheWalk()
  let said = ''
  for (let count = 0; !said.includes('特种作业证'); count++) {
    expect(count).toBeLessThan(20)
    said = await town.say(owner, '1')
  }
  expect(await town.say(owner, '2')).toContain('重大隐患')
  expect(await town.say(owner, '已经改好，拍照')).toContain('改法')
  said = await town.sendPhoto(owner, Buffer.from('broken'))
  expect(said).toContain('不是能打开的照片')
  expect(said.split('\n').at(-2)).toContain('还没改好')
  expect(said).not.toContain('已改好')
})

test('a card that is no longer the open one does nothing, and says so', async () => {
  const { town } = await inTheWalk()
  await town.say(owner, '1')
  const stale = await town.send(owner, {
    type: 'cardTap',
    taskId: 'long-ago-1',
    key: 'answer.conforming',
    cardType: 'button_interaction',
    responseCode: 'r',
    selections: [],
  })
  expect(stale).toContain('过时')
  expect(stale).toContain('第 2 题')
})

test.each([
  ['9144 0300 MA5F ABCD 1X', '第 18 位'],
  ['91440300MA5FABCD1', '17 位'],
  ['91440300MI5FABCD1Q', '第 10 位'],
  ['我不知道啊', '18 位'],
])('a code such as %s is asked again, with where to look: %s', async (code, line) => {
  const town = await openedTown()
  await town.say(owner, '你好')
  await town.say(owner, '1')
  expect(await town.say(owner, code)).toContain(line)
  expect(await town.say(owner, '91440300MA5FABCD1Q')).toContain('企业全称')
})

test('a code that somebody else registered tells nothing of them', async () => {
  const { town } = await inTheWalk()
  await town.say('huang', '你好')
  await town.say('huang', '1')
  const said = await town.say('huang', '91440300MA5FABCD1Q')
  expect(said).toContain('已经有人登记过')
  expect(said).not.toContain('强盛')
  expect(said).not.toContain('陈志强')
})

test.each([
  ['district', '火星', '宝安区'],
  ['industry', '打铁的', '机械'],
])('a %s nobody knows is asked again with the closest matches', async (kind, said, closest) => {
  const town = await openedTown()
  for (const line of enrolmentLines.slice(0, kind === 'district' ? 4 : 5)) await town.say(owner, line)
  expect(await town.say(owner, said)).toContain(closest)
})

test('a handler that throws keeps the message, tells the owner, and can be run again', async () => {
  const { town } = await inTheWalk()
  const { db } = town.house.database
  const { snapshot } = await db.selectFrom('conversations').select('snapshot').executeTakeFirstOrThrow()
  await db
    .updateTable('conversations')
    .set({ snapshot: snapshot.replace('"asking"', '"goneState"') })
    .execute()

  expect(await town.say(owner, '1')).toContain('我已存下')
  expect(town.problems).toHaveLength(1)
  const [failed] = await failedMessages(db)
  expect(failed?.error).toContain('goneState')
  expect(await db.selectFrom('answers').selectAll().execute()).toEqual([])

  await db.updateTable('conversations').set({ snapshot }).execute()
  if (!failed) throw new Error('There is a failed message')
  expect(await retryInbound(town.house, failed.message)).toBe(true)
  expect(await retryInbound(town.house, failed.message)).toBe(false)
  await handleInbound(town.house, failed.message)
  expect(await db.selectFrom('answers').select('mark').execute()).toEqual([{ mark: 'conforming' }])
  expect(await failedMessages(db)).toEqual([])
})

test('who looked in before being made a regulator is at the desk from then on', async () => {
  const town = await openedTown()
  expect(await town.say('wang', '你好')).toContain('不用找中介')
  await town.house.database.inTransaction('regulators', (trx) =>
    addRegulator(trx, { userId: 'wang', district: '440307', role: 'reviewer' }, town.house.clock()),
  )
  expect(await town.say('wang', '待办')).toContain('等您审查')
})
