/**
 * The words one language is understood by, as `locales/<language>/lexicon.yaml` lists them. Every entry of a
 * pattern list is a regular expression over normalised text, in which `{name}` stands for a list in `fragments`.
 */
export interface Lexicon {
  /** Pairs of characters, `from` and `to` side by side: traditional to simplified, other digits to plain ones. */
  readonly fold: readonly string[]
  /** Pairs of brackets that mean nothing when they hold a whole message. */
  readonly wrappers: readonly string[]
  readonly fragments: Readonly<Record<string, Patterns>>
  readonly numerals: {
    readonly digits: Readonly<Record<string, number>>
    readonly units: Readonly<Record<string, number>>
    /** How a numbered choice is named; `{number}` is the number. */
    readonly choice: Patterns
  }
  /** Single words, by what they do to an answer; a word may do several things. */
  readonly words: Readonly<Record<WordClass, readonly string[]>>
  /** In each line words that say the same: an item that declares one of them hears all. */
  readonly synonyms: readonly string[]
  /** Within the clause of a part that we ask for: that there is something, that all are so, that it is so today or this month. */
  readonly asks: Readonly<Record<'having' | 'every' | 'today' | 'month', Patterns>>
  /** Whole clauses said to a question that asks whether we understood. */
  readonly turns: Readonly<Record<'affirm' | 'opening' | 'deny' | 'reconsider', readonly string[]>>
  /** Whole messages only. `edit` and `movePhoto` must contain `{number}`; `correct` names its slots `number`, `last`, `which`, `to`. */
  readonly commands: Readonly<Record<PlainCommand | 'edit' | 'movePhoto' | 'correct' | 'language', Patterns>>
  /** The languages one can ask for, by their code. */
  readonly languages: Readonly<Record<Language, Patterns>>
  /** Clauses on a hazard: it was put right, or it still is not. */
  readonly mending: { readonly done: Patterns; readonly open: Patterns }
  /** Whole messages that answer whether something is right or agreed. */
  readonly agreements: { readonly yes: Patterns; readonly no: Patterns }
  readonly choices: {
    /** What may stand before or after the words of a choice without changing it. */
    readonly before: Patterns
    readonly after: Patterns
    readonly negations: Patterns
  }
  readonly picks: {
    readonly none: Patterns
    readonly all: Patterns
    /** Says nothing beside other picks, such as that there is nothing else. */
    readonly aside: Patterns
    /** Stand between picks besides punctuation. */
    readonly joiners: Patterns
    readonly range: Patterns
    readonly before: Patterns
    readonly after: Patterns
  }
  readonly numbers: {
    readonly before: Patterns
    readonly units: Patterns
    readonly approximateBefore: Patterns
    readonly approximateAfter: Patterns
  }
  /** How many people there are. */
  readonly headcounts: {
    /** Two of them, without a number. */
    readonly couples: Patterns
    readonly below: Patterns
    readonly above: Patterns
    /** Forty odd. */
    readonly more: Patterns
    /** Stands for a digit that is left open. */
    readonly some: Patterns
    /** Kinds of people, to be added to others. */
    readonly staff: Patterns
    readonly joiners: Patterns
    readonly totals: Patterns
    /** Begins what is counted already. */
    readonly within: Patterns
    /** Says nothing of the number. */
    readonly aside: Patterns
  }
  readonly names: {
    readonly before: Patterns
    /** Family names that a Chinese name of two to four characters begins with. */
    readonly families: readonly string[]
    /** Never a name, though it begins like one. */
    readonly refused: Patterns
    /** What somebody is, before or after a name. */
    readonly roles: Patterns
    /** How somebody is addressed: after a name, or only after a family name; before a family name. */
    readonly titles: Patterns
    readonly shortTitles: Patterns
    readonly familiar: Patterns
    /** Only the family name is told. */
    readonly familyOnly: Patterns
    readonly withheld: Patterns
  }
  readonly enterprises: {
    /** Words before a name that are no part of it. */
    readonly before: Patterns
    readonly after: Patterns
    /** Says that there is no name or that it is not told. */
    readonly refused: Patterns
    /** What enterprises are, without a name. */
    readonly alone: Patterns
    /** Speaks against a name: to be asked back. */
    readonly doubtful: Patterns
  }
  readonly phones: { readonly before: Patterns; readonly after: Patterns }
  /** What owners type between walks: whole messages. `{hazard}` names one of the register. */
  readonly home: Readonly<Record<HomeWord, Patterns>>
  /** What regulators type at their desk. */
  readonly desk: Readonly<Record<DeskWord, Patterns>>
}

export type Patterns = readonly string[]

/** The languages people are spoken to in; the first is the source of all keys. */
export const languages = ['zh-CN', 'en', 'zh-HK'] as const
export type Language = (typeof languages)[number]

/** What a word does to an answer, in the order of the lexicon. */
export const wordClasses = [
  'have',
  'yes',
  'copula',
  'fit',
  'fine',
  'trouble',
  'short',
  'bad',
  'did',
  'done',
  'works',
  'looks',
  'proof',
  'perfect',
  'once',
  'aspect',
  'result',
  'unneeded',
  'refusal',
  'poor',
  'soft',
  'not',
  'notYet',
  'lack',
  'degree',
  'elsewhere',
  'place',
  'beside',
  'matter',
  'unrelated',
  'this',
  'thing',
  'all',
  'only',
  'some',
  'except',
  'others',
  'measure',
  'asSoon',
  'then',
  'times',
  'calendar',
  'atMost',
  'atLeast',
  'now',
  'formerly',
  'date',
  'lately',
  'recently',
  'ongoing',
  'plan',
  'can',
  'will',
  'still',
  'hedge',
  'say',
  'person',
  'condition',
  'forbid',
  'question',
  'rhetoric',
  'askingTail',
  'irony',
  'but',
  'unclear',
  'know',
  'lookup',
  'filler',
  'emphatic',
  'self',
  'me',
  'thanks',
  'particle',
  'nominal',
  'looked',
  'nod',
] as const

export type WordClass = (typeof wordClasses)[number]

export const homeWords = ['thanks', 'hazard', 'done', 'person', 'byWhen'] as const
export type HomeWord = (typeof homeWords)[number]

export const deskWords = [
  'approve',
  'return',
  'reject',
  'revoke',
  /** Around the number of an application, and of a question. */
  'beforeNumber',
  'afterNumber',
  'beforeQuestion',
  'afterQuestion',
  'queue',
  'help',
  'cancel',
  'confirmApproval',
  'confirmReturn',
  'confirmRefusal',
  'claims',
] as const
export type DeskWord = (typeof deskWords)[number]

/** Earlier ones win. */
export const plainCommands = [
  'menu',
  'help',
  'progress',
  'back',
  'skip',
  'pause',
  'resume',
  'restart',
  'human',
  'basis',
  'explain',
  'answers',
  'status',
  'start',
  /** The photos that were sent; the last of them to be taken back; and the one that is asked for to be taken later. */
  'photos',
  'dropPhoto',
  'photoLater',
] as const
export type PlainCommand = (typeof plainCommands)[number]
