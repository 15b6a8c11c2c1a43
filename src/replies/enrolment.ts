import type {
  CompleteDraft,
  EnrolmentContext,
  EnrolmentDraft,
  EnrolmentEffect,
  EnrolmentNote,
  EnrolmentScreen,
} from '../../flows/enrolment/enrolment.machine.ts'
import { enrolmentFields, enrolmentKeys } from '../../flows/enrolment/interpret.ts'
import { profileGroups } from '../checklist/checklist.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { elements } from '../checklist/schema.ts'
import { checklistWords } from '../i18n/checklist-words.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import { factLabel, groupHeading, industryName } from './checklist-words.ts'
import { circled } from './figures.ts'
import { usccExplained } from './particulars.ts'
import type { Part, Screen } from './screen.ts'

export interface EnrolmentView {
  readonly t: Translator
  readonly language: Language
  readonly library: ChecklistLibrary
  /** After the step. */
  readonly context: EnrolmentContext
  readonly privacyUrl: string
}

export const enrolmentParts = (effects: readonly EnrolmentEffect[], view: EnrolmentView): Part[] =>
  effects.flatMap((effect): Part | [] => {
    switch (effect.type) {
      case 'registerEnterprise':
      case 'updateProfile':
        return []
      case 'sayProgress':
      case 'sayPaused':
      case 'sayFactsDenied':
      case 'sayFactsContradictory':
      case 'sayFactsNoted':
        return { note: noteOf(effect, view) }
      default:
        return { screen: screenOf(effect, view) }
    }
  })

function noteOf(effect: EnrolmentNote, view: EnrolmentView): string {
  const { t } = view
  const listed = (facts: readonly string[]) => factLabels(facts, view).join(t('screen.comma'))
  switch (effect.type) {
    case 'sayProgress':
      return t('enrolment.progress', filledIn(view.context.draft))
    case 'sayPaused':
      return t('enrolment.paused')
    case 'sayFactsDenied':
      return t('enrolment.factsDenied', { facts: listed(effect.facts) })
    case 'sayFactsContradictory':
      return t('enrolment.factsContradictory')
    case 'sayFactsNoted': {
      const noted = factsOf(view).findIndex(({ id }) => effect.facts.includes(id))
      return t('enrolment.factsStillNoted', { facts: listed(effect.facts), number: noted + 1 })
    }
  }
}

/** How many of the enterprise's particulars are there; what is on its site is ticked after them. */
function filledIn({ uscc, name, district, industry, headcount, contactName, contactPhone }: EnrolmentDraft) {
  const particulars = [uscc, name, district, industry, headcount, contactName, contactPhone]
  return { done: particulars.filter((each) => each !== undefined).length, total: particulars.length }
}

/** Those of the group that is being asked, as they are numbered. */
const factsOf = ({ library, context: { draft, group } }: EnrolmentView) =>
  profileGroups(library.siteProfile, draft.industry ?? '')[group]?.facts ?? []

function screenOf(effect: EnrolmentScreen, view: EnrolmentView): Screen {
  const { t, language, library, context } = view
  const typed = (body: string): Screen => ({ body })
  switch (effect.type) {
    case 'greet':
      return {
        body: t('enrolment.greeting'),
        link: { title: t('enrolment.privacy'), url: view.privacyUrl },
        options: [
          { key: enrolmentKeys.consent, label: t('button.consent'), style: 'primary' },
          { key: enrolmentKeys.preview, label: t('button.preview') },
          { key: enrolmentKeys.refuse, label: t('button.refuse') },
        ],
      }
    case 'showPreview':
      return {
        body: t('enrolment.preview', {
          elements: elements.map((element, index) => `${circled(index + 1)} ${t(`element.${element}`)}`).join('\n'),
        }),
        options: [
          { key: enrolmentKeys.consent, label: t('button.consent'), style: 'primary' },
          { key: enrolmentKeys.refuse, label: t('button.refuse') },
        ],
      }
    case 'acceptRefusal':
      return {
        body: t('enrolment.refused'),
        options: [{ key: enrolmentKeys.consent, label: t('button.consent') }],
      }
    case 'askUscc':
      return typed(t('enrolment.askUscc'))
    case 'explainUscc':
      return typed(usccExplained(effect.problem, t))
    case 'sayUsccTaken':
      return typed(t('enrolment.usccTaken', { uscc: effect.uscc }))
    case 'askName':
      return typed(t('enrolment.askName'))
    case 'confirmName':
      return {
        body: t('enrolment.confirmName', { name: effect.name }),
        options: [
          { key: enrolmentKeys.nameRight, label: t('button.right'), style: 'primary' },
          { key: enrolmentKeys.nameWrong, label: t('button.another') },
        ],
      }
    case 'askDistrict':
      return districtScreen(
        t('enrolment.askDistrict', { city: districtName(library.districts.city, language) }),
        library.districts.districts.map(({ code }) => code),
        view,
      )
    case 'suggestDistricts':
      return effect.closest.length > 0
        ? districtScreen(t('enrolment.closestDistricts', { text: effect.said }), effect.closest, view)
        : districtScreen(
            t('enrolment.unknownDistrict', {
              text: effect.said,
              city: districtName(library.districts.city, language),
            }),
            library.districts.districts.map(({ code }) => code),
            view,
          )
    case 'askIndustry':
      return typed(t('enrolment.askIndustry'))
    case 'suggestIndustries':
      return {
        body: t(effect.isGuess ? 'enrolment.closestIndustries' : 'enrolment.unknownIndustry', { text: effect.said }),
        options: effect.closest.map((code) => ({
          key: `${enrolmentKeys.industry}${code}`,
          label: effect.isGuess ? industryTitle(code, view) : industryOf(code, view),
        })),
        hint: t('enrolment.orOtherWords'),
      }
    case 'confirmIndustry':
      return confirmIndustryScreen(view)
    case 'askHeadcount':
      return typed(t('enrolment.askHeadcount'))
    case 'askContact':
      return typed(t('enrolment.askContact'))
    case 'askPhone':
      return typed(t('enrolment.askPhone'))
    case 'askFacts':
      return factsScreen(effect.group, view)
    case 'confirmEnrolment':
      return {
        heading: t('enrolment.checkHeading'),
        body: draftText(context.draft as CompleteDraft, view),
        options: [
          { key: enrolmentKeys.confirm, label: t('button.beginWalk'), style: 'primary' },
          { key: enrolmentKeys.correct, label: t('button.correctSomething') },
        ],
      }
    case 'listFields':
      return {
        body: t('enrolment.whichField'),
        options: enrolmentFields.map((field) => ({
          key: `${enrolmentKeys.field}${field}`,
          label: t(`enrolment.field.${field}`),
        })),
      }
    case 'confirmRestart':
      return {
        body: t('enrolment.confirmRestart'),
        options: [
          { key: enrolmentKeys.restart, label: t('button.restart') },
          { key: enrolmentKeys.goOn, label: t('button.goOn'), style: 'primary' },
        ],
      }
  }
}

function factsScreen(number: number, view: EnrolmentView): Screen {
  const { t, language, library, context } = view
  const { draft } = context
  const groups = profileGroups(library.siteProfile, draft.industry ?? '')
  const group = groups[number]
  const facts = group?.facts ?? []
  const noted = facts.flatMap((fact, index) =>
    draft.facts.includes(fact.id) ? t('screen.option', { number: index + 1, label: factLabel(fact, language) }) : [],
  )
  const hint = t('enrolment.factsHint')
  return {
    body: t('enrolment.askFacts', {
      heading: group ? groupHeading(group, language) : '',
      number: number + 1,
      total: groups.length,
    }),
    // A card has the boxes; in text this is how the ticks are seen.
    hint: noted.length > 0 ? `${t('enrolment.factsTicked', { facts: noted.join(t('screen.comma')) })}\n${hint}` : hint,
    // WeCom does not say whether nothing ticked can be submitted.
    options: [
      ...facts.map((fact) => ({ key: fact.id, label: factLabel(fact, language) })),
      { key: enrolmentKeys.none, label: t('button.none') },
    ],
    pick: { submit: t('button.picked'), ticked: draft.facts },
  }
}

const districtScreen = (body: string, codes: readonly string[], { library, t, language }: EnrolmentView): Screen => ({
  body,
  hint: t('enrolment.districtHint'),
  options: codes.flatMap((code) => {
    const district = library.districts.districts.find((each) => each.code === code)
    return district ? { key: `${enrolmentKeys.district}${code}`, label: districtName(district, language) } : []
  }),
})

function confirmIndustryScreen(view: EnrolmentView): Screen {
  const {
    t,
    context: { draft },
  } = view
  const title = industryTitle(draft.industryClass ?? '', view)
  const facts = factLabels(draft.facts, view)
  return {
    body: [
      t('enrolment.confirmIndustry', { title }),
      ...(facts.length > 0 ? [t('enrolment.factsNoted', { facts: facts.join(t('screen.comma')) })] : []),
    ].join('\n'),
    options: [
      { key: enrolmentKeys.industryRight, label: t('button.right'), style: 'primary' },
      { key: enrolmentKeys.industryWrong, label: t('button.another') },
    ],
  }
}

function draftText(draft: CompleteDraft, view: EnrolmentView): string {
  const { t, library, language } = view
  const facts = factLabels(draft.facts, view)
  const district = library.districts.districts.find(({ code }) => code === draft.district)
  return t('enrolment.check', {
    name: draft.name,
    uscc: draft.uscc,
    district: district ? districtName(district, language) : draft.district,
    industry: industryTitle(draft.industryClass, view),
    headcount: draft.headcount,
    contactName: draft.contactName,
    contactPhone: draft.contactPhone,
    facts: facts.length > 0 ? facts.join(t('screen.comma')) : t('enrolment.noFacts'),
  })
}

const factLabels = (facts: readonly string[], { library, language }: EnrolmentView) =>
  library.siteProfile.groups
    .flatMap((group) => group.facts)
    .filter(({ id }) => facts.includes(id))
    .map((fact) => factLabel(fact, language))

const districtName = ({ code, title }: { readonly code: string; readonly title: string }, language: Language) =>
  checklistWords[language].districts[code] ?? title

/** Class and industry, such as 金属制品业 · 机械. */
function industryTitle(code: string, view: EnrolmentView): string {
  const found = view.library.industries.classes.find((each) => each.code === code)
  return found ? `${found.title} · ${industryOf(code, view)}` : code
}

function industryOf(code: string, { library: { industries }, language }: EnrolmentView): string {
  const found = industries.classes.find((each) => each.code === code)
  const industry = industries.industries.find(({ id }) => id === found?.industry)
  return industry ? industryName(industry, language) : code
}
