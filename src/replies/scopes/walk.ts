import type { WalkKnown, WalkPlace } from '../../../flows/self-assessment/screens.ts'
import { askedBeside, LISTED, wrongBefore } from '../../../flows/self-assessment/screens.ts'
import { addDays } from '../../calendar/dates.ts'
import { type Checklist, composedRefs, type SiteFacts } from '../../checklist/checklist.ts'
import { hasConfirmed } from '../../checklist/earlier-answers.ts'
import type { ChecklistLibrary } from '../../checklist/library.ts'
import { missingPhotos } from '../../checklist/photos.ts'
import {
  generalHazards,
  type LedgerLine,
  ledgerOf,
  majorHazards,
  markAt,
  numberOf,
  progressOf,
  scoreOf,
  sectionsOf,
} from '../../checklist/rules.ts'
import { workLeft } from '../../checklist/work-left.ts'
import type { Translator } from '../../i18n/translator.ts'
import { hazardTitle, itemWords, nameOf } from '../checklist-words.ts'
import { circled, fullDate, longDate } from '../figures.ts'
import { listed } from '../listed.ts'
import type { Speaking } from '../show.ts'

/** All that a sentence of a walk may name, by the name it has in locales. */
export function walkScope(place: WalkPlace, speaking: Speaking): Record<string, unknown> {
  const { checklist, context, known, value, policy } = place
  const { t, language } = speaking
  const { sheet, position, suspected, correcting } = context
  const ledger = ledgerOf(checklist, sheet)
  const score = scoreOf(ledger)
  const major = majorHazards(checklist, sheet)
  const certain = major.filter((hazard) => hazard.certain).length
  const general = generalHazards(checklist, sheet)
  const item = checklist.items[position]
  const words = item && itemWords(item, language)
  const hazard = major.find(({ positions }) => positions.includes(position))
  const progress = progressOf(checklist, sheet, position)
  const photosLeft = missingPhotos(checklist, context).length
  return {
    ...words,
    now: words?.now ?? words?.advice,
    comment: context.comments[String(position)],
    finding: t(`walk.finding.${value === 'confirming' ? (suspected ?? 'nonconforming') : markAt(sheet, position)}`),
    parts: item ? partsAsked(place, t) : '',
    title: hazard ? hazardTitle(hazard.criterion, language) : '',
    fact: item?.notApplicable?.fact ? nameOf({ of: 'fact', id: item.notApplicable.fact }, place.library, language) : '',
    headcount: known.site.headcount,
    claimant: known.claim?.name,
    enterpriseName: known.claim?.enterprise,
    ...progress,
    minutes: workLeft(checklist, context).minutes,
    points: score.points ?? 0,
    applicable: score.conforming + score.nonconforming + score.unclear,
    conforming: score.conforming,
    unclear: score.unclear,
    general: general.length,
    major: major.length,
    certain,
    perhaps: major.length - certain,
    rectified: ledger.filter(({ mark }) => mark === 'rectified').length,
    moreHazards: general.length - LISTED,
    hazards: dueLines(general, known, speaking),
    items: dueLines(
      ledger.filter(({ mark }) => mark === 'nonconforming'),
      known,
      speaking,
    ),
    minimum: policy.minimumScore.value,
    photosLeft,
    photosAfter: photosLeft - 1,
    photoList: value === 'awaitingPhoto' ? photoList(place, speaking) : '',
    photosAwaited: context.awaited.length,
    changed: [...sheet].filter((letter, at) => letter !== context.firstSheet[at]).length,
    ...(correcting && { corrected: corrected(place, speaking) }),
    ...(correcting && { correctedNumber: numberOf(correcting.position), wanted: t(`walk.finding.${correcting.to}`) }),
    ...(value === 'confirmingChange' && change(place, speaking)),
    ...(value === 'reviewing' && section(place, speaking)),
    ...(value === 'confirmingEarlier' && earlier(place, speaking)),
    ...((value === 'committing' || value === 'confirmingSigner') && {
      declarations: declared(place),
      contactName: known.contactName,
      signedBy: context.signedBy ?? '',
    }),
  }
}

/** By name: what the words left out, each as it is put in the checklist. */
function partsAsked({ checklist, context: { position, missing } }: WalkPlace, t: Translator): string {
  const parts = checklist.items[position]?.hears?.parts ?? []
  return missing.flatMap((index) => parts[index]?.ask ?? []).join(t('screen.comma'))
}

const dueLines = (lines: readonly LedgerLine[], known: WalkKnown, speaking: Speaking) =>
  lines
    .slice(0, LISTED)
    .map((line) => dueLine(line, known, speaking))
    .join('\n')

const dueLine = ({ item, number }: LedgerLine, { dueOn }: WalkKnown, { t, language, today }: Speaking) =>
  t('walk.hazardLine', {
    number,
    advice: itemWords(item, language).advice,
    date: longDate(dueOn.get(item.id) ?? addDays(today, item.rectification.days), language, today),
  })

/** What comes after the photo that is waited for. */
function photoList({ checklist, context }: WalkPlace, { t, language }: Speaking): string {
  return missingPhotos(checklist, context)
    .slice(1, 1 + LISTED)
    .map((position) => {
      const item = checklist.items[position]
      return t('walk.photoLine', {
        number: numberOf(position),
        mustShow: item ? itemWords(item, language).mustShow : '',
      })
    })
    .join('\n')
}

function corrected({ checklist, context: { sheet, correcting } }: WalkPlace, { t, language }: Speaking): string {
  const item = checklist.items[correcting?.position ?? -1]
  return t('walk.correctedLine', {
    number: numberOf(correcting?.position ?? -1),
    question: item ? itemWords(item, language).question : '',
    finding: t(`walk.finding.${markAt(sheet, correcting?.position ?? -1)}`),
  })
}

/** What was understood, and how many questions more or less that makes. */
function change(place: WalkPlace, { t, language, today }: Speaking) {
  const { added, removed } = place.context.change ?? { added: [], removed: [] }
  const named = (facts: readonly string[]) =>
    listed(
      facts.map((id) => nameOf({ of: 'fact', id }, place.library, language)),
      t,
    )
  const before = idsAsked(place.library, place.known.site, today)
  const after = idsAsked(place.library, changedSite(place.known.site, { added, removed }), today)
  const more = [...after].filter((id) => !before.has(id)).length
  const fewer = [...before].filter((id) => !after.has(id)).length
  return {
    understood: [
      ...(added.length > 0 ? [t('walk.changeAdded', { facts: named(added) })] : []),
      ...(removed.length > 0 ? [t('walk.changeRemoved', { facts: named(removed) })] : []),
    ].join('\n'),
    consequences: [
      ...(more > 0 ? [t('walk.changeMore', { count: more })] : []),
      ...(fewer > 0 ? [t('walk.changeFewer', { count: fewer })] : []),
      ...(more + fewer === 0 ? [t('walk.changeNothing')] : []),
    ].join(t('screen.semicolon')),
  }
}

const idsAsked = (library: ChecklistLibrary, site: SiteFacts, today: string) =>
  new Set(composedRefs(library, site, today))

/** The site as it would be. */
export const changedSite = (
  site: SiteFacts,
  { added, removed }: { readonly added: readonly string[]; readonly removed: readonly string[] },
): SiteFacts => ({ ...site, facts: [...new Set([...site.facts.filter((fact) => !removed.includes(fact)), ...added])] })

/** One section as it was answered, line by line, with what is missing. */
function section({ checklist, context, known }: WalkPlace, { t, language }: Speaking) {
  const sections = sectionsOf(checklist, context.sheet)
  const index = Math.min(context.section, sections.length - 1)
  const { element, lines } = sections[index] ?? { element: 'objectives' as const, lines: [] }
  const missing = new Set(missingPhotos(checklist, context))
  return {
    element: t(`element.${element}`),
    sectionNumber: index + 1,
    sections: sections.length,
    answers: lines
      .map(({ item, number, position, mark }) => {
        const photos = context.photos[String(position)] ?? 0
        return [
          t('walk.answerLine', {
            number,
            finding: t(`walk.finding.${mark}`),
            question: itemWords(item, language).question,
          }),
          ...(photos > 0 ? [t('walk.photosThere', { count: photos })] : []),
          ...(missing.has(position) ? [t('walk.photoMissing')] : []),
          ...(known.answeredBy.has(item.id) ? [t('walk.answeredBy', { name: known.answeredBy.get(item.id) })] : []),
        ].join(' ')
      })
      .join('\n'),
  }
}

/** Some answers of an earlier time, and what of their section is asked one by one. */
function earlier(place: WalkPlace, { t, language }: Speaking) {
  const { checklist, context } = place
  const { batch, sheet, earlier } = context
  const element = checklist.items[batch[0] ?? -1]?.element ?? 'objectives'
  const { left, oneByOne, toConfirm } = workLeft(checklist, context)
  return {
    element: t(`element.${element}`),
    sectionNumber: sectionsOf(checklist, sheet).findIndex((section) => section.element === element) + 1,
    earlierOn: earlier ? fullDate(earlier.completedOn, language) : '',
    earlierAnswers: batch
      .map((position, index) => {
        const item = checklist.items[position]
        return t('walk.answerLine', {
          number: circled(index + 1),
          finding: t(`walk.finding.${markAt(earlier?.sheet ?? '', position)}`),
          question: item ? itemWords(item, language).question : '',
        })
      })
      .join('\n'),
    beside: askedBeside(place).length,
    wrong: wrongBefore(place).length,
    left,
    oneByOne,
    toConfirm,
  }
}

const declared = (place: WalkPlace) =>
  declarationsOf(place)
    .map((text, index) => `${circled(index + 1)} ${text}`)
    .join('\n')

/** Only sentences that are true of this application. */
export function declarationsOf({ checklist, context, policy }: WalkPlace): string[] {
  const { sheet } = context
  const holds = {
    always: true,
    confirmedEarlier: hasConfirmed(context),
    majorRectified: hasRectifiedMajor(checklist, sheet),
    hazardsDue: generalHazards(checklist, sheet).length > 0,
  }
  return policy.declarations.value.filter(({ when }) => holds[when]).map(({ text }) => text)
}

const hasRectifiedMajor = (checklist: Checklist, sheet: string) =>
  majorHazards(checklist, sheet.replaceAll('R', 'N')).length > 0
