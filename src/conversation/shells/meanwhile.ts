import { advance, innermost } from '../../../flows/advance.ts'
import type { RecordChange, WalkContext } from '../../../flows/self-assessment/self-assessment.machine.ts'
import { chinaDateOf } from '../../calendar/dates.ts'
import type { Checklist } from '../../checklist/checklist.ts'
import { markAt, numberOf } from '../../checklist/rules.ts'
import { sheetOfAnswers } from '../../checklist/sheet-of.ts'
import { translators } from '../../i18n/translator.ts'
import { listingOf } from '../../standardization/index.ts'
import { type AnswerOfOther, answersOf, answersOfOthers } from '../../storage/answers.ts'
import type { Seen } from '../../storage/conversations.ts'
import { assessmentState } from '../../storage/enrolment.ts'
import { photosOfOthers } from '../../storage/evidence.ts'
import { type Member, membersOf } from '../../storage/members.ts'
import type { Conversation } from '../conversation.ts'
import { walkOn } from './begin-walk.ts'
import { departed } from './departed.ts'
import { goneOn } from './go-on.ts'
import type { Meanwhile, Said, Unit } from './shell.ts'
import { homeNext } from './standing.ts'

/**
 * A bookmark of a walk is brought up to date with what others did in it: the record is the truth. Undefined when nobody
 * did anything. The assessment is held.
 */
export async function meanwhile(unit: Unit): Promise<Meanwhile | undefined> {
  const { enterprise, contact } = unit.conversation
  if (!enterprise) throw new Error('Only an enrolled enterprise walks')
  const members = await membersOf(unit.trx, enterprise.id)
  if (members.some((member) => member.contact === contact && member.hasLeft)) return departed(unit)
  const others = members.filter((member) => member.contact !== contact)
  if (others.length === 0) return undefined
  if (await isOver(unit)) return left(unit)

  const changed = await overTheSameChecklist(unit)
  const answered = await withAnswers(changed ? { ...unit, conversation: changed.conversation } : unit, others)
  if (!changed && !answered) return undefined
  return {
    conversation: (answered ?? changed)?.conversation ?? unit.conversation,
    said: [...(changed?.said ?? []), ...(answered?.said ?? [])],
    stale: changed || answered?.stale ? 'screen' : null,
  }
}

/** Whether somebody else has submitted it; an amendment amends what was completed long ago. */
export async function isOver({ trx, conversation, at }: Unit): Promise<boolean> {
  const { assessment, enterprise, snapshot } = conversation
  if (!assessment || !enterprise) return true
  const { purpose } = snapshot.context as WalkContext
  if (purpose !== 'amendment') return (await assessmentState(trx, assessment.id)) !== 'open'
  return !(await listingOf(trx, enterprise.id, chinaDateOf(at))).mayBegin.includes('amendment')
}

function left({ house, conversation }: Unit): Meanwhile {
  const { enterprise, language } = conversation
  if (!enterprise) throw new Error('Only an enrolled enterprise walks')
  return {
    conversation: goneOn(house, conversation, homeNext(enterprise)).conversation,
    said: [{ note: translators[language]('colleagues.submitted') }],
    stale: 'walk',
  }
}

/** Somebody else has said what is on the site now: other questions are asked. */
async function overTheSameChecklist(unit: Unit): Promise<Omit<Meanwhile, 'stale'> | undefined> {
  const { house, conversation } = unit
  if (conversation.refs === null || !conversation.enterprise) return undefined
  const { said, next } = await walkOn(unit, conversation.enterprise, conversation.snapshot.context as WalkContext)
  if (!next) throw new Error('A walk goes on over another checklist')
  return { conversation: goneOn(house, conversation, next).conversation, said }
}

async function withAnswers(unit: Unit, others: readonly Member[]): Promise<Meanwhile | undefined> {
  const { trx, conversation } = unit
  const { assessment, setting, contact, seen } = conversation
  const { checklist } = setting
  if (!assessment || !checklist) throw new Error('A walk has an assessment and a checklist')
  const rows = await answersOfOthers(trx, { assessmentId: assessment.id, contact, after: seen.answer })
  const photos = await photosOfOthers(trx, { assessmentId: assessment.id, contact })
  const { sheet, position } = conversation.snapshot.context as WalkContext
  const change = {
    marks: rows.length > 0 ? await marksOf(unit, checklist, { sheet, rows }) : {},
    photos: differences(checklist, seen.photos, photos),
  }
  const isSame = Object.keys(change.marks).length + Object.keys(change.photos).length === 0
  if (isSame && rows.length === 0) return undefined

  const now = { answer: Math.max(seen.answer, ...rows.map(({ seq }) => seq)), photos: Object.fromEntries(photos) }
  if (isSame) return { conversation: { ...conversation, seen: now }, said: [], stale: null }
  const { snapshot } = advance(conversation.machine, conversation.snapshot, { type: 'record.changed', ...change })
  const after = { ...conversation, snapshot, seen: now }
  const isStale = String(position) in change.marks || whereIs(after) !== whereIs(conversation)
  return {
    conversation: after,
    said: told(unit, { checklist, rows, change, others, position }),
    stale: isStale ? 'screen' : null,
  }
}

/** What stands now of items that others answered, where the bookmark has it otherwise. */
async function marksOf(
  { trx, conversation }: Unit,
  checklist: Checklist,
  { sheet, rows }: { readonly sheet: string; readonly rows: readonly AnswerOfOther[] },
): Promise<RecordChange['marks']> {
  const record = sheetOfAnswers(checklist, await answersOf(trx, conversation.assessment?.id ?? ''))
  const positions = [...new Set(rows.flatMap(({ itemId }) => checklist.positions.get(itemId) ?? []))]
  return Object.fromEntries(
    positions
      .map((position) => [String(position), markAt(record, position)] as const)
      .filter(([position, mark]) => markAt(sheet, Number(position)) !== mark),
  )
}

function differences(
  checklist: Checklist,
  before: Seen['photos'],
  now: ReadonlyMap<string, number>,
): RecordChange['photos'] {
  const items = new Set([...Object.keys(before), ...now.keys()])
  return Object.fromEntries(
    [...items].flatMap((item) => {
      const position = checklist.positions.get(item)
      const more = (now.get(item) ?? 0) - (before[item] ?? 0)
      return position === undefined || more === 0 ? [] : [[String(position), more]]
    }),
  )
}

function whereIs({ snapshot }: Conversation): string {
  const { position, batch } = snapshot.context as WalkContext
  return `${innermost(snapshot.value)} ${position} ${batch}`
}

interface Change {
  readonly checklist: Checklist
  readonly rows: readonly AnswerOfOther[]
  readonly change: RecordChange
  readonly others: readonly Member[]
  /** Of the item in hand. */
  readonly position: number
}

/** All of it in one note: first what was just being asked. */
function told({ conversation }: Unit, { checklist, rows, change, others, position }: Change): Said[] {
  const t = translators[conversation.language]
  const lastBy = new Map(rows.map(({ itemId, by }) => [checklist.positions.get(itemId) ?? -1, by]))
  const name = (contact: string) => others.find((other) => other.contact === contact)?.name ?? ''
  const inHand = change.marks[String(position)]
  const elsewhere = Object.keys(change.marks)
    .map(Number)
    .filter((each) => each !== position)
  const lines = others.flatMap(({ contact, name }) => {
    const numbers = elsewhere.filter((each) => lastBy.get(each) === contact).map(numberOf)
    if (numbers.length === 0) return []
    const shown = numbers.slice(0, MOST_NUMBERS).join(t('screen.comma'))
    const values = { name, count: numbers.length, numbers: shown }
    return numbers.length > MOST_NUMBERS ? t('colleagues.answeredMany', values) : t('colleagues.answered', values)
  })
  const photos = Object.values(change.photos).reduce((sum, more) => sum + Math.max(0, more), 0)
  const all = [
    ...(inHand
      ? [t('colleagues.justAnswered', { name: name(lastBy.get(position) ?? ''), finding: t(`walk.finding.${inHand}`) })]
      : []),
    ...lines,
    ...(photos > 0 ? [t('colleagues.photos', { count: photos })] : []),
  ]
  return all.length > 0 ? [{ note: all.join('\n') }] : []
}

/** As many as fit on a line. */
const MOST_NUMBERS = 8
