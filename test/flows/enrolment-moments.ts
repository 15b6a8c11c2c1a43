import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'
import {
  type EnrolmentContext,
  type EnrolmentEvent,
  enrolment,
  enrolmentFields,
  type Problem,
  type ProfileUpdate,
} from '../../flows/enrolment/enrolment.machine.ts'
import { loadContent } from '../../src/content.ts'

const { library } = loadContent()

/** Every way in which an answer is of no use. */
const problems: readonly (readonly [Problem, (readonly string[])?])[] = [
  [{ field: 'uscc', kind: 'malformed', check: { type: 'wrongLength', code: '', length: 0 } }],
  [{ field: 'uscc', kind: 'malformed', check: { type: 'wrongLength', code: '9144', length: 4 } }],
  [{ field: 'uscc', kind: 'malformed', check: { type: 'wrongCharacter', code: '9144O300MA5FABCD1Q', position: 5 } }],
  [
    {
      field: 'uscc',
      kind: 'malformed',
      check: { type: 'wrongCheckDigit', code: '91440300MA5FABCD1X', likelyPosition: 18 },
    },
  ],
  [{ field: 'uscc', kind: 'malformed', check: { type: 'madeUp', code: '111111111111111111' } }],
  [{ field: 'uscc', kind: 'malformed', check: { type: 'wrongKind', code: '14440300MA5FABCD1X', position: 1 } }],
  [{ field: 'uscc', kind: 'malformed', check: { type: 'wrongRegion', code: '91990300MA5FABCD1X', position: 3 } }],
  [{ field: 'name', kind: 'unread', said: '我们公司' }],
  [{ field: 'district', kind: 'unknown', said: '东莞' }],
  [{ field: 'district', kind: 'similar', said: '龙' }, ['440307', '440309']],
  [{ field: 'district', kind: 'zone', zone: 'qianhai' }, ['440305', '440306']],
  [{ field: 'district', kind: 'zone', zone: 'shenshan' }, []],
  [{ field: 'industry', kind: 'unknown', said: '做梦的', facts: [] }, ['331', '211']],
  [{ field: 'industry', kind: 'similar', said: '铁的，也喷漆', facts: ['sprayPainting'] }, ['331']],
  [{ field: 'headcount', kind: 'unread', said: '很多' }],
  [{ field: 'headcount', kind: 'about' }],
  [{ field: 'headcount', kind: 'below', value: 50 }],
  [{ field: 'headcount', kind: 'above', value: 300 }],
  [{ field: 'headcount', kind: 'implausible', value: 99_999 }],
  [{ field: 'contact', kind: 'unread', said: '保密' }],
  [{ field: 'contact', kind: 'partial', surname: '黄' }],
  [{ field: 'phone', kind: 'unread', said: '123' }],
]

const invitation = { hash: 'h', enterprise: '强盛金属制品有限公司', host: '陈志强' }

/** A colleague is asked to be the contact. */
export const asSuccessor: ProfileUpdate = {
  draft: { facts: [] },
  updating: 'home',
  invitation: { ...invitation, to: 'contact' },
}

export const enrolmentEvents: readonly EnrolmentEvent[] = [
  { type: 'consent.given' },
  { type: 'consent.refused' },
  { type: 'preview.asked' },
  { type: 'greeting.asked' },
  { type: 'uscc.given', uscc: '91440300MA5FABCD1Q' },
  { type: 'uscc.taken', uscc: '91440300MA5FABCD1Q', isClaimed: false },
  { type: 'uscc.taken', uscc: '91440300MA5FABCD1Q', isClaimed: true },
  { type: 'claim.named', name: '黄伟' },
  { type: 'claim.withdrawn' },
  { type: 'claim.left' },
  { type: 'licence.received', evidenceId: 'p1', mediaId: 'm1' },
  { type: 'licence.settled', evidenceId: 'p1', outcome: 'stored' },
  { type: 'claim.answered', claimId: 'c1', admits: true },
  { type: 'successor.invited' },
  { type: 'successor.confirmed' },
  { type: 'name.given', name: '强盛金属制品有限公司' },
  { type: 'district.given', code: '440307', zone: 'dapeng' },
  { type: 'industry.given', trade: { code: '331', industry: 'machinery', facts: ['sprayPainting'] } },
  { type: 'industry.confirmed' },
  { type: 'industry.denied' },
  { type: 'industry.outside', code: outsideClass() },
  { type: 'headcount.given', headcount: 38 },
  { type: 'contact.given', name: '陈志强' },
  { type: 'phone.given', phone: '13812345678' },
  { type: 'field.doubted', doubted: { field: 'name', value: '阿强五金' } },
  { type: 'field.doubted', doubted: { field: 'contact', value: '黄总' } },
  { type: 'doubt.dismissed' },
  ...problems.map(
    ([problem, suggested]): EnrolmentEvent => ({
      type: 'answer.unusable',
      problem,
      ...(suggested && { suggested }),
    }),
  ),
  { type: 'facts.picked', facts: [] },
  { type: 'facts.picked', facts: ['sprayPainting', 'hotWork'] },
  { type: 'facts.denied', facts: ['sprayPainting'] },
  { type: 'facts.contradicted' },
  { type: 'facts.noneClaimed', noted: ['sprayPainting'] },
  { type: 'photo.received' },
  ...(['walk', 'item', 'contact'] as const).map(
    (to): EnrolmentEvent => ({ type: 'invitation.found', invitation: { ...invitation, to } }),
  ),
  { type: 'invitation.refused', why: 'used' },
  { type: 'colleague.named', name: '黄伟' },
  { type: 'enrolment.confirmed' },
  ...enrolmentFields.map((field): EnrolmentEvent => ({ type: 'field.reopened', field })),
  { type: 'fields.listed' },
  { type: 'changes.dropped' },
  { type: 'step.back' },
  { type: 'progress.asked' },
  { type: 'enrolment.paused' },
  { type: 'enrolment.resumed' },
  { type: 'restart.asked' },
  { type: 'enrolment.restarted' },
]

function outsideClass(): string {
  const found = library.industries.classes.find(({ industry }) => industry === 'none')
  if (!found) throw new Error('Every trade is one of ours')
  return found.code
}

/** What a draft has rather than what it is, and what is remembered only where it shows. */
export const distinguishing = ({ value, context }: AnyMachineSnapshot) => {
  const { draft, group, correcting, changed, problem, doubted, trade, interrupted, invitation, licence } =
    context as EnrolmentContext
  const place = JSON.stringify(value)
  const shown = [
    ...(place.includes('doubting') ? [doubted] : []),
    ...(place.includes('confirmingIndustry') ? [trade] : []),
    ...(place.includes('askingFacts') ? [group] : []),
    ...(place.includes('Restart') ? [interrupted] : []),
    ...(place.includes('claiming') ? [licence !== null] : []),
    ...(place.includes('invited') ? [invitation?.to] : []),
  ]
  // Where a code is claimed, what was told before does not matter.
  if (/[cC]laim|Succe/.test(place)) return [value, correcting, problem, ...shown]
  return [value, Object.keys(draft).length, draft.facts.length > 0, correcting, changed, problem, ...shown]
}

/** What can happen anywhere, and what is said of claims and of handing over, where it matters. */
const onlyIn: Readonly<Record<string, RegExp>> = {
  'uscc.taken': /askingUscc|[cC]laim|confirming"/,
  'claim.': /[cC]laim/,
  'licence.': /[cC]laim/,
  'successor.': /Succession|choosingField/,
}

/** Only what can be said there: nobody names a district when asked for a phone number. */
export const fits = ({ value }: AnyMachineSnapshot, event: EnrolmentEvent) => {
  const only = Object.entries(onlyIn).find(([beginning]) => event.type.startsWith(beginning))
  if (only && !only[1].test(JSON.stringify(value))) return false

  const field = event.type === 'answer.unusable' ? event.problem.field : undefined
  if ((value === 'invited' || String(JSON.stringify(value)).includes('claiming')) && field)
    return JSON.stringify(event).includes('保密')
  const doubted = event.type === 'field.doubted' ? event.doubted.field : undefined
  const place = JSON.stringify(value).toLowerCase()
  return [field, doubted].every((each) => each === undefined || place.includes(each))
}

const machine: AnyStateMachine = enrolment(library)

/** Everywhere that an enrolment, or a change of the particulars, can be. */
export const enrolmentMoments = (input?: ProfileUpdate): readonly AnyMachineSnapshot[] =>
  Object.values(
    getAdjacencyMap(machine, {
      input,
      events: (state) => enrolmentEvents.filter((event) => fits(state, event)),
      serializeState: (state) => JSON.stringify(distinguishing(state)),
      limit: 30_000,
    }),
  )
    .map(({ state }) => state)
    .filter(({ status }) => status !== 'done')

export const wholeDraft = {
  uscc: '91440300MA5FABCD1Q',
  name: '强盛金属制品有限公司',
  district: '440307',
  industryClass: '331',
  industry: 'machinery',
  headcount: 38,
  contactName: '陈志强',
  contactPhone: '13812345678',
  facts: ['sprayPainting', 'forklifts'],
}
