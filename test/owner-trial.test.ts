import { describe, expect, onTestFinished, test } from 'vitest'
import { profileGroups } from '../src/checklist/checklist.ts'
import { readLibrary } from '../src/checklist/load.ts'
import { type Chat, openChat } from '../src/cli/chat.ts'
import { loadContent } from '../src/content.ts'
import { checklistsFolder } from './checklists/support.ts'
import { answeredUntil, machinePhoto, type Talk, talkOf } from './support/careful-owner.ts'

const content = loadContent()

/** A factory as its owner describes it; `ticks` are what is chosen in each list of what is on the site. */
interface Factory {
  readonly trade: string
  readonly people: string
  readonly ticks: readonly string[]
}

const machineShop: Factory = { trade: '五金加工', people: '38人', ticks: ['都没有', '都没有', '都没有'] }
const paintShop: Factory = { trade: '做实木家具的', people: '46人', ticks: ['1 2', '都没有', '都没有'] }
const batteryPlant: Factory = { trade: '电池组装', people: '66人', ticks: ['都没有', '都没有', '都没有'] }

/** An owner at the first question. */
async function walking(factory: Factory = machineShop) {
  const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
  onTestFinished(() => chat.close())
  const talk = talkOf(chat)
  const said = async (...lines: string[]) => {
    let heard = ''
    for (const line of lines) heard = await talk.say(line)
    return heard
  }
  await said('你好', '同意，开始', '91440300MA5FABCD1Q', '强盛金属制品有限公司', '横岗', factory.trade, '对')
  const question = await said(factory.people, '陈志强', '13812345678', ...factory.ticks, '没错，开始答题')
  return { chat, talk, said, question, until: (words: string) => answeredUntil(talk, question, words) }
}

/** What is on record for an item, or nothing. */
const markOf = async (chat: Chat, id: string) => (await chat.answers()).findLast(({ itemId }) => itemId === id)?.mark

const answersOf = async (chat: Chat) => (await chat.answers()).length

const photographed = (talk: Talk) => talk.sendPhoto(machinePhoto)

describe('whoever taps blindly cannot file', () => {
  const trades: Readonly<Record<string, string>> = {
    machinery: '五金加工',
    'light-industry': '做实木家具的',
    'lithium-battery': '电池组装',
    commerce: '超市',
    textile: '做服装的',
    'building-materials': '石材加工',
  }
  const { enterprises } = readLibrary(checklistsFolder)

  test.for(enterprises.map((each) => [each.title, each] as const))('%s', async ([, { industry, headcount, facts }]) => {
    const ticks = profileGroups(content.library.siteProfile, industry).map((group) => {
      const numbers = group.facts.flatMap(({ id }, index) => (facts.includes(id) ? [index + 1] : []))
      return numbers.length > 0 ? numbers.join(' ') : '都没有'
    })
    const { chat, said, question } = await walking({ trade: trades[industry] ?? '', people: `${headcount}人`, ticks })
    const [, questions, photos] = /最多 (\d+) 题，答完再走一圈拍 (\d+) 张照片/.exec(question) ?? []
    let heard = question
    for (let count = 0; count < Number(questions); count++) heard = await said('1')
    expect(heard).toContain(`还差 ${photos} 张照片`)
    for (let count = 0; count < 2 * Number(photos); count++) heard = await said(count % 2 === 0 ? '先不拍' : '1')
    expect(heard).toContain(`还差 ${photos} 张照片`)
    for (const words of ['继续', '跳过', '逐题查看', '没问题，去签承诺', '陈志强', '进度', '暂停', '继续', '下一题'])
      heard = await said(words)
    expect(heard).toContain(`还差 ${photos} 张照片`)
    expect(await chat.outcome()).toMatchObject({ status: 'walking', applicationNumber: null })
  })
})

describe('D1 any photo turns an open major hazard into 已改好', () => {
  async function atHazard() {
    const walk = await walking()
    await walk.until('要证的活')
    await walk.said('不符合')
    return walk
  }
  const licences = 'specialOperatorLicences'

  test('a photo on the hazard card is kept, and puts nothing right', async () => {
    const { chat, talk, said } = await atHazard()
    await said('这个证在哪里考？我拍给你看')
    expect(await photographed(talk)).toContain('照片收到')
    expect(await markOf(chat, licences)).toBe('nonconforming')
  })

  test('nor does one where it keeps the application from being filed', async () => {
    const { chat, talk, said } = await atHazard()
    await answeredUntil(talk, await said('继续下一题'), '现在不能申报')
    expect(await photographed(talk)).toContain('现在不能申报')
    expect(await markOf(chat, licences)).toBe('nonconforming')
  })

  test.each(['不是，还没改', '还没，只是给你看看', '我还没装呢，只是给你看看', '明天才改好', '没有'])(
    'after 已经改好 and a photo, “%s” leaves it open',
    async (words) => {
      const { chat, talk, said } = await atHazard()
      await said('已经改好，拍照')
      expect(await photographed(talk)).toContain('这是改好以后拍的吗？')
      await said(words)
      expect(await markOf(chat, licences)).toBe('nonconforming')
    },
  )

  test.each(['是，改好了', '改好了', '是的，已经改好了', '是的'])(
    'after 已经改好 and a photo, “%s” puts it right',
    async (words) => {
      const { chat, talk, said } = await atHazard()
      await said('已经改好，拍照')
      await photographed(talk)
      await said(words)
      expect(await markOf(chat, licences)).toBe('rectified')
    },
  )

  test.each(['我还没装呢，只是给你看看', '其实还没改好'])(
    'before the photo that is asked for next, “%s” opens it again, and not what that photo is of',
    async (words) => {
      const { chat, talk, said } = await atHazard()
      await answeredUntil(talk, await said('继续下一题'), '现在不能申报')
      await said('已经改好，拍照')
      await photographed(talk)
      expect(await said('是，改好了')).toContain('现在拍：')
      expect(await said(words)).toContain('要改成“不符合”吗？')
      await said('改')
      expect(await markOf(chat, licences)).toBe('nonconforming')
    },
  )

  test.each(['我还没装呢，只是给你看看', '其实还没改好'])('a later “%s” opens it again', async (words) => {
    const { chat, talk, said } = await atHazard()
    await said('已经改好，拍照')
    await photographed(talk)
    await said('是，改好了')
    expect(await said(words)).toContain('要改成“不符合”吗？')
    await said('改')
    expect(await markOf(chat, licences)).toBe('nonconforming')
  })
})

describe('D2 没有这个 excuses what the owner himself declared', () => {
  test('66 people in a battery plant: the number speaks against it', async () => {
    const { chat, said, until } = await walking(batteryPlant)
    await until('安全总监')
    const heard = await said('没有这个')
    expect(heard).toContain('66 人')
    expect(heard).not.toContain('厂里没有')
    await said('厂里没有')
    expect(await markOf(chat, 'safetyDirector')).not.toBe('notApplicable')
  })

  test('solvent paint was ticked: which of the two is right is asked', async () => {
    const { chat, said, until } = await walking(paintShop)
    await until('可燃气体报警器')
    const before = await answersOf(chat)
    expect(await said('没有这个')).toContain('您前面说厂里有“油性漆（非水性漆）”')
    await said('厂里没有')
    expect((await chat.answers()).slice(before)).not.toContainEqual(expect.objectContaining({ mark: 'notApplicable' }))
  })
})

describe('D3 words that answer another question count as 符合', () => {
  const boasts = ['装了', '挂着呢', '固定了', '接地了', '上墙了']

  test.each(boasts)('“%s” is no test of the press', async (words) => {
    const { chat, said, until } = await walking()
    await until('一松手就停吗')
    await said(words)
    expect(await markOf(chat, 'pressGuardsFitted')).toBeUndefined()
  })

  test.each(boasts)('“%s” is no test of the emergency stops now', async (words) => {
    const { chat, said, until } = await walking()
    await until('现在按下去真能停吗')
    await said(words)
    expect(await markOf(chat, 'emergencyStopsWorking')).toBeUndefined()
  })

  test.each(['装了', '挂着呢', '开着机', '备着', '能响'])('“%s” insures nobody', async (words) => {
    const { chat, said, until } = await walking()
    await until('工伤保险')
    await said(words)
    expect(await markOf(chat, 'workInjuryInsurance')).toBeUndefined()
  })

  test('装是装了 gets the half of the question that is open', async () => {
    const { said, until } = await walking(paintShop)
    await until('可燃气体报警器，现在')
    expect(await said('装是装了')).toContain('报警')
  })

  test('a no while the photo is awaited reopens the item', async () => {
    const { chat, said, until } = await walking()
    await until('现在拍：')
    await said('没有', '2')
    expect((await chat.answers()).at(-1)?.mark).toBe('nonconforming')
  })
})

describe('D4 a photo is bound to the wrong question', () => {
  test('it belongs to the question on the screen', async () => {
    const { talk, said, until } = await walking()
    await until('第 6 题')
    expect(await said('修改第3题')).toContain('第 3 题')
    expect(await photographed(talk)).toContain('照片收到，记在第 3 题')
  })

  test('photos are listed, moved and taken back', async () => {
    const { talk, said, until } = await walking()
    await until('第 5 题')
    await photographed(talk)
    expect(await said('查看照片')).toContain('第 5 题：1 张')
    expect(await said('这是第3题的照片')).toContain('照片挪到第 3 题了')
    expect(await said('照片发错了')).toContain('第 3 题最后那张照片撤下了')
    expect(await said('查看照片')).toContain('还没有收到照片')
  })
})

describe('D4 what becomes of a photo, and where the owner is then', () => {
  test.each(['这是第2题的照片', '照片发错了'])(
    'after “%s”, an answered item that is looked at stays',
    async (words) => {
      const { talk, said, until } = await walking()
      await until('第 6 题')
      await said('修改第3题')
      await photographed(talk)
      const heard = await said(words)
      expect(heard).toContain('第 3 题，共')
      expect(heard).toContain('现在记的是：符合')
    },
  )

  test('a hazard that was just found stays, too', async () => {
    const { talk, said, until } = await walking()
    await until('要证的活')
    await said('不符合')
    await photographed(talk)
    expect(await said('这是第1题的照片')).toContain('继续下一题')
  })

  test('thirty photos of an item are enough, and the next one is not moved there either', async () => {
    const { talk, said, until } = await walking()
    await until('第 2 题')
    await said('修改第1题')
    for (let count = 0; count < 30; count++) expect(await photographed(talk)).toContain('照片收到，记在第 1 题')
    expect(await photographed(talk)).toContain('这张没有存')
    await said('修改第2题')
    await photographed(talk)
    expect(await said('这是第1题的照片')).toContain('第 1 题的照片已经够多了，不用再加。这张还在第 2 题')
    expect(await said('查看照片')).toMatch(/第 1 题：30 张\n第 2 题：1 张/)
  })

  test('during a pause, neither', async () => {
    const { talk, said, until } = await walking()
    await until('第 2 题')
    for (let count = 0; count < 30; count++) await photographed(talk)
    await said('暂停')
    expect(await photographed(talk)).toContain('这张没有存')
    await said('继续')
    expect(await said('查看照片')).toContain('第 2 题：30 张')
  })

  async function atProofs() {
    const walk = await walking()
    await walk.until('要证的活')
    await walk.said('不符合', '已经改好，拍照')
    await photographed(walk.talk)
    return walk
  }
  const broken = import.meta.filename

  test('of several photos of a hazard put right, one may be lost', async () => {
    const { chat, talk, said } = await atProofs()
    expect(await talk.sendPhoto(broken)).toContain('这是改好以后拍的吗？')
    await said('是，改好了')
    expect(await markOf(chat, 'specialOperatorLicences')).toBe('rectified')
  })

  test.each(['照片发错了', '这是第1题的照片'])('“%s” leaves those before it', async (words) => {
    const { chat, talk, said } = await atProofs()
    await photographed(talk)
    expect(await said(words)).toContain('这是改好以后拍的吗？')
    expect(await said(words)).toContain('改好后拍张照片发给我')
    await said('改好了')
    expect(await markOf(chat, 'specialOperatorLicences')).toBe('nonconforming')
  })

  test('the last one that is lost leaves none', async () => {
    const { talk, said, until } = await walking()
    await until('要证的活')
    await said('不符合', '已经改好，拍照')
    expect(await talk.sendPhoto(broken)).toContain('改好后拍张照片发给我')
  })
})

describe('D5 the site profile cannot be changed once the questions began', () => {
  test('a new paint shop adds its questions and answers none', async () => {
    const { chat, said, until } = await walking()
    await until('工伤保险')
    const before = await answersOf(chat)
    expect(await said('我们新装了喷漆房')).toContain('厂里现在有：喷漆')
    expect(await said('对，就这样改')).toMatch(/多问 \d+ 题[\s\S]*工伤保险/)
    expect(await answersOf(chat)).toBe(before)
  })

  test.each(['我们用的是水性漆', '不用油性漆了'])('“%s” takes its questions away', async (words) => {
    const { said, until } = await walking(paintShop)
    await until('第 4 题')
    expect(await said(words)).toContain('厂里现在没有：油性漆')
    expect(await said('对，就这样改')).toContain('第 4 题')
  })

  test.each([
    ['我们没有叉车了', '厂里本来就没有登记“叉车”'],
    ['叉车卖了', '厂里本来就没有登记“叉车”'],
    ['我们又买了一台冲床，新装了行车', '厂里现在有：行车'],
  ])('“%s” is told how the record stands', async (words, answer) => {
    const { chat, said, until } = await walking()
    await until('工伤保险')
    const before = await answersOf(chat)
    expect(await said(words)).toContain(answer)
    expect(await answersOf(chat)).toBe(before)
  })

  test('what is on record already is not added once more', async () => {
    const { said, until } = await walking({ ...machineShop, ticks: ['都没有', '叉车', '都没有'] })
    await until('第 4 题')
    expect(await said('我们新买了一台叉车')).toContain('“叉车”本来就记着')
  })

  test.each([
    ['我想改厂名', '企业全称'],
    ['修改人数', '多少人'],
    ['修改登记', '要改哪一处'],
    ['改厂里有什么', '厂里有哪些'],
  ])('“%s” leads to it', async (words, asked) => {
    const { chat, said, until } = await walking()
    await until('第 4 题')
    expect(await said(words)).toContain(asked)
    expect(await answersOf(chat)).toBe(3)
  })
})

describe('D6 the rectification date moves by itself', () => {
  test('a date is told, and another can be said', async () => {
    const { said, until } = await walking()
    await until('第 5 题')
    expect(await said('不符合')).toContain('12月9日前改好')
    expect(await said('整改期限能不能改到12月20日')).toContain('12月20日前改好')
  })
})

describe('D7 the promise of time is not true', () => {
  test.each([
    ['machine shop', machineShop],
    ['paint shop', paintShop],
    ['battery plant', batteryPlant],
  ])('no more questions and photos are asked of a %s than were announced', async (_, factory) => {
    const { chat, question, talk } = await walking(factory)
    const [, questions, photos] = /最多 (\d+) 题，答完再走一圈拍 (\d+) 张照片/.exec(question) ?? []
    const taken: string[] = []
    const counted: Talk = {
      say: (text) => talk.say(text),
      sendPhoto(file) {
        taken.push(file)
        return talk.sendPhoto(file)
      },
    }
    await answeredUntil(counted, question, '已申报')
    expect((await chat.outcome()).answers).toBeLessThanOrEqual(Number(questions))
    expect(taken.length).toBeLessThanOrEqual(Number(photos))
  })
})

describe('D10 the signature proves nothing', () => {
  test('a name that is not the contact is asked about, and nothing is signed of hazards that are not there', async () => {
    const { chat, said, until } = await walking()
    const commitment = await until('请本人确认')
    expect(commitment).not.toContain('重大隐患')
    expect(await said('李四')).toContain('登记的联系人是陈志强，签的是李四')
    expect((await chat.outcome()).applicationNumber).toBeNull()
    expect(await said('是，厂里负责人')).toContain('已申报')
  })
})

describe('D11 questions back are not answered', () => {
  test.each([
    ['罚多少钱', '罚款'],
    ['不符合要罚款吗', '罚款'],
    ['能不能先报上去再整改', '重大隐患不行'],
    ['你是谁', '安标助手'],
    ['你是机器人吗', '机器人'],
    ['这个要钱吗', '不收钱'],
    ['会不会来查我', '核查'],
    ['可以让我会计来填吗', '可以'],
    ['有没有电话', '应急管理局'],
    ['字太小了', '字体大小'],
    ['为什么不问叉车', '您说厂里没有“叉车”'],
  ])('“%s” is answered, and the question stands', async (words, answer) => {
    const { chat, said, until } = await walking()
    await until('第 3 题')
    const heard = await said(words)
    expect(heard).toContain(answer)
    expect(heard).toContain('工伤保险')
    expect(await answersOf(chat)).toBe(2)
  })
})

describe('D11 how long it all takes', () => {
  test.each([
    ['什么时候能批', '10 个工作日内有结果'],
    ['多久能批', '10 个工作日内有结果'],
    ['这要搞到什么时候', '还剩 23 题，约'],
    ['还要多久', '还剩 23 题，约'],
    ['办到哪一步了', '还剩 23 题，约'],
  ])('before filing, “%s” is told what it asks', async (words, answer) => {
    const { said, until } = await walking()
    await until('第 3 题')
    const heard = await said(words)
    expect(heard).toContain(answer)
    expect(heard).toContain('工伤保险')
  })

  test('at enrolment, too', async () => {
    const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
    onTestFinished(() => chat.close())
    const talk = talkOf(chat)
    for (const line of ['你好', '同意，开始']) await talk.say(line)
    expect(await talk.say('什么时候能批')).toContain('10 个工作日内有结果')
  })
})

describe('D13 asked although the record says it cannot apply', () => {
  test('20 people need no safety director', async () => {
    const { talk, question, chat } = await walking({ ...batteryPlant, people: '20人' })
    await answeredUntil(talk, question, '已申报')
    expect(await markOf(chat, 'safetyDirector')).toBeUndefined()
  })
})

test('D14 after a withdrawal the site is asked again, and the old answers are not thrown away', async () => {
  const { chat, said, until } = await walking()
  await until('已申报')
  await said('撤回申报', '撤回')
  const before = await answersOf(chat)
  expect(await said('开始自评')).toContain('厂里有哪些')
  const again = await said('都没有', '都没有', '都没有')
  expect(again).toContain('题上次答过')
  expect(again).toContain('① 符合：')
  expect(await answersOf(chat)).toBe(before)
  expect(await said('都还是这样')).toContain('题经您确认，还和上次一样')
})

describe('D16 the answers cannot be reviewed before signing', () => {
  test('every question is shown with its answer and its photos, a section at a time', async () => {
    const { said, until } = await walking()
    await until('没问题，去签承诺')
    let heard = await said('逐题查看')
    const pages = [heard]
    while (heard.includes('看下一块')) {
      heard = await said('看下一块')
      pages.push(heard)
    }
    const all = pages.join('\n')
    for (let number = 1; number <= 24; number++) expect(all).toContain(`${number} 符合：`)
    expect(all).toContain('照片 1 张')
    expect(heard).toContain('没问题，去签承诺')
  })
})

describe('D17 buttons come and go', () => {
  test.each(['进度', '怎么看', '查看照片', '人工'])('they are there after “%s”', async (words) => {
    const { said } = await walking()
    expect(await said(words)).toContain('1 符合　2 不符合　3 没有这个　4 不清楚\n5 怎么看　6 上一题')
  })
})

describe('D19 asks back in the wrong direction', () => {
  test.each(['练过了，照片在这里', '上周装好了', '还没过期', '新的', '字太小看不清', '妈的', '哈哈哈'])(
    '“%s” is no fault',
    async (words) => {
      const { chat, said, until } = await walking()
      await until('最近半年')
      expect(await said(words)).not.toContain('“不符合”')
      expect(await markOf(chat, 'drillDone')).not.toBe('nonconforming')
    },
  )

  test.each(['贴了，掉了', '有证的那个走了'])('“%s” is not in order', async (words) => {
    const { chat, said, until } = await walking()
    await until('要证的活')
    expect(await said(words)).not.toContain('您是说“符合”')
    expect(await markOf(chat, 'specialOperatorLicences')).not.toBe('conforming')
  })

  test('a repeated 没 is asked about, not unheard', async () => {
    const { said, until } = await walking()
    await until('挡手的保护')
    expect(await said('没', '没')).not.toContain('没看懂')
  })
})

describe('D20 已经改好了 is not understood', () => {
  test.each(['改好了', '已经改好了', '都改好了'])('“%s” asks for the photo', async (words) => {
    const { said, until } = await walking()
    await until('要证的活')
    expect(await said('不符合', words)).toContain('改好后拍张照片发给我')
  })

  test.each(['先申报吧', '我明天改', '还没改好'])('blocked, “%s” is answered', async (words) => {
    const { talk, said, until } = await walking()
    await until('要证的活')
    await answeredUntil(talk, await said('不符合', '继续下一题'), '现在不能申报')
    const heard = await said(words)
    expect(heard).not.toMatch(/没看懂|用不上/)
    expect(heard).toContain('现在不能申报')
  })
})

test.each(['先不拍', '等会儿再拍', '拍不了', '这张晚点拍', '照片回头再补'])(
  'D17 the old button “%s”, and words like it, put a photo off',
  async (words) => {
    const { chat, said, until } = await walking()
    const first = await until('现在拍：')
    const heard = await said(words)
    expect(heard).toContain('现在拍：')
    expect(heard.split('现在拍：')[1]).not.toBe(first.split('现在拍：')[1])
    expect(heard).not.toContain('没看懂')
    expect((await chat.outcome()).applicationNumber).toBeNull()
  },
)

test.each(['怎么回事', '为什么不能申报', '什么情况'])('D20 blocked, “%s” is told why', async (words) => {
  const { talk, said, until } = await walking()
  await until('要证的活')
  await answeredUntil(talk, await said('不符合', '继续下一题'), '现在不能申报')
  expect(await said(words)).toMatch(
    /第 \d+ 题“.*要证的活.*您答的是：不符合。.*不能申报.*\n依据：\n《.*》第.+条[\s\S]*改法/,
  )
})

test('a section that is finished is told once', async () => {
  const { said, until } = await walking()
  const finished = await until('答完了')
  const [, section] = /“(.+)”答完了/.exec(finished) ?? []
  const again = await said('修改第2题', '不符合')
  expect(again).toContain('已记')
  expect(again).not.toContain(`“${section}”答完了`)
})

test('D23 上一题 looks back and withdraws nothing', async () => {
  const { chat, said, until } = await walking()
  await until('第 12 题')
  const before = await chat.answers()
  const heard = await said(...Array.from({ length: 11 }, () => '上一题'))
  expect(heard).toContain('现在记的是：符合')
  expect(await chat.answers()).toEqual(before)
  expect(await said('跳过')).toContain('第 12 题')
})

test('D25 a clause is named in words', async () => {
  const { said, until } = await walking()
  await until('要证的活')
  const heard = await said('为什么问')
  expect(heard).toMatch(/》第.+条/)
  expect(heard).not.toMatch(/》\d/)
})

test('D26 before any question, help speaks of no numbered answers', async () => {
  const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
  onTestFinished(() => chat.close())
  const talk = talkOf(chat)
  await talk.say('你好')
  const heard = await talk.say('帮助')
  expect(heard).not.toMatch(/1 到 4|…/)
  expect(heard).toContain('同意，开始')
})

test('D27 what is on the site can be told apart on the sheet to be checked', async () => {
  const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
  onTestFinished(() => chat.close())
  const talk = talkOf(chat)
  let heard = ''
  const { trade, people } = machineShop
  for (const line of ['你好', '同意，开始', '91440300MA5FABCD1Q', '强盛金属制品有限公司', '横岗', trade, '对'])
    heard = await talk.say(line)
  for (const line of [people, '陈志强', '13812345678', '1 3', '1 2', '都没有']) heard = await talk.say(line)
  expect(heard).not.toContain('喷漆、刷漆、调漆、电焊')
})

test('D29 a pause at the commitment goes on there', async () => {
  const { said, until } = await walking()
  await until('请本人确认')
  await said('暂停')
  expect(await said('继续')).toContain('请本人确认')
})

test('D30 whoever is called to the phone during a pause is told how to go on', async () => {
  const { said, until } = await walking()
  await until('第 4 题')
  await said('暂停')
  const heard = await said('接个电话')
  expect(heard).toContain('这句没有记')
  expect(heard.match(/歇着/g)).toHaveLength(1)
  expect(heard).toContain('“继续”就接着答')
})

test('D31 no score is told from a handful of answers', async () => {
  const { said, until } = await walking()
  await until('第 4 题')
  expect(await said('进度')).toContain('还没有分数')
  await until('第 15 题')
  expect(await said('进度')).toContain('里得 100 分')
})
