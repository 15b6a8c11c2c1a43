import { createHmac, randomUUID } from 'node:crypto'
import type { ProfileUpdate, UpdateOccasion } from '../../../flows/enrolment/enrolment.machine.ts'
import type { SiteChange } from '../../../flows/screen.ts'
import type { OnlyItem, WalkContext, WalkInput } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import { type Checklist, checklistOf, composedRefs } from '../../checklist/checklist.ts'
import type { EarlierAnswers } from '../../checklist/earlier-answers.ts'
import { type PhotoDraw, photoDraw } from '../../checklist/photos.ts'
import { type AnswerSheet, blankSheet, letters, type Mark, markAt, withMark } from '../../checklist/rules.ts'
import { sheetOfAnswers } from '../../checklist/sheet-of.ts'
import { workLeft } from '../../checklist/work-left.ts'
import { translators } from '../../i18n/translator.ts'
import { openHazards } from '../../rectification/index.ts'
import { changedSite } from '../../replies/scopes/walk.ts'
import { listingOf } from '../../standardization/index.ts'
import { answersOf, recordAnswer } from '../../storage/answers.ts'
import { applicationBehind, findingsOf } from '../../storage/applications.ts'
import { openAssessmentOf } from '../../storage/assessments.ts'
import type { Trx } from '../../storage/database.ts'
import {
  type AssessmentFacts,
  assessmentFacts,
  type EnterpriseFacts,
  lastCompletedAssessment,
  openAssessment,
  updateParticulars,
  updateRefs,
} from '../../storage/enrolment.ts'
import { photoCounts, photosOfOthers } from '../../storage/evidence.ts'
import { policyOf, settingOf } from '../conversation.ts'
import { carriedOver, shownAgain, stillConfirmable } from '../first-sheet.ts'
import { everythingSeen } from './seen.ts'
import type { Next, Outcome, Said, Unit } from './shell.ts'
import { homeNext } from './standing.ts'

/** What is on the site may have changed since last time: it is asked first, and decides what is asked then. */
export const beginProfileUpdate = (enterprise: EnterpriseFacts, updating: UpdateOccasion): Outcome => ({
  said: [],
  next: {
    flow: 'enrolment',
    input: { draft: enterprise.site, updating } satisfies ProfileUpdate,
    enterpriseId: enterprise.id,
    enterprise,
    assessment: null,
  },
})

/** Freezes a checklist as it stands today, with what may be carried over from the last one. */
export async function beginWalk(
  unit: Unit,
  enterprise: EnterpriseFacts,
  { purpose, applicationId }: { purpose: 'initial' | 'recheck' | 'renewal'; applicationId?: string },
): Promise<Outcome> {
  const { trx, house, at } = unit
  const refs = composedRefs(house.library, enterprise.site, chinaDateOf(at))
  const checklist = checklistOf(house.library, refs)
  const last = await lastCompletedAssessment(trx, enterprise.id)
  const carried = purpose === 'recheck' ? last : undefined
  const sheet = carried
    ? carriedOver(checklist, refsOf(carried), await answersOf(trx, carried.id))
    : blankSheet(checklist)
  const earlier = carried || !last ? null : await earlierAnswers(unit, enterprise, checklist, last)

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
  if (carried) await copyAnswers(trx, { from: carried.id, to: id, sheet, checklist, by: unit.conversation.contact, at })
  const assessment = await assessmentFacts(trx, id)
  const input = { purpose, sheet, earlier, comments: {}, ...drawnFor(unit, assessment, checklist) }
  const next = { ...walkNext(enterprise, assessment, input), seen: await everythingSeen(unit, assessment.id) }
  return { said: [begun(unit, checklist, input)], next }
}

/**
 * Goes on where an enterprise is, without anybody's bookmark: in the walk that is open, as the record has it, else at
 * home.
 */
export async function goOnFromRecord(unit: Unit, enterprise: EnterpriseFacts): Promise<Next> {
  const { trx, house } = unit
  const id = await openAssessmentOf(trx, enterprise.id)
  if (id === undefined) return homeNext(enterprise)
  const assessment = await assessmentFacts(trx, id)
  const { checklist } = settingOf(house, enterprise, assessment)
  if (!checklist) throw new Error('An assessment has a checklist')
  const sheet = sheetOfAnswers(checklist, await answersOf(trx, id))
  const photos = await photoCounts(trx, id, assessment.startedAt)
  const input: WalkInput = {
    purpose: assessment.purpose,
    sheet,
    // What was carried over from the year before is on record beside what was answered since.
    firstSheet: assessment.purpose === 'recheck' ? sheet : blankSheet(checklist),
    comments: {},
    ...drawnFor(unit, assessment, checklist),
    photos: Object.fromEntries(
      checklist.items.flatMap((item, at) => {
        const count = photos.get(item.id)
        return count ? [[String(at), count]] : []
      }),
    ),
  }
  return { ...walkNext(enterprise, assessment, input), seen: await everythingSeen(unit, id) }
}

const refsOf = ({ refs }: AssessmentFacts) => JSON.parse(refs) as string[]

/**
 * What was answered when it was last carried to its end, as far as it may be confirmed now; nothing where that listing
 * was revoked: then the answers were found not to be so.
 */
async function earlierAnswers(
  { trx }: Unit,
  { id, site }: EnterpriseFacts,
  checklist: Checklist,
  last: AssessmentFacts & { readonly completedAt: Date },
): Promise<EarlierAnswers | null> {
  const application = await applicationBehind(trx, last)
  if (application?.state === 'revoked') return null
  const remarks = application ? await findingsOf(trx, application.id) : []
  const remarked = new Set([...remarks, ...(await openHazards(trx, id))].map(({ itemId }) => itemId))
  const record = { refs: refsOf(last), answers: await answersOf(trx, last.id), remarked }
  return {
    assessmentId: last.id,
    completedOn: chinaDateOf(last.completedAt),
    sheet: shownAgain(checklist, site, record),
  }
}

/** Only what the regulator returned is asked again, with what was written on it. */
export async function beginAmendment(unit: Unit, enterprise: EnterpriseFacts): Promise<Outcome> {
  const { trx, house, at } = unit
  const { application } = await listingOf(trx, enterprise.id, chinaDateOf(at))
  if (!application) throw new Error('There is no application to amend')
  const assessment = await assessmentFacts(trx, application.assessmentId)
  const { checklist } = settingOf(house, enterprise, assessment)
  if (!checklist) throw new Error('An assessment has a checklist')
  const answered = sheetOfAnswers(checklist, await answersOf(trx, assessment.id))
  const { returnedFindings } = application
  const sheet = returnedFindings.reduce((sheet, { position }) => withMark(sheet, position, 'unanswered'), answered)
  const comments = Object.fromEntries(returnedFindings.map(({ position, reason }) => [String(position), reason]))
  const input = { purpose: 'amendment', sheet, comments, ...drawnFor(unit, assessment, checklist) } as const
  const next = { ...walkNext(enterprise, assessment, input), seen: await everythingSeen(unit, assessment.id) }
  return { said: [begun(unit, checklist, input)], next }
}

/**
 * The walk goes on over what the site is now: questions come and go, all other answers stay, and what was answered
 * before and applies again comes back.
 */
export async function changeSite(unit: Unit, change: SiteChange, context: WalkContext): Promise<Outcome> {
  const { enterprise } = unit.conversation
  if (!enterprise) throw new Error('Only an enrolled enterprise has a site')
  const site = changedSite(enterprise.site, change)
  await updateParticulars(unit.trx, enterprise.id, { facts: site.facts })
  return walkOn(unit, { ...enterprise, site }, context)
}

/** Goes on from a bookmark, over the checklist that the enterprise has now. */
export async function walkOn(unit: Unit, enterprise: EnterpriseFacts, context: WalkContext): Promise<Outcome> {
  const { trx, house, conversation } = unit
  const { assessment, setting } = conversation
  if (!assessment || !setting.checklist) throw new Error('A walk has an assessment and a checklist')
  const before = setting.checklist
  const refs = composedRefs(house.library, enterprise.site, chinaDateOf(new Date(assessment.startedAt)))
  const after = checklistOf(house.library, refs)
  await updateRefs(trx, { id: assessment.id, refs, by: conversation.contact })
  const changed = { ...assessment, refs: JSON.stringify(refs) }

  const onRecord = sheetOfAnswers(after, await answersOf(trx, assessment.id))
  const photos = await photoCounts(trx, assessment.id, assessment.startedAt)
  const was = (position: number) => before.positions.get(after.items[position]?.id ?? '')
  const now = (position: number) => after.positions.get(before.items[position]?.id ?? '')
  const moved = (positions: readonly number[]) => positions.flatMap((position) => now(position) ?? [])
  const letterAt = (sheet: AnswerSheet, position: number, otherwise: string) => {
    const earlier = was(position)
    return earlier === undefined ? otherwise : (sheet[earlier] ?? otherwise)
  }
  const mappedTo = (sheet: AnswerSheet) => after.items.map((_, at) => letterAt(sheet, at, letters.unanswered)).join('')
  const sheet = after.items.map((_, at) => letterAt(context.sheet, at, onRecord[at] ?? letters.unanswered)).join('')
  const input: WalkInput = {
    purpose: context.purpose,
    sheet,
    firstSheet: mappedTo(context.firstSheet),
    earlier: context.earlier && {
      ...context.earlier,
      sheet: stillConfirmable(after, enterprise.site, mappedTo(context.earlier.sheet)),
    },
    comments: Object.fromEntries(
      Object.entries(context.comments).flatMap(([position, comment]) => {
        const at = now(Number(position))
        return at === undefined ? [] : [[String(at), comment]]
      }),
    ),
    ...drawnFor(unit, changed, after),
    photos: Object.fromEntries(
      after.items.flatMap(({ id }, at) => {
        const earlier = was(at)
        const count = earlier === undefined ? photos.get(id) : context.photos[String(earlier)]
        return count ? [[String(at), count]] : []
      }),
    ),
    trail: moved(context.trail),
    only: context.only && onlyAt(context.only, now(context.only.position)),
    awaited: context.awaited.flatMap((photo) => {
      const position = now(photo.position)
      return position === undefined ? [] : [{ ...photo, position }]
    }),
  }
  const ofOthers = await photosOfOthers(trx, { assessmentId: assessment.id, contact: conversation.contact })
  const counted = after.items.flatMap(({ id }, at) => (was(at) === undefined ? [[id, ofOthers.get(id) ?? 0]] : []))
  const { answer, photos: seenPhotos } = conversation.seen
  return {
    said: whatChanged(unit, { before, after, sheet }),
    next: {
      ...walkNext(enterprise, changed, input),
      seen: { answer, photos: { ...seenPhotos, ...Object.fromEntries(counted) } },
    },
  }
}

const onlyAt = (only: OnlyItem, position: number | undefined): OnlyItem | null =>
  position === undefined ? null : { ...only, position }

/** Which questions came and went, and that the rest stands. */
function whatChanged(
  { conversation }: Unit,
  { before, after, sheet }: { before: Checklist; after: Checklist; sheet: AnswerSheet },
): Said[] {
  const t = translators[conversation.language]
  const ids = ({ items }: Checklist) => new Set(items.map(({ id }) => id))
  const [earlier, later] = [ids(before), ids(after)]
  const added = after.items.filter(({ id }) => !earlier.has(id))
  const back = added.filter(({ id }) => markAt(sheet, after.positions.get(id) ?? -1) !== 'unanswered')
  const gone = before.items.filter(({ id }) => !later.has(id))
  return [
    ...(added.length > back.length ? [t('walk.itemsAdded', { count: added.length - back.length })] : []),
    ...(back.length > 0 ? [t('walk.itemsBack', { count: back.length })] : []),
    ...(gone.length > 0 ? [t('walk.itemsSetAside', { count: gone.length })] : []),
    ...(added.length + gone.length > 0 ? [t('walk.nowInAll', { total: after.items.length })] : []),
  ].map((note) => ({ note }))
}

export const walkNext = (enterprise: EnterpriseFacts, assessment: AssessmentFacts, input: WalkInput): Next => ({
  flow: 'selfAssessment',
  input,
  enterpriseId: enterprise.id,
  enterprise,
  assessment,
})

/** The same for the same self-assessment, and foreseen by nobody who has not the secret of the house. */
function drawnFor({ house }: Unit, { startedAt, policy }: AssessmentFacts, checklist: Checklist): PhotoDraw {
  const { drawnPhotos, mostPhotos } = policyOf(house, policy)
  const lot = (position: number) =>
    createHmac('sha256', house.linkSecret).update(`${startedAt}/${checklist.items[position]?.id}`).digest('hex')
  return photoDraw(checklist, lot, { drawnPhotos: drawnPhotos.value, mostPhotos: mostPhotos.value })
}

/** The true number of questions, photos and minutes. */
function begun(
  { conversation }: Unit,
  checklist: Checklist,
  { sheet, earlier = null, drawn, spared = [] }: WalkInput,
): Said {
  const t = translators[conversation.language]
  const total = checklist.items.length
  const work = workLeft(checklist, { sheet, earlier, firstSheet: sheet, photos: {}, drawn, spared })
  if (work.toConfirm > 0) return { note: t('walk.begunAgain', { ...work, total }) }
  if (work.left === total) return { note: t('walk.begun', { ...work, total }) }
  return { note: t(work.photos === 0 ? 'walk.begunWithoutPhotos' : 'walk.begunPartly', { ...work }) }
}

/** What is carried over is on record for the new assessment too. */
async function copyAnswers(
  trx: Trx,
  {
    from,
    to,
    sheet,
    checklist,
    ...said
  }: { from: string; to: string; sheet: AnswerSheet; checklist: Checklist; by: string; at: Date },
): Promise<void> {
  const earlier = new Map((await answersOf(trx, from)).map((answer) => [answer.itemId, answer]))
  for (const [position, { id }] of checklist.items.entries()) {
    const mark: Mark = markAt(sheet, position)
    const excusedBy = earlier.get(id)?.excusedBy
    if (mark !== 'unanswered')
      await recordAnswer(trx, {
        assessmentId: to,
        itemId: id,
        position,
        mark,
        ...(excusedBy && { excusedBy }),
        dedupeKey: `carried:${from}`,
        ...said,
      })
  }
}
