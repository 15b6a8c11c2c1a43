import express from 'express'
import { loadContent } from '../../content.ts'
import { handleInbound } from '../../conversation/handle-inbound.ts'
import { wecomCallback } from '../../http/wecom-callback.ts'
import { simulatorCorp } from '../../simulator/corp.ts'
import { openDatabase } from '../../storage/database.ts'
import { listenForBench } from './listen-for-bench.ts'
import { quietHouse } from './quiet-house.ts'

/** The callback route with all that is behind it, on the SQLite file named in the arguments; in a process of its own. */
const house = quietHouse(loadContent(), await openDatabase(process.argv[2] ?? ''))
const app = express().disable('x-powered-by').set('trust proxy', 'loopback')
app.use(
  '/wecom/callback/app',
  wecomCallback({
    ...simulatorCorp,
    receiveIds: [simulatorCorp.corpId],
    accept: (message) => handleInbound(house, message),
    log: console,
  }),
)
listenForBench(app)
