import { createHmac, timingSafeEqual } from 'node:crypto'
import type { House } from './house.ts'

type Signer = Pick<House, 'linkSecret' | 'publicUrl' | 'clock'>

/** A link lets in whoever holds it: afterwards the desk gives a new one. */
const LINK_DAYS = 3
const SESSION_HOURS = 12

export interface LinkOptions {
  readonly path?: string
  /** When it is handed out; now, if not said. */
  readonly from?: Date
}

/** An address that lets a regulator in, at a page of the console. */
export function consoleLink(
  house: Signer,
  userId: string,
  { path = '/console/applications', from = house.clock() }: LinkOptions = {},
): string {
  const expires = secondsOf(from) + LINK_DAYS * 86_400
  const sign = signature(house, ['link', userId, expires, path])
  return `${house.publicUrl}/console/enter?${new URLSearchParams({ user: userId, path, expires: `${expires}`, sign })}`
}

export const applicationPath = (applicationId: string) => `/console/applications/${applicationId}`

export interface Entrance {
  readonly userId: string
  readonly path: string
}

/** Whom a link lets in; undefined when it is forged, malformed or has run out. */
export function entranceOf(house: Signer, query: Readonly<Record<string, unknown>>): Entrance | undefined {
  const { user, path, expires, sign } = query
  if (typeof user !== 'string' || typeof path !== 'string' || typeof expires !== 'string') return undefined
  if (!isSigned(house, ['link', user, expires, path], sign) || isOver(house, expires)) return undefined
  return { userId: user, path }
}

/** What the cookie of a session holds. */
export function sessionToken(house: Signer, userId: string) {
  const expires = secondsOf(house.clock()) + SESSION_HOURS * 3600
  const user = Buffer.from(userId).toString('base64url')
  return {
    token: `${user}.${expires}.${signature(house, ['session', userId, expires])}`,
    maxAgeMs: SESSION_HOURS * 3_600_000,
  }
}

/** Whose session it is; undefined when the token is forged, malformed or has run out. */
export function sessionUser(house: Signer, token: string): string | undefined {
  const [user = '', expires = '', sign] = token.split('.')
  const userId = Buffer.from(user, 'base64url').toString()
  return isSigned(house, ['session', userId, expires], sign) && !isOver(house, expires) ? userId : undefined
}

/** JSON keeps the parts apart: no two lists of them look alike. */
const signature = ({ linkSecret }: Signer, parts: readonly (string | number)[]) =>
  createHmac('sha256', linkSecret)
    .update(JSON.stringify(parts.map(String)))
    .digest('base64url')

function isSigned(house: Signer, parts: readonly string[], given: unknown): boolean {
  if (typeof given !== 'string') return false
  const expected = Buffer.from(signature(house, parts))
  const actual = Buffer.from(given)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}

const isOver = ({ clock }: Signer, expires: string) => !(Number(expires) > secondsOf(clock()))

const secondsOf = (moment: Date) => Math.floor(moment.getTime() / 1000)
