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
  /** Whole clauses only. */
  readonly answers: Readonly<Record<AnswerClass, Patterns>>
  /** Found anywhere in a message. */
  readonly doubts: Readonly<Record<Doubt, Patterns>>
  /** Found anywhere in a message that nothing else explains; good for asking back, never for recording. */
  readonly signs: Readonly<Record<Sign, Patterns>>
  /** Whole messages only. `edit` must contain `{number}`. */
  readonly commands: Readonly<Record<PlainCommand | 'edit' | 'language', Patterns>>
  /** The languages one can ask for, by their code. */
  readonly languages: Readonly<Record<Language, Patterns>>
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
  /** What regulators type at their desk. */
  readonly desk: Readonly<Record<DeskWord, Patterns>>
}

export type Patterns = readonly string[]

export type Language = 'zh-CN' | 'en' | 'zh-HK'

/** What a whole clause can be. The plain ones answer the question; the judging ones speak of its subject. */
export type AnswerClass =
  /** The label of the choice and its like. */
  | 'conforming'
  | 'nonconforming'
  | 'notApplicable'
  | 'unclear'
  /** Plain answers: there is, it is done; it is not; it is not done. */
  | 'yes'
  | 'done'
  | 'denied'
  | 'undone'
  /** None: the plain no, or the lack of the thing that is asked about. */
  | 'absent'
  /** No need of it: is the safeguard spared, or is there nothing to guard? */
  | 'unneeded'
  /** Judgements: it is in order, it is broken. */
  | 'good'
  | 'bad'
  /** OK: heard, but was it an answer? */
  | 'acknowledged'
  /** So-so, not too good: too weak to record. */
  | 'weaklyGood'
  | 'weaklyBad'
  /** Thanks: says nothing beside an answer. */
  | 'aside'

export type Doubt =
  /** Questions, conditions and double negatives: nothing was said of how things are. */
  | 'asked'
  | 'supposed'
  | 'tangled'
  /** Sarcasm, plans, exceptions, buts and pasts: not so now, or not wholly so. */
  | 'mocked'
  | 'postponed'
  | 'partly'
  | 'qualified'
  | 'formerly'
  /** It should be, the electrician says: what remains without these words is what may be meant. */
  | 'hedged'
  | 'reported'

export type DeskWord =
  | 'approve'
  | 'return'
  | 'reject'
  | 'revoke'
  /** Around the number of an application, and of a question. */
  | 'beforeNumber'
  | 'afterNumber'
  | 'beforeQuestion'
  | 'afterQuestion'
  | 'queue'
  | 'help'
  | 'cancel'
  | 'confirmApproval'
  | 'confirmReturn'
  | 'confirmRefusal'

export type Sign = 'unclear' | 'freeOf' | 'lacking' | 'negative' | 'positive'

export type PlainCommand =
  | 'menu'
  | 'help'
  | 'progress'
  | 'back'
  | 'skip'
  | 'pause'
  | 'resume'
  | 'restart'
  | 'human'
  | 'explain'
  | 'basis'
  | 'answers'
  | 'status'
  | 'start'
