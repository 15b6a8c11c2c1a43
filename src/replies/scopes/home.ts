import type { FiledAnswer, HomeHazard, HomeKnown, HomePlace } from '../../../flows/home/screens.ts'
import { checklistOf } from '../../checklist/checklist.ts'
import { elements } from '../../checklist/schema.ts'
import { itemWords } from '../checklist-words.ts'
import { fullDate, longDate } from '../figures.ts'
import { hazardLine } from '../hazards.ts'
import { type OurTerms, termNote } from '../our-term.ts'
import type { Speaking } from '../show.ts'

/** All that a sentence at home may name. */
export function homeScope({ context, known }: HomePlace, speaking: Speaking): Record<string, unknown> {
  const { t, language, today } = speaking
  const { wish } = context
  const open = known.hazards.filter(({ state }) => state === 'open')
  const hazard = known.hazards.find(({ id }) => id === context.hazard)
  return {
    enterpriseName: known.enterpriseName,
    contactName: known.contactName,
    claimant: known.claim?.name,
    standing: known.isClosed ? `${standing(known, speaking)}\n${t('home.closed')}` : standing(known, speaking),
    openHazards: open.length > 0 ? t('home.openCount', { count: open.length }) : '',
    canSay: canSay(known, open.length > 0, speaking),
    hazardList: open.map((each) => hazardLine(each, speaking)).join('\n'),
    hazard: hazard ? hazardLine(hazard, speaking) : '',
    person: hazard?.person ?? known.contactName,
    latest: known.latestDue ? longDate(known.latestDue, language, today) : '',
    wishedDay: wish?.kind === 'due' ? longDate(wish.date, language, today) : '',
    wishedPerson: wish?.kind === 'person' ? wish.person : '',
    doneByWord: t('home.button.doneByWord'),
    number: known.application?.number,
    bureau: nameOfBureau(known, speaking),
    decision: standing(known, speaking).split('\n')[0],
    objection: context.objection ?? '',
    ...page(known, context.page, speaking),
  }
}

const nameOfBureau = ({ district }: HomeKnown, { library }: Speaking) =>
  library.districts.districts.find(({ code }) => code === district)?.bureau ?? library.districts.city.title

function canSay(
  { application, mayWithdraw, mayObject }: HomeKnown,
  hasHazards: boolean,
  { t }: Pick<Speaking, 't'>,
): string {
  return [
    ...(application ? [t('home.can.answers')] : []),
    ...(mayWithdraw ? [t('home.can.withdraw')] : []),
    ...(mayObject ? [t('home.can.object')] : []),
    ...(hasHazards ? [t('home.can.register')] : []),
    t('home.can.profile'),
    t('home.can.contact'),
  ].join(t('screen.comma'))
}

/** One page of what was filed, line by line. */
function page({ filed = [] }: HomeKnown, wanted: number, speaking: Speaking) {
  const index = Math.min(wanted, filed.length - 1)
  const { element = 'objectives', lines = [] } = filed[index] ?? {}
  const named = elements.find((each) => each === element) ?? 'objectives'
  return {
    element: speaking.t(`element.${named}`),
    pageNumber: index + 1,
    pages: filed.length,
    answers: lines.map((line) => answerLine(line, speaking)).join('\n'),
  }
}

function answerLine({ number, ref, mark, photos }: FiledAnswer, { t, language, library }: Speaking): string {
  const [item] = checklistOf(library, [ref]).items
  const finding = t(`walk.finding.${mark}`)
  return [
    t('walk.answerLine', { number, finding, question: item ? itemWords(item, language).question : '' }),
    ...(photos > 0 ? [t('walk.photosThere', { count: photos })] : []),
  ].join(' ')
}

/** What is put right, with when, and whether the regulator has seen it. */
export const settledLines = (hazards: readonly HomeHazard[], speaking: Speaking): string =>
  hazards.map((hazard) => hazardLine(hazard, speaking)).join('\n')

function standing(known: HomeKnown, speaking: Speaking): string {
  const { t, language, today } = speaking
  const { application } = known
  if (!application) return t('home.noApplication')
  const { number, state, nextVerificationOn } = application
  const date = (day: string | undefined) => (day ? fullDate(day, language) : '')
  const validUntil = date(application.validUntil)
  const on = date(nextVerificationOn)
  const term = (which: keyof OurTerms) => termNote(known.ourTerms[which], nameOfBureau(known, speaking), t)
  switch (state) {
    case 'filed':
    case 'underReview':
      return t('home.underReview', {
        number,
        filedOn: date(application.filedOn),
        dueOn: date(application.reviewDueOn),
        term: term('review'),
      })
    case 'returned':
      return t('home.returned', { number, dueOn: date(application.amendmentDueOn), term: term('amendment') })
    case 'rejected':
      return ended(t('home.rejected', { number }), known, speaking)
    case 'withdrawn':
      return t('home.withdrawn', { number })
    case 'inPublicity':
    case 'approved':
      return t('home.inPublicity', { number })
    case 'revoked':
      return ended(t('home.revoked', { number }), known, speaking)
    case 'expired':
      return t('home.expired', { number, validUntil })
    case 'rectifying':
      return t('home.rectifying', { validUntil })
    case 'verificationDue':
      return nextVerificationOn && nextVerificationOn < today
        ? t('home.verificationOverdue', { validUntil, on })
        : t('home.verificationDue', { validUntil, on })
    default:
      return nextVerificationOn ? t('home.announced', { validUntil, on }) : t('home.announcedLast', { validUntil })
  }
}

/** By a regulator: why, and from when it may be tried again. */
function ended(body: string, { application, mayApplyFrom }: HomeKnown, { t, language }: Speaking): string {
  return [
    body,
    ...(application?.reason ? [t('home.reason', { reason: application.reason })] : []),
    ...(mayApplyFrom ? [t('home.mayApplyFrom', { from: fullDate(mayApplyFrom, language) })] : []),
  ].join('\n')
}
