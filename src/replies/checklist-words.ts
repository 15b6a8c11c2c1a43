import type { Name } from '../../flows/screen.ts'
import { type ChecklistItem, checklistOf } from '../checklist/checklist.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { checklistWords } from '../i18n/checklist-words.ts'
import type { Language } from '../i18n/translator.ts'

/** What an owner reads of an item. */
export interface ItemWords {
  readonly question: string
  readonly help: string
  readonly why: string
  /** The thing the enterprise would have to lack; absent where everybody has it. */
  readonly reason?: string | undefined
  readonly mustShow?: string | undefined
  readonly now?: string | undefined
  readonly advice: string
}

/** In the owner's language where it was translated, else as the checklist has it. */
export function itemWords(item: ChecklistItem, language: Language): ItemWords {
  const { question, help, why, notApplicable, evidence, rectification } = item
  return {
    question,
    help,
    why,
    reason: notApplicable?.reason,
    mustShow: 'mustShow' in evidence ? evidence.mustShow : undefined,
    now: rectification.now,
    advice: rectification.advice,
    ...checklistWords[language].items[item.id],
  }
}

interface Named {
  readonly id: string
}

export const factLabel = ({ id, label }: Named & { readonly label: string }, language: Language) =>
  checklistWords[language].facts[id] ?? label

export const groupHeading = ({ id, heading }: Named & { readonly heading: string }, language: Language) =>
  checklistWords[language].groups[id] ?? heading

export const hazardTitle = ({ id, title }: Named & { readonly title: string }, language: Language) =>
  checklistWords[language].hazards[id] ?? title

export const industryName = ({ id, title }: Named & { readonly title: string }, language: Language) =>
  checklistWords[language].industries[id] ?? title

interface Coded {
  readonly code: string
  readonly title: string
}

/** Of a GB/T 4754 class. */
export const industryClassName = ({ code, title }: Coded, language: Language) =>
  checklistWords[language].classes[code] ?? title

/** Of a district, their city or a zone, by code or id. */
export const districtName = ({ code, title }: Coded, language: Language) =>
  checklistWords[language].districts[code] ?? title

/** What something that the library knows is called; its id where it has no name. */
export function nameOf({ of, id }: Name, library: ChecklistLibrary, language: Language): string {
  const { districts, industries, siteProfile } = library
  switch (of) {
    case 'district': {
      const district = [districts.city, ...districts.districts].find(({ code }) => code === id)
      return district ? districtName(district, language) : id
    }
    case 'industry': {
      const industry = industries.industries.find((each) => each.id === id)
      return industry ? industryName(industry, language) : id
    }
    // Class and industry, such as 金属制品业 · 机械.
    case 'industryClass': {
      const found = industries.classes.find(({ code }) => code === id)
      return found
        ? `${industryClassName(found, language)} · ${nameOf({ of: 'industry', id: found.industry }, library, language)}`
        : id
    }
    case 'fact': {
      const fact = siteProfile.groups.flatMap(({ facts }) => facts).find((each) => each.id === id)
      return fact ? factLabel(fact, language) : id
    }
    case 'item': {
      const [item] = checklistOf(library, [id]).items
      return item ? inShort(itemWords(item, language).question) : id
    }
  }
}

/** As much as fits beside a box to be ticked. */
const inShort = (text: string) => (text.length > BOX_CHARS ? `${text.slice(0, BOX_CHARS - 1)}…` : text)
const BOX_CHARS = 17
