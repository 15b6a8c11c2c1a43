import type { Heard } from '../../flows/flow.ts'
import type { ChecklistLibrary } from '../checklist/library.ts'
import type { Language, Translator } from '../i18n/translator.ts'

/** What the engine itself says, whatever the flow. */
export type Remark =
  | { readonly about: 'help' | 'human' | 'staleCard' }
  | { readonly about: 'language'; readonly to?: Language }
  | { readonly about: 'unusable'; readonly kind: 'voice' | 'video' | 'location' | 'link' | 'file' | 'other' }
  /** It could be understood, but the flow has no use for it here. */
  | { readonly about: 'useless'; readonly heard: Heard }

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
    case 'useless':
      switch (remark.heard.type) {
        case 'words':
          return t('engine.notUnderstood', { text: remark.heard.text.slice(0, 30) })
        case 'command':
          return t('engine.uselessCommand')
        case 'photo':
          return t('engine.uselessPhoto')
        default:
          return undefined
      }
  }
}
