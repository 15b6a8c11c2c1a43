import type { Checklist, SiteFacts } from '../checklist/checklist.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import { type AnswerSheet, ledgerOf } from '../checklist/rules.ts'
import type { SiteProfile } from '../checklist/schema.ts'
import type { Questions } from '../i18n/questions.ts'
import type { Language } from '../i18n/translator.ts'
import { factLabel, industryName } from './checklist-words.ts'
import { filled } from './questions.ts'

export interface FactView {
  readonly language: Language
  readonly library: ChecklistLibrary
  /** In the owner's language, like the names. */
  readonly questions: Questions
  readonly names: Readonly<Record<string, readonly string[]>>
  readonly site: SiteFacts
  /** The list that is walked, and how far; null outside a walk. */
  readonly walk: { readonly checklist: Checklist; readonly sheet: AnswerSheet } | null
}

/** Why the owner is not asked about a fact of the site profile, or where he is. */
export function whyNotAsked(id: string, view: FactView): string {
  const { questions, library, language, site } = view
  const fact = factOf(id, view)
  const values = { fact: factLabel(fact, language), word: wordFor(fact, view) }
  const named = (ids: readonly string[]) =>
    library.industries.industries.filter((each) => ids.includes(each.id)).map((each) => industryName(each, language))

  if (site.facts.includes(id)) {
    const number = firstNumber(fact, view)
    return number === undefined
      ? filled(questions.factAnswers.noted, values)
      : filled(questions.factAnswers.asked, { ...values, number })
  }
  if (fact.industries && !fact.industries.includes(site.industry))
    return filled(questions.factAnswers.otherTrade, {
      ...values,
      industries: named(fact.industries).join(questions.factAnswers.between),
      industry: named([site.industry]).join(''),
    })
  return filled(questions.factAnswers.undeclared, values)
}

/** Why the owner is asked about a fact of the site profile. */
export function whyAsked(id: string, view: FactView): string {
  const { questions, language, site } = view
  const fact = factOf(id, view)
  const { declared, undeclaredButAsked } = questions.factAnswers
  const phrase = site.facts.includes(id) ? declared : undeclaredButAsked
  return filled(phrase, { fact: factLabel(fact, language), word: wordFor(fact, view) })
}

/** Of facts that an owner says are there, or are not: that the record has it so. */
export function onRecord(ids: readonly string[], view: FactView): string {
  const { questions, language, site } = view
  const { known, notKnown, between } = questions.factAnswers
  const told = (phrase: string, facts: readonly string[]) =>
    facts.length === 0
      ? []
      : [filled(phrase, { fact: facts.map((id) => factLabel(factOf(id, view), language)).join(between) })]
  return [
    ...told(
      known,
      ids.filter((id) => site.facts.includes(id)),
    ),
    ...told(
      notKnown,
      ids.filter((id) => !site.facts.includes(id)),
    ),
  ].join('\n')
}

type Fact = SiteProfile['groups'][number]['facts'][number]

/** @throws Error when the site profile has no such fact */
function factOf(id: string, { library }: FactView): Fact {
  const fact = library.siteProfile.groups.flatMap(({ facts }) => facts).find((each) => each.id === id)
  if (!fact) throw new Error(`The site profile has no fact ${id}`)
  return fact
}

/** What the owner may call it, so that the sentence he is told to say is understood. */
const wordFor = (fact: Fact, { names, language }: FactView) => {
  const [name] = [...(language === 'zh-CN' ? fact.words : []), ...(names[fact.id] ?? [])]
  return name ?? factLabel(fact, language)
}

/** The number of the first question about a fact: what it excuses, else what speaks of it, else what its checklists ask. */
function firstNumber({ id, modules, words }: Fact, { walk }: FactView): number | undefined {
  const lines = walk ? ledgerOf(walk.checklist, walk.sheet) : []
  const switchedOn = lines.filter(({ item }) => modules.includes(item.checklistId))
  const line =
    lines.find(({ item }) => item.notApplicable?.fact === id) ??
    switchedOn.find(({ item }) => words.some((word) => item.question.includes(word))) ??
    switchedOn[0]
  return line?.number
}
