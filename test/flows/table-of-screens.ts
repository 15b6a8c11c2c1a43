import { expect, test } from 'vitest'
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate'
import { innermost } from '../../flows/advance.ts'
import type { Place } from '../../flows/flow.ts'
import type { Screen } from '../../flows/screen.ts'
import { loadContent } from '../../src/content.ts'
import { hear } from '../../src/conversation/hear.ts'
import type { AnyShell } from '../../src/conversation/shells/shell.ts'
import { type Language, languages, translators } from '../../src/i18n/translator.ts'
import type { InboundContent } from '../../src/message/index.ts'
import { composed } from '../../src/replies/screen.ts'
import { shown } from '../../src/replies/show.ts'

const content = loadContent()

/** All that somebody is understood by. */
export const wordsIn = (language: Language) => ({
  lexicon: content.lexicons[language],
  questions: content.questions[language],
  changes: content.changes[language],
  dates: content.dateWords[language],
})

/** A moment of a conversation: where its machine is, and what is on record. */
export interface Moment {
  readonly state: AnyMachineSnapshot
  readonly place: Place<unknown, unknown>
}

/** What holds of every screen of a flow, whatever is on record: nothing is offered that is not heard, nothing is heard that leads nowhere. */
export function holdsTogether(shell: AnyShell, moments: readonly Moment[]): void {
  const { flow } = shell
  const name = ({ state }: Moment) => `${innermost(state.value)} ${JSON.stringify(state.context)}`
  const screenAt = ({ place }: Moment) => flow.screen(place)
  const each = (check: (moment: Moment, screen: Screen) => readonly string[]) =>
    moments.flatMap((moment) => check(moment, screenAt(moment)).map((problem) => `${name(moment)}: ${problem}`))

  test('every option leads somewhere, and so does everything that words can mean', () => {
    const dead = each(({ state }, { options, means = [], commands = {}, proposed }) =>
      [
        ...options.map(({ event }) => event),
        ...means.map(([, event]) => (typeof event === 'function' ? event([0]) : event)),
        ...(proposed ? [proposed({ message: 'm', leans: 'good' })] : []),
        ...Object.values(commands).filter((event): event is AnyEventObject => typeof event === 'object'),
      ]
        .filter((event) => !state.can(event))
        .map(({ type }) => type),
    )
    expect([...new Set(dead.map((line) => line.replace(/\{.*\}/, '')))]).toEqual([])
  })

  for (const language of languages)
    test(`in ${language}, an option is reached by tap, by its number and by its label; text and card say the same`, () => {
      const t = translators[language]
      const wrong = each(({ place }, screen) => {
        const speaking = { ...place, t, language, today: '2026-11-24', publicUrl: 'http://localhost' }
        const words = shown(screen, shell.scope(place, speaking), speaking)
        const reply = composed([{ screen: words }], 'p1', t)
        const prompt = reply?.prompt
        // Where all has been said, there is nothing to answer either.
        if (screen.says.length === 0 && screen.options.length === 0) return reply ? ['something is shown'] : []
        const unfilled = /\{\{|undefined|\[object/.exec(reply?.text ?? '')
        if (!reply || (screen.options.length > 0 && !prompt)) return ['nothing is shown']
        const open = prompt ? { id: prompt.id, kind: prompt.kind, options: prompt.options } : null
        const heard = (said: InboundContent) => {
          const hearing = hear(
            { dedupeKey: 'd', contact: 'app:a', sentAt: new Date(0), content: said },
            { flow, place, prompt: open, words: wordsIn(language), site: undefined, today: '2026-11-24' },
          )
          return hearing.for === 'flow' ? JSON.stringify(hearing.event) : hearing.for
        }
        const boxes = screen.pick?.boxes.length ?? 0
        return [
          ...(unfilled ? [`${unfilled[0]} in ${reply.text}`] : []),
          ...screen.options.flatMap(({ key, event }, index) => {
            const label = prompt?.options[boxes + index]?.label ?? ''
            const meant = JSON.stringify(event)
            const tap = {
              type: 'cardTap',
              taskId: 'p1',
              key,
              cardType: 'button_interaction',
              responseCode: '',
              selections: [],
            } as const
            return [
              ...(heard(tap) === meant ? [] : [`the tap on ${label}`]),
              ...(boxes > 0 || heard({ type: 'text', text: String(index + 1) }) === meant
                ? []
                : [`the number of ${label}`]),
              ...(heard({ type: 'text', text: label }) === meant ? [] : [`the label ${label}`]),
              ...(reply.text.includes(label) ? [] : [`${label} in the text`]),
            ]
          }),
        ]
      })
      expect([...new Set(wrong.map((line) => line.replace(/\{"purpose.*?\}: /, ': ')))].slice(0, 20)).toEqual([])
    })

  test('符合 is recorded only by words that surely say so, or by a yes to a question that named it', () => {
    const unsafe = each(({ place: { context } }, { means = [], confirms }) =>
      means.flatMap(([meaning, event]) => {
        const recorded = typeof event === 'function' ? event([0]) : event
        if (recorded.type !== 'answer.conforming') return []
        const named =
          confirms !== undefined && (confirms.suspected === 'conforming' || (confirms.missing ?? []).length > 0)
        return meaning === 'conforming' || (meaning === 'yes' && named) ? [] : [`${meaning} ${JSON.stringify(context)}`]
      }),
    )
    expect(unsafe).toEqual([])
  })
}
