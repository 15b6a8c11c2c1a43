import { describe, expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import { advance } from '../../flows/advance.ts'
import { reviewDeskFlow } from '../../flows/review-desk/index.ts'
import { type ReviewDeskContext, reviewDesk } from '../../flows/review-desk/review-desk.machine.ts'
import type { DeskEvent, DeskState } from '../../flows/review-desk/screens.ts'
import { handleInbound } from '../../src/conversation/handle-inbound.ts'
import { hear } from '../../src/conversation/hear.ts'
import type { ConversationHouse } from '../../src/conversation/house.ts'
import { translators } from '../../src/i18n/translator.ts'
import type { InboundContent, Reply } from '../../src/message/index.ts'
import { labelled } from '../../src/replies/show.ts'
import { type Filing, fileApplication, refileApplication } from '../../src/standardization/index.ts'
import { applicationById } from '../../src/storage/applications.ts'
import { conversationOf } from '../../src/storage/conversations.ts'
import { usualRates } from '../../src/storage/outbox.ts'
import { removeRegulator } from '../../src/storage/regulators.ts'
import { deskEvents } from '../flows/desk-events.ts'
import { content, placeAt } from '../flows/desk-places.ts'
import { wordsIn } from '../flows/table-of-screens.ts'
import {
  appoint,
  enterpriseIn,
  houseOn,
  LONGGANG,
  NANSHAN,
  type TestHouse,
  walkOf,
} from '../standardization/standing-house.ts'
import { onSqlite } from '../support/databases.ts'

const words = (text: string): InboundContent => ({ type: 'text', text })
const chosen = (key: string, taskId = 'p1'): InboundContent => ({
  type: 'cardTap',
  taskId,
  key,
  cardType: 'button_interaction',
  responseCode: 'code',
  selections: [],
})

const inHand = { applicationId: 'a-1', round: 1 }
const findings = [{ number: 14, reason: '照片看不清' }]
const refusal = { decision: 'reject', reason: '与现场不符' } as const

const contexts: Readonly<Record<DeskState, Partial<ReviewDeskContext>>> = {
  atDesk: { showing: 'queue' },
  decidingClaim: {},
  confirmingApproval: { inHand },
  returning: { inHand },
  confirmingReturn: { inHand, findings },
  confirmingRefusal: { inHand, refusal },
}

const approved: DeskEvent = { type: 'application.approved', ...inHand }
const returned: DeskEvent = { type: 'return.confirmed', findings, ...inHand }
const refused: DeskEvent = { type: 'refusal.confirmed', refusal, ...inHand }

const speaking = { t: translators['zh-CN'], language: 'zh-CN', today: '2026-11-24', publicUrl: '' } as const

/** The event, or undefined when it means nothing there. */
function heardAt(value: DeskState, said: InboundContent) {
  const place = placeAt(value, contexts[value])
  const options = reviewDeskFlow
    .screen(place)
    .options.map(({ key, label }) => ({ key, label: labelled(label, { ...place, ...speaking }) }))
  const heard = hear(
    { dedupeKey: 'd', contact: 'app:wang', sentAt: new Date(0), content: said },
    {
      flow: reviewDeskFlow,
      place,
      prompt: said.type === 'cardTap' || options.length > 0 ? { id: 'p1', kind: 'choice', options } : null,
      words: wordsIn('zh-CN'),
      site: undefined,
      today: '2026-11-24',
    },
  )
  return heard.for === 'flow' ? heard.event : undefined
}

describe('what a regulator says', () => {
  test.for<[string, InboundContent, DeskEvent]>([
    [
      'tapped on a push',
      chosen('review.approve.a-1.2'),
      { type: 'application.approved', applicationId: 'a-1', round: 2 },
    ],
    ['tapped on a push that names no round', chosen('review.approve.a-1'), { type: 'approval.asked', subject: 'a-1' }],
    ['tapped on a push to return', chosen('review.return.a-1'), { type: 'return.asked', subject: 'a-1' }],
    ['chosen in a list: asked back', chosen('queue.approve.a-1'), { type: 'approval.asked', subject: 'a-1' }],
    [
      'typed with the whole number',
      words('通过 sz-lg-2026-000123'),
      { type: 'approval.asked', subject: 'SZ-LG-2026-000123' },
    ],
    ['typed with the end of the number', words('通过000123'), { type: 'approval.asked', subject: '000123' }],
    ['full-width', words('退回　１２３'), { type: 'return.asked', subject: '123' }],
    ['traditional', words('通過 123 號'), { type: 'approval.asked', subject: '123' }],
    ['English', words('Return SZ-LOH-2026-000007'), { type: 'return.asked', subject: 'SZ-LOH-2026-000007' }],
    ['a word alone asks of which', words('通过'), { type: 'queue.asked' }],
    ['a number alone asks of which', words('1'), { type: 'queue.asked' }],
    [
      'a rejection with its reason',
      words('不通过 sz-lg-2026-000123：多处与现场不符。\n2025年的也是'),
      {
        type: 'refusal.asked',
        subject: 'SZ-LG-2026-000123',
        refusal: { decision: 'reject', reason: '多处与现场不符。\n2025年的也是' },
      },
    ],
    [
      'a revocation with its reason',
      words('撤銷 123 號 重大隱患沒有改'),
      { type: 'refusal.asked', subject: '123', refusal: { decision: 'revoke', reason: '重大隱患沒有改' } },
    ],
    ['a revocation without a reason', words('撤销 123'), { type: 'help.asked' }],
    ['the list', words('待办'), { type: 'queue.asked' }],
    ['a refusal is no approval', words('不通过 123'), { type: 'help.asked' }],
    ['a question is no approval', words('通过 123 吗'), { type: 'help.asked' }],
    ['anything else', words('吃饭了没'), { type: 'help.asked' }],
    ['a command', words('菜单'), { type: 'help.asked' }],
    [
      'the name of an enterprise',
      words('退回强盛金属'),
      { type: 'enterprise.named', decision: 'return', name: '强盛金属' },
    ],
    [
      'the name in traditional characters, as it was written',
      words('通過 強盛'),
      { type: 'enterprise.named', decision: 'approve', name: '強盛' },
    ],
  ])('%s', ([, heard, event]) => {
    expect(heardAt('atDesk', heard)).toEqual(event)
  })

  test.for<[string, string, DeskEvent]>([
    ['one line', '14 照片看不清', { type: 'reasons.given', findings: [{ number: 14, reason: '照片看不清' }] }],
    ['no space', '14照片看不清', { type: 'reasons.given', findings: [{ number: 14, reason: '照片看不清' }] }],
    ['第…题：', '第14题：照片看不清', { type: 'reasons.given', findings: [{ number: 14, reason: '照片看不清' }] }],
    [
      'a reason that begins with a year',
      '27、2025年的记录缺日期',
      { type: 'reasons.given', findings: [{ number: 27, reason: '2025年的记录缺日期' }] },
    ],
    [
      'several lines, one item twice',
      '14 照片看不清\n\n27：缺日期\r\n14 再拍铭牌',
      {
        type: 'reasons.given',
        findings: [
          { number: 14, reason: '照片看不清\n再拍铭牌' },
          { number: 27, reason: '缺日期' },
        ],
      },
    ],
    ['a number without a reason', '14 照片看不清\n27', { type: 'reasons.malformed', line: '27' }],
    ['a reason without a number', '照片都看不清', { type: 'reasons.malformed', line: '照片都看不清' }],
    ['only punctuation', '14。', { type: 'reasons.malformed', line: '14。' }],
    [
      'what an owner would correct or ask',
      '3 不符合\n14 错了，为什么没有照片？',
      {
        type: 'reasons.given',
        findings: [
          { number: 3, reason: '不符合' },
          { number: 14, reason: '错了,为什么没有照片?' },
        ],
      },
    ],
    [
      'what corrects an answer',
      '第14题应该是不符合',
      { type: 'reasons.given', findings: [{ number: 14, reason: '应该是不符合' }] },
    ],
    [
      'what an owner could ask',
      '27 什么时候公告?',
      { type: 'reasons.given', findings: [{ number: 27, reason: '什么时候公告?' }] },
    ],
    ['cancelled', '算了', { type: 'return.cancelled' }],
    ['another application', '通过 123', { type: 'approval.asked', subject: '123' }],
  ])('reasons: %s', ([, text, event]) => {
    expect(heardAt('returning', words(text))).toEqual(event)
  })

  test.for<[string, DeskState, string, DeskEvent | undefined]>([
    ['yes to an approval', 'confirmingApproval', '确认', approved],
    ['no to an approval', 'confirmingApproval', '先不', { type: 'approval.cancelled' }],
    ['returning is no yes to an approval', 'confirmingApproval', '退回', { type: 'approval.cancelled' }],
    ['mumbling is no yes', 'confirmingApproval', '嗯…应该可以吧', undefined],
    ['yes to a rejection', 'confirmingRefusal', '确认', refused],
    ['approving is no yes to a rejection', 'confirmingRefusal', '通过', undefined],
    ['no to a rejection', 'confirmingRefusal', '不', { type: 'refusal.cancelled' }],
    ['yes to a return', 'confirmingReturn', '退回', returned],
    ['approving is no yes to a return', 'confirmingReturn', '通过', { type: 'reasons.malformed', line: '通过' }],
    ['no to a return', 'confirmingReturn', '取消', { type: 'return.cancelled' }],
    [
      'written anew',
      'confirmingReturn',
      '3 补照片',
      { type: 'reasons.given', findings: [{ number: 3, reason: '补照片' }] },
    ],
  ])('%s', ([, value, text, event]) => {
    expect(heardAt(value, words(text))).toEqual(event)
  })
})

describe('the machine', () => {
  const paths = getShortestPaths(reviewDesk, { events: deskEvents, serializeState: ({ value }) => String(value) })

  test('reaches every state', () => {
    expect(paths.map(({ state }) => state.value).sort()).toEqual(Object.keys(reviewDesk.states).sort())
  })

  test.for(paths.map(({ state }) => state))('can be left in $value', (snapshot) => {
    expect(advance(reviewDesk, snapshot, { type: 'queue.asked' }).snapshot.value).toBe('atDesk')
  })

  test('nothing but a tap on its own push and a yes to the question approves, and both say which round', () => {
    const approving = paths.flatMap(({ state }) =>
      deskEvents.flatMap((event) =>
        advance(reviewDesk, state, event).effects.flatMap((effect) =>
          effect.type === 'approveApplication' ? `${event.type} ${effect.applicationId} ${effect.round}` : [],
        ),
      ),
    )
    expect([...new Set(approving)]).toEqual(['application.approved a-1 1'])
    const offering = paths.filter(({ state: { value, context } }) =>
      reviewDeskFlow
        .screen(placeAt(String(value), { ...context, inHand: context.inHand && inHand }))
        .options.some(({ event }) => event.type === 'application.approved'),
    )
    expect(offering.map(({ state }) => state.value)).toEqual(['confirmingApproval'])
  })
})

onSqlite((database) => {
  let messages = 0
  /** A regulator's chat: one line in, what is said out. */
  const deskOf = (house: TestHouse, userId: string) => {
    const contact = `app:${userId}`
    const talking: ConversationHouse = {
      ...content,
      ...house,
      policyId: 'shenzhen-trial',
      checklists: new Map(),
      rates: usualRates,
      log: {
        error: ({ err }) => {
          throw err
        },
      },
    }
    const stored = () => house.database.inTransaction(contact, (trx) => conversationOf(trx, contact))
    return async (said: InboundContent) => {
      const { db } = house.database
      const prompt = (await stored())?.prompt
      const content = said.type === 'cardTap' && prompt ? { ...said, taskId: prompt.id } : said
      const dedupeKey = `desk:${++messages}`
      await handleInbound(talking, { dedupeKey, contact, sentAt: house.clock(), content })
      const { body } = await db
        .selectFrom('outbox')
        .select('body')
        .where('unique_key', '=', `reply:${dedupeKey}`)
        .executeTakeFirstOrThrow()
      const reply = JSON.parse(body) as Reply
      const lines = reply.text.split('\n')
      const { context } = JSON.parse((await stored())?.snapshot ?? '') as {
        context: ReviewDeskContext
      }
      return {
        body: lines.filter((line) => !line.includes('https:')).join('\n'),
        link: lines.find((line) => line.includes('https:')) ?? '',
        keys: (reply.prompt?.options ?? []).map(({ key }) => key),
        problem: context.problem,
      }
    }
  }
  const filedAs = (house: TestHouse, filing: Filing, file = fileApplication) =>
    house.database.inTransaction('test', (trx) => file(trx, house, filing))
  const filedIn = async (house: TestHouse, district = LONGGANG) =>
    filedAs(house, await walkOf(house, (await enterpriseIn(house, { district })).id))
  const stateOf = async (house: TestHouse, id: string) => (await applicationById(house.database.db, id))?.state
  const open = async () => {
    const house = houseOn(database())
    await appoint(house, { userId: 'wang' })
    await appoint(house, { userId: 'nan', district: NANSHAN })
    return house
  }

  describe('the desk', () => {
    test('returns an application in three messages', async () => {
      const house = await open()
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')

      expect((await say(chosen(`review.return.${applicationId}`))).body).toContain('要补哪几题')
      expect(await stateOf(house, applicationId)).toBe('underReview')
      const confirm = await say(words('2 照片看不清'))
      expect(confirm.body).toMatch(/请企业补 1 处：\n第 2 题“.+”：照片看不清/)
      expect(confirm.keys).toEqual(['return.confirmed', 'return.cancelled'])
      expect((await say(chosen('return.confirmed'))).body).toContain('已退回')
      expect(await stateOf(house, applicationId)).toBe('returned')
    })

    test('a number no question has is asked for again', async () => {
      const house = await open()
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')
      await say(chosen(`review.return.${applicationId}`))
      expect((await say(words('400 照片看不清'))).body).toContain('没有第 400 题')
      expect((await say(words('4 照片看不清'))).body).toContain('请企业补 1 处')
      expect(await stateOf(house, applicationId)).toBe('underReview')
    })

    test('a typed approval names the enterprise before it does anything', async () => {
      const house = await open()
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')
      const asked = await say(words('通过 1'))
      expect(asked.body).toContain('通过 强盛金属制品有限公司（龙岗区，SZ-LG-2026-000001）？')
      expect(await stateOf(house, applicationId)).toBe('filed')
      expect((await say(words('确认'))).body).toContain('已公告，有效期至 2029年11月23日')
    })

    test('a card that a colleague was faster on says who and when', async () => {
      const house = await open()
      await appoint(house, { userId: 'li' })
      const { applicationId } = await filedIn(house)
      await deskOf(house, 'li')(chosen(`review.approve.${applicationId}.1`))
      const say = deskOf(house, 'wang')
      const late = await say(chosen(`review.approve.${applicationId}.1`))
      expect(late.body).toBe(
        '强盛金属制品有限公司（SZ-LG-2026-000001）已由 li 在 11月23日 处理，现在是“已公告”。这次没有改动。',
      )
      expect((await say(chosen(`review.return.${applicationId}`))).body).toContain('已由 li')
      expect((await say(words('待办'))).body).toContain('现在没有')
    })

    test('of another district there is nothing to be seen, whatever it is called by', async () => {
      const house = await open()
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'nan')
      for (const heard of [
        chosen(`review.approve.${applicationId}.1`),
        chosen(`review.return.${applicationId}`),
        words('通过 SZ-LG-2026-000001'),
        words('退回 000001'),
      ]) {
        const { problem, body } = await say(heard)
        expect(problem).toMatchObject({ kind: 'notFound' })
        expect(body).not.toContain('强盛')
      }
      expect((await say(words('待办'))).body).toBe('现在没有等您审查的申报。有新的我马上推给您。')
      expect(await stateOf(house, applicationId)).toBe('filed')
    })

    test('what does not exist and what is not yours sound the same', async () => {
      const house = await open()
      await filedIn(house)
      const say = deskOf(house, 'nan')
      const real = (await say(words('通过 SZ-LG-2026-000001'))).body
      const invented = (await say(words('通过 SZ-LG-2026-000002'))).body
      expect(real.replace('000001', '000002')).toBe(invented)
    })

    test('one that waits is offered with its buttons, several with their numbers', async () => {
      const house = await open()
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')
      expect((await say(words('通过'))).keys).toEqual([
        `queue.approve.${applicationId}`,
        `queue.return.${applicationId}`,
      ])
      await filedIn(house)
      const list = await say(words('待办'))
      expect(list.keys).toEqual([])
      expect(list.link).toContain('/console/enter?user=wang')
      expect(list.body).toContain('有 2 份')
      expect(list.body).toContain('000001 强盛金属制品有限公司（龙岗区）')
    })

    test('a reviewer is offered to return only, and hears that approving is for an approver', async () => {
      const house = await open()
      await appoint(house, { userId: 'zhao', role: 'reviewer' })
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'zhao')
      expect((await say(words('待办'))).keys).toEqual([`queue.return.${applicationId}`])
      for (const heard of [chosen(`review.approve.${applicationId}.1`), words('通过 1'), words('确认')])
        expect((await say(heard)).body).toBe(
          '强盛金属制品有限公司（SZ-LG-2026-000001）：通过、不通过和撤销要由审批人来定，您可以退回。这次没有改动。',
        )
      expect(await stateOf(house, applicationId)).toBe('filed')
      for (const heard of [words('不通过 1 与现场不符'), words('确认')])
        expect((await say(heard)).problem).toEqual({ kind: 'approverNeeded' })
      expect(await stateOf(house, applicationId)).toBe('filed')
      expect((await say(words('退回 1'))).body).toContain('要补哪几题')
    })

    test('a short number that fits two districts asks for the whole one', async () => {
      const house = await open()
      await appoint(house, { userId: 'wang', district: NANSHAN })
      await filedIn(house)
      await filedIn(house, NANSHAN)
      const { problem, body } = await deskOf(house, 'wang')(words('通过 1'))
      expect(problem).toMatchObject({ kind: 'several', applicationIds: [expect.any(String), expect.any(String)] })
      expect(body).toContain('SZ-LG-2026-000001 强盛')
      expect(body).toContain('SZ-NS-2026-000001 强盛')
    })

    test('a yes that is typed means the round that was asked about, not what was filed since', async () => {
      const house = await open()
      await appoint(house, { userId: 'li' })
      const filing = await walkOf(house, (await enterpriseIn(house)).id)
      const { applicationId } = await filedAs(house, filing)
      const [li, wang] = [deskOf(house, 'li'), deskOf(house, 'wang')]
      expect((await li(words('通过 000001'))).body).toContain('通过 强盛金属制品有限公司')

      await wang(chosen(`review.return.${applicationId}`))
      await wang(words('2 照片看不清'))
      await wang(words('确认'))
      expect(await stateOf(house, applicationId)).toBe('returned')
      await filedAs(house, filing, refileApplication)

      const asked = await li(words('确认'))
      expect(await stateOf(house, applicationId)).toBe('filed')
      expect(asked.body).toMatch(/^企业后来重新提交过.+\n通过 强盛金属制品有限公司/)
      expect(asked.keys).toEqual([`review.approve.${applicationId}.2`, 'approval.cancelled'])
      expect((await li(words('确认'))).body).toContain('已通过')
    })

    test('reasons that were written on one round do not return the next', async () => {
      const house = await open()
      await appoint(house, { userId: 'li' })
      const filing = await walkOf(house, (await enterpriseIn(house)).id)
      const { applicationId } = await filedAs(house, filing)
      const [li, wang] = [deskOf(house, 'li'), deskOf(house, 'wang')]
      for (const say of [li, wang]) {
        await say(words('退回 1'))
        await say(words('2 照片看不清'))
      }
      expect((await wang(words('确认'))).body).toContain('已退回')
      await filedAs(house, filing, refileApplication)

      expect((await li(words('确认'))).body).toMatch(/^企业后来重新提交过.+\n退回 强盛金属制品有限公司/)
      expect(await stateOf(house, applicationId)).toBe('underReview')
    })

    test('an enterprise that waits alone may be called by its name', async () => {
      const house = await open()
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')
      expect((await say(words('通过强盛金属'))).body).toContain(
        '通过 强盛金属制品有限公司（龙岗区，SZ-LG-2026-000001）？',
      )
      expect(await stateOf(house, applicationId)).toBe('filed')
      await say(words('先不'))
      for (const said of ['同意你的看法', '批准书在哪里']) expect((await say(words(said))).body).toContain('审查台')
      await filedIn(house)
      expect((await say(words('退回 强盛'))).problem).toMatchObject({ kind: 'several' })
    })

    test('what was waiting when the list was shown and is decided says so, whatever waits now', async () => {
      const house = await open()
      await appoint(house, { userId: 'li' })
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')
      await say(words('待办'))
      await deskOf(house, 'li')(chosen(`review.approve.${applicationId}.1`))
      expect((await say(chosen(`queue.approve.${applicationId}`))).body).toContain('已由 li')
    })

    test('who is no longer responsible for what is in hand sees what waits instead, and decides nothing', async () => {
      const house = await open()
      await appoint(house, { userId: 'wang', district: NANSHAN })
      const { applicationId } = await filedIn(house)
      const say = deskOf(house, 'wang')
      await say(words('通过 1'))
      await house.database.inTransaction('test', (trx) => removeRegulator(trx, 'wang', LONGGANG))
      const after = await say(words('确认'))
      expect(after.body).not.toContain('强盛')
      expect(await stateOf(house, applicationId)).toBe('filed')
    })
  })
})
