import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import express, { type Express } from 'express'
import type { Logger } from 'pino'
import { type Config, ConfigError, channelOf, channelProblem, policyProblem, type WecomConfig } from './config.ts'
import { consoleLink, consoleRoutes, publicPages } from './console/index.ts'
import { type Content, loadContent } from './content.ts'
import { handleInbound } from './conversation/handle-inbound.ts'
import type { ConversationHouse } from './conversation/house.ts'
import { createEvidenceWorker } from './evidence/evidence-worker.ts'
import { healthRoutes } from './http/health.ts'
import { failed, notFound } from './http/last-resort.ts'
import { wecomCallback } from './http/wecom-callback.ts'
import { translators } from './i18n/translator.ts'
import { createLanguageModel } from './language-model/language-model.ts'
import type { InboundMessage } from './message/index.ts'
import { createOutbox, type OutboxFailure } from './outbox/deliver-outbox.ts'
import { wecomSender } from './outbox/wecom-sender.ts'
import { policyNamed } from './policy/policy.ts'
import { demoOwners, demoRegulators } from './simulator/demo-people.ts'
import { createSimulator, type Simulator, simulatorCorp } from './simulator/index.ts'
import { fireDueDeadlines } from './standardization/index.ts'
import { channelServed } from './storage/channel.ts'
import { lockDataDirectory, makeDataDirectory } from './storage/data-directory.ts'
import { type Database, openDatabase, type Trx } from './storage/database.ts'
import { enqueue, usualRates } from './storage/outbox.ts'
import { addRegulator, listRegulators } from './storage/regulators.ts'
import { saveSetting, setting } from './storage/settings.ts'
import { createWecomClient } from './wecom/client.ts'

export interface RunningHouse {
  readonly house: ConversationHouse
  readonly port: number
  readonly simulator?: Simulator
  /** What a person at the terminal wants to know first. */
  readonly welcome: readonly string[]
  /** Everything that is due now: deadlines, messages, photos. */
  readonly settle: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** More than any phone makes; WeCom itself takes 10 MB (document 90253). */
const LARGEST_PHOTO = 20 * 2 ** 20

/** How often we look whether a deadline has passed. */
const DEADLINES_EVERY_MS = 60_000

/**
 * Builds everything once and starts it. What waits to be sent or fetched is begun with, not waited for.
 * @param messagesPerMinute to one person; WeCom silently drops what exceeds 30 (document 90312)
 * @throws ConfigError when the database serves another corp, DataDirectoryInUseError when another process has it
 * @throws when content, data directory, database or port are not usable
 */
export async function startHouse(
  config: Config,
  log: Logger,
  messagesPerMinute = usualRates.perMinute,
): Promise<RunningHouse> {
  const content = loadContent()
  if (!content.policies.has(config.POLICY)) throw new ConfigError([policyProblem([...content.policies.keys()])])
  const { title, status } = policyNamed(content, config.POLICY)
  const dataDir = resolve(config.DATA_DIR)
  makeDataDirectory(dataDir)
  // SQLite belongs to one process; with PostgreSQL several may share the photos, but not with a restore.
  const unlock = lockDataDirectory(dataDir, config.DATABASE_URL === undefined ? 'alone' : 'together')
  try {
    const database = await openedDatabase(config, dataDir)
    try {
      const running = await startIn(dataDir, { config, log, messagesPerMinute, content, database, unlock })
      log.info({ policy: config.POLICY, title, status }, 'Rules for enterprises that enrol from now on')
      return running
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** @throws ConfigError before anything is written when the database serves another corp, or another simulator's people */
async function openedDatabase(config: Config, dataDir: string): Promise<Database> {
  const database = await openDatabase(config.DATABASE_URL ?? join(dataDir, 'anbiao.db'))
  const asked = channelOf(config)
  const served = await database.inTransaction('settings', (trx) => channelServed(trx, asked))
  if (served === asked) return database
  await database.close()
  throw new ConfigError([channelProblem(served, asked)])
}

interface Beginnings {
  readonly config: Config
  readonly log: Logger
  readonly messagesPerMinute: number
  readonly content: Content
  readonly database: Database
  readonly unlock: () => void
}

async function startIn(
  dataDir: string,
  { config, log, messagesPerMinute, content, database, unlock }: Beginnings,
): Promise<RunningHouse> {
  const evidenceFolder = join(dataDir, 'evidence')
  const app = express().disable('x-powered-by').set('trust proxy', 'loopback')
  let isReady = false
  // The port is known only once the server listens; whoever comes before all is in place comes again.
  app.use((_request, response, next) => (isReady ? next() : void response.status(503).end()))
  // In the simulator anybody is an owner or a regulator at will: that is for this machine, unless HOST says otherwise.
  const server = await listening(app, config.PORT, config.HOST ?? (config.wecom ? undefined : '127.0.0.1'))
  const address = server.address() as AddressInfo
  const { port } = address
  const ownUrl = `http://${reachable(address)}:${port}`
  const local = ownUrl.replace('127.0.0.1', 'localhost')

  const simulator = config.wecom ? undefined : simulatorAt(ownUrl, dataDir, content, messagesPerMinute, () => settle())
  const wecom = config.wecom ?? wecomOfSimulator(ownUrl)
  const clock = simulator?.clock.now ?? (() => new Date())
  const house: ConversationHouse = {
    ...content,
    database,
    policyId: config.POLICY,
    publicUrl: config.PUBLIC_URL ?? local,
    linkSecret: await linkSecret(database),
    checklists: new Map(),
    rates: { ...usualRates, perMinute: messagesPerMinute },
    clock,
    ...(config.languageModel && {
      model: createLanguageModel(config.languageModel, { now: () => performance.now(), log }),
    }),
    log,
  }

  const client = createWecomClient({ ...wecom, now: clock })
  const outbox = createOutbox({
    database,
    sender: wecomSender(client, wecom.agentId),
    clock,
    log,
    ratePerMinute: messagesPerMinute,
    onFailed: (failure, trx) => alertAdmins(trx, failure, clock()),
  })
  const evidence = createEvidenceWorker({
    database,
    download: client.downloadMedia,
    folder: evidenceFolder,
    clock,
    log,
    maxBytes: LARGEST_PHOTO,
    settle: accept,
  })
  let firing: Promise<void> = Promise.resolve()
  const ticking = setInterval(deadlines, DEADLINES_EVERY_MS)

  /** Resolves once everything the message changes is committed. */
  async function accept(message: InboundMessage) {
    await handleInbound(house, message)
    outbox.wake()
    evidence.wake()
  }

  function deadlines(): Promise<void> {
    firing = firing.then(fireDeadlines)
    return firing
  }

  async function fireDeadlines() {
    try {
      if ((await fireDueDeadlines(house, clock())) > 0) outbox.wake()
    } catch (error) {
      log.error({ err: error }, 'deadlines could not be fired; they will be tried again')
    }
  }

  async function settle() {
    await deadlines()
    await evidence.fetchDue()
    await outbox.deliverDue()
  }

  app.use('/wecom/callback/app', wecomCallback({ ...wecom, receiveIds: [wecom.corpId], accept, log }))
  if (simulator) {
    app.use('/simulator', simulator.router)
    app.get('/', (_request, response) => response.redirect('/simulator/'))
    await addDemoRegulators(database, content, clock())
  }
  const asksModel = house.model !== undefined
  app.use(healthRoutes({ database, asksModel }))
  app.use(publicPages({ asksModel }))
  app.use(consoleRoutes(house, { folder: evidenceFolder }))
  app.use(notFound, failed(log))
  isReady = true
  simulator?.start()
  void deadlines()
  evidence.wake()
  outbox.wake()

  return {
    house,
    port,
    ...(simulator && { simulator }),
    welcome: simulator ? simulatorWelcome(local, house) : [`AnBiao is listening on port ${port}`],
    settle,
    async stop() {
      clearInterval(ticking)
      await closed(server)
      await simulator?.stop()
      await evidence.stop()
      await outbox.stop()
      await firing
      await database.close()
      unlock()
    },
  }
}

/** The stand-in for WeCom, on our own port but spoken to over HTTP like the real one. */
function simulatorAt(
  ownUrl: string,
  dataDir: string,
  { library }: Content,
  messagesPerMinute: number,
  settle: () => Promise<void>,
): Simulator {
  const { districts } = library.districts
  return createSimulator({
    corp: simulatorCorp,
    callbackUrl: `${ownUrl}/wecom/callback/app`,
    people: [...demoOwners, ...demoRegulators(districts)],
    stateFile: join(dataDir, 'simulator.json'),
    onClockMoved: settle,
    limits: { messagesPerMinute: Math.max(30, messagesPerMinute) },
  })
}

const wecomOfSimulator = (ownUrl: string): WecomConfig => ({
  ...simulatorCorp,
  apiBase: `${ownUrl}/simulator/cgi-bin`,
})

async function addDemoRegulators(database: Database, { library }: Content, at: Date): Promise<void> {
  await database.inTransaction('settings', async (trx) => {
    for (const { userId, district } of demoRegulators(library.districts.districts))
      await addRegulator(trx, { userId, district, role: 'approver' }, at)
  })
}

/** Whoever runs the house is told in chat of what could not be sent; only the log hears when that fails too. */
async function alertAdmins(trx: Trx, { seq, recipient, error, cause }: OutboxFailure, at: Date): Promise<void> {
  if (cause === ALERT) return
  const admins = (await listRegulators(trx)).filter(({ role }) => role === 'admin')
  for (const userId of new Set(admins.map((each) => each.userId)))
    await enqueue(trx, {
      uniqueKey: `${ALERT}:${seq}:${userId}`,
      recipient: `app:${userId}`,
      kind: 'reply',
      reply: { text: translators['zh-CN']('engine.alert', { recipient, error }) },
      cause: ALERT,
      dueAt: at,
      at,
    })
}

const ALERT = 'alert'

function simulatorWelcome(local: string, house: ConversationHouse): string[] {
  const [owner] = demoOwners
  const regulator = demoRegulators(house.library.districts.districts).find(({ isExample }) => isExample)
  return [
    'AnBiao is running with the WeCom simulator: nothing here reaches a real WeCom.',
    `  owner      ${local}/simulator/chat/${owner?.userId}`,
    `  regulator  ${local}/simulator/chat/${regulator?.userId}`,
    `  console    ${consoleLink(house, regulator?.userId ?? '', { path: '/console' })}`,
    `  everybody  ${local}/simulator/`,
  ]
}

/** Made once and kept, so that links outlive a restart. */
const linkSecret = (database: Database): Promise<string> =>
  database.inTransaction('settings', async (trx) => {
    const known = await setting(trx, 'linkSecret')
    if (known) return known
    const fresh = randomBytes(32).toString('hex')
    await saveSetting(trx, 'linkSecret', fresh)
    return fresh
  })

/** @param host everywhere without */
const listening = (app: Express, port: number, host = ''): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = app.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)))
  })

/** By what this machine reaches a server that listens there. */
function reachable({ address, family }: AddressInfo): string {
  if (address === '::' || address === '0.0.0.0') return '127.0.0.1'
  return family === 'IPv6' ? `[${address}]` : address
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 2_000).unref()
  })
