import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { EMPTY } from './postgres.ts'

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

function postgresServer(): Server {
  const made: string[] = []
  let server = ''

  async function query(text: string) {
    const client = new Client({ connectionString: `${server}postgres` })
    await client.connect()
    await client.query(text).finally(() => client.end())
  }

  return {
    async start() {
      const response = await fetch(inject('postgres'))
      if (!response.ok) throw new Error('PostgreSQL did not start')
      server = await response.text()
    },
    async freshAddress() {
      const name = `test_${randomUUID().replaceAll('-', '_')}`
      await query(`create database ${name} template ${EMPTY} strategy file_copy`)
      made.push(name)
      return `${server}${name}`
    },
    async stop() {
      for (const name of made.splice(0)) await query(`drop database ${name} with (force)`)
    },
  }
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'anbiao-'))
