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

/** Without the secret of the house, a stolen database lets nobody in. */
export const invitationHash = ({ linkSecret }: Signer, code: string): string =>
  createHmac('sha256', linkSecret).update(`invitation/${code}`).digest('hex')

/** An address that shows the code of an invitation, for as long as it is good; `language` is of who gives it away. */
export const invitationLink = (
  house: Signer,
  { code, days, language }: { readonly code: string; readonly days: number; readonly language: string },
): string =>
  `${house.publicUrl}/invitation/${tokenOf(house, 'invitation', JSON.stringify([code, language]), days * 86_400)}`

/** What an invitation's link shows; `expired` and `forged` show nothing. */
export function invitationShown(
  house: Signer,
  token: string,
): { readonly code: string; readonly language: string } | 'expired' | 'forged' {
  const { subject, isSigned, isOver } = tokenIn(house, 'invitation', token)
  if (!isSigned) return 'forged'
  if (isOver) return 'expired'
  const [code = '', language = ''] = JSON.parse(subject) as string[]
  return { code, language }
}

/** What a token is good for; one is never taken for the other. */
type Purpose = 'session' | 'hazards' | 'invitation'

function tokenOf(house: Signer, purpose: Purpose, subject: string, seconds: number): string {
  const expires = secondsOf(house.clock()) + seconds
  return `${Buffer.from(subject).toString('base64url')}.${expires}.${signature(house, [purpose, subject, expires])}`
}

function subjectOf(house: Signer, purpose: Purpose, token: string): string | undefined {
  const { subject, isSigned, isOver } = tokenIn(house, purpose, token)
  return isSigned && !isOver ? subject : undefined
}

function tokenIn(house: Signer, purpose: Purpose, token: string) {
  const [encoded = '', expires = '', sign] = token.split('.')
  const subject = Buffer.from(encoded, 'base64url').toString()
  return { subject, isSigned: isSigned(house, [purpose, subject, expires], sign), isOver: isOver(house, expires) }
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
