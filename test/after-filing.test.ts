import { describe, expect, test } from 'vitest'
import { acceptHazard, hazardRegister } from '../src/rectification/index.ts'
import {
  approveApplication,
  rejectApplication,
  returnApplication,
  revokeListing,
} from '../src/standardization/index.ts'
import { evidenceOf } from '../src/storage/evidence.ts'
import { objectionsOf } from '../src/storage/objections.ts'
import { owner, ownerAtHome, picture } from './support/owner-at-home.ts'
import type { Town } from './support/town.ts'

const regulator = 'jianguan-440307'

type Decide = (...given: Parameters<typeof approveApplication>) => Promise<{ readonly type: string }>

const decided = ({ house }: Town, decide: Decide) =>
  house.database.inTransaction('regulator', async (trx) => {
    const { id } = await trx.selectFrom('applications').select('id').executeTakeFirstOrThrow()
    expect(await decide(trx, house, { applicationId: id, regulator, at: house.clock() })).toMatchObject({ type: 'ok' })
  })

const rejected = (town: Town) =>
  decided(town, (trx, house, deciding) => rejectApplication(trx, house, { ...deciding, reason: '与现场不符' }))

const register = async ({ house }: Town) =>
  (await hazardRegister(house.database.db, 'e1')).map(({ number, state, dueOn, person, evidenceId }) => ({
    number,
    state,
    dueOn,
    person,
    evidenceId,
  }))

const states = async ({ house }: Town) =>
  (await house.database.db.selectFrom('applications').select('state').execute()).map(({ state }) => state)

const toldTo = ({ transcript }: Town, person: string) => transcript.filter((line) => line.startsWith(`　→ ${person}`))

describe('what was found is put right from home (D6, D9)', () => {
  const oneHazard = { hazards: ['extinguishersReady'] }
  const twoHazards = { hazards: ['extinguishersReady', 'operatingRules'] }

  test('the register is read in the chat, and where it can be downloaded', async () => {
    const said = await (await ownerAtHome(twoHazards)).say(owner, '隐患台账')
    expect(said).toContain('还有 2 条隐患没改好')
    expect(said).toContain('①')
    expect(said).toMatch(/http:\/\/localhost\/hazards\/\S+\.xlsx/)
  })

  test.each(['改好了', '第①条改好了', '第1条整改好了', '已整改'])(
    '“%s” asks for a photo, and only a yes records it',
    async (words) => {
      const town = await ownerAtHome(oneHazard)
      expect(await town.say(owner, words)).toContain('拍张改好以后的照片发来')
      expect(await town.sendPhoto(owner, await picture())).toContain('这是改好以后拍的吗')
      expect(await register(town)).toMatchObject([{ state: 'open' }])
      expect(await town.say(owner, '是')).toContain('第①条已改好，照片在台账里')
      const [photo] = await evidenceOf(town.house.database.db, 'a1')
      expect(photo).toMatchObject({ itemId: 'extinguishersReady', position: 2, rectifies: true })
      expect(await register(town)).toMatchObject([{ state: 'done', evidenceId: photo?.id }])
      expect(town.problems).toEqual([])
    },
  )

  test('D1: a photo alone puts nothing right, nor does one of before', async () => {
    const town = await ownerAtHome(oneHazard)
    expect(await town.sendPhoto(owner, await picture())).toContain('这是改好以后拍的吗')
    expect(await town.say(owner, '不是，还没改')).toContain('还没改好')
    expect(await register(town)).toMatchObject([{ state: 'open', evidenceId: null }])
  })

  test('a general hazard may be done by word, a major one may not', async () => {
    const general = await ownerAtHome(oneHazard)
    await general.say(owner, '改好了')
    expect(await general.tap(owner, '拍不了，已改好')).toContain('第①条已改好')
    expect(await register(general)).toMatchObject([{ state: 'done', evidenceId: null }])

    const major = await ownerAtHome({ major: 'wiringTidy' })
    expect(await major.say(owner, '改好了')).toContain('要有照片才算改好')
    expect(await major.say(owner, '改好了')).not.toContain('拍不了')
    expect(await register(major)).toMatchObject([{ state: 'open' }])
  })

  test('of several it is asked which, with a photo that has come in hand', async () => {
    const town = await ownerAtHome(twoHazards)
    expect(await town.sendPhoto(owner, await picture())).toContain('是哪一条改好以后拍的')
    expect(await town.tap(owner, '②')).toContain('这是改好以后拍的吗')
    await town.say(owner, '是')
    expect((await register(town)).map(({ state }) => state)).toEqual(['open', 'done'])
    expect(await town.say(owner, '改好了')).toContain('拍张改好以后的照片发来')
  })

  test('a number is the number in the register, on the card as in the text', async () => {
    const town = await ownerAtHome({
      hazards: ['operatingRules', 'newWorkerTraining', 'extinguishersReady', 'wiringTidy'],
    })
    for (const line of ['第1条改好了', '拍不了，已改好', '第2条改好了', '拍不了，已改好']) await town.say(owner, line)
    const heard = await town.say(owner, '改好了')
    expect(heard).toMatch(/③.*④/s)
    expect(heard).toContain('3 ③　4 ④　5 先不办')
    for (const [number, mark] of [
      ['4', '④'],
      ['3', '③'],
    ] as const) {
      expect(await town.say(owner, number)).toContain(`${mark} `)
      await town.say(owner, '还没改好')
      await town.say(owner, '改好了')
    }
    expect(await town.say(owner, '1')).toContain('没看懂“1”')
    expect(await town.say(owner, '5')).not.toContain('哪一条')
    expect((await register(town)).map(({ state }) => state)).toEqual(['done', 'done', 'open', 'open'])
  })

  test('a photo that cannot be opened puts nothing right', async () => {
    const town = await ownerAtHome(oneHazard)
    await town.say(owner, '改好了')
    expect(await town.sendPhoto(owner, Buffer.from('broken'))).toContain('还算没改好，请再拍一张')
    expect(await register(town)).toMatchObject([{ state: 'open' }])
  })

  test.each([
    ['改到12月20号', '2026-12-20'],
    ['两周后', '2026-12-08'],
  ])('“%s” sets the day of the only open hazard', async (words, dueOn) => {
    const town = await ownerAtHome(oneHazard)
    expect(await town.say(owner, words)).toContain('到时我提醒您')
    expect(await register(town)).toMatchObject([{ dueOn }])
  })

  test('of several it is asked which; what is refused is told why', async () => {
    const town = await ownerAtHome(twoHazards)
    expect(await town.say(owner, '改到12月20号')).toContain('哪一条改到12月20日')
    expect(await town.say(owner, '第②条')).toContain('第②条改到12月20日')
    await town.say(owner, '第2条')
    expect(await town.tap(owner, '改日期')).toContain('改到哪天')
    expect(await town.say(owner, '2028年12月20号')).toContain('最晚只能定到')
    await town.say(owner, '第2条')
    await town.tap(owner, '改日期')
    expect(await town.say(owner, '2026年11月1号')).toContain('已经过了')
    expect((await register(town))[1]).toMatchObject({ dueOn: '2026-12-20' })
  })

  test.each(['让黄伟负责', '第1条让黄伟负责', '责任人改成黄伟'])('“%s” names who sees to it', async (words) => {
    const town = await ownerAtHome(oneHazard)
    expect(await town.say(owner, words)).toContain('由黄伟负责')
    expect(await register(town)).toMatchObject([{ person: '黄伟' }])
  })

  test('the buttons of a reminder stay good; what the regulator has accepted is shown', async () => {
    const town = await ownerAtHome(oneHazard)
    const [hazard] = await hazardRegister(town.house.database.db, 'e1')
    const key = `go.hazard.${hazard?.id}`
    const tapped = () =>
      town.send(owner, {
        type: 'cardTap',
        taskId: 'r-1',
        key,
        cardType: 'button_interaction',
        responseCode: 'c',
        selections: [],
      })
    expect(await tapped()).toContain('拍张改好以后的照片发来')
    await town.tap(owner, '拍不了，已改好')
    expect(await tapped()).toContain('已经记着改好了')
    await town.house.database.inTransaction('regulator', (trx) =>
      acceptHazard(trx, town.house, {
        enterpriseId: 'e1',
        hazardId: hazard?.id ?? '',
        regulator,
        at: town.house.clock(),
      }),
    )
    expect(await town.say(owner, '隐患台账')).toContain('11月24日验收')
  })
})

describe('withdrawing (D9)', () => {
  test('is asked back by number and consequence, and then done', async () => {
    const town = await ownerAtHome()
    const asked = await town.say(owner, '我要撤回申报')
    expect(asked).toContain('要撤回申报 SZ-LG-2026-000001 吗')
    expect(asked).toContain('重新自评')
    expect(await states(town)).toEqual(['filed'])
    expect(await town.tap(owner, '撤回')).toContain('已撤回，也告诉了龙岗区应急管理局')
    expect(await states(town)).toEqual(['withdrawn'])
    await town.wait(1)
    expect(toldTo(town, regulator).join('\n')).toContain('撤回了申报（SZ-LG-2026-000001）')
    expect(await town.say(owner, '进度')).toContain('1 开始自评')
    await town.wait(30)
    expect(toldTo(town, owner).join('\n')).not.toContain('还没有审查结果')
    expect(town.problems).toEqual([])
  })

  test('what is not wanted is not done, and what is decided cannot be', async () => {
    const town = await ownerAtHome()
    await town.say(owner, '撤回申报')
    expect(await town.say(owner, '不撤回')).toContain('没有动')
    expect(await states(town)).toEqual(['filed'])
    await rejected(town)
    expect(await town.say(owner, '撤回申报')).toContain('撤回不了')
  })
})

describe('what was filed can be seen (D9, D16)', () => {
  test.each(['查看答案', '看看我报了什么'])('“%s” shows it by section, with findings and questions', async (words) => {
    const town = await ownerAtHome({ hazards: ['operatingRules'] })
    const said = await town.say(owner, words)
    expect(said).toContain('11月24日报上去的回答')
    expect(said).toMatch(/1 不符合：\S+/)
    expect(await town.tap(owner, '看下一块')).toContain('2 符合：')
    expect(await town.say(owner, '看完了')).toContain('正在审查')
  })

  test('nothing is pretended of the report', async () => {
    const said = await (await ownerAtHome()).say(owner, '把自评报告发给我')
    expect(said).toContain('自评报告现在还做不了')
  })
})

describe('against a decision', () => {
  test('an owner writes, sees it once more, and the regulators read it word for word', async () => {
    const town = await ownerAtHome()
    await rejected(town)
    expect(await town.say(owner, '进度')).toContain('写陈述申辩')
    expect(await town.tap(owner, '写陈述申辩')).toContain('哪里不对')
    const words = '审查那天灭火器刚送去年检，照片是检之前的，现在都装回去了。'
    expect(await town.say(owner, words)).toContain(words)
    expect(await objectionsOf(town.house.database.db, await idOf(town))).toEqual([])
    expect(await town.tap(owner, '转给他们')).toContain('已转给龙岗区应急管理局')
    expect(await objectionsOf(town.house.database.db, await idOf(town))).toMatchObject([{ text: words }])
    await town.wait(1)
    expect(toldTo(town, regulator).join('\n')).toContain(words)
  })

  test.each(['为什么罚款？你们会不会来现场看一下', '多久能批？灭火器早就装好了', '我要投诉，人工', '进度', '查看答案'])(
    '“%s” is what the owner writes, and no question to the bot',
    async (words) => {
      const town = await ownerAtHome()
      await rejected(town)
      await town.say(owner, '写陈述申辩')
      expect(await town.say(owner, words)).toContain(`您写的是：\n${words}`)
      expect(await town.say(owner, words)).toContain(`您写的是：\n${words}\n${words}`)
      await town.tap(owner, '转给他们')
      expect(await objectionsOf(town.house.database.db, await idOf(town))).toMatchObject([
        { text: `${words}\n${words}` },
      ])
    },
  )

  test.each(['返回', '取消', '算了', '不写了'])('the way out is offered: “%s” sends nothing', async (words) => {
    const town = await ownerAtHome()
    await rejected(town)
    expect(await town.say(owner, '写陈述申辩')).toContain('不写了，回“返回”或“取消”')
    expect(await town.say(owner, words)).toContain('没有通过')
    await town.say(owner, '写陈述申辩')
    expect(await town.say(owner, '照片是检之前的')).toContain('不写了，回“返回”或“取消”')
    expect(await town.say(owner, words)).toContain('没有通过')
    expect(await objectionsOf(town.house.database.db, await idOf(town))).toEqual([])
  })

  test('there is nothing to object to before', async () => {
    expect(await (await ownerAtHome()).say(owner, '我不服')).toContain('用不着申辩')
  })

  const idOf = async ({ house }: Town) =>
    (await house.database.db.selectFrom('applications').select('id').executeTakeFirstOrThrow()).id
})

describe('what has changed at the enterprise (D5, D9)', () => {
  test.each([
    ['我搬厂了', '哪个区'],
    ['我要修改联系人', '姓名'],
    ['厂里新装了喷漆房', '厂里有'],
  ])('“%s” opens what is on record', async (words, asked) => {
    const town = await ownerAtHome()
    expect(await town.say(owner, words)).toContain(asked)
    expect(town.problems).toEqual([])
  })

  test('a factory that closes is asked back, told on, and not reminded any more; its listing stands', async () => {
    const town = await ownerAtHome({ hazards: ['operatingRules'] })
    await decided(town, approveApplication)
    expect(await town.say(owner, '我们厂关门了')).toContain('由他们决定')
    expect(await town.tap(owner, '是，关停了')).toContain('也告诉了龙岗区应急管理局')
    expect(await states(town)).toEqual(['announced'])
    await town.wait(1)
    expect(toldTo(town, regulator).join('\n')).toContain('关停')
    const before = toldTo(town, owner).length
    await town.wait(400)
    expect(toldTo(town, owner).slice(before)).toEqual([])
    expect(await town.say(owner, '再提醒我')).toContain('到时候我再提醒您')
  })

  test('saying no changes nothing', async () => {
    const town = await ownerAtHome()
    await town.say(owner, '我们厂关门了')
    expect(await town.say(owner, '不是')).toContain('没有动')
  })
})

describe('a few words', () => {
  test.each(['好的', '谢谢', '收到，辛苦了', '👍'])('“%s” gets a few words and no status', async (words) => {
    expect(await (await ownerAtHome()).say(owner, words)).toBe('不客气，有事随时说。')
  })

  test.each(['今天天气', '我要一个东西', '明天下雨吗'])(
    'D9: “%s” is not understood, and it is said what is',
    async (words) => {
      const said = await (await ownerAtHome()).say(owner, words)
      expect(said).toContain('没看懂')
      expect(said).toContain('还可以回：查看答案、撤回申报、修改登记、换联系人')
    },
  )

  test('reminders are stopped and wanted again', async () => {
    const town = await ownerAtHome({ hazards: ['extinguishersReady'] })
    expect(await town.say(owner, '别提醒了')).toContain('不再提醒')
    await town.wait(60)
    expect(toldTo(town, owner).join('\n')).not.toContain('隐患到期')
    expect(await town.say(owner, '再提醒我')).toContain('再提醒您')
  })

  test('D35: what was returned has its day, and 什么时候要补好 is answered with it', async () => {
    const town = await ownerAtHome()
    const findings = [{ number: 3, reason: '没有看到合格证' }]
    await decided(town, (trx, house, deciding) => returnApplication(trx, house, { ...deciding, findings }))
    for (const words of ['进度', '什么时候要补好？'])
      expect(await town.say(owner, words)).toContain('最晚 2026年12月22日补好')
  })

  test('revoking ends a listing, and can be spoken against', async () => {
    const town = await ownerAtHome()
    await decided(town, approveApplication)
    await decided(town, (trx, house, deciding) => revokeListing(trx, house, { ...deciding, reason: '达不到重点清单' }))
    expect(await town.say(owner, '我要申诉')).toContain('有话要说')
  })
})
