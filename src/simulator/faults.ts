/** What can go wrong between WeCom and the bot, for tests to switch on. */
export interface Faults {
  /** Every answer of the API comes this many real milliseconds later. */
  delayMs: number
  /** Nothing gets through: API connections break, callbacks wait until this is false again. */
  offline: boolean
  /** Every callback is sent this many times at once. */
  callbackCopies: number
  /** Uploads and downloads of media are refused. */
  refuseMedia: boolean
  /** Makes the access_token unusable; the bot has to fetch another one. */
  dropToken(errcode?: 40014 | 42001): void
  /** The next `times` sends and card updates answer with this errcode and do nothing. */
  failSends(errcode: number, times?: number): void
  /** The next `times` sends and card updates are done, but the connection breaks before the answer. */
  loseAnswers(times?: number): void
}

export interface FaultControl {
  readonly faults: Faults
  /** The errcode the send at hand has to fail with. */
  nextSendFailure(): number | undefined
  nextAnswerIsLost(): boolean
}

/** Nothing is wrong yet. `onTokenDropped` gets the errcode the old token is refused with, `onOnline` the way back. */
export function createFaults(onTokenDropped: (errcode: number) => void, onOnline: () => void): FaultControl {
  let offline = false
  let failures: number[] = []
  let lostAnswers = 0

  return {
    faults: {
      delayMs: 0,
      callbackCopies: 1,
      refuseMedia: false,
      get offline() {
        return offline
      },
      set offline(value) {
        offline = value
        if (!value) onOnline()
      },
      dropToken: (errcode = 40014) => onTokenDropped(errcode),
      failSends: (errcode, times = 1) => {
        failures = Array(times).fill(errcode)
      },
      loseAnswers: (times = 1) => {
        lostAnswers = times
      },
    },
    nextSendFailure: () => failures.shift(),
    nextAnswerIsLost: () => lostAnswers > 0 && lostAnswers-- > 0,
  }
}
