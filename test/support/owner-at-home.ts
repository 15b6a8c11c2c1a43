import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { checklistOf } from '../../src/checklist/checklist.ts'
import { sheetOfAnswers } from '../../src/checklist/sheet-of.ts'
import { noteHazard } from '../../src/rectification/index.ts'
import { fileApplication } from '../../src/standardization/index.ts'
import { answersOf, recordAnswer } from '../../src/storage/answers.ts'
import { storeConversation } from '../../src/storage/conversations.ts'
import { completeAssessment, openAssessment, registerEnterprise } from '../../src/storage/enrolment.ts'
import { openedTown, type Town } from './town.ts'

export const owner = 'chen'
const contact = `app:${owner}`

/** What was asked, and in what order it is numbered. */
const refs = ['operatingRules', 'newWorkerTraining', 'extinguishersReady', 'wiringTidy'].map(
  (item) => `general/${item}@1`,
)

interface Life {
  /** Items that were found not in order. */
  readonly hazards?: readonly string[]
  /** Found since, and of this grade. */
  readonly major?: string
  readonly filed?: boolean
}

/** An owner who has filed and is at home, as the first version left it: nothing has been said since. */
export async function ownerAtHome({ hazards = [], major, filed = true }: Life = {}): Promise<Town> {
  const town = await openedTown()
  const { house } = town
  const at = house.clock()
  await house.database.inTransaction(contact, async (trx) => {
    await registerEnterprise(trx, {
      id: 'e1',
      uscc: '91440300MA5FABCD1Q',
      name: '强盛金属制品有限公司',
      district: '440307',
      industryClass: '331',
      industry: 'machinery',
      headcount: 38,
      contact,
      contactName: '陈志强',
      contactPhone: '13812345678',
      facts: [],
      policy: 'shenzhen-trial',
      consentVersion: 1,
      at,
    })
    const checklist = checklistOf(house.library, refs)
    await openAssessment(trx, { id: 'a1', enterpriseId: 'e1', purpose: 'initial', policy: 'shenzhen-trial', refs, at })
    for (const [position, { id }] of checklist.items.entries())
      await recordAnswer(trx, {
        assessmentId: 'a1',
        itemId: id,
        position,
        mark: hazards.includes(id) ? 'nonconforming' : 'conforming',
        dedupeKey: `d${position}`,
        by: contact,
        at,
      })
    if (filed) {
      await fileApplication(trx, house, {
        assessmentId: 'a1',
        enterpriseId: 'e1',
        checklist,
        sheet: sheetOfAnswers(checklist, await answersOf(trx, 'a1')),
        commitment: { name: '陈志强', declarations: [], signedAt: at.toISOString() },
        at,
      })
      await completeAssessment(trx, 'a1', at)
    }
    const item = checklist.items.find(({ id }) => id === major)
    if (item)
      await noteHazard(trx, house, { enterpriseId: 'e1', assessmentId: 'a1', item, grade: 'major', by: contact, at })
    await storeConversation(
      trx,
      {
        contact,
        key: 'k1',
        language: 'zh-CN',
        enterpriseId: 'e1',
        assessmentId: null,
        snapshot: readFileSync(new URL('../snapshots/home/v1-resting.json', import.meta.url), 'utf8'),
        turn: 7,
        prompt: null,
      },
      at,
    )
  })
  return town
}

export const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: 'green' } })
    .jpeg()
    .toBuffer()
