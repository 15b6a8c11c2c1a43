import { createHash } from 'node:crypto'
import type { CardSelection, InboundContent, InboundMessage } from '../message/index.ts'
import { eachField, type Fields, FieldsError, fieldsOf, isFields, nestedFields, textField } from './fields.ts'
import { USER_ID } from './limits.ts'

/**
 * The message in a decrypted callback. What we do not know becomes `unsupported`; what contradicts the protocol
 * throws `InboundParseError`.
 */
export function parseInbound(plain: string): InboundMessage {
  const fields = inboundFields(plain)
  return {
    dedupeKey: dedupeKeyOf(fields),
    contact: contactOf(fields),
    sentAt: instant(fields, 'CreateTime'),
    content: contentOf(fields),
  }
}

/** A decrypted callback that is not what WeCom documents. */
export class InboundParseError extends Error {
  override readonly name = 'InboundParseError'
  readonly status = 400
}

function inboundFields(plain: string): Fields {
  try {
    return fieldsOf(plain)
  } catch (cause) {
    if (!(cause instanceof FieldsError)) throw cause
    throw new InboundParseError(cause.message, { cause })
  }
}

/**
 * A message has a MsgId: 64 bits, so always text here; anything else in its place is never taken as it is, for the
 * house has keys of its own. An event has none, and FromUserName + CreateTime (document
 * 90238) would take two taps within one second for one. So an event is known by all it says, in any order.
 */
function dedupeKeyOf(fields: Fields): string {
  const messageId = textField(fields, 'MsgId')
  if (messageId) return /^\d{1,20}$/.test(messageId) ? messageId : digestOf({ MsgId: messageId })

  const { FromUserName = '', CreateTime = '', Event = '', ...rest } = flatFields(fields)
  return [FromUserName, CreateTime, Event, digestOf(rest)].join('|')
}

const digestOf = (flat: Readonly<Record<string, string>>) =>
  createHash('sha1')
    .update(JSON.stringify(Object.entries(flat).toSorted(byName)))
    .digest('hex')

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1)

/**
 * A userid is looked up without regard to case (document 90196), and what is no userid is nobody: some letters outside
 * ASCII become a-z in lower case. Events of customer service (kf) name an account instead of a
 * person, and events of the whole corp come from `sys` or from nobody.
 */
function contactOf(fields: Fields): string {
  const openKfId = textField(fields, 'OpenKfId')
  if (openKfId) return `kf:${idIn('OpenKfId', openKfId)}`

  const isEvent = textField(fields, 'MsgType') === 'event'
  const userId = isEvent ? textField(fields, 'FromUserName') || 'sys' : required(fields, 'FromUserName')
  return `app:${idIn('FromUserName', userId)}`
}

function idIn(name: string, value: string): string {
  if (USER_ID.test(value)) return value.toLowerCase()
  throw new InboundParseError(`${name} is not an id`)
}

function contentOf(fields: Fields): InboundContent {
  const type = required(fields, 'MsgType')
  return type === 'event' ? eventContent(fields) : messageContent(type, fields)
}

/** Documents 90239 and 96467. */
function messageContent(type: string, fields: Fields): InboundContent {
  const pictureUrl = textField(fields, 'PicUrl')
  switch (type) {
    case 'text':
      return { type, text: required(fields, 'Content', 'may be empty') }
    case 'image':
      return { type, mediaId: required(fields, 'MediaId'), ...(pictureUrl && { pictureUrl }) }
    case 'voice':
      return { type, mediaId: required(fields, 'MediaId'), format: optional(fields, 'Format') }
    case 'video':
      return { type, mediaId: required(fields, 'MediaId'), thumbMediaId: optional(fields, 'ThumbMediaId') }
    case 'location':
      return { type, ...place(fields) }
    case 'link':
      return {
        type,
        title: optional(fields, 'Title'),
        description: optional(fields, 'Description'),
        url: required(fields, 'Url'),
        pictureUrl: optional(fields, 'PicUrl'),
      }
    default:
      return { type: 'unsupported', name: type }
  }
}

/** Document 90240. Names are compared in lower case: `LOCATION` comes in capitals, and once others did too. */
function eventContent(fields: Fields): InboundContent {
  const event = required(fields, 'Event').toLowerCase()
  const key = optional(fields, 'EventKey')
  switch (event) {
    case 'subscribe':
      return { type: 'joined' }
    case 'unsubscribe':
      return { type: 'left' }
    case 'enter_agent':
      return { type: 'entered' }
    case 'click':
      return { type: 'menuTap', key }
    case 'view':
      return { type: 'linkOpened', target: key, in: 'web' }
    case 'view_miniprogram':
      return { type: 'linkOpened', target: key, in: 'miniprogram' }
    case 'scancode_push':
    case 'scancode_waitmsg':
      return { type: 'scanned', key, ...scan(fields), awaitsReply: event === 'scancode_waitmsg' }
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
      return { type: 'picturesChosen', via: event, key, ...pictures(fields) }
    case 'location_select':
      return { type: 'locationChosen', key, ...chosenPlace(fields) }
    case 'location':
      return {
        type: 'positionReported',
        latitude: measure(fields, 'Latitude'),
        longitude: measure(fields, 'Longitude'),
        precision: measure(fields, 'Precision'),
      }
    case 'template_card_event':
      return { type: 'cardTap', key, ...card(fields), selections: selections(fields) }
    case 'template_card_menu_event':
      return { type: 'cardMenuTap', key, ...card(fields) }
    case 'taskcard_click':
      return { type: 'taskCardTap', key, taskId: required(fields, 'TaskId') }
    case 'batch_job_result':
      return { type: 'jobFinished', ...job(fields) }
    case 'change_contact':
      return { type: 'contactsChanged', ...change(fields) }
    case 'change_external_contact':
      return { type: 'externalContactChanged', ...change(fields) }
    case 'share_agent_change':
    case 'share_chain_change':
      return { type: 'appShareChanged', event }
    case 'kf_msg_or_event':
      return { type: 'kfBell', token: required(fields, 'Token'), openKfId: required(fields, 'OpenKfId') }
    case 'kf_account_auth_change':
      return {
        type: 'kfAccountsChanged',
        added: texts(fields, 'AuthAddOpenKfId'),
        removed: texts(fields, 'AuthDelOpenKfId'),
      }
    case 'switch_workbench_mode':
      return { type: 'workbenchModeSwitched', mode: measure(fields, 'Mode') }
    case 'inactive_alert':
    case 'close_inactive_agent':
    case 'reopen_inactive_agent':
    case 'low_active_alert':
    case 'low_active':
    case 'active_restored':
      return {
        type: 'activityNotice',
        event,
        ...(textField(fields, 'EffectTime') && { effectiveAt: instant(fields, 'EffectTime') }),
      }
    default:
      return { type: 'unsupported', name: `event:${event}` }
  }
}

/** `Location_X` is the latitude. */
const place = (fields: Fields) => ({
  latitude: measure(fields, 'Location_X'),
  longitude: measure(fields, 'Location_Y'),
  scale: measure(fields, 'Scale'),
  label: optional(fields, 'Label'),
})

function chosenPlace(fields: Fields) {
  const chosen = nestedFields(fields, 'SendLocationInfo')
  return { ...place(chosen), placeName: optional(chosen, 'Poiname') }
}

function scan(fields: Fields) {
  const code = nestedFields(fields, 'ScanCodeInfo')
  return { scanType: optional(code, 'ScanType'), result: required(code, 'ScanResult', 'may be empty') }
}

/** Several pictures come as one `PicList` with several `item`s, or as several `PicList`s. */
function pictures(fields: Fields) {
  const sent = nestedFields(fields, 'SendPicsInfo')
  const items = eachField(sent, 'PicList')
    .filter(isFields)
    .flatMap((list) => eachField(list, 'item'))
  const md5Sums = items.filter(isFields).map((item) => required(item, 'PicMd5Sum'))
  return { count: measure(sent, 'Count'), md5Sums }
}

const card = (fields: Fields) => ({
  taskId: optional(fields, 'TaskId'),
  cardType: optional(fields, 'CardType'),
  responseCode: optional(fields, 'ResponseCode'),
})

const selections = (fields: Fields): CardSelection[] =>
  eachField(nestedFields(fields, 'SelectedItems'), 'SelectedItem')
    .filter(isFields)
    .map((item) => ({
      question: required(item, 'QuestionKey'),
      options: texts(nestedFields(item, 'OptionIds'), 'OptionId'),
    }))

function job(fields: Fields) {
  const batchJob = nestedFields(fields, 'BatchJob')
  return {
    jobId: required(batchJob, 'JobId'),
    jobType: optional(batchJob, 'JobType'),
    errorCode: measure(batchJob, 'ErrCode'),
    errorMessage: optional(batchJob, 'ErrMsg'),
  }
}

function change(fields: Fields) {
  const { ToUserName, FromUserName, CreateTime, MsgType, AgentID, Event, ChangeType, ...rest } = fields
  return { change: required(fields, 'ChangeType'), fields: flatFields(rest) }
}

/** Every text with its path, such as `ExtAttr.Item.0.Name`. */
const flatFields = (fields: Fields): Record<string, string> => Object.fromEntries(flatEntries(fields))

const flatEntries = (value: object): [string, string][] =>
  Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, string][] =>
    typeof inner === 'object' && inner !== null
      ? flatEntries(inner).map(([path, text]) => [`${name}.${path}`, text])
      : [[name, String(inner)]],
  )

const texts = (fields: Fields, name: string) =>
  eachField(fields, name).filter((value): value is string => typeof value === 'string')

const optional = (fields: Fields, name: string) => textField(fields, name) ?? ''

function required(fields: Fields, name: string, emptiness?: 'may be empty'): string {
  const value = textField(fields, name)
  if (value || (value === '' && emptiness)) return value
  throw new InboundParseError(`${name} is missing`)
}

function measure(fields: Fields, name: string): number {
  const value = Number(required(fields, name))
  if (Number.isFinite(value)) return value
  throw new InboundParseError(`${name} is not a number`)
}

/** WeCom counts whole seconds since 1970. */
function instant(fields: Fields, name: string): Date {
  const seconds = required(fields, name)
  if (/^\d{1,11}$/.test(seconds)) return new Date(Number(seconds) * 1000)
  throw new InboundParseError(`${name} is not a time in seconds`)
}
