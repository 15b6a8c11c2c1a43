import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatMessage } from './world.ts'

/** What outlives a restart, as it stands in the state file. */
export interface State {
  readonly version: 1
  clockShiftMs: number
  lastNumber: number
  accessToken: { value: string; expiresAt: string } | null
  readonly chats: Record<string, ChatMessage[]>
  /** Every task id ever sent: WeCom takes each once. */
  readonly taskIds: string[]
  responseCodes: ResponseCode[]
  readonly media: Record<string, MediaEntry>
  /** Callbacks the bot has not taken yet, oldest first. */
  undelivered: Callback[]
}

export interface ResponseCode {
  readonly code: string
  readonly taskId: string
  readonly givenAt: string
}

export interface MediaEntry {
  readonly type: 'image' | 'voice' | 'video' | 'file'
  readonly filename: string
  readonly createdAt: string
}

export interface Callback {
  readonly id: string
  readonly userId: string
  readonly xml: string
  attempts: number
  /** The chat message it carries, if it carries one. */
  readonly messageId?: string
}

export interface Store {
  readonly state: State
  /** Resolves when everything changed so far is in the file. */
  saved(): Promise<void>
  /** The same for whoever does not wait; a failed write becomes a process warning. */
  touch(): void
}

/** Changes that come together share one write. */
const GATHER_MS = 20

/**
 * Opens the state file, or keeps the state in memory without one.
 * @throws when the file is not a state of this version.
 */
export function openStore(file: string | undefined): Store {
  if (file === undefined) return { state: emptyState(), saved: async () => {}, touch: () => {} }

  const state = existsSync(file) ? readState(file) : emptyState()
  let write: Promise<void> | undefined
  const saved = () => {
    write ??= sleep(GATHER_MS).then(() => {
      write = undefined
      writeAtomically(file, JSON.stringify(state))
    })
    return write
  }
  return {
    state,
    saved,
    touch: () => void saved().catch((error: Error) => process.emitWarning(error)),
  }
}

const emptyState = (): State => ({
  version: 1,
  clockShiftMs: 0,
  lastNumber: 0,
  accessToken: null,
  chats: {},
  taskIds: [],
  responseCodes: [],
  media: {},
  undelivered: [],
})

function readState(file: string): State {
  try {
    const state: State = JSON.parse(readFileSync(file, 'utf8'))
    if (state.version === 1) return { ...emptyState(), ...state }
  } catch (cause) {
    throw new Error(`The simulator cannot read ${file}; delete it to start with empty chats`, { cause })
  }
  throw new Error(`${file} was written by another version of the simulator; delete it to start with empty chats`)
}

function writeAtomically(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
