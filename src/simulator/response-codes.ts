import { randomBytes } from 'node:crypto'
import type { World } from './world.ts'

const LIFE_MS = 72 * 3600 * 1000

/** A new code that lets the bot update the card once within 72 hours. */
export function issueResponseCode(world: World, taskId: string): string {
  const code = randomBytes(24).toString('base64url')
  const { state, touch } = world.store
  state.responseCodes = [
    ...state.responseCodes.filter(isAliveAt(world.now())),
    { code, taskId, givenAt: world.now().toISOString() },
  ]
  touch()
  return code
}

/** The card a code is for; undefined when it was used, is too old, or never existed. */
export const cardOfResponseCode = ({ store, now }: World, code: string) =>
  store.state.responseCodes.filter(isAliveAt(now())).find((known) => known.code === code)?.taskId

/** From now on the code is worth nothing. */
export function useUpResponseCode({ store }: World, code: string) {
  store.state.responseCodes = store.state.responseCodes.filter((known) => known.code !== code)
  store.touch()
}

const isAliveAt =
  (now: Date) =>
  ({ givenAt }: { givenAt: string }) =>
    now.getTime() - Date.parse(givenAt) <= LIFE_MS
