import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { carefulAnswer, enrolmentLines, machinePhoto } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

/** Who registered the enterprise; who types its code too; whom they are nobody of; and who decides in its district. */
const [owner, second, regulator] = ['chen', 'huang', 'jianguan-440307'] as const
const uscc = '91440300MA5FABCD1Q'
const enterprise = '强盛金属制品有限公司'

const licence = readFileSync(machinePhoto)

async function walkingTown(): Promise<Town> {
  const town = await openedTown()
  let said = ''
  for (const line of enrolmentLines) said = await town.say(owner, line)
  while (!said.includes('第 1 题')) said = await town.say(owner, carefulAnswer(said))
  return town
}

/** The second person has typed the code, and said who they are. */
async function askedIn(name = '黄伟'): Promise<Town> {
  const town = await walkingTown()
  for (const line of ['你好', '同意，开始', uscc]) await town.say(second, line)
  await town.say(second, name)
  return town
}

const heardBy = ({ transcript }: Town, person: string) =>
  transcript.filter((line) => line.startsWith(`　→ ${person}：`)).join('\n')

const membersOf = ({ house }: Town) =>
  house.database.db.selectFrom('members').select(['name', 'role', 'left_at']).orderBy('joined_at').execute()

const golden = (town: Town, name: string) => {
  const from = town.transcript.indexOf(`${second}：你好`)
  // A code is another each time.
  const said = town.transcript
    .slice(from)
    .join('\n')
    .replace(/[A-HJ-NP-Z]{4} [2-9]{4}/g, '<code>')
  return expect(`${said}\n`).toMatchFileSnapshot(`./transcripts/${name}.golden.txt`)
}

describe('D15: a second person types a registered code', () => {
  test('and is told how to join, and nothing of the enterprise, until its contact says yes', async () => {
    const town = await walkingTown()
    for (const line of ['你好', '同意，开始']) await town.say(second, line)
    expect(await town.say(second, uscc)).toContain('已经有人登记过了')
    expect(await town.say(second, '黄伟')).toContain('已经问了登记')
    expect(await town.say(second, uscc)).toContain('已经问了登记')
    expect(heardBy(town, second)).not.toMatch(/强盛|陈志强|龙岗|第 1 题/)
    expect(heardBy(town, owner)).toContain(`黄伟说是“${enterprise}”的人`)
    expect(heardBy(town, owner)).toContain('7 天不回，就由')
    expect(await membersOf(town)).toHaveLength(1)

    expect(await town.tap(owner, '是，一起办')).toContain('黄伟可以一起答了')
    expect(heardBy(town, second)).toContain(`您可以一起答“${enterprise}”的自评`)
    expect(await town.say(second, '继续')).toContain('第 1 题')
    await town.say(second, '1')
    expect(await town.say(owner, '进度')).toContain('这题黄伟刚答了：符合')
    expect(await membersOf(town)).toMatchObject([{ role: 'contact' }, { name: '黄伟', role: 'colleague' }])
    expect(town.problems).toEqual([])
    await golden(town, 'second-person-confirmed')
  })

  test('whom the contact does not know is kept out, and may still show the licence', async () => {
    const town = await askedIn()
    expect(await town.say(owner, '加入申请')).toContain('是你们厂的人吗')
    expect(await town.say(owner, '不认识')).toContain('没有让黄伟进来')
    expect(heardBy(town, second)).toContain('说您不是这家厂的')
    expect(await town.say(second, uscc)).toContain('说您不是这家厂的')
    // A mistyped code again, or another enterprise.
    expect(await town.say(second, '91440300MA5DABCD1K')).toContain('企业全称')
    expect(heardBy(town, second)).not.toMatch(/强盛|陈志强|龙岗/)
    expect(await membersOf(town)).toHaveLength(1)
    expect(town.problems).toEqual([])
    await golden(town, 'second-person-refused')
  })

  test('after seven days of silence the regulator decides, and may make them the contact', async () => {
    const town = await askedIn()
    await town.wait(6)
    expect(heardBy(town, regulator)).toBe('')
    await town.wait(2)
    expect(heardBy(town, regulator)).toContain('陈志强 7 天没有回')
    expect(heardBy(town, second)).toContain('已交给应急管理局定')
    expect(await town.say(regulator, '加入申请')).toContain('原来的联系人就不再收到通知')
    expect(await town.tap(regulator, '换成联系人')).toContain('黄伟的申请同意了')
    expect(heardBy(town, owner)).toContain('联系人换成了黄伟')
    expect(await town.say(second, '继续')).toContain('登记的电话还是前一位的')
    expect(await town.say(owner, '1')).toContain('现在由黄伟办')
    expect(await membersOf(town)).toMatchObject([
      { name: '陈志强', left_at: expect.any(String) },
      { name: '黄伟', role: 'contact', left_at: null },
    ])
    expect(town.problems).toEqual([])
    await golden(town, 'second-person-silence')
  })

  test('with a photo of the licence the regulator decides at once', async () => {
    const town = await walkingTown()
    for (const line of ['你好', '同意，开始', uscc]) await town.say(second, line)
    expect(await town.sendPhoto(second, licence)).toContain('再发您的姓名')
    expect(await town.say(second, '黄伟')).toContain('已交给应急管理局')
    expect(heardBy(town, regulator)).toContain('发来了营业执照照片')
    expect(await town.say(regulator, '加入申请')).toContain('营业执照照片：有')
    expect(await town.tap(regulator, '让他一起办')).toContain('黄伟的申请同意了')
    expect(await town.say(second, '好了吗')).toContain('第 1 题')
    expect(await town.say(regulator, '加入申请')).toContain('现在没有等您定的')
    expect(town.problems).toEqual([])
    await golden(town, 'second-person-licence')
  })

  test('a licence that comes later, or after a refusal, is decided on too', async () => {
    const town = await askedIn()
    await town.tap(owner, '不认识')
    expect(await town.sendPhoto(second, licence)).toContain('照片已交给应急管理局')
    expect(await town.tap(owner, '不认识')).toContain('已经交给应急管理局定')
    expect(await town.tap(regulator, '不同意')).toContain('没有同意')
    expect(await town.say(second, uscc)).toContain('应急管理局没有同意')
    expect(await town.sendPhoto(second, licence)).toContain('用不上')
    expect(heardBy(town, owner)).toContain(`没有同意黄伟加入“${enterprise}”`)
    expect(await membersOf(town)).toHaveLength(1)
    expect(town.problems).toEqual([])
  })

  test('a picture that is none is asked for again, and no regulator hears of it', async () => {
    const town = await askedIn()
    expect(await town.sendPhoto(second, Buffer.from('no picture'))).toContain('请再拍一张执照')
    expect(heardBy(town, regulator)).toBe('')
    expect(town.problems).toEqual([])
  })

  test('the contact may still let them in when a regulator is to decide; the regulator is told that it is settled', async () => {
    const town = await askedIn()
    await town.sendPhoto(second, licence)
    expect(await town.tap(owner, '是，一起办')).toContain('可以一起答了')
    expect(await town.tap(regulator, '不同意')).toContain('已经定了')
    expect(await town.say(second, '继续')).toContain('第 1 题')
    expect(town.problems).toEqual([])
  })

  test('a regulator of another district neither hears of it nor decides', async () => {
    const town = await askedIn()
    await town.sendPhoto(second, licence)
    const other = 'jianguan-440305'
    expect(heardBy(town, other)).toBe('')
    const { id } = await town.house.database.db.selectFrom('claims').select('id').executeTakeFirstOrThrow()
    const tapped = await town.send(other, {
      ...{ type: 'cardTap', taskId: 'x', key: `review.admit.${id}`, cardType: 'button_interaction' },
      ...{ responseCode: '', selections: [] },
    } as const)
    expect(tapped).toContain('没有找到')
    expect(await membersOf(town)).toHaveLength(1)
  })

  test('whoever gives up, or registers an enterprise of their own, is not asked about any more', async () => {
    const town = await askedIn()
    expect(await town.say(second, '不加入了')).toContain('也不再问了')
    expect(await town.tap(owner, '是，一起办')).toContain('已经定了')
    expect(await membersOf(town)).toHaveLength(1)
    await town.wait(8)
    expect(heardBy(town, regulator)).toBe('')
  })

  test('nobody but the contact answers', async () => {
    const town = await askedIn()
    const { id } = await town.house.database.db.selectFrom('claims').select('id').executeTakeFirstOrThrow()
    await town.send(second, {
      ...{ type: 'cardTap', taskId: 'x', key: `go.letin.${id}`, cardType: 'button_interaction' },
      ...{ responseCode: '', selections: [] },
    } as const)
    expect(heardBy(town, second)).toContain('不归您定')
    expect(await membersOf(town)).toHaveLength(1)
  })
})

describe('换联系人', () => {
  async function codeIn(town: Town): Promise<string> {
    const said = await town.tap(owner, '全交给他办')
    const [, code = ''] = /口令：(\S+ \S+)/.exec(said) ?? []
    expect(code).toMatch(/^[A-HJ-NP-Z]{4} [2-9]{4}$/)
    return code
  }

  test('in a walk: all of it goes with the code, the answers stay, and who handed over is done', async () => {
    const town = await walkingTown()
    await town.say(owner, '2')
    expect(await town.say(owner, '换联系人')).toContain('还是只改姓名')
    const code = await codeIn(town)
    expect(await town.say(second, '你好')).toContain('安标助手')
    expect(await town.say(second, code)).toContain(`陈志强想把“${enterprise}”的事全交给您办`)
    expect(await town.say(second, '姓黄')).toContain('黄什么')
    await town.say(second, '黄伟')
    expect(await town.say(second, '13900001111')).toContain('联系人：黄伟 13900001111')
    expect(await town.tap(second, '我来接手')).toContain('第 2 题')
    expect(heardBy(town, owner)).toContain('黄伟接手了')
    expect(await town.say(owner, '1')).toContain('现在由黄伟办')
    expect(await town.say(owner, '你好')).not.toContain('第 2 题')
    await town.say(second, '1')
    expect(await town.say(second, '查看答案')).toContain('（陈志强答的）')
    const before = heardBy(town, owner)
    await town.wait(16)
    expect(heardBy(town, owner)).toBe(before)
    expect(heardBy(town, second)).toContain('的自评还剩')
    expect(heardBy(town, second)).toContain('隐患今天到期')
    const { db } = town.house.database
    expect(await db.selectFrom('enterprises').select(['contact', 'contact_name', 'contact_phone']).execute()).toEqual([
      { contact: 'app:huang', contact_name: '黄伟', contact_phone: '13900001111' },
    ])
    expect(await db.selectFrom('contact_changes').select(['from_name', 'to_name', 'changed_by']).execute()).toEqual([
      { from_name: '陈志强', to_name: '黄伟', changed_by: 'owner:app:chen' },
    ])
    expect(town.problems).toEqual([])
    await golden(town, 'new-contact')
  })

  test('at home, from the particulars too, and whoever was it may not use the code', async () => {
    const town = await walkingTown()
    await town.say(owner, '修改登记')
    const said = await town.tap(owner, '换联系人')
    const [, code = ''] = /口令：(\S+ \S+)/.exec(said) ?? []
    expect(await town.say(owner, '不改了')).toContain('第 1 题')
    expect(await town.say(owner, code)).toContain('这是您自己要的口令')
    expect(town.problems).toEqual([])
  })

  test('to a colleague in the middle of the walk, who may also leave it', async () => {
    const town = await askedIn()
    await town.tap(owner, '是，一起办')
    await town.say(second, '继续')
    await town.say(owner, '找同事')
    const code = await codeIn(town)
    expect(await town.say(second, code)).toContain('全交给您办')
    expect(await town.say(second, '返回')).toContain('第 1 题')
    await town.say(second, code)
    for (const line of ['黄伟', '13900001111']) await town.say(second, line)
    expect(await town.tap(second, '我来接手')).toContain('第 1 题')
    expect(await town.say(second, '换联系人')).toContain('还是只改姓名')
    expect(town.problems).toEqual([])
  })

  test('a colleague hands nothing over; a code works once, and not when it has run out', async () => {
    const town = await askedIn()
    await town.tap(owner, '是，一起办')
    await town.say(second, '继续')
    await town.say(second, '换联系人')
    expect(await town.tap(second, '全交给他办')).toContain('要由陈志强来办')
    await town.say(owner, '换联系人')
    const code = await codeIn(town)
    await town.wait(4)
    expect(await town.say('wu', code)).toContain('过期了')
    await town.say(owner, '换联系人')
    const fresh = await codeIn(town)
    for (const line of [fresh, '吴强', '13900002222']) await town.say('wu', line)
    await town.tap('wu', '我来接手')
    expect(await town.say('li', fresh)).toContain('已经用过了')
    expect(town.problems).toEqual([])
  })
})
