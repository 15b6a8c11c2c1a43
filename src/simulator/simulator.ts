import { EventEmitter } from 'node:events'
import { dirname, join } from 'node:path'
import express, { type Router } from 'express'
import { createStandInApi } from './api.ts'
import { createCallbackPost } from './callbacks.ts'
import { type ChatActions, createChatActions } from './chat.ts'
import type { SimulatorCorp } from './corp.ts'
import { createFaults, type Faults } from './faults.ts'
import { openMediaShelf } from './media.ts'
import { createPages, isSensible } from './pages.ts'
import { openStore } from './store.ts'
import { type ChatMessage, type Limits, type Person, personOf, type World, wecomLimits } from './world.ts'

export interface SimulatorOptions {
  readonly corp: SimulatorCorp
  /** Where the bot takes callbacks; a function when the port is known only later. */
  readonly callbackUrl: string | (() => string)
  readonly people: readonly Person[]
  /** Keeps chats, media and the clock over restarts; without it they live in memory. */
  readonly stateFile?: string | undefined
  /** Photos and files; beside the state file when not given. */
  readonly mediaDir?: string | undefined
  /** Called after every move of the simulated clock, and waited for. */
  readonly onClockMoved?: ((now: Date) => Promise<void> | void) | undefined
  /** The wall clock. */
  readonly now?: (() => Date) | undefined
  /** Pages worth opening from the list of people, such as the console. */
  readonly links?: readonly { readonly title: string; readonly url: string }[] | undefined
  readonly limits?: Partial<Limits> | undefined
}

export interface Simulator extends ChatActions {
  /** To be mounted at `/simulator`, before any body parser. */
  readonly router: Router
  readonly clock: SimulatorClock
  readonly faults: Faults
  /** What the bot sent this person and was not dropped, oldest first, as it looks now. */
  messagesTo(userId: string): readonly ChatMessage[]
  /** Texts that were longer than WeCom shows, as `userId path: text`. */
  readonly cutTexts: readonly string[]
  /** Checks the callback URL as the WeCom console does. Throws when the bot does not pass. */
  verifyUrl(): Promise<void>
  /** Goes on after `stop`, and sends what an earlier process did not get delivered. Call it once the bot listens. */
  start(): void
  /** The API refuses connections, callbacks are kept, open pages are let go, and the state is saved. */
  stop(): Promise<void>
}

export interface SimulatorClock {
  now(): Date
  /** Moves on by whole days, 1 to 3660, and waits for `onClockMoved`. */
  advance(days: number): Promise<void>
}

const DAY_MS = 24 * 3600 * 1000

/** A stand-in for WeCom with one corp, one app and a few people, who chat through web pages or through this object. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { corp, people, stateFile, mediaDir, onClockMoved, now: wallClock = () => new Date(), links = [] } = options
  const callbackUrl = () => (typeof options.callbackUrl === 'string' ? options.callbackUrl : options.callbackUrl())
  const store = openStore(stateFile)
  const control = createFaults(
    (errcode) => api.dropToken(errcode),
    () => callbacks.wake(),
  )
  const world: World = {
    corp,
    people,
    store,
    media: openMediaShelf(store, mediaDir ?? (stateFile && join(dirname(stateFile), 'simulator-media'))),
    faults: control.faults,
    limits: { ...wecomLimits, ...options.limits },
    changes: new EventEmitter({ captureRejections: false }),
    now: () => new Date(wallClock().getTime() + store.state.clockShiftMs),
  }
  world.changes.setMaxListeners(0)

  let isRunning = true
  let lastMove: Promise<void> = Promise.resolve()
  const api = createStandInApi(world, control, () => isRunning && !world.faults.offline)
  const callbacks = createCallbackPost(world, callbackUrl)
  const actions = createChatActions(
    world,
    callbacks,
    (mediaId) => new URL(`/simulator/media/${mediaId}`, callbackUrl()).href,
  )
  const pages = createPages({ world, actions, links, advance })

  return {
    ...actions,
    router: express.Router().use(api.router, pages.router),
    clock: { now: world.now, advance },
    faults: world.faults,
    cutTexts: api.cutTexts,
    messagesTo(userId) {
      const person = personOf(world, userId)
      return (person ? (store.state.chats[person.userId] ?? []) : []).filter(({ from }) => from === 'bot')
    },
    verifyUrl: callbacks.verifyUrl,
    start() {
      isRunning = true
      callbacks.start()
    },
    async stop() {
      isRunning = false
      pages.close()
      await callbacks.stop()
      await store.saved()
    },
  }

  /** One move after the other. */
  function advance(days: number): Promise<void> {
    if (!isSensible(days)) throw new RangeError(`The clock moves by 1 to 3660 whole days, not by ${days}`)
    lastMove = lastMove.catch(() => {}).then(() => move(days))
    return lastMove
  }

  async function move(days: number) {
    store.state.clockShiftMs += days * DAY_MS
    await store.saved()
    world.changes.emit('clock')
    await onClockMoved?.(world.now())
    world.changes.emit('clock')
  }
}
