import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { loneHouse } from '../../src/cli/lone-house.ts'
import { type Content, loadContent } from '../../src/content.ts'
import { handleInbound } from '../../src/conversation/handle-inbound.ts'
import type { ConversationHouse } from '../../src/conversation/house.ts'
import { createEvidenceWorker } from '../../src/evidence/evidence-worker.ts'
import type { LanguageModel } from '../../src/language-model/language-model.ts'
import type { InboundContent, Reply } from '../../src/message/index.ts'
import { fireDueDeadlines } from '../../src/standardization/index.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { addRegulator } from '../../src/storage/regulators.ts'
import { MediaTooLargeError } from '../../src/wecom/errors.ts'

/** Owners and regulators around one house, without WeCom, under a clock of their own. */
export interface Town {
  readonly house: ConversationHouse
  /** All that was said, as a transcript. */
  readonly transcript: string[]
  /** What went to the log. */
  readonly problems: unknown[]
  say(person: string, text: string): Promise<string>
  sendPhoto(person: string, picture: Buffer): Promise<string>
  sendPhotoOf(person: string, file: string): Promise<string>
  /** Anything else that can arrive. */
  send(person: string, content: InboundContent): Promise<string>
  /** Taps a button of the newest card of a person that has one with this label. */
  tap(person: string, label: string): Promise<string>
  /** Days pass, one by one, and what falls due happens. */
  wait(days: number): Promise<void>
  remark(text: string): void
  close(): Promise<void>
}

export interface TownSettings {
  /** An empty one in memory where none is given. */
  readonly database?: Database
  readonly content: Content
  readonly begin: Date
  readonly regulators: readonly { readonly userId: string; readonly district: string }[]
  readonly policyId?: string
  readonly folder: string
  readonly model?: LanguageModel
}

/** A town in late November 2026 with a regulator in 龙岗 and one in 宝安; it is gone when the test is over. */
export async function openedTown(model?: LanguageModel): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'anbiao-town-'))
  const town = await openTown({
    content: contentOnce(),
    begin: new Date('2026-11-24T02:00:00Z'),
    regulators: [
      { userId: 'jianguan-440307', district: '440307' },
      { userId: 'jianguan-440305', district: '440305' },
    ],
    folder,
    ...(model && { model }),
  })
  onTestFinished(async () => {
    await town.close()
    rmSync(folder, { recursive: true })
  })
  return town
}

/** Nothing changes it, and reading it takes longer than most tests. */
function contentOnce(): Content {
  read ??= loadContent()
  return read
}
let read: Content | undefined

const DAY = 24 * 3600 * 1000

export async function openTown({
  database: given,
  content,
  begin,
  regulators,
  policyId,
  folder,
  model,
}: TownSettings): Promise<Town> {
  const database = given ?? (await openDatabase(':memory:'))
  const pictures = new Map<string, Buffer>()
  const transcript: string[] = []
  const problems: unknown[] = []
  const cards = new Map<string, Reply['prompt'][]>()
  let now = begin.getTime()
  let said = 0
  const clock = () => new Date(now)
  const house = loneHouse({
    content,
    database,
    policyId: policyId ?? 'shenzhen-trial',
    clock,
    linkSecret: 'town',
    ...(model && { model }),
    problem: (error) => problems.push(error),
  })
  const evidence = createEvidenceWorker({
    database,
    download: async (mediaId, { maxBytes }) => {
      const bytes = pictures.get(mediaId) ?? Buffer.alloc(0)
      if (bytes.length > maxBytes) throw new MediaTooLargeError(maxBytes)
      return { bytes }
    },
    folder,
    clock,
    maxBytes: 2 ** 20,
    settle: (message) => handleInbound(house, message),
    log: { warn: () => undefined, error: () => undefined },
    everyMs: 0,
  })
  await database.inTransaction('regulators', async (trx) => {
    for (const { userId, district } of regulators)
      await addRegulator(trx, { userId, district, role: 'approver' }, clock())
  })

  async function send(person: string, words: string, message: InboundContent): Promise<string> {
    now += 1000
    said += 1
    transcript.push(`${person}：${words}`)
    await handleInbound(house, {
      dedupeKey: `town:${said}`,
      contact: `app:${person}`,
      sentAt: clock(),
      content: message,
    })
    await evidence.fetchDue()
    return (await delivered())
      .filter(({ to }) => to === person)
      .map(({ text }) => text)
      .join('\n')
  }

  /** What has fallen due since the last time, as the outbox would send it: of a series only the latest. */
  async function delivered(): Promise<{ to: string; text: string }[]> {
    const rows = await database.db
      .selectFrom('outbox')
      .select(['seq', 'recipient', 'body', 'series'])
      .where('kind', '=', 'reply')
      .where('state', '=', 'pending')
      .where('due_at', '<=', clock().toISOString())
      .orderBy('due_at')
      .orderBy('seq')
      .execute()
    const latest = rows.filter(
      ({ series, recipient }, index) =>
        series === null ||
        !rows.slice(index + 1).some((later) => later.series === series && later.recipient === recipient),
    )
    if (rows.length > 0)
      await database.db
        .updateTable('outbox')
        .set({ state: 'sent' })
        .where(
          'seq',
          'in',
          rows.map(({ seq }) => seq),
        )
        .execute()
    return latest.map(({ recipient, body }) => {
      const to = recipient.slice('app:'.length)
      const { text, prompt } = JSON.parse(body) as Reply
      if (prompt) cards.set(to, [...(cards.get(to) ?? []), prompt])
      transcript.push(`　→ ${to}：${text.replaceAll(/http:\S+/g, '<link>').replaceAll('\n', '\n　　　')}`)
      return { to, text }
    })
  }

  function sendPhoto(person: string, picture: Buffer) {
    const mediaId = randomUUID()
    pictures.set(mediaId, picture)
    return send(person, '〔照片〕', { type: 'image', mediaId })
  }

  return {
    house,
    transcript,
    problems,
    say: (person, text) => send(person, text, { type: 'text', text }),
    sendPhoto,
    sendPhotoOf: (person, file) => sendPhoto(person, readFileSync(file)),
    send: (person, message) => send(person, `〔${message.type}〕`, message),
    tap(person, label) {
      for (const prompt of [...(cards.get(person) ?? [])].reverse()) {
        const option = prompt?.options.find((each) => each.label === label)
        if (prompt && option)
          return send(person, `〔${label}〕`, {
            type: 'cardTap',
            taskId: prompt.id,
            key: option.key,
            cardType: 'button_interaction',
            responseCode: `code-${said}`,
            selections: [],
          })
      }
      throw new Error(`${person} has no card with 〔${label}〕`)
    },
    async wait(days) {
      for (let day = 0; day < days; day++) {
        now += DAY
        await fireDueDeadlines(house, clock())
        const before = transcript.length
        await delivered()
        if (transcript.length > before) transcript.splice(before, 0, `（${clock().toISOString().slice(0, 10)}）`)
      }
    },
    remark: (text) => void transcript.push(`# ${text}`),
    async close() {
      await evidence.stop()
      await database.close()
    },
  }
}
