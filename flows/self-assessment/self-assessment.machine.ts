import { assign, emit, raise, setup } from 'xstate'
import type { IsoDate } from '../../src/calendar/dates.ts'
import type { Checklist } from '../../src/checklist/checklist.ts'
import { type EarlierAnswers, forgetting, nextBatch, sectionAround } from '../../src/checklist/earlier-answers.ts'
import { missingPhotos } from '../../src/checklist/photos.ts'
import {
  type AnswerSheet,
  type Finding,
  isAsked,
  ledgerOf,
  type Mark,
  majorHazards,
  markAt,
  nextPosition,
  scoreOf,
  withMark,
} from '../../src/checklist/rules.ts'
import type { CodeProblem, EnrolmentField, InvitationFound } from '../enrolment/enrolment.machine.ts'
import type { EvidenceOutcome } from '../flow.ts'
import type { Proposal } from '../proposal.ts'
import type { Photo, SiteChange } from '../screen.ts'

export type WalkEvent =
  | { type: 'answer.conforming' }
  | { type: 'answer.nonconforming' }
  | { type: 'answer.notApplicable' }
  | { type: 'answer.unclear' }
  /** Sounded like it, but not surely: asked back. */
  | { type: 'answer.suspected'; finding: Finding }
  /** Some parts of the question are in order; these are asked by name. */
  | { type: 'answer.partly'; missing: readonly number[] }
  /** An answer, but which? */
  | { type: 'answer.unsure' }
  /** Not understood, and a language model takes it for an answer: asked back, without a word of which. */
  | { type: 'answer.proposed'; proposal: Proposal }
  | { type: 'answer.notUnderstood'; text: string }
  /** Asked back, and it was not so: the item is asked again. */
  | { type: 'answer.reconsidered' }
  | { type: 'absence.confirmed' }
  | { type: 'item.skipped' }
  | { type: 'item.back' }
  | { type: 'item.explained' }
  | { type: 'item.basisAsked' }
  /** Why it cannot be filed as it is. */
  | { type: 'block.asked' }
  /** By the number the owner sees, from 1. */
  | { type: 'item.chosen'; number: number }
  /** An answer of long ago is to be another one, or is at least in doubt. */
  | { type: 'correction.heard'; position: number; to: Finding }
  | { type: 'correction.confirmed' }
  | { type: 'correction.dismissed' }
  /** Of the answers of an earlier time that are shown: all still hold, some do not, these do not, or the whole section is asked anew. */
  | { type: 'earlier.confirmed' }
  | { type: 'earlier.doubted' }
  | { type: 'earlier.changed'; positions: readonly number[] }
  | { type: 'earlier.dropped' }
  | ({ type: 'photo.received' } & Photo)
  | { type: 'photo.postponed' }
  | { type: 'photos.listed' }
  /** The one that came last. */
  | { type: 'photo.moved'; number: number }
  | { type: 'photo.withdrawn' }
  | { type: 'rectification.begun' }
  | { type: 'rectification.deferred' }
  /** Nothing is filed before it is put right, and it can wait. */
  | { type: 'rectification.awaited' }
  /** The photo shows it put right; or it does not. */
  | { type: 'rectification.confirmed' }
  | { type: 'rectification.denied' }
  | { type: 'evidence.settled'; evidenceId: string; outcome: EvidenceOutcome }
  | { type: 'progress.asked' }
  | { type: 'review.opened' }
  | { type: 'review.turned'; by: 1 | -1 }
  | { type: 'summary.accepted' }
  | { type: 'commitment.signed'; name: string }
  /** Not the contact who is on record. */
  | { type: 'signer.doubted'; name: string }
  | { type: 'signer.confirmed'; role: SignerRole }
  | { type: 'signer.withdrawn' }
  /** What is on the site has changed, or was told wrongly. */
  | { type: 'change.heard'; change: SiteChange }
  | { type: 'change.confirmed' }
  | { type: 'change.dismissed' }
  /** The particulars of the enterprise are to be put right. */
  | { type: 'profile.opened'; field?: EnrolmentField }
  /** By when a hazard is put right. */
  | { type: 'hazard.rescheduled'; date: IsoDate }
  | { type: 'register.asked' }
  /** Somebody else is to answer, all of it or the item in hand. */
  | { type: 'colleague.sought' }
  | { type: 'colleague.invited'; scope: 'walk' | 'item' }
  | { type: 'colleague.dismissed' }
  /** Somebody else is to be the contact, or the one on record is put right. */
  | { type: 'contact.changing' }
  | { type: 'successor.invited' }
  /** A code, before anybody has looked whether it is one: a colleague is to be the contact. */
  | { type: 'code.given'; code: string }
  | { type: 'succession.offered'; invitation: InvitationFound }
  | { type: 'invitation.refused'; why: CodeProblem }
  /** Whoever says that the enterprise is theirs too is let in, or kept out. */
  | { type: 'claims.opened' }
  | { type: 'claim.answered'; claimId: string; admits: boolean }
  /** Others have put something on record meanwhile: marks as they are now, photos more or less than before, by position. */
  | ({ type: 'record.changed' } & RecordChange)
  | { type: 'reminders.muted' }
  | { type: 'reminders.unmuted' }
  | { type: 'walk.paused' }
  | { type: 'walk.resumed' }
  | { type: 'restart.asked' }
  | { type: 'restart.confirmed' }

export interface RecordChange {
  readonly marks: Readonly<Record<string, Mark>>
  readonly photos: Readonly<Record<string, number>>
}

export type SignerRole = 'contact' | 'head' | 'delegate'

/** What a walk asks of the world, and what happened that is worth a line. */
export type WalkEffect =
  /** `before`: what the answer was; `proposed`: the message whose words a language model had taken for an answer to this item. */
  | { type: 'recordAnswer'; position: number; mark: Mark; before: Mark; proposed?: string }
  /** Answers of an earlier assessment, which hold as they did then. */
  | { type: 'confirmAnswers'; positions: readonly number[]; givenIn: string }
  | { type: 'clearAnswers' }
  | ({ type: 'storeEvidence'; position: number } & Photo)
  /** A stored photo shows a hazard put right. */
  | { type: 'acceptProof'; position: number; evidenceId: string }
  | { type: 'moveEvidence'; position: number; evidenceId: string }
  | { type: 'withdrawEvidence'; position: number; evidenceId: string }
  | { type: 'reportLostEvidence'; position: number; outcome: EvidenceOutcome; reopened: boolean }
  | { type: 'submitAssessment'; signedBy: string; role: SignerRole }
  | { type: 'changeSite'; change: SiteChange }
  | { type: 'openProfile'; field?: EnrolmentField }
  | { type: 'rescheduleHazard'; position: number; date: IsoDate }
  /** Without a position for the whole walk. */
  | { type: 'inviteColleague'; position?: number }
  | { type: 'inviteSuccessor' }
  | { type: 'offerSuccession'; invitation: InvitationFound }
  | { type: 'refuseCode'; why: CodeProblem }
  | { type: 'answerClaim'; claimId: string; admits: boolean }
  /** The one item that was asked of a colleague is answered. */
  | { type: 'handBack'; position: number; askedBy: string }
  | { type: 'muteReminders' }
  | { type: 'unmuteReminders' }
  | WalkRemark

/** Answers what was asked on the way. */
export type WalkRemark =
  | { type: 'explainItem'; position: number }
  | { type: 'citeBasis'; position: number }
  | { type: 'sayWhyBlocked'; position: number }
  | { type: 'sayNotUnderstood'; text: string }
  | { type: 'sayNothingBefore' }
  | { type: 'sayNoSuchItem'; number: number }
  | { type: 'sayNotRectified'; position: number }
  | { type: 'sayPhotosFull'; position: number }
  /** It stays where it is. */
  | { type: 'sayNoRoom'; position: number; from: number }
  | { type: 'sayNoPhoto' }
  | { type: 'showProgress' }
  | { type: 'showPhotos' }
  | { type: 'showRegister' }
  | { type: 'sayNoHazard' }

export type WalkPurpose = 'initial' | 'renewal' | 'amendment' | 'recheck'

export interface WalkInput {
  readonly purpose: WalkPurpose
  readonly sheet: AnswerSheet
  /** What 重来 returns to; the sheet itself when the walk begins. */
  readonly firstSheet?: AnswerSheet
  /** What is offered for confirmation instead of being asked. */
  readonly earlier?: EarlierAnswers | null
  readonly comments: Readonly<Record<string, string>>
  /** Items of which a photo is wanted though no major hazard hangs on them. */
  readonly drawn: readonly number[]
  /** Items of which none is wanted though one does. */
  readonly spared?: readonly number[]
  /** Where it goes on from a bookmark: over another checklist than before. */
  readonly photos?: Readonly<Record<string, number>>
  readonly trail?: readonly number[]
  readonly awaited?: readonly AwaitedPhoto[]
  readonly only?: OnlyItem | null
}

/** The one item that a colleague answers, and the contact who asked. */
export interface OnlyItem {
  readonly position: number
  readonly askedBy: string
}

/** The bookmark: a letter per item and little more, so that 300 items cost no more than 30. */
export interface WalkContext {
  readonly purpose: WalkPurpose
  readonly sheet: AnswerSheet
  /** What 重来 returns to: blank but for what an amendment or a re-check keeps. */
  readonly firstSheet: AnswerSheet
  /** The item in hand; -1 for none. */
  readonly position: number
  /** What was answered in an earlier assessment and is offered for confirmation. */
  readonly earlier: EarlierAnswers | null
  /** Positions of those that are shown together. */
  readonly batch: readonly number[]
  /** Positions as they were answered, latest last; 上一题 goes back along them. */
  readonly trail: readonly number[]
  /** 怎么看 was shown because the owner was not sure. */
  readonly helped: boolean
  /** What is asked back: a finding by its name, parts of the question by theirs, or, with neither, which answer it was. */
  readonly suspected: Finding | null
  readonly missing: readonly number[]
  /** What a language model took the owner's words for, as long as the item is in hand. */
  readonly proposal: Proposal | null
  /** An answer that is to be another one. */
  readonly correcting: { readonly position: number; readonly to: Finding } | null
  readonly change: SiteChange | null
  /** The hazard that was put right last, until something else is answered: a no may still mean it. */
  readonly justRectified: number
  /** The photo that came last, which can still be moved or taken back. */
  readonly lastPhoto: { readonly id: string; readonly position: number } | null
  /** Photos of which it is being asked whether they show the hazard in hand put right, latest last. */
  readonly proofs: readonly string[]
  readonly photos: Readonly<Record<string, number>>
  readonly drawn: readonly number[]
  readonly spared: readonly number[]
  /** Photos that were put off on the round, latest last. */
  readonly putOff: readonly number[]
  /** What a pause interrupted, where a photo may come out of it. */
  readonly pausedAt: 'awaitingPhoto' | 'rectifying' | 'committing' | null
  /** Photos on their way. */
  readonly awaited: readonly AwaitedPhoto[]
  /** What the regulator wrote on an item, by position. */
  readonly comments: Readonly<Record<string, string>>
  /** The section that is looked through before signing. */
  readonly section: number
  readonly signedBy: string | null
  readonly signerRole: SignerRole
  /** Null: all of them. */
  readonly only: OnlyItem | null
}

interface AwaitedPhoto {
  readonly id: string
  readonly position: number
  /** It shows a hazard put right. */
  readonly rectifies: boolean
}

/** How far back 上一题 can go. */
const LONGEST_TRAIL = 20

/** Of one item. */
export const MOST_PHOTOS = 30

export interface WalkSetting {
  readonly checklist: Checklist
  /** 0 to 100; null where the policy sets no pass mark. */
  readonly minimumScore: number | null
}

/**
 * Walks one owner through one frozen checklist: asks, takes photos, holds back what must not be filed, and
 * submits. The same walk serves the first application, an amendment (only returned items are blank), the
 * yearly re-check and a renewal; they differ in the sheet they begin with. What is shown in each state is in
 * `screens.ts` beside it.
 */
export const selfAssessment = ({ checklist, minimumScore }: WalkSetting) =>
  setup({
    types: {
      context: {} as WalkContext,
      events: {} as WalkEvent,
      emitted: {} as WalkEffect,
      input: {} as WalkInput,
    },
    guards: {
      hasNextItem: ({ context }) => nextPosition(checklist, context.sheet) !== undefined,
      hasOpenMajorHazard: ({ context }) => majorHazards(checklist, context.sheet).length > 0,
      isBelowMinimum: ({ context }) =>
        minimumScore !== null && (scoreOf(ledgerOf(checklist, context.sheet)).points ?? 0) < minimumScore,
      hasMissingPhoto: ({ context }) => missingPhotos(checklist, context).length > 0,
      wouldBeMajorHazard: ({ context: { sheet, position } }) =>
        isInMajorHazard(checklist, withMark(sheet, position, 'nonconforming'), position),
      isOpenMajorHazard: ({ context: { sheet, position } }) =>
        markAt(sheet, position) === 'nonconforming' && isInMajorHazard(checklist, sheet, position),
      isKeptOpen: ({ context }) => markAt(context.sheet, context.position) === 'keptOpen',
      isAnswered: ({ context: { sheet, position } }) => !isOpen(markAt(sheet, position)),
      isExcusable: ({ context }) => checklist.items[context.position]?.notApplicable !== undefined,
      isInHandOpen: ({ context: { sheet, position } }) => isOpen(markAt(sheet, position)) && position >= 0,
      hasItemInHand: ({ context }) => context.position >= 0,
      hasBatch: ({ context }) => nextBatch(checklist, context).length > 0,
      isOfBatch: ({ context: { batch } }, { positions }: { positions: readonly number[] }) =>
        positions.some((position) => batch.includes(position)),
      wasNotHelped: ({ context }) => !context.helped,
      hasEarlier: ({ context }) => answeredBefore(checklist, context) !== undefined,
      wasAwaitingPhoto: ({ context }) => context.pausedAt === 'awaitingPhoto',
      isNonconforming: ({ context: { sheet, position } }) => markAt(sheet, position) === 'nonconforming',
      wasCommitting: ({ context }) => context.pausedAt === 'committing',
      mayBePutRight: ({ context: { pausedAt, sheet, position } }) =>
        pausedAt === 'rectifying' && markAt(sheet, position) === 'nonconforming',
      isAskedNumber: ({ context }, { number }: { number: number }) => isAsked(checklist, context.sheet, number - 1),
      isFull: ({ context: { photos, position } }) => isFullAt(photos, position),
      isFullThere: ({ context: { photos, sheet } }, { number }: { number: number }) =>
        isAsked(checklist, sheet, number - 1) && isFullAt(photos, number - 1),
      hasHazard: ({ context }) => newestHazard(context) !== undefined,
      hasLastPhoto: ({ context }) => context.lastPhoto !== null,
      hasNoLastPhoto: ({ context }) => context.lastPhoto === null,
      isPhotoThere: ({ context: { lastPhoto } }, { number }: { number: number }) => lastPhoto?.position === number - 1,
      isPhotoLost: ({ context }, { evidenceId, outcome }: Settled) =>
        outcome !== 'stored' && context.awaited.some(({ id }) => id === evidenceId),
      hasProof: ({ context }) => context.proofs.length > 0,
      isLastAwaited: ({ context: { awaited } }, { evidenceId }: Settled) =>
        awaited.length === 1 && awaited[0]?.id === evidenceId,
      hasNoPhotoAwaited: ({ context }) => context.awaited.length === 0,
      isHelping: ({ context }) => context.only !== null,
      hasHelped: ({ context: { only, trail } }) => only !== null && trail.includes(only.position),
      /** The item in hand was answered by somebody else, or is no longer asked. */
      isOvertaken: ({ context: { sheet, position, correcting } }, { marks }: RecordChange) =>
        String(position) in marks ||
        String(correcting?.position) in marks ||
        (position >= 0 && !isAsked(checklist, withMarks(sheet, marks), position)),
    },
    actions: {
      moveToNextItem: assign(({ context }) => itemInHand(nextPosition(checklist, context.sheet))),
      moveToMajorHazard: assign(({ context }) => itemInHand(worstPosition(checklist, context.sheet))),
      moveToNumber: assign((_, { number }: { number: number }) => itemInHand(number - 1)),
      moveToPhoto: assign(({ context }) => itemInHand(missingPhotos(checklist, context)[0])),
      /** Nothing is withdrawn until something else is answered. */
      moveBack: assign(({ context }) => itemInHand(answeredBefore(checklist, context))),
      moveToCorrected: assign(({ context: { correcting, position } }) => itemInHand(correcting?.position ?? position)),
      putDown: assign(itemInHand(undefined)),
      rememberHelp: assign({ helped: true }),
      rememberSuspicion: assign((_, asked: { finding: Finding | null; missing: readonly number[] }) => ({
        suspected: asked.finding,
        missing: asked.missing,
      })),
      rememberProposal: assign((_, { proposal }: { proposal: Proposal }) => ({
        suspected: null,
        missing: [],
        proposal,
      })),
      rememberCorrection: assign((_, { position, to }: { position: number; to: Finding }) => ({
        correcting: { position, to },
      })),
      forgetCorrection: assign({ correcting: null }),
      rememberChange: assign((_, { change }: { change: SiteChange }) => ({ change })),
      forgetChange: assign({ change: null }),
      changeSite: emit(({ context }) => ({ type: 'changeSite', change: context.change ?? { added: [], removed: [] } })),
      openProfile: emit((_, { field }: { field?: EnrolmentField }) => ({
        type: 'openProfile',
        ...(field && { field }),
      })),
      rescheduleHazard: emit(({ context }, { date }: { date: IsoDate }) => ({
        type: 'rescheduleHazard',
        position: newestHazard(context) ?? -1,
        date,
      })),
      sayNoHazard: emit({ type: 'sayNoHazard' }),
      showRegister: emit({ type: 'showRegister' }),

      keepMark: assign(({ context: { sheet, earlier, position, trail } }, mark: Mark) => ({
        sheet: withMark(sheet, position, mark),
        earlier: earlier && forgetting(earlier, [position]),
        trail: [...trail.filter((each) => each !== position), position].slice(-LONGEST_TRAIL),
        justRectified: mark === 'rectified' ? position : -1,
      })),
      takeBatch: assign(({ context }) => ({ ...itemInHand(undefined), batch: nextBatch(checklist, context) })),
      recordConfirmation: emit(({ context: { batch, earlier } }, { but }: { but: readonly number[] }) => ({
        type: 'confirmAnswers',
        positions: batch.filter((position) => !but.includes(position)),
        givenIn: earlier?.assessmentId ?? '',
      })),
      keepConfirmed: assign(({ context: { batch, earlier, sheet, trail } }, { but }: { but: readonly number[] }) => {
        const confirmed = batch.filter((position) => !but.includes(position))
        return {
          sheet: confirmed.reduce(
            (marked, position) => withMark(marked, position, markAt(earlier?.sheet ?? '', position)),
            sheet,
          ),
          trail: [...trail.filter((each) => !confirmed.includes(each)), ...confirmed].slice(-LONGEST_TRAIL),
          justRectified: -1,
        }
      }),
      /** They are asked, one by one. */
      forgetEarlier: assign(({ context: { earlier } }, { positions }: { positions: readonly number[] }) => ({
        earlier: earlier && forgetting(earlier, positions),
      })),
      forgetSection: assign(({ context: { earlier, batch } }) => ({
        earlier: earlier && forgetting(earlier, sectionAround(checklist, batch[0])),
      })),
      recordAnswer: emit(({ context: { sheet, position, proposal } }, mark: Mark) => ({
        type: 'recordAnswer',
        position,
        mark,
        before: markAt(sheet, position),
        ...(proposal && { proposed: proposal.message }),
      })),
      /** A major hazard on record stays on record. */
      startOver: assign(({ context: { sheet, firstSheet, awaited } }) => ({
        ...itemInHand(undefined),
        // What is still on its way proves nothing any more.
        awaited: awaited.map((photo) => ({ ...photo, rectifies: false })),
        sheet: openMajorPositions(checklist, sheet).reduce(
          (first, position) => withMark(first, position, 'nonconforming'),
          firstSheet,
        ),
        trail: [],
        justRectified: -1,
      })),
      clearAnswers: emit({ type: 'clearAnswers' }),

      /** A photo belongs to the question on the screen. */
      keepPhoto: assign(({ context: { photos, awaited, position } }, { evidenceId }: Photo) => ({
        photos: { ...photos, [position]: (photos[String(position)] ?? 0) + 1 },
        awaited: [...awaited, { id: evidenceId, position, rectifies: false }],
        lastPhoto: { id: evidenceId, position },
      })),
      storeEvidence: emit(({ context: { position } }, photo: Photo) => ({
        type: 'storeEvidence',
        position,
        evidenceId: photo.evidenceId,
        mediaId: photo.mediaId,
      })),
      firstProof: assign(({ context: { lastPhoto } }) => ({ proofs: lastPhoto ? [lastPhoto.id] : [] })),
      addProof: assign(({ context: { proofs, lastPhoto } }) => ({
        proofs: lastPhoto ? [...proofs, lastPhoto.id] : proofs,
      })),
      toLastProof: assign(({ context: { proofs, position } }) => ({
        lastPhoto: { id: proofs.at(-1) ?? '', position },
      })),
      acceptProof: assign(({ context: { awaited, lastPhoto } }) => ({
        awaited: awaited.map((each) => (each.id === lastPhoto?.id ? { ...each, rectifies: true } : each)),
      })),
      recordProof: emit(({ context: { position, lastPhoto } }) => ({
        type: 'acceptProof',
        position,
        evidenceId: lastPhoto?.id ?? '',
      })),
      recordMove: emit(({ context: { lastPhoto } }, { number }: { number: number }) => ({
        type: 'moveEvidence',
        position: number - 1,
        evidenceId: lastPhoto?.id ?? '',
      })),
      movePhoto: assign(({ context }, { number }: { number: number }) => withPhotoAt(context, number - 1)),
      recordWithdrawal: emit(({ context: { lastPhoto } }) => ({
        type: 'withdrawEvidence',
        position: lastPhoto?.position ?? -1,
        evidenceId: lastPhoto?.id ?? '',
      })),
      dropPhoto: assign(({ context }) => ({ ...withoutPhoto(context), lastPhoto: null, proofs: proofsLeft(context) })),
      putOffPhoto: assign(({ context: { putOff, position } }) => ({
        putOff: [...putOff.filter((each) => each !== position), position],
      })),
      rememberPlace: assign((_, pausedAt: WalkContext['pausedAt']) => ({ pausedAt })),
      reportLostEvidence: emit(({ context: { awaited } }, { evidenceId, outcome }: Settled) => {
        const photo = awaited.find(({ id }) => id === evidenceId)
        return {
          type: 'reportLostEvidence',
          position: photo?.position ?? -1,
          outcome,
          reopened: photo?.rectifies ?? false,
        }
      }),
      /** What never arrived is no photo, and a hazard put right only on it is open again. */
      forgetPhoto: assign(({ context }, { evidenceId, outcome }: Settled) => {
        const { awaited, photos, sheet, lastPhoto, proofs } = context
        const photo = awaited.find(({ id }) => id === evidenceId)
        const rest = awaited.filter((each) => each !== photo)
        if (!photo || outcome === 'stored') return { awaited: rest }
        return {
          awaited: rest,
          lastPhoto: lastPhoto?.id === evidenceId ? null : lastPhoto,
          proofs: proofs.filter((id) => id !== evidenceId),
          photos: oneLess(photos, photo.position),
          sheet: photo.rectifies ? withMark(sheet, photo.position, 'nonconforming') : sheet,
        }
      }),

      inviteColleague: emit(({ context: { position } }, { scope }: { scope: 'walk' | 'item' }) => ({
        type: 'inviteColleague',
        ...(scope === 'item' && position >= 0 && { position }),
      })),
      inviteSuccessor: emit({ type: 'inviteSuccessor' }),
      offerSuccession: emit((_, { invitation }: { invitation: InvitationFound }) => ({
        type: 'offerSuccession',
        invitation,
      })),
      refuseCode: emit((_, { why }: { why: CodeProblem }) => ({ type: 'refuseCode', why })),
      answerClaim: emit((_, { claimId, admits }: { claimId: string; admits: boolean }) => ({
        type: 'answerClaim',
        claimId,
        admits,
      })),
      moveToOnly: assign(({ context: { only } }) => itemInHand(only?.position)),
      handBack: emit(({ context: { only } }) => ({
        type: 'handBack',
        position: only?.position ?? -1,
        askedBy: only?.askedBy ?? '',
      })),
      takeOver: assign(({ context }, { marks, photos }: RecordChange) => ({
        sheet: withMarks(context.sheet, marks),
        photos: withPhotos(context.photos, photos),
        justRectified: String(context.justRectified) in marks ? -1 : context.justRectified,
        pausedAt: String(context.position) in { ...marks, ...photos } ? null : context.pausedAt,
      })),

      muteReminders: emit({ type: 'muteReminders' }),
      unmuteReminders: emit({ type: 'unmuteReminders' }),
      turnSection: assign(({ context }, { by }: { by: number }) => ({ section: Math.max(0, context.section + by) })),
      toFirstSection: assign({ section: 0 }),
      sign: assign((_, { name }: { name: string }) => ({ signedBy: name, signerRole: 'contact' as const })),
      takeRole: assign((_, { role }: { role: SignerRole }) => ({ signerRole: role })),
      submitAssessment: emit(({ context }) => ({
        type: 'submitAssessment',
        signedBy: context.signedBy ?? '',
        role: context.signerRole,
      })),

      explainItem: emit(({ context }) => ({ type: 'explainItem', position: context.position })),
      sayWhyBlocked: emit(({ context }) => ({ type: 'sayWhyBlocked', position: context.position })),
      citeBasis: emit(({ context }) => ({ type: 'citeBasis', position: context.position })),
      sayNotUnderstood: emit((_, { text }: { text: string }) => ({ type: 'sayNotUnderstood', text })),
      sayNothingBefore: emit({ type: 'sayNothingBefore' }),
      sayNoSuchItem: emit((_, { number }: { number: number }) => ({ type: 'sayNoSuchItem', number })),
      sayNotRectified: emit(({ context }) => ({ type: 'sayNotRectified', position: context.position })),
      sayPhotosFull: emit(({ context }) => ({ type: 'sayPhotosFull', position: context.position })),
      sayNoRoom: emit(({ context: { lastPhoto } }, { number }: { number: number }) => ({
        type: 'sayNoRoom',
        position: number - 1,
        from: lastPhoto?.position ?? -1,
      })),
      sayNoPhoto: emit({ type: 'sayNoPhoto' }),
      showProgress: emit({ type: 'showProgress' }),
      showPhotos: emit({ type: 'showPhotos' }),
    },
  }).createMachine({
    id: 'selfAssessment',
    context: ({ input }) => ({
      ...blank,
      firstSheet: input.sheet,
      photos: {},
      spared: [],
      ...input,
    }),
    initial: 'walking',
    on: {
      'evidence.settled': whenSettled(),
      'succession.offered': { actions: { type: 'offerSuccession', params: ({ event }) => event } },
      'invitation.refused': { actions: { type: 'refuseCode', params: ({ event }) => event } },
      'claim.answered': { actions: { type: 'answerClaim', params: ({ event }) => event } },
      'reminders.muted': { actions: 'muteReminders' },
      'reminders.unmuted': { actions: 'unmuteReminders' },
    },
    states: {
      walking: {
        initial: 'choosing',
        on: {
          'item.back': [
            { guard: 'hasEarlier', target: '.inHand', actions: 'moveBack' },
            { actions: 'sayNothingBefore' },
          ],
          'item.chosen': [
            { guard: { type: 'isAskedNumber', params: ({ event }) => event }, target: '.inHand', actions: toNumber },
            { actions: { type: 'sayNoSuchItem', params: ({ event }) => event } },
          ],
          'correction.heard': {
            target: '.confirmingCorrection',
            actions: { type: 'rememberCorrection', params: ({ event }) => event },
          },
          'change.heard': {
            target: '.confirmingChange',
            actions: { type: 'rememberChange', params: ({ event }) => event },
          },
          'profile.opened': { actions: { type: 'openProfile', params: ({ event }) => event } },
          'photos.listed': { actions: 'showPhotos' },
          'register.asked': { actions: 'showRegister' },
          'hazard.rescheduled': [
            { guard: 'hasHazard', actions: { type: 'rescheduleHazard', params: ({ event }) => event } },
            { actions: 'sayNoHazard' },
          ],
          ...photoMoved(),
          'colleague.sought': '.handingOver',
          'contact.changing': '.changingContact',
          'claims.opened': '.answeringClaim',
          'record.changed': [
            { guard: { type: 'isOvertaken', params: given<RecordChange> }, target: '.again', actions: takenOver },
            { actions: takenOver },
          ],
          'progress.asked': { actions: 'showProgress' },
          'review.opened': { target: '.reviewing', actions: 'toFirstSection' },
          'walk.paused': { target: 'paused', actions: { type: 'rememberPlace', params: null } },
          'restart.asked': 'confirmingRestart',
        },
        states: {
          choosing: {
            id: 'choosing',
            always: [
              { guard: 'hasHelped', target: '#helped', actions: 'handBack' },
              { guard: 'isHelping', target: 'inHand', actions: 'moveToOnly' },
              { guard: 'hasBatch', target: 'confirmingEarlier', actions: 'takeBatch' },
              { guard: 'hasNextItem', target: 'inHand', actions: 'moveToNextItem' },
              { target: 'concluding', actions: 'putDown' },
            ],
          },
          /** The same item, when it is still to be answered. */
          again: { id: 'again', always: [{ guard: 'isInHandOpen', target: 'inHand' }, { target: 'choosing' }] },

          /** Answers of an earlier time, some of a section together: nothing of them is on record before it is said that they still hold. */
          confirmingEarlier: {
            id: 'confirmingEarlier',
            on: {
              ...concludedAnew,
              'earlier.confirmed': { target: 'choosing', actions: confirmedBut({ but: [] }) },
              'earlier.doubted': 'choosingChanged',
              'earlier.dropped': { target: 'choosing', actions: 'forgetSection' },
              'walk.resumed': 'choosing',
            },
          },
          choosingChanged: {
            on: {
              ...concludedAnew,
              'earlier.changed': [
                {
                  guard: { type: 'isOfBatch', params: given<Changed> },
                  target: 'choosing',
                  actions: [
                    ...confirmedBut(({ event }: { event: Changed }) => ({ but: event.positions })),
                    { type: 'forgetEarlier', params: given<Changed> },
                  ],
                },
                { target: 'choosing' },
              ],
              'earlier.dropped': { target: 'choosing', actions: 'forgetSection' },
              'item.back': 'confirmingEarlier',
              'walk.resumed': 'choosing',
            },
          },

          /** Whatever is said on the way, the item is asked again: nobody agrees to a question that is no longer there. */
          inHand: {
            id: 'inHand',
            initial: 'asking',
            on: {
              'answer.conforming': [
                // A major hazard on record is not talked away: it takes a photo.
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { target: 'choosing', actions: marked('conforming') },
              ],
              'answer.nonconforming': [
                { guard: 'wouldBeMajorHazard', target: 'hazardFound', actions: marked('nonconforming') },
                { target: 'choosing', actions: marked('nonconforming') },
              ],
              'answer.notApplicable': [
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { target: '.confirmingAbsence' },
              ],
              'answer.suspected': {
                target: '.confirming',
                actions: { type: 'rememberSuspicion', params: ({ event }) => ({ ...event, missing: [] }) },
              },
              'answer.partly': {
                target: '.confirming',
                actions: { type: 'rememberSuspicion', params: ({ event }) => ({ ...event, finding: null }) },
              },
              'answer.unsure': {
                target: '.confirming',
                actions: { type: 'rememberSuspicion', params: { finding: null, missing: [] } },
              },
              'answer.unclear': [
                { guard: 'isOpenMajorHazard', target: 'rectifying' },
                { guard: 'wasNotHelped', target: '.lookingCloser', actions: ['rememberHelp', 'explainItem'] },
                { guard: 'isKeptOpen', target: 'choosing', actions: marked('stillUnclear') },
                { target: 'choosing', actions: marked('keptOpen') },
              ],
              'item.skipped': [
                // What has an answer keeps it.
                { guard: 'isAnswered', target: 'choosing' },
                { guard: 'isKeptOpen', target: 'choosing', actions: marked('stillUnclear') },
                { target: 'choosing', actions: marked('keptOpen') },
              ],
              'answer.reconsidered': '.asking',
              'photo.received': [
                { guard: 'isFull', actions: 'sayPhotosFull' },
                { target: '.asking', actions: photographed },
              ],
              'walk.resumed': [{ guard: 'isInHandOpen', target: '.asking' }, { target: 'choosing' }],

              'item.explained': { target: '.lookingCloser', actions: ['rememberHelp', 'explainItem'] },
              'item.basisAsked': { target: '.asking', actions: 'citeBasis' },
              'answer.notUnderstood': {
                target: '.asking',
                actions: { type: 'sayNotUnderstood', params: ({ event }) => event },
              },
              'progress.asked': { target: '.asking', actions: 'showProgress' },
              'photos.listed': { target: '.asking', actions: 'showPhotos' },
              ...photoMoved('.asking'),
              'item.chosen': [
                {
                  guard: { type: 'isAskedNumber', params: ({ event }) => event },
                  target: '.asking',
                  actions: toNumber,
                },
                { target: '.asking', actions: { type: 'sayNoSuchItem', params: ({ event }) => event } },
              ],
              'item.back': [
                { guard: 'hasEarlier', target: '.asking', actions: 'moveBack' },
                { target: '.asking', actions: 'sayNothingBefore' },
              ],
            },
            states: {
              asking: { on: proposed },
              lookingCloser: { on: proposed },
              confirming: {},
              confirmingAbsence: {
                on: {
                  'absence.confirmed': [
                    { guard: 'isOpenMajorHazard', target: '#rectifying' },
                    { guard: 'isExcusable', target: '#choosing', actions: marked('notApplicable') },
                  ],
                },
              },
            },
          },

          hazardFound: {
            on: {
              'rectification.deferred': 'choosing',
              'item.skipped': 'choosing',
              'walk.resumed': 'choosing',
              'rectification.begun': 'rectifying',
              'answer.conforming': 'rectifying',
              'item.explained': { actions: 'explainItem' },
              'item.basisAsked': { actions: 'citeBasis' },
              // How it is now: nobody has said that it was put right.
              'photo.received': [{ guard: 'isFull', actions: 'sayPhotosFull' }, { actions: photographed }],
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
            },
          },
          rectifying: {
            id: 'rectifying',
            on: {
              'rectification.deferred': 'choosing',
              'rectification.begun': { actions: 'sayNotRectified' },
              'item.skipped': 'choosing',
              'walk.resumed': 'choosing',
              'item.explained': { actions: 'explainItem' },
              'item.basisAsked': { actions: 'citeBasis' },
              'photo.received': [
                { guard: 'isFull', actions: 'sayPhotosFull' },
                { target: 'confirmingRectified', actions: [...photographed, 'firstProof'] },
              ],
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
            },
          },
          /** A photo shows a hazard put right only when its owner says so of that photo. */
          confirmingRectified: {
            id: 'confirmingRectified',
            on: {
              'rectification.confirmed': {
                target: 'choosing',
                actions: ['acceptProof', ...marked('rectified'), 'recordProof'],
              },
              'rectification.denied': { target: 'choosing', actions: 'sayNotRectified' },
              'item.skipped': { target: 'choosing', actions: 'sayNotRectified' },
              'photo.received': [
                { guard: 'isFull', actions: 'sayPhotosFull' },
                { actions: [...photographed, 'addProof'] },
              ],
              'evidence.settled': whenSettled('proving'),
              ...photoMoved('proving'),
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
            },
          },

          /** A photo is gone: the same is asked of the one before, if there is one. */
          proving: {
            always: [
              { guard: 'hasProof', target: 'confirmingRectified', actions: 'toLastProof' },
              { target: 'rectifying' },
            ],
          },

          confirmingCorrection: {
            on: {
              'correction.confirmed': {
                target: 'inHand',
                actions: [
                  'moveToCorrected',
                  raise(({ context: { correcting } }) => ({ type: `answer.${correcting?.to ?? 'nonconforming'}` })),
                  'forgetCorrection',
                ],
              },
              'correction.dismissed': { target: 'again', actions: 'forgetCorrection' },
              'walk.resumed': { target: 'again', actions: 'forgetCorrection' },
              // It was said of the question that was on the screen.
              'answer.nonconforming': {
                guard: 'hasItemInHand',
                target: 'inHand',
                actions: ['forgetCorrection', raise({ type: 'answer.nonconforming' })],
              },
            },
          },
          confirmingChange: {
            on: {
              'change.confirmed': { target: 'again', actions: ['changeSite', 'forgetChange'] },
              'change.dismissed': { target: 'again', actions: 'forgetChange' },
              'walk.resumed': { target: 'again', actions: 'forgetChange' },
            },
          },

          handingOver: {
            on: {
              'colleague.invited': {
                target: 'again',
                actions: { type: 'inviteColleague', params: ({ event }) => event },
              },
              'successor.invited': { target: 'again', actions: 'inviteSuccessor' },
              'colleague.dismissed': 'again',
              'walk.resumed': 'again',
            },
          },
          changingContact: {
            on: {
              'successor.invited': { target: 'again', actions: 'inviteSuccessor' },
              'colleague.dismissed': 'again',
              'walk.resumed': 'again',
            },
          },
          answeringClaim: {
            on: {
              'claim.answered': {
                target: 'again',
                actions: { type: 'answerClaim', params: ({ event }) => event },
              },
              'colleague.dismissed': 'again',
              'walk.resumed': 'again',
            },
          },

          concluding: {
            always: [
              { guard: 'hasOpenMajorHazard', target: 'blocked', actions: 'moveToMajorHazard' },
              { guard: 'isBelowMinimum', target: 'belowMinimum' },
              { guard: 'hasMissingPhoto', target: 'awaitingPhoto', actions: 'moveToPhoto' },
              { target: 'summary' },
            ],
          },
          blocked: {
            on: {
              ...concludedAnew,
              'rectification.awaited': { actions: 'sayNotRectified' },
              'rectification.begun': { guard: 'isNonconforming', target: 'rectifying' },
              'answer.reconsidered': 'inHand',
              'item.explained': { actions: 'explainItem' },
              'block.asked': { actions: 'sayWhyBlocked' },
              'photo.received': [{ guard: 'isFull', actions: 'sayPhotosFull' }, { actions: photographed }],
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'rectifying' } },
            },
          },
          belowMinimum: { on: concludedAnew },
          /** One round of the shop floor, photo by photo. */
          awaitingPhoto: {
            on: {
              ...concludedAnew,
              'photo.received': { target: 'choosing', actions: photographed },
              'photo.postponed': { target: 'choosing', actions: 'putOffPhoto' },
              'item.skipped': { target: 'choosing', actions: 'putOffPhoto' },
              'item.explained': { actions: 'explainItem' },
              'item.basisAsked': { actions: 'citeBasis' },
              'walk.resumed': 'choosing',
              // Standing before it, the owner sees that it is not so.
              'answer.nonconforming': [
                { guard: 'wouldBeMajorHazard', target: 'hazardFound', actions: marked('nonconforming') },
                { target: 'choosing', actions: marked('nonconforming') },
              ],
              'answer.notApplicable': 'inHand.confirmingAbsence',
              'answer.reconsidered': 'inHand',
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'awaitingPhoto' } },
            },
          },
          summary: {
            on: {
              ...concludedAnew,
              'summary.accepted': 'committing',
              'evidence.settled': whenSettled('choosing'),
            },
          },
          /** Everything that was answered, a section at a time. */
          reviewing: {
            on: {
              'review.turned': { actions: { type: 'turnSection', params: ({ event }) => event } },
              'walk.resumed': 'choosing',
              'summary.accepted': [{ guard: 'hasNextItem', target: 'choosing' }, { target: 'ready' }],
            },
          },
          /** To be signed, unless something is in the way. */
          ready: {
            always: [
              { guard: 'hasOpenMajorHazard', target: 'choosing' },
              { guard: 'isBelowMinimum', target: 'choosing' },
              { guard: 'hasMissingPhoto', target: 'choosing' },
              { target: 'committing' },
            ],
          },
          /** What is signed is what is on record: when others change it, it is looked at again. */
          committing: {
            on: {
              ...concludedAnew,
              'item.back': 'summary',
              'walk.paused': { target: '#paused', actions: { type: 'rememberPlace', params: 'committing' } },
              'commitment.signed': [
                { guard: 'hasNoPhotoAwaited', target: '#submitted', actions: [signed, 'submitAssessment'] },
                { target: 'awaitingPhotos', actions: signed },
              ],
              'signer.doubted': { target: 'confirmingSigner', actions: signed },
              'evidence.settled': whenSettled('choosing'),
            },
          },
          /** Somebody else than the contact on record has signed: in which role? */
          confirmingSigner: {
            on: {
              ...concludedAnew,
              'item.back': 'committing',
              'signer.withdrawn': 'committing',
              'signer.confirmed': [
                {
                  guard: 'hasNoPhotoAwaited',
                  target: '#submitted',
                  actions: [{ type: 'takeRole', params: ({ event }) => event }, 'submitAssessment'],
                },
                { target: 'awaitingPhotos', actions: { type: 'takeRole', params: ({ event }) => event } },
              ],
              'evidence.settled': whenSettled('choosing'),
            },
          },
          /** Signed; what was photographed must be in the house before it is filed. Nothing said meanwhile unsigns it. */
          awaitingPhotos: {
            on: {
              ...concludedAnew,
              'evidence.settled': [
                { guard: { type: 'isPhotoLost', params: ({ event }) => event }, target: 'choosing', actions: lost },
                {
                  guard: { type: 'isLastAwaited', params: ({ event }) => event },
                  target: '#submitted',
                  actions: [{ type: 'forgetPhoto', params: ({ event }) => event }, 'submitAssessment'],
                },
                { actions: { type: 'forgetPhoto', params: ({ event }) => event } },
              ],
              'colleague.sought': {},
              'contact.changing': {},
              'claims.opened': {},
              'item.back': {},
              'item.chosen': {},
              'walk.paused': {},
              'restart.asked': {},
              'review.opened': {},
              'correction.heard': {},
              'change.heard': {},
              'profile.opened': {},
              'photo.moved': {},
              'photo.withdrawn': {},
            },
          },
        },
      },

      paused: {
        id: 'paused',
        on: {
          'walk.resumed': [
            { guard: 'wasAwaitingPhoto', target: 'walking.awaitingPhoto' },
            { guard: 'wasCommitting', target: 'walking.ready' },
            { guard: 'mayBePutRight', target: 'walking.rectifying' },
            { target: '#again' },
          ],
          'photo.received': [
            { guard: 'isFull', actions: 'sayPhotosFull' },
            { guard: 'wasAwaitingPhoto', target: '#choosing', actions: photographed },
            { guard: 'mayBePutRight', target: '#confirmingRectified', actions: [...photographed, 'firstProof'] },
            { guard: 'isInHandOpen', target: '#inHand', actions: photographed },
          ],
          'change.heard': {
            target: 'walking.confirmingChange',
            actions: { type: 'rememberChange', params: ({ event }) => event },
          },
          'profile.opened': { actions: { type: 'openProfile', params: ({ event }) => event } },
          'colleague.sought': 'walking.handingOver',
          'contact.changing': 'walking.changingContact',
          'claims.opened': 'walking.answeringClaim',
          'record.changed': { actions: takenOver },
          'progress.asked': { actions: 'showProgress' },
          'photos.listed': { actions: 'showPhotos' },
          'review.opened': { target: 'walking.reviewing', actions: 'toFirstSection' },
        },
      },
      confirmingRestart: {
        on: {
          'restart.confirmed': { target: '#choosing', actions: ['clearAnswers', 'startOver'] },
          'walk.resumed': '#again',
          'record.changed': { actions: takenOver },
        },
      },

      /** The one item that was asked is answered. */
      helped: { id: 'helped', type: 'final' },
      submitted: { id: 'submitted', type: 'final' },
    },
  })

const blank = {
  position: -1,
  earlier: null,
  batch: [],
  trail: [],
  helped: false,
  suspected: null,
  missing: [],
  proposal: null,
  correcting: null,
  change: null,
  justRectified: -1,
  lastPhoto: null,
  proofs: [],
  putOff: [],
  pausedAt: null,
  awaited: [],
  section: 0,
  signedBy: null,
  signerRole: 'contact',
  only: null,
} as const satisfies Partial<WalkContext>

/** An answer is kept in the bookmark and goes on record. */
const marked = <TMark extends Mark>(mark: TMark) =>
  [
    { type: 'recordAnswer', params: mark },
    { type: 'keepMark', params: mark },
  ] as const

/** All that were shown but those, in this order: what is recorded is read before it is kept. */
const confirmedBut = <
  TBut extends { but: readonly number[] } | ((of: { event: Changed }) => { but: readonly number[] }),
>(
  but: TBut,
) =>
  [
    { type: 'recordConfirmation', params: but },
    { type: 'keepConfirmed', params: but },
  ] as const

type Changed = Extract<WalkEvent, { type: 'earlier.changed' }>

type Settled = Extract<WalkEvent, { type: 'evidence.settled' }>

/** What comes with an event and is all that an action needs of it. */
const given = <TEvent>({ event }: { event: TEvent }): TEvent => event

const takenOver = { type: 'takeOver', params: given<RecordChange> } as const

/** What nobody understood becomes a question, and only that. */
const proposed = {
  'answer.proposed': {
    target: 'confirming',
    actions: { type: 'rememberProposal', params: given<{ proposal: Proposal }> },
  },
} as const

const photographed = [
  { type: 'keepPhoto', params: given<Photo> },
  { type: 'storeEvidence', params: given<Photo> },
] as const
const toNumber = { type: 'moveToNumber', params: given<{ number: number }> } as const
const moved = [
  { type: 'recordMove', params: given<{ number: number }> },
  { type: 'movePhoto', params: given<{ number: number }> },
] as const
/**
 * The photo that came last goes elsewhere, or is taken back. The owner stays where they were, unless that depends on
 * the photo: what then is to be done is seen at `target`.
 */
function photoMoved<TTarget extends string>(target?: TTarget) {
  const onward = target && { target }
  return {
    'photo.moved': [
      { guard: 'hasNoLastPhoto', actions: 'sayNoPhoto' },
      { guard: { type: 'isPhotoThere', params: given<{ number: number }> }, actions: 'showPhotos' },
      {
        guard: { type: 'isFullThere', params: given<{ number: number }> },
        actions: { type: 'sayNoRoom', params: given<{ number: number }> },
      },
      { guard: { type: 'isAskedNumber', params: given<{ number: number }> }, ...onward, actions: moved },
      { actions: { type: 'sayNoSuchItem', params: given<{ number: number }> } },
    ],
    'photo.withdrawn': [
      { guard: 'hasLastPhoto', ...onward, actions: ['recordWithdrawal', 'dropPhoto'] },
      { actions: 'sayNoPhoto' },
    ],
  } as const
}

/** Where all is answered, every change of the record may lead elsewhere, and so may a photo that is gone. */
const concludedAnew = {
  'record.changed': { target: 'choosing', actions: takenOver },
  ...photoMoved('choosing'),
} as const

const signed = { type: 'sign', params: given<{ name: string }> } as const
const lost = [
  { type: 'reportLostEvidence', params: given<Settled> },
  { type: 'forgetPhoto', params: given<Settled> },
] as const

/** Wherever a photo arrives or is given up; where it was needed, that is seen at `target`. */
function whenSettled<TTarget extends string>(target?: TTarget) {
  return [
    { guard: { type: 'isPhotoLost', params: given<Settled> }, ...(target && { target }), actions: lost },
    { actions: { type: 'forgetPhoto', params: given<Settled> } },
  ] as const
}

/** The item in hand where it is nonconforming, else the nonconforming one that was answered last. */
const newestHazard = ({ sheet, position, trail }: WalkContext): number | undefined =>
  [...trail, position].findLast((each) => markAt(sheet, each) === 'nonconforming')

const withMarks = (sheet: AnswerSheet, marks: RecordChange['marks']): AnswerSheet =>
  Object.entries(marks).reduce((changed, [position, mark]) => withMark(changed, Number(position), mark), sheet)

const withPhotos = (photos: WalkContext['photos'], more: RecordChange['photos']): WalkContext['photos'] => ({
  ...photos,
  ...Object.fromEntries(
    Object.entries(more).map(([position, count]) => [position, Math.max(0, (photos[position] ?? 0) + count)]),
  ),
})

const isOpen = (mark: Mark) => mark === 'unanswered' || mark === 'keptOpen'

/** The newest answer before the item in hand; a correction may have made later ones irrelevant. */
function answeredBefore(checklist: Checklist, { trail, sheet, position }: WalkContext): number | undefined {
  const earlier = trail.includes(position) ? trail.slice(0, trail.indexOf(position)) : trail
  return earlier.findLast((each) => isAsked(checklist, sheet, each))
}

/** Nonconforming items of the major hazards as they stand. */
const openMajorPositions = (checklist: Checklist, sheet: AnswerSheet) =>
  majorHazards(checklist, sheet)
    .flatMap(({ positions }) => positions)
    .filter((position) => markAt(sheet, position) === 'nonconforming')

/** What is certain comes before what is only not clear. */
const worstPosition = (checklist: Checklist, sheet: AnswerSheet) =>
  openMajorPositions(checklist, sheet)[0] ?? majorHazards(checklist, sheet)[0]?.positions[0]

/** Nothing is held against an item that was just taken in hand, and an earlier signature no longer stands. */
const itemInHand = (position = -1) => ({
  position,
  helped: false,
  suspected: null,
  missing: [],
  proposal: null,
  pausedAt: null,
  signedBy: null,
})

const isInMajorHazard = (checklist: Checklist, sheet: AnswerSheet, position: number) =>
  majorHazards(checklist, sheet).some(({ positions }) => positions.includes(position))

const oneLess = (photos: WalkContext['photos'], position: number): WalkContext['photos'] => ({
  ...photos,
  [position]: Math.max(0, (photos[String(position)] ?? 0) - 1),
})

const isFullAt = (photos: WalkContext['photos'], position: number) => (photos[String(position)] ?? 0) >= MOST_PHOTOS

/** As if the last photo had not come. A hazard is not put right by a photo of something else. */
function withoutPhoto({ photos, awaited, lastPhoto, sheet }: WalkContext) {
  if (!lastPhoto) return { photos, awaited, sheet }
  const proved = markAt(sheet, lastPhoto.position) === 'rectified'
  return {
    photos: oneLess(photos, lastPhoto.position),
    awaited: awaited.filter(({ id }) => id !== lastPhoto.id),
    sheet: proved ? withMark(sheet, lastPhoto.position, 'nonconforming') : sheet,
  }
}

/** The last photo proves nothing any more. */
const proofsLeft = ({ proofs, lastPhoto }: WalkContext) => proofs.filter((id) => id !== lastPhoto?.id)

/** The last photo belongs elsewhere; on its way or not, it proves nothing there. */
function withPhotoAt(context: WalkContext, position: number) {
  const { lastPhoto, awaited } = context
  const { photos, sheet } = withoutPhoto(context)
  if (!lastPhoto) return {}
  return {
    sheet,
    photos: { ...photos, [position]: (photos[String(position)] ?? 0) + 1 },
    awaited: awaited.map((each) => (each.id === lastPhoto.id ? { ...each, position, rectifies: false } : each)),
    lastPhoto: { ...lastPhoto, position },
    proofs: proofsLeft(context),
  }
}
