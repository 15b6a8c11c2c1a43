import { createCipheriv } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cipherOf,
  EnvelopeError,
  type EnvelopeSettings,
  openEnvelope,
  sealEnvelope,
  verifyUrl,
} from '../../src/wecom/envelope.ts'
import vectors from './vectors.json' with { type: 'json' }

type Vector = (typeof vectors)[number]

const settingsOf = ({ token, encodingAesKey, receiveId }: Vector): EnvelopeSettings => ({
  token,
  encodingAesKey,
  receiveIds: [receiveId],
})
const queryOf = ({ msgSignature, timestamp, nonce }: Vector) => ({ msg_signature: msgSignature, timestamp, nonce })
const xmlBody = (encrypted: string) =>
  `<xml><ToUserName><![CDATA[x]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
const vector = (name: string) => {
  const found = vectors.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no vector ${name}`)
  return found
}
const codeOf = (open: () => unknown) => {
  try {
    open()
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code
    throw error
  }
  return 0
}

describe.for(vectors.map((each) => [each.name, each.about, each] as const))('%s %s', ([, , given]) => {
  test('opens as a POST in XML', () => {
    expect(openEnvelope(settingsOf(given), queryOf(given), xmlBody(given.encrypt))).toBe(given.plain)
  })
  test('opens as a POST in JSON', () => {
    const body = JSON.stringify({ tousername: 'x', encrypt: given.encrypt, agentid: '1' })
    expect(openEnvelope(settingsOf(given), queryOf(given), body)).toBe(given.plain)
  })
  test('verifies as a GET', () => {
    expect(verifyUrl(settingsOf(given), { ...queryOf(given), echostr: given.encrypt })).toBe(given.plain)
  })
  test('is refused with one character changed', () => {
    const changed = (given.encrypt.startsWith('A') ? 'B' : 'A') + given.encrypt.slice(1)
    expect(codeOf(() => openEnvelope(settingsOf(given), queryOf(given), xmlBody(changed)))).toBe(-40001)
  })
})

describe.for(vectors.filter(({ random }) => random !== undefined).map((each) => [each.name, each] as const))(
  '%s',
  ([, given]) => {
    test('seals to the same bytes', () => {
      const { timestamp, nonce, random = '' } = given
      expect(sealEnvelope(settingsOf(given), given.plain, { timestamp, nonce, random: Buffer.from(random) })).toEqual({
        encrypt: given.encrypt,
        msgSignature: given.msgSignature,
        timestamp,
        nonce,
      })
    })
  },
)

test('what is sealed opens again, whatever it is', () => {
  const settings = settingsOf(vector('V2'))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
      const sealed = sealEnvelope(settings, plain, { timestamp: '1', nonce: 'n' })
      const query = { msg_signature: sealed.msgSignature, timestamp: '1', nonce: 'n' }
      expect(openEnvelope(settings, query, xmlBody(sealed.encrypt))).toBe(plain)
    }),
  )
})

test('a percent-encoded query, decoded once or twice, verifies', () => {
  const given = vector('V12.0')
  const url = new URL(
    'http://test?msg_signature=6a27598fb5b01ee02684379a339fef6de65c83c2&timestamp=1629824456&nonce=bqe3yfbqfc7&echostr=22vyvcBQ1xafTSJuhMGQuFyOAh00m2enIATgo4R6SGHY%2FYhofNmfwCksP3OP0Gxnq%2BcqnJcuvUQtjSbEu60IUA%3D%3D',
  )
  const once = Object.fromEntries(url.searchParams)
  expect(verifyUrl(settingsOf(given), once)).toBe('ECHO')
  expect(verifyUrl(settingsOf(given), { ...once, echostr: String(once.echostr).replaceAll('+', ' ') })).toBe('ECHO')
})

describe('signature', () => {
  const v6 = vector('V6')
  const v9 = vector('V9')
  test.for([
    ['another nonce', v6, { nonce: '437374424' }],
    ['its last digit', v9, { msg_signature: '1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb010' }],
    ['another token', { ...v6, token: '1234567' }, {}],
    ['cut short', v6, { msg_signature: v6.msgSignature.slice(0, 39) }],
    ['missing', v6, { msg_signature: undefined }],
    ['given twice', v6, { msg_signature: [v6.msgSignature, v6.msgSignature] }],
    ['without a timestamp', v6, { timestamp: undefined }],
  ] as const)('%s: -40001', ([, given, change]) => {
    const query = { ...queryOf(given), echostr: given.encrypt, ...change }
    expect(codeOf(() => verifyUrl(settingsOf(given), query))).toBe(-40001)
    expect(codeOf(() => openEnvelope(settingsOf(given), query, xmlBody(given.encrypt)))).toBe(-40001)
  })
})

describe('receiver', () => {
  const given = vector('V11')
  const openAs = (receiveIds: string[]) => () =>
    openEnvelope({ ...settingsOf(given), receiveIds }, queryOf(given), xmlBody(given.encrypt))

  test('another one: -40005', () => expect(codeOf(openAs(['ww6a112864f8022910']))).toBe(-40005))
  test('none accepted: -40005', () => expect(codeOf(openAs([]))).toBe(-40005))
  test('the empty one does not stand for any: -40005', () => expect(codeOf(openAs(['']))).toBe(-40005))
  test('one of several', () => expect(openAs(['ww6a112864f8022910', 'wwf181555a13a31443'])()).toContain('xen0n'))
})

describe('correctly signed, wrongly encrypted', () => {
  const settings = settingsOf(vector('V16'))
  const key = Buffer.from(`${settings.encodingAesKey}=`, 'base64')

  const encryptedBytes = (bytes: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
  }
  /** random (16), length, 7 bytes of text, 5 bytes of padding */
  const block = ({ length = 7, padding = Buffer.alloc(5, 5) }) => {
    const head = Buffer.alloc(20, 'r')
    head.writeUInt32BE(length, 16)
    return Buffer.concat([head, Buffer.from('message'), padding])
  }
  const codeFor = (encrypted: string) => {
    const query = { msg_signature: getSignature(settings.token, '1', 'n', encrypted), timestamp: '1', nonce: 'n' }
    return codeOf(() => openEnvelope(settings, query, xmlBody(encrypted)))
  }
  const whole = encrypt(settings.encodingAesKey, 'message of more than one block of bytes', '')

  test.for([
    ['whole, for comparison', 0, encryptedBytes(block({}))],
    ['padding of 0', -40008, encryptedBytes(block({ padding: Buffer.from([1, 1, 1, 1, 0]) }))],
    ['padding of 33', -40008, encryptedBytes(block({ padding: Buffer.alloc(5, 33) }))],
    ['padding not all alike', -40008, encryptedBytes(block({ padding: Buffer.from([5, 5, 4, 5, 5]) }))],
    ['nothing but padding', -40008, encryptedBytes(Buffer.alloc(32, 32))],
    ['a length beyond the end', -40008, encryptedBytes(block({ length: 8 }))],
    ['a length of four gigabytes', -40008, encryptedBytes(block({ length: 0xffffffff }))],
    ['a length short of the end, so another receiver', -40005, encryptedBytes(block({ length: 6 }))],
    ['cut by a cipher block', -40007, Buffer.from(whole, 'base64').subarray(0, -16).toString('base64')],
    ['cut by a byte', -40007, Buffer.from(whole, 'base64').subarray(0, -1).toString('base64')],
    ['cut by a padding block', -40008, Buffer.from(whole, 'base64').subarray(0, -32).toString('base64')],
    ['cut base64', -40010, whole.slice(0, -1)],
    ['no base64', -40010, '!!!!'],
    ['garbage of the right size', -40008, Buffer.alloc(32, 'x').toString('base64')],
  ] as const)('%s: %i', ([, code, encrypted]) => {
    expect(codeFor(encrypted)).toBe(code)
  })

  test('never anything but a code, whatever is decrypted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 130 }), (bytes) => {
        expect(codeFor(Buffer.from(bytes).toString('base64'))).toBeLessThan(0)
      }),
    )
  })
})

describe('outer document', () => {
  const given = vector('V2')
  const codeFor = (body: string) => codeOf(() => openEnvelope(settingsOf(given), queryOf(given), body))
  const element = `<Encrypt>${given.encrypt}</Encrypt>`

  test.for([
    ['as documented', 0, xmlBody(given.encrypt)],
    ['without CDATA', 0, `<xml>${element}</xml>`],
    ['with a byte order mark and a declaration', 0, `\ufeff<?xml version="1.0"?>\n<xml>\n${element}\n</xml>\n`],
    ['empty', -40002, ''],
    ['no XML', -40002, given.encrypt],
    ['nothing encrypted', -40002, '<xml><ToUserName>x</ToUserName></xml>'],
    ['encrypted twice', -40002, `<xml>${element}${element}</xml>`],
    ['a DTD', -40002, `<!DOCTYPE xml [<!ENTITY e "${given.encrypt}">]><xml><Encrypt>&e;</Encrypt></xml>`],
    ['a DTD, unused', -40002, `<!DOCTYPE xml SYSTEM "http://example.invalid/x.dtd"><xml>${element}</xml>`],
    ['an entity', -40002, '<xml><Encrypt>&e;</Encrypt></xml>'],
    ['JSON broken off', -40002, '{"encrypt":"'],
    ['JSON with a number', -40001, '{"encrypt":1}'],
  ] as const)('%s: %i', ([, code, body]) => {
    expect(codeFor(body)).toBe(code)
  })
})

describe('EncodingAESKey', () => {
  const base = settingsOf(vector('V1'))
  test.for([
    ['empty', ''],
    ['42 characters', base.encodingAesKey.slice(0, 42)],
    ['44 characters', `${base.encodingAesKey}A`],
    ['with its equals sign', `${base.encodingAesKey}=`],
    ['with a dollar', `${base.encodingAesKey.slice(0, 42)}$`],
  ] as const)('%s: -40004', ([, encodingAesKey]) => {
    const settings = { ...base, encodingAesKey }
    expect(codeOf(() => cipherOf(settings))).toBe(-40004)
    expect(codeOf(() => sealEnvelope(settings, 'x', { timestamp: '1', nonce: '1' }))).toBe(-40004)
  })
})

test.for([
  [-40001, 401],
  [-40005, 403],
  [-40002, 400],
  [-40008, 400],
] as const)('%i is answered %i', ([code, status]) => {
  expect(new EnvelopeError(code, 'x').status).toBe(status)
})
