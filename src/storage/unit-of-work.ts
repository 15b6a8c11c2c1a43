import { setImmediate as restOfEvents } from 'node:timers/promises'
import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { Trx } from './database.ts'
import type { Tables } from './tables.ts'

/**
 * Runs work in a transaction and resolves once it is committed and on disk. Work under the same key runs in
 * the order it was handed in, one after the other. When the work throws, nothing of it stays.
 */
export type UnitOfWork = <T>(key: string, work: (trx: Trx) => Promise<T>) => Promise<T>

/** Messages that arrive together share a commit; more than this would make the first of them wait too long. */
const LARGEST_GROUP = 64

/**
 * SQLite has one writer and a commit costs a disk flush, so all that is waiting is committed together: one
 * outer transaction, a savepoint for each. Order is first come, first served, for every key alike.
 */
export function sqliteUnitOfWork(db: Kysely<Tables>): UnitOfWork {
  const waiting: Job[] = []
  let running = false

  async function run() {
    if (running) return
    running = true
    while (waiting.length > 0) {
      // All that has come over the network by now is waiting when these have been told.
      await restOfEvents()
      await commitTogether(db, waiting.splice(0, LARGEST_GROUP))
    }
    running = false
  }

  return (_key, work) =>
    new Promise((resolve, reject) => {
      waiting.push({
        run: async (trx) => {
          const value = await inSavepoint(trx, () => work(trx))
          return () => resolve(value)
        },
        reject,
      })
      void run()
    })
}

interface Job {
  /** Does the work; what it gives back tells the caller, once the commit is done. */
  readonly run: (trx: Trx) => Promise<() => void>
  readonly reject: (error: unknown) => void
}

async function commitTogether(db: Kysely<Tables>, jobs: readonly Job[]) {
  const done: (() => void)[] = []
  try {
    await db.transaction().execute(async (trx) => {
      for (const job of jobs) {
        try {
          done.push(await job.run(trx))
        } catch (error) {
          if (error instanceof SavepointLostError) throw error
          job.reject(error)
        }
      }
    })
  } catch (error) {
    for (const job of jobs) job.reject(error)
    return
  }
  for (const tell of done) tell()
}

/** PostgreSQL: a transaction each; only work under the same key waits for its turn, in whatever process it runs. */
export function postgresUnitOfWork(db: Kysely<Tables>): UnitOfWork {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve()
    const mine = before
      .catch(() => undefined)
      .then(() =>
        db.transaction().execute(async (trx) => {
          await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx)
          return work(trx)
        }),
      )
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}

/**
 * Work whose failure undoes only itself and leaves the transaction usable.
 * @throws SavepointLostError when the database gave up the whole transaction, as SQLite does when the disk is full
 */
export async function inSavepoint<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  await trx.executeQuery(begin)
  try {
    const value = await work()
    await trx.executeQuery(release)
    return value
  } catch (error) {
    await undo(trx, error)
    throw error
  }
}

/** Nothing of the transaction is left: whatever else was done in it is lost too. */
export class SavepointLostError extends Error {
  override readonly name = 'SavepointLostError'
}

async function undo(trx: Trx, cause: unknown) {
  try {
    await trx.executeQuery(rollBack)
    await trx.executeQuery(release)
  } catch {
    throw new SavepointLostError('the transaction was lost', { cause })
  }
}

// Savepoints of one name nest: each statement means the innermost.
const begin = CompiledQuery.raw('savepoint work')
const release = CompiledQuery.raw('release savepoint work')
const rollBack = CompiledQuery.raw('rollback to savepoint work')
