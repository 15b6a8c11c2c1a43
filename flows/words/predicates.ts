import type { Facets } from '../../src/checklist/schema.ts'
import type { Assertion } from './clause.ts'
import type { Lexicon } from './lexicon.ts'
import { numberOf } from './number-heard.ts'
import type { Token, TokenClass } from './tokens.ts'

export interface Predicates {
  readonly assertions: readonly Assertion[]
  /** Denials that do not nest. */
  readonly opaque: boolean
  /** A denial after the predicate asks whether it is so. */
  readonly dangling: boolean
  readonly unclear: boolean
  readonly denies: boolean
  /** A number that the item sets a limit to. */
  readonly limited?: boolean
  /** Not even one of what was named before. */
  readonly noneOf?: boolean
}

/** The assertions of a clause: each word that asserts, with its sign changed by every denial before it. */
export function predicatesIn(tokens: readonly Token[], hears: Facets | undefined, lexicon: Lexicon): Predicates {
  if (
    tokens.some(is('nod')) &&
    tokens.every(
      ({ classes }) => classes.has('nod') || classes.has('particle') || classes.has('thanks') || classes.has('filler'),
    )
  )
    return { assertions: [], opaque: false, dangling: false, unclear: false, denies: false }
  const assertions: Assertion[] = []
  let pending: Token[] = []
  let lights: Light[] = []
  let [opaque, degree, unclear, asksWhether] = [false, false, tokens.some(is('unclear')), false]
  const denies =
    tokens.some(is('elsewhere')) ||
    tokens.some((token, at) => token.classes.has('lack') && tokens[at + 1]?.classes.has('this') === true) ||
    lacksSuch(tokens)

  tokens.forEach((token, at) => {
    if (token.classes.has('not')) {
      asksWhether ||=
        tokens[at - 1]?.classes.has('have') === true &&
        tokens[at + 1] !== undefined &&
        !tokens[at - 1]?.classes.has('some')
      pending.push(token)
    }
    if (token.classes.has('degree')) degree ||= pending.length > 0
    else if (token.classes.has('not')) return
    else if (token.classes.has('know')) unclear ||= pending.length > 0
    else if (isResult(tokens, at) || isWhich(tokens, at) || isTrigger(tokens, at)) return
    else {
      const kind = kindOf(tokens, at, pending, hears !== undefined)
      if (kind) {
        const nested = nests(tokens, pending)
        if (pending.length > 1 && !nested) opaque = true
        const withHave = lights.some(({ token: { classes } }) => classes.has('have'))
        const said = {
          ...kind,
          ...completion(tokens, at, withHave),
          ...(nested ? { whole: true } : {}),
          affirmed: pending.length % 2 === 0,
          existsOnly: existsOnly(tokens, at),
          barely: token.barely === true,
          exists: token.exists === true,
          once: tokens[at + 1]?.classes.has('once') === true,
          degree,
          foreign: isForeign(tokens, at, hears),
        }
        assertions.push(said)
        if (said.affirmed) for (const part of alsoOf(token)) assertions.push({ ...said, part })
        pending = []
        lights = []
      } else if (isLight(tokens, at)) lights = [...lights, { token, denied: pending.length }]
    }
  })

  const limited = withinLimit(tokens, hears, lexicon)
  if (limited) return { assertions: [limited], limited: true, opaque, dangling: false, unclear, denies }
  const last = assertions.at(-1)
  if (last?.part !== undefined && pending.length === 1 && isNoneOf(tokens, pending[0]))
    return {
      assertions: assertions.with(-1, { ...last, affirmed: !last.affirmed }),
      noneOf: true,
      opaque,
      dangling: false,
      unclear,
      denies,
    }
  if (last && pending.length === 1 && isOfSomethingElse(tokens, pending[0]))
    return {
      assertions: [...assertions, { ...none, kind: 'have' }],
      opaque,
      dangling: false,
      unclear,
      denies,
    }
  if (last) return { assertions, opaque, dangling: pending.length > 0 || asksWhether, unclear, denies }
  const [light, dangling] = lightly(lights, pending, tokens)
  return {
    assertions: light && !denies && !unclear ? [{ ...light, existsOnly: false, degree }] : [],
    opaque: opaque || pending.length > 1,
    dangling,
    unclear,
    denies,
  }
}

interface Light {
  readonly token: Token
  readonly denied: number
}

const is =
  (name: TokenClass) =>
  ({ classes }: Token) =>
    classes.has(name)

/** There is, it is, it can: an answer by itself, and nothing before a predicate. */
function isLight(tokens: readonly Token[], at: number): boolean {
  const { classes, facet } = tokens[at] ?? noToken
  if (facet) return facet.role === 'about' || facet.role === 'lacks'
  // 有的 before anything else means some of them.
  if (classes.has('have')) return !classes.has('some') || tokens.slice(at + 1).every(isEnding)
  return classes.has('yes') || classes.has('will') || classes.has('can')
}

const noToken: Pick<Token, 'classes' | 'facet'> = { classes: new Set() }

/** To the end, behind the verb: no judgement of its own. */
const isResult = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1]
  if (!(tokens[at]?.classes.has('result') && before)) return false
  return isVerb(before) || isResult(tokens, at - 1) || before.classes.has('perfect')
}

const isVerb = ({ classes, facet }: Token) =>
  facet ? facet.role === 'done' : classes.has('did') || classes.has('done') || classes.has('looks')

const predicateClasses = [
  'fit',
  'trouble',
  'short',
  'bad',
  'fine',
  'did',
  'done',
  'looks',
  'proof',
  'unneeded',
  'poor',
  'soft',
  'refusal',
] as const

function kindOf(
  tokens: readonly Token[],
  at: number,
  pending: readonly Token[],
  hasFacets: boolean,
): Pick<Assertion, 'kind' | 'part' | 'finding'> | undefined {
  const { classes, facet } = tokens[at] ?? noToken
  switch (facet?.role) {
    case 'good':
      return { kind: 'facetGood', part: facet.part }
    case 'bad':
      return { kind: 'facetBad', part: facet.part }
    case 'done':
      return { kind: 'facetDone', part: facet.part }
    case 'lacks':
      return pending.at(-1)?.classes.has('lack') ? { kind: 'about', finding: facet.finding } : undefined
    case 'about':
      return undefined
    default: {
      if (classes.has('all') && classes.has('fine') && !tokens.slice(at + 1).every(isEnding)) return undefined
      // What one does not do needs no safeguard.
      if (
        classes.has('did') &&
        tokens[at + 1]?.classes.has('this') &&
        !pending.at(-1)?.classes.has('lack') &&
        pending.length === 1
      )
        return { kind: 'unneeded' }
      const kind = predicateClasses.find((name) => classes.has(name))
      // It switches off: whether it should, only the item knows.
      if (kind === 'bad' && hasFacets && classes.has('works')) return { kind: 'looks' }
      return kind && { kind }
    }
  }
}

/** A fault that anything may have, told of what no item asks about: the telephone is flat. */
function isForeign(tokens: readonly Token[], at: number, hears: Facets | undefined): boolean {
  const subject = tokens.slice(0, at).findLast(({ classes, facet }) => facet || classes.has('unrelated'))
  return (
    subject?.facet === undefined && subject !== undefined && !hears?.parts.some(({ ask }) => ask.includes(subject.text))
  )
}

const alsoOf = ({ facet }: Token) => (facet && 'also' in facet && facet.also) || []

/** The broken ones: of which it says something. */
function isWhich(tokens: readonly Token[], at: number): boolean {
  const { classes, facet } = tokens[at] ?? noToken
  if (!(facet ? facet.role === 'bad' : classes.has('bad')) || tokens.slice(0, at).some(is('not'))) return false
  const behind = tokens.slice(at + 1)
  const which = behind.findIndex(({ classes }) => !(classes.has('perfect') || classes.has('aspect')))
  const next = behind[which + 1]
  return (
    behind[which]?.classes.has('nominal') === true &&
    next !== undefined &&
    !isEnding(next) &&
    !(next.classes.has('have') || next.classes.has('number') || next.classes.has('some'))
  )
}

/** As soon as it gets hot: what then happens is told. */
const isTrigger = (tokens: readonly Token[], at: number) => {
  const soon = tokens.findIndex(is('asSoon'))
  const then = tokens.findIndex(({ classes }, index) => index > soon && classes.has('then'))
  return soon >= 0 && soon < at && at < then && then - soon <= 5 && !tokens[soon + 1]?.classes.has('measure')
}

const none = { affirmed: false, asserted: true, whole: false, existsOnly: false, degree: false }

/** Behind a thing that is not the predicate, a denial does not ask about it: 配电箱没有. */
const isOfSomethingElse = (tokens: readonly Token[], denial: Token | undefined) => {
  const at = denial ? tokens.indexOf(denial) : -1
  const before = tokens[at - 1]
  return (
    denial?.classes.has('lack') === true &&
    before !== undefined &&
    (before.classes.size === 0 || before.classes.has('place') || before.classes.has('beside')) &&
    tokens.slice(at + 1).every(isEnding)
  )
}

/** X, all of it, there is none: said of X. */
const isNoneOf = (tokens: readonly Token[], denial: Token | undefined) => {
  const at = denial ? tokens.indexOf(denial) : -1
  return (
    denial?.classes.has('lack') === true &&
    tokens[at - 1]?.classes.has('all') === true &&
    tokens.slice(at + 1).every(isEnding)
  )
}

const isEnding = ({ classes }: Token) => classes.has('particle') || classes.has('perfect') || classes.has('thanks')

/** There is one: said before the word, or within it, when nothing else is in it. */
function existsOnly(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  return before?.classes.has('have') === true
}

function completion(tokens: readonly Token[], at: number, withHave: boolean) {
  const rest = tokens.slice(at + 1)
  const end = rest.findIndex(
    (token, index) =>
      !(
        token.classes.has('perfect') ||
        token.classes.has('aspect') ||
        token.classes.has('once') ||
        token.classes.has('ongoing') ||
        isResult(tokens, at + 1 + index)
      ),
  )
  const behind = end < 0 ? rest : rest.slice(0, end)
  const nominal = rest[behind.length]?.classes.has('nominal') ?? false
  return {
    asserted:
      withHave ||
      nominal ||
      behind.some(({ classes }) =>
        (['perfect', 'aspect', 'once', 'ongoing'] as const).some((name) => classes.has(name)),
      ),
    whole: behind.some(is('result')) || tokens.some(is('all')) || (tokens[at]?.classes.has('result') ?? false),
  }
}

/** Two denials are none only when one denies that there is anything of which the other holds: 没有 + 不合格的, 没有 + 一处 + 不合格. */
function nests(tokens: readonly Token[], pending: readonly Token[]): boolean {
  const [outer, inner] = pending.map((token) => tokens.indexOf(token))
  const between = tokens.slice((outer ?? 0) + 1, inner)
  const countsOne = between.length === 2 && between[0]?.classes.has('number') && between[1]?.classes.has('measure')
  if (countsOne && pending.length === 2 && pending[0]?.classes.has('lack') && pending[0] === tokens.find(is('not')))
    return true
  const last = tokens.findLast(({ classes }) => !classes.has('particle') || classes.has('nominal'))
  return (
    pending.length === 2 &&
    pending[0]?.classes.has('lack') === true &&
    pending[0] === tokens.find(is('not')) &&
    !tokens.some(is('copula')) &&
    (last?.classes.has('nominal') || last?.classes.has('thing')) === true
  )
}

/** What is said when no other predicate is: the last of there is, it is, and the denials. */
function lightly(
  lights: readonly Light[],
  pending: readonly Token[],
  tokens: readonly Token[],
): [Pick<Assertion, 'kind' | 'affirmed' | 'asserted' | 'whole'> | undefined, boolean] {
  const whole = tokens.some(is('all'))
  const said = (kind: Assertion['kind'], affirmed: boolean) => ({ kind, affirmed, asserted: true, whole })
  const about =
    lights.some(({ token: { facet } }) => facet?.role === 'about' || facet?.role === 'lacks') ||
    tokens.some(
      (token, at) =>
        tokens[at - 1]?.classes.has('lack') &&
        (['place', 'beside', 'matter'] as const).some((name) => token.classes.has(name)),
    )
  // None of whatever: of what, nobody knows.
  if (pending.length > 0 && tokens.some(is('thing')) && !tokens.some(is('this'))) return [said('vague', true), false]
  const plain = lights.filter(({ token: { facet } }) => !facet)
  const last = plain.at(-1)
  const open = pending.length > (last?.denied ?? 0)
  if (open) {
    const asks = last !== undefined && tokens[tokens.indexOf(last.token) + 1] === pending.at(-1)
    if (!pending.at(-1)?.classes.has('lack')) return [said('refusal', true), asks]
    return [said(about ? 'about' : 'have', false), asks && last.token.classes.has('have')]
  }
  if (!last) return [softly(tokens) ? said('soft', true) : undefined, false]
  const affirmed = last.denied % 2 === 0
  if (last.token.classes.has('have'))
    return [said(!affirmed && whole ? 'yes' : about ? 'about' : 'have', affirmed), false]
  // It is X: of what it is, not that it is so.
  if (last.token.classes.has('yes'))
    return [namesAfter(lights, last) ? said('vague', true) : said('yes', affirmed), false]
  return [affirmed ? said('vague', true) : said('yes', false), false]
}

const namesAfter = (lights: readonly Light[], last: Light) =>
  last.token.classes.has('copula') && lights.slice(lights.indexOf(last) + 1).length > 0

/** A guess and nothing that is guessed: perhaps. */
const softly = (tokens: readonly Token[]) =>
  tokens.some(is('hedge')) &&
  tokens.every(({ classes }) =>
    (['hedge', 'particle', 'filler', 'all', 'emphatic', 'self', 'this'] as const).some((name) => classes.has(name)),
  )

/** Such a thing, and then that there is none. */
function lacksSuch(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex((token, index) => token.classes.has('this') && tokens[index + 1]?.classes.has('thing'))
  return (
    at >= 0 &&
    tokens
      .slice(at)
      .findLast(({ classes }) => !classes.has('particle'))
      ?.classes.has('lack') === true
  )
}

/** A bare number where the item has a limit. */
function withinLimit(tokens: readonly Token[], hears: Facets | undefined, lexicon: Lexicon): Assertion | undefined {
  const limit = hears?.limit
  const at = tokens.findIndex(is('number'))
  const number = tokens[at]
  if (!limit || !number || tokens.filter(is('number')).length > 1 || tokens.some(is('not'))) return undefined
  const unit = tokens
    .slice(at + 1, at + 3)
    .filter((token) => limit.of.includes(token.text) || token.classes.has('measure'))
  const isCounted = unit.some(({ text }) => limit.of.includes(text))
  if (!tokens.every((token) => token === number || unit.includes(token) || besideNumber(token))) return undefined
  if (unit.length > 0 && !isCounted) return undefined

  const value = numberOf(number.text, lexicon)
  const said = { asserted: true, whole: true, existsOnly: false, degree: false }
  // 3 alone is also the number of a choice.
  const affirmed = value === undefined || (!isCounted && value <= 4) ? undefined : limitHolds(value, limit, tokens)
  return affirmed === undefined ? { kind: 'vague', affirmed: true, ...said } : { kind: 'fit', affirmed, ...said }
}

const besideNumber = ({ classes, facet }: Token) => facet?.role === 'about' || besides.some((name) => classes.has(name))

const besides: readonly TokenClass[] = [
  'filler',
  'self',
  'have',
  'particle',
  'all',
  'emphatic',
  'now',
  'atMost',
  'atLeast',
  'yes',
  'only',
]

function limitHolds(value: number, limit: NonNullable<Facets['limit']>, tokens: readonly Token[]): boolean | undefined {
  const [atMost, atLeast] = [tokens.some(is('atMost')), tokens.some(is('atLeast'))]
  if ('most' in limit) {
    if (atLeast) return value >= limit.most ? false : undefined
    return atMost && value > limit.most ? undefined : value <= limit.most
  }
  if (atMost) return value <= limit.least ? false : undefined
  return atLeast && value < limit.least ? undefined : value >= limit.least
}
