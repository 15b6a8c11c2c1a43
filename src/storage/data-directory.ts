import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'

/**
 * Makes the folder, for its owner alone, unless it is there.
 * @throws a system error when it cannot be made or written
 */
export function makeDataDirectory(path: string): void {
  makeFolder(path)
  // The dot makes sure it is a folder.
  accessSync(`${path}/.`, constants.W_OK)
}

/** Step by step: the recursive mkdir of Node never ends where nothing can be made, such as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/** Somebody else works in the data directory. */
export class DataDirectoryInUseError extends Error {
  override readonly name = 'DataDirectoryInUseError'
  constructor(dataDir: string) {
    super(`Another AnBiao is at work in ${dataDir}: stop it first, or set another DATA_DIR`)
  }
}

export const LOCK_FILE = 'anbiao.lock'

/** A process that is just ending is waited for. */
const PATIENCE_MS = 1000

/**
 * Holds the data directory until the function it gives is called or the process ends, however it ends: the lock is
 * the operating system's, the file is only where it hangs. Whoever holds it `alone` shares it with nobody.
 * @throws DataDirectoryInUseError
 */
export function lockDataDirectory(dataDir: string, how: 'alone' | 'together'): () => void {
  const lock = new SqliteDatabase(join(dataDir, LOCK_FILE), { timeout: PATIENCE_MS })
  try {
    // Nothing is ever written, so there is nothing to roll back: no second file.
    lock.pragma('journal_mode = MEMORY')
    lock.exec(how === 'alone' ? 'begin exclusive' : 'begin; select * from sqlite_master')
  } catch (error) {
    lock.close()
    const isTaken = error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY')
    throw isTaken ? new DataDirectoryInUseError(dataDir) : error
  }
  return () => void lock.close()
}
