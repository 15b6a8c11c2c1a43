/**
 * Keys that stay good for as long as the push that carries them; a claim follows the last dot. Its contact lets in or
 * keeps out who says that the enterprise is theirs, a regulator may also make them the contact.
 */
export const claimKeys = {
  letIn: 'go.letin',
  keepOut: 'go.keepout',
  admit: 'review.admit',
  appoint: 'review.appoint',
  refuse: 'review.refuse',
} as const

/** What a regulator decides of a claim: who makes it answers along, becomes the contact, or neither. */
export type ClaimDecision = 'colleague' | 'contact' | 'refused'

/** What its contact says to a claim; undefined for another key. */
export function claimAnswered(key: string): { claimId: string; admits: boolean } | undefined {
  const [, verb, claimId = ''] = /^(go\.[a-z]+)\.([^.]+)$/.exec(key) ?? []
  if (verb === claimKeys.letIn) return { claimId, admits: true }
  return verb === claimKeys.keepOut ? { claimId, admits: false } : undefined
}
