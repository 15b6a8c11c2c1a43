import { readFileSync } from 'node:fs'
import { type NextFunction, type Request, type Response, Router } from 'express'
import helmet from 'helmet'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { chinaDateOf } from '../calendar/dates.ts'
import { hazardRegisterXlsx } from '../documents/hazard-register.ts'
import { isLanguage, languages, translators } from '../i18n/translator.ts'
import { hazardRegister } from '../rectification/index.ts'
import { hazardWords, registerWords } from '../replies/hazards.ts'
import { claimSeenBy } from '../standardization/claims.ts'
import type { House } from '../standardization/house.ts'
import { languageOf } from '../standardization/notify.ts'
import { beginReview } from '../standardization/review.ts'
import { rightOn } from '../standardization/rights.ts'
import {
  entranceOf,
  invitationHash,
  invitationShown,
  registerOwner,
  sessionToken,
  sessionUser,
} from '../standardization/signed-link.ts'
import { applicationByNumber, filedPhoto } from '../storage/applications.ts'
import { licencePhoto } from '../storage/claims.ts'
import { enterpriseOf } from '../storage/enterprises.ts'
import { invitationNow } from '../storage/invitations.ts'
import { roleOf } from '../storage/regulators.ts'
import { applicationView } from './application-view.ts'
import { ClaimPage } from './claim-page.tsx'
import { DetailPage } from './detail-page.tsx'
import { InvitationPage } from './invitation-page.tsx'
import { ListPage } from './list-page.tsx'
import { filterNamed, listView } from './list-view.ts'
import { ListingPage, listingView } from './listing-page.tsx'
import { NoticePage } from './notice-page.tsx'
import type { PageView } from './page.tsx'

export interface Photos {
  /** The evidence folder; what is in it is only served to those whose business it is. */
  readonly folder: string
}

/**
 * The regulators' pages under `/console`, the public page of a listing under `/listing`, an owner's register under
 * `/hazards`, the code of an invitation under `/invitation`.
 */
export function consoleRoutes(house: House, photos: Photos): Router {
  const router = Router()
  router.use(['/console', '/listing', '/hazards', '/invitation'], safeHeaders)
  router.get('/console/style.css', (_request, response) => void response.type('css').send(style))
  router.use(['/console', '/listing', '/hazards', '/invitation'], neverKept)
  router.get('/listing/:number', publicListing(house))
  router.get('/hazards/:token.xlsx', hazardRegisterFile(house))
  router.get('/invitation/:token', invitation(house))

  router.get('/console/enter', enter(house))
  router.use('/console', onlyRegulators(house))
  router.get('/console', (_request, response) => response.redirect(303, '/console/applications'))
  router.get('/console/applications', list(house))
  router.get('/console/applications/:id', detail(house))
  router.get('/console/claims/:id', claim(house))
  router.get('/console/photos/:id', photo(house, photos, 'file'))
  router.get('/console/photos/:id/thumbnail', photo(house, photos, 'thumbnail'))
  router.use(['/console', '/listing', '/hazards', '/invitation'], (_request: Request, response: Response) => {
    const page = { t: translators[languages[0]], language: languages[0] }
    send(response.status(404), <NoticePage page={page} notice="notFound" />)
  })
  return router
}

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8')

/** Nothing but our own style and pictures is loaded, nothing runs, and nobody frames the pages. */
const safeHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
})

function neverKept(_request: Request, response: Response, next: NextFunction) {
  response.set('Cache-Control', 'no-store')
  next()
}

const COOKIE = 'anbiao_console'

/** A signed link becomes a session; its secret does not stay in the address. */
const enter = (house: House) => (request: Request, response: Response) => {
  const entrance = entranceOf(house, request.query)
  if (!entrance) return refuse(response)
  const { token, maxAgeMs } = sessionToken(house, entrance.userId)
  response.cookie(COOKIE, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: house.publicUrl.startsWith('https:'),
    path: '/console',
    maxAge: maxAgeMs,
  })
  return response.redirect(303, entrance.path)
}

interface Visitor extends PageView {
  readonly userId: string
}

/** A session alone is not enough: whoever is no regulator any more is refused at once. */
const onlyRegulators = (house: House) => async (request: Request, response: Response, next: NextFunction) => {
  const userId = sessionUser(house, cookieOf(request, COOKIE))
  const roles = userId === undefined ? [] : await roleOf(house.database.db, userId)
  if (userId === undefined || roles.length === 0) return refuse(response)
  const language = await languageOf(house.database.db, `app:${userId}`)
  response.locals.visitor = { userId, language, t: translators[language] } satisfies Visitor
  return next()
}

const visitorOf = (response: Response) => response.locals.visitor as Visitor

const list = (house: House) => async (request: Request, response: Response) => {
  const visitor = visitorOf(response)
  const view = await listView(house, visitor.userId, filterNamed(request.query.state))
  send(response, <ListPage page={visitor} view={view} />)
}

/** Whoever may decide and opens it, reviews it. */
const detail = (house: House) => async (request: Request, response: Response, next: NextFunction) => {
  const visitor = visitorOf(response)
  const applicationId = String(request.params.id)
  const view = await house.database.inTransaction(`application ${applicationId}`, async (trx) => {
    await beginReview(trx, house, { applicationId, regulator: visitor.userId, at: house.clock() })
    return applicationView(trx, house, { applicationId, ...visitor })
  })
  return view ? send(response, <DetailPage page={visitor} view={view} />) : next()
}

/** Who says that a registered enterprise is theirs, and the licence they sent. */
const claim = (house: House) => async (request: Request, response: Response, next: NextFunction) => {
  const visitor = visitorOf(response)
  const seen = await claimSeenBy(house.database.db, house, String(request.params.id), visitor.userId)
  return seen ? send(response, <ClaimPage page={visitor} claim={seen} />) : next()
}

const photo =
  (house: House, { folder }: Photos, size: 'file' | 'thumbnail') =>
  async (request: Request, response: Response, next: NextFunction) => {
    const { db } = house.database
    const id = String(request.params.id)
    const found = (await filedPhoto(db, id)) ?? (await licencePhoto(db, id))
    const file = found?.[size]
    const right = found && (await rightOn(db, house, visitorOf(response).userId, found.district))
    if (!file || !right) return next()
    response.set('Cache-Control', 'private, max-age=3600')
    return response.sendFile(file, { root: folder, cacheControl: false }, (error?: Error & { status?: number }) => {
      if (!error || response.headersSent || response.closed) return
      response.set('Cache-Control', 'no-store')
      if (error.status === 404) next()
      else next(error)
    })
  }

const publicListing = (house: House) => async (request: Request, response: Response) => {
  const number = String(request.params.number)
  const application = await applicationByNumber(house.database.db, number)
  const view = application && (await listingView(house, application, chinaDateOf(house.clock())))
  const page = { t: translators[languages[0]], language: languages[0] }
  send(response.status(view ? 200 : 404), <ListingPage page={page} number={number} view={view} />)
}

/** Whoever holds the link has the register of one enterprise, for as long as the link is good. */
const hazardRegisterFile = (house: House) => async (request: Request, response: Response) => {
  const enterpriseId = registerOwner(house, String(request.params.token))
  if (enterpriseId === undefined) return refuse(response, 'staleRegister')
  const { db } = house.database
  const { name, contact, contactName } = await enterpriseOf(db, enterpriseId)
  const language = await languageOf(db, contact)
  const view = { t: translators[language], language, library: house.library, today: chinaDateOf(house.clock()) }
  const rows = (await hazardRegister(db, enterpriseId)).map((hazard) => hazardWords(hazard, contactName, view))
  const words = registerWords(name, view)
  response.attachment(`${words.sheet}.xlsx`)
  response.send(await hazardRegisterXlsx(rows, words))
}

/** The code and where to type it, and nothing of the enterprise. Looking at it uses nothing up. */
const invitation = (house: House) => async (request: Request, response: Response) => {
  const shown = invitationShown(house, String(request.params.token))
  const asked = typeof shown === 'string' ? '' : shown.language
  const language = isLanguage(asked) ? asked : languages[0]
  const page = { t: translators[language], language }
  const refused = typeof shown === 'string' ? shown : await whyUseless(house, shown.code)
  const answer = refused ? response.status(refused === 'forged' ? 403 : 410) : response
  send(answer, <InvitationPage page={page} code={typeof shown === 'string' ? '' : shown.code} refused={refused} />)
}

async function whyUseless(house: House, code: string): Promise<'used' | 'expired' | 'forged' | undefined> {
  const found = await invitationNow(house.database.db, invitationHash(house, code))
  if (!found) return 'forged'
  if (found.isUsed) return 'used'
  return found.expiresAt <= house.clock() ? 'expired' : undefined
}

function refuse(response: Response, notice: 'forbidden' | 'staleRegister' = 'forbidden') {
  const page = { t: translators[languages[0]], language: languages[0] }
  send(response.status(403), <NoticePage page={page} notice={notice} />)
}

function send(response: Response, page: VNode) {
  response.type('html').send(`<!doctype html>${renderToString(page)}`)
}

function cookieOf({ headers }: Request, name: string): string {
  const cookies = (headers.cookie ?? '').split(/;\s*/)
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}
