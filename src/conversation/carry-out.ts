import { randomUUID } from 'node:crypto'
import type { AnyEventObject } from 'xstate'
import type {
  CompleteDraft,
  EnrolmentEffect,
  ProfileUpdate,
  UpdateOccasion,
} from '../../flows/enrolment/enrolment.machine.ts'
import type { Beginning, FlowName } from '../../flows/flow.ts'
import type { HomeEffect } from '../../flows/home/home.machine.ts'
import type { DeskEffect } from '../../flows/review-desk/index.ts'
import type { WalkContext, WalkEffect, WalkPurpose } from '../../flows/self-assessment/self-assessment.machine.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import { type Checklist, checklistOf, composedRefs } from '../checklist/checklist.ts'
import { type AnswerSheet, blankSheet, markAt, progressOf, withMark } from '../checklist/rules.ts'
import { translators } from '../i18n/translator.ts'
import type { InboundMessage } from '../message/index.ts'
import { type DeskOutcome, deskParts } from '../replies/desk.ts'
import { type HomeView, homeScreen } from '../replies/home.ts'
import type { Part } from '../replies/screen.ts'
import { submittedPart } from '../replies/submitted.ts'
import {
  ApplicationRefusedError,
  carryOutDesk,
  completeRecheck,
  fileApplication,
  listingOf,
  type Refusal,
  refileApplication,
  snoozeReminder,
} from '../standardization/index.ts'
import { answersOf, type NewAnswer, recordAnswer } from '../storage/answers.ts'
import type { Trx } from '../storage/database.ts'
import {
  type AssessmentFacts,
  abandonAssessment,
  assessmentFacts,
  completeAssessment,
  type EnterpriseFacts,
  enterpriseFacts,
  lastCompletedAssessment,
  openAssessment,
  registerEnterprise,
  updateFacts,
} from '../storage/enrolment.ts'
import { storeEvidence } from '../storage/evidence.ts'
import { type Conversation, forgetFacts, settingOf, userIdOf } from './conversation.ts'
import { carriedOver, sheetOf } from './first-sheet.ts'
import type { ConversationHouse } from './house.ts'

/** What carrying out brought: what to say of it beyond the flow's own words, and where the conversation goes on. */
export interface Outcome {
  readonly parts: readonly Part[]
  readonly next?: Next
  /** How the enterprise stands, where the flow speaks of it. */
  readonly standing?: HomeView
}

interface Next {
  readonly flow: FlowName
  readonly input?: unknown
  readonly enterpriseId: string
  readonly enterprise: EnterpriseFacts
  readonly assessment: AssessmentFacts | null
}

interface Turn {
  readonly trx: Trx
  readonly house: ConversationHouse
  readonly message: InboundMessage
  readonly conversation: Conversation
  readonly at: Date
}

/** Effects become rows, in the transaction of the message that caused them. */
export async function carryOut(turn: Turn, effects: readonly AnyEventObject[]): Promise<Outcome> {
  switch (turn.conversation.flow) {
    case 'enrolment':
      return carryOutEnrolment(turn, effects as EnrolmentEffect[])
    case 'selfAssessment':
      return carryOutWalk(turn, effects as WalkEffect[])
    case 'home':
      return carryOutHome(turn, effects as HomeEffect[])
    case 'reviewDesk':
      return carryOutReview(turn, effects as DeskEffect[])
  }
}

async function carryOutEnrolment(turn: Turn, effects: readonly EnrolmentEffect[]): Promise<Outcome> {
  const update = effects.find((effect) => effect.type === 'updateProfile')
  if (update) return updated(turn, update.facts, update.before)
  const registration = effects.find((effect) => effect.type === 'registerEnterprise')
  if (!registration) return { parts: [] }
  const enterprise = await registered(turn, registration.draft)
  return beginWalk(turn, enterprise, { purpose: 'initial' })
}

/** What is on the site may have changed since last time: it is asked first, and decides what is asked then. */
const beginProfileUpdate = (enterprise: EnterpriseFacts, updating: UpdateOccasion): Outcome => ({
  parts: [],
  next: {
    flow: 'enrolment',
    input: { draft: enterprise.site, updating } satisfies ProfileUpdate,
    enterpriseId: enterprise.id,
    enterprise,
    assessment: null,
  },
})

async function updated(turn: Turn, facts: readonly string[], before: UpdateOccasion): Promise<Outcome> {
  const { trx, house, conversation, at } = turn
  if (!conversation.enterprise) throw new Error('Only an enrolled enterprise has a profile to update')
  const { id } = conversation.enterprise
  await updateFacts(trx, id, facts)
  forgetFacts(house, id)
  const { mayBegin, application } = await listingOf(trx, id, chinaDateOf(at))
  const enterprise = await enterpriseFacts(trx, id)
  if (mayBegin.includes(before))
    return beginWalk(turn, enterprise, {
      purpose: before,
      ...(before === 'recheck' && application && { applicationId: application.id }),
    })
  // The time for it went by while the list was ticked.
  const next = { flow: 'home', enterpriseId: id, enterprise, assessment: null } as const
  return { parts: await atHome(turn, enterprise, 'notListed'), next }
}

/** The version of the privacy notice that is agreed to. */
const CONSENT_VERSION = 1

async function registered({ trx, house, message, at }: Turn, draft: CompleteDraft): Promise<EnterpriseFacts> {
  const id = randomUUID()
  await registerEnterprise(trx, {
    ...draft,
    id,
    contact: message.contact,
    policy: house.policyId,
    consentVersion: CONSENT_VERSION,
    at,
  })
  return enterpriseFacts(trx, id)
}

/** Freezes a checklist as it stands today, with what may be carried over from the last one. */
async function beginWalk(
  { trx, house, conversation, at }: Turn,
  enterprise: EnterpriseFacts,
  { purpose, applicationId }: { purpose: 'initial' | 'recheck' | 'renewal'; applicationId?: string },
): Promise<Outcome> {
  const refs = composedRefs(house.library, enterprise.site, chinaDateOf(at))
  const checklist = checklistOf(house.library, refs)
  const last = purpose === 'recheck' ? await lastCompletedAssessment(trx, enterprise.id) : undefined
  const sheet = last
    ? carriedOver(checklist, JSON.parse(last.refs) as string[], await answersOf(trx, last.id))
    : blankSheet(checklist)

  const id = randomUUID()
  await openAssessment(trx, {
    id,
    enterpriseId: enterprise.id,
    purpose,
    policy: enterprise.policy,
    refs,
    ...(applicationId && { applicationId }),
    at,
  })
  if (last) await copyAnswers(trx, { from: last.id, to: id, sheet, checklist, at })
  const assessment = await assessmentFacts(trx, id)
  return {
    parts: [begunNote(conversation, checklist, sheet)],
    next: walkNext(enterprise, assessment, { purpose, sheet, comments: {} }),
  }
}

/** Only what the regulator returned is asked again, with what was written on it. */
async function beginAmendment({ trx, house, conversation, at }: Turn, enterprise: EnterpriseFacts): Promise<Outcome> {
  const { application } = await listingOf(trx, enterprise.id, chinaDateOf(at))
  if (!application) throw new Error('There is no application to amend')
  const assessment = await assessmentFacts(trx, application.assessmentId)
  const { checklist } = settingOf(house, enterprise, assessment)
  if (!checklist) throw new Error('An assessment has a checklist')
  const answered = sheetOf(checklist, await answersOf(trx, assessment.id))
  const { returnedFindings } = application
  const sheet = returnedFindings.reduce((sheet, { position }) => withMark(sheet, position, 'unanswered'), answered)
  const comments = Object.fromEntries(returnedFindings.map(({ position, reason }) => [String(position), reason]))
  return {
    parts: [begunNote(conversation, checklist, sheet)],
    next: walkNext(enterprise, assessment, { purpose: 'amendment', sheet, comments }),
  }
}

interface WalkInput {
  readonly purpose: WalkPurpose
  readonly sheet: AnswerSheet
  readonly comments: Readonly<Record<string, string>>
}

const walkNext = (enterprise: EnterpriseFacts, assessment: AssessmentFacts, input: WalkInput): Next => ({
  flow: 'selfAssessment',
  input,
  enterpriseId: enterprise.id,
  enterprise,
  assessment,
})

function begunNote({ language }: Conversation, checklist: Checklist, sheet: AnswerSheet): Part {
  const t = translators[language]
  const { total, left, minutes } = progressOf(checklist, sheet, -1)
  return { note: left === total ? t('walk.begun', { total, minutes }) : t('walk.begunPartly', { left, minutes }) }
}

/** What is carried over is on record for the new assessment too. */
async function copyAnswers(
  trx: Trx,
  { from, to, sheet, checklist, at }: { from: string; to: string; sheet: AnswerSheet; checklist: Checklist; at: Date },
): Promise<void> {
  const earlier = new Map((await answersOf(trx, from)).map((answer) => [answer.itemId, answer]))
  for (const [position, { id }] of checklist.items.entries()) {
    const mark = markAt(sheet, position)
    const excusedBy = earlier.get(id)?.excusedBy
    if (mark !== 'unanswered')
      await recordAnswer(trx, {
        assessmentId: to,
        itemId: id,
        position,
        mark,
        ...(excusedBy && { excusedBy }),
        dedupeKey: `carried:${from}`,
        at,
      })
  }
}

async function carryOutWalk(turn: Turn, effects: readonly WalkEffect[]): Promise<Outcome> {
  const { trx, conversation, message, at } = turn
  const { assessment, setting, snapshot } = conversation
  if (!assessment || !setting.checklist) throw new Error('A walk has an assessment and a checklist')
  const { items } = setting.checklist
  const recorded = (position: number, mark: NewAnswer['mark']) => {
    const { id, notApplicable } = items[position] ?? unknownItem(position)
    return recordAnswer(trx, {
      assessmentId: assessment.id,
      itemId: id,
      position,
      mark,
      ...(mark === 'notApplicable' && notApplicable && { excusedBy: notApplicable.fact ?? notApplicable.reason }),
      dedupeKey: message.dedupeKey,
      at,
    })
  }

  for (const effect of effects) {
    switch (effect.type) {
      case 'recordAnswer':
        if (effect.mark !== 'unanswered') await recorded(effect.position, effect.mark)
        break
      case 'withdrawAnswer':
        await recorded(effect.position, 'withdrawn')
        break
      case 'reportLostEvidence':
        if (effect.reopened) await recorded(effect.position, 'nonconforming')
        break
      case 'clearAnswers': {
        const { sheet } = snapshot.context as WalkContext
        for (const { position } of await answersOf(trx, assessment.id))
          if (markAt(sheet, position) === 'unanswered') await recorded(position, 'withdrawn')
        break
      }
      case 'storeEvidence':
        await storeEvidence(trx, {
          id: effect.evidenceId,
          assessmentId: assessment.id,
          itemId: (items[effect.position] ?? unknownItem(effect.position)).id,
          position: effect.position,
          contact: message.contact,
          rectifies: effect.rectifies,
          mediaId: effect.mediaId,
          at,
        })
        break
      case 'submitAssessment':
        return submitted(turn, effect.signedBy)
    }
  }
  return { parts: [] }
}

function unknownItem(position: number): never {
  throw new Error(`The checklist has no item at position ${position}`)
}

/** The last word of a walk: files, files again, or closes the year, in the transaction of the signature. */
async function submitted(turn: Turn, signedBy: string): Promise<Outcome> {
  const { trx, house, conversation, at } = turn
  const { assessment, enterprise, setting, snapshot, language } = conversation
  const { checklist, policy } = setting
  if (!assessment || !enterprise || !checklist) throw new Error('Only a walk is submitted')
  const { sheet, purpose } = snapshot.context as WalkContext
  const filing = {
    assessmentId: assessment.id,
    enterpriseId: enterprise.id,
    checklist,
    sheet,
    commitment: { name: signedBy, declarations: policy.declarations.value, signedAt: at.toISOString() },
    at,
  }
  const submit = {
    initial: fileApplication,
    renewal: fileApplication,
    amendment: refileApplication,
    recheck: completeRecheck,
  }
  const next = { flow: 'home', enterpriseId: enterprise.id, enterprise, assessment: null } as const
  try {
    const receipt = await submit[purpose](trx, house, filing)
    await completeAssessment(trx, assessment.id, at)
    if ('verified' in receipt && !receipt.verified) return { parts: await atHome(turn, enterprise, 'unchanged'), next }
    const view = { language, days: policy.reviewWorkingDays.value, today: chinaDateOf(at) }
    return { parts: [submittedPart(purpose, receipt, view)], next }
  } catch (error) {
    if (!(error instanceof ApplicationRefusedError) || !isOvertaken(error.reason)) throw error
    // What an amendment amends was completed long ago.
    if (purpose !== 'amendment') await abandonAssessment(trx, assessment.id)
    return { parts: await atHome(turn, enterprise, error.reason), next }
  }
}

/** What can come about while an owner walks; nothing else may get past the walk. */
const overtaken = ['alreadyRunning', 'mustWait', 'notReturned', 'notListed'] as const
type Overtaken = (typeof overtaken)[number]
const isOvertaken = (reason: Refusal): reason is Overtaken => overtaken.some((each) => each === reason)

/** Why nothing came of a walk, and how things stand instead. */
async function atHome(turn: Turn, enterprise: EnterpriseFacts, why: Overtaken | 'unchanged'): Promise<Part[]> {
  const standing = await standingOf(turn, enterprise)
  return [{ note: standing.t(`submitted.nothing.${why}`) }, { screen: homeScreen(standing) }]
}

async function carryOutHome(turn: Turn, effects: readonly HomeEffect[]): Promise<Outcome> {
  const { trx, house, conversation, at } = turn
  const { enterprise } = conversation
  if (!enterprise) throw new Error('Only an enrolled owner is at home')
  const standing = await standingOf(turn, enterprise)
  const { application } = standing
  const begun = effects.find((effect) => effect.type === 'beginWalk')
  if (begun) return { standing, ...(await beginning(turn, enterprise, begun.beginning)) }
  // Only its own: whatever application the key names.
  for (const effect of effects)
    if (effect.type === 'snoozeReminder' && application)
      await snoozeReminder(trx, house, { applicationId: application.id, at })
  return { standing, parts: [] }
}

async function standingOf({ trx, conversation, at }: Turn, { id, name }: EnterpriseFacts) {
  const { language } = conversation
  const today = chinaDateOf(at)
  const { mayBegin, mayApplyFrom, application } = await listingOf(trx, id, today)
  return {
    t: translators[language],
    language,
    today,
    enterpriseName: name,
    mayBegin,
    ...(mayApplyFrom && { mayApplyFrom }),
    ...(application && { application }),
  } satisfies HomeView
}

async function carryOutReview(turn: Turn, effects: readonly DeskEffect[]): Promise<Outcome> {
  const { trx, house, conversation, message, at } = turn
  const { language } = conversation
  const outcomes: DeskOutcome[] = []
  for (const effect of effects)
    outcomes.push(await carryOutDesk(trx, house, effect, { userId: userIdOf(message.contact), at }))
  return { parts: deskParts(outcomes, { t: translators[language], language, today: chinaDateOf(at) }) }
}

async function beginning(turn: Turn, enterprise: EnterpriseFacts, beginning: Beginning): Promise<Outcome> {
  switch (beginning) {
    case 'assessment':
      return beginWalk(turn, enterprise, { purpose: 'initial' })
    case 'renewal':
    case 'recheck':
      return beginProfileUpdate(enterprise, beginning)
    case 'amendment':
      return beginAmendment(turn, enterprise)
  }
}
