import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { buttonCard, listeningBot, runningSimulator, voteCard } from './bench.ts'

async function botAndSimulator(answer?: Parameters<typeof listeningBot>[0]) {
  const bot = await listeningBot(answer)
  return { bot, ...(await runningSimulator({ callbackUrl: bot.url })) }
}

describe('what a person does arrives as WeCom sends it', () => {
  test('text', async () => {
    const { bot, simulator } = await botAndSimulator()
    expect(await simulator.say('ChenZhiQiang', '装是装了 ]]> <b>&')).toEqual({ delivered: true, attempts: 1 })
    expect(bot.heard).toEqual([
      {
        ToUserName: 'ww51a7e0c0de51a7e0',
        FromUserName: 'ChenZhiQiang',
        CreateTime: '1795482000',
        MsgType: 'text',
        Content: '装是装了 ]]> <b>&',
        MsgId: expect.stringMatching(/^7\d{18}$/),
        AgentID: '1000002',
      },
    ])
  })

  test('a photo, with an id to fetch it by', async () => {
    const { bot, simulator, base, token } = await botAndSimulator()
    const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex')
    await simulator.sendPhoto('ChenZhiQiang', jpeg, '现场.jpg')
    expect(bot.heard).toMatchObject([{ MsgType: 'image', PicUrl: expect.stringContaining('/simulator/media/') }])
    const file = await fetch(
      `${base}/cgi-bin/media/get?access_token=${await token()}&media_id=${bot.heard[0]?.MediaId}`,
    )
    expect(file.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await file.arrayBuffer())).toEqual(jpeg)
  })

  test.for([
    ['voice', { MsgType: 'voice', Format: 'amr', MediaId: expect.any(String) }],
    ['video', { MsgType: 'video', ThumbMediaId: expect.any(String) }],
    ['location', { MsgType: 'location', Location_X: '22.7209', Location_Y: '114.2468' }],
    ['link', { MsgType: 'link', Url: expect.stringContaining('https://') }],
    ['sticker', { MsgType: 'sticker' }],
    ['file', { MsgType: 'file' }],
  ] as const)('%s', async ([kind, fields]) => {
    const { bot, simulator } = await botAndSimulator()
    await simulator.sendOther('LiMin', kind)
    expect(bot.heard).toMatchObject([{ FromUserName: 'LiMin', ...fields }])
  })

  test('opening the chat', async () => {
    const { bot, simulator } = await botAndSimulator()
    await simulator.enter('limin')
    expect(bot.heard).toMatchObject([{ FromUserName: 'LiMin', MsgType: 'event', Event: 'enter_agent', EventKey: '' }])
    expect(bot.heard[0]).not.toHaveProperty('MsgId')
  })

  test('the tap on a button brings a fresh response_code that updates the card', async () => {
    const { bot, simulator, send, update } = await botAndSimulator()
    const sent = await send(buttonCard('t1'))
    await simulator.tap('ChenZhiQiang', 't1', 'conforming')
    const [tap] = bot.heard
    expect(tap).toMatchObject({
      Event: 'template_card_event',
      EventKey: 'conforming',
      TaskId: 't1',
      CardType: 'button_interaction',
    })
    expect(tap).not.toHaveProperty('SelectedItems')
    expect(tap?.ResponseCode).not.toBe(sent.response_code)
    await update({ response_code: tap?.ResponseCode, button: { replace_name: '已答：符合' } })
    await expect(simulator.tap('ChenZhiQiang', 't1', 'conforming')).rejects.toThrow('已答：符合')
  })

  test('what was ticked comes with the submit key', async () => {
    const { bot, simulator, send } = await botAndSimulator()
    await send(voteCard('t1'))
    await simulator.submit('ChenZhiQiang', 't1', ['dust', 'painting'])
    expect(bot.heard).toMatchObject([
      {
        EventKey: 'submit',
        CardType: 'vote_interaction',
        SelectedItems: { SelectedItem: { QuestionKey: 'picked', OptionIds: { OptionId: ['painting', 'dust'] } } },
      },
    ])
  })

  test('a person can only do what the card allows', async () => {
    const { simulator, send } = await botAndSimulator()
    await send(voteCard('t1'))
    await send(buttonCard('t2'))
    await expect(simulator.submit('ChenZhiQiang', 't1', [])).rejects.toThrow('ticked')
    await expect(simulator.submit('ChenZhiQiang', 't1', ['boiler'])).rejects.toThrow('boiler')
    await expect(simulator.tap('ChenZhiQiang', 't2', 'maybe')).rejects.toThrow('maybe')
    await expect(simulator.tap('LiMin', 't2', 'conforming')).rejects.toThrow('t2')
    await expect(simulator.say('Nobody', '您好')).rejects.toThrow('Nobody')
  })

  test('one choice from each list of a multiple card', async () => {
    const { bot, simulator, send } = await botAndSimulator()
    const list = (question_key: string) => ({
      question_key,
      option_list: [
        { id: 'a', text: '甲' },
        { id: 'b', text: '乙' },
      ],
    })
    await send({
      msgtype: 'template_card',
      template_card: {
        card_type: 'multiple_interaction',
        main_title: { title: '选两样' },
        task_id: 't1',
        select_list: [list('first'), { ...list('second'), selected_id: 'a' }],
        submit_button: { text: '好了', key: 'submit' },
      },
    })
    await expect(simulator.submit('ChenZhiQiang', 't1', [])).rejects.toThrow('first')
    await simulator.submit('ChenZhiQiang', 't1', ['b'])
    expect(bot.heard).toMatchObject([
      {
        SelectedItems: {
          SelectedItem: [
            { QuestionKey: 'first', OptionIds: { OptionId: 'b' } },
            { QuestionKey: 'second', OptionIds: { OptionId: 'a' } },
          ],
        },
      },
    ])
  })
})

describe('delivery', () => {
  test('the same message comes again, newly signed, until the bot says 200', async () => {
    const { bot, simulator } = await botAndSimulator((nth) => (nth < 3 ? 500 : 200))
    expect(await simulator.say('ChenZhiQiang', '您好')).toEqual({ delivered: true, attempts: 3 })
    expect(bot.heard).toHaveLength(3)
    expect(new Set(bot.heard.map(({ MsgId }) => MsgId)).size).toBe(1)
    expect(new Set(bot.nonces).size).toBe(3)
  })

  test('after four deliveries WeCom gives up, and the chat shows it', async () => {
    const { bot, simulator, base } = await botAndSimulator(() => 500)
    expect(await simulator.say('ChenZhiQiang', '您好')).toEqual({ delivered: false, attempts: 4 })
    expect(bot.heard).toHaveLength(4)
    expect(await firstEvent(`${base}/live/chat/ChenZhiQiang`)).toMatchObject({
      messages: [{ from: 'me', undelivered: true }],
    })
  })

  test('a bot that is too slow hears it again', async () => {
    const bot = await listeningBot((nth) => (nth === 1 ? sleep(900).then(() => 200) : 200))
    const { simulator } = await runningSimulator({ callbackUrl: bot.url, limits: { callbackTimeoutMs: 300 } })
    expect(await simulator.say('ChenZhiQiang', '您好')).toEqual({ delivered: true, attempts: 2 })
    expect(bot.heard).toHaveLength(2)
  })

  test('messages leave in order and do not wait for the answer to the one before', async () => {
    const { promise: later, resolve: release } = Promise.withResolvers<number>()
    const { bot, simulator } = await botAndSimulator((nth) => (nth === 1 ? later : 200))
    const first = simulator.say('ChenZhiQiang', '1')
    const rest = [...'23456789'].map((text) => simulator.say('ChenZhiQiang', text))
    await Promise.all(rest)
    expect(bot.heard.map(({ Content }) => Content)).toEqual([...'123456789'])
    release(200)
    expect(await first).toEqual({ delivered: true, attempts: 1 })
  })

  test('a fault sends every callback several times', async () => {
    const { bot, simulator } = await botAndSimulator()
    simulator.faults.callbackCopies = 3
    await simulator.say('ChenZhiQiang', '您好')
    expect(bot.heard.map(({ MsgId }) => MsgId)).toEqual(Array(3).fill(bot.heard[0]?.MsgId))
  })

  test('offline, callbacks wait and then come in order', async () => {
    const { bot, simulator } = await botAndSimulator()
    simulator.faults.offline = true
    const deliveries = ['一', '二'].map((text) => simulator.say('ChenZhiQiang', text))
    await sleep(50)
    expect(bot.heard).toEqual([])
    simulator.faults.offline = false
    await Promise.all(deliveries)
    expect(bot.heard.map(({ Content }) => Content)).toEqual(['一', '二'])
  })

  test('checks the URL as the console does', async () => {
    const { simulator } = await botAndSimulator()
    await simulator.verifyUrl()
    const { simulator: lonely } = await runningSimulator()
    await expect(lonely.verifyUrl()).rejects.toThrow()
  })
})

describe('a restart', () => {
  test('keeps chats, cards, codes, photos, the clock and callbacks not yet taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const stateFile = join(folder, 'simulator.json')
    const bot = await listeningBot()

    const before = await runningSimulator({ callbackUrl: bot.url, stateFile })
    const { response_code } = await before.send(buttonCard('t1'))
    await before.simulator.sendPhoto('ChenZhiQiang', Buffer.from('ffd8ffe0', 'hex'), '现场.jpg')
    await before.simulator.clock.advance(2)
    const firstToken = await before.token()
    before.simulator.faults.offline = true
    const waiting = before.simulator.say('ChenZhiQiang', '停机前说的')
    await before.simulator.stop()
    expect(await waiting).toEqual({ delivered: false, attempts: 0 })

    const after = await runningSimulator({ callbackUrl: bot.url, stateFile })
    expect(after.simulator.clock.now()).toEqual(new Date('2026-11-26T01:00:00Z'))
    expect(await after.token()).toBe(firstToken)
    expect(after.simulator.messagesTo('ChenZhiQiang')).toHaveLength(1)
    expect(await firstEvent(`${after.base}/live/chat/ChenZhiQiang`)).toMatchObject({
      messages: [{ from: 'bot' }, { from: 'me', content: { type: 'image' } }, { content: { text: '停机前说的' } }],
    })
    expect(await after.send(buttonCard('t1'))).toMatchObject({ errcode: 42014 })
    expect(await after.update({ response_code, button: { replace_name: '已答' } })).toMatchObject({ errcode: 0 })
    const photo = `${after.base}/media/${bot.heard[0]?.MediaId}`
    expect(Buffer.from(await (await fetch(photo)).arrayBuffer())).toEqual(Buffer.from('ffd8ffe0', 'hex'))

    after.simulator.start()
    await vi.waitFor(() => expect(bot.heard.at(-1)).toMatchObject({ Content: '停机前说的' }))
    await vi.waitFor(() => expect(bot.heard).toHaveLength(2))
  })

  test('a state file that cannot be read is named', async () => {
    await expect(runningSimulator({ stateFile: import.meta.filename })).rejects.toThrow('callbacks.test.ts')
  })
})

describe('the clock', () => {
  test('moves on by days and waits for whoever has to know', async () => {
    const moves: string[] = []
    const onClockMoved = async (now: Date) => {
      await sleep(10)
      moves.push(now.toISOString())
    }
    const { simulator, base } = await runningSimulator({ onClockMoved })
    await Promise.all([simulator.clock.advance(1), simulator.clock.advance(30)])
    expect(moves).toEqual(['2026-11-25T01:00:00.000Z', '2026-12-25T01:00:00.000Z'])
    expect(() => simulator.clock.advance(0.5)).toThrow(RangeError)

    const post = (days: unknown) =>
      fetch(`${base}/clock`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ days }),
      })
    expect(await (await post(7)).json()).toEqual({ now: '2027-01-01T01:00:00.000Z' })
    expect(moves).toHaveLength(3)
    expect((await post(-1)).status).toBe(400)
  })
})

/** The data of the first server-sent event. */
async function firstEvent(url: string): Promise<unknown> {
  const controller = new AbortController()
  const response = await fetch(url, { signal: controller.signal })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('data: ') && text.endsWith('\n\n')) break
  }
  controller.abort()
  return JSON.parse(/data: (.*)/.exec(text)?.[1] ?? 'null')
}
