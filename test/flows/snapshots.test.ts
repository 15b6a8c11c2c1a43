import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { innermost } from '../../flows/advance.ts'
import { checklistOf } from '../../src/checklist/checklist.ts'
import { letters } from '../../src/checklist/rules.ts'
import { restored } from '../../src/conversation/conversation.ts'
import { fileApplication } from '../../src/standardization/index.ts'
import { conversationOf, storeConversation } from '../../src/storage/conversations.ts'
import type { Trx } from '../../src/storage/database.ts'
import { openAssessment, registerEnterprise } from '../../src/storage/enrolment.ts'
import { addRegulator } from '../../src/storage/regulators.ts'
import { openedTown, type Town } from '../support/town.ts'

const folder = new URL('../snapshots/', import.meta.url)

/** Conversations as earlier versions left them, what the person says next, and where that leads. */
const table = [
  ['enrolment/v1-greeting.json', '同意，开始', 'enrolment askingUscc'],
  ['enrolment/v1-askingUscc.json', '91440300MA5DABCD1K', 'enrolment askingName'],
  ['enrolment/v1-askingDistrict.json', '龙岗', 'enrolment askingIndustry'],
  ['enrolment/v1-askingFacts.json', '都没有', 'enrolment askingFacts'],
  ['enrolment/v1-confirming.json', '不对', 'enrolment choosingField'],
  ['enrolment/v2-askingIndustry.json', '做铁架子的', 'enrolment confirmingIndustry'],
  ['enrolment/v2-confirmingIndustry.json', '对', 'enrolment askingHeadcount'],
  ['enrolment/v2-doubtingName.json', '对', 'enrolment askingDistrict'],
  ['enrolment/v2-choosingField.json', '返回', 'home resting'],
  ['enrolment/v2-invited.json', '不同意', 'enrolment refused'],
  ['enrolment/v3-claiming.json', '黄伟', 'enrolment awaitingClaim'],
  ['enrolment/v3-awaitingClaim.json', '91440300MA5DABCD1K', 'enrolment askingName'],
  ['enrolment/v3-confirmingSuccession.json', '不同意', 'enrolment refused'],
  ['selfAssessment/v1-asking.json', '符合', 'selfAssessment asking'],
  ['selfAssessment/v1-lookingCloser.json', '不清楚', 'selfAssessment asking'],
  ['selfAssessment/v1-confirmingAbsence.json', '不符合', 'selfAssessment hazardFound'],
  ['selfAssessment/v1-hazardFound.json', '跳过', 'selfAssessment asking'],
  ['selfAssessment/v1-awaitingPhoto.json', '跳过', 'selfAssessment asking'],
  ['selfAssessment/v1-paused.json', '继续', 'selfAssessment asking'],
  ['selfAssessment/v1-blocked.json', '修改第 3 题', 'selfAssessment asking'],
  ['selfAssessment/v1-committing.json', '上一题', 'selfAssessment summary'],
  ['selfAssessment/v2-confirmingRectified.json', '是，改好了', 'selfAssessment asking'],
  ['selfAssessment/v2-confirmingCorrection.json', '对', 'selfAssessment asking'],
  ['selfAssessment/v2-confirmingChange.json', '对', 'selfAssessment asking'],
  ['selfAssessment/v2-reviewing.json', '继续', 'selfAssessment asking'],
  ['selfAssessment/v2-awaitingPhoto.json', '跳过', 'selfAssessment awaitingPhoto'],
  ['selfAssessment/v2-confirmingSigner.json', '上一题', 'selfAssessment committing'],
  ['selfAssessment/v3-confirming.json', '嗯', 'selfAssessment confirming'],
  ['selfAssessment/v3-handingOver.json', '继续', 'selfAssessment asking'],
  ['selfAssessment/v6-confirmingEarlier.json', '都还是这样', 'selfAssessment asking'],
  ['selfAssessment/v6-choosingChanged.json', '2', 'selfAssessment asking'],
  ['enrolment/v2-choosingFieldInWalk.json', '返回', 'selfAssessment asking'],
  ['home/v1-resting.json', '进度', 'home resting'],
  ['reviewDesk/v1-atDesk.json', '退回 000001', 'reviewDesk returning'],
  ['reviewDesk/v1-returning.json', '14 照片看不清', 'reviewDesk atDesk'],
  ['reviewDesk/v2-atDesk.json', '通过 000001', 'reviewDesk confirmingApproval'],
  ['reviewDesk/v2-confirmingApproval.json', '确认', 'reviewDesk atDesk'],
  ['reviewDesk/v2-confirmingRefusal.json', '确认', 'reviewDesk atDesk'],
  ['reviewDesk/v3-atDesk.json', '不通过 000001 与现场不符', 'reviewDesk confirmingRefusal'],
  ['reviewDesk/v3-confirmingApproval.json', '先等等看', 'reviewDesk confirmingApproval'],
  ['reviewDesk/v3-returning.json', '2 照片看不清', 'reviewDesk confirmingReturn'],
  ['reviewDesk/v3-confirmingReturn.json', '照片看不清', 'reviewDesk returning'],
  ['reviewDesk/v3-confirmingRefusal.json', '先不', 'reviewDesk atDesk'],
] as const

/** What all the walks here were frozen to. */
const refs = ['safetyDuties', 'workInjuryInsurance', 'specialOperatorLicences', 'managersAssessed'].map(
  (item) => `general/${item}@1`,
)

const at = new Date('2026-11-24T02:00:00Z')
const contact = 'app:chenzhiqiang'

test('every stored conversation is in the table', () => {
  const stored = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  const ofConversations = stored.filter((file) => !file.startsWith('standardization'))
  expect(ofConversations.sort()).toEqual(table.map(([file]) => file).sort())
})

test.for(table)('%s takes “%s” to %s', async ([file, said, expected]) => {
  const town = await openedTown()
  await remembered(town, readFileSync(new URL(file, folder), 'utf8'))
  const answer = await town.say('chenzhiqiang', said)
  expect(town.problems).toEqual([])
  expect(answer).not.toBe('')
  expect(await placeOf(town)).toBe(expected)
})

/** As it stands in the database of a house that was not asked to forget anything. */
const remembered = ({ house }: Town, snapshot: string) =>
  house.database.inTransaction(contact, async (trx) => {
    const { flow, context } = JSON.parse(snapshot) as { flow: string; context?: { updating?: string } }
    if (flow === 'reviewDesk')
      await addRegulator(trx, { userId: 'chenzhiqiang', district: '440307', role: 'approver' }, at)
    const isEnrolled = flow === 'selfAssessment' || flow === 'home' || context?.updating !== undefined
    await registerEnterprise(trx, {
      id: 'e1',
      uscc: '91440300MA5DABCD1X',
      name: '强盛金属制品',
      district: '440307',
      industryClass: '331',
      industry: 'machinery',
      headcount: 38,
      contact: isEnrolled ? contact : 'app:somebody',
      contactName: '陈志强',
      contactPhone: '13800000000',
      facts: [],
      policy: 'shenzhen-trial',
      consentVersion: 1,
      at,
    })
    await openAssessment(trx, { id: 'a1', enterpriseId: 'e1', purpose: 'initial', policy: 'shenzhen-trial', refs, at })
    const inHand = flow === 'reviewDesk' ? (await filed(trx, house)).applicationId : ''
    await storeConversation(
      trx,
      {
        contact,
        key: 'k1',
        language: 'zh-CN',
        enterpriseId: isEnrolled ? 'e1' : null,
        assessmentId: flow === 'selfAssessment' || context?.updating === 'walk' ? 'a1' : null,
        snapshot: snapshot.replace('an application', inHand),
        turn: 7,
        prompt: null,
      },
      at,
    )
  })

/** What a regulator has in hand. */
function filed(trx: Trx, house: Town['house']) {
  const checklist = checklistOf(house.library, refs)
  const commitment = { name: '陈志强', declarations: ['以上属实'], signedAt: at.toISOString() }
  const sheet = letters.conforming.repeat(refs.length)
  return fileApplication(trx, house, { assessmentId: 'a1', enterpriseId: 'e1', checklist, sheet, commitment, at })
}

const placeOf = ({ house }: Town) =>
  house.database.inTransaction(contact, async (trx) => {
    const stored = await conversationOf(trx, contact)
    if (!stored) throw new Error('the conversation is gone')
    const { flow, snapshot } = await restored(trx, house, stored)
    return `${flow} ${innermost(snapshot.value)}`
  })
