import { expect, test } from 'vitest'
import { rejectApplication, withdrawApplication } from '../src/standardization/index.ts'
import { answeredUntil, enrolmentLines, talkIn } from './support/careful-owner.ts'
import { openedTown, type Town } from './support/town.ts'

const owner = 'chen'
test('try', async () => {
  const it = await openedTown()
  let said = ''
  for (const line of enrolmentLines) said = await it.say(owner, line)
  await answeredUntil(talkIn(it, owner), said, '已申报')
  const n = it.transcript.length
  await it.say(owner, '撤回申报')
  await it.tap(owner, '撤回')
  said = await it.tap(owner, '开始自评')
  for (const w of ['都没有', '都没有', '都没有', '没错', '改好了']) said = await it.say(owner, w)
  for (const w of ['没变化', '收到', '2', '1 3', '嗯', '没有', '第2题不符合', '改', '别提醒了', '继续提醒'])
    said = await it.say(owner, w)
  for (let i = 0; i < 20; i++) said = await it.say(owner, '1')
  console.log(it.transcript.slice(n).join('\n'))
  console.log(it.problems)
})
