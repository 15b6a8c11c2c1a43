import { daysBetween } from '../calendar/dates.ts'
import { type ChecklistItem, checklistOf } from '../checklist/checklist.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { itemsOf } from '../checklist/rules.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import type { NumberedHazard } from '../rectification/index.ts'
import { hazardTitle, itemWords } from './checklist-words.ts'
import { circled, fullDate, longDate } from './figures.ts'

/** Whom the register is read to. */
export interface HazardView {
  readonly t: Translator
  readonly language: Language
  readonly library: ChecklistLibrary
  /** ISO date in China. */
  readonly today: string
}

/** As many as one looks through on a phone. */
const SHOWN = 10

/** The register in a chat: what is open, the most urgent first; of the rest how many there are. */
export function hazardLines(register: readonly NumberedHazard[], view: HazardView): string[] {
  const { t } = view
  if (register.length === 0) return [t('hazards:list.empty')]
  const open = register.filter(({ state }) => state === 'open').sort((a, b) => a.dueOn.localeCompare(b.dueOn))
  if (open.length === 0) return [t('hazards:list.allDone')]
  const more = open.length - SHOWN
  return [
    t('hazards:list.heading', { count: open.length }),
    ...open.slice(0, SHOWN).map((hazard) => hazardLine(hazard, view)),
    ...(more > 0 ? [t('hazards:list.more', { count: more })] : []),
  ]
}

type ListedHazard = Pick<NumberedHazard, 'number' | 'ref' | 'grade' | 'state' | 'dueOn' | 'doneOn' | 'acceptedOn'>

/** What it is, and by when it is to be put right. */
export function hazardLine(hazard: ListedHazard, view: HazardView): string {
  const { t } = view
  const named = { mark: circled(hazard.number), what: hazardText(hazard, view) }
  const what = hazard.grade === 'major' ? t('hazards:list.major', named) : t('hazards:list.what', named)
  return t('hazards:list.line', { what, term: termText(hazard, view) })
}

/** By when, in words: how long that still is, once it is near. */
export function termText({ state, dueOn, doneOn, acceptedOn }: ListedHazard, view: HazardView): string {
  const { t, language, today } = view
  const day = (date: string) => longDate(date, language, today)
  if (state === 'accepted' && acceptedOn !== null) return t('hazards:term.accepted', { on: day(acceptedOn) })
  if (doneOn !== null) return t('hazards:term.done', { on: day(doneOn) })
  const on = day(dueOn)
  const left = daysBetween(today, dueOn)
  if (left === 0) return t('hazards:term.today', { on })
  if (left < 0) return t('hazards:term.overdue', { on, count: -left })
  return left <= SOON ? t('hazards:term.soon', { on, count: left }) : t('hazards:term.ahead', { on })
}

/** In days. */
const SOON = 7

/** A major hazard by its criterion, another by its question: as the checklist has them in which it was found. */
export function hazardText({ ref, grade }: Pick<NumberedHazard, 'ref' | 'grade'>, view: HazardView): string {
  const { language, library } = view
  const { item, hazards } = itemNamed(library, ref)
  const criterion = grade === 'major' && hazards.find((each) => itemsOf(each).includes(item.id))
  return criterion ? hazardTitle(criterion, language) : itemWords(item, language).question
}

/** One line of the register, in words. */
export interface HazardWords {
  readonly number: number
  readonly what: string
  readonly section: string
  readonly grade: string
  readonly measure: string
  readonly person: string
  readonly foundOn: string
  readonly term: string
  readonly state: string
  readonly doneOn: string
  readonly accepted: string
}

/** @param personInCharge who puts right what nobody else was named for */
export function hazardWords(hazard: NumberedHazard, personInCharge: string, view: HazardView): HazardWords {
  const { t, language, library } = view
  const { item } = itemNamed(library, hazard.ref)
  const day = (date: string | null) => (date === null ? '' : fullDate(date, language))
  return {
    number: hazard.number,
    what: hazardText(hazard, view),
    section: t(`element.${item.element}`),
    grade: t(`hazards:grade.${hazard.grade}`),
    measure: hazard.measure ?? itemWords(item, language).advice,
    person: hazard.person ?? personInCharge,
    foundOn: day(hazard.foundOn),
    term: day(hazard.dueOn),
    state: t(`hazards:state.${hazard.state}`),
    doneOn: day(hazard.doneOn),
    accepted:
      hazard.acceptedOn === null
        ? ''
        : t('hazards:register.acceptedBy', { on: day(hazard.acceptedOn), who: hazard.acceptedBy }),
  }
}

/** What a register is called, and its columns. */
export interface RegisterWords {
  readonly title: string
  /** Of the sheet, and of the file. */
  readonly sheet: string
  readonly columns: Readonly<Record<keyof HazardWords, string>>
}

export function registerWords(enterprise: string, { t, language, today }: HazardView): RegisterWords {
  return {
    title: t('hazards:register.title', { enterprise, on: fullDate(today, language) }),
    sheet: t('hazards:register.sheet'),
    columns: {
      number: t('hazards:register.number'),
      what: t('hazards:register.what'),
      section: t('hazards:register.section'),
      grade: t('hazards:register.grade'),
      measure: t('hazards:register.measure'),
      person: t('hazards:register.person'),
      foundOn: t('hazards:register.foundOn'),
      term: t('hazards:register.term'),
      state: t('hazards:register.state'),
      doneOn: t('hazards:register.doneOn'),
      accepted: t('hazards:register.accepted'),
    },
  }
}

function itemNamed(library: ChecklistLibrary, ref: string) {
  const { items, hazards } = checklistOf(library, [ref])
  return { item: items[0] as ChecklistItem, hazards: hazards.filter(({ grade }) => grade === 'major') }
}
