import { describe, expect, test } from 'vitest'
import type { Notice } from '../../flows/standardization/index.ts'
import { languages, translators } from '../../src/i18n/translator.ts'
import { type NoticeFacts, noticeReply } from '../../src/replies/notices.ts'

const facts: NoticeFacts = {
  applicationId: 'a1',
  round: 1,
  number: 'SZ-LG-2026-000001',
  enterprise: '强盛金属制品有限公司',
  district: '龙岗区',
  bureau: '龙岗区应急管理局',
  industry: '机械',
  headcount: 38,
  isRenewal: false,
  score: 91,
  majorRectified: 0,
  generalDue: 1,
  alikePhotos: 0,
  findings: [{ number: 3, reason: '看不清' }],
  incentives: [],
  ourTerms: { review: false, amendment: false },
  listingUrl: 'https://example.invalid/listing',
}

const ofADay: readonly (readonly [what: string, notice: Notice])[] = [
  ['the end of a review', { type: 'reviewDue', reviewDueOn: '2026-12-01' }],
  ['the end of an amendment', { type: 'amendmentDue', amendmentDueOn: '2026-12-01' }],
  ['a re-check ahead', { type: 'verificationReminder', verificationOn: '2026-12-01', days: 30 }],
  ['a re-check on its day', { type: 'verificationReminder', verificationOn: '2026-12-01', days: 0 }],
  ['an overdue re-check', { type: 'verificationReminder', verificationOn: '2026-12-01', days: -30 }],
  ['the end of a listing ahead', { type: 'expiryReminder', validUntil: '2026-12-01', days: 90 }],
  ['the end of a listing on its day', { type: 'expiryReminder', validUntil: '2026-12-01', days: 0 }],
]

describe.for(languages)('D33: what leaves after its day says no “today” and counts no days (%s)', (language) => {
  const said = (notice: Notice, isLate: boolean) =>
    noticeReply(notice, facts, { t: translators[language], language, promptId: 'n1', today: '2026-12-01', isLate }).text

  test.for(ofADay)('%s', ([, notice]) => {
    const relative = /今天|今日|\btoday\b|\d+ (天|days?)/
    expect(said(notice, false)).toMatch(relative)
    expect(said(notice, true)).not.toMatch(relative)
    expect(said(notice, true)).toMatch(/12月1日|December 1/)
  })
})
