import { walkKeys } from '../../flows/self-assessment/interpret.ts'
import type { WalkContext, WalkEffect, WalkScreen } from '../../flows/self-assessment/self-assessment.machine.ts'
import type { Checklist, ChecklistItem, SiteFacts } from '../checklist/checklist.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import {
  askedPositions,
  generalHazards,
  type LedgerLine,
  ledgerOf,
  type Mark,
  majorHazards,
  markAt,
  progressOf,
  scoreOf,
  sectionOf,
} from '../checklist/rules.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import type { PromptOption } from '../message/index.ts'
import type { Policy } from '../policy/policy.ts'
import { factLabel, hazardTitle, itemWords } from './checklist-words.ts'
import { circled, longDate } from './figures.ts'
import type { Part, Screen } from './screen.ts'

/** What a walk is spoken of in front of. */
export interface WalkView {
  readonly t: Translator
  readonly language: Language
  readonly library: ChecklistLibrary
  readonly policy: Policy
  readonly checklist: Checklist
  /** After the step. */
  readonly context: WalkContext
  readonly site: SiteFacts
  /** ISO date in China. */
  readonly today: string
}

/** What the bot says for the effects of one step of a walk. What submitting brought is said elsewhere. */
export const walkParts = (effects: readonly WalkEffect[], view: WalkView): Part[] =>
  effects.flatMap((effect, index) => partsOf(effect, effects.slice(index + 1), view))

function partsOf(effect: WalkEffect, following: readonly WalkEffect[], view: WalkView): Part[] {
  const { t, context } = view
  switch (effect.type) {
    case 'recordAnswer':
      return [{ note: recordedNote(effect.position, view) }, ...sectionNote(effect.position, following, view)]
    case 'withdrawAnswer':
      return [{ note: t('walk.withdrawn', { number: numberOf(effect.position, view) }) }]
    case 'clearAnswers':
      return [{ note: t('walk.cleared') }]
    case 'storeEvidence':
      return effect.rectifies ? [] : [{ note: t('walk.photoReceived', { number: numberOf(effect.position, view) }) }]
    case 'reportLostEvidence': {
      const number = numberOf(effect.position, view)
      const reason = effect.outcome === 'stored' ? 'lost' : effect.outcome
      return [
        { note: t(`walk.evidence.${reason}`, { number }) },
        { note: effect.reopened ? t('walk.evidence.reopened', { number }) : t('walk.evidence.again', { number }) },
      ]
    }
    case 'submitAssessment':
      return []
    case 'sayNothingBefore':
      return [{ remark: t('walk.nothingBefore') }]
    case 'sayNoSuchItem': {
      const total = askedPositions(view.checklist, context.sheet).length
      return [{ remark: t('walk.noSuchItem', { number: effect.number, total }) }]
    }
    case 'explainItem':
      return [{ remark: t('walk.explained', { help: wordsOf(effect.position, view).help }) }]
    case 'citeBasis':
      return [{ remark: basisText(effect.position, view) }]
    case 'sayNotUnderstood':
      return [{ remark: t('walk.notUnderstood', { text: shortened(effect.text) }) }]
    case 'showProgress':
      return [{ remark: progressText(view) }]
    case 'showAnswers':
      return [{ remark: answersText(view) }]
    case 'askItem':
      return [...recalledNote(effect.position, view), { screen: questionScreen(effect.position, view) }]
    default:
      return [{ screen: screenOf(effect, view) }]
  }
}

type Asked = Exclude<WalkScreen, { type: 'askItem' }>

function screenOf(effect: Asked, view: WalkView): Screen {
  const { t, checklist, context } = view
  switch (effect.type) {
    case 'confirmFinding':
      return {
        progress: progressLine(effect.position, view),
        body: t('walk.confirmFinding', {
          finding: t(`walk.finding.${effect.finding}`),
          question: wordsOf(effect.position, view).question,
        }),
        options: [
          { key: `answer.${effect.finding}`, label: t('button.right'), style: 'primary' },
          { key: walkKeys.reconsider, label: t('button.reconsider') },
        ],
      }
    case 'confirmAbsence':
      return absenceScreen(effect.position, view)
    case 'requestPhoto':
      return {
        progress: progressLine(effect.position, view),
        body: t('walk.requestPhoto', { mustShow: wordsOf(effect.position, view).mustShow }),
        options: [{ key: walkKeys.noPhoto, label: t('button.noPhoto') }],
      }
    case 'announceHazard':
      return hazardScreen(effect.position, view)
    case 'requestRectification':
      return {
        progress: progressLine(effect.position, view),
        body: t('walk.requestRectification', { advice: wordsOf(effect.position, view).advice }),
        options: [{ key: walkKeys.defer, label: t('button.defer') }],
      }
    case 'showBlocked':
      return blockedScreen(effect.position, view)
    case 'showBelowMinimum':
      return {
        heading: scoreLine(view),
        body: t('walk.belowMinimum', {
          points: pointsOf(view),
          minimum: view.policy.minimumScore.value,
          items: ledgerOf(checklist, context.sheet)
            .filter(({ mark }) => mark === 'nonconforming')
            .slice(0, LISTED)
            .map((line) => hazardLine(line, view))
            .join('\n'),
        }),
        options: [{ key: walkKeys.pause, label: t('button.rest') }],
      }
    case 'showSummary':
      return summaryScreen(view)
    case 'askCommitment':
      return {
        body: t('walk.commitment', {
          declarations: view.policy.declarations.value.map((each, index) => `${circled(index + 1)} ${each}`).join('\n'),
        }),
      }
    case 'awaitPhotos':
      return { body: t('walk.awaitPhotos', { count: context.awaited.length }) }
    case 'sayPaused': {
      const { left, minutes } = progressOf(checklist, context.sheet, context.position)
      return {
        body: left === 0 ? t('walk.pausedAtEnd') : t('walk.paused', { left, minutes }),
        options: [{ key: walkKeys.resume, label: t('button.resume'), style: 'primary' }],
      }
    }
    case 'confirmRestart':
      return {
        body: t('walk.confirmRestart', { count: changedSince(context) }),
        options: [
          { key: walkKeys.resume, label: t('button.goOn'), style: 'primary' },
          { key: walkKeys.restart, label: t('button.restart'), style: 'danger' },
        ],
      }
  }
}

function questionScreen(position: number, view: WalkView): Screen {
  const { t, context } = view
  const comment = context.comments[String(position)]
  const { question } = wordsOf(position, view)
  return {
    progress: progressLine(position, view),
    body: comment ? t('walk.returnedQuestion', { comment, question }) : question,
    hint: t('walk.howToLook'),
    options: answerOptions(t),
  }
}

/** The order never changes, and the numbers 1 to 4 mean the same everywhere. */
const answerOptions = (t: Translator): PromptOption[] => [
  { key: walkKeys.conforming, label: t('button.conforming'), style: 'primary' },
  { key: walkKeys.nonconforming, label: t('button.nonconforming') },
  { key: walkKeys.notApplicable, label: t('button.notApplicable') },
  { key: walkKeys.unclear, label: t('button.unclear') },
]

/** 没有这个 is where a missing safeguard hides behind a missing machine, so it is always asked which. */
function absenceScreen(position: number, view: WalkView): Screen {
  const { t } = view
  const { reason, question } = wordsOf(position, view)
  if (reason === undefined)
    return {
      progress: progressLine(position, view),
      body: t('walk.cannotBeAbsent', { question }),
      options: [
        { key: walkKeys.nonconforming, label: t('button.recordNonconforming') },
        { key: walkKeys.reconsider, label: t('button.reconsider') },
      ],
    }
  return {
    progress: progressLine(position, view),
    body: t('walk.confirmAbsence', { reason, question }),
    options: [
      { key: walkKeys.absent, label: t('button.absent') },
      { key: walkKeys.nonconforming, label: t('button.present') },
      { key: walkKeys.reconsider, label: t('button.reconsider') },
    ],
  }
}

function basisText(position: number, view: WalkView): string {
  const { t, language, library, checklist, site } = view
  const item = itemAt(checklist, position)
  const clauses = item.basis
    .map(({ document, clause, confidence }) => {
      const title = library.documents.documents.find(({ id }) => id === document)?.title ?? document
      return t(confidence === 'confirmed' ? 'walk.clause' : 'walk.unconfirmedClause', { title, clause })
    })
    .join('\n')
  const facts = library.siteProfile.groups
    .flatMap((group) => group.facts)
    .filter(({ id, modules }) => site.facts.includes(id) && modules.includes(item.checklistId))
    .map((fact) => factLabel(fact, language))
  const because =
    facts.length > 0
      ? t('walk.becauseOfFacts', { facts: facts.join(t('screen.comma')) })
      : t(item.checklistId === 'general' ? 'walk.becauseOfAll' : 'walk.becauseOfIndustry', { from: item.from })
  return t('walk.basis', { because, why: wordsOf(position, view).why, clauses })
}

function hazardScreen(position: number, view: WalkView): Screen {
  const { t } = view
  const { why, now, advice } = wordsOf(position, view)
  return {
    progress: progressLine(position, view),
    body: t('walk.hazardFound', { why, now: now ?? advice }),
    options: [
      { key: walkKeys.defer, label: t('button.nextItem'), style: 'primary' },
      { key: walkKeys.rectify, label: t('button.rectified') },
    ],
  }
}

/** Shows one major hazard, the first: what it is, what to do, what is still to come. */
function blockedScreen(position: number, view: WalkView): Screen {
  const { t, checklist, context } = view
  const { certain, unclear } = majorCounts(view)
  const { question, advice } = wordsOf(position, view)
  const hazard = majorHazards(checklist, context.sheet).find(({ positions }) => positions.includes(position))
  const given = {
    title: hazard ? hazardTitle(hazard.criterion, view.language) : '',
    number: numberOf(position, view),
    question,
    advice,
  }
  const isUnclear = markAt(context.sheet, position) !== 'nonconforming'
  const body = isUnclear
    ? t('walk.blockedUnclear', { ...given, count: unclear })
    : t('walk.blocked', { ...given, count: certain })
  return {
    heading: scoreLine(view),
    body: !isUnclear && unclear > 0 ? [body, t('walk.perhapsMajor', { count: unclear })].join('\n') : body,
    options: [
      { key: walkKeys.reconsider, label: t('button.reconsider'), ...(isUnclear && { style: 'primary' as const }) },
      { key: walkKeys.pause, label: t('button.rest') },
    ],
  }
}

function summaryScreen(view: WalkView): Screen {
  const { t, checklist, context } = view
  const hazards = generalHazards(checklist, context.sheet)
  const rectified = ledgerOf(checklist, context.sheet).filter(({ mark }) => mark === 'rectified').length
  const score = scoreOf(ledgerOf(checklist, context.sheet))
  const lines = [
    t('walk.summary', {
      points: pointsOf(view),
      applicable: score.conforming + score.nonconforming + score.unclear,
      conforming: score.conforming,
      general: hazards.length,
    }),
    ...(rectified > 0 ? [t('walk.summaryRectified', { count: rectified })] : []),
    ...(score.unclear > 0 ? [t('walk.summaryUnclear', { count: score.unclear })] : []),
    ...hazards.slice(0, LISTED).map((line) => hazardLine(line, view)),
    ...(hazards.length > LISTED ? [t('walk.moreHazards', { count: hazards.length - LISTED })] : []),
  ]
  return {
    heading: scoreLine(view),
    body: lines.join('\n'),
    options: [
      { key: walkKeys.accept, label: t('button.toCommitment'), style: 'primary' },
      { key: walkKeys.answers, label: t('button.seeAnswers') },
    ],
  }
}

/** As many as fit on a phone. */
const LISTED = 5

const hazardLine = ({ item, number }: LedgerLine, { t, language, today }: WalkView) =>
  t('walk.hazardLine', {
    number,
    advice: itemWords(item, language).advice,
    date: longDate(daysAfter(today, item.rectification.days), language, today),
  })

function daysAfter(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

/** An item that has an answer, or was put off, is not asked as if for the first time. */
function recalledNote(position: number, { t, context }: WalkView): Part[] {
  const mark = markAt(context.sheet, position)
  if (mark === 'unanswered') return []
  return [
    { note: mark === 'keptOpen' ? t('walk.askedAgain') : t('walk.onRecord', { finding: t(`walk.finding.${mark}`) }) },
  ]
}

function progressText(view: WalkView): string {
  const { t, checklist, context } = view
  const score = scoreOf(ledgerOf(checklist, context.sheet))
  const { left, minutes, total } = progressOf(checklist, context.sheet, context.position)
  const { certain, unclear } = majorCounts(view)
  return [
    left === 0
      ? t('walk.progressAll', { total })
      : t('walk.progressDone', { done: total - left, total, left, minutes }),
    score.points === null ? t('walk.noScoreYet') : t('walk.scoreSoFar', { points: pointsOf(view) }),
    t('walk.openMajor', { count: certain }),
    ...(unclear > 0 ? [t('walk.perhapsMajor', { count: unclear })] : []),
  ].join('\n')
}

/** Major hazards on record, and those that rest on what is not clear yet. */
function majorCounts({ checklist, context }: WalkView) {
  const hazards = majorHazards(checklist, context.sheet)
  const certain = hazards.filter((hazard) => hazard.certain).length
  return { certain, unclear: hazards.length - certain }
}

/** More than fit on a phone are listed by number only, where nothing is to be done about them. */
const MOST_LISTED = 20

function answersText(view: WalkView): string {
  const { t, checklist, context, language } = view
  const answered = ledgerOf(checklist, context.sheet).filter(({ mark }) => mark !== 'unanswered')
  if (answered.length === 0) return t('walk.noAnswersYet')
  const inShort = answered.length > MOST_LISTED ? answered.filter(({ mark }) => mark === 'conforming') : []
  const lines = answered
    .filter((line) => !inShort.includes(line))
    .map(({ item, number, mark }) =>
      t('walk.answerLine', {
        number,
        finding: t(`walk.finding.${mark}`),
        question: shortened(itemWords(item, language).question),
      }),
    )
  const numbers = inShort.map(({ number }) => number)
  return [
    ...(numbers.length > 0 ? [t('walk.answersConforming', { count: numbers.length, numbers: spans(numbers, t) })] : []),
    ...lines,
    t('walk.howToEdit'),
  ].join('\n')
}

/** 1–4、7、9–12 */
const spans = (numbers: readonly number[], t: Translator): string =>
  numbers
    .reduce<number[][]>((runs, number) => {
      const run = runs.at(-1)
      if (run && run.at(-1) === number - 1) run.push(number)
      else runs.push([number])
      return runs
    }, [])
    .map((run) => (run.length > 1 ? `${run[0]}–${run.at(-1)}` : `${run[0]}`))
    .join(t('screen.comma'))

function recordedNote(position: number, view: WalkView): string {
  const { t, checklist, context } = view
  const mark = markAt(context.sheet, position)
  switch (mark) {
    case 'nonconforming': {
      const hazards = ledgerOf(checklist, context.sheet).filter((line) => line.mark === 'nonconforming')
      const hazard = circled(hazards.findIndex((line) => line.position === position) + 1)
      const isMajor = majorHazards(checklist, context.sheet).some(({ positions }) => positions.includes(position))
      return t(isMajor ? 'walk.recorded.major' : 'walk.recorded.nonconforming', { hazard })
    }
    case 'notApplicable':
      return t('walk.recorded.notApplicable', { reason: wordsOf(position, view).reason ?? '' })
    case 'unanswered':
      return ''
    default:
      return t(`walk.recorded.${mark}`)
  }
}

/** When the last item of an element was answered and the next is of another, one line says how the element went. */
function sectionNote(position: number, following: readonly WalkEffect[], view: WalkView): Part[] {
  const { t, checklist, context } = view
  const { element } = itemAt(checklist, position)
  const next = following.find((effect) => effect.type === 'askItem')
  if (next && itemAt(checklist, next.position).element === element) return []
  if (!next && !following.some(({ type }) => type === 'showSummary' || type === 'showBlocked')) return []
  if (view.context.purpose !== 'initial') return []

  const lines = sectionOf(checklist, context.sheet, element)
  if (lines.length < 2 || lines.some(({ mark }) => mark === 'unanswered' || mark === 'keptOpen')) return []
  const counts = (['conforming', 'nonconforming', 'unclear', 'notApplicable'] as const).flatMap((kind) => {
    const count = lines.filter(({ mark }) => countedAs[mark] === kind).length
    return count === 0 ? [] : t(`walk.sectionCount.${kind}`, { count })
  })
  return [
    { note: t('walk.sectionDone', { element: t(`element.${element}`), counts: counts.join(t('screen.semicolon')) }) },
  ]
}

const countedAs: Readonly<Record<Mark, 'conforming' | 'nonconforming' | 'unclear' | 'notApplicable' | undefined>> = {
  conforming: 'conforming',
  rectified: 'conforming',
  nonconforming: 'nonconforming',
  stillUnclear: 'unclear',
  notApplicable: 'notApplicable',
  keptOpen: undefined,
  unanswered: undefined,
}

function progressLine(position: number, { t, checklist, context }: WalkView): string {
  const { number, total, minutes } = progressOf(checklist, context.sheet, position)
  return t('walk.progress', { number, total, minutes: Math.max(1, minutes) })
}

const scoreLine = (view: WalkView) =>
  view.t('walk.scoreLine', {
    points: pointsOf(view),
    major: majorHazards(view.checklist, view.context.sheet).length,
  })

const pointsOf = ({ checklist, context }: WalkView) => scoreOf(ledgerOf(checklist, context.sheet)).points ?? 0

/** Answers given in this walk; what an amendment or a re-check brought along stays. */
const changedSince = ({ sheet, firstSheet }: WalkContext) =>
  [...sheet].filter((letter, position) => letter !== firstSheet[position]).length

const numberOf = (position: number, { checklist, context }: WalkView) =>
  askedPositions(checklist, context.sheet).indexOf(position) + 1

const wordsOf = (position: number, { checklist, language }: WalkView) =>
  itemWords(itemAt(checklist, position), language)

function itemAt({ items }: Checklist, position: number): ChecklistItem {
  const item = items[position]
  if (!item) throw new Error(`The checklist has no item at position ${position}`)
  return item
}

/** What an owner said is quoted back, but not at length. */
const shortened = (text: string) => (text.length > 30 ? `${text.slice(0, 29)}…` : text)
