import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { getShortestPaths } from 'xstate/graph'
import {
  type LifeCycleEnvelope,
  type LifeCycleEvent,
  type LifeCycleState,
  lifeCycleStates,
  lifeCycleStep,
  newLifeCycle,
  standardization,
} from '../../flows/standardization/index.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { policyOf } from './standing-house.ts'

const shenzhen = policyOf('shenzhen-trial')
const national = policyOf('national-2021')

const filed: LifeCycleEvent = { type: 'application.filed', on: '2026-11-23', reviewDueOn: '2026-12-07' }
const begun: LifeCycleEvent = { type: 'review.begun', on: '2026-11-24' }
const returned: LifeCycleEvent = {
  type: 'application.returned',
  on: '2026-12-01',
  amendmentDueOn: '2026-12-08',
  count: 2,
}
const amended: LifeCycleEvent = { type: 'application.amended', on: '2026-12-02', reviewDueOn: '2026-12-16' }
const approved: LifeCycleEvent = { type: 'application.approved', on: '2026-12-09', publicityEndsOn: null }
const publicized: LifeCycleEvent = { ...approved, publicityEndsOn: '2026-12-18' }
const rejected: LifeCycleEvent = { type: 'application.rejected', on: '2026-12-09', reason: '与现场不符' }
const withdrawn: LifeCycleEvent = { type: 'application.withdrawn', on: '2026-12-02' }
const publicityEnded: LifeCycleEvent = { type: 'publicity.ended', on: '2026-12-19' }
const opened: LifeCycleEvent = { type: 'verification.opened', on: '2027-10-10', year: 1 }
const lapsed: LifeCycleEvent = { type: 'verification.lapsed', on: '2028-01-08', year: 1 }
const clean: LifeCycleEvent = { type: 'verification.completed', on: '2027-11-20', openMajorHazards: 0 }
const unclean: LifeCycleEvent = { type: 'verification.completed', on: '2027-11-20', openMajorHazards: 1 }
const revoked: LifeCycleEvent = { type: 'listing.revoked', on: '2028-01-05', reason: '达不到重点清单' }
const renewed: LifeCycleEvent = { type: 'listing.renewed', on: '2029-10-01' }
const expired: LifeCycleEvent = { type: 'listing.expired', on: '2030-01-01' }

/** The way to each state an application rests in. */
const ways: Readonly<Record<string, readonly LifeCycleEvent[]>> = {
  assessing: [],
  filed: [filed],
  underReview: [filed, begun],
  returned: [filed, returned],
  rejected: [filed, rejected],
  withdrawn: [filed, withdrawn],
  inPublicity: [filed, publicized],
  announced: [filed, approved],
  verificationDue: [filed, approved, opened],
  rectifying: [filed, approved, opened, unclean],
  revoked: [filed, approved, revoked],
  renewed: [filed, approved, renewed],
  expired: [filed, approved, expired],
}

/** The only events that mean something there, and where they lead. */
const table: Readonly<Record<string, Readonly<Record<string, LifeCycleState>>>> = {
  assessing: { filed: 'filed' },
  filed: {
    begun: 'underReview',
    reviewLapsed: 'filed',
    returned: 'returned',
    approved: 'announced',
    publicized: 'inPublicity',
    rejected: 'rejected',
    withdrawn: 'withdrawn',
  },
  underReview: {
    reviewLapsed: 'underReview',
    returned: 'returned',
    approved: 'announced',
    publicized: 'inPublicity',
    rejected: 'rejected',
    withdrawn: 'withdrawn',
  },
  returned: { amended: 'filed', amendmentLapsed: 'returned', rejected: 'rejected', withdrawn: 'withdrawn' },
  rejected: {},
  withdrawn: {},
  inPublicity: { publicityEnded: 'announced', rejected: 'rejected' },
  announced: {
    opened: 'verificationDue',
    clean: 'announced',
    unclean: 'rectifying',
    revoked: 'revoked',
    renewed: 'renewed',
    expired: 'expired',
  },
  verificationDue: {
    lapsed: 'verificationDue',
    clean: 'announced',
    unclean: 'rectifying',
    revoked: 'revoked',
    renewed: 'renewed',
    expired: 'expired',
  },
  rectifying: {
    lapsed: 'rectifying',
    clean: 'announced',
    unclean: 'rectifying',
    revoked: 'revoked',
    renewed: 'renewed',
    expired: 'expired',
  },
  revoked: {},
  renewed: {},
  expired: {},
}

const events: Readonly<Record<string, LifeCycleEvent>> = {
  filed,
  begun,
  reviewLapsed: { type: 'review.lapsed', on: '2026-12-08', round: 1 },
  returned,
  amended,
  amendmentLapsed: { type: 'amendment.lapsed', on: '2026-12-09', round: 1 },
  approved,
  publicized,
  rejected,
  withdrawn,
  publicityEnded,
  opened,
  lapsed,
  clean,
  unclean,
  revoked,
  renewed,
  expired,
}

/** Between any two events the snapshot is written down and read again. */
function envelopeAfter(way: readonly LifeCycleEvent[], policy = shenzhen): LifeCycleEnvelope {
  return way.reduce((envelope, event) => {
    const step = lifeCycleStep(policy, JSON.parse(JSON.stringify(envelope)), event)
    if (!step) throw new Error(`${event.type} means nothing in ${envelope.value}`)
    return step.envelope
  }, newLifeCycle(policy))
}

describe('every state and every event', () => {
  const cases = Object.keys(ways).flatMap((state) => Object.keys(events).map((event) => [state, event] as const))

  test.for(cases)('%s, %s', ([state, name]) => {
    const event = events[name]
    if (!event) throw new Error(name)
    const from = envelopeAfter(ways[state] ?? [])
    expect(from.value).toBe(state)
    expect(lifeCycleStep(shenzhen, from, event)?.envelope.value).toBe(table[state]?.[name])
  })

  test('no state is out of reach, and only passing states are never rested in', () => {
    const paths = getShortestPaths(standardization(shenzhen), {
      events: Object.values(events),
      serializeState: ({ value }) => String(value),
    })
    const reached = new Set(paths.map(({ state }) => state.value))
    expect(lifeCycleStates.filter((state) => !reached.has(state))).toEqual(['approved', 'verified'])
  })
})

describe('stale deadlines mean nothing', () => {
  const twice = [filed, returned, amended]
  test.for<[string, readonly LifeCycleEvent[], LifeCycleEvent]>([
    ['the review of an earlier round', twice, { type: 'review.lapsed', on: '2026-12-08', round: 1 }],
    [
      'the amendment of an earlier round',
      [...twice, { ...returned, on: '2026-12-10' }],
      { type: 'amendment.lapsed', on: '2026-12-09', round: 1 },
    ],
    ['the verification of an earlier year', [filed, approved, opened, clean], lapsed],
    ['an end before the last day', [filed, approved], { ...expired, on: '2029-12-09' }],
    ['a re-check before its time', [filed, approved], { ...clean, on: '2027-10-09' }],
  ])('%s', ([, way, event]) => {
    expect(lifeCycleStep(shenzhen, envelopeAfter(way), event)).toBeUndefined()
  })
})

describe('dates', () => {
  const datesOf = (way: readonly LifeCycleEvent[], policy = shenzhen) => {
    const { validUntil, year, verificationOn, verificationOpensOn, renewalOpensOn } = envelopeAfter(way, policy).context
    return { validUntil, year, verificationOn, verificationOpensOn, renewalOpensOn }
  }

  test('a listing lasts as long as the policy says, and opens in time for its first reminder', () => {
    expect(datesOf([filed, approved])).toEqual({
      validUntil: '2029-12-09',
      year: 1,
      verificationOn: '2027-12-09',
      verificationOpensOn: '2027-10-10',
      renewalOpensOn: '2029-09-09',
    })
  })

  test('with publicity it counts from the announcement', () => {
    expect(datesOf([filed, publicized, publicityEnded], national)).toMatchObject({ validUntil: '2029-12-19' })
  })

  test('announced on 29 February, it ends on the last of February', () => {
    const leap = { ...approved, on: '2028-02-29' } as const
    expect(datesOf([filed, leap])).toMatchObject({ validUntil: '2031-02-28', verificationOn: '2029-02-28' })
  })

  test('there is no verification on the day the listing ends', () => {
    const second = { ...clean, on: '2028-11-20' } as const
    expect(datesOf([filed, approved, clean, second])).toMatchObject({ year: 3, verificationOn: null })
  })

  test('a re-check done a year late counts for both years', () => {
    const late = { ...clean, on: '2028-11-20' } as const
    expect(datesOf([filed, approved, opened, late])).toMatchObject({ year: 3, verificationOn: null })
  })

  test('after a withdrawal there is nothing to wait for', () => {
    expect(envelopeAfter([filed, withdrawn], national).context.reapplyFrom).toBeNull()
  })

  test('where the policy says so, what a regulator has opened cannot be withdrawn any more', () => {
    const strict: Policy = { ...shenzhen, withdrawUntil: { ...shenzhen.withdrawUntil, value: 'reviewBegun' } }
    const at = (way: readonly LifeCycleEvent[]) => lifeCycleStep(strict, envelopeAfter(way), withdrawn)?.envelope.value
    expect([at([filed]), at([filed, begun]), at([filed, returned])]).toEqual(['withdrawn', undefined, undefined])
  })

  test('the wait after a rejection and a revocation is the policy’s', () => {
    expect(envelopeAfter([filed, rejected], national).context.reapplyFrom).toBe('2027-12-09')
    expect(envelopeAfter([filed, rejected]).context.reapplyFrom).toBe('2026-12-09')
    expect(envelopeAfter([filed, approved, revoked]).context.reapplyFrom).toBe('2029-01-05')
  })
})

describe('what follows', () => {
  const effectsOf = (way: readonly LifeCycleEvent[], event: LifeCycleEvent) =>
    lifeCycleStep(shenzhen, envelopeAfter(way), event)?.effects ?? []

  test('every listing is reminded of on the days of the policy and at no other', () => {
    const days = effectsOf([filed], approved).flatMap((effect) =>
      effect.type === 'notify' && effect.notice.type === 'verificationReminder'
        ? [[effect.on, effect.notice.days]]
        : [],
    )
    expect(days).toEqual([
      ['2027-10-10', 60],
      ['2027-11-09', 30],
      ['2027-12-02', 7],
      ['2027-12-09', 0],
    ])
  })

  test('a reminder of the end never comes before the renewal opens', () => {
    const opening = { ...approved, on: '2026-05-31' } as const
    const days = effectsOf([filed], opening).flatMap((effect) =>
      effect.type === 'notify' && effect.notice.type === 'expiryReminder' ? [effect.on] : [],
    )
    const { renewalOpensOn } = envelopeAfter([filed, opening]).context
    expect(renewalOpensOn).toBe('2029-02-28')
    expect(days).toEqual(['2029-03-02', '2029-05-01', '2029-05-24', '2029-05-31'])
  })

  test.for<[string, readonly LifeCycleEvent[], LifeCycleEvent, string[], string[]]>([
    ['filing', [], filed, [], ['applicationFiled', 'reviewDue']],
    [
      'an overdue review',
      [filed],
      { type: 'review.lapsed', on: '2026-12-08', round: 1 },
      ['reviewLapsed'],
      ['reviewLapsed'],
    ],
    ['returning', [filed], returned, ['applicationReturned', 'amendmentDue'], []],
    ['filing again', [filed, returned], amended, [], ['applicationAmended', 'reviewDue']],
    [
      'an amendment too late',
      [filed, returned],
      { type: 'amendment.lapsed', on: '2026-12-09', round: 1 },
      ['amendmentLapsed'],
      ['amendmentLapsed'],
    ],
    ['withdrawing', [filed], withdrawn, [], ['applicationWithdrawn']],
    ['rejecting', [filed], rejected, ['applicationRejected'], []],
    ['publicity', [filed], publicized, ['publicityBegun'], []],
    [
      'a clean re-check',
      [filed, approved, opened],
      clean,
      ['verificationReminder', 'verificationReminder', 'verificationReminder', 'verificationReminder'],
      ['verified'],
    ],
    ['an unclean re-check', [filed, approved, opened], unclean, [], ['rectifying']],
    ['an overdue re-check', [filed, approved, opened], lapsed, ['verificationReminder'], ['verificationLapsed']],
    ['an overdue rectification', [filed, approved, opened, unclean], lapsed, ['rectificationReminder'], []],
    ['revoking', [filed, approved], revoked, ['revoked'], ['revoked']],
    ['the end', [filed, approved], expired, ['expired'], ['expired']],
  ])('%s is told to those it concerns', ([, way, event, owner, regulators]) => {
    const told = (audience: string) =>
      effectsOf(way, event).flatMap((effect) =>
        effect.type === 'notify' && effect.audience === audience ? [effect.notice.type] : [],
      )
    expect({ owner: told('owner'), regulators: told('regulators') }).toEqual({ owner, regulators })
  })
})

describe('snapshots that were stored by earlier versions', () => {
  const folder = new URL('../snapshots/standardization/', import.meta.url)

  test('there is one of every state an application rests in', () => {
    expect(readdirSync(folder).sort()).toEqual(
      Object.keys(ways)
        .map((state) => `v1-${state}.json`)
        .sort(),
    )
  })

  test.for(readdirSync(folder))('%s still takes its next event', (file) => {
    const stored = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as LifeCycleEnvelope
    const next = Object.entries(table[stored.value] ?? {}).map(([name, state]) => [name, state, events[name]] as const)
    for (const [, state, event] of next)
      expect(event && lifeCycleStep(shenzhen, stored, event)?.envelope.value).toBe(state)
    if (next.length === 0) expect(lifeCycleStep(shenzhen, stored, approved)).toBeUndefined()
  })
})
