/** What the bot says. Every channel can show `text`; a channel with cards may show `prompt` instead. */
export interface Reply {
  /** The whole message in plain text, with numbered choices: complete on its own. */
  readonly text: string
  /** The same question as buttons or check boxes. */
  readonly prompt?: Prompt
}

export type Prompt = ChoicePrompt | PickPrompt

interface PromptBase {
  /** Unique for ever; comes back in `cardTap.taskId`. Letters, digits, `_`, `-`, `@`; at most 128. */
  readonly id: string
  /** One short line above all, such as the progress. */
  readonly heading: string
  /** A second short line, such as what was just recorded. */
  readonly note?: string
}

/** Tap one of several. */
export interface ChoicePrompt extends PromptBase {
  readonly kind: 'choice'
  /** The question itself, with its line of help. */
  readonly body: string
  readonly options: readonly PromptOption[]
  /** Of a list: more than stand as buttons side by side. One is ticked and submitted. */
  readonly submitLabel?: string
  /** A page that says more. */
  readonly link?: { readonly title: string; readonly url: string }
  /** Key and value lines, such as 得分 94.1. */
  readonly facts?: readonly { readonly name: string; readonly value: string }[]
}

/** Tick any number of several and submit. */
export interface PickPrompt extends PromptBase {
  readonly kind: 'pick'
  /** What not ticking means, in a few words. */
  readonly hint?: string
  readonly options: readonly (PromptOption & { readonly ticked?: boolean })[]
  readonly submitLabel: string
}

export interface PromptOption {
  /** Comes back in `cardTap.key` (choice) or in `cardTap.selections` (pick, or a choice from a list). */
  readonly key: string
  readonly label: string
  /** Shown before the label in text, and typed for it; left out: its place among the others, from 1. */
  readonly number?: number
  readonly style?: 'primary' | 'plain' | 'danger'
}

/** The submit key and the question key of whatever is ticked. */
export const PICK_SUBMIT = 'submit'
export const PICK_QUESTION = 'picked'
