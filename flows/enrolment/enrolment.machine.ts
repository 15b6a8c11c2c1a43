import { and, assign, emit, setup } from 'xstate'
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
  /** Nothing in it says that it is an enterprise. */
  | { type: 'name.doubted'; name: string }
  | { type: 'name.confirmed' }
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
  /** All that is there of the group being asked. */
  | { type: 'facts.picked'; facts: readonly string[] }
  /** In so many words: these are not there. */
  | { type: 'facts.denied'; facts: readonly string[] }
  /** None and others at once. */
  | { type: 'facts.contradicted' }
  /** None, though some were noted before: they are not dropped on that word alone. */
  | { type: 'facts.noneClaimed'; noted: readonly string[] }
  | { type: 'enrolment.confirmed' }
  /** By the key of a field. */
  | { type: 'field.reopened'; field: EnrolmentField }
  | { type: 'fields.listed' }
  | { type: 'step.back' }
  | { type: 'progress.asked' }
  | { type: 'enrolment.paused' }
  | { type: 'restart.asked' }
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

export type EnrolmentEffect =
  | { type: 'registerEnterprise'; draft: CompleteDraft }
  /** What an enrolled enterprise has on its site now. */
  | { type: 'updateProfile'; facts: readonly string[]; before: UpdateOccasion }
  | EnrolmentNote
  | EnrolmentScreen

/** Said before the question, which comes again unless it still stands. */
export type EnrolmentNote =
  | { type: 'sayProgress' }
  | { type: 'sayPaused' }
  | { type: 'sayFactsDenied'; facts: readonly string[] }
  | { type: 'sayFactsContradictory' }
  | { type: 'sayFactsNoted'; facts: readonly string[] }

export type EnrolmentScreen =
  | { type: 'greet' }
  | { type: 'showPreview' }
  | { type: 'acceptRefusal' }
  | { type: 'askUscc' }
  | { type: 'explainUscc'; problem: UsccProblem }
  | { type: 'sayUsccTaken'; uscc: string }
  | { type: 'askName' }
  | { type: 'confirmName'; name: string }
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
  | { type: 'confirmRestart' }

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
  /** An enrolled enterprise says only what is on its site now. */
  readonly updating?: UpdateOccasion
  /** A name that is asked back. */
  readonly doubtedName?: string
  /** Where 重来 was said: whoever did not mean it goes on there. */
  readonly interrupted?: EnrolmentStep
}

/** The walk that follows when what is on the site has been told anew. */
export type UpdateOccasion = 'recheck' | 'renewal'

/** Absent at first contact. */
export interface ProfileUpdate {
  readonly draft: EnrolmentDraft
  readonly updating: UpdateOccasion
}

const steps = [
  'askingUscc',
  'askingName',
  'doubtingName',
  'askingDistrict',
  'askingIndustry',
  'confirmingIndustry',
  'askingHeadcount',
  'askingContact',
  'askingPhone',
  'askingFacts',
  'confirming',
  'choosingField',
] as const
export type EnrolmentStep = (typeof steps)[number]

/** First contact: consent, who the enterprise is, and what it has on its site. Later only the last of it, anew. */
export const enrolment = ({ siteProfile }: Pick<ChecklistLibrary, 'siteProfile'>) => {
  const groupsOf = ({ draft }: EnrolmentContext) => profileGroups(siteProfile, draft.industry ?? '')
  const offered = (context: EnrolmentContext, fact: string) =>
    groupsOf(context).some(({ facts }) => facts.some(({ id }) => id === fact))

  return setup({
    types: {
      context: {} as EnrolmentContext,
      input: {} as ProfileUpdate | undefined,
      events: {} as EnrolmentEvent,
      emitted: {} as EnrolmentEffect,
    },
    guards: {
      isCorrecting: ({ context }) => context.correcting,
      isUpdating: ({ context }) => context.updating !== undefined,
      wasInterrupted: ({ context }, step: EnrolmentStep) => context.interrupted === step,
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
      dropDenied: assign(({ context: { draft }, event }) => {
        const denied = event.type === 'facts.denied' ? event.facts : []
        return { draft: { ...draft, facts: draft.facts.filter((fact) => !denied.includes(fact)) } }
      }),
      /** What was noted while another industry was on record. */
      dropForeignFacts: assign(({ context }) => {
        const { draft } = context
        return { draft: { ...draft, facts: draft.facts.filter((fact) => offered(context, fact)) } }
      }),
      keepDoubted: assign(({ event }) => (event.type === 'name.doubted' ? { doubtedName: event.name } : {})),
      acceptDoubted: assign(({ context: { draft, doubtedName } }) => ({
        draft: { ...draft, ...(doubtedName && { name: doubtedName }) },
      })),
      rememberStep: assign((_, interrupted: EnrolmentStep) => ({ interrupted })),
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
      updateProfile: emit(({ context }) => ({
        type: 'updateProfile',
        facts: context.draft.facts,
        before: context.updating ?? 'recheck',
      })),
      sayProgress: emit({ type: 'sayProgress' }),
      sayPaused: emit({ type: 'sayPaused' }),
      sayFactsDenied: emit(({ event }) => ({
        type: 'sayFactsDenied',
        facts: event.type === 'facts.denied' ? event.facts : [],
      })),
      sayFactsContradictory: emit({ type: 'sayFactsContradictory' }),
      sayFactsNoted: emit(({ event }) => ({
        type: 'sayFactsNoted',
        facts: event.type === 'facts.noneClaimed' ? event.noted : [],
      })),
      greet: emit({ type: 'greet' }),
      showPreview: emit({ type: 'showPreview' }),
      acceptRefusal: emit({ type: 'acceptRefusal' }),
      /** Why it is asked again, when somebody else registered the last one. */
      askUscc: emit(({ event }) =>
        event.type === 'uscc.taken' ? { type: 'sayUsccTaken', uscc: event.uscc } : { type: 'askUscc' },
      ),
      explainUscc: emit(({ event }) =>
        event.type === 'uscc.malformed' ? { type: 'explainUscc', problem: event.problem } : { type: 'askUscc' },
      ),
      askName: emit({ type: 'askName' }),
      confirmName: emit(({ context }) => ({ type: 'confirmName', name: context.doubtedName ?? '' })),
      /** What comes near, when the last answer was no district. */
      askDistrict: emit(({ event }) =>
        event.type === 'district.unknown'
          ? { type: 'suggestDistricts', said: event.said, closest: event.closest }
          : { type: 'askDistrict' },
      ),
      /** What comes near, when the last answer was no industry. */
      askIndustry: emit(({ event }) =>
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
      confirmRestart: emit({ type: 'confirmRestart' }),
    },
  }).createMachine({
    id: 'enrolment',
    context: ({ input }) => ({ draft: { facts: [] }, group: 0, correcting: false, ...input }),
    initial: 'arriving',
    states: {
      arriving: { always: [{ guard: 'isUpdating', target: 'identifying.askingFacts' }, { target: 'greeting' }] },
      greeting: {
        entry: 'greet',
        on: {
          'consent.given': 'identifying.askingUscc',
          'consent.refused': 'refused',
          'preview.asked': { actions: 'showPreview' },
          'prompt.repeated': { target: 'greeting', reenter: true },
        },
      },
      /** Nothing of an enterprise is kept of somebody who does not agree; saying anything begins again. */
      refused: {
        entry: 'acceptRefusal',
        on: { 'consent.given': 'identifying.askingUscc', 'prompt.repeated': 'greeting' },
      },

      identifying: {
        initial: 'askingUscc',
        on: {
          // Only that: the question and its buttons still stand.
          'enrolment.paused': { actions: 'sayPaused' },
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
              'uscc.taken': { target: 'askingUscc', reenter: true },
              ...whereverAsked('askingUscc'),
            },
          },
          askingName: {
            entry: 'askName',
            on: {
              'name.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingDistrict', actions: 'keep' },
              ],
              'name.doubted': { target: 'doubtingName', actions: 'keepDoubted' },
              'step.back': 'askingUscc',
              ...whereverAsked('askingName'),
            },
          },
          doubtingName: {
            entry: 'confirmName',
            on: {
              'name.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingDistrict', actions: 'keep' },
              ],
              'name.doubted': { target: 'doubtingName', actions: 'keepDoubted', reenter: true },
              'name.confirmed': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['acceptDoubted', 'endCorrecting'] },
                { target: 'askingDistrict', actions: 'acceptDoubted' },
              ],
              'step.back': 'askingName',
              ...whereverAsked('doubtingName'),
            },
          },
          askingDistrict: {
            entry: 'askDistrict',
            on: {
              'district.given': [
                { guard: 'isCorrecting', target: 'confirming', actions: ['keep', 'endCorrecting'] },
                { target: 'askingIndustry', actions: 'keep' },
              ],
              'district.unknown': { target: 'askingDistrict', reenter: true },
              'step.back': 'askingName',
              ...whereverAsked('askingDistrict'),
            },
          },
          askingIndustry: {
            entry: 'askIndustry',
            on: {
              'industry.given': { target: 'confirmingIndustry', actions: 'keep' },
              'industry.unknown': { target: 'askingIndustry', reenter: true },
              'step.back': 'askingDistrict',
              ...whereverAsked('askingIndustry'),
            },
          },
          confirmingIndustry: {
            entry: 'confirmIndustry',
            on: {
              'industry.confirmed': [
                // Another industry has other facts to tick.
                { guard: 'isCorrecting', target: 'askingFacts', actions: ['dropForeignFacts', 'toFirstGroup'] },
                { target: 'askingHeadcount', actions: 'dropForeignFacts' },
              ],
              'industry.denied': 'askingIndustry',
              'industry.given': { target: 'confirmingIndustry', actions: 'keep', reenter: true },
              // The one that was understood before is no longer to be confirmed.
              'industry.unknown': 'askingIndustry',
              'step.back': 'askingIndustry',
              ...whereverAsked('confirmingIndustry'),
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
              ...whereverAsked('askingHeadcount'),
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
              ...whereverAsked('askingContact'),
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
              ...whereverAsked('askingPhone'),
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
                { guard: 'isUpdating', target: '#enrolled', actions: ['keepFacts', 'updateProfile'] },
                { target: 'confirming', actions: ['keepFacts', 'endCorrecting'] },
              ],
              'facts.denied': { target: 'askingFacts', actions: ['dropDenied', 'sayFactsDenied'], reenter: true },
              'facts.contradicted': { target: 'askingFacts', actions: 'sayFactsContradictory', reenter: true },
              'facts.noneClaimed': { target: 'askingFacts', actions: 'sayFactsNoted', reenter: true },
              'step.back': [
                { guard: and(['isFirstGroup', 'isUpdating']), target: 'askingFacts', reenter: true },
                { guard: 'isFirstGroup', target: 'askingPhone' },
                { target: 'askingFacts', actions: 'toGroupBefore', reenter: true },
              ],
              ...whereverAsked('askingFacts'),
              'restart.asked': [
                { guard: 'isUpdating', target: 'askingFacts', actions: 'toFirstGroup', reenter: true },
                whereverAsked('askingFacts')['restart.asked'],
              ],
            },
          },
          confirming: {
            entry: 'confirmEnrolment',
            on: {
              'enrolment.confirmed': { target: '#enrolled', actions: 'registerEnterprise' },
              // Somebody else was quicker.
              'uscc.taken': { target: 'askingUscc', actions: 'beginCorrecting' },
              'fields.listed': 'choosingField',
              'field.reopened': 'choosingField',
              'step.back': { target: 'askingFacts' },
              ...whereverAsked('confirming'),
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
              ...whereverAsked('choosingField'),
            },
          },
          confirmingRestart: {
            entry: 'confirmRestart',
            on: {
              'enrolment.restarted': { target: 'askingUscc', actions: 'forgetAll' },
              'step.back': steps.map((step) => ({ guard: { type: 'wasInterrupted', params: step }, target: step })),
              'prompt.repeated': { target: 'confirmingRestart', reenter: true },
            },
          },
        },
      },

      enrolled: { id: 'enrolled', type: 'final' },
    },
  })
}

/** What can be said to every question of the draft. */
const whereverAsked = <Step extends EnrolmentStep>(step: Step) =>
  ({
    'prompt.repeated': { target: step, reenter: true },
    'progress.asked': { target: step, actions: 'sayProgress', reenter: true },
    'restart.asked': { target: 'confirmingRestart', actions: { type: 'rememberStep', params: step } },
  }) as const

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
