import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MediaEntry, Store } from './store.ts'

/** Temporary media of the corp, by media id. */
export interface MediaShelf {
  /** Keeps the bytes and gives the new media id. */
  put(bytes: Uint8Array, type: MediaEntry['type'], filename: string, now: Date): string
  /** The bytes, however old; undefined when there never was such an id. */
  bytesOf(mediaId: string): Buffer | undefined
  entryOf(mediaId: string): MediaEntry | undefined
  /** Within the three days in which WeCom accepts the id. */
  isAlive(mediaId: string, now: Date): boolean
}

const LIFE_MS = 3 * 24 * 3600 * 1000

/** Keeps bytes as files of a folder, or in memory without one; what they are stands in the state. */
export function openMediaShelf({ state, touch }: Store, folder: string | undefined): MediaShelf {
  const inMemory = new Map<string, Buffer>()
  if (folder !== undefined) mkdirSync(folder, { recursive: true })

  const keep = (mediaId: string, bytes: Uint8Array) =>
    folder === undefined ? inMemory.set(mediaId, Buffer.from(bytes)) : writeFileSync(join(folder, mediaId), bytes)

  return {
    put(bytes, type, filename, now) {
      const mediaId = `3${randomBytes(24).toString('base64url')}`
      keep(mediaId, bytes)
      state.media[mediaId] = { type, filename, createdAt: now.toISOString() }
      touch()
      return mediaId
    },
    bytesOf(mediaId) {
      if (!Object.hasOwn(state.media, mediaId)) return undefined
      return folder === undefined ? inMemory.get(mediaId) : readIfThere(join(folder, mediaId))
    },
    entryOf: (mediaId) => (Object.hasOwn(state.media, mediaId) ? state.media[mediaId] : undefined),
    isAlive(mediaId, now) {
      const entry = this.entryOf(mediaId)
      return entry !== undefined && now.getTime() - Date.parse(entry.createdAt) <= LIFE_MS
    },
  }
}

/** The content type by the first bytes, as a download's name says nothing certain. */
export function contentTypeOf(bytes: Buffer): string {
  const known = signatures.find(([start]) => bytes.subarray(0, start.length).equals(Buffer.from(start, 'latin1')))
  return known?.[1] ?? 'application/octet-stream'
}

const signatures: readonly (readonly [start: string, type: string])[] = [
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['GIF8', 'image/gif'],
  ['#!AMR', 'audio/amr'],
  ['%PDF-', 'application/pdf'],
]

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
