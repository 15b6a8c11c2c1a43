import {
  contactNameHeard,
  enterpriseNameHeard,
  headcountHeard,
  isPlausibleHeadcount,
  type Lexicon,
  phoneHeard,
  picksHeard,
} from '../../flows/words/index.ts'
import { simplified } from '../../flows/words/normalized.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { findDistrict } from '../enterprise/district.ts'
import { findIndustry } from '../enterprise/industry.ts'
import { checkUscc } from '../enterprise/uscc.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import { districtName, factLabel, industryClassName } from '../replies/checklist-words.ts'
import { contactAsked, headcountAsked, outsideExplained, usccExplained, zoneExplained } from '../replies/particulars.ts'

export const enrolmentKinds = [
  'uscc',
  'name',
  'district',
  'industry',
  'headcount',
  'contact',
  'phone',
  'picks',
] as const
export type EnrolmentKind = (typeof enrolmentKinds)[number]

/** What is known while an enterprise enrols. */
export interface EnrolmentContent {
  readonly library: ChecklistLibrary
  readonly lexicon: Lexicon
  readonly language: Language
  readonly t: Translator
}

/** What the bot would make of an answer at enrolment: it stores it, or asks back; never both. */
export interface EnrolmentInterpretation {
  readonly text: string
  readonly stored: StoredParticular | null
  readonly asks: string | null
}

export type StoredParticular =
  | string
  | number
  | readonly string[]
  /** Confirmed by the owner before the next question, as it always is. */
  | { readonly code: string; readonly industry: string; readonly facts: readonly string[] }

type Heard = Pick<EnrolmentInterpretation, 'stored' | 'asks'>

export const enrolmentInterpretation = (
  kind: EnrolmentKind,
  text: string,
  content: EnrolmentContent,
): EnrolmentInterpretation => ({ text, ...hearing[kind](text, content) })

const storing = (stored: StoredParticular): Heard => ({ stored, asks: null })
const asking = (asks: string): Heard => ({ stored: null, asks })

const hearing: Readonly<Record<EnrolmentKind, (text: string, content: EnrolmentContent) => Heard>> = {
  uscc: (text, { t }) => {
    const check = checkUscc(text)
    if (check.type !== 'ok') return asking(usccExplained(check, t))
    return storing(check.code)
  },

  name: (text, { lexicon, t }) => {
    const heard = enterpriseNameHeard(text, lexicon)
    if (heard?.kind === 'name') return storing(heard.name)
    return asking(heard ? t('enrolment.confirmName', { name: heard.name }) : t('enrolment.nameAgain'))
  },

  district: districtHeard,
  industry: industryHeard,

  headcount: (text, { lexicon, t }) => {
    const heard = headcountHeard(text, lexicon)
    return heard?.kind === 'exact' && isPlausibleHeadcount(heard.value)
      ? storing(heard.value)
      : asking(headcountAsked(heard, t))
  },

  contact: (text, { lexicon, t }) => {
    const heard = contactNameHeard(text, lexicon)
    return heard?.kind === 'name' ? storing(heard.name) : asking(contactAsked(heard, t))
  },

  phone: (text, { lexicon, t }) => {
    const phone = phoneHeard(text, lexicon)
    return phone === undefined ? asking(t('enrolment.phoneAgain')) : storing(phone)
  },

  /** Whatever the site profile may have, of any trade. */
  picks: (text, { lexicon, library, language, t }) => {
    const facts = library.siteProfile.groups.flatMap((group) => group.facts)
    const options = facts.map((fact) => ({
      key: fact.id,
      label: factLabel(fact, language),
      words: [fact.label, ...fact.words],
    }))
    const { picked, none, unknown } = picksHeard(text, options, lexicon)
    const isHeard = unknown.length === 0 && (none || picked.length > 0)
    return isHeard
      ? storing(picked)
      : asking(t('engine.notUnderstood', { text: unknown.join(t('screen.comma')) || text }))
  },
}

function districtHeard(text: string, { library, lexicon, language, t }: EnrolmentContent): Heard {
  const { districts } = library
  const { matches, exact, zone } = findDistrict(library, simplified(text, lexicon))
  if (exact && matches[0]) return storing(matches[0].code)
  if (zone) return asking(zoneExplained(zone, districts, language, t))
  if (matches.length === 0)
    return asking(t('enrolment.unknownDistrict', { text, city: districtName(districts.city, language) }))
  const labels = matches.map((district) => districtName(district, language))
  return asking(offered(t('enrolment.closestDistricts', { text }), labels, t))
}

function industryHeard(text: string, { library, lexicon, language, t }: EnrolmentContent): Heard {
  const { city } = library.districts
  const { matches, exact, facts, outside } = findIndustry(library, simplified(text, lexicon))
  const [best] = matches
  if (best && exact) return storing({ code: best.industryClass.code, industry: best.industry.id, facts })
  if (outside && !best) return asking(outsideExplained(outside, city.bureau ?? city.title, language, t))
  const labels = matches.map(({ industryClass }) => industryClassName(industryClass, language))
  return asking(offered(t(best ? 'enrolment.closestIndustries' : 'enrolment.unknownIndustry', { text }), labels, t))
}

/** As a message without buttons has it. */
const offered = (body: string, labels: readonly string[], t: Translator) =>
  [body, ...labels.map((label, index) => t('screen.option', { number: index + 1, label }))].join('\n')
