import { type Beginning, type Flow, type Heard, lifted, type Scene } from '../flow.ts'
import { type HomeEvent, home } from './home.machine.ts'

/** Keys that stay good for as long as the reminder that carries them: the application follows the last dot. */
export const standingKeys = {
  amend: 'go.amend',
  recheck: 'go.recheck',
  renew: 'go.renew',
  snooze: 'go.snooze',
  later: 'go.later',
} as const

/** Keys of the buttons of the home prompt. */
export const homeKeys = { begin: 'begin', status: 'status' } as const

const begun: Readonly<Record<string, Beginning>> = {
  [standingKeys.amend]: 'amendment',
  [standingKeys.recheck]: 'recheck',
  [standingKeys.renew]: 'renewal',
  [`${homeKeys.begin}.assessment`]: 'assessment',
  [`${homeKeys.begin}.amendment`]: 'amendment',
  [`${homeKeys.begin}.recheck`]: 'recheck',
  [`${homeKeys.begin}.renewal`]: 'renewal',
}

/** Reminders and pushes are answered whenever it suits; what became of the matter decides what a tap still does. */
export const isStandingKey = (key: string) => key.startsWith('go.') || key.startsWith('review.')

export const homeFlow: Flow = {
  name: 'home',
  version: 1,
  migrate: lifted([]),
  machine: () => home,
  interpret: interpretHome,
}

function interpretHome(heard: Heard, { facts }: Scene): HomeEvent | undefined {
  if (heard.type === 'chosen') return tapped(heard.key, facts.mayBegin)
  if (heard.type === 'words') return isNod(heard.text) ? { type: 'status.asked' } : undefined
  if (heard.type !== 'command') return undefined
  switch (heard.command.kind) {
    case 'start':
    case 'resume':
    case 'restart':
      return facts.mayBegin[0] ? { type: 'walk.begun', beginning: facts.mayBegin[0] } : { type: 'status.asked' }
    case 'status':
    case 'progress':
      return { type: 'status.asked' }
    case 'answers':
    case 'edit':
      return { type: 'answers.asked' }
    default:
      return undefined
  }
}

/** A few words that ask nothing, such as thanks: how things stand is all there is to say to them. */
const isNod = (text: string) => text.length <= LONGEST_NOD && !/[?\uff1f]/.test(text)

/** In characters. */
const LONGEST_NOD = 12

function tapped(key: string, mayBegin: readonly Beginning[]): HomeEvent | undefined {
  const [, verb = '', applicationId = ''] = /^(go\.[a-z]+)\.(.+)$/.exec(key) ?? []
  if (verb === standingKeys.snooze) return { type: 'reminder.snoozed', applicationId }
  if (verb === standingKeys.later) return { type: 'amendment.postponed' }
  if (key === homeKeys.status) return { type: 'status.asked' }
  const beginning = begun[verb] ?? begun[key]
  if (!beginning) return undefined
  return mayBegin.includes(beginning) ? { type: 'walk.begun', beginning } : { type: 'beginning.unavailable', beginning }
}
