import { describe, expect, test } from 'vitest'
import { opening } from '../flows/advance.ts'
import type { Proposal } from '../flows/proposal.ts'
import { selfAssessment, type WalkEvent } from '../flows/self-assessment/self-assessment.machine.ts'
import { checklistOf } from '../src/checklist/checklist.ts'
import { blankSheet, type Mark } from '../src/checklist/rules.ts'
import { envelopeOf } from '../src/conversation/conversation.ts'
import { handleInbound, retryInbound } from '../src/conversation/handle-inbound.ts'
import { createLanguageModel } from '../src/language-model/language-model.ts'
import type { InboundMessage, Reply } from '../src/message/index.ts'
import { answersOf } from '../src/storage/answers.ts'
import { storeConversation } from '../src/storage/conversations.ts'
import { openAssessment, registerEnterprise } from '../src/storage/enrolment.ts'
import { modelFigures } from '../src/storage/model-inquiries.ts'
import { freePort } from './support/listening.ts'
import {
  type Answering,
  completes,
  delayed,
  replies,
  type StandInModel,
  says,
  standInModel,
} from './support/stand-in-model.ts'
import { openedTown, type Town } from './support/town.ts'

const owner = 'chen'
const contact = `app:${owner}`
const refs = ['extinguishersReady', 'wiringTidy', 'newWorkerTraining'].map((item) => `general/${item}@1`)

/** A yes that is in no lexicon. */
const MUMBLED = '那是相当哇塞'
const NEUTRAL = '您是说符合，还是不符合？'
const LIMIT = 600

/** What went to the log. */
const warned: unknown[] = []

const modelAt = ({ url }: Pick<StandInModel, 'url'>, now = () => performance.now()) =>
  createLanguageModel(
    { url, key: 'sk-of-the-bureau', name: 'stand-in', timeoutMs: LIMIT },
    { now, log: { warn: (...line) => void warned.push(line) } },
  )

/** An owner in front of the first question, in a house that asks this model, or none. */
async function walkingOwner(model?: Pick<StandInModel, 'url'>, now?: () => number): Promise<Town> {
  const town = await openedTown(model && modelAt(model, now))
  const { house } = town
  const checklist = checklistOf(house.library, refs)
  const machine = selfAssessment({ checklist, minimumScore: 60 })
  const { snapshot } = opening(machine, { purpose: 'initial', sheet: blankSheet(checklist), comments: {}, drawn: [] })
  await house.database.inTransaction(contact, async (trx) => {
    const at = house.clock()
    await registerEnterprise(trx, {
      ...{
        id: 'e1',
        uscc: '91440300MA5FABCD1Q',
        name: '强盛五金厂',
        district: '440307',
        industryClass: '331',
      },
      ...{ industry: 'machinery', headcount: 38, facts: [], policy: 'shenzhen-trial' },
      ...{ contact, contactName: '陈志强', contactPhone: '13812345678', consentVersion: 1, at },
    })
    await openAssessment(trx, { id: 'a1', enterpriseId: 'e1', purpose: 'initial', policy: 'shenzhen-trial', refs, at })
    const stored = JSON.stringify(envelopeOf('selfAssessment', snapshot))
    await storeConversation(
      trx,
      {
        contact,
        key: 'k1',
        language: 'zh-CN',
        enterpriseId: 'e1',
        assessmentId: 'a1',
        snapshot: stored,
        turn: 0,
        prompt: null,
      },
      at,
    )
  })
  return town
}

const marks = async ({ house }: Town) =>
  (await answersOf(house.database.db, 'a1')).map(({ itemId, mark }) => `${itemId} ${mark}`)

const figures = ({ house }: Town) => modelFigures(house.database.db)

const words = (dedupeKey: string, text: string): InboundMessage => ({
  dedupeKey,
  contact,
  sentAt: new Date('2026-11-24T02:00:00Z'),
  content: { type: 'text', text },
})

const replied = async ({ house }: Town): Promise<Reply[]> => {
  const rows = await house.database.db
    .selectFrom('outbox')
    .select('body')
    .where('kind', '=', 'reply')
    .orderBy('seq')
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as Reply)
}

/** What is answered without a model. */
async function ordinaryReply(): Promise<Reply | undefined> {
  const town = await walkingOwner()
  await town.say(owner, MUMBLED)
  return (await replied(town))[0]
}

describe('what is proposed becomes a question', () => {
  test.each(['good', 'bad'])('“%s” shows the same two buttons, and neither is led', async (leaning) => {
    const town = await walkingOwner(await standInModel(says(leaning)))
    const said = await town.say(owner, MUMBLED)
    expect(said).toContain(NEUTRAL)
    const [reply] = await replied(town)
    expect(reply?.prompt?.options).toEqual([
      { key: 'answer.conforming', label: '符合' },
      { key: 'answer.nonconforming', label: '不符合' },
    ])
    expect(await marks(town)).toEqual([])
    expect(town.problems).toEqual([])
  })

  test.each([
    ['good', '符合', 'conforming', { same: 1, other: 0, nothing: 0 }],
    ['good', '不符合', 'nonconforming', { same: 0, other: 1, nothing: 0 }],
    ['bad', '符合', 'conforming', { same: 0, other: 1, nothing: 0 }],
    ['bad', '不符合', 'nonconforming', { same: 1, other: 0, nothing: 0 }],
  ])('proposed %s, tapped %s: that is recorded, and whether it was the same', async (leaning, label, mark, chosen) => {
    const town = await walkingOwner(await standInModel(says(leaning)))
    await town.say(owner, MUMBLED)
    expect((await figures(town)).chosen).toEqual({ same: 0, other: 0, nothing: 1 })
    await town.tap(owner, label)
    expect(await marks(town)).toEqual([`extinguishersReady ${mark}`])
    expect(await figures(town)).toMatchObject({ asked: { proposed: 1 }, chosen })
    // The next answer has nothing to do with it.
    await town.say(owner, '符合')
    expect((await figures(town)).chosen).toEqual(chosen)
  })

  test.each(['嗯', '对', '是的', '好的', '好', '收到', '可以', '👌', '没错', '就是', '行'])(
    '“%s” to it records nothing',
    async (agreed) => {
      for (const leaning of ['good', 'bad']) {
        const model = await standInModel(says(leaning))
        const town = await walkingOwner(model)
        await town.say(owner, MUMBLED)
        model.answers = says('none')
        await town.say(owner, agreed)
        expect(await marks(town)).toEqual([])
      }
    },
  )

  test('number and label mean the button, and an answer in words means itself', async () => {
    for (const [said, mark] of [
      ['1', 'conforming'],
      ['2', 'nonconforming'],
      ['不符合', 'nonconforming'],
      ['指针在红区', 'nonconforming'],
    ] as const) {
      const town = await walkingOwner(await standInModel(says('good')))
      await town.say(owner, MUMBLED)
      await town.say(owner, said)
      expect(await marks(town)).toEqual([`extinguishersReady ${mark}`])
    }
  })

  test('what is not understood there either is asked as ever, and no model about it', async () => {
    const model = await standInModel(says('good'))
    const town = await walkingOwner(model)
    await town.say(owner, MUMBLED)
    expect(await town.say(owner, MUMBLED)).toBe((await ordinaryReply())?.text)
    expect(model.asked).toHaveLength(1)
  })

  test('JSON between fences is JSON', async () => {
    const town = await walkingOwner(await standInModel(completes('```json\n{"answer": "bad"}\n```')))
    expect(await town.say(owner, MUMBLED)).toContain(NEUTRAL)
  })
})

describe('without a usable proposal it is as if there were no model', () => {
  const unusable: readonly (readonly [name: string, outcome: string, answering: Answering])[] = [
    ['one that is late', 'late', delayed(LIMIT * 8, says('good'))],
    [
      'one whose end is late',
      'late',
      async (response) => {
        response.writeHead(200).write('{"choices":')
        await delayed(LIMIT * 8, (late) => void late.end())(response)
      },
    ],
    ['no answer', 'none', says('none')],
    ['a choice outside', 'malformed', says('conforming')],
    ['no choice', 'malformed', completes('{}')],
    ['words', 'malformed', completes('good')],
    ['JSON broken off', 'malformed', completes('{"answer":"good"')],
    ['a page', 'malformed', replies(200, '<html></html>')],
    ['an empty list', 'malformed', replies(200, '{"choices":[]}')],
    ['nothing', 'malformed', replies(200, '')],
    ['more than anybody reads', 'malformed', replies(200, ' '.repeat(100_000))],
    ['a 500', 'failed', replies(500, '{"error":{"message":"overloaded"}}')],
    ['a 401', 'failed', replies(401, '')],
    ['another address', 'failed', replies(307, '', { location: '/v1/elsewhere' })],
    ['a connection that breaks', 'failed', (response) => void response.destroy()],
  ]

  test.each(unusable)('%s', async (_name, outcome, answering) => {
    const model = await standInModel(answering)
    const town = await walkingOwner(model)
    const begun = performance.now()
    await town.say(owner, MUMBLED)
    expect(performance.now() - begun).toBeLessThan(LIMIT * 4)
    expect(await replied(town)).toEqual([await ordinaryReply()])
    expect(model.asked).toHaveLength(1)
    expect((await figures(town)).asked).toMatchObject({ [outcome]: 1, proposed: 0 })
    if (outcome !== 'none') expect(warned.at(-1)).toMatchObject([{ outcome }, expect.any(String)])
    expect(JSON.stringify(warned)).not.toMatch(new RegExp(`${MUMBLED}|sk-of-the-bureau|${model.url}`))
    expect(town.problems).toEqual([])
  })

  test('a port where nobody listens', async () => {
    const town = await walkingOwner({ url: `http://127.0.0.1:${await freePort()}/v1` })
    await town.say(owner, MUMBLED)
    expect(await replied(town)).toEqual([await ordinaryReply()])
    expect((await figures(town)).asked).toMatchObject({ failed: 1 })
  })

  test('after three failures it is left alone for a minute, then longer; one that is back is asked again', async () => {
    let now = 0
    const model = await standInModel(replies(503, ''))
    const town = await walkingOwner(model, () => now)
    const askedAfter = async (ms: number) => {
      now += ms
      await town.say(owner, MUMBLED)
      return model.asked.length
    }
    expect([await askedAfter(0), await askedAfter(0), await askedAfter(0)]).toEqual([1, 2, 3])
    expect([await askedAfter(0), await askedAfter(59_999)]).toEqual([3, 3])
    expect([await askedAfter(1), await askedAfter(119_999)]).toEqual([4, 4])
    model.answers = says('none')
    expect([await askedAfter(1), await askedAfter(0)]).toEqual([5, 6])
  })
})

describe('what leaves the house', () => {
  test('the question, its facets and the words, and nothing else', async () => {
    const model = await standInModel(says('none'))
    await (await walkingOwner(model)).say(owner, MUMBLED)
    const [{ path, headers, body } = { path: '', headers: {}, body: { model: '', messages: [] } }] = model.asked
    expect([path, headers.authorization, body.model]).toEqual([
      '/v1/chat/completions',
      'Bearer sk-of-the-bureau',
      'stand-in',
    ])
    expect(body.messages.map(({ role }) => role)).toEqual(['system', 'user'])
    const asked = JSON.parse(body.messages[1]?.content ?? '') as object
    expect(Object.keys(asked).sort()).toEqual(['compliantAnswer', 'parts', 'question', 'said'])
    expect(asked).toMatchObject({ question: '现在去看，灭火器都拿得到、指针都在绿区吗？', said: MUMBLED })
    const sent = JSON.stringify([headers, body])
    for (const secret of [
      owner,
      '陈志强',
      '强盛',
      '91440300MA5FABCD1Q',
      '13812345678',
      'town:1',
      'e1',
      'a1"',
      '440307',
    ])
      expect(sent).not.toContain(secret)
  })

  test.each([
    `${MUMBLED}，13812345678`,
    `${MUMBLED} 138 1234 5678`,
    `我陈志强，${MUMBLED}`,
    `强盛五金厂${MUMBLED}`,
    MUMBLED.repeat(30),
  ])('“%s” does not', async (text) => {
    const model = await standInModel(says('good'))
    const town = await walkingOwner(model)
    expect(await town.say(owner, text)).toContain('没看懂')
    expect(model.asked).toEqual([])
  })

  test.each([
    '符合',
    '没压力了',
    '都拿得到',
    '好的',
    '差不多吧',
    '怎么看',
    '依据',
    '暂停',
    '菜单',
    '要交钱吗',
    '我们新装了喷漆房',
    '9',
  ])('“%s” is understood, and does not', async (text) => {
    const model = await standInModel(says('good'))
    const town = await walkingOwner(model)
    await town.say(owner, '进度')
    await town.say(owner, text)
    expect(model.asked).toEqual([])
  })
})

describe('once, and in order', () => {
  test.each([
    ['good', NEUTRAL],
    ['none', '没看懂'],
  ])('a message delivered again, meanwhile or later, is asked about and answered once: %s', async (answer, told) => {
    const model = await standInModel(delayed(100, says(answer)))
    const town = await walkingOwner(model)
    const again = () => handleInbound(town.house, words('m1', MUMBLED))
    await Promise.all([again(), again()])
    await again()
    expect(model.asked).toHaveLength(1)
    expect((await replied(town)).map(({ text }) => text)).toEqual([expect.stringContaining(told)])
  })

  test('handled once more by an operator, it says what it said', async () => {
    const model = await standInModel(says('good'))
    const town = await walkingOwner(model)
    const broken = new Proxy(town.house, {
      get: (house, name) => {
        if (name === 'publicUrl') throw new Error('broken')
        return Reflect.get(house, name)
      },
    })
    await handleInbound(broken, words('m1', MUMBLED))
    expect(town.problems).toHaveLength(1)
    model.answers = says('none')
    expect(await retryInbound(town.house, words('m1', MUMBLED))).toBe(true)
    expect(model.asked).toHaveLength(1)
    expect((await replied(town)).at(-1)?.text).toContain(NEUTRAL)
    await town.say(owner, '1')
    expect((await figures(town)).chosen).toMatchObject({ same: 1 })
  })

  test('what a person says meanwhile waits, is not asked about, and is heard where the first has led', async () => {
    const model = await standInModel(delayed(200, says('good')))
    const town = await walkingOwner(model)
    const begun = performance.now()
    await Promise.all([
      handleInbound(town.house, words('m1', MUMBLED)),
      handleInbound(town.house, words('m2', MUMBLED)),
      handleInbound(town.house, words('m3', '不符合')),
    ])
    expect(performance.now() - begun).toBeLessThan(2 * LIMIT)
    expect(model.asked).toHaveLength(1)
    expect((await replied(town))[0]?.text).toContain(NEUTRAL)
    expect(await marks(town)).toEqual(['extinguishersReady nonconforming'])
  })

  test('others are not held up', async () => {
    const town = await walkingOwner(await standInModel(delayed(LIMIT * 8, says('good'))))
    let isAnswered = false
    const asking = handleInbound(town.house, words('m1', MUMBLED)).then(() => {
      isAnswered = true
    })
    await town.say('huang', '你好')
    expect(isAnswered).toBe(false)
    await asking
  })

  test('a proposal for a question that another process has led on from is dropped', async () => {
    const model = await standInModel(delayed(200, says('good')))
    const town = await walkingOwner(model)
    const { model: _, ...elsewhere } = town.house
    const asking = handleInbound(town.house, words('m1', MUMBLED))
    await expect.poll(() => model.asked.length).toBe(1)
    await handleInbound(elsewhere, words('m2', '符合'))
    await asking
    expect(await marks(town)).toEqual(['extinguishersReady conforming'])
    expect((await replied(town)).at(-1)?.text).toContain(`没看懂“${MUMBLED}”`)
  })
})

test('the compiler lets nobody record a proposal', () => {
  const proposal: Proposal = { message: 'm', leans: 'good' }
  const accepted: WalkEvent = { type: 'answer.proposed', proposal }
  // @ts-expect-error a proposal is no finding
  const suspected: WalkEvent = { type: 'answer.suspected', finding: proposal }
  // @ts-expect-error nor is what it leans to
  const corrected: WalkEvent = { type: 'correction.heard', position: 0, to: proposal.leans }
  // @ts-expect-error nor can it be a mark on the sheet
  const mark: Mark = proposal.leans
  expect([accepted, suspected, corrected, mark]).toHaveLength(4)
})
