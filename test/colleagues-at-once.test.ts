import { expect, onTestFinished, test } from 'vitest'
import { opening } from '../flows/advance.ts'
import { selfAssessment, type WalkContext } from '../flows/self-assessment/self-assessment.machine.ts'
import { checklistOf, composedRefs } from '../src/checklist/checklist.ts'
import { blankSheet } from '../src/checklist/rules.ts'
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

onEachDatabase((database, address) => {
  test('two people who answer at the same time overwrite and lose nothing', async () => {
    const houses = [houseOn(database()), houseOn(await secondProcess(database(), address()))] as const
    for (const walk of ['a1', 'a2', 'a3']) {
      await walkingTogether(houses[0], walk)
      await answeredAtOnce(houses, walk)
      const record = sheetOfAnswers(checklist, await answersOf(database().db, walk))
      expect(record).toMatch(/^C+$/)
      expect(await sheetsOf(database())).toEqual([record, record])
    }
    expect(problems).toEqual([])

    const rows = await database().db.selectFrom('answers').selectAll().orderBy('seq').execute()
    expect(rows).toHaveLength(3 * checklist.items.length)
    expect(new Set(rows.map(({ answered_by }) => answered_by))).toEqual(new Set(people))
  })
})

const problems: unknown[] = []

/** Both say 符合 as fast as they can, each to another process, until nothing is left, now the one first and now the other; at last each asks how far they are. */
async function answeredAtOnce(houses: readonly [ConversationHouse, ConversationHouse], walk: string): Promise<void> {
  const say = (text: string, round: number) =>
    Promise.all(
      (round % 2 === 0 ? people : people.toReversed()).map((contact) =>
        handleInbound(contact === people[0] ? houses[0] : houses[1], {
          dedupeKey: `${walk} ${contact} ${round}`,
          contact,
          sentAt: begin,
          content: { type: 'text', text },
        }),
      ),
    )
  const rounds = Array.from({ length: checklist.items.length }, (_, round) => round)
  for (let from = 0; from < rounds.length; from += AT_ONCE)
    await Promise.all(rounds.slice(from, from + AT_ONCE).map((round) => say('符合', round)))
  await say('进度', rounds.length)
}

/** What a person says before the first of it is answered. */
const AT_ONCE = 5

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
