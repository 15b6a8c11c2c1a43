import type { Chat } from '../../src/cli/chat.ts'

/** What an owner of a machine shop says until the questions begin. */
export const enrolmentLines = [
  '你好',
  '同意，开始',
  '91440300MA5FABCD1Q',
  '强盛金属制品有限公司',
  '横岗',
  '做铁架子的',
  '对',
  '38人',
  '陈志强',
  '13812345678',
]

/** How a careful owner answers what the bot said last: everything is in order, photos come later. */
export function carefulAnswer(said: string): string {
  if (said.includes('先不拍')) return '先不拍'
  if (said.includes('厂里有哪些')) return '都没有'
  if (said.includes('请本人确认')) return '陈志强'
  return '1'
}

/** Everything a careful owner says from the first word to the filed application. */
export async function carefulLines(chat: Chat): Promise<string[]> {
  const lines: string[] = []
  let said = ''
  const say = async (line: string) => {
    lines.push(line)
    said = (await chat.say(line)).join('\n')
  }
  for (const line of enrolmentLines) await say(line)
  while ((await chat.outcome()).applicationNumber === null) {
    if (lines.length > 200) throw new Error(`The owner does not get on: ${said}`)
    await say(carefulAnswer(said))
  }
  return lines
}
