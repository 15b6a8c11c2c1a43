import { dirname } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect, type Transaction } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { makeDataDirectory } from './data-directory.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './tables.ts'
import { postgresUnitOfWork, sqliteUnitOfWork, type UnitOfWork } from './unit-of-work.ts'

export type Db = Kysely<Tables>
/** In a signature: only inside a transaction. */
export type Trx = Transaction<Tables>

export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  readonly db: Db
  /** Runs work in a transaction; see {@link UnitOfWork}. */
  readonly inTransaction: UnitOfWork
  /** Writes a consistent copy to a file while work goes on. SQLite only: PostgreSQL has its own tools. */
  readonly backup?: (file: string) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens a database and brings its tables up to date.
 * @param address `postgres://…`, a file name, or `:memory:`
 */
export async function openDatabase(address: string): Promise<Database> {
  const database = /^postgres(ql)?:\/\//.test(address) ? openPostgres(address) : openSqlite(address)
  const { error } = await new Migrator({
    db: database.db,
    provider: { getMigrations: async () => migrations(database.dialect) },
  }).migrateToLatest()
  if (error) {
    await database.close()
    throw error
  }
  return database
}

function openPostgres(connectionString: string): Database {
  const pool = new pg.Pool({ connectionString, max: 10 })
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { dialect: 'postgres', db, inTransaction: postgresUnitOfWork(db), close: () => db.destroy() }
}

function openSqlite(file: string): Database {
  if (file !== ':memory:') makeDataDirectory(dirname(file))
  const sqlite = new SqliteDatabase(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  // All of the process waits with it; whatever does not get its turn by then is delivered again.
  sqlite.pragma('busy_timeout = 1000')
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withRememberedStatements(sqlite) }) })
  return {
    dialect: 'sqlite',
    db,
    inTransaction: sqliteUnitOfWork(db),
    // In one go: step by step it would begin anew whenever another process writes.
    backup: async (copy) => void (await sqlite.backup(copy, { progress: () => 0x7fffffff })),
    close: () => db.destroy(),
  }
}

/** kysely prepares every query anew; remembering statements by their text made a trial three times as fast. */
function withRememberedStatements(sqlite: SqliteDatabase.Database) {
  const statements = new Map<string, SqliteDatabase.Statement>()
  return {
    prepare(text: string) {
      const known = statements.get(text)
      if (known) return known
      // A transaction that reads first and writes later would fail whenever another process wrote in between.
      const statement = sqlite.prepare(text === 'begin' ? 'begin immediate' : text)
      statements.set(text, statement)
      // Lists of values make texts that never come again.
      if (statements.size > 500) statements.delete(statements.keys().next().value ?? '')
      return statement
    },
    close: () => void sqlite.close(),
  }
}
