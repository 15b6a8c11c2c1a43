import type { EnrolmentContext } from '../../flows/enrolment/enrolment.machine.ts'
import type { ClaimStanding } from '../../flows/enrolment/screens.ts'
import type { EvidenceOutcome } from '../../flows/flow.ts'
import type { Photo } from '../../flows/screen.ts'
import { translators } from '../i18n/translator.ts'
import { answerClaim, claimSupported, isRefusedByContact, openClaim } from '../standardization/index.ts'
import { type Claim, claimOf, claimsToAnswer, claimWithLicence, isOpen, supportClaim } from '../storage/claims.ts'
import { enterpriseFacts, enterpriseWithUscc } from '../storage/enrolment.ts'
import { storeLicence } from '../storage/evidence.ts'
import { enterpriseAnsweredFor, memberOf } from '../storage/members.ts'
import { goOnFromRecord } from './shells/begin-walk.ts'
import { goneOn } from './shells/go-on.ts'
import type { Meanwhile, Outcome, Said, Unit } from './shells/shell.ts'

/** How the claim stands that was made for the code in hand; null where none was, or it was given up. */
export async function claimStanding(unit: Unit): Promise<ClaimStanding | null> {
  const claim = await claimInHand(unit)
  if (!claim) return null
  const hasLicence = claim.evidenceId !== null
  switch (claim.state) {
    case 'asked':
    case 'withRegulator':
      return { state: claim.state, hasLicence }
    case 'refused':
      return { state: isRefusedByContact(claim) ? 'refused' : 'refusedForGood', hasLicence }
    default:
      return null
  }
}

async function claimInHand({ trx, conversation }: Unit): Promise<Claim | undefined> {
  const { claimed } = conversation.snapshot.context as EnrolmentContext
  const enterpriseId = claimed === null ? undefined : await enterpriseWithUscc(trx, claimed)
  return enterpriseId === undefined ? undefined : claimOf(trx, enterpriseId, conversation.contact)
}

/** Says who asks to belong to the enterprise of a code: its contact hears of it, and the other learns nothing of it. */
export async function claimMade(
  unit: Unit,
  { uscc, name, licence }: { readonly uscc: string; readonly name: string; readonly licence: Photo | null },
): Promise<Outcome> {
  const { trx, house, conversation, at } = unit
  const enterpriseId = await enterpriseWithUscc(trx, uscc)
  if (enterpriseId === undefined) throw new Error(`Nobody has registered ${uscc}`)
  const id = await openClaim(trx, house, { enterpriseId, contact: conversation.contact, name, at })
  if (licence) await supported(unit, id, licence)
  return { said: [] }
}

/** The photo is fetched first: a regulator who is asked can see it. */
export async function licenceSent(unit: Unit, { licence }: { readonly licence: Photo }): Promise<Outcome> {
  const claim = await claimInHand(unit)
  const t = translators[unit.conversation.language]
  if (!claim || !(isOpen(claim) || isRefusedByContact(claim))) return { said: [] }
  await supported(unit, claim.id, licence)
  return { said: [{ note: t('enrolment.claim.licenceReceived') }] }
}

async function supported({ trx, conversation, at }: Unit, claimId: string, { evidenceId, mediaId }: Photo) {
  await storeLicence(trx, { id: evidenceId, contact: conversation.contact, mediaId, at })
  await supportClaim(trx, claimId, evidenceId)
}

/** With the photo in the house a regulator decides; one that never arrived is asked for again. */
export async function licenceSettled(
  { trx, house, conversation, at }: Unit,
  { evidenceId, outcome }: { readonly evidenceId: string; readonly outcome: EvidenceOutcome },
): Promise<Outcome> {
  const claim = await claimWithLicence(trx, evidenceId)
  if (!claim || claim.contact !== conversation.contact) return { said: [] }
  const t = translators[conversation.language]
  if (outcome !== 'stored') return { said: [{ note: t(`enrolment.claim.licenceLost.${outcome}`) }] }
  const isHanded = await claimSupported(trx, house, claim.id, at)
  return {
    said: isHanded ? [{ note: t('enrolment.claim.handed', { uscc: usccOf(conversation.snapshot.context) }) }] : [],
  }
}

const usccOf = (context: unknown) => (context as EnrolmentContext).claimed ?? ''

/** Whom the enterprise is to answer next, while that is looked at. */
export async function claimToAnswer({ trx, conversation }: Unit, enterpriseId: string) {
  if (!JSON.stringify(conversation.snapshot.value).includes('answeringClaim')) return undefined
  const [claim] = await claimsToAnswer(trx, enterpriseId)
  return claim && { claimId: claim.id, name: claim.name }
}

/** What came of what the contact said of somebody. */
export async function claimAnswered(
  { trx, house, conversation, at }: Unit,
  { claimId, admits }: { readonly claimId: string; readonly admits: boolean },
): Promise<Said[]> {
  const answered = await answerClaim(trx, house, { claimId, contact: conversation.contact, admits, at })
  const t = translators[conversation.language]
  const name = 'name' in answered ? answered.name : ''
  return [{ note: t(`colleagues.claimAnswered.${answered.type}`, { name }) }]
}

/** A stranger who was let in meanwhile is in the middle of the enterprise's matters now. */
export async function letInMeanwhile(unit: Unit): Promise<Meanwhile | undefined> {
  const { trx, house, conversation } = unit
  const enterpriseId = await enterpriseAnsweredFor(trx, conversation.contact)
  if (enterpriseId === undefined) return undefined
  const enterprise = await enterpriseFacts(trx, enterpriseId)
  const next = await goOnFromRecord(unit, enterprise)
  const t = translators[conversation.language]
  const isContact = (await memberOf(trx, enterpriseId, conversation.contact))?.role === 'contact'
  const notes = isContact
    ? [t('colleagues.tookOver', { enterprise: enterprise.name }), t('colleagues.phoneOfEarlier')]
    : [t('colleagues.joined', { enterprise: enterprise.name })]
  return {
    conversation: goneOn(house, conversation, next).conversation,
    said: notes.map((note) => ({ note })),
    stale: 'walk',
  }
}
