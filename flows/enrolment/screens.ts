import { profileGroups } from '../../src/checklist/checklist.ts'
import type { Place } from '../flow.ts'
import type { Commands, Key, Meaning, Option, Photo, Screen, Sentence } from '../screen.ts'
import {
  type EnrolmentContext,
  type EnrolmentEvent,
  type EnrolmentField,
  enrolmentFields,
  type InvitedTo,
  type Particular,
  type Problem,
} from './enrolment.machine.ts'
import {
  claimRead,
  codeRead,
  colleagueRead,
  contactRead,
  districtRead,
  factsRead,
  factsTicked,
  type GroupFacts,
  headcountRead,
  NONE,
  nameRead,
  otherCodeRead,
  phoneRead,
  successorRead,
  tradeRead,
  usccRead,
} from './readers.ts'

export interface EnrolmentKnown {
  /** How a claim stands that was made for the code in hand; null where none was. */
  readonly claim: ClaimStanding | null
}

/** `refusedForGood`: by a regulator. */
export interface ClaimStanding {
  readonly state: 'asked' | 'withRegulator' | 'refused' | 'refusedForGood'
  readonly hasLicence: boolean
}

export type EnrolmentPlace = Place<EnrolmentContext, EnrolmentKnown>

type EnrolmentScreen = Screen<EnrolmentEvent>

/** Those that carry nothing. */
type PlainEvent = {
  [E in EnrolmentEvent as E['type']]: { type: E['type'] } extends E ? E['type'] : never
}[EnrolmentEvent['type']]

const option = (type: PlainEvent, label: Key, style?: Option<EnrolmentEvent>['style']): Option<EnrolmentEvent> => ({
  key: type,
  label,
  event: { type },
  ...(style && { style }),
})

const consent = option('consent.given', 'button.consent', 'primary')
const refuse = option('consent.refused', 'button.refuse')

const agreement = (yes: PlainEvent, no: PlainEvent): readonly (readonly [Meaning, EnrolmentEvent])[] => [
  ['yes', { type: yes }],
  ['no', { type: no }],
]

const consenting: Commands<EnrolmentEvent> = { start: { type: 'consent.given' } }

/** One row a state: what is shown there, and all that is understood there. In the order in which they are met. */
export const enrolmentScreens = {
  greeting: () => ({
    says: ['enrolment.greeting'],
    link: { title: 'enrolment.privacy', to: 'privacyUrl' },
    options: [consent, option('preview.asked', 'button.preview'), refuse],
    means: agreement('consent.given', 'consent.refused'),
    typed: codeRead,
    photo: licence,
    commands: consenting,
  }),
  previewing: () => ({
    says: ['enrolment.preview'],
    options: [consent, refuse],
    means: agreement('consent.given', 'consent.refused'),
    typed: codeRead,
    commands: { ...consenting, back: { type: 'step.back' } },
  }),
  invited: ({ context: { invitation, problem } }) => {
    const to = invitation?.to ?? 'walk'
    const name = to === 'contact' ? 'enrolment.successorName' : 'enrolment.colleagueName'
    return {
      says: problem
        ? problem.kind === 'partial'
          ? ['enrolment.contactPartial']
          : ['engine.notUnderstood', name]
        : [invitedTo[to], name],
      link: { title: 'enrolment.privacy', to: 'privacyUrl' },
      options: [refuse],
      means: [['no', { type: 'consent.refused' }]],
      typed: to === 'contact' ? successorRead : colleagueRead,
      commands: { back: { type: 'step.back' } },
    }
  },
  askingSuccessorPhone: ({ context: { problem } }) => ({
    says: [problem ? 'enrolment.phoneAgain' : 'enrolment.askPhone'],
    options: [refuse],
    means: [['no', { type: 'consent.refused' }]],
    typed: phoneRead,
    commands: { back: { type: 'step.back' } },
  }),
  confirmingSuccession: () => ({
    says: ['enrolment.confirmSuccession'],
    options: [option('successor.confirmed', 'button.takeOver', 'primary'), refuse],
    means: agreement('successor.confirmed', 'consent.refused'),
    commands: { back: { type: 'step.back' } },
  }),
  refused: () => ({
    says: ['enrolment.refused'],
    options: [consent],
    means: [...agreement('consent.given', 'consent.refused'), ['anything', { type: 'greeting.asked' }]],
    commands: consenting,
  }),

  askingUscc: (place) => ({
    says: asked('uscc', 'enrolment.askUscc', place),
    options: [],
    ...typedInto('uscc', (text) => codeRead(text) ?? usccRead(text), place),
    photo: licence,
    commands: enrolling(place),
  }),
  claiming: (place) => ({
    says: place.context.problem
      ? ['engine.notUnderstood', 'enrolment.claimantName']
      : [place.context.licence ? 'enrolment.licenceKept' : 'enrolment.usccTaken'],
    options: [option('claim.left', 'button.otherCode')],
    means: [['no', { type: 'claim.left' }]],
    typed: (text, lexicon) => codeRead(text) ?? claimRead(text, lexicon),
    photo: (photo) => ({ type: 'licence.received', ...photo }),
    commands: enrolling(place),
  }),
  awaitingClaim: (place) => ({
    says: [standingOf(place)],
    options: [
      option('claim.left', 'button.otherCode'),
      ...(isWaiting(place) ? [option('claim.withdrawn', 'button.withdrawClaim')] : []),
    ],
    typed: otherCodeRead,
    ...(maySendLicence(place) && { photo: (photo: Photo) => ({ type: 'licence.received', ...photo }) as const }),
    commands: enrolling(place),
  }),
  askingName: (place) => ({
    says: asked('name', 'enrolment.askName', place),
    options: [],
    ...typedInto('name', nameRead, place),
    photo: licence,
    commands: enrolling(place),
  }),
  doubtingName: (place) => ({ ...doubted('enrolment.confirmName', place), ...typedInto('name', nameRead, place) }),
  askingDistrict: (place) => ({
    says: asked('district', 'enrolment.askDistrict', place),
    hint: 'enrolment.districtHint',
    options: districtsOffered(place).map((code) => ({
      key: `district.${code}`,
      label: { of: 'district', id: code },
      event: { type: 'district.given', code },
    })),
    ...typedInto('district', (text, lexicon) => districtRead(text, lexicon, place.library), place),
    commands: enrolling(place),
  }),
  askingIndustry: (place) => ({
    says: asked('industry', 'enrolment.askIndustry', place),
    ...(place.context.suggested && { hint: 'enrolment.orOtherWords' }),
    options: tradesOffered(place),
    ...typedInto('industry', (text, lexicon) => tradeRead(text, lexicon, place), place),
    commands: enrolling(place),
  }),
  outsideIndustry: (place) => ({
    says: ['enrolment.outsideIndustry'],
    options: [option('industry.denied', 'button.otherTrade')],
    means: [['no', { type: 'industry.denied' }]],
    ...typedInto('industry', (text, lexicon) => tradeRead(text, lexicon, place), place),
    commands: enrolling(place),
  }),
  confirmingIndustry: (place) => ({
    says: [
      'enrolment.confirmIndustry',
      ...(place.context.trade?.facts.length ? ['enrolment.factsNoted' as const] : []),
    ],
    options: [option('industry.confirmed', 'button.right', 'primary'), option('industry.denied', 'button.another')],
    means: agreement('industry.confirmed', 'industry.denied'),
    ...typedInto('industry', (text, lexicon) => tradeRead(text, lexicon, place), place),
    commands: enrolling(place),
  }),
  askingHeadcount: (place) => ({
    says: asked('headcount', 'enrolment.askHeadcount', place),
    options: [],
    ...typedInto('headcount', headcountRead, place),
    commands: enrolling(place),
  }),
  askingContact: (place) => ({
    says: asked('contact', 'enrolment.askContact', place),
    options: [],
    ...typedInto('contact', contactRead, place),
    commands: enrolling(place),
  }),
  doubtingContact: (place) => ({
    ...doubted('enrolment.confirmContact', place),
    ...typedInto('contact', contactRead, place),
  }),
  askingPhone: (place) => ({
    says: asked('phone', 'enrolment.askPhone', place),
    options: [],
    ...typedInto('phone', phoneRead, place),
    commands: enrolling(place),
  }),
  askingFacts: (place) => {
    const asking = factsAsked(place)
    return {
      says: ['enrolment.askFacts'],
      // A card has the boxes; in text this is how the ticks are seen.
      hint: asking.noted.length > 0 ? 'enrolment.factsHintTicked' : 'enrolment.factsHint',
      options: [],
      // WeCom does not say whether nothing ticked can be submitted.
      pick: {
        boxes: [
          ...asking.facts.map(({ id }) => ({ key: id, label: { of: 'fact', id } as const })),
          { key: NONE, label: 'button.none' },
        ],
        ticked: asking.noted,
        submit: 'button.picked',
        picked: factsTicked,
      },
      typed: (text, lexicon) => factsRead(text, lexicon, asking),
      commands: enrolling(place),
    }
  },
  confirming: (place) => checked(place),
  choosingField: (place) => ({
    says: ['enrolment.whichField', ...(isUpdating(place) ? ['enrolment.codeStays' as const] : [])],
    options: [
      ...enrolmentFields
        .filter((field) => field !== 'uscc' || !isUpdating(place))
        .map((field) => ({
          key: `field.${field}`,
          label: `enrolment.field.${field}` as const,
          event: { type: 'field.reopened', field } as const,
        })),
      ...(isUpdating(place) ? [option('successor.invited', 'button.otherContact'), unchanged] : []),
    ],
    ...(isUpdating(place) && { means: [['no', unchanged.event]] }),
    particular: (named) => reopened(named, place),
    commands: enrolling(place),
  }),
  confirmingRestart: () => ({
    says: ['enrolment.confirmRestart'],
    options: [option('enrolment.restarted', 'button.restart'), option('step.back', 'button.goOn', 'primary')],
    means: agreement('enrolment.restarted', 'step.back'),
    commands: {
      back: { type: 'step.back' },
      resume: { type: 'step.back' },
      restart: { type: 'enrolment.restarted' },
    },
  }),
} as const satisfies Readonly<Record<string, (place: EnrolmentPlace) => EnrolmentScreen>>

export type EnrolmentState = keyof typeof enrolmentScreens

const invitedTo = {
  walk: 'enrolment.invited',
  item: 'enrolment.invitedForItem',
  contact: 'enrolment.invitedAsContact',
} as const satisfies Record<InvitedTo, Key>

/** Where a claim stands; without one it was given up, or never made. */
function standingOf({ known: { claim } }: EnrolmentPlace): Key {
  if (!claim) return 'enrolment.claim.none'
  return claim.state === 'asked' && claim.hasLicence
    ? 'enrolment.claim.licenceComing'
    : `enrolment.claim.${claim.state}`
}

const isWaiting = ({ known: { claim } }: EnrolmentPlace) => claim?.state === 'asked' || claim?.state === 'withRegulator'

const maySendLicence = ({ known: { claim } }: EnrolmentPlace) => claim !== null && claim.state !== 'refusedForGood'

/** A licence is not read from a photo yet. */
const licence = (): EnrolmentEvent => ({ type: 'photo.received' })

const unchanged = option('changes.dropped', 'button.leaveUnchanged')

const isUpdating = ({ context }: EnrolmentPlace) => context.updating !== undefined

/** What is on record is not begun anew; what is told before a walk is. */
const mayRestart = ({ context: { updating } }: EnrolmentPlace) => updating !== 'walk' && updating !== 'home'

type Reader = Required<EnrolmentScreen>['typed']

/** What is typed is the field that is asked, unless it says that another is to be changed. */
const typedInto = (field: Particular, typed: Reader, place: EnrolmentPlace) =>
  ({
    typed,
    particular: (named, value) => (named === field && value !== undefined ? undefined : reopened(named, place)),
    ...(place.context.correcting && field !== 'industry' && { change: () => reopened('facts', place) }),
  }) satisfies Pick<EnrolmentScreen, 'typed' | 'particular' | 'change'>

/** All of them where none is named, or the one that stays as it is. */
const reopened = (named: EnrolmentField | 'all', place: EnrolmentPlace): EnrolmentEvent =>
  named === 'all' || (named === 'uscc' && isUpdating(place))
    ? { type: place.value === 'choosingField' ? 'enrolment.resumed' : 'fields.listed' }
    : { type: 'field.reopened', field: named }

/** Heard wherever something is asked. */
const enrolling = (place: EnrolmentPlace): Commands<EnrolmentEvent> => ({
  back: { type: 'step.back' },
  progress: { type: 'progress.asked' },
  pause: { type: 'enrolment.paused' },
  resume: { type: 'enrolment.resumed' },
  ...(mayRestart(place) && { restart: { type: 'restart.asked' } }),
})

/** A field that was answered in vain says why, one that is on record what is there. */
function asked(
  field: Particular,
  question: Key,
  { context: { draft, problem, suggested } }: EnrolmentPlace,
): readonly Sentence[] {
  if (problem?.field === field) return explained(problem, question, suggested)
  return recordedOf[field](draft) === undefined ? [question] : ['enrolment.onRecord', question]
}

const recordedOf = {
  uscc: ({ uscc }) => uscc,
  name: ({ name }) => name,
  district: ({ district }) => district,
  industry: ({ industryClass }) => industryClass,
  headcount: ({ headcount }) => headcount,
  contact: ({ contactName }) => contactName,
  phone: ({ contactPhone }) => contactPhone,
} as const satisfies Record<Particular, (draft: EnrolmentContext['draft']) => string | number | undefined>

function explained(problem: Problem, question: Key, suggested: readonly string[] | null): readonly Sentence[] {
  if (problem.field === 'phone') return ['enrolment.phoneAgain']
  if (problem.kind === 'unread') {
    const again = `enrolment.${problem.field}Again` as const
    return ['engine.notUnderstood', again, ...(problem.field === 'headcount' ? [question] : [])]
  }
  switch (problem.kind) {
    case 'malformed':
      return [problem.check.code === '' ? 'enrolment.uscc.noCode' : `enrolment.uscc.${problem.check.type}`]
    case 'zone':
      return suggested?.length ? ['enrolment.zoneOfDistricts'] : ['enrolment.zoneElsewhere', question]
    case 'unknown':
      return [problem.field === 'district' ? 'enrolment.unknownDistrict' : 'enrolment.unknownIndustry']
    case 'similar':
      return [problem.field === 'district' ? 'enrolment.closestDistricts' : 'enrolment.closestIndustries']
    case 'outside':
      return ['enrolment.outsideIndustry']
    case 'about':
      return ['enrolment.headcountAgain', question]
    case 'below':
      return ['enrolment.headcountBelow']
    case 'above':
      return ['enrolment.headcountAbove']
    case 'implausible':
      return ['enrolment.headcountImplausible']
    case 'partial':
      return ['enrolment.contactPartial']
  }
}

const doubted = (question: Key, place: EnrolmentPlace) =>
  ({
    says: [question],
    options: [option('doubt.dismissed', 'button.right', 'primary'), option('step.back', 'button.another')],
    means: agreement('doubt.dismissed', 'step.back'),
    commands: enrolling(place),
  }) satisfies EnrolmentScreen

const districtsOffered = ({ library, context: { suggested } }: EnrolmentPlace) =>
  suggested?.length ? suggested : library.districts.districts.map(({ code }) => code)

/** Where nothing came near, each stands for its industry. */
function tradesOffered({ library: { industries }, context: { problem, suggested } }: EnrolmentPlace) {
  if (problem?.field !== 'industry' || problem.kind === 'outside') return []
  const { kind, facts } = problem
  return (suggested ?? []).flatMap((code): Option<EnrolmentEvent> | [] => {
    const industry = industries.classes.find((each) => each.code === code)?.industry
    if (industry === undefined) return []
    return {
      key: `industry.${code}`,
      label: kind === 'similar' ? { of: 'industryClass', id: code } : { of: 'industry', id: industry },
      event: { type: 'industry.given', trade: { code, industry, facts } },
    }
  })
}

/** The facts of the group that is being asked, and those of them that are on record. */
export function factsAsked({ library, context: { draft, group } }: EnrolmentPlace) {
  const groups = profileGroups(library.siteProfile, draft.industry ?? '')
  const at = Math.min(group, groups.length - 1)
  const facts: GroupFacts = groups[at]?.facts ?? []
  const noted = facts.map(({ id }) => id).filter((id) => draft.facts.includes(id))
  return { group: groups[at], number: at + 1, total: groups.length, facts, noted }
}

/** All that was told, and what follows when it is right. */
function checked(place: EnrolmentPlace): EnrolmentScreen {
  const { updating } = place.context
  const right: EnrolmentEvent = { type: 'enrolment.confirmed' }
  const common = {
    heading: 'enrolment.checkHeading',
    means: agreement('enrolment.confirmed', 'fields.listed'),
    particular: (named: EnrolmentField | 'all') => reopened(named, place),
    commands: { ...enrolling(place), start: right },
  } as const
  if (updating === undefined)
    return {
      ...common,
      says: ['enrolment.check'],
      options: [
        option('enrolment.confirmed', 'button.beginWalk', 'primary'),
        option('fields.listed', 'button.correctSomething'),
      ],
    }
  return {
    ...common,
    says: ['enrolment.check', updating === 'walk' ? 'enrolment.afterUpdate.walk' : 'enrolment.afterUpdate.home'],
    options: [
      option('enrolment.confirmed', updating === 'walk' ? 'button.changedGoOn' : 'button.changed', 'primary'),
      option('fields.listed', 'button.correctMore'),
      unchanged,
    ],
  }
}
