import { describe, expect, test } from 'vitest'
import { MessageLimitError } from '../../src/wecom/limits.ts'
import {
  type ButtonInteraction,
  buttonUpdate,
  cardMessage,
  cardReplacement,
  checkCard,
  fileMessage,
  imageMessage,
  type MultipleInteraction,
  markdownMessage,
  type NewsNotice,
  repeated,
  type TemplateCard,
  type TextNotice,
  textCardMessage,
  textMessage,
  type VoteInteraction,
} from '../../src/wecom/outbound.ts'

const to = { userId: 'zhangsan', agentId: 218 }
const head = { touser: 'zhangsan', agentid: 218 }
const url = 'https://example.invalid/a'
const options = (count: number, text = '有') => Array.from({ length: count }, (_, index) => ({ id: `o${index}`, text }))
const buttons = (count: number, text = '符合') =>
  Array.from({ length: count }, (_, index) => ({ text, style: 3 as const, key: `k${index}` }))

const textNotice: TextNotice = {
  card_type: 'text_notice',
  main_title: { title: '新申报' },
  card_action: { type: 1, url },
}
const newsNotice: NewsNotice = {
  card_type: 'news_notice',
  main_title: { title: '公告' },
  card_image: { url },
  card_action: { type: 1, url },
}
const { card_image: _, ...newsWithoutPicture } = newsNotice
const buttonCard: ButtonInteraction = {
  card_type: 'button_interaction',
  task_id: 'q-14',
  main_title: { title: '第 14 题' },
  button_list: buttons(4),
}
const vote: VoteInteraction = {
  card_type: 'vote_interaction',
  task_id: 'p-1',
  main_title: { title: '有哪些' },
  checkbox: { question_key: 'picked', mode: 1, option_list: options(6) },
  submit_button: { text: '选好了', key: 'submit' },
}
const selector = { question_key: 'a', title: '工种', option_list: options(3) }
const multiple: MultipleInteraction = {
  card_type: 'multiple_interaction',
  task_id: 'm-1',
  main_title: { title: '补充' },
  select_list: [selector],
  submit_button: { text: '提交', key: 'submit' },
}

const refusedField = (build: () => unknown) => {
  try {
    build()
  } catch (error) {
    if (error instanceof MessageLimitError) return error.field
    throw error
  }
  return undefined
}

describe('bodies as document 90236 shows them', () => {
  test.for([
    ['text', textMessage(to, '您好'), { ...head, msgtype: 'text', text: { content: '您好' } }],
    ['markdown', markdownMessage(to, '**您好**'), { ...head, msgtype: 'markdown', markdown: { content: '**您好**' } }],
    ['image', imageMessage(to, 'M1'), { ...head, msgtype: 'image', image: { media_id: 'M1' } }],
    ['file', fileMessage(to, 'M2'), { ...head, msgtype: 'file', file: { media_id: 'M2' } }],
    [
      'textcard',
      textCardMessage(to, { title: '受理', description: '已申报', url }),
      { ...head, msgtype: 'textcard', textcard: { title: '受理', description: '已申报', url } },
    ],
    ...[textNotice, newsNotice, buttonCard, vote, multiple].map(
      (card) =>
        [card.card_type, cardMessage(to, card), { ...head, msgtype: 'template_card', template_card: card }] as const,
    ),
    [
      'button update',
      buttonUpdate('RC', ['zhangsan'], '符合'),
      { userids: ['zhangsan'], response_code: 'RC', button: { replace_name: '符合' } },
    ],
    [
      'card replacement',
      cardReplacement('RC', ['zhangsan'], vote, '已提交'),
      { userids: ['zhangsan'], response_code: 'RC', template_card: { ...vote, replace_text: '已提交' } },
    ],
    [
      'repetition',
      repeated(textMessage(to, '您好')),
      { ...textMessage(to, '您好'), enable_duplicate_check: 1, duplicate_check_interval: 600 },
    ],
  ] as const)('%s', ([, body, expected]) => {
    expect(body).toEqual(expected)
  })
})

describe('limits of messages', () => {
  test.for([
    ['everybody', 'touser', () => textMessage({ ...to, userId: '@all' }, 'x')],
    ['several', 'touser', () => textMessage({ ...to, userId: 'a|b' }, 'x')],
    ['nobody', 'touser', () => textMessage({ ...to, userId: '' }, 'x')],
    ['682 Chinese characters', undefined, () => textMessage(to, '患'.repeat(682))],
    ['683 Chinese characters', 'text.content', () => textMessage(to, '患'.repeat(683))],
    ['no text', 'text.content', () => textMessage(to, ' ')],
    ['markdown too long', 'markdown.content', () => markdownMessage(to, '患'.repeat(683))],
    [
      'card title too long',
      'textcard.title',
      () => textCardMessage(to, { title: '患'.repeat(43), description: 'x', url }),
    ],
    [
      'card description too long',
      'textcard.description',
      () => textCardMessage(to, { title: 'x', description: '患'.repeat(171), url }),
    ],
    ['url without protocol', 'textcard.url', () => textCardMessage(to, { title: 'x', description: 'x', url: 'a.cn' })],
    [
      'url too long',
      'textcard.url',
      () => textCardMessage(to, { title: 'x', description: 'x', url: `${url}?${'a'.repeat(2048)}` }),
    ],
    [
      'card button too long',
      'textcard.btntxt',
      () => textCardMessage(to, { title: 'x', description: 'x', url, btntxt: '查看详情吧' }),
    ],
    ['no picture', 'image.media_id', () => imageMessage(to, '')],
    ['no file', 'file.media_id', () => fileMessage(to, '')],
    ['update without code', 'response_code', () => buttonUpdate('', ['a'], 'x')],
    ['update for nobody', 'userids', () => buttonUpdate('RC', [], 'x')],
    ['update with a long name', 'button.replace_name', () => buttonUpdate('RC', ['a'], '符'.repeat(11))],
    ['replacement with a long text', 'replace_text', () => cardReplacement('RC', ['a'], vote, '符'.repeat(11))],
  ] as const)('%s', ([, field, build]) => {
    expect(refusedField(build)).toBe(field)
  })
})

describe('limits of cards', () => {
  const six = { horizontal_content_list: Array.from({ length: 6 }, () => ({ keyname: '得分', value: '94.1' })) }
  const action = { text: '不再提醒', key: 'mute' }

  test.for<[string, string | undefined, TemplateCard]>([
    ['title of 36', undefined, { ...buttonCard, main_title: { title: '题'.repeat(36), desc: '注'.repeat(44) } }],
    ['title of 37', 'main_title.title', { ...buttonCard, main_title: { title: '题'.repeat(37) } }],
    ['note of 45', 'main_title.desc', { ...buttonCard, main_title: { title: 'x', desc: '注'.repeat(45) } }],
    ['no title', 'main_title.title', { ...buttonCard, main_title: {} }],
    ['source of 21', 'source.desc', { ...buttonCard, source: { desc: '源'.repeat(21) } }],
    ['body of 161', 'sub_title_text', { ...buttonCard, sub_title_text: '文'.repeat(161) }],
    ['six buttons', undefined, { ...buttonCard, button_list: buttons(6, '十个字的按钮文字长度') }],
    ['seven buttons', 'button_list', { ...buttonCard, button_list: buttons(7) }],
    ['no button', 'button_list', { ...buttonCard, button_list: [] }],
    ['button of 11', 'button_list[0].text', { ...buttonCard, button_list: buttons(2, '十一个字的按钮文字长度') }],
    ['empty button', 'button_list[0].text', { ...buttonCard, button_list: buttons(2, '') }],
    ['two keys alike', 'button_list', { ...buttonCard, button_list: [...buttons(1), ...buttons(1)] }],
    [
      'key of 1025 bytes',
      'button_list',
      { ...buttonCard, button_list: [{ text: 'x', style: 1, key: 'k'.repeat(1025) }] },
    ],
    ['key with a control', 'button_list', { ...buttonCard, button_list: [{ text: 'x', style: 1, key: 'k\u0000' }] }],
    ['task_id of 128', undefined, { ...buttonCard, task_id: `${'a'.repeat(124)}_-@1` }],
    ['task_id of 129', 'task_id', { ...buttonCard, task_id: 'a'.repeat(129) }],
    ['task_id with a dot', 'task_id', { ...buttonCard, task_id: 'a.b' }],
    ['six facts', undefined, { ...buttonCard, ...six }],
    [
      'seven facts',
      'horizontal_content_list',
      { ...buttonCard, horizontal_content_list: [...six.horizontal_content_list, { keyname: 'x' }] },
    ],
    [
      'fact name of 6',
      'horizontal_content_list[0].keyname',
      { ...buttonCard, horizontal_content_list: [{ keyname: '六个字的名称' }] },
    ],
    [
      'fact value of 31',
      'horizontal_content_list[0].value',
      { ...buttonCard, horizontal_content_list: [{ keyname: '得分', value: '值'.repeat(31) }] },
    ],
    ['card url', 'card_action.url', { ...buttonCard, card_action: { type: 1, url: 'ftp://x' } }],
    ['quote url', 'quote_area.url', { ...buttonCard, quote_area: { type: 1 } }],
    [
      'selector of 11',
      'button_selection.option_list',
      { ...buttonCard, button_selection: { ...selector, option_list: options(11) } },
    ],
    [
      '20 choices of 17',
      undefined,
      { ...vote, checkbox: { ...vote.checkbox, option_list: options(20, '选'.repeat(17)) } },
    ],
    ['21 choices', 'checkbox.option_list', { ...vote, checkbox: { ...vote.checkbox, option_list: options(21) } }],
    ['no choices', 'checkbox.option_list', { ...vote, checkbox: { ...vote.checkbox, option_list: [] } }],
    [
      'choice of 18',
      'checkbox.option_list[0].text',
      { ...vote, checkbox: { ...vote.checkbox, option_list: options(1, '选'.repeat(18)) } },
    ],
    [
      'choice id of 129 bytes',
      'checkbox.option_list',
      { ...vote, checkbox: { ...vote.checkbox, option_list: [{ id: 'i'.repeat(129), text: 'x' }] } },
    ],
    ['submit of 11', 'submit_button[0].text', { ...vote, submit_button: { text: '交'.repeat(11), key: 'submit' } }],
    ['no submit key', 'submit_button', { ...vote, submit_button: { text: '交', key: '' } }],
    ['no question key', 'checkbox.question_key', { ...vote, checkbox: { ...vote.checkbox, question_key: '' } }],
    [
      'three selectors',
      undefined,
      { ...multiple, select_list: ['a', 'b', 'c'].map((question_key) => ({ ...selector, question_key })) },
    ],
    [
      'four selectors',
      'select_list',
      { ...multiple, select_list: ['a', 'b', 'c', 'd'].map((question_key) => ({ ...selector, question_key })) },
    ],
    ['selectors alike', 'select_list', { ...multiple, select_list: [selector, selector] }],
    [
      'selector title of 14',
      'select_list[0].title',
      { ...multiple, select_list: [{ ...selector, title: '题'.repeat(14) }] },
    ],
    [
      'option of 17',
      'select_list[0].option_list[0].text',
      { ...multiple, select_list: [{ ...selector, option_list: options(1, '选'.repeat(17)) }] },
    ],
    ['notice without words', 'main_title.title or sub_title_text', { ...textNotice, main_title: {} }],
    ['notice with a sub-title only', undefined, { ...textNotice, main_title: {}, sub_title_text: '已受理' }],
    ['figure of 15', 'emphasis_content.title', { ...textNotice, emphasis_content: { title: '数'.repeat(15) } }],
    [
      'four links',
      'jump_list',
      { ...textNotice, jump_list: Array.from({ length: 4 }, () => ({ type: 1 as const, title: 'x', url })) },
    ],
    [
      'link title of 19',
      'jump_list[0].title',
      { ...textNotice, jump_list: [{ type: 1, title: '题'.repeat(19), url }] },
    ],
    ['menu without task_id', 'task_id', { ...textNotice, action_menu: { action_list: [action] } }],
    ['menu', undefined, { ...textNotice, task_id: 't', action_menu: { action_list: [action] } }],
    ['empty menu', 'action_menu.action_list', { ...textNotice, task_id: 't', action_menu: { action_list: [] } }],
    ['news without picture', 'card_image or image_text_area', newsWithoutPicture],
    ['picture too wide', 'card_image.aspect_ratio', { ...newsNotice, card_image: { url, aspect_ratio: 2.25 } }],
    [
      'five paragraphs',
      'vertical_content_list',
      { ...newsNotice, vertical_content_list: Array.from({ length: 5 }, () => ({ title: 'x' })) },
    ],
  ])('%s', ([, field, card]) => {
    expect(refusedField(() => checkCard(card))).toBe(field)
  })
})
