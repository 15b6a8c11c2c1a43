import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { decrypt, getSignature } from '@wecom/crypto'
import express from 'express'
import { XMLParser } from 'fast-xml-parser'
import { onTestFinished } from 'vitest'
import { createSimulator, type SimulatorOptions, simulatorCorp } from '../../src/simulator/index.ts'

export const people = [
  { userId: 'ChenZhiQiang', name: '陈志强', role: 'owner' },
  { userId: 'LiMin', name: '李敏', role: 'regulator', note: '龙岗区' },
] as const

export type Fields = Readonly<Record<string, unknown>>

/** A bot that writes down what it is told. `answer` decides the status of the n-th callback, counted from 1. */
export async function listeningBot(answer: (nth: number, fields: Fields) => number | Promise<number> = () => 200) {
  const heard: Fields[] = []
  const nonces: string[] = []
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://bot').searchParams
    const signed = query.get('echostr') ?? encryptedIn(await readText(request))
    const expected = getSignature(simulatorCorp.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', signed)
    if (expected !== query.get('msg_signature')) return void response.writeHead(403).end()
    const { message, id } = decrypt(simulatorCorp.encodingAesKey, signed)
    if (id !== simulatorCorp.corpId) return void response.writeHead(403).end()
    if (query.has('echostr')) return void response.end(message)
    const fields: Fields = xml.parse(message).xml
    heard.push(fields)
    nonces.push(query.get('nonce') ?? '')
    response.writeHead(await answer(heard.length, fields)).end()
  })
  return { heard, nonces, url: `${await listening(server)}/callback` }
}

const xml = new XMLParser({ parseTagValue: false, trimValues: false })
const encryptedIn = (envelope: string): string => xml.parse(envelope).xml.Encrypt

/** A simulator over real HTTP, with a clock that stands still unless told otherwise. */
export async function runningSimulator(options: Partial<SimulatorOptions> = {}) {
  let time = Date.parse('2026-11-24T01:00:00Z')
  const simulator = createSimulator({
    corp: simulatorCorp,
    callbackUrl: 'http://127.0.0.1:9/nobody',
    people,
    now: () => new Date(time),
    ...options,
    limits: { redeliverAfterMs: 10, ...options.limits },
  })
  const base = `${await listening(createServer(express().use('/simulator', simulator.router)))}/simulator`
  onTestFinished(() => simulator.stop())

  const call = async (path: string, init?: RequestInit) =>
    (await (await fetch(`${base}/cgi-bin/${path}`, init)).json()) as Fields & { errcode: number }
  const token = async () => {
    const { access_token } = await call(`gettoken?corpid=${simulatorCorp.corpId}&corpsecret=${simulatorCorp.secret}`)
    return String(access_token)
  }
  const postTo = async (path: string, body: unknown) =>
    call(`${path}?access_token=${await token()}`, { method: 'POST', body: JSON.stringify(body) })

  return {
    simulator,
    base,
    call,
    token,
    pass: (seconds: number) => {
      time += seconds * 1000
    },
    send: (body: Fields, touser = 'ChenZhiQiang') =>
      postTo('message/send', { touser, agentid: simulatorCorp.agentId, ...body }),
    say: (content: string) =>
      postTo('message/send', {
        touser: 'ChenZhiQiang',
        agentid: simulatorCorp.agentId,
        msgtype: 'text',
        text: { content },
      }),
    update: (body: Fields) =>
      postTo('message/update_template_card', {
        userids: ['ChenZhiQiang'],
        agentid: simulatorCorp.agentId,
        ...body,
      }),
  }
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A question with two buttons. */
export const buttonCard = (task_id: string, more: Fields = {}) => ({
  msgtype: 'template_card',
  template_card: {
    card_type: 'button_interaction',
    main_title: { title: '报警器通着电吗？' },
    task_id,
    button_list: [
      { text: '符合', key: 'conforming', style: 1 },
      { text: '不符合', key: 'nonconforming', style: 3 },
    ],
    ...more,
  },
})

/** Tick any number of three. */
export const voteCard = (task_id: string, more: Fields = {}) => ({
  msgtype: 'template_card',
  template_card: {
    card_type: 'vote_interaction',
    main_title: { title: '您厂里有哪些？' },
    task_id,
    checkbox: {
      question_key: 'picked',
      mode: 1,
      option_list: [
        { id: 'painting', text: '喷漆' },
        { id: 'dust', text: '打磨' },
        { id: 'none', text: '都没有' },
      ],
    },
    submit_button: { text: '选好了', key: 'submit' },
    ...more,
  },
})
