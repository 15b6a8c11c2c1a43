import { expect, test } from 'vitest'
import { advance, innermost, opening } from '../flows/advance.ts'
import { enrolment } from '../flows/enrolment/enrolment.machine.ts'
import { loadContent } from '../src/content.ts'
import { conversationOf } from '../src/storage/conversations.ts'
import { enterpriseOf } from '../src/storage/enterprises.ts'
import { wholeDraft } from './flows/enrolment-moments.ts'
import { enrolmentLines } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

const { library } = loadContent()
const machine = enrolment(library)
const opened = (updating: 'walk' | 'home', field?: 'headcount' | 'facts') =>
  opening(machine, { draft: wholeDraft, updating, ...(field && { field }) })

test('it begins with what can be changed, or with the field that was named', () => {
  expect(innermost(opened('home').snapshot.value)).toBe('choosingField')
  expect(innermost(opened('walk', 'headcount').snapshot.value)).toBe('askingHeadcount')
})

test('the code never becomes another', () => {
  const { snapshot } = opened('home')
  expect(snapshot.can({ type: 'field.reopened', field: 'uscc' })).toBe(false)
  expect(snapshot.can({ type: 'field.reopened', field: 'name' })).toBe(true)
})

test('what was changed is handed over when it is right', () => {
  let step = advance(machine, opened('walk', 'headcount').snapshot, { type: 'headcount.given', headcount: 66 })
  expect(innermost(step.snapshot.value)).toBe('confirming')
  step = advance(machine, step.snapshot, { type: 'enrolment.confirmed' })
  expect(step.effects).toEqual([{ type: 'updateProfile', draft: { ...wholeDraft, headcount: 66 }, before: 'walk' }])
})

test('whoever goes back before anything was changed, or says so after, changes nothing', () => {
  const unchanged = [{ type: 'updateProfile', draft: null, before: 'home' }]
  expect(advance(machine, opened('home').snapshot, { type: 'step.back' }).effects).toEqual(unchanged)
  const { snapshot } = advance(machine, opened('home', 'headcount').snapshot, {
    type: 'headcount.given',
    headcount: 66,
  })
  expect(advance(machine, snapshot, { type: 'changes.dropped' }).effects).toEqual(unchanged)
  // 返回 is not to lose what was told.
  const listed = advance(machine, snapshot, { type: 'fields.listed' }).snapshot
  expect(innermost(advance(machine, listed, { type: 'step.back' }).snapshot.value)).toBe('confirming')
})

/** D5: at the questions, the particulars are changed, and the walk goes on with its other answers. */
test('D5: in a walk', async () => {
  const town = await openedTown()
  const say = async (...lines: string[]) => {
    let answer = ''
    for (const line of lines) answer = await town.say('chen', line)
    return answer
  }
  await say(...enrolmentLines, '都没有', '都没有', '都没有', '没错，开始答题', '符合')
  expect(await say('修改登记')).toContain('要改哪一处')
  expect(await say('人数')).toContain('现在记的是：38 人')
  expect(await say('66人')).toContain('点“改好了，接着答”')
  const heard = await say('改好了，接着答')
  expect(town.problems).toEqual([])
  expect(heard).toContain('登记信息改好了')
  expect(heard).toContain('第 2 题')
  expect((await enterpriseAt(town)).headcount).toBe(66)
})

const enterpriseAt = ({ house }: Town) =>
  house.database.inTransaction('app:chen', async (trx) => {
    const stored = await conversationOf(trx, 'app:chen')
    return enterpriseOf(trx, stored?.enterpriseId ?? '')
  })
