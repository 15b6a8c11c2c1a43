import type { Facets } from '../../src/checklist/schema.ts'
import {
  type Language,
  type Lexicon,
  type Patterns,
  type PlainCommand,
  plainCommands,
  languages as spokenLanguages,
  type WordClass,
  wordClasses,
} from './lexicon.ts'
import { compiledOnce, patternSource } from './pattern-source.ts'
import { soundOf } from './sounds.ts'
import type { Facet } from './tokens.ts'

/** A lexicon, compiled. */
export interface Grammar {
  readonly folds: ReadonlyMap<string, string>
  readonly wrappers: ReadonlyMap<string, string>
  readonly choiceNumber: RegExp
  /** Every word of an answer, with all that it may do. */
  readonly words: ReadonlyMap<string, ReadonlySet<WordClass>>
  /** In characters. */
  readonly longestWord: number
  /** Words that say the same. */
  readonly synonyms: readonly (readonly string[])[]
  /** What the words of an item mean in this language: filled as items are asked. */
  readonly facets: WeakMap<Facets, ReadonlyMap<string, Facet>>
  /** A number where it is looked for. */
  readonly numeral: RegExp
  /** Words by how they sound; for plain answers only. */
  readonly sounds: ReadonlyMap<string, string>
  /** What the clause of a part asks for. */
  readonly asks: Readonly<Record<keyof Lexicon['asks'], RegExp>>
  /** What a clause does to a question that asks back. */
  readonly turns: Readonly<Record<keyof Lexicon['turns'], RegExp>>
  readonly commands: readonly (readonly [PlainCommand, RegExp])[]
  readonly edit: RegExp
  readonly movePhoto: RegExp
  /** Groups: `number`, `last` or `which` names the item, `to` what it should be. */
  readonly corrections: readonly RegExp[]
  readonly language: RegExp
  readonly languages: readonly (readonly [Language, RegExp])[]
  readonly mending: { readonly done: RegExp; readonly open: RegExp }
  readonly agreements: { readonly yes: RegExp; readonly no: RegExp }
  readonly choice: { readonly peeled: RegExp; readonly negation: RegExp }
  readonly picks: {
    readonly none: RegExp
    readonly all: RegExp
    readonly aside: RegExp
    readonly joiner: RegExp
    readonly range: RegExp
    readonly peeled: RegExp
    readonly enough: RegExp
    /** What is shown still holds, all of it. */
    readonly unchanged: RegExp
    /** What was picked before is taken back: a list after a word for it, or one thing that is denied. */
    readonly unchecked: RegExp
    readonly denied: RegExp
  }
  readonly number: RegExp
  readonly headcount: {
    readonly couple: RegExp
    readonly below: RegExp
    readonly above: RegExp
    readonly more: RegExp
    /** A round number, whose numerals are the group `core`. */
    readonly round: RegExp
    readonly between: RegExp
    /** Groups `base`, `unit` and `rest` around the digit that is left open. */
    readonly some: RegExp
    readonly staff: RegExp
    readonly joiner: RegExp
    readonly total: RegExp
    readonly within: RegExp
    readonly aside: RegExp
  }
  readonly name: {
    readonly before: RegExp
    readonly families: ReadonlySet<string>
    readonly refused: RegExp
    /** What speaks against a name whose family name is not listed. */
    readonly unlikely: RegExp
    /** At either end of a message, parted from the name or not. */
    readonly role: RegExp
    readonly title: RegExp
    readonly shortTitle: RegExp
    readonly familiar: RegExp
    readonly familyOnly: RegExp
    readonly withheld: RegExp
  }
  /** How enterprises are called. */
  readonly enterprise: RegExp
  readonly enterpriseName: {
    readonly before: RegExp
    readonly after: RegExp
    readonly refused: RegExp
    readonly alone: RegExp
    readonly doubtful: RegExp
  }
  readonly phoneBefore: RegExp
  readonly phoneAfter: RegExp
}

/** The compiled lexicon: compiled once for each. */
export const grammarOf = compiledOnce(compiledFrom)

function compiledFrom(lexicon: Lexicon): Grammar {
  const { commands, languages, choices, picks, names, enterprises, numerals } = lexicon
  const words = wordTable(lexicon)
  const number = numberSource(lexicon)
  const fragments: Lexicon['fragments'] = { ...lexicon.fragments, number: [`(?<number>${number})`] }
  const either = (patterns: Patterns) => patternSource(patterns, fragments)
  const whole = (patterns: Patterns, around = either) => new RegExp(`^(?:${around(patterns)})$`, 'u')
  const within = (patterns: Patterns, flags = 'u') => new RegExp(either(patterns), flags)
  const aClause = (patterns: Patterns) => `(?:{lead}){0,4}(?:${either(patterns)})(?:{tail}){0,3}`
  const aRequest = (patterns: Patterns) => `(?:{please}){0,3}(?:${either(patterns)})(?:{now}){0,3}`
  const framed = (frame: (patterns: Patterns) => string) => (patterns: Patterns) => either([frame(patterns)])

  return {
    folds: new Map(lexicon.fold.flatMap((line) => line.split(/\s+/)).map((pair) => [first(pair), last(pair)])),
    wrappers: new Map(lexicon.wrappers.map((pair) => [first(pair), last(pair)])),
    choiceNumber: whole(numerals.choice),
    words,
    longestWord: Math.max(longestFacet, ...Array.from(words.keys(), (word) => word.length)),
    synonyms: lexicon.synonyms.map((line) => line.split(/\s+/)),
    facets: new WeakMap(),
    numeral: new RegExp(
      `\\d{1,4}|[${[...Object.keys(numerals.digits), ...Object.keys(numerals.units)].join('')}]{1,5}`,
      'uy',
    ),
    sounds: soundTable(lexicon),
    asks: {
      having: within(lexicon.asks.having),
      every: within(lexicon.asks.every),
      today: within(lexicon.asks.today),
      month: within(lexicon.asks.month),
    },
    turns: {
      affirm: turn(lexicon, 'affirm'),
      opening: new RegExp(
        `^(?:${
          lexicon.turns.opening
            .toSorted((a, b) => b.length - a.length)
            .map(literal)
            .join('|') || '(?!)'
        })`,
        'u',
      ),
      deny: turn(lexicon, 'deny'),
      reconsider: turn(lexicon, 'reconsider'),
    },
    commands: plainCommands.map((name) => [name, whole(commands[name], framed(aRequest))]),
    edit: whole(commands.edit, framed(aRequest)),
    movePhoto: whole(commands.movePhoto, framed(aRequest)),
    corrections: commands.correct.map((pattern) => whole([pattern], framed(aRequest))),
    language: whole(commands.language, framed(aRequest)),
    languages: spokenLanguages.map((language) => [language, whole(languages[language], framed(aRequest))]),
    mending: {
      done: whole(lexicon.mending.done, framed(aClause)),
      open: within(lexicon.mending.open),
    },
    agreements: {
      yes: whole(lexicon.agreements.yes, framed(aClause)),
      no: whole(lexicon.agreements.no, framed(aClause)),
    },
    choice: {
      peeled: new RegExp(`^(?:${either(choices.before)})?(?<core>.+?)(?:${either(choices.after)})?$`, 'u'),
      negation: within(choices.negations),
    },
    picks: {
      none: whole(picks.none),
      all: whole(picks.all),
      aside: whole(picks.aside),
      joiner: new RegExp(`[\\s,;:!/+&.]+|${either(picks.joiners)}`, 'u'),
      range: new RegExp(`^(?<from>${number})(?:${either(picks.range)})(?<to>${number})$`, 'u'),
      peeled: new RegExp(`^(?:${either(picks.before)}){0,4}(?<core>.+?)(?:${either(picks.after)}){0,4}$`, 'u'),
      enough: whole(['{thatIsAll}']),
      unchanged: whole(['{unchanged}']),
      unchecked: new RegExp(`^(?:${either(['{untick}'])})(?<rest>.+)$`, 'u'),
      denied: new RegExp(`^(?:${either(['{without}'])})(?<rest>.+)$`, 'u'),
    },
    number: numberPattern(lexicon, number, either),
    headcount: headcountPatterns(lexicon, number, either),
    name: {
      before: new RegExp(`^(?:${either(names.before)}){0,4}`, 'u'),
      families: new Set(names.families.flatMap((line) => line.split(/\s+/))),
      refused: whole(names.refused),
      unlikely: within(['{unlikelyInName}']),
      role: atEitherEnd(either(names.roles)),
      title: new RegExp(`[\\p{P}\\s]*(?:${either(names.titles)})$`, 'u'),
      shortTitle: new RegExp(`(?:${either(names.shortTitles)})$`, 'u'),
      familiar: new RegExp(`^(?:${either(names.familiar)})`, 'u'),
      familyOnly: new RegExp(`^(?:${either(names.familyOnly)})`, 'u'),
      withheld: whole(names.withheld),
    },
    enterprise: new RegExp(`(?:${either(['{organisation}'])})(?:\\(.*\\))?$`, 'u'),
    enterpriseName: {
      before: new RegExp(`^(?:.*[,;:.?! ])?(?:${either(enterprises.before)})[:,. ]*`, 'u'),
      after: new RegExp(`[,. ]*(?:${either(enterprises.after)})$`, 'u'),
      refused: within(enterprises.refused),
      alone: whole(enterprises.alone),
      doubtful: within(enterprises.doubtful),
    },
    phoneAfter: new RegExp(`[,;(\\s]*(?:${either(lexicon.phones.after)})\\)?$`, 'u'),
    phoneBefore: new RegExp(`^(?:${either(lexicon.phones.before)}){0,4}`, 'u'),
  }
}

/** One of its words or several, with particles and thanks behind. */
function turn({ turns, words }: Lexicon, name: keyof Lexicon['turns']): RegExp {
  const among = (list: Patterns) =>
    list
      .toSorted((a, b) => b.length - a.length)
      .map(literal)
      .join('|')
  return new RegExp(`^(?:(?:${among(turns[name])})(?: |${among([...words.particle, ...words.thanks])})*)+$`, 'u')
}

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function wordTable({ words }: Lexicon): ReadonlyMap<string, ReadonlySet<WordClass>> {
  const table = new Map<string, Set<WordClass>>()
  for (const name of wordClasses)
    for (const word of words[name]) table.set(word, (table.get(word) ?? new Set()).add(name))
  // That there is none, or not yet, denies.
  for (const word of [...words.lack, ...words.notYet]) table.get(word)?.add('not')
  return table
}

/** An item declares words of at most so many characters. */
const longestFacet = 8

/** The first word that sounds so; single characters have too many that do. */
function soundTable({ words }: Lexicon): ReadonlyMap<string, string> {
  const plain = [words.lack, words.fit, words.unclear, words.have, words.yes].flat()
  return new Map(
    plain
      .filter((word) => /^\p{Script=Han}{2,}$/u.test(word))
      .map((word) => [soundOf(word), word] as const)
      .reverse(),
  )
}

const numberSource = ({ numerals }: Lexicon) =>
  `\\d{1,9}|[${[...Object.keys(numerals.digits), ...Object.keys(numerals.units)].join('')}]{1,12}`

function numberPattern({ numbers, numerals }: Lexicon, number: string, either: (patterns: Patterns) => string) {
  const digits = `\\d{1,3}(?:,\\d{3})+|\\d{1,9}\\.\\d{1,3}|${number}`
  const scale = `[${Object.keys(numerals.units).join('')}]`
  const after = either(numbers.approximateAfter)
  return new RegExp(
    `^(?:${either(numbers.before)}){0,4}(?<before>${either(numbers.approximateBefore)})?` +
      `(?<digits>${digits})(?<scale>${scale})?(?<after>${after})?(?:${either(numbers.units)}){0,3}(?<end>${after})?` +
      `(?:${either(['{tail}'])}){0,2}$`,
    'u',
  )
}

function headcountPatterns(lexicon: Lexicon, number: string, either: (patterns: Patterns) => string) {
  const { headcounts, numbers, numerals, picks } = lexicon
  const scale = `[${Object.keys(numerals.units).join('')}]`
  const range = either(picks.range)
  const some = either(headcounts.some)
  const round = either([...numbers.approximateBefore, ...numbers.before])
  return {
    couple: new RegExp(
      `^(?:${either(numbers.before)}){0,3}(?:${either(headcounts.couples)})(?:${either(['{tail}'])})?$`,
      'u',
    ),
    below: new RegExp(either(headcounts.below), 'u'),
    above: new RegExp(either(headcounts.above), 'u'),
    more: new RegExp(either(headcounts.more), 'u'),
    round: new RegExp(
      `^(?:${round}){0,4}(?<core>(?:${bare(number)}|${range}|${some})+)(?:${either([...numbers.units, ...numbers.approximateAfter])}){0,4}(?:${either(['{tail}'])}){0,2}$`,
      'u',
    ),
    between: new RegExp(`^(?<from>${number})(?:${range})(?<to>${number})$`, 'u'),
    some: new RegExp(`^(?<base>${number}|)(?:${some})(?<unit>${scale})?(?<rest>${number})?$`, 'u'),
    staff: atEitherEnd(either(headcounts.staff)),
    joiner: new RegExp(`;|,(?!\\d{3}(?!\\d))|${either(headcounts.joiners)}`, 'u'),
    total: new RegExp(either(headcounts.totals), 'u'),
    within: new RegExp(`^(?:${either(headcounts.within)})`, 'u'),
    aside: new RegExp(`^(?:${either(headcounts.aside)})$`, 'u'),
  }
}

/** The same without the run that a repetition would multiply. */
const bare = (number: string) => number.replace(/\{1,\d+\}/g, '')

/** Before a message or behind it, with what parts it from the rest. */
const atEitherEnd = (patterns: string) =>
  new RegExp(`^(?:${patterns})[\\p{P}\\s]*|[\\p{P}\\s]*(?:${patterns})[\\p{P}]?$`, 'u')

const first = (pair: string) => Array.from(pair)[0] ?? ''
const last = (pair: string) => Array.from(pair).at(-1) ?? ''
