import type { Beginning, Place } from '../flow.ts'
import type { Key, Option, Screen } from '../screen.ts'
import { codeHeard } from '../words/code-heard.ts'
import type { HomeEvent } from './home.machine.ts'

/** How the enterprise stands. Dates are ISO dates in China. */
export interface HomeKnown {
  readonly enterpriseName: string
  /** The most urgent first. */
  readonly mayBegin: readonly Beginning[]
  /** Where it must wait before it applies again. */
  readonly mayApplyFrom?: string
  readonly application?: {
    readonly id: string
    readonly number: string
    readonly state: string
    readonly filedOn: string
    readonly reviewDueOn: string
    readonly validUntil?: string
    readonly nextVerificationOn?: string
    /** Why it was rejected or revoked. */
    readonly reason?: string
  }
}

export type HomePlace = Place<unknown, HomeKnown>

/** One row a state. */
export const homeScreens = {
  resting: ({ known: { mayBegin } }) => {
    const [first] = mayBegin
    const begin: HomeEvent = first ? { type: 'walk.begun', beginning: first } : { type: 'status.asked' }
    return {
      says: ['home.standing'],
      heading: 'home.heading',
      options: mayBegin.map(beginningOption),
      // Thanks and the like ask nothing: how things stand is all there is to say to them.
      typed: (text) => {
        const code = codeHeard(text)
        if (code !== undefined) return { type: 'code.given', code }
        return isNod(text) ? { type: 'status.asked' } : undefined
      },
      commands: {
        start: begin,
        resume: begin,
        restart: begin,
        status: { type: 'status.asked' },
        progress: { type: 'status.asked' },
        answers: { type: 'answers.asked' },
        edit: () => ({ type: 'answers.asked' }),
      },
    }
  },
} as const satisfies Readonly<Record<string, (place: HomePlace) => Screen<HomeEvent>>>

const beginningOption = (beginning: Beginning): Option<HomeEvent> => ({
  key: `begin.${beginning}`,
  label: `home.button.${beginning}` satisfies Key,
  event: { type: 'walk.begun', beginning },
  style: 'primary',
})

const isNod = (text: string) => text.length <= LONGEST_NOD && !/[?\uff1f]/.test(text)

/** In characters. */
const LONGEST_NOD = 12

/** Keys that stay good for as long as the reminder that carries them: the application follows the last dot. */
export const standingKeys = {
  amend: 'go.amend',
  recheck: 'go.recheck',
  renew: 'go.renew',
  snooze: 'go.snooze',
  later: 'go.later',
} as const

const begun: Readonly<Record<string, Beginning>> = {
  [standingKeys.amend]: 'amendment',
  [standingKeys.recheck]: 'recheck',
  [standingKeys.renew]: 'renewal',
}

/** What the button of a reminder still does: that depends on what became of the matter. */
export function homeStanding(key: string, { known: { mayBegin, application } }: HomePlace): HomeEvent | undefined {
  const [, verb = ''] = /^(go\.[a-z]+)\.(.+)$/.exec(key) ?? []
  // Only its own: whatever application the key names.
  if (verb === standingKeys.snooze && application) return { type: 'reminder.snoozed', applicationId: application.id }
  if (verb === standingKeys.later) return { type: 'amendment.postponed' }
  const beginning = begun[verb]
  if (!beginning) return undefined
  return mayBegin.includes(beginning) ? { type: 'walk.begun', beginning } : { type: 'beginning.unavailable', beginning }
}
