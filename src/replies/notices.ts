import { standingKeys } from '../../flows/home/index.ts'
import { reviewKeys } from '../../flows/review-desk/index.ts'
import type { Notice } from '../../flows/standardization/index.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import type { ChoicePrompt, PromptOption, Reply } from '../message/index.ts'
import type { Policy } from '../policy/policy.ts'
import { circled, fullDate, longDate } from './figures.ts'
import { type OurTerms, termNote } from './our-term.ts'

/** What a notice may speak of. */
export interface NoticeFacts {
  readonly applicationId: string
  /** How often it has been filed. */
  readonly round: number
  readonly number: string
  readonly enterprise: string
  readonly district: string
  readonly bureau: string
  readonly industry: string
  readonly headcount: number
  readonly isRenewal: boolean
  readonly score: number | null
  /** Major hazards put right before filing. */
  readonly majorRectified: number
  /** General hazards to be put right by a day. */
  readonly generalDue: number
  /** Photos that another enterprise has sent too. */
  readonly alikePhotos: number
  /** What is asked for and not answered yet. */
  readonly findings: readonly { readonly number: number; readonly reason: string }[]
  readonly incentives: Policy['incentives']
  readonly ourTerms: OurTerms
  /** The public page. */
  readonly listingUrl: string
  /** The regulator's page of the application. */
  readonly detailsUrl?: string
  /** This regulator approves; others return and look. */
  readonly mayApprove?: boolean
}

export interface NoticeView {
  readonly t: Translator
  readonly language: Language
  readonly promptId: string
  /** ISO date in China on which it is said. */
  readonly today: string
  /** It is said after the day it speaks of as today: dates are given, days are not counted. */
  readonly isLate?: boolean
}

/**
 * What is said unasked. The text names its choices in words and not by numbers: the question a conversation is at
 * may be open, and a number would answer that.
 */
export function noticeReply(notice: Notice, facts: NoticeFacts, view: NoticeView): Reply {
  const { heading, isHeaded, body, details = [], link, options, inWords } = sheetOf(notice, facts, view)
  const { t } = view
  const lines = [
    ...(isHeaded ? [heading] : []),
    body,
    ...details.map((fact) => t('notices:line.fact', fact)),
    ...(link ? [t('notices:line.link', link)] : []),
    ...(inWords ? [inWords] : []),
  ]
  const text = lines.join('\n')
  if (!options) return { text }
  const prompt: ChoicePrompt = {
    kind: 'choice',
    id: view.promptId,
    heading,
    body,
    options,
    ...(link && { link }),
    ...(details.length > 0 && { facts: details }),
  }
  return { text, prompt }
}

interface Sheet {
  /** Of the card. */
  readonly heading: string
  /** The text begins with the heading too. */
  readonly isHeaded?: boolean
  readonly body: string
  readonly details?: readonly { readonly name: string; readonly value: string }[]
  readonly link?: { readonly title: string; readonly url: string }
  readonly options?: readonly PromptOption[]
  /** How to choose without buttons. */
  readonly inWords?: string
}

function sheetOf(notice: Notice, facts: NoticeFacts, view: NoticeView): Sheet {
  const { t, language, today } = view
  const { enterprise, number, bureau } = facts
  const told = { enterprise, number, bureau }
  switch (notice.type) {
    case 'applicationFiled':
    case 'applicationAmended':
    case 'reviewDue':
      return toReview(notice, facts, view)
    case 'reviewLapsed': {
      const dueOn = longDate(notice.reviewDueOn, language, today)
      return facts.detailsUrl
        ? forRegulators(t('notices:reviewLapsed.regulators', { ...told, dueOn }), facts, view)
        : plain(t('notices:reviewLapsed.owner', { ...told, dueOn, term: termNote(facts.ourTerms.review, bureau, t) }))
    }
    case 'applicationReturned':
      return returned(notice.amendmentDueOn, facts, view)
    case 'amendmentDue':
    case 'amendmentLapsed': {
      const dueOn = longDate(notice.amendmentDueOn, language, today)
      if (facts.detailsUrl)
        return forRegulators(t('notices:amendmentLapsed.regulators', { ...told, dueOn }), facts, view)
      const term = termNote(facts.ourTerms.amendment, bureau, t)
      if (view.isLate) return toAmend(t('notices:amendmentDue.late', { ...told, dueOn, term }), facts, view)
      return toAmend(t(`notices:${notice.type}.owner`, { ...told, dueOn, term }), facts, view)
    }
    case 'applicationRejected':
      return plain(
        t('notices:rejected', { ...told, reason: notice.reason, from: fullDate(notice.reapplyFrom, language) }),
      )
    case 'applicationWithdrawn':
      return forRegulators(t('notices:withdrawn', told), facts, view)
    case 'objectionMade':
      return forRegulators(t('notices:objectionMade', { ...told, text: notice.text }), facts, view)
    case 'closingTold':
      return forRegulators(t('notices:closingTold', told), facts, view)
    case 'publicityBegun':
      return plain(t('notices:publicityBegun', { ...told, until: longDate(notice.publicityEndsOn, language, today) }))
    case 'announced':
      return announced(notice.validUntil, facts, view)
    case 'verificationReminder':
      return toRecheck(notice, facts, view)
    case 'verificationLapsed':
      return forRegulators(
        t('notices:verificationLapsed', { ...told, on: fullDate(notice.verificationOn, language) }),
        facts,
        view,
      )
    case 'verified':
      return forRegulators(
        notice.nextVerificationOn
          ? t('notices:verified', { ...told, next: fullDate(notice.nextVerificationOn, language) })
          : t('notices:verifiedLast', told),
        facts,
        view,
      )
    case 'rectifying':
      return forRegulators(t('notices:rectifying', { ...told, count: notice.openMajorHazards }), facts, view)
    case 'rectificationReminder':
      return recheckCard(t('notices:rectificationReminder', told), facts, view)
    case 'expiryReminder':
      return toRenew(notice, facts, view)
    case 'revoked':
      return facts.detailsUrl
        ? forRegulators(t('notices:revoked.regulators', { ...told, reason: notice.reason }), facts, view)
        : plain(
            t('notices:revoked.owner', {
              ...told,
              reason: notice.reason,
              from: fullDate(notice.reapplyFrom, language),
            }),
          )
    case 'expired': {
      const until = fullDate(notice.validUntil, language)
      return facts.detailsUrl
        ? forRegulators(t('notices:expired.regulators', { ...told, until }), facts, view)
        : plain(t('notices:expired.owner', { ...told, until }))
    }
  }
}

const plain = (body: string): Sheet => ({ heading: '', body })

const forRegulators = (body: string, facts: NoticeFacts, { t }: NoticeView): Sheet => ({
  heading: '',
  body,
  ...details(facts, t),
})

const details = ({ detailsUrl }: NoticeFacts, t: Translator) =>
  detailsUrl ? { link: { title: t('notices:details'), url: detailsUrl } } : {}

type ToReview = Exclude<Extract<Notice, { reviewDueOn: string }>, { type: 'reviewLapsed' }>

function toReview({ type, reviewDueOn }: ToReview, facts: NoticeFacts, view: NoticeView): Sheet {
  const { t, language, today, isLate } = view
  const { applicationId, number, enterprise, district, industry, headcount, isRenewal, mayApprove } = facts
  const who = t(isRenewal ? 'notices:review.renewal' : 'notices:review.first', { industry, headcount })
  const occasion = {
    applicationFiled: 'filed',
    applicationAmended: 'amended',
    reviewDue: isLate ? 'late' : 'due',
  } as const
  const heading = t(`notices:review.${occasion[type]}`, { number })
  const { score, majorRectified, generalDue, alikePhotos } = facts
  const fact = (name: 'score' | 'major' | 'general' | 'photos' | 'due', value: string) => ({
    name: t(`notices:fact.${name}`),
    value,
  })
  return {
    heading,
    isHeaded: true,
    body: [t('notices:review.enterprise', { enterprise, district }), who].join('\n'),
    details: [
      fact('score', score === null ? t('notices:value.noScore') : `${score}`),
      fact('major', t('notices:value.major', { count: majorRectified })),
      fact('general', t('notices:value.general', { count: generalDue })),
      ...(alikePhotos > 0 ? [fact('photos', t('notices:value.photos', { count: alikePhotos }))] : []),
      fact('due', longDate(reviewDueOn, language, today)),
    ],
    ...details(facts, t),
    options: [
      ...(mayApprove ? [approval(facts, t)] : []),
      { key: reviewKeys.return(applicationId), label: t('notices:button.return') },
    ],
    inWords: t(mayApprove ? 'notices:review.inWords' : 'notices:review.returnInWords', { number }),
  }
}

const approval = ({ applicationId, round }: NoticeFacts, t: Translator): PromptOption => ({
  key: reviewKeys.approve({ applicationId, round }),
  label: t('notices:button.approve'),
  style: 'primary',
})

function returned(amendmentDueOn: string, facts: NoticeFacts, view: NoticeView): Sheet {
  const { t, language, today } = view
  const { findings, bureau, ourTerms } = facts
  const lines = findings.map(({ number, reason }, index) =>
    t('notices:returned.finding', { mark: circled(index + 1), number, reason }),
  )
  const dueOn = longDate(amendmentDueOn, language, today)
  const body = [
    t('notices:returned.asked', { bureau, count: findings.length }),
    ...lines,
    t('notices:returned.due', { dueOn, term: termNote(ourTerms.amendment, bureau, t) }),
  ]
  return toAmend(body.join('\n'), facts, view)
}

const toAmend = (body: string, { applicationId, number }: NoticeFacts, { t }: NoticeView): Sheet => ({
  heading: t('notices:returned.heading', { number }),
  body,
  options: [
    { key: `${standingKeys.amend}.${applicationId}`, label: t('notices:button.amend'), style: 'primary' },
    { key: `${standingKeys.later}.${applicationId}`, label: t('notices:button.later') },
  ],
  inWords: t('notices:returned.inWords'),
})

/** What was read in the source itself is promised; what was not, is told as such. */
function announced(validUntil: string, facts: NoticeFacts, { t, language }: NoticeView): Sheet {
  const { enterprise, number, incentives, listingUrl } = facts
  const list = (wanted: (confidence: string) => boolean) =>
    incentives
      .filter(({ confidence }) => wanted(confidence))
      .map(({ text }) => text)
      .join(t('notices:line.semicolon'))
  const sure = list((confidence) => confidence === 'confirmed')
  const unsure = list((confidence) => confidence !== 'confirmed')
  return {
    heading: '',
    body: [
      t('notices:announced.valid', { enterprise, number, until: fullDate(validUntil, language) }),
      ...(sure ? [t('notices:announced.incentives', { incentives: sure })] : []),
      ...(unsure ? [t('notices:announced.unsureIncentives', { incentives: unsure })] : []),
      t('notices:announced.yearly'),
    ].join('\n'),
    link: { title: t('notices:listing'), url: listingUrl },
  }
}

type VerificationReminder = Extract<Notice, { type: 'verificationReminder' }>

function toRecheck({ days, verificationOn }: VerificationReminder, facts: NoticeFacts, view: NoticeView): Sheet {
  const { t, language, today, isLate } = view
  const { enterprise } = facts
  const told = { enterprise, on: longDate(verificationOn, language, today) }
  if (isLate)
    return recheckCard(t('notices:recheck.late', { enterprise, on: fullDate(verificationOn, language) }), facts, view)
  if (days > 0) return recheckCard(t('notices:recheck.ahead', { ...told, count: days }), facts, view)
  if (days === 0) return recheckCard(t('notices:recheck.today', told), facts, view)
  return recheckCard(t('notices:recheck.overdue', { ...told, count: -days }), facts, view)
}

const recheckCard = (body: string, { applicationId, number }: NoticeFacts, { t }: NoticeView): Sheet => ({
  heading: t('notices:recheck.heading', { number }),
  body,
  options: [
    { key: `${standingKeys.recheck}.${applicationId}`, label: t('notices:button.recheck'), style: 'primary' },
    { key: `${standingKeys.snooze}.${applicationId}`, label: t('notices:button.snooze') },
  ],
  inWords: t('notices:recheck.inWords'),
})

type ExpiryReminder = Extract<Notice, { type: 'expiryReminder' }>

function toRenew({ days, validUntil }: ExpiryReminder, facts: NoticeFacts, view: NoticeView): Sheet {
  const { t, language, isLate } = view
  const { applicationId, number, enterprise } = facts
  const told = { enterprise, until: fullDate(validUntil, language) }
  const said = days > 0 ? t('notices:renew.ahead', { ...told, count: days }) : t('notices:renew.today', told)
  return {
    heading: t('notices:renew.heading', { number }),
    body: isLate ? t('notices:renew.late', told) : said,
    options: [{ key: `${standingKeys.renew}.${applicationId}`, label: t('notices:button.renew'), style: 'primary' }],
    inWords: t('notices:renew.inWords'),
  }
}
