import { describe, expect, test } from 'vitest'
import { simulatorCorp } from '../../src/simulator/index.ts'
import { buttonCard, type Fields, runningSimulator, voteCard } from './bench.ts'

const text = (content: string) => ({ msgtype: 'text', text: { content } })

describe('access_token', () => {
  test('is the same until it expires after 7200 seconds', async () => {
    const { token, call, pass } = await runningSimulator()
    const first = await token()
    pass(7199)
    expect(await token()).toBe(first)
    expect(await call(`getcallbackip?access_token=${first}`)).toMatchObject({ errcode: 0 })
    pass(2)
    expect(await call(`getcallbackip?access_token=${first}`)).toMatchObject({ errcode: 42001 })
    const second = await token()
    expect(second).not.toBe(first)
    expect(await call(`getcallbackip?access_token=${first}`)).toMatchObject({ errcode: 42001 })
    expect(await call(`getcallbackip?access_token=${second}`)).toMatchObject({ errcode: 0 })
  })

  test.for([
    ['another corp', `corpid=ww0&corpsecret=${simulatorCorp.secret}`, 40013],
    ['a wrong secret', `corpid=${simulatorCorp.corpId}&corpsecret=guess`, 40001],
  ] as const)('%s gets none', async ([, query, errcode]) => {
    const { call } = await runningSimulator()
    const answer = await call(`gettoken?${query}`)
    expect(answer.errcode).toBe(errcode)
    expect(answer).not.toHaveProperty('access_token')
  })

  test('missing, made up, or dropped by a fault is refused', async () => {
    const { call, token, simulator } = await runningSimulator()
    expect(await call('getcallbackip')).toMatchObject({ errcode: 41001 })
    expect(await call('getcallbackip?access_token=guess')).toMatchObject({ errcode: 40014 })
    const first = await token()
    simulator.faults.dropToken()
    expect(await call(`getcallbackip?access_token=${first}`)).toMatchObject({ errcode: 40014 })
    const second = await token()
    simulator.faults.dropToken(42001)
    expect(await call(`getcallbackip?access_token=${second}`)).toMatchObject({ errcode: 42001 })
    expect(await call(`getcallbackip?access_token=${await token()}`)).toMatchObject({ errcode: 0 })
  })
})

describe('message/send', () => {
  test('puts a message into the chat', async () => {
    const { say, simulator } = await runningSimulator()
    expect(await say('您好')).toMatchObject({ errcode: 0, errmsg: 'ok', invaliduser: '' })
    expect(simulator.messagesTo('chenzhiqiang')).toMatchObject([
      { from: 'bot', at: '2026-11-24T01:00:00.000Z', content: { type: 'text', text: '您好' } },
    ])
    expect(simulator.messagesTo('LiMin')).toEqual([])
  })

  test('serves those it knows and names the rest in lower case', async () => {
    const { send, simulator } = await runningSimulator()
    expect(await send(text('一'), 'NoBody|limin')).toMatchObject({ errcode: 0, invaliduser: 'nobody' })
    expect(await send(text('二'), 'NoBody')).toMatchObject({ errcode: 81013 })
    expect(await send(text('三'), '')).toMatchObject({ errcode: 82001 })
    expect(simulator.messagesTo('LiMin')).toHaveLength(1)
  })

  const wrong: readonly (readonly [string, Fields, number])[] = [
    ['an unknown msgtype', { msgtype: 'poem', poem: {} }, 40008],
    ['an empty text', text(''), 44004],
    ['another app', { ...text('您好'), agentid: 1000003 }, 301002],
    ['an unknown picture', { msgtype: 'image', image: { media_id: 'guess' } }, 40007],
    ['markdown over 2048 bytes', { msgtype: 'markdown', markdown: { content: '长'.repeat(683) } }, 45002],
    [
      'a link without protocol',
      { msgtype: 'textcard', textcard: { title: '告', description: '知', url: 'a.cn' } },
      45034,
    ],
    ['a card of no known type', { msgtype: 'template_card', template_card: { card_type: 'poem' } }, 40008],
    ['a card without task_id', buttonCard('t', { task_id: undefined }), 42014],
    ['a task_id with a blank', buttonCard('a b'), 42014],
    ['a task_id of 129 characters', buttonCard('t'.repeat(129)), 42014],
    ['a button without key', buttonCard('t', { button_list: [{ text: '符合' }] }), 42017],
    ['a button without text', buttonCard('t', { button_list: [{ key: 'k' }] }), 42020],
    [
      'two buttons of one key',
      buttonCard('t', {
        button_list: [
          { text: '是', key: 'k' },
          { text: '否', key: 'k' },
        ],
      }),
      42018,
    ],
    ['seven buttons', buttonCard('t', { button_list: [...'1234567'].map((key) => ({ text: key, key })) }), 40058],
    [
      'seven lines',
      buttonCard('t', { horizontal_content_list: [...'1234567'].map((keyname) => ({ keyname })) }),
      40058,
    ],
    ['a vote without options', voteCard('t', { checkbox: { question_key: 'q', option_list: [] } }), 40058],
    ['a vote without submit button', voteCard('t', { submit_button: undefined }), 40058],
    [
      'a notice that leads nowhere',
      { msgtype: 'template_card', template_card: { card_type: 'text_notice', main_title: { title: '告知' } } },
      40058,
    ],
  ]
  test.for(wrong)('refuses %s', async ([, body, errcode]) => {
    const { send, simulator } = await runningSimulator()
    expect(await send(body)).toMatchObject({ errcode })
    expect(simulator.messagesTo('ChenZhiQiang')).toEqual([])
  })

  test('refuses what is not JSON and what is escaped', async () => {
    const { call, token } = await runningSimulator()
    const path = `message/send?access_token=${await token()}`
    expect(await call(path, { method: 'POST', body: '{' })).toMatchObject({ errcode: 47001 })
    expect(await call(path, { method: 'POST', body: '{"touser":"\\u4f60"}' })).toMatchObject({ errcode: 40033 })
  })

  test('cuts a text to 2048 bytes between characters and long card texts with an ellipsis, and says so', async () => {
    const { say, send, simulator } = await runningSimulator()
    await say('长'.repeat(700))
    await send(buttonCard('t1', { main_title: { title: '标'.repeat(40) } }))
    const [cut, card] = simulator.messagesTo('ChenZhiQiang')
    expect(cut?.content).toEqual({ type: 'text', text: '长'.repeat(682) })
    expect(card?.content).toMatchObject({ card: { main_title: { title: `${'标'.repeat(35)}…` } } })
    expect(simulator.cutTexts).toEqual([
      `ChenZhiQiang text.content: ${'长'.repeat(700)}`,
      `ChenZhiQiang template_card.main_title.title: ${'标'.repeat(40)}`,
    ])
  })

  test('takes every task_id once', async () => {
    const { send, simulator } = await runningSimulator()
    expect(await send(buttonCard('t1'))).toMatchObject({ errcode: 0 })
    expect(await send(buttonCard('t1'), 'LiMin')).toMatchObject({ errcode: 42014 })
    expect(await send(buttonCard('t2'), 'LiMin')).toMatchObject({ errcode: 0 })
    expect(simulator.messagesTo('ChenZhiQiang')).toHaveLength(1)
  })

  test('drops the thirty-first message of a minute without a word', async () => {
    const { say, send, pass, simulator } = await runningSimulator()
    const answers = []
    for (let n = 1; n <= 32; n++) answers.push(await say(`第 ${n} 条`))
    expect(answers.every(({ errcode }) => errcode === 0)).toBe(true)
    expect(simulator.messagesTo('ChenZhiQiang')).toHaveLength(30)
    await send(text('别人的不受影响'), 'LiMin')
    expect(simulator.messagesTo('LiMin')).toHaveLength(1)
    pass(60)
    await say('一分钟以后')
    expect(simulator.messagesTo('ChenZhiQiang')).toHaveLength(31)
  })

  test('suppresses a repeated message for as long as the check asks', async () => {
    const { send, pass, simulator } = await runningSimulator()
    const checked = { ...text('提醒'), enable_duplicate_check: 1, duplicate_check_interval: 600 }
    await send(checked)
    await send(checked)
    expect(simulator.messagesTo('ChenZhiQiang')).toHaveLength(1)
    pass(600)
    await send(checked)
    expect(simulator.messagesTo('ChenZhiQiang')).toHaveLength(2)
  })
})

describe('message/update_template_card', () => {
  test('greys the card of one recipient, once per response_code', async () => {
    const { send, update, simulator } = await runningSimulator()
    const { response_code } = await send(buttonCard('t1'), 'ChenZhiQiang|LiMin')
    const button = { replace_name: '已答' }
    expect(await update({ response_code, button })).toMatchObject({ errcode: 0, invaliduser: [] })
    expect(await update({ response_code, button })).toMatchObject({ errcode: 60140 })
    expect(simulator.messagesTo('ChenZhiQiang')[0]?.content).toMatchObject({ replaceName: '已答' })
    expect(simulator.messagesTo('LiMin')[0]?.content).not.toHaveProperty('replaceName')
  })

  test.for([
    ['after 72 hours', 72 * 3600, 0],
    ['a second later', 72 * 3600 + 1, 60140],
  ] as const)('a response_code %s', async ([, age, errcode]) => {
    const { send, update, pass } = await runningSimulator()
    const { response_code } = await send(buttonCard('t1'))
    pass(age)
    expect(await update({ response_code, button: { replace_name: '已答' } })).toMatchObject({ errcode })
  })

  test('replaces the whole card, and a refused card leaves the code usable', async () => {
    const { send, update, simulator } = await runningSimulator()
    const { response_code } = await send(buttonCard('t1'))
    const { template_card } = buttonCard('t1', { main_title: { title: '已记：符合' } })
    expect(await update({ response_code, template_card: { ...template_card, button_list: [] } })).toMatchObject({
      errcode: 42017,
    })
    expect(await update({ response_code, template_card: { ...template_card, replace_text: '已答' } })).toMatchObject({
      errcode: 0,
    })
    expect(simulator.messagesTo('ChenZhiQiang')[0]?.content).toMatchObject({
      card: { main_title: { title: '已记：符合' }, task_id: 't1' },
      replaceName: '已答',
    })
  })

  test('a text message and a notice without menu have no response_code', async () => {
    const { say, send } = await runningSimulator()
    const card_action = { type: 1, url: 'https://example.com/' }
    const notice = { card_type: 'text_notice', main_title: { title: '告知' }, card_action }
    expect(await say('您好')).not.toHaveProperty('response_code')
    expect(await send({ msgtype: 'template_card', template_card: notice })).not.toHaveProperty('response_code')
  })
})

describe('media', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const uploadTo = async (
    { call, token }: Awaited<ReturnType<typeof runningSimulator>>,
    type: string,
    bytes: Buffer,
    name: string,
  ) => {
    const form = new FormData()
    form.set('media', new Blob([new Uint8Array(bytes)]), name)
    return call(`media/upload?type=${type}&access_token=${await token()}`, { method: 'POST', body: form })
  }
  const download = async ({ base, token }: Awaited<ReturnType<typeof runningSimulator>>, mediaId: unknown) =>
    fetch(`${base}/cgi-bin/media/get?access_token=${await token()}&media_id=${mediaId}`)

  test('an uploaded file can be sent and fetched for three days', async () => {
    const it = await runningSimulator()
    const { media_id, ...rest } = await uploadTo(it, 'image', png, '现场照片.png')
    expect(rest).toMatchObject({ errcode: 0, type: 'image', created_at: '1795482000' })
    expect(await it.send({ msgtype: 'image', image: { media_id } })).toMatchObject({ errcode: 0 })
    expect(await it.send({ msgtype: 'file', file: { media_id } })).toMatchObject({ errcode: 40007 })

    it.pass(3 * 24 * 3600)
    const file = await download(it, media_id)
    expect(file.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(file.headers.get('content-disposition') ?? '', 'latin1').toString()).toContain('现场照片.png')
    expect(Buffer.from(await file.arrayBuffer())).toEqual(png)

    it.pass(1)
    expect(await (await download(it, media_id)).json()).toMatchObject({ errcode: 40007 })
    expect(await it.send({ msgtype: 'image', image: { media_id } })).toMatchObject({ errcode: 40007 })
  })

  test.for([
    ['a picture that is none', 'image', Buffer.from('GIF89a……'), 40004],
    ['five bytes', 'file', Buffer.from('12345'), 40006],
    ['a picture over 10 MB', 'image', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 40009],
    ['a voice that is not AMR', 'voice', Buffer.from('ID3 something'), 40004],
    ['an unknown type', 'poem', png, 40005],
  ] as const)('refuses %s', async ([, type, bytes, errcode]) => {
    expect(await uploadTo(await runningSimulator(), type, bytes, 'a')).toMatchObject({ errcode })
  })

  test('refuses everything while that fault is on', async () => {
    const it = await runningSimulator()
    const { media_id } = await uploadTo(it, 'file', png, 'a.png')
    it.simulator.faults.refuseMedia = true
    expect(await (await download(it, media_id)).json()).toMatchObject({ errcode: 40007 })
    expect(await uploadTo(it, 'file', png, 'b.png')).toMatchObject({ errcode: 40004 })
    it.simulator.faults.refuseMedia = false
    expect((await download(it, media_id)).headers.get('content-type')).toBe('image/png')
  })
})

describe('faults', () => {
  test('the next sends fail with the errcode asked for', async () => {
    const { say, simulator } = await runningSimulator()
    simulator.faults.failSends(-1, 2)
    expect([(await say('一')).errcode, (await say('二')).errcode, (await say('三')).errcode]).toEqual([-1, -1, 0])
    expect(simulator.messagesTo('ChenZhiQiang')).toMatchObject([{ content: { text: '三' } }])
  })

  test('a lost answer is a message sent and a broken connection', async () => {
    const { say, simulator } = await runningSimulator()
    simulator.faults.loseAnswers()
    await expect(say('一')).rejects.toThrow('fetch failed')
    await say('二')
    expect(simulator.messagesTo('ChenZhiQiang')).toMatchObject([
      { content: { text: '一' } },
      { content: { text: '二' } },
    ])
  })

  test('answers come late, or not at all while offline or stopped', async () => {
    const { call, simulator } = await runningSimulator()
    simulator.faults.delayMs = 80
    const before = performance.now()
    await call('getcallbackip')
    expect(performance.now() - before).toBeGreaterThanOrEqual(75)
    simulator.faults.offline = true
    await expect(call('getcallbackip')).rejects.toThrow('fetch failed')
    simulator.faults.offline = false
    await simulator.stop()
    await expect(call('getcallbackip')).rejects.toThrow('fetch failed')
    simulator.start()
    expect(await call('getcallbackip')).toMatchObject({ errcode: 41001 })
  })
})
