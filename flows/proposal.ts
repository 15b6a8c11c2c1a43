/**
 * What a language model takes words for that nobody else understood. It is no `Finding` and holds none, so that the
 * compiler lets nobody record it: the one event that carries it asks back, and only the owner's own answer counts.
 */
export interface Proposal {
  /** Dedupe key of the message that the words were in. */
  readonly message: string
  /** All is as the question asks, or something is amiss. */
  readonly leans: 'good' | 'bad'
}
