import type { Reply } from '../message/index.ts'

/** A channel that messages leave by. Both throw `DeliveryError`; anything else thrown counts as an unknown outcome. */
export interface Sender {
  /**
   * `uncertain`: an earlier attempt may have got through; where the channel can tell, nobody gets it twice.
   * @param recipient a contact, such as `app:zhangsan`
   */
  readonly send: (recipient: string, reply: Reply, options: { readonly uncertain: boolean }) => Promise<SentReply>
  readonly updateCard: (
    recipient: string,
    update: { readonly responseCode: string; readonly chosenLabel: string },
  ) => Promise<void>
}

export interface SentReply {
  /** How many messages it took; they count for the channel's limits per person. */
  readonly messages: number
  /** None when it had been delivered before. */
  readonly messageId?: string
  /** Lets the card be updated later. */
  readonly responseCode?: string
}

/** The channel did not take it, and what that means. The message never carries words of a conversation. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  constructor(
    message: string,
    readonly verdict: Verdict,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type Verdict =
  /**
   * The same may succeed later. `uncertain`: it may have got through, wholly or in part. `outage`: it is the channel
   * that is out of order or wrongly set up, whatever the message.
   */
  | {
      readonly kind: 'again'
      readonly uncertain: boolean
      readonly afterSeconds?: number
      readonly outage?: boolean
    }
  /** Never in this way to this person. */
  | { readonly kind: 'never' }
  /** Too late: there is nothing left to do. */
  | { readonly kind: 'settled' }
