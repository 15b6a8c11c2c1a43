/**
 * Something that reached the bot: a person's message, a tap on a card, or an event of the channel.
 * Free of any channel; a channel's own folder (`src/wecom`) is the only place that makes one from the wire.
 */
export interface InboundMessage {
  /** The same for every delivery of the same thing, different for any two things. */
  readonly dedupeKey: string
  /** Who: the channel and the id on it, lower-case, such as `app:zhangsan`. */
  readonly contact: string
  /** When the person sent it, by the channel's clock. */
  readonly sentAt: Date
  readonly content: InboundContent
}

export type InboundContent = SpokenContent | ChannelEvent | InternalEvent

/** What a person says, shows or taps. */
export type SpokenContent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly mediaId: string; readonly pictureUrl?: string }
  | { readonly type: 'voice'; readonly mediaId: string; readonly format: string }
  | { readonly type: 'video'; readonly mediaId: string; readonly thumbMediaId: string }
  | {
      readonly type: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly scale: number
      readonly label: string
    }
  | {
      readonly type: 'link'
      readonly title: string
      readonly description: string
      readonly url: string
      readonly pictureUrl: string
    }
  | {
      readonly type: 'cardTap'
      /** The card's own id, chosen by us when it was sent. */
      readonly taskId: string
      /** The button or submit key. */
      readonly key: string
      readonly cardType: string
      /** Lets the tapped card be updated: once, within 72 hours. */
      readonly responseCode: string
      readonly selections: readonly CardSelection[]
    }
  | { readonly type: 'menuTap'; readonly key: string }
  | { readonly type: 'entered' }

/** What was ticked in one question of a card. */
export interface CardSelection {
  readonly question: string
  readonly options: readonly string[]
}

/** What the channel tells us of itself. None of these is an answer, none gets one. */
export type ChannelEvent =
  | { readonly type: 'joined' }
  | { readonly type: 'left' }
  | { readonly type: 'linkOpened'; readonly target: string; readonly in: 'web' | 'miniprogram' }
  | {
      readonly type: 'scanned'
      readonly key: string
      readonly scanType: string
      readonly result: string
      readonly awaitsReply: boolean
    }
  | {
      readonly type: 'picturesChosen'
      readonly via: string
      readonly key: string
      readonly count: number
      readonly md5Sums: readonly string[]
    }
  | {
      readonly type: 'locationChosen'
      readonly key: string
      readonly latitude: number
      readonly longitude: number
      readonly scale: number
      readonly label: string
      readonly placeName: string
    }
  | {
      readonly type: 'positionReported'
      readonly latitude: number
      readonly longitude: number
      readonly precision: number
    }
  | { readonly type: 'taskCardTap'; readonly key: string; readonly taskId: string }
  | {
      readonly type: 'cardMenuTap'
      readonly key: string
      readonly taskId: string
      readonly cardType: string
      readonly responseCode: string
    }
  | {
      readonly type: 'jobFinished'
      readonly jobId: string
      readonly jobType: string
      readonly errorCode: number
      readonly errorMessage: string
    }
  | { readonly type: 'contactsChanged'; readonly change: string; readonly fields: Readonly<Record<string, string>> }
  | {
      readonly type: 'externalContactChanged'
      readonly change: string
      readonly fields: Readonly<Record<string, string>>
    }
  | { readonly type: 'appShareChanged'; readonly event: string }
  | { readonly type: 'kfBell'; readonly token: string; readonly openKfId: string }
  | { readonly type: 'kfAccountsChanged'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly type: 'workbenchModeSwitched'; readonly mode: number }
  /** WeCom is about to switch the app off, has done so, or has switched it on again. */
  | { readonly type: 'activityNotice'; readonly event: string; readonly effectiveAt?: Date }
  | { readonly type: 'unsupported'; readonly name: string }

/** What the house tells a conversation, on the same road as everything else. */
export type InternalEvent =
  /** A photo has been fetched and stored, or has been given up. */
  {
    readonly type: 'evidenceSettled'
    readonly evidenceId: string
    readonly outcome: 'stored' | 'lost' | 'tooLarge' | 'unreadable'
  }
