import { randomInt } from 'node:crypto'
import type { CodeProblem, InvitationFound, ProfileUpdate, Successor } from '../../flows/enrolment/enrolment.machine.ts'
import { selfAssessmentFlow } from '../../flows/self-assessment/index.ts'
import type { OnlyItem, WalkContext, WalkInput } from '../../flows/self-assessment/self-assessment.machine.ts'
import { codeDigits, codeLetters } from '../../flows/words/index.ts'
import { numberOf } from '../checklist/rules.ts'
import { spokenLanguage, type Translator, translators } from '../i18n/translator.ts'
import { invitationHash, invitationLink, replaceContact, withdrawClaims } from '../standardization/index.ts'
import { newestAssessmentOf } from '../storage/assessments.ts'
import { enterpriseFacts } from '../storage/enrolment.ts'
import { languageSpokenBy } from '../storage/enterprises.ts'
import {
  type Invitation,
  lockedInvitation,
  noteWrongCode,
  storeInvitation,
  useInvitation,
  wrongCodesSince,
} from '../storage/invitations.ts'
import { addMember, memberOf, membersOf } from '../storage/members.ts'
import { enqueue } from '../storage/outbox.ts'
import { type Conversation, heldConversation, restored } from './conversation.ts'
import { goOnFromRecord } from './shells/begin-walk.ts'
import { isOver, meanwhile } from './shells/meanwhile.ts'
import { everythingSeen } from './shells/seen.ts'
import type { Outcome, Unit } from './shells/shell.ts'

/** A code that lets one person in, once, to the whole walk or to one item of it, with what to do. It is kept nowhere. */
export async function invited(unit: Unit, position: number | undefined): Promise<string> {
  const { assessment, setting, language } = unit.conversation
  if (!assessment || !setting.checklist) throw new Error('A walk has an assessment and a checklist')
  const itemId = position === undefined ? null : (setting.checklist.items[position]?.id ?? null)
  const made = await codeFor(unit, { assessmentId: assessment.id, itemId, role: 'colleague' })
  const t = translators[language]
  return position === undefined
    ? t('colleagues.code', made)
    : t('colleagues.codeForItem', { ...made, number: numberOf(position) })
}

/** A code that makes one person the contact in place of who asks for it; nobody else can. */
export async function invitedSuccessor(unit: Unit): Promise<string> {
  const { trx, conversation } = unit
  const { enterprise, contact, language } = conversation
  if (!enterprise) throw new Error('Only an enrolled enterprise has a contact')
  const t = translators[language]
  if ((await memberOf(trx, enterprise.id, contact))?.role !== 'contact')
    return t('colleagues.contactOnly', { contactName: enterprise.contactName })
  const assessmentId = await newestAssessmentOf(trx, enterprise.id)
  return t('colleagues.codeForContact', await codeFor(unit, { assessmentId, itemId: null, role: 'contact' }))
}

async function codeFor(unit: Unit, to: Pick<Invitation, 'assessmentId' | 'itemId' | 'role'>) {
  const { trx, house, conversation, at } = unit
  if (!conversation.enterprise) throw new Error('Only an enrolled enterprise invites')
  const code = newCode()
  const days = conversation.setting.policy.invitationDays.value
  await storeInvitation(trx, {
    ...to,
    hash: invitationHash(house, code),
    enterpriseId: conversation.enterprise.id,
    madeBy: conversation.contact,
    expiresAt: new Date(at.getTime() + days * DAY),
    at,
  })
  return {
    code: `${code.slice(0, HALF)} ${code.slice(HALF)}`,
    days,
    url: invitationLink(house, { code, days, language: conversation.language }),
  }
}

const DAY = 24 * 3600 * 1000
const HOUR = 3600 * 1000
const HALF = 4

function newCode(): string {
  const drawn = (from: string) => Array.from({ length: HALF }, () => from[randomInt(from.length)]).join('')
  return drawn(codeLetters) + drawn(codeDigits)
}

/** What a code lets its sender in to, or why it does not. */
export async function invitationFor(unit: Unit, code: string): Promise<InvitationFound | CodeProblem> {
  const { trx, conversation, at } = unit
  const { wrongCodesPerHour } = conversation.setting.policy
  const tried = await wrongCodesSince(trx, conversation.contact, new Date(at.getTime() - HOUR))
  if (tried >= wrongCodesPerHour.value) return 'tooMany'
  return stillGood(unit, invitationHash(unit.house, code))
}

/** The same once more, when its sender has said who they are. */
export async function stillGood(unit: Unit, hash: string): Promise<InvitationFound | CodeProblem> {
  const { trx, house, conversation, at } = unit
  const invitation = await lockedInvitation(trx, house.database.dialect, hash)
  if (!invitation) return 'unknown'
  if (invitation.isUsed) return 'used'
  if (invitation.expiresAt <= at) return 'expired'
  if (conversation.enterpriseId !== null && conversation.enterpriseId !== invitation.enterpriseId) return 'elsewhere'
  if (invitation.madeBy === conversation.contact) return 'own'
  const { name, contactName } = await enterpriseFacts(trx, invitation.enterpriseId)
  const found = { hash, enterprise: name, host: contactName }
  if (invitation.role === 'contact') {
    const isStillTheirs = (await memberOf(trx, invitation.enterpriseId, invitation.madeBy))?.role === 'contact'
    return isStillTheirs ? { ...found, to: 'contact' } : 'ended'
  }
  if (!(await walkOf(unit, invitation))) return 'ended'
  const host = await memberOf(trx, invitation.enterpriseId, invitation.madeBy)
  return { ...found, host: host?.name ?? '', to: invitation.itemId === null ? 'walk' : 'item' }
}

/** Guessing is counted. */
export async function refused(unit: Unit, why: CodeProblem): Promise<Outcome> {
  if (why === 'unknown') await noteWrongCode(unit.trx, unit.conversation.contact, unit.at)
  return { said: [{ remark: translators[unit.conversation.language](`colleagues.refused.${why}`) }] }
}

/** Whoever has a good code and a name walks along, from a bookmark like that of the colleague who asked. */
export async function joined(unit: Unit, hash: string, name: string): Promise<Outcome> {
  const { trx, house, conversation, at } = unit
  const invitation = await lockedInvitation(trx, house.database.dialect, hash)
  const host = invitation && (await walkOf(unit, invitation))
  if (!invitation || !host?.assessment || !host.enterprise) throw new Error('Only a good code lets anybody in')
  const { contact, language } = conversation
  await useInvitation(trx, hash, contact, at)
  await addMember(trx, { enterpriseId: invitation.enterpriseId, contact, role: 'colleague', name, at })
  await withdrawClaims(trx, contact)
  await tell(unit, invitation.madeBy, (t) => t('colleagues.hasJoined', { name }))

  const { checklist } = host.setting
  const position = invitation.itemId === null ? undefined : checklist?.positions.get(invitation.itemId)
  const only = position === undefined ? null : { position, askedBy: invitation.madeBy }
  const t = translators[language]
  return {
    said: [{ note: t(only ? 'colleagues.joinedForItem' : 'colleagues.joined', { enterprise: host.enterprise.name }) }],
    next: {
      flow: 'selfAssessment',
      input: walkLike(host.snapshot.context as WalkContext, only),
      enterpriseId: host.enterprise.id,
      enterprise: host.enterprise,
      assessment: host.assessment,
      seen: await everythingSeen(unit, host.assessment.id),
    },
  }
}

/**
 * Whoever has a good code of the contact's is the contact from now on, and goes on where the enterprise is; who was
 * it before is told, and is not reminded any more.
 */
export async function takenOver(unit: Unit, hash: string, { name, phone }: Successor): Promise<Outcome> {
  const { trx, house, conversation, at } = unit
  const invitation = await lockedInvitation(trx, house.database.dialect, hash)
  if (!invitation) throw new Error('Only a good code makes anybody the contact')
  const { enterpriseId, madeBy } = invitation
  const { contact, language } = conversation
  await useInvitation(trx, hash, contact, at)
  await replaceContact(trx, house, { enterpriseId, contact, name, phone, by: `owner:${madeBy}`, at })
  await withdrawClaims(trx, contact)
  const enterprise = await enterpriseFacts(trx, enterpriseId)
  await tell(unit, madeBy, (t) => t('colleagues.hasTakenOver', { name, enterprise: enterprise.name }))
  return {
    said: [{ note: translators[language]('colleagues.tookOver', { enterprise: enterprise.name }) }],
    next: await goOnFromRecord(unit, enterprise),
  }
}

/** What there is to confirm before somebody of the enterprise becomes its contact; they come back from it as they were. */
export function successionOffered(
  { conversation }: Unit,
  invitation: InvitationFound,
  walk: WalkContext | null,
): Outcome {
  const { enterprise, assessment } = conversation
  if (!enterprise) throw new Error('Only an enrolled enterprise has a contact')
  const input: ProfileUpdate = {
    draft: { facts: [] },
    updating: walk ? 'walk' : 'home',
    ...(walk && { walk }),
    invitation,
  }
  return { said: [], next: { flow: 'enrolment', input, enterpriseId: enterprise.id, enterprise, assessment } }
}

/** The same answers and the same photos, without what only the other is waiting for. */
function walkLike(context: WalkContext, only: OnlyItem | null): WalkInput {
  const { purpose, sheet, firstSheet, earlier, comments, drawn, spared, photos, awaited } = context
  const onTheWay = (position: string) => awaited.filter((photo) => String(photo.position) === position).length
  return {
    purpose,
    sheet,
    firstSheet,
    earlier,
    comments,
    drawn,
    spared,
    photos: Object.fromEntries(
      Object.entries(photos).map(([position, count]) => [position, Math.max(0, count - onTheWay(position))]),
    ),
    only,
  }
}

/** The bookmark of who invited, as it stands now; undefined when that walk is over. */
async function walkOf(unit: Unit, invitation: Invitation): Promise<Conversation | undefined> {
  const { trx, house } = unit
  const stored = await heldConversation(trx, house, invitation.madeBy)
  if (stored?.assessmentId !== invitation.assessmentId) return undefined
  const host = atItsWalk(await restored(trx, house, stored))
  if (!host || (await isOver({ ...unit, conversation: host }))) return undefined
  return (await meanwhile({ ...unit, conversation: host }))?.conversation ?? host
}

/** Also one that was left for the particulars. */
function atItsWalk(host: Conversation): Conversation | undefined {
  if (host.flow === 'selfAssessment') return host
  const { walk } = host.snapshot.context as { readonly walk?: WalkContext }
  if (!walk) return undefined
  const machine = selfAssessmentFlow.machine(host.setting)
  return {
    ...host,
    flow: 'selfAssessment',
    machine,
    snapshot: machine.resolveState({ value: 'paused', context: walk }),
  }
}

/** One item was asked of a colleague, and is answered: thanks to them, and word to who asked. */
export async function handedBack(
  unit: Unit,
  { number, finding, askedBy }: { readonly number: number; readonly finding: string; readonly askedBy: string },
): Promise<void> {
  const { trx, conversation } = unit
  const members = await membersOf(trx, conversation.enterpriseId ?? '')
  const name = members.find(({ contact }) => contact === conversation.contact)?.name ?? ''
  await tell(unit, askedBy, (t) =>
    t('colleagues.answeredOne', { name, number, finding: t(`walk.finding.${finding as 'conforming'}`) }),
  )
}

/** Unasked, in the language of whom it concerns; what they are asked stays open. */
async function tell({ trx, message, at }: Unit, to: string, words: (t: Translator) => string): Promise<void> {
  const language = spokenLanguage(await languageSpokenBy(trx, to))
  await enqueue(trx, {
    uniqueKey: `colleague:${message.dedupeKey}:${to}`,
    recipient: to,
    kind: 'reply',
    reply: { text: words(translators[language]) },
    cause: `conversation:${to}`,
    dueAt: at,
    at,
  })
}
