import { innermost } from '../../flows/advance.ts'
import type { Place } from '../../flows/flow.ts'
import { chinaDateOf } from '../calendar/dates.ts'
import type { Language } from '../i18n/translator.ts'
import type { Listening } from './hear.ts'
import type { ConversationHouse } from './house.ts'
import { shells } from './shells/index.ts'
import type { Unit } from './shells/shell.ts'

export async function placeOf(unit: Unit): Promise<Place<unknown, unknown>> {
  const { flow, setting, snapshot } = unit.conversation
  return {
    ...setting,
    value: innermost(snapshot.value),
    context: snapshot.context,
    known: await shells[flow].known(unit),
  }
}

/** All that decides what a message comes to where the conversation stands. */
export const listeningAt = (place: Place<unknown, unknown>, { house, conversation, at }: Unit): Listening => ({
  flow: shells[conversation.flow].flow,
  place,
  prompt: conversation.prompt,
  words: wordsOf(house, conversation.language),
  site: conversation.enterprise?.site,
  today: chinaDateOf(at),
})

const wordsOf = ({ lexicons, questions, changes, dateWords }: ConversationHouse, language: Language) => ({
  lexicon: lexicons[language],
  questions: questions[language],
  changes: changes[language],
  dates: dateWords[language],
})
