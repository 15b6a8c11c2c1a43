import { expect, test } from 'vitest'
import { addRegulator } from '../src/storage/regulators.ts'
import { answeredUntil, carefulAnswer, enrolmentLines, talkIn } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

async function filed(it: Town, owner = 'chen') {
  let said = ''
  for (const line of enrolmentLines) said = await it.say(owner, line)
  await answeredUntil(talkIn(it, owner), said, '已申报')
  return onlyApplication(it)
}

const onlyApplication = (it: Town) =>
  it.house.database.db.selectFrom('applications').select(['id', 'state']).executeTakeFirstOrThrow()

const appoint = (it: Town, userId: string) =>
  it.house.database.inTransaction('regulators', (trx) =>
    addRegulator(trx, { userId, district: '440307', role: 'approver' }, it.house.clock()),
  )

test('an owner who is made a regulator comes to the desk', async () => {
  const it = await openedTown()
  await filed(it)
  await appoint(it, 'chen')
  expect(await it.say('chen', '待办')).toContain('等您审查')
})

test('two who register the same enterprise at once: the second is told, and nothing fails', async () => {
  const it = await openedTown()
  const said = new Map<string, string>()
  for (const line of enrolmentLines) for (const owner of ['chen', 'lin']) said.set(owner, await it.say(owner, line))
  await answeredUntil(talkIn(it, 'chen'), said.get('chen') ?? '', '现在开始')
  let last = said.get('lin') ?? ''
  for (let count = 0; count < 4; count++) last = await it.say('lin', carefulAnswer(last))
  expect(it.problems).toEqual([])
})
