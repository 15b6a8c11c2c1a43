import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InboundContent } from '../../src/message/index.ts'
import { InboundParseError, parseInbound } from '../../src/wecom/inbound.ts'

const folder = new URL('../callbacks/', import.meta.url).pathname
const sample = (name: string) => readFileSync(`${folder}${name}.xml`, 'utf8')

const card = { taskId: 'pick-1', cardType: 'vote_interaction', key: 'submit' }
const notice = (event: string): InboundContent => ({ type: 'activityNotice', event })
const effectiveAt = new Date('2024-11-30T20:53:20Z')

const samples: Record<string, InboundContent> = {
  text: { type: 'text', text: '1' },
  'text-with-markup': { type: 'text', text: '<b>&amp; 符合 ]] <!DOCTYPE x> &foo;' },
  'text-empty': { type: 'text', text: '' },
  'text-without-cdata': { type: 'text', text: 'A & B <3 你好' },
  'text-in-lines': { type: 'text', text: ' 漆房\n在二楼 ' },
  image: { type: 'image', mediaId: 'media-image', pictureUrl: 'http://p.example.invalid/1' },
  'image-without-picture-url': { type: 'image', mediaId: 'media-image' },
  voice: { type: 'voice', mediaId: 'media-voice', format: 'amr' },
  video: { type: 'video', mediaId: 'media-video', thumbMediaId: 'media-thumb' },
  location: { type: 'location', latitude: 23.134, longitude: 113.358, scale: 20, label: '位置信息' },
  link: {
    type: 'link',
    title: '隐患排查指南',
    description: '图解',
    url: 'https://example.invalid/a?b=1&c=2',
    pictureUrl: 'https://example.invalid/p.png',
  },
  sticker: { type: 'unsupported', name: 'emotion' },
  'event-subscribe': { type: 'joined' },
  'event-unsubscribe': { type: 'left' },
  'event-enter-agent': { type: 'entered' },
  'event-location': { type: 'positionReported', latitude: 23.104105, longitude: 113.320107, precision: 65 },
  'event-click': { type: 'menuTap', key: 'menu.progress' },
  'event-view': { type: 'linkOpened', target: 'https://example.invalid/help', in: 'web' },
  'event-view-miniprogram': { type: 'linkOpened', target: 'pages/index', in: 'miniprogram' },
  'event-scancode-push': {
    type: 'scanned',
    key: 'scan',
    scanType: 'qrcode',
    result: 'https://example.invalid/q',
    awaitsReply: false,
  },
  'event-scancode-waitmsg': {
    type: 'scanned',
    key: 'scan',
    scanType: 'qrcode',
    result: 'https://example.invalid/q',
    awaitsReply: true,
  },
  'event-pic-sysphoto': {
    type: 'picturesChosen',
    via: 'pic_sysphoto',
    key: 'photo',
    count: 1,
    md5Sums: ['a'.repeat(32)],
  },
  'event-pic-photo-or-album': {
    type: 'picturesChosen',
    via: 'pic_photo_or_album',
    key: 'photo',
    count: 2,
    md5Sums: ['a'.repeat(32), 'b'.repeat(32)],
  },
  'event-pic-weixin': {
    type: 'picturesChosen',
    via: 'pic_weixin',
    key: 'faceSimilarity',
    count: 2,
    md5Sums: ['aef52ae501537e552725c5d7f99c1741', 'c4564632a4fab91378c39bea6aad6f9e'],
  },
  'event-location-select': {
    type: 'locationChosen',
    key: 'place',
    latitude: 22.7,
    longitude: 114.2,
    scale: 16,
    label: '龙岗区坪地街道',
    placeName: '',
  },
  'event-template-card-button': {
    type: 'cardTap',
    key: 'conforming',
    taskId: 'q-14@1',
    cardType: 'button_interaction',
    responseCode: 'RC-1',
    selections: [],
  },
  'event-template-card-vote': {
    type: 'cardTap',
    ...card,
    responseCode: 'RC-2',
    selections: [{ question: 'picked', options: ['dust', 'painting'] }],
  },
  'event-template-card-vote-one': {
    type: 'cardTap',
    ...card,
    responseCode: 'RC-3',
    selections: [{ question: 'picked', options: ['dust'] }],
  },
  'event-template-card-vote-none': {
    type: 'cardTap',
    ...card,
    responseCode: 'RC-4',
    selections: [{ question: 'picked', options: [] }],
  },
  'event-template-card-several-questions': {
    type: 'cardTap',
    key: 'submit',
    taskId: 'multi-1',
    cardType: 'multiple_interaction',
    responseCode: 'RC-5',
    selections: [
      { question: 'a', options: ['1'] },
      { question: 'b', options: ['2'] },
    ],
  },
  'event-template-card-menu': {
    type: 'cardMenuTap',
    key: 'mute',
    taskId: 'notice-1',
    cardType: 'text_notice',
    responseCode: 'RC-6',
  },
  'event-taskcard-click': { type: 'taskCardTap', key: 'ok', taskId: 'task-9' },
  'event-batch-job-result': {
    type: 'jobFinished',
    jobId: 'S0MrnndvRG5fadSlLwiBqiDDbM143UqTmKP3152FZk4',
    jobType: 'sync_user',
    errorCode: 0,
    errorMessage: 'ok',
  },
  'event-change-contact-create-user': {
    type: 'contactsChanged',
    change: 'create_user',
    fields: {
      UserID: 'lisi',
      Name: '李四',
      Department: '1,2',
      MainDepartment: '1',
      IsLeaderInDept: '1,0',
      'ExtAttr.Item.0.Name': '工号',
      'ExtAttr.Item.0.Type': '0',
      'ExtAttr.Item.0.Text.Value': '7',
      'ExtAttr.Item.1.Name': '片区',
      'ExtAttr.Item.1.Type': '0',
      'ExtAttr.Item.1.Text.Value': '坪地',
    },
  },
  'event-change-contact-update-user': contacts('update_user', { UserID: 'lisi', NewUserID: 'lisi2' }),
  'event-change-contact-delete-user': contacts('delete_user', { UserID: 'lisi' }),
  'event-change-contact-create-party': contacts('create_party', { Id: '2', Name: '龙岗区', ParentId: '1', Order: '1' }),
  'event-change-contact-update-party': contacts('update_party', { Id: '2', Name: '坪地街道' }),
  'event-change-contact-delete-party': contacts('delete_party', { Id: '2' }),
  'event-change-contact-update-tag': contacts('update_tag', {
    TagId: '1',
    AddUserItems: 'zhangsan,lisi',
    DelUserItems: 'wangwu',
  }),
  'event-change-external-contact-add-external-contact': external('add_external_contact', {
    State: 'st',
    WelcomeCode: 'WC',
  }),
  'event-change-external-contact-add-half-external-contact': external('add_half_external_contact'),
  'event-change-external-contact-edit-external-contact': external('edit_external_contact'),
  'event-change-external-contact-del-external-contact': external('del_external_contact'),
  'event-change-external-contact-del-follow-user': external('del_follow_user'),
  'event-change-external-contact-transfer-fail': external('transfer_fail', { FailReason: 'customer_refused' }),
  'event-share-agent-change': { type: 'appShareChanged', event: 'share_agent_change' },
  'event-share-chain-change': { type: 'appShareChanged', event: 'share_chain_change' },
  'event-kf-msg-or-event': {
    type: 'kfBell',
    token: 'ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR',
    openKfId: 'wkAbCdEf',
  },
  'event-kf-account-auth-change': { type: 'kfAccountsChanged', added: ['wk1'], removed: [] },
  'event-switch-workbench-mode': { type: 'workbenchModeSwitched', mode: 1 },
  'event-inactive-alert': { type: 'activityNotice', event: 'inactive_alert', effectiveAt },
  'event-low-active-alert': { type: 'activityNotice', event: 'low_active_alert', effectiveAt },
  'event-close-inactive-agent': notice('close_inactive_agent'),
  'event-reopen-inactive-agent': notice('reopen_inactive_agent'),
  'event-low-active': notice('low_active'),
  'event-active-restored': notice('active_restored'),
  'event-open-approval-change': { type: 'unsupported', name: 'event:open_approval_change' },
}

function contacts(change: string, fields: Record<string, string>): InboundContent {
  return { type: 'contactsChanged', change, fields }
}

function external(change: string, fields: Record<string, string> = {}): InboundContent {
  const named = { UserID: 'zhangsan', ExternalUserID: 'wmxxx', ...fields }
  return { type: 'externalContactChanged', change, fields: named }
}

describe('recorded callbacks', () => {
  test.for(Object.entries(samples))('%s', ([name, content]) => {
    expect(parseInbound(sample(name)).content).toEqual(content)
  })

  test('every recorded callback is in the table', () => {
    expect(readdirSync(folder).toSorted()).toEqual(
      Object.keys(samples)
        .map((name) => `${name}.xml`)
        .toSorted(),
    )
  })

  test('no two of them share a dedupe key', () => {
    const keys = Object.keys(samples).map((name) => parseInbound(sample(name)).dedupeKey)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('who and when', () => {
  test.for([
    ['text', 'app:zhangsan', '2024-11-24T09:20:00.000Z'],
    ['text-without-cdata', 'app:chenjiashun', '2016-10-14T05:26:19.000Z'],
    ['event-click', 'app:zhangsan', '2024-11-24T09:20:00.000Z'],
    ['event-change-contact-delete-user', 'app:sys', '2024-11-24T09:20:00.000Z'],
    ['event-kf-account-auth-change', 'app:sys', '2024-11-24T09:20:00.000Z'],
    ['event-kf-msg-or-event', 'kf:wkabcdef', '2012-09-28T11:31:00.000Z'],
  ] as const)('%s', ([name, contact, sentAt]) => {
    expect(parseInbound(sample(name))).toMatchObject({ contact, sentAt: new Date(sentAt) })
  })
})

describe('dedupe key', () => {
  const keyOf = (xml: string) => parseInbound(xml).dedupeKey
  const tap = sample('event-template-card-button')
  const picked = sample('event-template-card-vote')

  test('a message is known by its MsgId, all 64 bits of it', () => {
    expect(keyOf(sample('text-in-lines'))).toBe('4561255354251345929')
  })

  test.for(['evidence:0123456789abcdef', 'carried:a1', '123456789012345678901', '-1'])(
    'what is no MsgId is not taken as it is: %s',
    (id) => {
      const keys = [id, `${id}2`].map((each) => keyOf(sample('text').replace('7300000000000000002', each)))
      expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/), expect.stringMatching(/^[0-9a-f]{40}$/)])
      expect(keys[0]).not.toBe(keys[1])
    },
  )

  test('JSON keeps all digits too', () => {
    const json = '{"FromUserName":"a","CreateTime":1,"MsgType":"text","Content":"1","MsgId":9223372036854775807}'
    expect(parseInbound(json)).toMatchObject({ dedupeKey: '9223372036854775807', contact: 'app:a' })
  })

  test('a redelivered event keeps its key, whatever the order of its elements', () => {
    const reordered = tap
      .replace('<CreateTime>1732440000</CreateTime>', '')
      .replace('</xml>', '\n<CreateTime><![CDATA[1732440000]]></CreateTime></xml>')
    expect(reordered).not.toBe(tap)
    expect(keyOf(reordered)).toBe(keyOf(tap))
  })

  test.for([
    ['another key', tap.replace('[conforming]', '[nonconforming]')],
    ['another card', tap.replace('q-14@1', 'q-15@1')],
    ['another tap on it', tap.replace('RC-1', 'RC-9')],
    ['another second', tap.replace('1732440000', '1732440001')],
    ['another person', tap.replace('ZhangSan', 'lisi')],
    ['other selections', picked],
    ['one of these selections', picked.replace('<OptionId><![CDATA[dust]]></OptionId>', '')],
    ['the same words, cut elsewhere', tap.replace('[conforming]', '[conforming|q]').replace('q-14@1', '14@1')],
    ['another bell', sample('event-kf-msg-or-event')],
    ['the next bell', sample('event-kf-msg-or-event').replace('ENCAp', 'ENCAq')],
  ] as const)('differs for %s', ([, other], context) => {
    const others = new Set([tap, other].map(keyOf))
    expect(others.size, context.task.name).toBe(2)
  })
})

describe('refuses what contradicts the protocol', () => {
  const text = sample('text')
  test.for([
    ['no XML', 'hello'],
    ['nothing', ''],
    ['no fields', '<xml></xml>'],
    ['another root', '<a><MsgType>text</MsgType></a>'],
    ['broken off', text.slice(0, -30)],
    ['elements that cross', '<xml><MsgType><a>text</MsgType></a></xml>'],
    ['a DTD', `<!DOCTYPE xml [<!ENTITY x "y">]>${text}`],
    ['a DTD that CDATA in the declaration would hide', `<?xml <![CDATA[ ?><!DOCTYPE xml> ]]> ?>${text}`],
    ['a comment', text.replace('<xml>', '<xml><!-- -->')],
    ['an attribute', text.replace('<xml>', '<xml a="b">')],
    ['an entity of its own', text.replace('<![CDATA[1]]>', '&x;')],
    ['a dangerous name', text.replace('<xml>', '<xml><__proto__>1</__proto__>')],
    ['no type', text.replace(/<MsgType>.*<\/MsgType>/, '')],
    ['no sender', text.replace(/<FromUserName>.*<\/FromUserName>/, '')],
    ['a sender with a letter that only looks like one', text.replace('ZhangSan', 'Li\u212ae')],
    ['a sender in Chinese', text.replace('ZhangSan', '张三')],
    ['a sender that is a list', text.replace('ZhangSan', 'a|b')],
    ['a sender that is everybody', text.replace('ZhangSan', '@all')],
    ['a sender of 65 letters', text.replace('ZhangSan', 'a'.repeat(65))],
    ['two senders', text.replace('<FromUserName>', '<FromUserName>a</FromUserName><FromUserName>')],
    ['no time', text.replace(/<CreateTime>.*<\/CreateTime>/, '')],
    ['a time that is none', text.replace('1732440000', 'now')],
    ['a text without content', text.replace(/<Content>.*<\/Content>/, '')],
    ['a picture without media', sample('image').replace('media-image', '')],
    ['a place that is no number', sample('location').replace('23.134', 'north')],
    ['JSON that is none', '{ "ToUserName": "wx", "FromUserName": :mycreate", "MsgType": "text"}'],
    ['JSON of another product', '{"msgid":"x","aibotid":"y","msgtype":"text"}'],
  ] as const)('%s', ([, plain]) => {
    expect(() => parseInbound(plain)).toThrow(InboundParseError)
  })

  test('never with another error, whatever comes', () => {
    const pieces = fc.constantFrom(
      '<xml>',
      '</xml>',
      '<MsgType>',
      '</MsgType>',
      'event',
      '<![CDATA[',
      ']]>',
      '{',
      '"',
      '&',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
        try {
          parseInbound(parts.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(InboundParseError)
        }
      }),
    )
  })
})
