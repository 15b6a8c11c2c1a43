import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Language, Translator } from '../i18n/translator.ts'
import { type QuestionView, questionAnswer } from './questions.ts'
import { type FactView, onRecord, whyAsked, whyNotAsked } from './why-not.ts'

/** What the engine itself says, whatever the flow. */
export type Remark =
  | { readonly about: 'help' | 'human' | 'staleCard' }
  | { readonly about: 'language'; readonly to?: Language }
  | { readonly about: 'unusable'; readonly kind: 'voice' | 'video' | 'location' | 'link' | 'file' | 'other' }
  /** It is nothing that is waited for here. */
  | { readonly about: 'notUnderstood'; readonly text: string }
  /** A question of the owner's, by its name in the list. */
  | { readonly about: 'question'; readonly id: string }
  /** By the id of a fact of the site profile. */
  | { readonly about: 'whyAsked' | 'whyNotAsked'; readonly fact: string }
  /** Facts that are as the record has them: there, or not there. */
  | { readonly about: 'onRecord'; readonly facts: readonly string[] }
  | { readonly about: 'uselessCommand' | 'uselessPhoto' | 'nothing' }

export interface RemarkView {
  readonly t: Translator
  readonly library: ChecklistLibrary
  readonly enterprise: { readonly district: string } | null
  /** In a walk 1 to 4 are answers, and there are more words. */
  readonly isWalking: boolean
  readonly isPaused: boolean
  readonly question: QuestionView
  /** Of an enrolled enterprise. */
  readonly facts?: FactView
}

/** What the bot says by itself, before the flow repeats its question; undefined when the question alone will do. */
export function remarkNote(remark: Remark, view: RemarkView): string | undefined {
  const { t, library, enterprise } = view
  switch (remark.about) {
    case 'help':
      return t(view.isWalking ? 'engine.help' : 'engine.helpBefore')
    case 'question':
      return questionAnswer(remark.id, view.question)
    case 'whyAsked':
      return view.facts && whyAsked(remark.fact, view.facts)
    case 'whyNotAsked':
      return view.facts && whyNotAsked(remark.fact, view.facts)
    case 'onRecord':
      return view.facts && onRecord(remark.facts, view.facts)
    case 'human': {
      const bureau = library.districts.districts.find(({ code }) => code === enterprise?.district)?.bureau
      return bureau ? t('engine.human', { bureau }) : t('engine.humanUnknown')
    }
    case 'staleCard':
      return t('engine.staleCard')
    case 'language':
      return remark.to ? t('engine.language') : t('engine.whichLanguage')
    case 'unusable':
      return t(`engine.unusable.${remark.kind}`)
    case 'notUnderstood':
      return t('engine.notUnderstood', { text: remark.text.slice(0, 30) })
    case 'uselessCommand':
      return t(view.isPaused ? 'engine.uselessWhilePaused' : 'engine.uselessCommand')
    case 'uselessPhoto':
      return t('engine.uselessPhoto')
    case 'nothing':
      return undefined
  }
}
