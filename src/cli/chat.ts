import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { innermost } from '../../flows/advance.ts'
import type { WalkContext } from '../../flows/self-assessment/self-assessment.machine.ts'
import { ledgerOf, majorHazards, scoreOf } from '../checklist/rules.ts'
import type { Content } from '../content.ts'
import { restored } from '../conversation/conversation.ts'
import { handleInbound } from '../conversation/handle-inbound.ts'
import type { ConversationHouse } from '../conversation/house.ts'
import { createEvidenceWorker } from '../evidence/evidence-worker.ts'
import type { InboundContent } from '../message/index.ts'
import { answersOf } from '../storage/answers.ts'
import { conversationOf } from '../storage/conversations.ts'
import { openDatabase } from '../storage/database.ts'
import { loneHouse, newReplies } from './lone-house.ts'

/** An owner's conversation without WeCom: the same engine on a database of its own. */
export interface Chat {
  /** Says something and gives what the bot answers. */
  say(text: string): Promise<string[]>
  sendPhoto(file: string): Promise<string[]>
  /** As if the process had been killed and started again: nothing but the database is left. */
  restart(): void
  outcome(): Promise<WalkOutcome>
  /** The record, in the order in which it was made. */
  answers(): Promise<{ itemId: string; mark: string }[]>
  close(): Promise<void>
}

export interface WalkOutcome {
  /** `filed` and what follows it, else where the owner is: `enrolling`, `walking`, `paused`, `blocked`. */
  readonly status: string
  readonly score: number | null
  /** Open ones. */
  readonly majorHazards: number
  /** Items that have an answer. */
  readonly answers: number
  readonly applicationNumber: string | null
}

export interface ChatSettings {
  readonly content: Content
  readonly policyId: string
  /** When the conversation begins; every message comes a second after the one before. */
  readonly begin: Date
}

const OWNER = 'app:owner'

export async function openChat({ content, policyId, begin }: ChatSettings): Promise<Chat> {
  const database = await openDatabase(':memory:')
  const folder = await mkdtemp(join(tmpdir(), 'anbiao-walk-'))
  let sent = 0
  const clock = () => new Date(begin.getTime() + sent * 1000)
  const newHouse = () =>
    loneHouse({ content, database, policyId, clock, linkSecret: 'walk', problem: (error) => console.error(error) })
  const replies = newReplies(database, OWNER)
  let house = newHouse()
  const evidence = createEvidenceWorker({
    database,
    download: async (file) => ({ bytes: await readFile(file) }),
    folder,
    clock,
    maxBytes: LARGEST_PHOTO,
    settle: (message) => handleInbound(house, message),
    log: { warn: () => undefined, error: () => undefined },
    everyMs: 0,
  })

  async function send(content: InboundContent): Promise<string[]> {
    sent += 1
    await handleInbound(house, { dedupeKey: `walk:${sent}`, contact: OWNER, sentAt: clock(), content })
    await evidence.fetchDue()
    return replies(clock())
  }

  return {
    say: (text) => send({ type: 'text', text }),
    sendPhoto: (file) => send({ type: 'image', mediaId: file }),
    restart: () => {
      house = newHouse()
    },
    answers: () => database.db.selectFrom('answers').select(['item_id as itemId', 'mark']).orderBy('seq').execute(),
    outcome: () => database.inTransaction(OWNER, (trx) => outcomeOf(trx, house)),
    async close() {
      await evidence.stop()
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const LARGEST_PHOTO = 20 * 2 ** 20

async function outcomeOf(trx: Parameters<typeof conversationOf>[0], house: ConversationHouse): Promise<WalkOutcome> {
  const application = await trx.selectFrom('applications').selectAll().executeTakeFirst()
  const assessment = await trx
    .selectFrom('self_assessments')
    .select('id')
    .orderBy('started_at', 'desc')
    .executeTakeFirst()
  const answers = assessment ? (await answersOf(trx, assessment.id)).length : 0
  if (application) {
    const { state, score, number } = application
    return { status: state, score, majorHazards: 0, answers, applicationNumber: number }
  }

  const enrolling = { status: 'enrolling', score: null, majorHazards: 0, answers, applicationNumber: null }
  const stored = await conversationOf(trx, OWNER)
  if (!stored) return enrolling
  const { flow, snapshot, setting } = await restored(trx, house, stored)
  if (flow !== 'selfAssessment' || !setting.checklist) return enrolling
  const { sheet } = snapshot.context as WalkContext
  const state = innermost(snapshot.value)
  return {
    ...enrolling,
    status: state === 'blocked' || state === 'paused' ? state : 'walking',
    score: scoreOf(ledgerOf(setting.checklist, sheet)).points,
    majorHazards: majorHazards(setting.checklist, sheet).length,
  }
}
