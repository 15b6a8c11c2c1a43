import {
  type ContextBaseData,
  type Conversation,
  type ConversationResult,
  type ConversationState,
  enterConversation,
  resumeConversation,
} from '@grammyjs/conversations'
import type { Context } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { Model } from 'survey-core'

const CHOICES = ['1', '2', '3', '4']

/** So many turns of survey-core are timed, evenly spread over the walk: all of them would take a minute. */
const SURVEY_TURNS = 20

/**
 * One question per page, as in a chat. One model serves all, as one machine does ours, and is given the data of whoever
 * speaks: building a model for every turn would take three times as long.
 */
export function surveyTurns(questions: readonly string[]): number[] {
  const model = new Model({
    pages: questions.map((title, index) => ({
      elements: [{ type: 'radiogroup', name: `q${index}`, title, choices: CHOICES }],
    })),
  })
  const pages = Array.from({ length: SURVEY_TURNS }, (_, turn) => Math.floor((turn * questions.length) / SURVEY_TURNS))
  return [0, ...pages]
    .map((page) => {
      const answers = Object.fromEntries(questions.slice(0, page).map((_, index) => [`q${index}`, '1']))
      const stored = JSON.stringify({ data: answers, page })
      const begin = performance.now()
      const { data, page: currentPage } = JSON.parse(stored)
      model.data = data
      model.currentPageNo = currentPage
      model.setValue(`q${page}`, '1')
      model.nextPage()
      JSON.stringify({ data: model.data, page: model.currentPageNo })
      return performance.now() - begin
    })
    .slice(1)
}

/** Every turn of one walk. What the bot says goes nowhere, but is logged by the plugin as it would be. */
export async function grammyTurns(questions: readonly string[]): Promise<number[]> {
  const walk = async (conversation: Conversation, context: Context) => {
    const answers: string[] = []
    for (const question of questions) {
      await context.reply(question)
      answers.push((await conversation.waitFor('message:text')).message.text)
    }
  }

  let state: ConversationState = { ...handled(await enterConversation(walk, saying('begin'))) }
  const turns: number[] = []
  for (const _ of questions.slice(1)) {
    const stored = JSON.stringify(state)
    const begin = performance.now()
    state = handled(await resumeConversation(walk, saying('1'), JSON.parse(stored)))
    JSON.stringify(state)
    turns.push(performance.now() - begin)
  }
  return turns
}

function handled(result: ConversationResult): ConversationState {
  if (result.status !== 'handled') throw new Error(`The conversation is ${result.status}`)
  return { replay: result.replay, interrupts: result.interrupts }
}

const chat = { id: 1, type: 'private', first_name: 'Owner' } as const

const bot: UserFromGetMe = {
  id: 2,
  is_bot: true,
  first_name: 'Bot',
  username: 'bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  can_connect_to_business: false,
  supports_inline_queries: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
}

const saying = (text: string): ContextBaseData => ({
  update: { update_id: 1, message: { message_id: 1, date: 0, chat, from: { ...chat, is_bot: false }, text } },
  api: {
    token: 'bench',
    options: { fetch: async () => Response.json({ ok: true, result: { message_id: 1, date: 0, chat } }) },
  },
  me: bot,
})
