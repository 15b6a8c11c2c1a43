import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler } from 'express'

interface Log {
  readonly warn: (fields: object, message: string) => void
  readonly error: (fields: object, message: string) => void
}

/** For what nobody answers. */
export const notFound: RequestHandler = (_request, response) => {
  response.status(404).type('text/plain').send('Not found\n')
}

/**
 * For what was thrown while answering: the status in words and nothing of ours. The log has the rest, without the
 * address, which may be a signed link.
 */
export const failed =
  (log: Log): ErrorRequestHandler =>
  (error, { method }, response, next) => {
    const status = statusOf(error)
    if (status < 500) log.warn({ method, status }, 'a request was malformed')
    else log.error({ method, status, err: error }, 'a request could not be answered')
    if (response.headersSent) return next(error)
    response.status(status).type('text/plain').send(`${STATUS_CODES[status]}\n`)
  }

/** What express found wrong with a request carries its status. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  return status >= 400 && status <= 599 && STATUS_CODES[status] ? status : 500
}
