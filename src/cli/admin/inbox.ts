import { retryInbound } from '../../conversation/handle-inbound.ts'
import type { ConversationHouse } from '../../conversation/house.ts'
import type { InboundContent } from '../../message/index.ts'
import { failedMessages, type InboxEntry, inboxRows } from '../../storage/inbox.ts'
import { usualRates } from '../../storage/outbox.ts'
import { setting } from '../../storage/settings.ts'
import { AdminError, limitIn, oneOf, type Request, table, type Verb } from './verb.ts'

const states = ['processed', 'failed'] as const satisfies readonly InboxEntry['state'][]

export const inboxVerbs: readonly Verb[] = [
  {
    name: 'inbox list',
    usage: `[--state ${states.join('|')}] [--limit N]`,
    does: ['shows the messages that reached us, the newest first'],
    options: ['state', 'limit'],
    subject: 'none',
    async run({ options, database }) {
      const state = options.state === undefined ? {} : { state: oneOf('state', options.state, states) }
      const entries = await inboxRows((await database()).db, { ...state, limit: limitIn(options) })
      const rows = entries.map(({ message, state, error = '' }) => [
        message.sentAt.toISOString(),
        state,
        message.contact,
        message.content.type,
        message.dedupeKey,
        firstLine(error),
      ])
      return { lines: rows.length > 0 ? table(rows) : ['There are none.'], json: entries.map(shown) }
    },
  },
  {
    name: 'inbox retry',
    usage: '[KEY] [--force]',
    does: [
      'handles a failed message once more, or all of them in the order in which they were sent',
      'Words and photos are passed over when their sender has gone on since: they would answer another question.',
      '--force handles them all the same.',
    ],
    options: ['force'],
    subject: 'optional',
    async run(request) {
      const entries = await chosen(request)
      const house = entries.length > 0 ? await houseOf(request) : undefined
      const results: Retried[] = []
      for (const entry of entries) if (house) results.push(await retried(house, entry, results, request.options))
      return {
        lines: results.length > 0 ? results.map(lineOf) : ['No message has failed.'],
        json: results,
        failed: results.some(({ outcome }) => outcome !== 'handled'),
      }
    },
  },
]

/** Without what was said: that is the owner's. */
const shown = ({ seq, message, receivedAt, state, error }: InboxEntry) => ({
  seq,
  key: message.dedupeKey,
  contact: message.contact,
  type: message.content.type,
  sentAt: message.sentAt,
  receivedAt,
  state,
  error: error ?? null,
})

async function chosen({ database, subject }: Request): Promise<InboxEntry[]> {
  const failed = await failedMessages((await database()).db)
  if (subject === undefined) return failed.sort((a, b) => a.message.sentAt.getTime() - b.message.sentAt.getTime())
  const entry = failed.find(({ message }) => message.dedupeKey === subject)
  if (!entry) throw new AdminError(`There is no failed message ${subject}`)
  return [entry]
}

interface Retried {
  readonly key: string
  readonly outcome: 'handled' | 'failedAgain' | 'passedOver' | 'gone'
  readonly error?: string
}

async function retried(
  house: ConversationHouse,
  { message }: InboxEntry,
  before: readonly Retried[],
  { force = false }: Request['options'],
): Promise<Retried> {
  const key = message.dedupeKey
  if (!force && (await hasGoneOn(house, message, before))) return { key, outcome: 'passedOver' }
  try {
    return { key, outcome: (await retryInbound(house, message)) ? 'handled' : 'gone' }
  } catch (error) {
    return { key, outcome: 'failedAgain', error: error instanceof Error ? error.message : String(error) }
  }
}

const lineOf = ({ key, outcome, error = '' }: Retried) =>
  ({
    handled: `${key} was handled.`,
    failedAgain: `${key} failed again and is kept: ${firstLine(error)}`,
    passedOver: `${key} was passed over: its sender has gone on since. --force handles it all the same.`,
    gone: `${key} has been handled by somebody else meanwhile.`,
  })[outcome]

/** What means something only where it was said. A tap carries its card, and a photo's end its photo. */
const boundToMoment: ReadonlySet<InboundContent['type']> = new Set([
  'text',
  'image',
  'voice',
  'video',
  'location',
  'link',
])
const spoken: ReadonlySet<InboundContent['type']> = new Set([...boundToMoment, 'cardTap', 'menuTap'])

async function hasGoneOn(
  { database }: ConversationHouse,
  { contact, content, sentAt }: InboxEntry['message'],
  retriedNow: readonly Retried[],
): Promise<boolean> {
  if (!boundToMoment.has(content.type)) return false
  const handled = await inboxRows(database.db, { contact, state: 'processed' })
  return handled.some(
    ({ message }) =>
      spoken.has(message.content.type) &&
      message.sentAt >= sentAt &&
      !retriedNow.some(({ key }) => key === message.dedupeKey),
  )
}

async function houseOf({ config, content, database }: Request): Promise<ConversationHouse> {
  const opened = await database()
  const linkSecret = await setting(opened.db, 'linkSecret')
  if (!linkSecret) throw new AdminError('AnBiao has never been started with this database')
  return {
    ...content(),
    database: opened,
    policyId: config.POLICY,
    publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    linkSecret,
    checklists: new Map(),
    rates: usualRates,
    clock: () => new Date(),
    log: { error: ({ err }, message) => console.error(message, err) },
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''
