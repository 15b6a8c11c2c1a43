import type { AnyEventObject } from 'xstate'
import type bot from '../locales/zh-CN/bot.json'
import type desk from '../locales/zh-CN/desk.json'
import type { IsoDate } from '../src/calendar/dates.ts'
import type { Finding } from '../src/checklist/rules.ts'
import type { Proposal } from './proposal.ts'
import type { Question } from './words/answer-heard.ts'
import type { Particular } from './words/change-heard.ts'
import type { Command } from './words/command-heard.ts'
import type { Lexicon } from './words/lexicon.ts'
import type { Request } from './words/request-heard.ts'

/**
 * What a conversation waits for where it stands: made from the state and what is on record, never from the event that
 * led there, so that it can be shown again at any time, as a card, as text or as a page. Nothing is understood in
 * front of it but what it lists.
 */
export interface Screen<E extends AnyEventObject = AnyEventObject> {
  /** Its sentences, each a line; none where all has been said. */
  readonly says: readonly Sentence[]
  /** One short line that only a card has room for. */
  readonly heading?: Key
  /** Where we are: above on a card, below in text. */
  readonly progress?: Key
  readonly hint?: Sentence
  readonly options: readonly Option<E>[]
  /** Several may be ticked. */
  readonly pick?: Pick<E>
  /** A page that says more; where it leads is in the scope. */
  readonly link?: { readonly title: Key; readonly to: string }
  /** How the item in hand is put; without it nothing is heard as an answer. */
  readonly question?: Question
  /** A question that asks back: the finding it named, or none, and the parts it asked for by name. */
  readonly confirms?: { readonly suspected: Finding | null; readonly missing?: readonly number[] }
  /** What free words may mean here; the first that was meant counts. */
  readonly means?: readonly (readonly [Meaning, E | ((missing: readonly number[]) => E)])[]
  /** What words nobody understood were taken for by a language model: it leads to a question, never to an answer. */
  readonly proposed?: (proposal: Proposal) => E
  /** What is typed here and is no choice: a name, a number, a district. */
  readonly typed?: (text: string, lexicon: Lexicon) => E | undefined
  readonly photo?: (photo: Photo) => E
  readonly commands?: Commands<E>
  /** What is typed is written for somebody else: no question in it is ours to answer, and no command but those listed. */
  readonly dictated?: true
  /** What is on the site has changed, or one of the particulars. Where it is heard and leads nowhere, it is no answer either. */
  readonly change?: (change: SiteChange) => E | undefined
  /** `value`: what it is now, as normalised text, where that was said. */
  readonly particular?: (particular: Particular, value?: string) => E | undefined
  readonly requests?: Readonly<Partial<Record<Request, E>>>
  /** A day is named: by when something is put right. */
  readonly date?: (date: IsoDate) => E
}

/** Ids of site profile facts. */
export interface SiteChange {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export interface Photo {
  readonly evidenceId: string
  readonly mediaId: string
}

export interface Option<E extends AnyEventObject = AnyEventObject> {
  /** Comes back when it is tapped, however the words on it change. */
  readonly key: string
  readonly label: Label
  readonly event: E
  /** What is typed for it, where it has a number of its own; else its place among the others, from 1. */
  readonly number?: number
  readonly style?: 'primary' | 'plain' | 'danger'
}

export interface Pick<E extends AnyEventObject> {
  readonly boxes: readonly { readonly key: string; readonly label: Label }[]
  readonly ticked: readonly string[]
  readonly submit: Key
  readonly picked: (keys: readonly string[]) => E
}

/** What free words can mean, whatever is asked. What is only perhaps meant is good for asking back, never for recording. */
export type Meaning =
  | 'yes'
  | 'no'
  /** Said to a question that asks back: it was meant otherwise. */
  | 'reconsidered'
  | Finding
  | 'unclear'
  | 'perhapsConforming'
  | 'perhapsNonconforming'
  | 'perhapsNotApplicable'
  /** Some of what the question asks, and not the rest. */
  | 'partly'
  /** An answer, but which one? */
  | 'unsure'
  /** None: is the thing not there, or its safeguard? */
  | 'absence'
  /** Of a hazard: it was put right, or it was not. */
  | 'mended'
  | 'notMended'
  | 'anything'

/** Commands that are heard here, each with its event. */
export type Commands<E extends AnyEventObject> = {
  readonly [K in Command['kind']]?: E | ((command: Extract<Command, { kind: K }>) => E | undefined)
}

/** The key of a phrase, or that and the name of what it counts. */
export type Sentence = Key | readonly [key: Key, counts: string]

/** Words that are the same wherever they stand, the name of something that the library knows, or a number. */
export type Label = Key | Name | Numbered

/** A phrase that names something by its number. */
export interface Numbered {
  readonly key: Key
  readonly number: number
}

export interface Name {
  /** An item goes by its ref, and is named by its question, shortened. */
  readonly of: 'district' | 'industry' | 'industryClass' | 'fact' | 'item'
  readonly id: string
}

/** Phrases of the owner's conversation and of the desk, as the source language has them. */
export type Key = Paths<typeof bot> | `desk:${Paths<typeof desk>}`

type Paths<T, Before extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Before}${K}` : Paths<T[K], `${Before}${K}.`>
}[keyof T & string]
