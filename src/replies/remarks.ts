import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Language, Translator } from '../i18n/translator.ts'

/** What the engine itself says, whatever the flow. */
export type Remark =
  | { readonly about: 'help' | 'human' | 'staleCard' }
  | { readonly about: 'language'; readonly to?: Language }
  | { readonly about: 'unusable'; readonly kind: 'voice' | 'video' | 'location' | 'link' | 'file' | 'other' }
  /** It is nothing that is waited for here. */
  | { readonly about: 'notUnderstood'; readonly text: string }
  | { readonly about: 'uselessCommand' | 'uselessPhoto' | 'nothing' }

export interface RemarkView {
  readonly t: Translator
  readonly library: ChecklistLibrary
  readonly enterprise: { readonly district: string } | null
}

/** What the bot says by itself, before the flow repeats its question; undefined when the question alone will do. */
export function remarkNote(remark: Remark, { t, library, enterprise }: RemarkView): string | undefined {
  switch (remark.about) {
    case 'help':
      return t('engine.help')
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
    case 'uselessPhoto':
      return t(`engine.${remark.about}`)
    case 'nothing':
      return undefined
  }
}
