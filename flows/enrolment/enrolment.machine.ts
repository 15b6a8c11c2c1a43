import { assign, emit, setup } from 'xstate'
import { profileGroups } from '../../src/checklist/checklist.ts'
import type { ChecklistLibrary } from '../../src/checklist/library.ts'
import type { UsccCheck } from '../../src/enterprise/uscc.ts'

export type EnrolmentEvent =
  | { type: 'consent.given' }
  | { type: 'consent.refused' }
  | { type: 'preview.asked' }
  | { type: 'uscc.given'; uscc: string }
  | { type: 'uscc.malformed'; problem: UsccProblem }
  /** Somebody else registered it. */
  | { type: 'uscc.taken'; uscc: string }
  | { type: 'name.given'; name: string }
  | { type: 'district.given'; code: string }
  | { type: 'district.unknown'; said: string; closest: readonly string[] }
  | { type: 'industry.given'; match: IndustryMatch }
  /** Nothing came near when it is no guess: one class of every industry is offered instead. */
  | { type: 'industry.unknown'; said: string; isGuess: boolean; closest: readonly string[] }
  | { type: 'industry.confirmed' }
  | { type: 'industry.denied' }
  | { type: 'headcount.given'; headcount: number }
  | { type: 'contact.given'; name: string }
  | { type: 'phone.given'; phone: string }
  | { type: 'facts.picked'; facts: readonly string[] }
  | { type: 'enrolment.confirmed' }
  /** By the key of a field. */
  | { type: 'field.reopened'; field: EnrolmentField }
  | { type: 'fields.listed' }
  | { type: 'step.back' }
  | { type: 'answer.notUnderstood'; text: string }
  | { type: 'enrolment.restarted' }
  | { type: 'prompt.repeated' }

export type EnrolmentField = 'uscc' | 'name' | 'district' | 'industry' | 'headcount' | 'contact' | 'phone' | 'facts'

export type UsccProblem = Exclude<UsccCheck, { type: 'ok' }>

export interface IndustryMatch {
  /** GB/T 4754. */
  readonly code: string
  /** Id of the industry checklist. */
  readonly industry: string
  /** Site facts that were mentioned on the way. */
  readonly facts: readonly string[]
}

export type EnrolmentEffect = { type: 'registerEnterprise'; draft: CompleteDraft } | EnrolmentScreen

export type EnrolmentScreen =
  | { type: 'greet' }
  | { type: 'showPreview' }
  | { type: 'acceptRefusal' }
  | { type: 'askUscc' }
  | { type: 'explainUscc'; problem: UsccProblem }
  | { type: 'sayUsccTaken'; uscc: string }
  | { type: 'askName' }
  | { type: 'askDistrict' }
  | { type: 'suggestDistricts'; said: string; closest: readonly string[] }
  | { type: 'askIndustry' }
  | { type: 'suggestIndustries'; said: string; isGuess: boolean; closest: readonly string[] }
  | { type: 'confirmIndustry' }
  | { type: 'askHeadcount' }
  | { type: 'askContact' }
  | { type: 'askPhone' }
  | { type: 'askFacts'; group: number }
  | { type: 'confirmEnrolment' }
  | { type: 'listFields' }
  | { type: 'sayEnrolmentNotUnderstood'; text: string }

export interface EnrolmentDraft {
  readonly uscc?: string
  readonly name?: string
  readonly district?: string
  readonly industryClass?: string
  readonly industry?: string
  readonly headcount?: number
  readonly contactName?: string
  readonly contactPhone?: string
  /** Site facts so far; those mentioned with the industry are ticked beforehand. */
  readonly facts: readonly string[]
}

export type CompleteDraft = Required<EnrolmentDraft>

export interface EnrolmentContext {
  readonly draft: EnrolmentDraft
  /** The group of the site profile being asked. */
  readonly group: number
  /** One field is being put right; after it the summary comes again. */
  readonly correcting: boolean
}

/** First contact: consent, who the enterprise is, and what it has on its site. */
export const enrolment = ({ siteProfile }: Pick<ChecklistLibrary, 'siteProfile'>) => {
  const groupsOf = ({ draft }: EnrolmentContext) => profileGroups(siteProfile, draft.industry ?? '')

  return setup({
    types: {
      context: {} as EnrolmentContext,
      events: {} as EnrolmentEvent,
      emitted: {} as EnrolmentEffect,
    },
    guards: {
      isCorrecting: ({ context }) => context.correcting,
      hasMoreGroups: ({ context }) => context.group + 1 < groupsOf(context).length,
      isFirstGroup: ({ context }) => context.group === 0,
      isField: ({ event }, field: EnrolmentField) => event.type === 'field.reopened' && event.field === field,
    },
    actions: {
      keep: assign(({ context: { draft }, event }) => ({ draft: { ...draft, ...said(event, draft) } })),
      /** The ticks of one group replace what was known of that group only. */
      keepFacts: assign(({ context, event }) => {
        const { draft, group } = context
        const ofGroup = groupsOf(context)[group]?.facts.map(({ id }) => id) ?? []
        const picked = event.type === 'facts.picked' ? event.facts.filter((fact) => ofGroup.includes(fact)) : []
        return { draft: { ...draft, facts: [...draft.facts.filter((fact) => !ofGroup.includes(fact)), ...picked] } }
      }),
      toFirstGroup: assign({ group: 0 }),
      toNextGroup: assign({ group: ({ context }) => context.group + 1 }),
      toGroupBefore: assign({ group: ({ context }) => context.group - 1 }),
      beginCorrecting: assign({ correcting: true }),
      endCorrecting: assign({ correcting: false }),
      forgetAll: assign({ draft: { facts: [] }, group: 0, correcting: false }),

      registerEnterprise: emit(({ context }) => ({
        type: 'registerEnterprise',
        draft: context.draft as CompleteDraft,
      })),
      greet: emit({ type: 'greet' }),
      showPreview: emit({ type: 'showPreview' }),
      acceptRefusal: emit({ type: 'acceptRefusal' }),
      askUscc: emit({ type: 'askUscc' }),
      explainUscc: emit(({ event }) =>
        event.type === 'uscc.malformed' ? { type: 'explainUscc', problem: event.problem } : { type: 'askUscc' },
      ),
      sayUsccTaken: emit(({ event }) => ({
        type: 'sayUsccTaken',
        uscc: event.type === 'uscc.taken' ? event.uscc : '',
      })),
      askName: emit({ type: 'askName' }),
      askDistrict: emit({ type: 'askDistrict' }),
      suggestDistricts: emit(({ event }) =>
        event.type === 'district.unknown'
          ? { type: 'suggestDistricts', said: event.said, closest: event.closest }
          : { type: 'askDistrict' },
      ),
      askIndustry: emit({ type: 'askIndustry' }),
      suggestIndustries: emit(({ event }) =>
        event.type === 'industry.unknown'
          ? { type: 'suggestIndustries', said: event.said, isGuess: event.isGuess, closest: event.closest }
          : { type: 'askIndustry' },
      ),
      confirmIndustry: emit({ type: 'confirmIndustry' }),
      askHeadcount: emit({ type: 'askHeadcount' }),
      askContact: emit({ type: 'askContact' }),
      askPhone: emit({ type: 'askPhone' }),
      askFacts: emit(({ context }) => ({ type: 'askFacts', group: context.group })),
      confirmEnrolment: emit({ type: 'confirmEnrolment' }),
      listFields: emit({ type: 'listFields' }),
      sayNotUnderstood: emit(({ event }) => ({
        type: 'sayEnrolmentNotUnderstood',
        text: event.type === 'answer.notUnderstood' ? event.text : '',
      })),
    },
  }).createMachine({
    id: 'enrolment',
    context: { draft: { facts: [] }, group: 0, correcting: false },
    initial: 'greeting',
    states: {
      greeting: {
        entry: 'greet',
        on: {
          'consent.given': 'identifying.askingUscc',
          'consent.refused': 'refused',
          'preview.asked': { actions: 'showPreview' },
          'prompt.repeated': { target: 'greeting', reenter: true },
        },
      },
      /** Nothing is kept of somebody who does not agree; saying anything begins again. */
      refused: {
        entry: 'acceptRefusal',
        on: { 'consent.given': 'identifying.askingUscc', 'prompt.repeated': 'greeting' },
      },

      identifying: {
        initial: 'askingUscc',
        on: {
          'answer.notUnderstood': { actions: 'sayNotUnderstood' },
          'enrolment.restarted': { target: '.askingUscc', actions: 'forgetAll', reenter: true },
        },
        states: {
          askingUscc: {
            entry: 'askUscc',
            on: {
              'uscc.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingName', actions: 'keep' },
              ],
              'uscc.malformed': { actions: 'explainUscc' },
              'uscc.taken': { actions: 'sayUsccTaken' },
              'prompt.repeated': { target: 'askingUscc', reenter: true },
            },
          },
          askingName: {
            entry: 'askName',
            on: {
              'name.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingDistrict', actions: 'keep' },
              ],
              'step.back': 'askingUscc',
              'prompt.repeated': { target: 'askingName', reenter: true },
            },
          },
          askingDistrict: {
            entry: 'askDistrict',
            on: {
              'district.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingIndustry', actions: 'keep' },
              ],
              'district.unknown': { actions: 'suggestDistricts' },
              'step.back': 'askingName',
              'prompt.repeated': { target: 'askingDistrict', reenter: true },
            },
          },
          askingIndustry: {
            entry: 'askIndustry',
            on: {
              'industry.given': { target: 'confirmingIndustry', actions: 'keep' },
              'industry.unknown': { actions: 'suggestIndustries' },
              'step.back': 'askingDistrict',
              'prompt.repeated': { target: 'askingIndustry', reenter: true },
            },
          },
          confirmingIndustry: {
            entry: 'confirmIndustry',
            on: {
              'industry.confirmed': [
                { guard: 'isCorrecting', target: 'confirming', actions: 'endCorrecting' },
                { target: 'askingHeadcount' },
              ],
              'industry.denied': 'askingIndustry',
              'industry.given': { target: 'confirmingIndustry', actions: 'keep', reenter: true },
              'industry.unknown': { actions: 'suggestIndustries' },
              'step.back': 'askingIndustry',
              'prompt.repeated': { target: 'confirmingIndustry', reenter: true },
            },
          },
          askingHeadcount: {
            entry: 'askHeadcount',
            on: {
              'headcount.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingContact', actions: 'keep' },
              ],
              'step.back': 'askingIndustry',
              'prompt.repeated': { target: 'askingHeadcount', reenter: true },
            },
          },
          askingContact: {
            entry: 'askContact',
            on: {
              'contact.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingPhone', actions: 'keep' },
              ],
              'step.back': 'askingHeadcount',
              'prompt.repeated': { target: 'askingContact', reenter: true },
            },
          },
          askingPhone: {
            entry: 'askPhone',
            on: {
              'phone.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingFacts', actions: ['keep', 'toFirstGroup'] },
              ],
              'step.back': 'askingContact',
              'prompt.repeated': { target: 'askingPhone', reenter: true },
            },
          },
          askingFacts: {
            entry: 'askFacts',
            on: {
              'facts.picked': [
                {
                  guard: 'hasMoreGroups',
                  target: 'askingFacts',
                  actions: ['keepFacts', 'toNextGroup'],
                  reenter: true,
                },
                { target: 'confirming', actions: ['keepFacts', 'endCorrecting'] },
              ],
              'step.back': [
                { guard: 'isFirstGroup', target: 'askingPhone' },
                { target: 'askingFacts', actions: 'toGroupBefore', reenter: true },
              ],
              'prompt.repeated': { target: 'askingFacts', reenter: true },
            },
          },
          confirming: {
            entry: 'confirmEnrolment',
            on: {
              'enrolment.confirmed': { target: '#enrolled', actions: 'registerEnterprise' },
              'fields.listed': 'choosingField',
              'field.reopened': 'choosingField',
              'step.back': { target: 'askingFacts' },
              'prompt.repeated': { target: 'confirming', reenter: true },
            },
          },
          choosingField: {
            entry: 'listFields',
            on: {
              'field.reopened': [
                { guard: { type: 'isField', params: 'uscc' }, target: 'askingUscc', actions: 'beginCorrecting' },
                { guard: { type: 'isField', params: 'name' }, target: 'askingName', actions: 'beginCorrecting' },
                {
                  guard: { type: 'isField', params: 'district' },
                  target: 'askingDistrict',
                  actions: 'beginCorrecting',
                },
                {
                  guard: { type: 'isField', params: 'industry' },
                  target: 'askingIndustry',
                  actions: 'beginCorrecting',
                },
                {
                  guard: { type: 'isField', params: 'headcount' },
                  target: 'askingHeadcount',
                  actions: 'beginCorrecting',
                },
                { guard: { type: 'isField', params: 'contact' }, target: 'askingContact', actions: 'beginCorrecting' },
                { guard: { type: 'isField', params: 'phone' }, target: 'askingPhone', actions: 'beginCorrecting' },
                {
                  guard: { type: 'isField', params: 'facts' },
                  target: 'askingFacts',
                  actions: ['beginCorrecting', 'toFirstGroup'],
                },
              ],
              'enrolment.confirmed': { target: '#enrolled', actions: 'registerEnterprise' },
              'step.back': 'confirming',
              'prompt.repeated': { target: 'choosingField', reenter: true },
            },
          },
        },
      },

      enrolled: { id: 'enrolled', type: 'final' },
    },
  })
}

/** The part of the draft an event speaks of. */
function said(event: EnrolmentEvent, { facts }: EnrolmentDraft): Partial<EnrolmentDraft> {
  switch (event.type) {
    case 'uscc.given':
      return { uscc: event.uscc }
    case 'name.given':
      return { name: event.name }
    case 'district.given':
      return { district: event.code }
    case 'industry.given':
      return {
        industryClass: event.match.code,
        industry: event.match.industry,
        facts: [...new Set([...facts, ...event.match.facts])],
      }
    case 'headcount.given':
      return { headcount: event.headcount }
    case 'contact.given':
      return { contactName: event.name }
    case 'phone.given':
      return { contactPhone: event.phone }
    default:
      return {}
  }
}
