import { randomUUID } from 'node:crypto'
import type {
  CodeProblem,
  CompleteDraft,
  EnrolmentContext,
  EnrolmentDraft,
  EnrolmentEffect,
  EnrolmentEvent,
  InvitationFound,
  UpdateOccasion,
} from '../../../flows/enrolment/enrolment.machine.ts'
import { enrolmentFlow } from '../../../flows/enrolment/index.ts'
import type { EnrolmentKnown, EnrolmentPlace } from '../../../flows/enrolment/screens.ts'
import type { Beginning } from '../../../flows/flow.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import { translators } from '../../i18n/translator.ts'
import { enrolmentNotes } from '../../replies/enrolment-notes.ts'
import { enrolmentScope } from '../../replies/scopes/enrolment.ts'
import { listingOf, withdrawClaims } from '../../standardization/index.ts'
import { claimOf } from '../../storage/claims.ts'
import {
  type EnterpriseFacts,
  enterpriseFacts,
  enterpriseWithUscc,
  registerEnterprise,
  updateParticulars,
} from '../../storage/enrolment.ts'
import { claimAnswered, claimMade, claimStanding, letInMeanwhile, licenceSent, licenceSettled } from '../claims.ts'
import { invitationFor, invitedSuccessor, joined, refused, stillGood, takenOver } from '../colleagues.ts'
import { beginWalk, walkOn } from './begin-walk.ts'
import { caughtUp } from './caught-up.ts'
import { departed } from './departed.ts'
import { type Outcome, type Shell, speakingTo, type Unit } from './shell.ts'
import { homeNext } from './standing.ts'

export const enrolmentShell: Shell<EnrolmentContext, EnrolmentEvent, EnrolmentEffect, EnrolmentKnown> = {
  flow: enrolmentFlow,
  known: async (unit) => ({ claim: await claimStanding(unit) }),
  scope: enrolmentScope,
  // Who is on the way to their own enterprise may belong to one by now; who is at its particulars may not any more.
  meanwhile: async (unit) => (unit.conversation.enterpriseId === null ? letInMeanwhile(unit) : departed(unit)),
  async resolved(unit, event, { context }) {
    if (event.type === 'code.given') return found(await invitationFor(unit, event.code))
    if ((event.type === 'colleague.named' || event.type === 'successor.confirmed') && context.invitation) {
      const invitation = found(await stillGood(unit, context.invitation.hash))
      return invitation.type === 'invitation.refused' ? invitation : event
    }
    const { trx } = unit
    const uscc = claimedBy(event, context)
    const enterpriseId = uscc === undefined ? undefined : await enterpriseWithUscc(trx, uscc)
    if (uscc === undefined || enterpriseId === undefined) return event
    const claim = await claimOf(trx, enterpriseId, unit.conversation.contact)
    return { type: 'uscc.taken', uscc, isClaimed: claim !== undefined && claim.state !== 'withdrawn' }
  },
  async carriedOut(unit, effects, place) {
    const said = enrolmentNotes(effects, place, speakingTo(unit))
    for (const effect of effects) {
      const outcome = await carriedOut(unit, effect, place)
      if (outcome) return { ...outcome, said: [...said, ...outcome.said] }
    }
    return { said, ...(effects.some(({ type }) => type === 'sayPaused') && { alone: true }) }
  },
}

const found = (answer: InvitationFound | CodeProblem) =>
  typeof answer === 'string'
    ? ({ type: 'invitation.refused', why: answer } as const)
    : ({ type: 'invitation.found', invitation: answer } as const)

/** The code that an event would make somebody's. */
function claimedBy(event: EnrolmentEvent, { draft, updating }: EnrolmentContext): string | undefined {
  switch (event.type) {
    case 'uscc.given':
      return event.uscc
    case 'enrolment.confirmed':
      return updating === undefined ? draft.uscc : undefined
    default:
      return undefined
  }
}

/** An outcome where the enrolment ends here. */
async function carriedOut(unit: Unit, effect: EnrolmentEffect, place: EnrolmentPlace): Promise<Outcome | undefined> {
  switch (effect.type) {
    case 'registerEnterprise':
      // Who has an enterprise of their own asks no other to let them in.
      await withdrawClaims(unit.trx, unit.conversation.contact)
      return beginWalk(unit, await registered(unit, effect.draft), { purpose: 'initial' })
    case 'updateProfile':
      return goneOn(unit, await updated(unit, effect.draft), {
        before: effect.before,
        isChanged: effect.draft !== null,
        place,
      })
    case 'joinEnterprise':
      return joined(unit, effect.hash, effect.name)
    case 'takeOver':
      return takenOver(unit, effect.hash, effect)
    case 'refuseCode':
      return refused(unit, effect.why)
    case 'inviteSuccessor':
      return { said: [{ note: await invitedSuccessor(unit) }] }
    case 'openClaim':
      return claimMade(unit, effect)
    case 'supportClaim':
      return licenceSent(unit, effect)
    case 'settleLicence':
      return licenceSettled(unit, effect)
    case 'withdrawClaim':
      await withdrawClaims(unit.trx, unit.conversation.contact, await enterpriseWithUscc(unit.trx, effect.uscc))
      return { said: [{ note: translators[unit.conversation.language]('enrolment.claim.withdrawn') }] }
    case 'answerClaim':
      return { said: await claimAnswered(unit, effect) }
    default:
      return undefined
  }
}

/** The version of the privacy notice that is agreed to. */
const CONSENT_VERSION = 1

async function registered({ trx, house, message, at }: Unit, draft: CompleteDraft): Promise<EnterpriseFacts> {
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

/** The enterprise as it is on record from now on. */
async function updated({ trx, conversation }: Unit, draft: EnrolmentDraft | null): Promise<EnterpriseFacts> {
  if (!conversation.enterprise) throw new Error('Only an enrolled enterprise has particulars to change')
  const { id } = conversation.enterprise
  if (draft) await updateParticulars(trx, id, draft)
  return enterpriseFacts(trx, id)
}

const goneBy = (before: Beginning) =>
  before === 'recheck' ? ('submitted.nothing.notListed' as const) : (`home.nothing.${before}` as const)

interface Ending {
  readonly before: UpdateOccasion
  readonly isChanged: boolean
  readonly place: EnrolmentPlace
}

/** To where it was told for. */
async function goneOn(unit: Unit, enterprise: EnterpriseFacts, ending: Ending): Promise<Outcome> {
  const { trx, conversation, at } = unit
  const { before, isChanged, place } = ending
  const t = translators[conversation.language]
  const note = { note: t(isChanged ? 'enrolment.profileChanged' : 'enrolment.profileKept') }
  switch (before) {
    case 'home':
      return { said: [note], next: homeNext(enterprise) }
    case 'walk': {
      const { walk, said } = await caughtUp(unit, place.context.walk)
      const on = await walkOn(unit, enterprise, walk)
      return { ...on, said: [note, ...said, ...on.said] }
    }
    default: {
      const { mayBegin, application } = await listingOf(trx, enterprise.id, chinaDateOf(at))
      // The time for it went by while the list was ticked.
      if (!mayBegin.includes(before)) return { said: [{ note: t(goneBy(before)) }], next: homeNext(enterprise) }
      return beginWalk(unit, enterprise, {
        purpose: before === 'assessment' ? 'initial' : before,
        ...(before === 'recheck' && application && { applicationId: application.id }),
      })
    }
  }
}
