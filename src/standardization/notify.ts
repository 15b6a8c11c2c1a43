import { createHash } from 'node:crypto'
import type { LifeCycleEffect, Notice } from '../../flows/standardization/index.ts'
import { addDays, chinaDateOf, type IsoDate, nineOn } from '../calendar/dates.ts'
import { type Language, spokenLanguage, translators } from '../i18n/translator.ts'
import { type NoticeFacts, noticeReply } from '../replies/notices.ts'
import { ourTermsOf } from '../replies/our-term.ts'
import { type Application, findingsOf } from '../storage/applications.ts'
import { assessmentOf } from '../storage/assessments.ts'
import { closingOf } from '../storage/closings.ts'
import type { Db, Trx } from '../storage/database.ts'
import { type Enterprise, enterpriseOf, languageSpokenBy } from '../storage/enterprises.ts'
import { evidenceOf, sameEvidence } from '../storage/evidence.ts'
import { enqueue } from '../storage/outbox.ts'
import { envelopeIn } from './envelope.ts'
import { districtNamed, type House, industryTitle, midnightAfter, policyNamed } from './house.ts'
import { type Decider, decidersOf } from './rights.ts'
import { applicationPath, consoleLink } from './signed-link.ts'

/** All that notices of an application draw on. */
export interface NoticeBoard {
  readonly application: Application
  readonly enterprise: Enterprise
  readonly facts: NoticeFacts
  readonly at: Date
}

export async function noticeBoard(trx: Trx, house: House, application: Application, at: Date): Promise<NoticeBoard> {
  const enterprise = await enterpriseOf(trx, application.enterpriseId)
  const { purpose } = await assessmentOf(trx, application.assessmentId)
  const district = districtNamed(house, application.district)
  const findings = await findingsOf(trx, application.id)
  return {
    application,
    enterprise,
    at,
    facts: {
      applicationId: application.id,
      round: envelopeIn(application).context.round,
      number: application.number,
      enterprise: enterprise.name,
      district: district.title,
      bureau: district.bureau,
      industry: industryTitle(house, enterprise.industry),
      headcount: enterprise.headcount,
      isRenewal: purpose === 'renewal',
      score: application.score,
      majorRectified: application.hazards.filter(({ grade }) => grade === 'major').length,
      generalDue: application.hazards.filter(({ dueOn }) => dueOn !== null).length,
      alikePhotos: await alikePhotos(trx, application.assessmentId),
      findings: findings.filter(({ resolvedAt }) => resolvedAt === null),
      incentives: policyNamed(house, application.policy).incentives,
      ourTerms: ourTermsOf(policyNamed(house, application.policy)),
      listingUrl: `${house.publicUrl}/listing/${application.number}`,
    },
  }
}

/** How many of its photos another enterprise has sent too. */
async function alikePhotos(db: Db, assessmentId: string): Promise<number> {
  const pictures = (await evidenceOf(db, assessmentId)).map(({ picture }) => picture)
  const owners = await Promise.all(
    pictures.map((picture) => (picture.state === 'stored' ? sameEvidence(db, picture.sha256) : 0)),
  )
  return owners.filter((enterprises) => enterprises > 1).length
}

type Telling = Pick<Extract<LifeCycleEffect, { type: 'notify' }>, 'audience' | 'step' | 'notice' | 'on'>

/**
 * Enqueues a notice for whom it concerns, each in their language: now, or at nine on a later day. It is said once,
 * however often it is enqueued.
 */
export async function tell(trx: Trx, house: House, board: NoticeBoard, telling: Telling, cause: string): Promise<void> {
  const uniqueKey = `${cause}:${telling.step}`
  if (telling.audience === 'owner' && (await isPointless(trx, board, telling.notice))) return
  if (telling.audience === 'owner')
    return send(trx, house, board, { ...telling, uniqueKey, cause, to: board.enterprise.contact })

  for (const { userId, mayApprove } of await decidersOf(trx, house, board.application.district))
    await send(trx, house, board, {
      ...telling,
      uniqueKey: `${uniqueKey}:${userId}`,
      cause,
      to: `app:${userId}`,
      regulator: { userId, mayApprove },
    })
}

/** Whoever has closed is not asked to do the yearly re-check or to renew. */
const isPointless = async (trx: Trx, { enterprise }: NoticeBoard, notice: Notice) =>
  (isReminder(notice) || notice.type === 'rectificationReminder') && (await closingOf(trx, enterprise.id)) !== undefined

interface Letter {
  readonly notice: Notice
  readonly uniqueKey: string
  readonly cause: string
  readonly to: string
  readonly on?: string
  readonly regulator?: Decider
}

async function send(trx: Trx, house: House, { application, facts, at }: NoticeBoard, letter: Letter) {
  const { notice, uniqueKey, cause, to, on, regulator } = letter
  const language = await languageOf(trx, to)
  const dueAt = on === undefined ? at : nineOn(on)
  const path = applicationPath(application.id)
  const theirs = regulator && {
    detailsUrl: consoleLink(house, regulator.userId, { path, from: dueAt }),
    mayApprove: regulator.mayApprove,
  }
  const view = { t: translators[language], language, promptId: promptIdOf(uniqueKey), today: chinaDateOf(dueAt) }
  const day = dayOf(notice)
  await enqueue(trx, {
    uniqueKey,
    recipient: to,
    kind: 'reply',
    reply: noticeReply(notice, { ...facts, ...theirs }, view),
    ...(day && {
      late: {
        from: midnightAfter(day),
        reply: noticeReply(notice, { ...facts, ...theirs }, { ...view, isLate: true }),
      },
    }),
    cause,
    ...(isReminder(notice) && { series: cause }),
    dueAt,
    at,
  })
}

/** The day of which a notice says today, or from which it counts days; undefined when it does neither. */
function dayOf(notice: Notice): IsoDate | undefined {
  switch (notice.type) {
    case 'reviewDue':
      return notice.reviewDueOn
    case 'amendmentDue':
      return notice.amendmentDueOn
    case 'verificationReminder':
      return addDays(notice.verificationOn, -notice.days)
    case 'expiryReminder':
      return addDays(notice.validUntil, -notice.days)
    default:
      return undefined
  }
}

/** Of several that are due, only the latest is worth sending. */
const isReminder = ({ type }: Notice) => type === 'verificationReminder' || type === 'expiryReminder'

/** Of a unique key, in the characters a prompt id may have. */
export function promptIdOf(uniqueKey: string): string {
  const plain = `n-${uniqueKey.replaceAll(':', '-')}`
  if (/^[A-Za-z0-9_@-]{1,128}$/.test(plain)) return plain
  return `n-${createHash('sha256').update(uniqueKey).digest('hex')}`
}

/** What a contact is spoken to in; someone who never spoke, in the first of our languages. */
export const languageOf = async (db: Db, contact: string): Promise<Language> =>
  spokenLanguage(await languageSpokenBy(db, contact))
