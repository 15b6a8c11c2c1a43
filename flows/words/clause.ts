import type { Finding } from '../../src/checklist/rules.ts'
import type { Facets } from '../../src/checklist/schema.ts'
import { grammarOf } from './grammar.ts'
import type { Lexicon, WordClass } from './lexicon.ts'
import { namedNumber } from './number-heard.ts'
import { predicatesIn } from './predicates.ts'
import { type Token, type TokenClass, tokensOf } from './tokens.ts'

/** From what is said to be so down to what is mocked; only an assertion records. */
const forces = ['assertion', 'hedge', 'report', 'plan', 'condition', 'question', 'irony'] as const
export type Force = (typeof forces)[number]

export interface Assertion {
  readonly kind:
    | 'facetGood'
    | 'facetBad'
    | 'facetDone'
    /** What the question is about is there, or is not. */
    | 'about'
    | 'fit'
    | 'fine'
    | 'short'
    | 'bad'
    | 'trouble'
    | 'yes'
    | 'have'
    | 'did'
    | 'done'
    | 'looks'
    | 'proof'
    | 'unneeded'
    | 'poor'
    | 'soft'
    | 'refusal'
    /** An answer that has no direction. */
    | 'vague'
  readonly affirmed: boolean
  /** Said as done, not only named. */
  readonly asserted: boolean
  /** Of everything, or to its end. */
  readonly whole: boolean
  /** Said to be there, and no more: 有调漆间. */
  readonly existsOnly: boolean
  /** In a word of the item that says no more than that. */
  readonly barely?: boolean
  /** In a word of the item that begins with that there is something. */
  readonly exists?: boolean
  /** Ever, or never yet. */
  readonly once?: boolean
  /** Denied only by degree: not quite. */
  readonly degree: boolean
  /** Said of something that the item does not speak of, or of what nobody knows: a telephone is dead. */
  readonly foreign?: boolean
  readonly part?: number
  readonly finding?: Exclude<Finding, 'conforming'>
}

export interface Clause {
  readonly tokens: readonly Token[]
  /** Every character is part of a known word. */
  readonly covered: boolean
  /** Says nothing: thanks, an address, a nod. */
  readonly silent: boolean
  readonly nods: boolean
  readonly assertions: readonly Assertion[]
  readonly force: Force
  /** `lately`: done a few days ago; `recently`: weeks ago. */
  readonly time: 'past' | 'recently' | 'lately' | 'now' | undefined
  /** Of some only: most of them, or some number. */
  readonly some: 'most' | 'only' | 'number' | undefined
  readonly excepts: boolean
  /** What is granted before something else counts, and what counts. */
  readonly concedes: boolean
  readonly turns: boolean
  /** Nobody would say so: the opposite, and good for nothing by itself. */
  readonly rhetorical: boolean
  /** The owner does not know. */
  readonly unclear: boolean
  /** There is no such thing here. */
  readonly denies: boolean
  /** Denials that do not nest: what is meant cannot be computed. */
  readonly tangled: boolean
  /** A word without the one that it belongs to. */
  readonly stray: boolean
  /** Of one place or thing, which the item does not name. */
  readonly narrowed: boolean
  /** It says where, or who: enough to leave open whether a plain answer is meant of all. */
  readonly located: boolean
  /** Nobody may: a rule, not what is so. */
  readonly forbids: boolean
  /** There is none of something that has no name here. */
  readonly lacksSomething: boolean
  /** The number of a choice. */
  readonly choice: number | undefined
}

const numberAtLabel = /(?<=^\(?[1-9]\)?)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=[1-9]$)|(?<=^[1-9]):/gu

/**
 * Clauses of a message. A colon parts only a number from its label: before other words it quotes somebody.
 * @param counts whether numbers count something here, and name no choice
 */
export const clausesOf = (said: string, counts = false) =>
  (counts ? said : said.replace(numberAtLabel, ','))
    .split(/[,;!]+|(?<!\d)\.|\.(?!\d)|(?<=\P{Script=Latin}) +| +(?=\P{Script=Latin})/u)
    .filter((clause) => clause !== '')

/** What the words of a clause say; a but, or a now after a past, begins another clause. */
export function clausesIn(text: string, hears: Facets | undefined, lexicon: Lexicon): Clause[] {
  const { choiceNumber, words } = grammarOf(lexicon)
  const number = namedNumber(choiceNumber.exec(text), lexicon)
  const once = words.has(text) ? text : text.replace(repeated, '$1')
  const tokens = tokensOf(once, hears, lexicon)
  if (number !== undefined && number <= 4 && !hears?.limit)
    return [
      {
        ...clauseOf(tokens, hears, lexicon),
        covered: true,
        silent: false,
        some: undefined,
        unclear: number === 4,
        narrowed: false,
        located: false,
        choice: number,
        assertions: [chosen(number)],
      },
    ]
  return parted(tokens).map((part) => clauseOf(part, hears, lexicon))
}

/** A word said thrice is that word. Digits are not words: 11 is not 1. */
const repeated = /^(\D{1,4}?)\1+$/u

const sure = { affirmed: true, asserted: true, whole: true, existsOnly: false, degree: false }

function chosen(number: number): Assertion {
  if (number === 1) return { kind: 'fit', ...sure }
  if (number === 2) return { kind: 'fit', ...sure, affirmed: false }
  return number === 3 ? { kind: 'fit', ...sure, finding: 'notApplicable' } : { kind: 'vague', ...sure }
}

function parted(tokens: readonly Token[]): (readonly Token[])[] {
  const at = tokens.findIndex(
    ({ classes }, index) =>
      index > 0 && (classes.has('but') || (classes.has('now') && tokens.slice(0, index).some(isPast))),
  )
  return at < 0 ? [tokens] : [tokens.slice(0, at), ...parted(tokens.slice(at).with(0, turned(tokens[at])))]
}

/** The turning word itself has done its work. */
const turned = (token: Token | undefined): Token => ({
  text: token?.text ?? '',
  turns: true,
  classes: new Set(token?.classes.has('now') ? ['now'] : ['filler']),
})

const isPast = ({ classes }: Token) =>
  (['formerly', 'date', 'lately', 'recently'] as const).some((name) => classes.has(name))

function clauseOf(tokens: readonly Token[], hears: Facets | undefined, lexicon: Lexicon): Clause {
  const has = (name: WordClass) => tokens.some(({ classes }) => classes.has(name))
  const { assertions, opaque, dangling, unclear, denies, limited, noneOf } = predicatesIn(tokens, hears, lexicon)
  const covered = tokens.every(({ classes }) => classes.size > 0)
  const silent =
    assertions.length === 0 &&
    !dangling &&
    !tokens.some(isCircumstance) &&
    tokens.every((token) => isSilent(token) || token.classes.has('all'))
  const numbered = !limited && tokens.some((_, at) => countsSome(tokens, at))
  return {
    tokens,
    covered,
    silent: silent && covered,
    nods: has('nod'),
    assertions: assertions,
    force: forceOf(tokens, dangling, assertions),
    time: timeOf(tokens, assertions),
    some: noneOf
      ? undefined
      : tokens.some(
            (token, index) => token.classes.has('some') && !(token.classes.has('have') && isAtEnd(tokens, index)),
          )
        ? 'most'
        : has('only') && !limited
          ? 'only'
          : numbered && !(assertions.length === 0 && isCount(tokens))
            ? 'number'
            : undefined,
    excepts: has('except'),
    concedes: concedes(tokens),
    turns: tokens[0]?.turns === true,
    rhetorical: has('rhetoric'),
    unclear: unclear || (has('lookup') && assertions.length === 0),
    narrowed: isNarrowed(tokens, hears) || whoseIsOpen(tokens),
    located: tokens.some(({ classes, facet }) => !facet && classes.has('beside')),
    forbids: has('forbid'),
    denies,
    tangled: opaque,
    stray: (assertions.length > 0 && isOfOthers(tokens)) || tokens.some((_, at) => isStray(tokens, at, assertions)),
    lacksSomething: lacksSomething(tokens),
    choice: undefined,
  }
}

/** A number of them: neither a date, nor all three, nor as soon as one tries it, nor not even one. */
function countsSome(tokens: readonly Token[], at: number): boolean {
  const [before, number, next] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  if (!number?.classes.has('number') || before?.classes.has('lack')) return false
  if (isVerb(next) || isCalendar(next) || next?.classes.has('times') || before?.classes.has('looks')) return false
  if (number.classes.has('asSoon') && next && !next.classes.has('measure')) return false
  if (next?.classes.has('measure') && isCalendar(tokens[at + 2])) return false
  return (
    before?.classes.has('have') ||
    !tokens
      .slice(at + 1)
      .find((token) => !namesWhat(token))
      ?.classes.has('all')
  )
}

const isCalendar = (token: Token | undefined) => token?.classes.has('calendar') === true && !token.facet

const namesWhat = ({ classes, facet }: Token) =>
  facet
    ? facet.role === 'about' || facet.role === 'lacks'
    : (['measure', 'thing', 'place', 'beside', 'matter', 'filler', 'person'] as const).some((name) =>
        classes.has(name),
      ) && !classes.has('all')

/** Nothing but how many there are. */
const isCount = (tokens: readonly Token[]) =>
  tokens.some(({ classes }) => classes.has('number')) &&
  tokens.every((token) => token.classes.has('number') || namesWhat(token) || isSilent(token))

const isSilent = ({ classes }: Token) => silentClasses.some((name) => classes.has(name))
const silentClasses: readonly WordClass[] = [
  'filler',
  'emphatic',
  'thanks',
  'person',
  'particle',
  'nod',
  'self',
  'me',
  'but',
  'looked',
]

const isAtEnd = (tokens: readonly Token[], index: number) =>
  tokens.slice(index + 1).every(({ classes }) => classes.has('particle') || classes.has('thanks'))

/** A place or a thing is spoken of, and not as where it is put: 贴在墙上. */
function isNarrowed(tokens: readonly Token[], hears: Facets | undefined): boolean {
  const predicate = tokens.findLastIndex(isPredicate)
  return tokens.some(
    (token, at) => isCircumstance(token) && !(at > predicate && hears !== undefined && isPut(tokens, at)),
  )
}

const isCircumstance = ({ classes, facet }: Token) => !facet && (classes.has('place') || classes.has('matter'))

const isPredicate = ({ classes, facet }: Token) =>
  facet
    ? facet.role === 'good' || facet.role === 'bad' || facet.role === 'done'
    : ['did', 'done', 'have', 'fit', 'fine'].some((name) => classes.has(name as WordClass))

const isPut = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens[at - 1]
  if (!before) return false
  return before.classes.has('ongoing') || (isCircumstance(before) && isPut(tokens, at - 1))
}

/** Somebody is named who neither says it nor is addressed: what holds of him need not hold of all. */
const whoseIsOpen = (tokens: readonly Token[]) =>
  tokens.some(({ classes, facet }) => !facet && (classes.has('person') || classes.has('me'))) &&
  !tokens.some(({ classes }) => classes.has('say'))

/** Who has it elsewhere, or who does it, is no answer; only in a word of the item it may be one. */
const isOfOthers = (tokens: readonly Token[]) =>
  (whoseIsOpen(tokens) && !tokens.some(({ classes, facet }) => facet && !classes.has('person'))) ||
  tokens.some(({ classes, facet }) => !facet && classes.has('others')) ||
  tokens.some(
    ({ classes }, index) => classes.has('me') && tokens[index + 1] !== undefined && !tokens.some(({ facet }) => facet),
  )

/** A word that only means something beside another, and stands alone. */
function isStray(tokens: readonly Token[], at: number, assertions: readonly Assertion[]): boolean {
  const { classes, facet } = tokens[at] ?? { classes: new Set(), facet: undefined }
  const before = tokens[at - 1]
  const follows = (...names: TokenClass[]) => names.some((name) => before?.classes.has(name))
  if (facet) return false
  if (classes.has('measure') && !classes.has('only')) return !follows('number', 'this', 'measure', 'all')
  if (classes.has('calendar')) return !follows('number', 'calendar', 'measure', 'all', 'this', 'now', 'plan')
  if (classes.has('ongoing')) return tokens[at + 1] === undefined
  if (classes.has('can')) return tokens[at + 1] === undefined && tokens.slice(0, at).some(isGeneral)
  if (classes.has('atMost') || classes.has('atLeast')) return !tokens.some((token) => token.classes.has('number'))
  if (classes.has('thing')) return !follows('this', 'not', 'nominal', 'measure')
  if (classes.has('result') && classes.size === 1) return !(isVerb(before) || follows('result', 'perfect'))
  return (classes.has('lookup') && assertions.length > 0) || (classes.has('aspect') && before === undefined)
}

function forceOf(tokens: readonly Token[], dangling: boolean, assertions: readonly Assertion[]): Force {
  const has = (name: WordClass) => tokens.some(({ classes }) => classes.has(name))
  if (has('irony')) return 'irony'
  if (asks(tokens) || dangling || asksEitherWay(tokens) || isAskedWithMa(tokens)) return 'question'
  if (has('condition')) return 'condition'
  if (
    has('plan') ||
    tokens.some((token, index) => token.classes.has('ongoing') && isVerb(tokens[index + 1])) ||
    tokens.some(
      ({ classes }, index) =>
        classes.has('will') && isGeneral(tokens[index + 1]) && !tokens[index + 1]?.classes.has('works'),
    )
  )
    return 'plan'
  if (has('say')) return 'report'
  const isVery = tokens.some(
    ({ classes }, at) =>
      classes.has('degree') && !classes.has('all') && !tokens[at - 1]?.classes.has('not') && isGeneral(tokens[at + 1]),
  )
  const isAble = tokens.some(
    ({ classes }, index) =>
      classes.has('can') && isGeneral(tokens[index + 1]) && !tokens[index + 1]?.classes.has('fine'),
  )
  const isStill =
    (has('still') && assertions.length === 0) ||
    ((has('still') || isAble) && assertions.some(({ kind, affirmed }) => affirmed !== faultKinds.includes(kind)))
  return has('hedge') || isStill || concedes(tokens) || isVery ? 'hedge' : 'assertion'
}

/** 还是 asks only between two answers. */
const asks = (tokens: readonly Token[]) =>
  tokens.some(
    ({ classes }, at) => classes.has('question') && !(classes.has('still') && !tokens.slice(0, at).some(isPredicate)),
  )

const faultKinds: readonly Assertion['kind'][] = ['poor', 'bad', 'short', 'trouble', 'facetBad', 'refusal']

/** There is one, that much is granted. */
const concedes = (tokens: readonly Token[]) =>
  tokens.some(({ text }, index) => tokens[index + 1]?.classes.has('copula') && text === tokens[index + 2]?.text)

const isVerb = (token: Token | undefined) =>
  token !== undefined &&
  (token.classes.has('did') || token.classes.has('done') || token.classes.has('looks') || token.facet?.role === 'done')

/** Whatever is asked, not a word that this item declares. */
const isGeneral = (token: Token | undefined) =>
  token !== undefined &&
  !token.facet &&
  (isVerb(token) || ['fit', 'fine', 'have', 'all'].some((name) => token.classes.has(name as TokenClass)))

/** The same word with and without a denial. */
const asksEitherWay = (tokens: readonly Token[]) =>
  tokens.some(({ classes }, index) => {
    const [before, after] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? '']
    return classes.has('not') && before !== '' && after !== '' && (before === after || after.startsWith(before))
  })

/** At the end it asks, unless what stands before it is insisted on. */
function isAskedWithMa(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(({ classes }) => classes.has('askingTail'))
  return at >= 0 && !tokens[at - 1]?.classes.has('particle') && !tokens.some(({ classes }) => classes.has('emphatic'))
}

function timeOf(tokens: readonly Token[], assertions: readonly Assertion[]): Clause['time'] {
  const has = (name: WordClass) => tokens.some(({ classes }) => classes.has(name))
  const goneBad = assertions.some(({ kind, affirmed }) => affirmed && kind !== 'refusal' && faultKinds.includes(kind))
  const isOnce = tokens.some(({ classes }, at) => classes.has('once') && !isVerb(tokens[at - 1]))
  const wentBad = goneBad && has('perfect')
  if (has('formerly') || (isOnce && assertions.length === 0) || (has('date') && !wentBad)) return 'past'
  if ((has('lately') || has('recently')) && !wentBad) return whenDone(tokens, assertions)
  if (isOnce) return 'past'
  return has('now') || has('perfect') ? 'now' : undefined
}

/** What was done the other day is done; how it was then may have changed since. */
const whenDone = (tokens: readonly Token[], assertions: readonly Assertion[]) =>
  assertions.some(({ kind, affirmed }) => affirmed && doings.includes(kind)) &&
  assertions.every(({ kind }) => doings.includes(kind) || kind === 'looks' || kind === 'proof')
    ? tokens.some(({ classes }) => classes.has('recently'))
      ? 'recently'
      : 'lately'
    : 'past'

const doings: readonly Assertion['kind'][] = ['facetDone', 'did', 'done']

const lacksSomething = (tokens: readonly Token[]) => {
  const at = tokens.findIndex(({ classes }) => classes.has('not'))
  const rest = tokens.slice(at + 1)
  return (
    at >= 0 &&
    tokens[at]?.classes.has('lack') === true &&
    tokens.slice(0, at).every((token) => isSilent(token) || token.classes.has('all') || token.classes.has('hedge')) &&
    rest.some(({ classes }) => classes.size === 0) &&
    rest.every(
      ({ classes, facet }) => classes.size === 0 || facet?.role === 'about' || nouns.some((name) => classes.has(name)),
    )
  )
}

const nouns = ['particle', 'thing', 'place', 'beside', 'matter', 'measure', 'filler'] as const
