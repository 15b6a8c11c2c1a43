import { type ClaimDecision, claimKeys } from '../../flows/claim-keys.ts'
import type { Translator } from '../i18n/translator.ts'
import type { PromptOption, Reply } from '../message/index.ts'

/** What is told unasked of somebody who says that a registered enterprise is theirs. */
export type ClaimNotice =
  | { readonly type: 'asked' }
  /** `why`: the contact says nothing, or there is a photo of the licence. */
  | { readonly type: 'handed'; readonly why: HandedWhy; readonly detailsUrl: string }
  | { readonly type: 'withRegulator'; readonly why: HandedWhy; readonly to: 'claimant' | 'contact' }
  | { readonly type: 'admitted'; readonly by: 'contact' }
  | { readonly type: 'refused'; readonly by: 'contact' }
  | { readonly type: 'decided'; readonly decision: ClaimDecision; readonly to: 'claimant' | 'contact' }

export type HandedWhy = 'silent' | 'licence'

export interface ClaimFacts {
  readonly claimId: string
  /** Who makes it. */
  readonly name: string
  readonly uscc: string
  /** Said to the enterprise and to regulators only. */
  readonly enterprise: string
  readonly contactName: string
  readonly district: string
  readonly bureau: string
  /** How long the contact may take. */
  readonly days: number
}

/** The choices are named in words: a number would answer the question a conversation is at. */
export function claimReply(
  notice: ClaimNotice,
  facts: ClaimFacts,
  { t, promptId }: { readonly t: Translator; readonly promptId: string },
): Reply {
  const told = { ...facts }
  switch (notice.type) {
    case 'asked': {
      const body = t('notices:claim.asked', told)
      return card(promptId, t, {
        body,
        options: [
          button(claimKeys.letIn, facts, t('notices:claim.button.letIn'), 'primary'),
          button(claimKeys.keepOut, facts, t('notices:claim.button.keepOut')),
        ],
      })
    }
    case 'handed':
      return card(promptId, t, {
        body: t(`notices:claim.handed.${notice.why}`, told),
        options: [
          button(claimKeys.admit, facts, t('notices:claim.button.admit')),
          button(claimKeys.refuse, facts, t('notices:claim.button.refuse')),
        ],
        link: { title: t('notices:claim.details'), url: notice.detailsUrl },
        // Taking an enterprise from its contact is no matter of one tap on a push.
        inWords: t('notices:claim.inWordsOfRegulator'),
      })
    case 'withRegulator':
      return { text: t(`notices:claim.withRegulator.${notice.to}.${notice.why}`, told) }
    case 'admitted':
      return { text: t('notices:claim.admitted', told) }
    case 'refused':
      return { text: t('notices:claim.refused', told) }
    case 'decided':
      return { text: t(`notices:claim.decided.${notice.to}.${notice.decision}`, told) }
  }
}

const button = (key: string, { claimId }: ClaimFacts, label: string, style?: PromptOption['style']): PromptOption => ({
  key: `${key}.${claimId}`,
  label,
  ...(style && { style }),
})

interface Card {
  readonly body: string
  readonly options: readonly PromptOption[]
  readonly link?: { readonly title: string; readonly url: string }
  readonly inWords?: string
}

function card(id: string, t: Translator, { body, options, link, inWords = t('notices:claim.inWords') }: Card): Reply {
  const links = link ? [t('notices:line.link', link)] : []
  return {
    text: [body, ...links, inWords].join('\n'),
    prompt: { kind: 'choice', id, heading: t('notices:claim.heading'), body, options, ...(link && { link }) },
  }
}
