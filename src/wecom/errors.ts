/** WeCom answered, and the answer was no. */
export class WecomApiError extends Error {
  override readonly name = 'WecomApiError'
  readonly reaction: WecomReaction
  constructor(
    readonly api: string,
    readonly errcode: number,
    readonly errmsg: string,
  ) {
    super(`${api} failed with ${errcode}: ${errmsg}`)
    this.reaction = reactionTo(errcode)
  }
}

/** The call got no answer that can be understood. A message may have been sent all the same. */
export class WecomUnreachableError extends Error {
  override readonly name = 'WecomUnreachableError'
  constructor(
    readonly api: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${api} was not reached: ${reason}`, options)
  }
}

/** A file is larger than the taker allows. */
export class MediaTooLargeError extends Error {
  override readonly name = 'MediaTooLargeError'
  constructor(readonly maxBytes: number) {
    super(`the file has more than ${maxBytes} bytes`)
  }
}

/** What to do about a refusal. */
export type WecomReaction =
  /** Drop the access_token, fetch one, repeat once. The client has done so before the error is seen: try later. */
  | { readonly kind: 'refetchToken' }
  /** The same call may succeed later; wait at least so long. */
  | { readonly kind: 'retryLater'; readonly afterSeconds: number }
  /** This person cannot be reached in this way; others can. */
  | { readonly kind: 'recipientUnreachable' }
  /** A media_id has run out (3 days) or is of another kind: upload the file again, once. */
  | { readonly kind: 'uploadAgain' }
  /** The card was updated already, or more than 72 hours have passed: nothing left to update. */
  | { readonly kind: 'cardSettled' }
  /** WeCom will not carry these words. */
  | { readonly kind: 'contentRefused' }
  /** What we sent was wrong: a bug of ours, never to be repeated unchanged. */
  | { readonly kind: 'badRequest' }
  /** An administrator must set something right, on this page. */
  | { readonly kind: 'fixConfiguration'; readonly page: AdminPage }

/** A page of the WeCom admin console; its Chinese name is a word for `locales/`. */
export type AdminPage =
  /** My enterprise: CorpID, verification, number of accounts. */
  | 'enterprise'
  /** The app: AgentId, Secret, switched on or off. */
  | 'app'
  /** The app: who may see it. */
  | 'appVisibility'
  /** The app: trusted IP addresses. */
  | 'appTrustedIp'
  /** The app: receiving messages by API. */
  | 'appReceiveMessages'
  /** The app: trusted domain for web pages. */
  | 'appTrustedDomain'
  /** The app: linked mini-programs. */
  | 'appMiniProgram'
  /** Customer service (kf): which app may call, accounts, servicers. */
  | 'customerService'

const retryLater = (afterSeconds: number): WecomReaction => ({ kind: 'retryLater', afterSeconds })
const fix = (page: AdminPage): WecomReaction => ({ kind: 'fixConfiguration', page })

const REFETCH_TOKEN: WecomReaction = { kind: 'refetchToken' }
const UNREACHABLE: WecomReaction = { kind: 'recipientUnreachable' }
const UPLOAD_AGAIN: WecomReaction = { kind: 'uploadAgain' }
const CARD_SETTLED: WecomReaction = { kind: 'cardSettled' }
const CONTENT_REFUSED: WecomReaction = { kind: 'contentRefused' }
const BAD_REQUEST: WecomReaction = { kind: 'badRequest' }

/** Document 90455 (error codes) and 90312 (how long a frequency limit blocks: the shortest window is a minute). */
const REACTIONS: readonly (readonly [WecomReaction, readonly number[]])[] = [
  [REFETCH_TOKEN, [40014, 42001]],
  [retryLater(2), [-1, 6000]],
  [retryLater(60), [45009, 45029, 45033]],
  [UNREACHABLE, [40003, 40096, 43004, 46004, 50002, 60003, 60011, 60111, 81013, 84061, 301021]],
  [UNREACHABLE, [95001, 95002, 95013, 95018]],
  [UPLOAD_AGAIN, [40007]],
  [CARD_SETTLED, [60140]],
  [CONTENT_REFUSED, [40201, 85002]],
  [fix('enterprise'), [40013, 43009, 45024, 95003, 301007, 610016, 701008]],
  [fix('app'), [40001, 40056, 40091, 48001, 48002, 48006, 50003, 301002]],
  [fix('appVisibility'), [81012]],
  [fix('appTrustedIp'), [60020]],
  [fix('appReceiveMessages'), [40057, 43012]],
  [fix('appTrustedDomain'), [50001, 80001, 85004, 85005]],
  [fix('appMiniProgram'), [90200, 90206, 90207]],
  [fix('customerService'), [60252, 60253, 95000, 95004, 95011, 95012, 95014, 95017, 95019]],
]

const REACTION_BY_CODE = new Map(
  REACTIONS.flatMap(([reaction, codes]) => codes.map((code) => [code, reaction] as const)),
)

/** Codes of five digits not listed above speak of a bad request; other unknown ones may pass. */
function reactionTo(errcode: number): WecomReaction {
  const known = REACTION_BY_CODE.get(errcode)
  if (known) return known
  return errcode >= 40_000 && errcode <= 99_999 ? BAD_REQUEST : retryLater(60)
}
