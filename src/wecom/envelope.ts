import { createDecipheriv, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'
import { type Fields, FieldsError, fieldsOf, textField } from './fields.ts'

/** What the admin console and we agree on for one callback address. */
export interface EnvelopeSettings {
  readonly token: string
  /** 43 letters and digits. */
  readonly encodingAesKey: string
  /** Accepted receiver ids; for a self-built app its CorpID. */
  readonly receiveIds: readonly string[]
}

/** The query of a callback, as any framework parses it: decoded once. */
export type EnvelopeQuery = Readonly<Record<string, unknown>>

/** The decrypted XML or JSON of a callback POST. Throws `EnvelopeError`. */
export function openEnvelope(settings: EnvelopeSettings, query: EnvelopeQuery, rawBody: string): string {
  return opened(settings, query, encryptedIn(rawBody))
}

/** The plain text that proves to the admin console that this address is ours. Throws `EnvelopeError`. */
export function verifyUrl(settings: EnvelopeSettings, query: EnvelopeQuery): string {
  // A `+` that was decoded twice has become a blank; base64 knows no blanks.
  return opened(settings, query, queryValue(query, 'echostr').replaceAll(' ', '+'))
}

export interface SealedEnvelope {
  readonly encrypt: string
  readonly msgSignature: string
  readonly timestamp: string
  readonly nonce: string
}

/** Encrypts and signs as WeCom does: for a passive reply, and for whoever plays WeCom. Uses the first receiver id. */
export function sealEnvelope(
  settings: EnvelopeSettings,
  plain: string,
  { timestamp, nonce, random }: { timestamp: string; nonce: string; random?: Buffer },
): SealedEnvelope {
  const { token, encodingAesKey, receiveIds } = settings
  cipherOf(settings)
  const encrypted = encrypt(encodingAesKey, plain, receiveIds[0] ?? '', random)
  return { encrypt: encrypted, msgSignature: getSignature(token, timestamp, nonce, encrypted), timestamp, nonce }
}

/** Why a callback was refused, as a return code of WXBizMsgCrypt (document 91144) and an HTTP status. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError'
  readonly status: number
  constructor(
    readonly code: EnvelopeErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.status = code === SIGNATURE ? 401 : code === RECEIVER ? 403 : 400
  }
}

const SIGNATURE = -40001
const SYNTAX = -40002
const KEY = -40004
const RECEIVER = -40005
const DECRYPTION = -40007
const BUFFER = -40008
const BASE64 = -40010

export type EnvelopeErrorCode =
  | typeof SIGNATURE
  | typeof SYNTAX
  | typeof KEY
  | typeof RECEIVER
  | typeof DECRYPTION
  | typeof BUFFER
  | typeof BASE64

/** AES-256-CBC, the IV being the first half of the key. */
interface Cipher {
  readonly key: KeyObject
  readonly iv: Buffer
}

/** Setting up a key takes longer than decrypting with it, so settings are set up once. */
const ciphers = new WeakMap<EnvelopeSettings, Cipher>()

/** Throws `EnvelopeError` for a malformed EncodingAESKey: worth doing once at the start. */
export function cipherOf(settings: EnvelopeSettings): Cipher {
  const known = ciphers.get(settings)
  if (known) return known

  const bytes = aesKeyOf(settings.encodingAesKey)
  const cipher = { key: createSecretKey(bytes), iv: bytes.subarray(0, 16) }
  ciphers.set(settings, cipher)
  return cipher
}

function aesKeyOf(encodingAesKey: string): Buffer {
  if (/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) return Buffer.from(`${encodingAesKey}=`, 'base64')
  throw new EnvelopeError(KEY, 'EncodingAESKey is not 43 letters and digits')
}

function opened(settings: EnvelopeSettings, query: EnvelopeQuery, encrypted: string): string {
  checkSignature(settings.token, query, encrypted)
  const { message, receiveId } = contentOf(decrypted(cipherOf(settings), encrypted))
  if (!settings.receiveIds.includes(receiveId)) throw new EnvelopeError(RECEIVER, 'meant for another receiver')
  return message
}

/** What XML calls `Encrypt`, JSON calls `encrypt`. */
function encryptedIn(rawBody: string): string {
  const fields = envelopeFields(rawBody)
  const encrypted = textField(fields, 'Encrypt') ?? textField(fields, 'encrypt')
  if (!encrypted) throw new EnvelopeError(SYNTAX, 'the envelope holds nothing encrypted')
  return encrypted
}

function envelopeFields(rawBody: string): Fields {
  try {
    return fieldsOf(rawBody)
  } catch (cause) {
    if (!(cause instanceof FieldsError)) throw cause
    throw new EnvelopeError(SYNTAX, `unreadable envelope: ${cause.message}`, { cause })
  }
}

function checkSignature(token: string, query: EnvelopeQuery, encrypted: string): void {
  const given = Buffer.from(queryValue(query, 'msg_signature'))
  const expected = Buffer.from(
    getSignature(token, queryValue(query, 'timestamp'), queryValue(query, 'nonce'), encrypted),
  )
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new EnvelopeError(SIGNATURE, 'wrong msg_signature')
  }
}

function queryValue(query: EnvelopeQuery, name: string): string {
  const value = query[name]
  if (typeof value !== 'string') throw new EnvelopeError(SIGNATURE, `${name} is missing or repeated`)
  return value
}

const PAD_BLOCK = 32

/**
 * Not with `decrypt` of `@wecom/crypto`: it hands over bad padding and truncated messages as if they were whole, and
 * keeps the lengths to itself.
 */
function decrypted({ key, iv }: Cipher, encrypted: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encrypted) || encrypted.length % 4 !== 0) {
    throw new EnvelopeError(BASE64, 'not base64')
  }
  const bytes = Buffer.from(encrypted, 'base64')
  if (bytes.length % PAD_BLOCK !== 0) throw new EnvelopeError(DECRYPTION, 'truncated ciphertext')

  // OpenSSL pads to 16 bytes, WeCom to 32.
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return unpadded(Buffer.concat([decipher.update(bytes), decipher.final()]))
}

function unpadded(bytes: Buffer): Buffer {
  const pad = bytes.at(-1) ?? 0
  const end = bytes.length - pad
  if (pad < 1 || pad > PAD_BLOCK || bytes.subarray(end).some((byte) => byte !== pad)) {
    throw new EnvelopeError(BUFFER, 'bad padding')
  }
  return bytes.subarray(0, end)
}

const RANDOM_BYTES = 16
const HEAD_BYTES = RANDOM_BYTES + 4

/** random (16) ‖ length of the message (4, big endian) ‖ message ‖ receiver id */
function contentOf(bytes: Buffer): { message: string; receiveId: string } {
  if (bytes.length < HEAD_BYTES) throw new EnvelopeError(BUFFER, 'no room for a message')
  const end = HEAD_BYTES + bytes.readUInt32BE(RANDOM_BYTES)
  if (end > bytes.length) throw new EnvelopeError(BUFFER, 'the message is shorter than it says')
  return { message: bytes.toString('utf8', HEAD_BYTES, end), receiveId: bytes.toString('utf8', end) }
}
