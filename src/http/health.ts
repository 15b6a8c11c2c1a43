import { Router } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Database } from '../storage/database.ts'
import { answers, countOf } from '../storage/health.ts'
import { type ModelFigures, modelFigures } from '../storage/model-inquiries.ts'

interface HealthSettings {
  readonly database: Database
  /** A language model is asked: how often, and what came of it, is counted too. */
  readonly asksModel: boolean
}

/**
 * `/healthz`: the process answers. `/readyz`: it can commit. `/metrics`: for Prometheus, with what waits and what
 * was given up; only for this machine, for it tells what the house is made of and how busy it is.
 */
export function healthRoutes({ database, asksModel }: HealthSettings): Router {
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
  gauge('anbiao_outbox_pending', 'Messages that wait to be sent', () => countOf(db, 'outbox waiting'))
  gauge('anbiao_outbox_failed', 'Messages that were given up', () => countOf(db, 'outbox failed'))
  gauge('anbiao_inbox_failed', 'Messages that could not be handled', () => countOf(db, 'inbox failed'))
  const modelCounter = (name: string, help: string, label: string, of: (figures: ModelFigures) => object) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      // The rows count, whichever process made them.
      async collect() {
        const counts = Object.entries(of(await modelFigures(db)))
        this.reset()
        for (const [value, count] of counts) this.inc({ [label]: value }, count)
      },
    })
  if (asksModel) {
    modelCounter('anbiao_model_asked_total', 'Inquiries to the language model', 'outcome', ({ asked }) => asked)
    modelCounter('anbiao_model_proposals_total', 'What owners chose of proposals', 'chosen', ({ chosen }) => chosen)
  }

  const router = Router()
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    try {
      await answers(db)
      response.json({ status: 'ready' })
    } catch {
      response.status(503).json({ status: 'the database does not answer' })
    }
  })
  router.get('/metrics', async (request, response, next) => {
    // A proxy on this machine says for whom it asks.
    if (!LOOPBACK.test(request.ip ?? '')) return next()
    response.type(registry.contentType).send(await registry.metrics())
  })
  return router
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/
