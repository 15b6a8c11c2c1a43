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
export const sessionToken = (house: Signer, userId: string) => ({
  token: tokenOf(house, 'session', userId, SESSION_HOURS * 3600),
  maxAgeMs: SESSION_HOURS * 3_600_000,
})

/** Whose session it is; undefined when the token is forged, malformed or has run out. */
export const sessionUser = (house: Signer, token: string) => subjectOf(house, 'session', token)

/** An address at which an owner downloads the register of hazards of their enterprise. */
export const hazardRegisterLink = (house: Signer, enterpriseId: string): string =>
  `${house.publicUrl}/hazards/${tokenOf(house, 'hazards', enterpriseId, LINK_DAYS * 86_400)}.xlsx`

/** Whose register it is; undefined when the token is forged, malformed or has run out. */
export const registerOwner = (house: Signer, token: string) => subjectOf(house, 'hazards', token)

/** What a token is good for; one is never taken for the other. */
type Purpose = 'session' | 'hazards'

function tokenOf(house: Signer, purpose: Purpose, subject: string, seconds: number): string {
  const expires = secondsOf(house.clock()) + seconds
  return `${Buffer.from(subject).toString('base64url')}.${expires}.${signature(house, [purpose, subject, expires])}`
}

function subjectOf(house: Signer, purpose: Purpose, token: string): string | undefined {
  const [encoded = '', expires = '', sign] = token.split('.')
  const subject = Buffer.from(encoded, 'base64url').toString()
  return isSigned(house, [purpose, subject, expires], sign) && !isOver(house, expires) ? subject : undefined
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
