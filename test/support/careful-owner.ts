import { resolve } from 'node:path'
import { expect } from 'vitest'
import type { Chat } from '../../src/cli/chat.ts'
import type { Town } from './town.ts'

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

export const machinePhoto = resolve('test/transcripts/photos/machine.jpg')

/** Whom an owner talks to. */
export interface Talk {
  say(text: string): Promise<string>
  sendPhoto(file: string): Promise<string>
}

export const talkOf = (chat: Chat): Talk => ({
  say: async (text) => (await chat.say(text)).join('\n'),
  sendPhoto: async (file) => (await chat.sendPhoto(file)).join('\n'),
})

/** One person of a town. */
export const talkIn = (town: Town, person: string): Talk => ({
  say: (text) => town.say(person, text),
  sendPhoto: (file) => town.sendPhotoOf(person, file),
})

export const asksForPhoto = (said: string) => said.includes('现在拍：')

/** How a careful owner answers what the bot said last, where no photo is asked for: everything is in order. */
export function carefulAnswer(said: string): string {
  if (said.includes('厂里有哪些')) return '都没有'
  if (said.includes('请本人确认')) return '陈志强'
  if (said.includes('没问题，去签承诺')) return '没问题，去签承诺'
  return '1'
}

/** Answers what is asked, and takes the photos, until the given words come. */
export async function answeredUntil(talk: Talk, said: string, end: string): Promise<string> {
  let current = said
  for (let count = 0; !current.includes(end); count++) {
    expect(count, current).toBeLessThan(150)
    current = asksForPhoto(current) ? await talk.sendPhoto(machinePhoto) : await talk.say(carefulAnswer(current))
  }
  return current
}

/** What an owner does: says words, or sends the photo that is asked for. */
export type Act = { readonly says: string } | { readonly photo: string }

/** Everything a careful owner does from the first word to the filed application. */
export async function carefulActs(chat: Chat): Promise<Act[]> {
  const acts: Act[] = []
  const talk = talkOf(chat)
  const noted: Talk = {
    say(says) {
      acts.push({ says })
      return talk.say(says)
    },
    sendPhoto(photo) {
      acts.push({ photo })
      return talk.sendPhoto(photo)
    },
  }
  let said = ''
  for (const line of enrolmentLines) said = await noted.say(line)
  await answeredUntil(noted, said, '已申报')
  return acts
}
