import { decrypt, getSignature } from '@wecom/crypto'
import express from 'express'
import { simulatorCorp } from '../../simulator/corp.ts'
import { listenForBench } from './listen-for-bench.ts'

/** The least an express server can do with a callback, as the README of @wecom/crypto has it: check, decrypt, answer. */
const { token, encodingAesKey, corpId } = simulatorCorp
const app = express().disable('x-powered-by')
app.post('/wecom/callback/app', express.text({ type: () => true }), (request, response) => {
  const [, encrypted = ''] = /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(request.body) ?? []
  const { msg_signature, timestamp, nonce } = request.query
  const signature = getSignature(token, String(timestamp), String(nonce), encrypted)
  if (signature !== msg_signature || decrypt(encodingAesKey, encrypted).id !== corpId) response.status(403).end()
  else response.status(200).end()
})
listenForBench(app)
