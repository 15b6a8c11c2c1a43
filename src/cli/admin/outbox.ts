import { type OutboxEntry, outboxRows, retryRow } from '../../storage/outbox.ts'
import { AdminError, limitIn, oneOf, type Request, table, type Verb } from './verb.ts'

const states = ['pending', 'sending', 'sent', 'failed', 'cancelled'] as const satisfies readonly OutboxEntry['state'][]

export const outboxVerbs: readonly Verb[] = [
  {
    name: 'outbox list',
    usage: `[--state ${states.join('|')}] [--limit N]`,
    does: ['shows what was sent, waits or was given up, the newest first'],
    options: ['state', 'limit'],
    subject: 'none',
    async run({ options, database }) {
      const state = options.state === undefined ? {} : { state: oneOf('state', options.state, states) }
      const entries = await outboxRows((await database()).db, { ...state, limit: limitIn(options) })
      const rows = entries.map(({ seq, dueAt, state, recipient, kind, cause, attempts, lastError }) => [
        String(seq),
        dueAt,
        state,
        recipient,
        kind,
        cause,
        `${attempts}x`,
        lastError ?? '',
      ])
      return { lines: rows.length > 0 ? table(rows) : ['There are none.'], json: entries }
    },
  },
  {
    name: 'outbox retry',
    usage: '[SEQ]',
    does: [
      'lets a message that was given up be sent once more, or all of them',
      'SEQ is the number in front of `outbox list`. They leave within seconds, if AnBiao is running.',
    ],
    options: [],
    subject: 'optional',
    async run(request) {
      const { inTransaction } = await request.database()
      const asked = await chosen(request)
      const retried = await inTransaction('outbox', async (trx) => {
        const due: number[] = []
        for (const seq of asked) if (await retryRow(trx, seq)) due.push(seq)
        return due
      })
      const lines = retried.length > 0 ? [`To be sent again: ${retried.join(', ')}.`] : ['No message was given up.']
      return { lines, json: { retried } }
    },
  },
]

async function chosen({ database, subject }: Request): Promise<number[]> {
  if (subject !== undefined && !/^\d{1,9}$/.test(subject))
    throw new AdminError(`${subject} is not the number of a message`)
  const failed = await outboxRows((await database()).db, { state: 'failed', limit: 1_000_000 })
  const numbers = failed.map(({ seq }) => seq).sort((a, b) => a - b)
  if (subject === undefined) return numbers
  if (!numbers.includes(Number(subject))) throw new AdminError(`There is no message ${subject} that was given up`)
  return [Number(subject)]
}
