import { describe, expect, onTestFinished, test } from 'vitest'
import { advance, innermost, opening } from '../flows/advance.ts'
import { enrolment } from '../flows/enrolment/enrolment.machine.ts'
import { factsTicked } from '../flows/enrolment/readers.ts'
import { type Chat, openChat } from '../src/cli/chat.ts'
import { loadContent } from '../src/content.ts'
import { checklistWords } from '../src/i18n/checklist-words.ts'
import { enrolmentLines } from './support/careful-owner.ts'

const content = loadContent()
const { library } = content

async function openedChat(): Promise<Chat> {
  const chat = await openChat({ content, policyId: 'shenzhen-trial', begin: new Date('2026-11-24T02:00:00Z') })
  onTestFinished(() => chat.close())
  return chat
}

async function said(chat: Chat, ...lines: string[]): Promise<string> {
  let heard = ''
  for (const line of lines) heard = (await chat.say(line)).join('\n')
  return heard
}

/** What is said before that line, such as the headcount. */
const linesUntil = (line: string) => enrolmentLines.slice(0, enrolmentLines.indexOf(line))

const linesWith = (line: string, instead: string) => enrolmentLines.map((each) => (each === line ? instead : each))

const nothingToTick = ['都没有', '都没有', '都没有']
const summary = '没错，开始答题'

describe('the facts of the site', () => {
  const painting = linesWith('做铁架子的', '做铁架子的，也喷漆')

  test('every number that is shown can be typed', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...enrolmentLines)).toContain('14 都没有')
    expect(await said(chat, '14')).toContain('（2/3）')
  })

  test.each(['1、14', '1和14', '14，3'])('“%s”, none and others, is asked back', async (words) => {
    const chat = await openedChat()
    const heard = await said(chat, ...enrolmentLines, words)
    expect(heard).toContain('不能和别的一起选')
    expect(heard).toContain('（1/3）')
  })

  test('all of them are all but “none”', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...enrolmentLines, '全部')).toContain('（2/3）')
    expect(await said(chat, '都没有', '都没有')).toMatch(/厂里有：喷漆、刷漆、调漆；.*等 13 样/)
  })

  test('what was noted with the industry is shown ticked, and what is said adds to it', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...painting)).toContain('✓ 前面已经记下：1 喷漆')
    const heard = await said(chat, '3', '都没有', '都没有')
    expect(heard).toContain('喷漆、刷漆、调漆；电焊')
  })

  test.each(['都没有', '14'])('“%s” does not drop what was noted', async (none) => {
    const chat = await openedChat()
    const heard = await said(chat, ...painting, none)
    expect(heard).toContain('前面已经记下了：喷漆')
    expect(heard).toContain('（1/3）')
    expect(await said(chat, '就这些', '都没有', '都没有')).toMatch(/厂里有：喷漆、刷漆、调漆$/m)
  })

  test.each(['去掉1', '没有喷漆', '不喷漆', '去掉喷漆'])('“%s” takes it back, and says so', async (words) => {
    const chat = await openedChat()
    const heard = await said(chat, ...painting, words)
    expect(heard).toContain('没有：喷漆、刷漆、调漆')
    expect(heard).toContain('（1/3）')
    expect(await said(chat, ...nothingToTick)).toContain('上面问的都没有')
  })

  test('denying one thing takes nothing else back', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...painting, '没有喷漆，有电焊')
    expect(heard).not.toContain('没有：')
    expect(heard).toContain('✓ 前面已经记下：1 喷漆')
  })
})

test.each([
  [['none', 'hotWork'], { type: 'facts.contradicted' }],
  [['none'], { type: 'facts.picked', facts: [] }],
  [['hotWork'], { type: 'facts.picked', facts: ['hotWork'] }],
])('%j ticked on a card', (keys, event) => {
  expect(factsTicked(keys)).toEqual(event)
})

describe('corrections', () => {
  const corrected = [...enrolmentLines, ...nothingToTick, '有一处要改']

  test('numbers still count after something was not understood', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...enrolmentLines, ...nothingToTick, '电话错了')
    expect(heard).toContain('没看懂“电话错了”')
    expect(heard).toContain(summary)
    expect(await said(chat, '2')).toContain('要改哪一处')
  })

  const fields = ['信用代码', '企业名称', '辖区', '行业', '人数', '联系人', '手机号']
  const others = [
    ['修改人数', '一共多少人'],
    ['改厂名', '企业全称是什么'],
    ['换联系人', '怎么称呼您'],
    ['我要改手机号', '手机号'],
    ['修改地址', '深圳市哪个区'],
    ['换行业', '主要做'],
    ['修改登记', '要改哪一处'],
  ] as const

  test.each(fields.flatMap((field) => others.map(([words, asked]) => [field, words, asked])))(
    'while %s is put right, “%s” is none, and leads to what it names',
    async (field, words, asked) => {
      const chat = await openedChat()
      await said(chat, ...corrected, field)
      const heard = await said(chat, words)
      expect(heard).toContain(asked)
      expect(heard).not.toMatch(/没看懂|已记|没听明白|没找到/)
    },
  )

  test('in a walk, what is on the site is not taken for a name either', async () => {
    const chat = await openedChat()
    await said(chat, ...enrolmentLines, ...nothingToTick, summary, '改厂名')
    expect(await said(chat, '我们新装了喷漆房')).toContain('厂里有哪些')
    await said(chat, ...nothingToTick)
    const heard = await said(chat, '改联系人', '修改登记')
    expect(heard).toContain('要改哪一处')
    expect(heard).not.toContain('修改人数')
    expect(await said(chat, '修改信用代码')).toContain('不能改')
  })

  test.each(['修改人数', '改厂名', '修改登记'])(
    'before all is told, “%s” is no name, and comes later',
    async (words) => {
      const chat = await openedChat()
      const heard = await said(chat, ...linesUntil('陈志强'), words)
      expect(heard).toContain('填完给您看一遍')
      expect(heard).toContain('怎么称呼您')
      expect(await said(chat, '一共66人', '上一题')).not.toContain('66')
    },
  )

  test('what it is now may be said at once', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...corrected, '人数', '人数改成66')).toContain('已记：66 人')
  })

  test('another industry brings its own list of facts to tick', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...corrected, '行业', '做家具', '对')).toContain('厂里有哪些')
  })

  test('what the new industry is not offered is dropped', async () => {
    const chat = await openedChat()
    const baking = linesWith('做铁架子的', '面包厂，烘焙')
    expect(await said(chat, ...baking)).toContain('✓ 前面已经记下：8 食品厂的烘烤、油炸设备')
    expect(await said(chat, '就这些', '都没有', '都没有')).toContain('烘烤')
    await said(chat, '有一处要改', '行业', '做铁架子的', '对')
    expect(await said(chat, ...nothingToTick)).toContain('上面问的都没有')
  })

  test('an industry that was not understood leaves nothing old to agree to', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('对'), '做梦的')
    expect(heard).toContain('没听明白“做梦的”')
    expect(await said(chat, '对')).not.toContain('多少人')
  })
})

/** Each as it was found when the first version was tried. */
describe('what an owner stumbled over', () => {
  test('D8: what is said beside the trade is noted with it', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('做铁架子的'), '搞五金的，冲床，也喷点漆')
    expect(heard).toContain('喷漆、刷漆、调漆我记下了')
    expect(await said(chat, '对', ...enrolmentLines.slice(7))).toContain('✓ 前面已经记下：1 喷漆')
  })

  test('D8: what was said of a trade that was rejected goes with it', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('做铁架子的'), '做铁架子的，也喷漆')).toContain('喷漆、刷漆、调漆我记下了')
    expect(await said(chat, '换一个', '做服装的')).not.toContain('喷漆')
    expect(await said(chat, '对', ...enrolmentLines.slice(7))).not.toContain('前面已经记下')
  })

  test('D8: more of the site can be said where the trade is confirmed', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('对'), '还有喷漆')
    expect(heard).toContain('对吗？')
    expect(heard).toContain('喷漆、刷漆、调漆我记下了')
  })

  test.each([
    ['二十几个', '给个数就行，比如 25'],
    ['三四十', '给个数就行，比如 25'],
    ['50左右', '给个数就行，比如 25'],
    ['不到50', '是 49 人以下吗'],
    ['不足100', '是 99 人以下吗'],
    ['99999', '99999 人，没打错吗'],
  ])('D12: “%s” is no headcount to record', async (words, asked) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('38人'), words)).toContain(asked)
    expect(await said(chat, '25')).toContain('已记：25 人')
  })

  test('D12: every step says what was recorded', async () => {
    const chat = await openedChat()
    const first = async (line: string) => (await said(chat, line)).split('\n')[0]
    await said(chat, '你好', '同意，开始')
    expect(await first('91440300MA5FABCD1Q')).toBe('已记：9144 0300 MA5F ABCD 1Q')
    expect(await first('强盛金属制品有限公司')).toBe('已记：强盛金属制品有限公司')
    expect(await first('大鹏')).toBe('已记：龙岗区')
    expect(await first('做铁架子的')).toContain('明白：')
    expect(await first('对')).toContain(' · 机械')
    expect(await first('38人')).toBe('已记：38 人')
    expect(await first('陈志强')).toBe('已记：陈志强')
    expect(await first('13812345678')).toBe('已记：13812345678')
    expect(await first('电焊')).toBe('已记：电焊气割打磨冒火花（请人来也算）')
    expect(await first('都没有')).toBe('已记：都没有')
  })

  test('D17: districts are a card with a list', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('横岗'))
    expect(heard).toMatch(/1 罗湖区.*2 福田区/s)
    expect(await said(chat, '5')).toContain('主要做')
  })

  test.each(['叫强盛金属制品有限公司', '我们厂叫强盛金属制品有限公司'])(
    'D18: “%s” names the enterprise',
    async (words) => {
      const chat = await openedChat()
      expect(await said(chat, ...linesUntil('强盛金属制品有限公司'), words)).toContain('已记：强盛金属制品有限公司')
    },
  )

  test.each(['我们公司', '不告诉你公司'])('D18: “%s” is no name of an enterprise', async (words) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('强盛金属制品有限公司'), words)).toContain('要营业执照上的全称')
  })

  test.each(['老黄', '黄总', '黄老板', '姓黄'])('D18: of “%s” the full name is asked', async (words) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('陈志强'), words)).toContain('黄什么？请发全名')
  })

  test('D18: a contact may say what he is there', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('陈志强'), '黄大伟，厂长')).toContain('已记：黄大伟')
  })

  test.each(['阿依古丽', 'Chen'])('“%s” may be a whole name', async (name) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('陈志强'), name)).toContain(`“${name}”是您身份证上的姓名吗`)
    expect(await said(chat, '对')).toContain('手机号')
  })

  test.each(['化工厂', '加油站', '搞建筑的'])(
    'D18: %s is no trade of ours, and who sees to it is said',
    async (words) => {
      const chat = await openedChat()
      const heard = await said(chat, ...linesUntil('做铁架子的'), words)
      expect(heard).toContain('龙岗区应急管理局')
      expect(await said(chat, '做铁架子的')).toContain('对吗？')
    },
  )

  test('D18: 我不同意 is a refusal, and whatever is said then greets again', async () => {
    const chat = await openedChat()
    expect(await said(chat, '你好', '我不同意')).toContain('企业信息一样都没有存')
    expect(await said(chat, '今天天气不错')).toContain('安标助手')
  })

  test('D18: a photo of the licence is not read yet, and says so', async () => {
    const chat = await openedChat()
    await said(chat, '你好', '同意，开始')
    const heard = (await chat.sendPhoto('licence.jpg')).join('\n')
    expect(heard).toContain('执照我还不会看')
    expect(heard).toContain('统一社会信用代码')
  })

  test('what will be asked can be looked at first', async () => {
    const chat = await openedChat()
    expect(await said(chat, '你好', '先看看要问什么')).toContain('会问到这几块')
    expect(await said(chat, '返回')).toContain('您好，这里是安标助手')
    expect(await said(chat, '2', '1')).toContain('统一社会信用代码')
  })

  test('a suggestion comes again after help, and its number still counts', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('横岗'), '前海')
    expect(heard).toContain('前海分属两个区')
    expect(await said(chat, '帮助')).toContain('前海分属两个区')
    expect(await said(chat, '2')).toContain('已记：宝安区')
  })
})

describe('at any question', () => {
  test.for([
    ['陈志强', '姓名'],
    ['强盛金属制品有限公司', '全称'],
  ] as const)('instead of “%s” something else: what is wanted is said once', async ([line, wanted]) => {
    const heard = await said(await openedChat(), ...linesUntil(line), '1')
    expect(heard).toContain('没看懂“1”')
    expect(heard.split(wanted)).toHaveLength(2)
  })

  test('what was not understood is said, and the question comes again', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('38人'), '这个不好说')
    expect(heard).toContain('没看懂“这个不好说”')
    expect(heard).toContain('一共多少人')
  })

  test('starting over is asked back', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('38人'), '重来')).toContain('都会清空')
    expect(await said(chat, '不要')).toContain('一共多少人')
    expect(await said(chat, '重来', '2')).toContain('一共多少人')
    expect(await said(chat, '重来', '1')).toContain('统一社会信用代码')
  })

  test('a pause keeps all, and going on asks the same again', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('38人'), '暂停')).toContain('填过的都存着')
    expect(await said(chat, '继续')).toContain('一共多少人')
  })

  test('how far it is', async () => {
    const chat = await openedChat()
    const heard = await said(chat, ...linesUntil('38人'), '进度')
    expect(heard).toContain('一共 7 项，已填 4 项')
    expect(heard).toContain('一共多少人')
  })

  test('whoever refuses is told what is kept', async () => {
    const chat = await openedChat()
    const heard = await said(chat, '你好', '不同意')
    expect(heard).not.toContain('什么都没有存')
    expect(heard).toContain('联系过的记录')
  })
})

describe('who and what', () => {
  test.each(['3.5人', '38.2', '0'])('%s is no headcount', async (words) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('38人'), words)).toContain('一共多少人')
  })

  test.each(['好的', '没问题', '123'])('“%s” is no enterprise', async (words) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('强盛金属制品有限公司'), words)).toContain('要营业执照上的全称')
  })

  test.each(['深圳市强盛五金厂', '阿芳副食店', '强盛金属(深圳)有限公司', 'Qiangsheng Metal Co., Ltd.'])(
    '%s is an enterprise',
    async (name) => {
      const chat = await openedChat()
      expect(await said(chat, ...linesUntil('强盛金属制品有限公司'), name)).toContain('哪个区')
    },
  )

  test('a name that tells of no enterprise is asked back', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('强盛金属制品有限公司'), '阿强五金')).toContain('“阿强五金”就是')
    expect(await said(chat, '不对')).toContain('企业全称是什么')
    expect(await said(chat, '阿强五金')).toContain('“阿强五金”就是')
    expect(await said(chat, '对')).toContain('哪个区')
    const heard = await said(chat, ...enrolmentLines.slice(4), ...nothingToTick)
    expect(heard).toContain('阿强五金')
  })

  test.each(['冼志强', '禤伟明', '谌龙', '李知行', '买买提·艾力'])('%s can be called', async (name) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('陈志强'), name)).toContain('手机号')
  })

  test.each(['同意', '好的', '没问题'])('nobody is called “%s”', async (words) => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('陈志强'), words)).toContain('请发您的姓名')
  })
})

describe('other scripts', () => {
  test('traditional characters', async () => {
    const chat = await openedChat()
    expect(await said(chat, '你好', '繁體', ...linesUntil('横岗').slice(1), '龍崗區橫崗')).toContain('主要做')
    const heard = await said(chat, '做鐵架子嘅，也噴漆')
    expect(heard).toContain('金屬製品')
    expect(heard).toMatch(/噴漆.*記下/)
  })

  test('D34: in English a trade and the facts are said, and named, in English', async () => {
    const chat = await openedChat()
    await said(chat, '你好', 'English', ...linesUntil('横岗').slice(1), 'Longgang')
    const heard = await said(chat, 'metal stamping, with spray painting')
    expect(heard).not.toMatch(/\p{Script=Han}/u)
    expect(heard).toContain('I see: General machine parts · Machinery')
    expect(heard).toContain('I noted Spray/brush paint')
    const facts = await said(chat, 'yes', '38', 'Chen Zhiqiang', 'yes', '13812345678')
    expect(facts).not.toMatch(/\p{Script=Han}/u)
    const next = await said(chat, 'welding')
    expect(next).toContain('Noted: Spray/brush paint, Weld/grind sparks')
    expect(next).not.toContain('did not understand')
    expect(await said(chat, 'two forklifts')).toContain('orklift')
  })

  test('D36: 大鹏 is served in 龙岗, and 深汕 is told who serves it', async () => {
    const chat = await openedChat()
    expect(await said(chat, ...linesUntil('横岗'), '深汕特别合作区')).toContain('深汕')
    expect(await said(chat, '大鹏新区')).toMatch(/已记：龙岗区[\s\S]*大鹏新区.*大鹏新区|已记：龙岗区[\s\S]*大鹏/)
  })

  test('districts in Latin letters', async () => {
    const chat = await openedChat()
    const heard = await said(chat, '你好', 'English', ...linesUntil('横岗').slice(1))
    expect(heard).toContain('Longgang District')
    expect(heard).toContain('Shenzhen')
    expect(await said(chat, 'Henggang, Longgang')).toContain('mainly make')
  })

  test('every district has its name in every language', () => {
    const { city, districts, zones } = library.districts
    for (const language of ['en', 'zh-HK'] as const)
      expect(Object.keys(checklistWords[language].districts).sort()).toEqual(
        [...[city, ...districts].map(({ code }) => code), ...zones.map(({ id }) => id)].sort(),
      )
  })
})

test('before a re-check an enterprise says only what is on its site now', () => {
  const machine = enrolment(library)
  const draft = { industry: 'machinery', facts: ['sprayPainting', 'forklifts'] }
  let step = opening(machine, { draft, updating: 'recheck' })
  const place = () => [innermost(step.snapshot.value), step.snapshot.context.group]
  expect(place()).toEqual(['askingFacts', 0])
  for (const type of ['step.back', 'restart.asked', 'enrolment.resumed'] as const) {
    step = advance(machine, step.snapshot, { type })
    expect(place()).toEqual(['askingFacts', 0])
  }
  step = advance(machine, step.snapshot, { type: 'facts.picked', facts: ['hotWork'] })
  step = advance(machine, step.snapshot, { type: 'facts.picked', facts: ['forklifts', 'cranes'] })
  expect(place()).toEqual(['askingFacts', 2])
  step = advance(machine, step.snapshot, { type: 'facts.picked', facts: [] })
  expect(step.effects).toContainEqual({
    type: 'updateProfile',
    draft: { ...draft, facts: ['hotWork', 'forklifts', 'cranes'] },
    before: 'recheck',
  })
  expect(step.snapshot.status).toBe('done')
})
