import { expect, test } from 'vitest'
import { enrolmentLines } from '../support/careful-owner.ts'
import { openedTown, type Town } from '../support/town.ts'

const owner = 'chen'

/** An owner in the middle of the questions. */
async function walking(): Promise<{ town: Town; question: string }> {
  const town = await openedTown()
  for (const line of [...enrolmentLines, '都没有', '都没有', '都没有', '没错，开始答题']) await town.say(owner, line)
  const said = await town.say(owner, '符合')
  return { town, question: said.slice(said.indexOf('\n') + 1) }
}

/** Days on which an owner was told of the walk that was left. */
const nudges = ({ transcript }: Town, from: number) =>
  transcript.slice(from).filter((line) => line.startsWith('　→') && line.includes('的自评还剩')).length

test.each(['别提醒了', '不要再提醒'])(
  '“%s” in front of a question stops the nudges, and the question stands',
  async (words) => {
    const { town, question } = await walking()
    const said = await town.say(owner, words)
    expect(said).toContain('以后不再提醒您')
    expect(said).toContain(question)
    const before = town.transcript.length
    await town.wait(60)
    expect(nudges(town, before)).toBe(0)

    expect(await town.say(owner, '继续提醒')).toContain(question)
    const after = town.transcript.length
    await town.wait(8)
    expect(nudges(town, after)).toBe(3)
    expect(town.problems).toEqual([])
  },
)

test('so does the button of a nudge; its other button goes on', async () => {
  const { town, question } = await walking()
  await town.say(owner, '暂停')
  await town.wait(1)
  expect(await town.tap(owner, '接着答')).toContain(question)
  const said = await town.tap(owner, '别提醒了')
  expect(said).toContain('以后不再提醒您')
  expect(said).toContain(question)
  const before = town.transcript.length
  await town.wait(60)
  expect(nudges(town, before)).toBe(0)
})
