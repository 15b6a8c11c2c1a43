import { innermost } from '../../flows/advance.ts'
import type { FlowName } from '../../flows/flow.ts'
import type { WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import type { Checklist } from '../../src/checklist/checklist.ts'
import type { AnswerSheet } from '../../src/checklist/rules.ts'
import { sheetOfAnswers } from '../../src/checklist/sheet-of.ts'
import { loneHouse, newReplies } from '../../src/cli/lone-house.ts'
import type { Content } from '../../src/content.ts'
import { restored } from '../../src/conversation/conversation.ts'
import { handleInbound } from '../../src/conversation/handle-inbound.ts'
import { type InboundContent, PICK_QUESTION, PICK_SUBMIT } from '../../src/message/index.ts'
import { answersOf } from '../../src/storage/answers.ts'
import { conversationOf, type OpenPrompt } from '../../src/storage/conversations.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { markLost, markStored } from '../../src/storage/evidence.ts'

/** One owner and a house that nobody else uses, whose photos arrive when the test says so. */
export interface Visit {
  /** All that was said, latest last. */
  readonly transcript: string[]
  /** What went to the log. */
  readonly problems: unknown[]
  /** Gives what was answered. */
  send(content: InboundContent): Promise<string>
  /** As if the channel had not heard that it was taken. */
  sendAgain(): Promise<void>
  /** A photo on its way arrives, or is lost; false when none is on its way. */
  settle(outcome: 'stored' | 'lost', which: (count: number) => number): Promise<boolean>
  /** Nothing but the database is left. */
  restart(): void
  look(): Promise<Sight>
  close(): Promise<void>
}

/** Where the owner stands, and what is on record. */
export interface Sight {
  readonly flow: FlowName
  readonly state: string
  readonly prompt: OpenPrompt | null
  readonly facts: string
  /** While a checklist is walked, or its owner has left it for a moment. */
  readonly walk?: {
    readonly checklist: Checklist
    readonly context: WalkContext
    readonly recorded: AnswerSheet
    /** Ids of the photos that are on their way. */
    readonly fetching: readonly string[]
    /** Marks that went on record since the last look, in their order. */
    readonly news: readonly string[]
  }
}

const OWNER = 'app:owner'

export async function openVisit(content: Content, policyId: string): Promise<Visit> {
  const database = await openDatabase(':memory:')
  const transcript: string[] = []
  const problems: unknown[] = []
  let sent = 0
  let seen = 0
  let last: Parameters<typeof handleInbound>[1] | undefined
  const clock = () => new Date(Date.parse('2026-11-24T02:00:00Z') + sent * 1000)
  const newHouse = () =>
    loneHouse({ content, database, policyId, clock, linkSecret: 'visit', problem: (error) => problems.push(error) })
  const replies = newReplies(database, OWNER)
  let house = newHouse()

  async function send(message: InboundContent): Promise<string> {
    sent += 1
    last = { dedupeKey: `visit:${sent}`, contact: OWNER, sentAt: clock(), content: message }
    transcript.push(`> ${describe(message)}`)
    await handleInbound(house, last)
    const said = (await replies(clock())).join('\n')
    transcript.push(said)
    return said
  }

  return {
    transcript,
    problems,
    send,
    async sendAgain() {
      if (last) await handleInbound(house, last)
    },
    async settle(outcome, which) {
      const rows = await database.db.selectFrom('evidence').select('id').where('state', '=', 'fetching').execute()
      const id = rows[which(rows.length)]?.id
      if (id === undefined) return false
      await database.inTransaction('evidence', (trx) =>
        outcome === 'lost' ? markLost(trx, id, 'lost') : markStored(trx, id, { ...aPicture, storedAt: clock() }),
      )
      await send({ type: 'evidenceSettled', evidenceId: id, outcome })
      return true
    },
    restart: () => {
      house = newHouse()
    },
    look: () =>
      database.inTransaction(OWNER, async (trx): Promise<Sight> => {
        const stored = await conversationOf(trx, OWNER)
        if (!stored) throw new Error('The owner has said nothing yet')
        const { flow, snapshot, prompt, setting, assessment, enterprise } = await restored(trx, house, stored)
        const sight = {
          flow,
          state: innermost(snapshot.value),
          prompt,
          facts: JSON.stringify(enterprise?.site ?? null),
        }
        const { checklist } = setting
        const context = flow === 'selfAssessment' ? snapshot.context : (snapshot.context as { walk?: unknown }).walk
        if (!assessment || !checklist || !context) return sight
        const rows = await trx
          .selectFrom('answers')
          .select(['seq', 'mark'])
          .where('assessment_id', '=', assessment.id)
          .where('seq', '>', seen)
          .orderBy('seq')
          .execute()
        seen = rows.at(-1)?.seq ?? seen
        const fetching = await trx.selectFrom('evidence').select('id').where('state', '=', 'fetching').execute()
        const recorded = sheetOfAnswers(checklist, await answersOf(trx, assessment.id))
        return {
          ...sight,
          walk: {
            checklist,
            context: context as WalkContext,
            recorded,
            news: rows.map(({ mark }) => mark),
            fetching: fetching.map(({ id }) => id),
          },
        }
      }),
    close: () => database.close(),
  }
}

const aPicture = {
  file: 'aa/aa.jpg',
  thumbnail: 'aa/aa-small.jpg',
  contentType: 'image/jpeg',
  bytes: 1,
  width: 1,
  height: 1,
  sha256: 'a'.repeat(64),
}

const describe = (content: InboundContent) =>
  content.type === 'text' ? content.text : JSON.stringify(content).slice(0, 160)

export const text = (words: string): InboundContent => ({ type: 'text', text: words })

export const tap = ({ id, kind }: OpenPrompt, keys: readonly string[]): InboundContent => ({
  type: 'cardTap',
  taskId: id,
  key: kind === 'pick' ? PICK_SUBMIT : (keys[0] ?? ''),
  cardType: 'button_interaction',
  responseCode: 'code',
  selections: kind === 'pick' ? [{ question: PICK_QUESTION, options: keys }] : [],
})

/** The same for the same seed. */
export interface Dice {
  below(limit: number): number
  oneOf<T>(values: readonly T[]): T
  chance(share: number): boolean
}

export function dice(seed: number): Dice {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    below: (limit) => Math.floor(next() * limit),
    oneOf(values) {
      const value = values[Math.floor(next() * values.length)]
      if (value === undefined) throw new Error('There is nothing to choose from')
      return value
    },
    chance: (share) => next() < share,
  }
}
