import { expect, onTestFinished, test } from 'vitest'
import { opening } from '../flows/advance.ts'
import { selfAssessment, type WalkContext } from '../flows/self-assessment/self-assessment.machine.ts'
import { checklistOf, composedRefs } from '../src/checklist/checklist.ts'
import { blankSheet, numberOf } from '../src/checklist/rules.ts'
import { sheetOfAnswers } from '../src/checklist/sheet-of.ts'
import { loneHouse } from '../src/cli/lone-house.ts'
import { loadContent } from '../src/content.ts'
import { envelopeOf } from '../src/conversation/conversation.ts'
import { handleInbound } from '../src/conversation/handle-inbound.ts'
import type { ConversationHouse } from '../src/conversation/house.ts'
import { answersOf } from '../src/storage/answers.ts'
import { conversationOf, storeConversation } from '../src/storage/conversations.ts'
import { type Database, openDatabase, type Trx } from '../src/storage/database.ts'
import { openAssessment, registerEnterprise } from '../src/storage/enrolment.ts'
import { addMember } from '../src/storage/members.ts'
import { onEachDatabase } from './support/databases.ts'

const content = loadContent()
const begin = new Date('2026-11-24T02:00:00Z')
const people = ['app:chen', 'app:huang'] as const
const site = { industry: 'machinery', facts: ['hotWork', 'forklifts', 'sprayPainting'], headcount: 38 }
const refs = composedRefs(content.library, site, '2026-11-24')
const checklist = checklistOf(content.library, refs)

/** Rounds in which both do something at the same time. */
const ROUNDS = 100

onEachDatabase((database, address) => {
  test('a hundred times two people answer at the same time: nothing is lost, and nothing is recorded twice', async () => {
    delivered.clear()
    const houses = [houseOn(database()), houseOn(await secondProcess(database(), address()))] as const
    const chance = chanceOf(20_261_124)
    let rounds = 0
    const walks: string[] = []
    while (rounds < ROUNDS) {
      const walk = `a${walks.length + 1}`
      walks.push(walk)
      await walkingTogether(houses[0], walk)
      rounds += await answeredAtOnce(houses, walk, chance)
      const record = sheetOfAnswers(checklist, await answersOf(database().db, walk))
      expect(record).toMatch(/^C+$/)
      expect(await sheetsOf(database())).toEqual([record, record])
    }
    expect(problems).toEqual([])

    const rows = await database().db.selectFrom('answers').selectAll().orderBy('seq').execute()
    expect(new Set(rows.map(({ assessment_id, item_id }) => `${assessment_id} ${item_id}`)).size).toBe(rows.length)
    expect(rows).toHaveLength(walks.length * checklist.items.length)
    expect(new Set(rows.map(({ answered_by }) => answered_by))).toEqual(new Set(people))
    expect(await heard(database())).toBe(delivered.size)
  }, 60_000)
})

const problems: unknown[] = []

/** Dedupe keys: what is delivered twice is one message. */
const delivered = new Set<string>()

/**
 * Round by round both speak at once, each to another process, until nothing is left: to the same question or to
 * different ones, the one first or the other, once or several times, and some of it is delivered again meanwhile. At
 * last each asks how far they are.
 * @returns how many rounds it took
 */
async function answeredAtOnce(
  houses: readonly [ConversationHouse, ConversationHouse],
  walk: string,
  chance: Chance,
): Promise<number> {
  const deliver = (contact: string, text: string, key: string) => {
    delivered.add(key)
    return handleInbound(houses[contact === people[0] ? 0 : 1], {
      dedupeKey: key,
      contact,
      sentAt: begin,
      content: { type: 'text', text },
    })
  }
  const { db } = houses[0].database
  let round = 0
  for (let left = await unanswered(db, walk); left.length > 0; left = await unanswered(db, walk)) {
    round += 1
    const turns = people.map((contact) => {
      // Towards the end there is only one question to be at.
      const leap = contact === people[1] && left.length > LEAPING && chance() < 0.5
      const said = leap ? [`修改第 ${numberOf(left.at(-1) ?? 0)} 题`, '符合'] : repeated('符合', 1 + pick(chance, 2))
      return said.map((text, index) => ({ contact, text, key: `${walk} ${round} ${contact} ${index}` }))
    })
    const messages = chance() < 0.5 ? turns.flat() : turns.toReversed().flat()
    const again = messages.filter(() => chance() < 0.2)
    await Promise.all([...messages, ...again].map(({ contact, text, key }) => deliver(contact, text, key)))
  }
  for (const contact of people) await deliver(contact, '进度', `${walk} end ${contact}`)
  return round
}

/** So many before the end nobody goes ahead any more: what was answered meanwhile would be answered anew. */
const LEAPING = 8

const repeated = (text: string, times: number) => Array.from({ length: times }, () => text)

async function unanswered(db: Database['db'], walk: string): Promise<number[]> {
  const answered = new Set((await answersOf(db, walk)).map(({ position }) => position))
  return checklist.items.map((_, position) => position).filter((position) => !answered.has(position))
}

const heard = async ({ db }: Database) => (await db.selectFrom('inbox').select('seq').execute()).length

type Chance = () => number

const pick = (chance: Chance, most: number) => Math.floor(chance() * most)

/** The same every time, from 0 to 1 (mulberry32). */
function chanceOf(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const houseOn = (database: Database) =>
  loneHouse({
    content,
    database,
    policyId: 'shenzhen-trial',
    clock: () => begin,
    linkSecret: 'town',
    problem: (error) => problems.push(error),
  })

/** SQLite has one process only. */
async function secondProcess(database: Database, address: string): Promise<Database> {
  if (database.dialect === 'sqlite') return database
  const other = await openDatabase(address)
  onTestFinished(other.close)
  return other
}

async function enterprise(trx: Trx): Promise<void> {
  const at = begin
  await registerEnterprise(trx, {
    ...{ id: 'e1', uscc: '91440300MA5FABCD1Q', name: '强盛金属制品有限公司', district: '440307', industryClass: '331' },
    ...{ industry: site.industry, headcount: site.headcount, facts: site.facts, policy: 'shenzhen-trial' },
    ...{ contact: people[0], contactName: '陈志强', contactPhone: '13812345678', consentVersion: 1, at },
  })
  await addMember(trx, { enterpriseId: 'e1', contact: people[1], role: 'colleague', name: '黄伟', at })
}

const walkingTogether = ({ database, policies }: ConversationHouse, walk: string) =>
  database.inTransaction('begin', async (trx) => {
    const at = begin
    if (walk === 'a1') await enterprise(trx)
    await openAssessment(trx, { id: walk, enterpriseId: 'e1', purpose: 'initial', policy: 'shenzhen-trial', refs, at })
    const minimumScore = policies.get('shenzhen-trial')?.minimumScore.value ?? null
    const machine = selfAssessment({ checklist, minimumScore })
    const input = { purpose: 'initial', sheet: blankSheet(checklist), comments: {}, drawn: [] } as const
    const snapshot = JSON.stringify(envelopeOf('selfAssessment', opening(machine, input).snapshot))
    for (const contact of people)
      await storeConversation(
        trx,
        {
          ...{ contact, key: contact, language: 'zh-CN', enterpriseId: 'e1', assessmentId: walk },
          ...{ snapshot, turn: 0, prompt: null },
        },
        at,
      )
  })

const sheetsOf = ({ inTransaction }: Database) =>
  inTransaction('end', (trx) =>
    Promise.all(
      people.map(async (contact) => {
        const { snapshot = '{}' } = (await conversationOf(trx, contact)) ?? {}
        return (JSON.parse(snapshot) as { context: WalkContext }).context.sheet
      }),
    ),
  )
