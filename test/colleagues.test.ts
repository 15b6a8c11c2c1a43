import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { carefulAnswer, enrolmentLines } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

/** The safety officer whom the owner lets take over; somebody who has no code. */
const [owner, colleague, stranger] = ['chen', 'huang', 'wu'] as const

const photo = readFileSync(new URL('transcripts/photos/machine.jpg', import.meta.url))

const answerTo = (said: string) => (said.includes('去签承诺') ? '没问题，去签承诺' : carefulAnswer(said))

async function walkingTown(): Promise<Town> {
  const town = await openedTown()
  let said = ''
  for (const line of enrolmentLines) said = await town.say(owner, line)
  while (!said.includes('第 1 题')) said = await town.say(owner, carefulAnswer(said))
  return town
}

/** What the bot reads out to the owner. */
async function codeFor(town: Town, which: '整份一起答' | '只这一题'): Promise<string> {
  expect(await town.say(owner, '找同事')).toContain('最后还是您签')
  const said = await town.tap(owner, which)
  const [, code = ''] = /口令：(\S+ \S+)/.exec(said) ?? []
  expect(said).toContain('http://localhost/invitation/')
  expect(code).toMatch(/^[A-HJ-NP-Z]{4} [2-9]{4}$/)
  return code
}

async function walkingTogether(): Promise<Town> {
  const town = await walkingTown()
  const code = await codeFor(town, '整份一起答')
  await town.say(colleague, code)
  expect(await town.say(colleague, '黄伟')).toContain('第 1 题')
  return town
}

const record = ({ house }: Town) =>
  house.database.db.selectFrom('answers').select(['position', 'mark', 'answered_by as by']).orderBy('seq').execute()

const heardBy = ({ transcript }: Town, person: string) =>
  transcript.filter((line) => line.startsWith(`　→ ${person}：`)).join('\n')

describe('a colleague is let in by a code', () => {
  test('the owner’s walk stays where it was', async () => {
    const town = await walkingTown()
    await codeFor(town, '整份一起答')
    expect(await town.say(owner, '1')).toContain('第 2 题')
    expect(town.problems).toEqual([])
  })

  test('with their first message, in any spelling', async () => {
    const town = await walkingTown()
    const code = await codeFor(town, '整份一起答')
    const heard = await town.say(colleague, `口令 ${code.toLowerCase().replace(' ', '-')}。`)
    expect(heard).toContain('陈志强请您一起答“强盛金属制品有限公司”的安全自评')
    expect(heard).toContain('隐私说明')
    expect(await town.say(colleague, '黄伟')).toContain('第 1 题，共')
    expect(heardBy(town, owner)).toContain('黄伟来一起答了')
    expect(town.problems).toEqual([])
  })

  test('after the greeting, and after agreeing', async () => {
    for (const before of [['你好'], ['你好', '同意，开始']]) {
      const town = await walkingTown()
      const code = await codeFor(town, '整份一起答')
      for (const line of before) await town.say(colleague, line)
      await town.say(colleague, code)
      expect(await town.say(colleague, '黄伟')).toContain('第 1 题')
      expect(town.problems).toEqual([])
    }
  })

  test('nobody who does not agree is let in', async () => {
    const town = await walkingTown()
    const code = await codeFor(town, '整份一起答')
    await town.say(colleague, code)
    expect(await town.say(colleague, '不同意')).toContain('企业信息一样都没有存')
    const members = await town.house.database.db.selectFrom('members').select('name').execute()
    expect(members).toEqual([{ name: '陈志强' }])
  })

  test('a code lets one person in', async () => {
    const town = await walkingTown()
    const code = await codeFor(town, '整份一起答')
    await town.say(colleague, code)
    await town.say(stranger, code)
    await town.say(colleague, '黄伟')
    expect(await town.say(stranger, '吴强')).toContain('已经用过了')
    expect(await town.say(stranger, code)).toContain('已经用过了')
  })

  test('for three days', async () => {
    const town = await walkingTown()
    const code = await codeFor(town, '整份一起答')
    await town.wait(3)
    expect(await town.say(colleague, code)).toContain('过期了')
  })

  test('guessing stops after five tries, even where the last is right', async () => {
    const town = await walkingTown()
    const code = await codeFor(town, '整份一起答')
    for (const digits of ['2222', '3333', '4444', '5555', '6666'])
      expect(await town.say(stranger, `ABCD ${digits}`)).toContain('没有这个口令')
    expect(await town.say(stranger, code)).toContain('过一小时再试')
    expect(await town.say(colleague, code)).toContain('陈志强请您')
  })
})

test('D15: whoever types a code that is registered is told how to come in', async () => {
  const town = await walkingTown()
  for (const line of ['你好', '同意，开始']) await town.say(colleague, line)
  expect(await town.say(colleague, '91440300MA5FABCD1Q')).toContain('有同事给的口令就发口令')
  await town.say(colleague, await codeFor(town, '整份一起答'))
  expect(await town.say(colleague, '黄伟')).toContain('第 1 题')
})

describe('two people answer one walk', () => {
  test('each is told in one note what the other answered, and goes on behind it', async () => {
    const town = await walkingTogether()
    await town.say(colleague, '1')
    await town.say(colleague, '1')
    const heard = await town.say(owner, '1')
    expect(heard).toContain('这题黄伟刚答了：符合\n黄伟答了 1 题：第 2 题')
    expect(heard).toContain('第 3 题，共')
    expect((await record(town)).map(({ position, by }) => [position, by])).toEqual([
      [0, 'app:huang'],
      [1, 'app:huang'],
    ])
    expect(town.problems).toEqual([])
  })

  test('a tap on a card of a question that was just answered changes nothing', async () => {
    const town = await walkingTogether()
    await town.say(colleague, '1')
    expect(await town.tap(owner, '不符合')).toContain('这题黄伟刚答了：符合')
    expect((await record(town)).map(({ mark }) => mark)).toEqual(['conforming'])
  })

  test('what is said of another question is heard', async () => {
    const town = await walkingTogether()
    await town.say(owner, '修改第 5 题')
    await town.say(colleague, '1')
    expect(await town.say(owner, '1')).toContain('黄伟答了 1 题：第 1 题')
    expect((await record(town)).map(({ position, by }) => [position, by])).toEqual([
      [0, 'app:huang'],
      [4, 'app:chen'],
    ])
  })

  test('whoever looks through the answers sees who gave them', async () => {
    const town = await walkingTogether()
    await town.say(colleague, '1')
    await town.say(owner, '进度')
    await town.say(owner, '1')
    const heard = await town.say(owner, '查看答案')
    expect(heard).toContain('（黄伟答的）')
    expect(heard).toContain('（陈志强答的）')
  })

  test('filing by one ends it for the other, who is told', async () => {
    const town = await walkingTogether()
    let said = await town.say(owner, '进度')
    for (let count = 0; !said.includes('已申报'); count++) {
      expect(count, said).toBeLessThan(100)
      said = said.includes('拍照，第') ? await town.sendPhoto(owner, photo) : await town.say(owner, answerTo(said))
    }
    const heard = await town.say(colleague, '1')
    expect(heard).toContain('这次自评同事已经交上去了')
    expect(heard).toContain('正在审查')
    expect(heard).not.toMatch(/^1 /m)
    expect(await town.say(colleague, '撤回申报')).toContain('这边的事由陈志强办')
    expect(await town.house.database.db.selectFrom('applications').select('state').execute()).toEqual([
      { state: 'filed' },
    ])
    expect(town.problems).toEqual([])
  })
})

test('photos of one count for the other, once they are in the house', async () => {
  const town = await walkingTogether()
  await town.sendPhoto(colleague, photo)
  expect(await town.say(owner, '进度')).toContain('同事发了 1 张照片')
  expect(await town.say(owner, '看照片')).toContain('第 1 题：1 张')
})

test('what one says of the site asks the other the right questions', async () => {
  const town = await walkingTogether()
  await town.say(owner, '进度')
  await town.say(colleague, '1')
  await town.say(colleague, '我们厂里新买了叉车')
  const changed = await town.say(colleague, '1')
  const [, total = ''] = /现在一共 (\d+) 题/.exec(changed) ?? []
  expect(Number(total)).toBeGreaterThan(24)
  const heard = await town.say(owner, '符合')
  expect(heard).toContain(`现在一共 ${total} 题`)
  expect(heard).toContain('这题黄伟刚答了：符合')
  expect(heard).toContain(`第 2 题，共 ${total} 题`)
  expect(town.problems).toEqual([])
})

describe('one question for a colleague', () => {
  test('is asked, thanked for, and told to the owner', async () => {
    const town = await walkingTown()
    const code = await codeFor(town, '只这一题')
    expect(await town.say(colleague, code)).toContain('请您答“强盛金属制品有限公司”安全自评里的一题')
    const asked = await town.say(colleague, '黄伟')
    expect(asked).toContain('第 1 题')
    expect(asked).not.toContain('上一题')
    expect(await town.say(colleague, '不符合')).toContain('谢谢您')
    expect(heardBy(town, owner)).toContain('第 1 题黄伟答了：不符合。已记（黄伟答的）。')
    expect(await town.say(owner, '进度')).toContain('这题黄伟刚答了：不符合')
    expect(await record(town)).toEqual([{ position: 0, mark: 'nonconforming', by: 'app:huang' }])
    expect(town.problems).toEqual([])
  })

  test('the colleague can be asked again', async () => {
    const town = await walkingTown()
    await town.say(colleague, await codeFor(town, '只这一题'))
    await town.say(colleague, '黄伟')
    await town.say(colleague, '1')
    await town.say(owner, '进度')
    expect(await town.say(colleague, await codeFor(town, '只这一题'))).toContain('第 2 题')
    expect(await town.say(colleague, '1')).toContain('谢谢您')
    expect(town.problems).toEqual([])
  })

  test('nothing but it is the colleague’s', async () => {
    const town = await walkingTown()
    await town.say(colleague, await codeFor(town, '只这一题'))
    await town.say(colleague, '黄伟')
    for (const line of ['修改第 3 题', '重来', '查看答案', '我们不喷漆了', '我们新买了叉车', '跳过'])
      expect(await town.say(colleague, line)).toContain('第 1 题')
    expect(await record(town)).toEqual([])
  })
})
