import type { Option, Screen } from './screen.ts'

interface ClaimAnswered {
  readonly type: 'claim.answered'
  readonly claimId: string
  readonly admits: boolean
}

/** Whom the contact lets in or keeps out, wherever they are asked; without anybody there is only the way back. */
export function claimAnswering<E extends { readonly type: string }>(
  claim: { readonly claimId: string } | undefined,
  back: Option<E>,
): Pick<Screen<E | ClaimAnswered>, 'says' | 'options' | 'means'> {
  if (!claim) return { says: ['colleagues.noClaim'], options: [back], means: [] }
  const answer = (admits: boolean): ClaimAnswered => ({ type: 'claim.answered', claimId: claim.claimId, admits })
  return {
    says: ['colleagues.claim'],
    options: [
      { key: 'claim.letIn', label: 'button.letIn', event: answer(true) },
      { key: 'claim.keepOut', label: 'button.keepOut', event: answer(false) },
      back,
    ],
    means: [
      ['yes', answer(true)],
      ['no', answer(false)],
    ],
  }
}
