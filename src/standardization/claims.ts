import { randomUUID } from 'node:crypto'
import type { ClaimDecision } from '../../flows/claim-keys.ts'
import type { DeskClaim } from '../../flows/review-desk/screens.ts'
import { addDays, chinaDateOf, nineOn } from '../calendar/dates.ts'
import { translators } from '../i18n/translator.ts'
import { cancelNudge, planRectification } from '../reminders/index.ts'
import { type ClaimNotice, claimReply, type HandedWhy } from '../replies/claim-notices.ts'
import {
  type Claim,
  claimById,
  claimsWithRegulator,
  isOpen,
  lockedClaim,
  moveClaim,
  openClaimsBy,
  storeClaim,
} from '../storage/claims.ts'
import { changeContact } from '../storage/contact-changes.ts'
import type { Db, Trx } from '../storage/database.ts'
import { type Enterprise, enterpriseOf } from '../storage/enterprises.ts'
import { addMember, memberOf } from '../storage/members.ts'
import { cancelCause, enqueue } from '../storage/outbox.ts'
import { cancelReminder, type PlannedReminder, planReminder } from '../storage/reminders.ts'
import { districtNamed, type House, policyNamed } from './house.ts'
import { languageOf, promptIdOf } from './notify.ts'
import { decidersOf, rightOn, rightsOf } from './rights.ts'
import { consoleLink } from './signed-link.ts'

export type { ClaimDecision } from '../../flows/claim-keys.ts'

/**
 * Somebody says that a registered enterprise is theirs too. Its contact is asked; whoever says nothing in time leaves
 * it to a regulator. Until it is decided they learn nothing of the enterprise.
 */
export async function openClaim(
  trx: Trx,
  house: House,
  { enterpriseId, contact, name, at }: Pick<Claim, 'enterpriseId' | 'contact' | 'name'> & { readonly at: Date },
): Promise<string> {
  const id = randomUUID()
  await storeClaim(trx, { id, enterpriseId, contact, name, at })
  const enterprise = await enterpriseOf(trx, enterpriseId)
  const { claimAnswerDays } = policyNamed(house, enterprise.policy)
  await planReminder(trx, {
    uniqueKey: causeOf(id),
    kind: 'claim',
    subject: id,
    contact: enterprise.contact,
    dueAt: nineOn(addDays(chinaDateOf(at), claimAnswerDays.value)),
    step: 0,
  })
  await tellOf(trx, house, { id, name, enterpriseId }, { to: enterprise.contact, step: 'asked', at }, { type: 'asked' })
  return id
}

const causeOf = (claimId: string) => `claim:${claimId}`

/** The contact has said nothing: a regulator decides. */
export async function claimUnanswered(trx: Trx, house: House, { subject }: PlannedReminder, now: Date): Promise<void> {
  const claim = await lockedClaim(trx, house.database.dialect, subject)
  if (claim?.state === 'asked') await handOver(trx, house, claim, 'silent', now)
}

/**
 * A photo of the licence is there: a regulator decides, whatever the contact said or has yet to say. False where a
 * regulator has decided already, or nobody asks any more.
 */
export async function claimSupported(trx: Trx, house: House, claimId: string, at: Date): Promise<boolean> {
  const claim = await lockedClaim(trx, house.database.dialect, claimId)
  if (!claim || !(isOpen(claim) || isRefusedByContact(claim))) return false
  await handOver(trx, house, claim, 'licence', at)
  return true
}

/** A contact who keeps everybody out does not have the last word. */
export const isRefusedByContact = ({ state, decidedBy }: Claim) =>
  state === 'refused' && (decidedBy?.startsWith('owner:') ?? false)

async function handOver(trx: Trx, house: House, claim: Claim, why: HandedWhy, at: Date): Promise<void> {
  await moveClaim(trx, claim.id, 'withRegulator')
  await cancelReminder(trx, causeOf(claim.id))
  const { contact, district } = await enterpriseOf(trx, claim.enterpriseId)
  const step = `handed:${why}:${claim.evidenceId ?? ''}`
  const told = (to: 'claimant' | 'contact') => ({ type: 'withRegulator', why, to }) as const
  await tellOf(trx, house, claim, { to: contact, step, at }, told('contact'))
  // Who has just sent the photo has the answer in front of them.
  if (why === 'silent') await tellOf(trx, house, claim, { to: claim.contact, step, at }, told('claimant'))
  for (const { userId } of await decidersOf(trx, house, district)) {
    const detailsUrl = consoleLink(house, userId, { path: claimPath(claim.id), from: at })
    await tellOf(trx, house, claim, { to: `app:${userId}`, step, at }, { type: 'handed', why, detailsUrl })
  }
}

/** The page on which a regulator sees a claim. */
export const claimPath = (claimId: string) => `/console/claims/${claimId}`

/** What came of an answer to a claim: it was settled before, by somebody else or by its maker. */
export type ClaimAnswered =
  | { readonly type: 'admitted' | 'refused' | 'settled' | 'withRegulator'; readonly name: string }
  | { readonly type: 'unknown' }

/** The contact lets somebody in to answer along, or keeps them out; once a regulator decides, only the former. */
export async function answerClaim(
  trx: Trx,
  house: House,
  { claimId, contact, admits, at }: { claimId: string; contact: string; admits: boolean; at: Date },
): Promise<ClaimAnswered> {
  const claim = await lockedClaim(trx, house.database.dialect, claimId)
  if (!claim || (await memberOf(trx, claim.enterpriseId, contact))?.role !== 'contact') return { type: 'unknown' }
  const { name } = claim
  if (!isOpen(claim)) return { type: 'settled', name }
  if (!admits && claim.state === 'withRegulator') return { type: 'withRegulator', name }
  const by = `owner:${contact}`
  await settle(trx, house, claim, { state: admits ? 'admitted' : 'refused', by, at })
  const enterprise = await enterpriseOf(trx, claim.enterpriseId)
  if (admits) await letIn(trx, house, claim, { enterprise, as: 'colleague', by, at })
  const type = admits ? 'admitted' : 'refused'
  await tellOf(trx, house, claim, { to: claim.contact, step: type, at }, { type, by: 'contact' })
  return { type, name }
}

/**
 * A regulator decides: who makes the claim answers along, becomes the contact, or neither. Both are told.
 * @returns undefined when it is none of theirs
 */
export async function decideClaim(
  trx: Trx,
  house: House,
  { claimId, userId, decision, at }: { claimId: string; userId: string; decision: ClaimDecision; at: Date },
): Promise<ClaimAnswered | undefined> {
  const claim = await lockedClaim(trx, house.database.dialect, claimId)
  const enterprise = claim && (await enterpriseOf(trx, claim.enterpriseId))
  if (!claim || !enterprise || !mayDecide(await rightOn(trx, house, userId, enterprise.district))) return undefined
  const { name } = claim
  if (claim.state !== 'withRegulator') return { type: 'settled', name }
  const by = `regulator:${userId}`
  await settle(trx, house, claim, { state: decision === 'refused' ? 'refused' : 'admitted', by, at })
  if (decision !== 'refused') await letIn(trx, house, claim, { enterprise, as: decision, by, at })
  for (const to of ['claimant', 'contact'] as const) {
    const recipient = to === 'claimant' ? claim.contact : enterprise.contact
    const letter = { to: recipient, step: `decided:${to}`, at, contactName: enterprise.contactName }
    await tellOf(trx, house, claim, letter, { type: 'decided', decision, to })
  }
  return { type: decision === 'refused' ? 'refused' : 'admitted', name }
}

const mayDecide = (right: string | undefined) => right === 'approve' || right === 'return'

/** Nobody is asked about it any more. */
async function settle(
  trx: Trx,
  house: House,
  claim: Claim,
  { state, by, at }: { state: 'admitted' | 'refused'; by: string; at: Date },
): Promise<void> {
  await moveClaim(trx, claim.id, state, { by, at })
  await cancelReminder(trx, causeOf(claim.id))
  await cancelCause(trx, causeOf(claim.id))
  if (state === 'admitted') await withdrawClaims(trx, claim.contact)
  if (claim.state === 'withRegulator') await settleCards(trx, house, claim, { by, at })
}

/** The cards of the other regulators show that it was dealt with. */
async function settleCards(trx: Trx, house: House, claim: Claim, { by, at }: { by: string; at: Date }) {
  const { district } = await enterpriseOf(trx, claim.enterpriseId)
  for (const { userId } of await decidersOf(trx, house, district)) {
    const recipient = `app:${userId}`
    if (by === `regulator:${userId}`) continue
    for (const step of ['handed:silent:', `handed:licence:${claim.evidenceId ?? ''}`])
      await enqueue(trx, {
        uniqueKey: `${causeOf(claim.id)}:settled:${step}:${userId}`,
        recipient,
        kind: 'cardUpdate',
        update: {
          promptId: promptIdOf(keyOf(claim.id, step, recipient)),
          chosenLabel: translators[await languageOf(trx, recipient)]('notices:claim.settled'),
        },
        cause: `${causeOf(claim.id)}:settled`,
        dueAt: at,
        at,
      })
  }
}

interface LettingIn {
  readonly enterprise: Enterprise
  readonly as: 'colleague' | 'contact'
  readonly by: string
  readonly at: Date
}

async function letIn(trx: Trx, house: House, { contact, name }: Claim, { enterprise, as, by, at }: LettingIn) {
  if (as === 'colleague') await addMember(trx, { enterpriseId: enterprise.id, contact, role: as, name, at })
  else await replaceContact(trx, house, { enterpriseId: enterprise.id, contact, name, by, at })
}

export interface Replacement {
  readonly enterpriseId: string
  readonly contact: string
  readonly name: string
  readonly phone?: string
  /** `owner:<contact>` or `regulator:<user id>`. */
  readonly by: string
  readonly at: Date
}

/** Somebody else speaks for the enterprise: hears of it, is reminded and signs. The contact before has left. */
export async function replaceContact(
  trx: Trx,
  house: House,
  { enterpriseId, contact, name, phone, by, at }: Replacement,
): Promise<void> {
  const before = await enterpriseOf(trx, enterpriseId)
  await changeContact(trx, enterpriseId, { contact, name, ...(phone !== undefined && { phone }) }, { by, at })
  await cancelNudge(trx, before.contact)
  await planRectification(trx, house, { enterpriseId, at })
}

/** What somebody asked for is not asked any more: they gave it up, or belong to an enterprise by now. */
export async function withdrawClaims(trx: Trx, contact: string, only?: string): Promise<void> {
  for (const { id, enterpriseId } of await openClaimsBy(trx, contact)) {
    if (only !== undefined && enterpriseId !== only) continue
    await moveClaim(trx, id, 'withdrawn')
    await cancelReminder(trx, causeOf(id))
    await cancelCause(trx, causeOf(id))
  }
}

/** What waits for this regulator, in the order in which it was asked. */
export async function claimsFor(db: Db, house: House, userId: string): Promise<DeskClaim[]> {
  const rights = await rightsOf(db, house, userId)
  const claims = await claimsWithRegulator(
    db,
    rights.districts.filter((district) => mayDecide(rights.on(district))),
  )
  return Promise.all(claims.map((claim) => described(db, house, claim, userId)))
}

/** Undefined when there is no such claim, or it is none of this regulator's business. */
export async function claimSeenBy(
  db: Db,
  house: House,
  claimId: string,
  userId: string,
): Promise<(DeskClaim & Pick<Claim, 'state'>) | undefined> {
  const claim = await claimById(db, claimId)
  if (!claim) return undefined
  const { district } = await enterpriseOf(db, claim.enterpriseId)
  if (!(await rightOn(db, house, userId, district))) return undefined
  return { ...(await described(db, house, claim, userId)), state: claim.state }
}

async function described(db: Db, house: House, claim: Claim, userId: string): Promise<DeskClaim> {
  const { name: enterprise, uscc, contactName, contactPhone } = await enterpriseOf(db, claim.enterpriseId)
  return {
    claimId: claim.id,
    name: claim.name,
    uscc,
    enterprise,
    contactName,
    contactPhone,
    askedOn: chinaDateOf(claim.askedAt),
    evidenceId: claim.evidenceId,
    detailsUrl: consoleLink(house, userId, { path: claimPath(claim.id) }),
  }
}

interface Letter {
  readonly to: string
  readonly step: string
  readonly at: Date
  /** Who was the contact, where that has changed. */
  readonly contactName?: string
}

const keyOf = (claimId: string, step: string, to: string) => `${causeOf(claimId)}:${step}:${to}`

async function tellOf(
  trx: Trx,
  house: House,
  { id, name, enterpriseId }: Pick<Claim, 'id' | 'name' | 'enterpriseId'>,
  { to, step, at, contactName }: Letter,
  notice: ClaimNotice,
): Promise<void> {
  const enterprise = await enterpriseOf(trx, enterpriseId)
  const { title, bureau } = districtNamed(house, enterprise.district)
  const uniqueKey = keyOf(id, step, to)
  const facts = {
    claimId: id,
    name,
    uscc: enterprise.uscc,
    enterprise: enterprise.name,
    contactName: contactName ?? enterprise.contactName,
    district: title,
    bureau,
    days: policyNamed(house, enterprise.policy).claimAnswerDays.value,
  }
  const view = { t: translators[await languageOf(trx, to)], promptId: promptIdOf(uniqueKey) }
  await enqueue(trx, {
    uniqueKey,
    recipient: to,
    kind: 'reply',
    reply: claimReply(notice, facts, view),
    cause: causeOf(id),
    dueAt: at,
    at,
  })
}
