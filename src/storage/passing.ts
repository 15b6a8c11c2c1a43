import { SavepointLostError } from './unit-of-work.ts'

/**
 * Whether it was the database that failed, for now, and not the work: busy, full, broken off, out of resources. The
 * same work may succeed later. The codes are those of SQLite's result codes, PostgreSQL's appendix A (class 08
 * connection, 40 transaction rolled back, 53 resources, 57 operator intervention) and of the network.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof SavepointLostError) return true
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return PASSING.test(code) || BROKEN_OFF.test(error.message)
}

const PASSING = /^(SQLITE_(BUSY|IOERR)(_\w+)?|SQLITE_FULL|(08|40|53|57)[0-9A-Z]{3}|ECONN\w+|EPIPE|ETIMEDOUT)$/

/** pg gives no code when a connection ends under a query. */
const BROKEN_OFF = /^Connection terminated/
