import type { WalkPlace } from '../../flows/self-assessment/screens.ts'
import type { WalkEffect } from '../../flows/self-assessment/self-assessment.machine.ts'
import type { ChecklistItem } from '../checklist/checklist.ts'
import { missingPhotos, photosToCome } from '../checklist/photos.ts'
import {
  ENOUGH_FOR_A_SCORE,
  type LedgerLine,
  ledgerOf,
  type Mark,
  majorHazards,
  markAt,
  numberOf,
  progressOf,
  scoreOf,
  sectionOf,
  withMark,
} from '../checklist/rules.ts'
import { workLeft } from '../checklist/work-left.ts'
import { factLabel, itemWords } from './checklist-words.ts'
import { circled, clauseInWords } from './figures.ts'
import { listed } from './listed.ts'
import type { Part } from './screen.ts'
import type { Speaking } from './show.ts'

type Said = Exclude<Part, { readonly screen: unknown }>

/** What is said of what a step of a walk did. What submitting brought is said elsewhere. */
export const walkNotes = (effects: readonly WalkEffect[], place: WalkPlace, speaking: Speaking): Said[] =>
  effects.flatMap((effect) => notesOf(effect, place, speaking))

function notesOf(effect: WalkEffect, place: WalkPlace, speaking: Speaking): Said[] {
  const { t, language } = speaking
  switch (effect.type) {
    case 'recordAnswer':
      return [{ note: recordedNote(effect.position, place, speaking) }]
    case 'confirmAnswers':
      return effect.positions.length > 0
        ? [{ note: t('walk.earlierConfirmed', { count: effect.positions.length }) }]
        : []
    case 'clearAnswers':
      return [{ note: t('walk.cleared') }]
    case 'storeEvidence':
      return [{ note: t('walk.photoReceived', { number: numberOf(effect.position) }) }]
    case 'moveEvidence':
      return [{ note: t('walk.photoMoved', { number: numberOf(effect.position) }) }]
    case 'withdrawEvidence':
      return [{ note: t('walk.photoWithdrawn', { number: numberOf(effect.position) }) }]
    case 'reportLostEvidence': {
      const number = numberOf(effect.position)
      const reason = effect.outcome === 'stored' ? 'lost' : effect.outcome
      return [
        { note: t(`walk.evidence.${reason}`, { number }) },
        { note: effect.reopened ? t('walk.evidence.reopened', { number }) : t('walk.evidence.again', { number }) },
      ]
    }
    case 'sayNothingBefore':
      return [{ remark: t('walk.nothingBefore') }]
    case 'sayNoSuchItem':
      return [{ remark: t('walk.noSuchItem', { number: effect.number, total: place.checklist.items.length }) }]
    case 'sayNotRectified':
      return [{ remark: t('walk.notRectified') }]
    case 'sayPhotosFull':
      return [{ remark: t('walk.photosFull', { number: numberOf(effect.position) }) }]
    case 'sayNoRoom':
      return [{ remark: t('walk.noRoom', { number: numberOf(effect.position), from: numberOf(effect.from) }) }]
    case 'sayNoPhoto':
      return [{ remark: t(hasPhotos(place) ? 'walk.onlyLastPhoto' : 'walk.noPhotoYet') }]
    case 'explainItem':
      return [{ remark: t('walk.explained', { help: itemWords(itemAt(effect.position, place), language).help }) }]
    case 'citeBasis':
      return [{ remark: basisText(itemAt(effect.position, place), place, speaking) }]
    case 'sayWhyBlocked':
      return [{ remark: whyBlocked(effect.position, place, speaking) }]
    case 'sayNotUnderstood':
      return [{ remark: t('walk.notUnderstood', { text: shortened(effect.text) }) }]
    case 'showProgress':
      return [{ remark: progressText(place, speaking) }]
    case 'showPhotos':
      return [{ remark: photosText(place, speaking) }]
    case 'sayNoHazard':
      return [{ remark: t('walk.noHazard') }]
    case 'acceptProof':
    case 'rescheduleHazard':
    case 'showRegister':
    case 'changeSite':
    case 'openProfile':
    case 'inviteColleague':
    case 'inviteSuccessor':
    case 'offerSuccession':
    case 'refuseCode':
    case 'answerClaim':
    case 'handBack':
    case 'muteReminders':
    case 'unmuteReminders':
    case 'submitAssessment':
      return []
  }
}

function recordedNote(position: number, { checklist, context }: WalkPlace, { t, language }: Speaking): string {
  const mark = markAt(context.sheet, position)
  switch (mark) {
    case 'nonconforming': {
      const hazards = ledgerOf(checklist, context.sheet).filter((line) => line.mark === 'nonconforming')
      const hazard = circled(hazards.findIndex((line) => line.position === position) + 1)
      const isMajor = majorHazards(checklist, context.sheet).some(({ positions }) => positions.includes(position))
      return t(isMajor ? 'walk.recorded.major' : 'walk.recorded.nonconforming', { hazard })
    }
    case 'notApplicable': {
      const item = checklist.items[position]
      return t('walk.recorded.notApplicable', { reason: item ? itemWords(item, language).reason : '' })
    }
    case 'unanswered':
      return ''
    default:
      return t(`walk.recorded.${mark}`)
  }
}

/** Said behind all that there is to say of each answer. */
export const sectionNotes = (effects: readonly WalkEffect[], place: WalkPlace, speaking: Speaking): Said[] =>
  effects.flatMap((effect) => (effect.type === 'recordAnswer' ? sectionNote(effect, place, speaking) : []))

/** When the last item of an element was answered and the next is of another, one line says how the element went. */
function sectionNote({ position, before }: Recorded, place: WalkPlace, { t }: Speaking): Said[] {
  const { checklist, context, value } = place
  const { element } = itemAt(position, place)
  const isNextOfSame = value === 'asking' && checklist.items[context.position]?.element === element
  if (context.purpose !== 'initial' || isNextOfSame || !afterSection.has(value)) return []

  const lines = sectionOf(checklist, context.sheet, element)
  const wasFinished = isFinished(sectionOf(checklist, withMark(context.sheet, position, before), element))
  if (lines.length < 2 || wasFinished || !isFinished(lines)) return []
  const counts = (['conforming', 'nonconforming', 'unclear', 'notApplicable'] as const).flatMap((kind) => {
    const count = lines.filter(({ mark }) => countedAs[mark] === kind).length
    return count === 0 ? [] : t(`walk.sectionCount.${kind}`, { count })
  })
  return [
    { note: t('walk.sectionDone', { element: t(`element.${element}`), counts: counts.join(t('screen.semicolon')) }) },
  ]
}

type Recorded = Extract<WalkEffect, { type: 'recordAnswer' }>

const isFinished = (lines: readonly LedgerLine[]) =>
  lines.every(({ mark }) => mark !== 'unanswered' && mark !== 'keptOpen')

const afterSection = new Set(['asking', 'awaitingPhoto', 'summary', 'blocked'])

const countedAs: Readonly<Record<Mark, 'conforming' | 'nonconforming' | 'unclear' | 'notApplicable' | undefined>> = {
  conforming: 'conforming',
  rectified: 'conforming',
  nonconforming: 'nonconforming',
  stillUnclear: 'unclear',
  notApplicable: 'notApplicable',
  keptOpen: undefined,
  unanswered: undefined,
}

/** What was answered, what the law says of it, and what then is to be done. */
function whyBlocked(position: number, { checklist, context }: WalkPlace, speaking: Speaking): string {
  const { t, language } = speaking
  const item = itemAt(position, { checklist })
  const mark = markAt(context.sheet, position)
  return t('walk.whyBlocked', {
    number: numberOf(position),
    question: itemWords(item, language).question,
    finding: t(`walk.finding.${mark}`),
    clauses: clausesOf(item, speaking),
  })
}

function basisText(item: ChecklistItem, { known }: WalkPlace, speaking: Speaking): string {
  const { t, language, library } = speaking
  const facts = library.siteProfile.groups
    .flatMap((group) => group.facts)
    .filter(({ id, modules }) => known.site.facts.includes(id) && modules.includes(item.checklistId))
    .map((fact) => factLabel(fact, language))
  const because =
    facts.length > 0
      ? t('walk.becauseOfFacts', { facts: listed(facts, t) })
      : t(item.checklistId === 'general' ? 'walk.becauseOfAll' : 'walk.becauseOfIndustry', { from: item.from })
  return t('walk.basis', { because, why: itemWords(item, language).why, clauses: clausesOf(item, speaking) })
}

/** What the law says, and what only guides, each under its heading. */
function clausesOf({ basis }: ChecklistItem, { t, language, library }: Speaking): string {
  const cited = basis.map(({ document, clause, confidence }) => {
    const known = library.documents.documents.find(({ id }) => id === document)
    const words = { title: known?.title ?? document, clause: clauseInWords(clause, language) }
    const text = t(confidence === 'confirmed' ? 'walk.clause' : 'walk.unconfirmedClause', words)
    return { text, heading: known?.statutory === false ? ('walk.references' as const) : ('walk.law' as const) }
  })
  return (['walk.law', 'walk.references'] as const)
    .map((heading) => ({ heading, texts: cited.filter((each) => each.heading === heading).map(({ text }) => text) }))
    .filter(({ texts }) => texts.length > 0)
    .map(({ heading, texts }) => t(heading, { clauses: texts.join('\n') }))
    .join('\n')
}

function progressText({ checklist, context }: WalkPlace, { t }: Speaking): string {
  const { points } = scoreOf(ledgerOf(checklist, context.sheet))
  const { total } = progressOf(checklist, context.sheet, context.position)
  const { left, photos, minutes } = workLeft(checklist, context)
  const major = majorHazards(checklist, context.sheet)
  const unclear = major.filter(({ certain }) => !certain).length
  return [
    left === 0
      ? t('walk.progressAll', { total })
      : t('walk.progressDone', { done: total - left, total, left, minutes }),
    ...(photos > 0 ? [t('walk.photosToTake', { count: photos })] : []),
    points === null || total - left < ENOUGH_FOR_A_SCORE
      ? t('walk.noScoreYet')
      : left === 0
        ? t('walk.scoreNow', { points })
        : t('walk.scoreSoFar', { points, done: total - left }),
    t('walk.openMajor', { count: major.length - unclear }),
    ...(unclear > 0 ? [t('walk.perhapsMajor', { count: unclear })] : []),
  ].join('\n')
}

const hasPhotos = ({ context: { photos } }: WalkPlace) => Object.values(photos).some((count) => count > 0)

/** What was sent, and what is still wanted where the screen does not list that. */
function photosText({ checklist, context, value }: WalkPlace, { t }: Speaking): string {
  const there = Object.entries(context.photos).filter(([, count]) => count > 0)
  const missing = value === 'awaitingPhoto' ? [] : missingPhotos(checklist, context)
  const { left } = progressOf(checklist, context.sheet, context.position)
  return [
    ...(there.length === 0 ? [t('walk.noPhotoYet')] : []),
    ...there.map(([position, count]) => t('walk.photosOf', { number: numberOf(Number(position)), count })),
    ...(left > 0 ? [t('walk.photosToTake', { count: photosToCome(checklist, context) })] : []),
    ...(left === 0 && missing.length > 0
      ? [t('walk.photosWanted', { numbers: missing.map(numberOf).join(t('screen.comma')), count: missing.length })]
      : []),
    ...(there.length > 0 ? [t('walk.howToMovePhoto')] : []),
  ].join('\n')
}

function itemAt(position: number, { checklist }: Pick<WalkPlace, 'checklist'>): ChecklistItem {
  const item = checklist.items[position]
  if (!item) throw new Error(`The checklist has no item at position ${position}`)
  return item
}

/** What an owner said is quoted back, but not at length. */
const shortened = (text: string) => (text.length > 30 ? `${text.slice(0, 29)}…` : text)
