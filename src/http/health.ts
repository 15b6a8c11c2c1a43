import { Router } from 'express'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Database } from '../storage/database.ts'

/**
 * `/healthz`: the process answers. `/readyz`: it can commit. `/metrics`: for Prometheus, with what waits and what
 * was given up.
 */
export function healthRoutes({ database }: { readonly database: Database }): Router {
  const { db } = database
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, count: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await count())
      },
    })
  const counted = async (table: 'outbox' | 'inbox', state: 'pending' | 'failed') => {
    const { count } = await db
      .selectFrom(table)
      .select(sql<number | string>`count(*)`.as('count'))
      .where('state', '=', state)
      .executeTakeFirstOrThrow()
    return Number(count)
  }
  gauge('anbiao_outbox_pending', 'Messages that wait to be sent', () => counted('outbox', 'pending'))
  gauge('anbiao_outbox_failed', 'Messages that were given up', () => counted('outbox', 'failed'))
  gauge('anbiao_inbox_failed', 'Messages that could not be handled', () => counted('inbox', 'failed'))

  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    try {
      await sql`select 1`.execute(db)
      response.json({ status: 'ready' })
    } catch {
      response.status(503).json({ status: 'the database does not answer' })
    }
  })
  router.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  })
  return router
}
