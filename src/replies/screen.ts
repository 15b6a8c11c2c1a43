import type { Translator } from '../i18n/translator.ts'
import type { PromptOption, Reply } from '../message/index.ts'

/**
 * One thing the bot says: a note tells in a few words what was recorded, a remark answers what was asked on the
 * way, a screen says what comes next.
 */
export type Part = { readonly note: string } | { readonly remark: string } | { readonly screen: Screen }

/** What the bot waits for, said once for cards and for plain text. */
export interface Screen {
  /** One short line that only a card has room for. */
  readonly heading?: string
  /** Where we are: above on a card, below in text. */
  readonly progress?: string
  /** The question first. */
  readonly body: string
  /** A line of help, such as 回“怎么看”教您检查. */
  readonly hint?: string
  /** None: the answer is typed. */
  readonly options?: readonly PromptOption[]
  /** Several may be ticked; the label submits. */
  readonly pick?: { readonly submit: string; readonly ticked: readonly string[] }
  readonly link?: { readonly title: string; readonly url: string }
  readonly facts?: readonly { readonly name: string; readonly value: string }[]
}

/** One message of all that a step has to say: the notes, then the last screen. Nothing to say: undefined. */
export function composed(parts: readonly Part[], promptId: string, t: Translator): Reply | undefined {
  const notes = parts.flatMap((part) => ('note' in part ? part.note : []))
  const remarks = parts.flatMap((part) => ('remark' in part ? part.remark : []))
  const last = parts.flatMap((part) => ('screen' in part ? part.screen : [])).at(-1)
  if (!last) return notes.length + remarks.length > 0 ? { text: [...notes, ...remarks].join('\n') } : undefined

  // Cards cut notes short where room is scarce, but never the body.
  const screen = { ...last, body: joined([...remarks, last.body]) }
  const text = inText(notes, screen, t)
  if (text === '') return undefined
  if (!screen.options) return { text }
  const note = notes.length > 0 ? { note: notes.join('\n') } : {}
  if (screen.pick) {
    const { submit, ticked } = screen.pick
    const options = screen.options.map((option) => ({ ...option, ticked: ticked.includes(option.key) }))
    const heading = screen.body
    const hint = t('screen.pickHint')
    return { text, prompt: { kind: 'pick', id: promptId, heading, ...note, hint, options, submitLabel: submit } }
  }
  return {
    text,
    prompt: {
      kind: 'choice',
      id: promptId,
      heading: screen.progress ?? screen.heading ?? t('screen.name'),
      ...note,
      body: screen.hint ? `${screen.body}\n${screen.hint}` : screen.body,
      options: screen.options,
      ...(screen.options.length > MOST_BUTTONS && { submitLabel: t('button.picked') }),
      ...(screen.link && { link: screen.link }),
      ...(screen.facts && { facts: screen.facts }),
    },
  }
}

/** More are a list. */
const MOST_BUTTONS = 6

function inText(notes: readonly string[], screen: Screen, t: Translator): string {
  const facts = (screen.facts ?? []).map(({ name, value }) => t('screen.fact', { name, value }))
  const link = screen.link ? [t('screen.link', screen.link)] : []
  const options = numbered(screen.options ?? [], t)
  const progress = screen.progress ? [screen.progress] : []
  const hint = screen.hint ? [screen.hint] : []
  return joined([...notes, screen.body, ...facts, ...link, ...options, ...hint, ...progress])
}

/** Where all has been said, a screen has no body. */
const joined = (texts: readonly string[]) => texts.filter((text) => text !== '').join('\n')

/** Short labels share a line; the numbers mean the same as the buttons. */
function numbered(options: readonly PromptOption[], t: Translator): string[] {
  const gap = t('screen.gap')
  const lines: string[] = []
  for (const [index, { label, number = index + 1 }] of options.entries()) {
    const option = t('screen.option', { number, label })
    const longer = `${lines.at(-1)}${gap}${option}`
    if (lines.length > 0 && longer.length <= SHORT_LINE) lines.splice(-1, 1, longer)
    else lines.push(option)
  }
  return lines
}

/** As many characters as a phone shows on a line. */
const SHORT_LINE = 26
