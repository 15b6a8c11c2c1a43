import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChoicePrompt, PickPrompt, Reply } from '../../src/message/index.ts'
import { checkCard, type MessageBody } from '../../src/wecom/outbound.ts'
import { cardUpdateOf, textOf, toWecomMessages } from '../../src/wecom/render.ts'

const to = { userId: 'zhangsan', agentId: 218 }
const head = { touser: 'zhangsan', agentid: 218 }

const choice: ChoicePrompt = {
  kind: 'choice',
  id: 'walk-14@1',
  heading: '第 14 题，共 33 题 · 约 8 分钟',
  note: '已记：符合',
  body: '喷漆房里的可燃气体报警器，现在通着电、能报警吗？',
  options: [
    { key: 'conforming', label: '符合', style: 'primary' },
    { key: 'nonconforming', label: '不符合', style: 'danger' },
    { key: 'notApplicable', label: '没有这个' },
  ],
}
const pick: PickPrompt = {
  kind: 'pick',
  id: 'site-1',
  heading: '下面这些，您厂里有哪些？',
  options: [
    { key: 'painting', label: '喷漆、喷粉', ticked: true },
    { key: 'none', label: '都没有' },
  ],
  submitLabel: '选好了',
}
const text = '完整的文字\n1 符合　2 不符合　3 没有这个'
const cardOf = (prompt: Reply['prompt']) => {
  const [body] = toWecomMessages(prompt ? { text, prompt } : { text }, to)
  return body?.msgtype === 'template_card' ? body.template_card : body?.msgtype
}

test.for([
  ['a link', '<a href="https://evil.invalid">强盛</a>', '＜a href="https://evil.invalid">强盛＜/a>'],
  ['escaped', '&lt;a&gt; &#60;a &#x3C;a', '＆lt;a&gt; ＆#60;a ＆#x3C;a'],
  ['an ampersand of its own', 'A&B', 'A&B'],
  [
    'our own address',
    '看详情：https://a.invalid/console/enter?user=li&path=%2Fx&expires=1',
    '看详情：https://a.invalid/console/enter?user=li&path=%2Fx&expires=1',
  ],
] as const)('what somebody typed is no markup: %s', ([, typed, shown]) => {
  expect(toWecomMessages({ text: typed }, to)).toEqual([{ ...head, msgtype: 'text', text: { content: shown } }])
  expect(cardOf({ ...choice, body: typed })).toMatchObject({ sub_title_text: shown })
})

describe('cards', () => {
  test('a choice is a card with buttons', () => {
    expect(toWecomMessages({ text, prompt: choice }, to)).toEqual([
      {
        ...head,
        msgtype: 'template_card',
        template_card: {
          card_type: 'button_interaction',
          task_id: 'walk-14@1',
          main_title: { title: '第 14 题，共 33 题 · 约 8 分钟', desc: '已记：符合' },
          sub_title_text: '喷漆房里的可燃气体报警器，现在通着电、能报警吗？',
          button_list: [
            { text: '符合', style: 1, key: 'conforming' },
            { text: '不符合', style: 4, key: 'nonconforming' },
            { text: '没有这个', style: 3, key: 'notApplicable' },
          ],
        },
      },
    ])
  })

  test('more options than stand as buttons are a list of which one is ticked', () => {
    const options = Array.from({ length: 9 }, (_, index) => ({ key: `district.${index}`, label: `${index}区` }))
    const list: ChoicePrompt = {
      ...choice,
      body: '厂在深圳市哪个区？\n也可以直接打街道名',
      options,
      submitLabel: '选好了',
    }
    expect(cardOf(list)).toEqual({
      card_type: 'vote_interaction',
      task_id: 'walk-14@1',
      main_title: { title: '厂在深圳市哪个区？ 也可以直接打街道名', desc: '已记：符合' },
      checkbox: {
        question_key: 'picked',
        mode: 0,
        option_list: options.map(({ key, label }) => ({ id: key, text: label, is_checked: false })),
      },
      submit_button: { text: '选好了', key: 'submit' },
    })
    expect(cardOf({ ...list, body: '厂在深圳市哪个区？'.repeat(5) })).toBe('text')
  })

  test('facts stand in lines and a link opens from its title and from the card', () => {
    const link = { title: '看详情', url: 'https://example.invalid/a' }
    expect(cardOf({ ...choice, link, facts: [{ name: '得分', value: '94.1' }] })).toMatchObject({
      horizontal_content_list: [{ keyname: '得分', value: '94.1' }],
      quote_area: { type: 1, url: link.url, title: '看详情' },
      card_action: { type: 1, url: link.url },
    })
  })

  test('facts too long for their column join the body', () => {
    const card = cardOf({ ...choice, body: '新申报', facts: [{ name: '自改重大隐患', value: '1 条（附照片）' }] })
    expect(card).toMatchObject({ sub_title_text: '新申报\n自改重大隐患　1 条（附照片）' })
    expect(card).not.toHaveProperty('horizontal_content_list')
  })

  test('a long heading and a long note are shortened', () => {
    const card = cardOf({ ...choice, heading: '题'.repeat(50), note: '注'.repeat(50) })
    expect(card).toMatchObject({ main_title: { title: `${'题'.repeat(35)}…`, desc: `${'注'.repeat(43)}…` } })
  })

  test('several notes share the line, and are told apart', () => {
    expect(cardOf({ ...choice, note: '已记：符合\n“目标职责”答完了：4 题符合' })).toMatchObject({
      main_title: { desc: '已记：符合 · “目标职责”答完了：4 题符合' },
    })
  })

  test('a pick is a card to tick', () => {
    expect(cardOf(pick)).toEqual({
      card_type: 'vote_interaction',
      task_id: 'site-1',
      main_title: { title: '下面这些，您厂里有哪些？' },
      checkbox: {
        question_key: 'picked',
        mode: 1,
        option_list: [
          { id: 'painting', text: '喷漆、喷粉', is_checked: true },
          { id: 'none', text: '都没有', is_checked: false },
        ],
      },
      submit_button: { text: '选好了', key: 'submit' },
    })
  })
})

describe('D28: what not ticking means', () => {
  const hint = '没有的不会问，也不加分'
  const descOf = (prompt: PickPrompt) => {
    const card = cardOf(prompt)
    return typeof card === 'object' ? card.main_title?.desc : undefined
  }

  test.for([
    ['alone', undefined, hint],
    ['beside a note', '记下了，没有：喷漆。', `记下了，没有：喷漆。 · ${hint}`],
    ['the note is cut, it is not', '注'.repeat(50), `${'注'.repeat(29)}… · ${hint}`],
  ] as const)('%s', ([, note, desc]) => {
    expect(descOf({ ...pick, hint, ...(note && { note }) })).toBe(desc)
  })

  test('a note that has no room beside it is left out', () => {
    const long = 'What you do not tick is not asked at all'
    expect(descOf({ ...pick, hint: long, note: 'Noted: no painting' })).toBe(long)
  })
})

describe('text instead of a card', () => {
  const options = (count: number, label = '有') =>
    Array.from({ length: count }, (_, index) => ({ key: `k${index}`, label: `${label}${index}` }))

  test.for<[string, Reply['prompt']]>([
    ['no prompt', undefined],
    ['seven buttons', { ...choice, options: options(7) }],
    ['no button', { ...choice, options: [] }],
    ['a label too long for a button', { ...choice, options: options(2, '不能，或者没有通着电') }],
    ['two keys alike', { ...choice, options: [...options(1), ...options(1)] }],
    ['a question too long for a card', { ...choice, body: '问'.repeat(161) }],
    ['facts that fit nowhere', { ...choice, body: '问'.repeat(150), facts: [{ name: '自改重大隐患', value: '1 条' }] }],
    ['a heading that is the question', { ...choice, body: ' ', heading: '问'.repeat(37) }],
    ['no heading', { ...choice, heading: ' ' }],
    ['an id that is none', { ...choice, id: 'a b' }],
    ['a link that is none', { ...choice, link: { title: 'x', url: 'javascript:alert(1)' } }],
    ['21 things to tick', { ...pick, options: options(21) }],
    ['a thing too long to tick', { ...pick, options: options(1, '关起来的、要钻进去干活的地方（有限空间）') }],
    ['a question too long for its title', { ...pick, heading: '问'.repeat(37) }],
    ['a long submit button', { ...pick, submitLabel: '选'.repeat(11) }],
  ])('%s', ([, prompt]) => {
    const reply = prompt ? { text, prompt } : { text }
    expect(toWecomMessages(reply, to)).toEqual([{ ...head, msgtype: 'text', text: { content: text } }])
  })

  test('in as many parts as it needs', () => {
    const bodies = toWecomMessages({ text: `${'甲'.repeat(600)}\n${'乙'.repeat(600)}` }, to)
    expect(bodies.map((body) => body.msgtype === 'text' && body.text.content)).toEqual([
      '甲'.repeat(600),
      '乙'.repeat(600),
    ])
  })

  test('nothing for nothing', () => expect(toWecomMessages({ text: '' }, to)).toEqual([]))
})

test('the reply to somebody who is nobody is not sent at all', () => {
  expect(() => toWecomMessages({ text, prompt: choice }, { ...to, userId: '@all' })).toThrow('touser')
})

test.for([
  ['符合', '符合'],
  ['不能，或者没有通着电，不清楚', '不能，或者没有通着…'],
] as const)('a tapped card shows %s', ([label, shown]) => {
  expect(cardUpdateOf('RC', ['zhangsan'], label)).toEqual({
    userids: ['zhangsan'],
    response_code: 'RC',
    button: { replace_name: shown },
  })
})

describe('whatever the reply', () => {
  const wild = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('', ' ', '\n', '\u0000', '\ud800', '👨‍👩‍👧'),
    fc.nat({ max: 700 }).map((count) => '隐'.repeat(count)),
  )
  /** Mostly what we would write, sometimes anything. */
  const mostly = (usual: fc.Arbitrary<string>) =>
    fc.oneof({ arbitrary: usual, weight: 60 }, { arbitrary: wild, weight: 1 })
  const words = mostly(fc.string({ unit: fc.constantFrom('隐', '患', '，', 'a', '7', ' ', '👷'), maxLength: 60 }))
  const label = mostly(fc.constantFrom('符合', '不符合', '没有这个', '不清楚', '能，试过', '十个字的按钮文字长度'))
  const key = mostly(fc.stringMatching(/^[a-z]{6,9}$/))
  const options = fc.array(
    fc.record(
      { key, label, style: fc.constantFrom('primary', 'plain', 'danger'), ticked: fc.boolean() },
      { requiredKeys: ['key', 'label'] },
    ),
    { maxLength: 8 },
  )
  const manyOptions = fc.array(fc.record({ key, label }), { maxLength: 24, size: 'max' })
  const id = mostly(fc.stringMatching(/^[\w@-]{1,20}$/))
  const link = fc.record({ title: words, url: mostly(fc.webUrl()) })
  const fact = fc.record({ name: mostly(fc.constantFrom('得分', '自改重大隐患')), value: words })
  const facts = fc.array(fact, { maxLength: 8 })
  const choicePrompt: fc.Arbitrary<ChoicePrompt> = fc.record(
    { kind: fc.constant('choice'), id, heading: words, note: words, body: words, options, link, facts },
    { requiredKeys: ['kind', 'id', 'heading', 'body', 'options'] },
  )
  const pickPrompt: fc.Arbitrary<PickPrompt> = fc.record(
    {
      kind: fc.constant('pick'),
      id,
      heading: words,
      note: words,
      hint: words,
      options: fc.oneof(options, manyOptions),
      submitLabel: label,
    },
    { requiredKeys: ['kind', 'id', 'heading', 'options', 'submitLabel'] },
  )
  const reply: fc.Arbitrary<Reply> = fc.record(
    {
      text: fc.array(words, { maxLength: 6 }).map((parts) => parts.join('')),
      prompt: fc.oneof(choicePrompt, pickPrompt),
    },
    { requiredKeys: ['text'] },
  )

  const inked = (content: string) => content.replace(/\s/g, '')

  const withinLimits = (body: MessageBody) => {
    if (body.msgtype === 'template_card') checkCard(body.template_card)
    else expect(body.msgtype === 'text' && Buffer.byteLength(body.text.content)).toBeLessThanOrEqual(2048)
  }

  const offered = ([body]: MessageBody[]) => {
    if (body?.msgtype !== 'template_card') return undefined
    const { template_card: card } = body
    if (card.card_type === 'button_interaction') return card.button_list.map((each) => [each.key, each.text])
    if (card.card_type === 'vote_interaction') return card.checkbox.option_list.map((each) => [each.id, each.text])
    throw new Error(`an unexpected ${card.card_type}`)
  }

  test('limits are kept, and every option and the question are there, or the whole text is', () => {
    const seen = { button_interaction: 0, vote_interaction: 0, text: 0 }
    fc.assert(
      fc.property(reply, (given) => {
        const bodies = toWecomMessages(given, to)
        for (const body of bodies) withinLimits(body)

        const options = offered(bodies)
        if (options && given.prompt) {
          seen[given.prompt.kind === 'choice' ? 'button_interaction' : 'vote_interaction'] += 1
          expect(bodies).toHaveLength(1)
          expect(options.map(([key, label = '']) => [key, inked(label)])).toEqual(
            given.prompt.options.map((option) => [option.key, inked(textOf({ text: option.label }))]),
          )
          const question = given.prompt.kind === 'choice' ? given.prompt.body : given.prompt.heading
          expect(inked(JSON.stringify(bodies).replaceAll('\\n', ''))).toContain(
            inked(
              JSON.stringify(textOf({ text: question }))
                .slice(1, -1)
                .replaceAll('\\n', ''),
            ),
          )
        } else {
          seen.text += 1
          const sent = bodies.map((body) => (body.msgtype === 'text' ? body.text.content : '')).join('')
          expect(inked(sent)).toBe(inked(textOf(given)))
        }
      }),
      { numRuns: 2000 },
    )
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(100)
  })
})
