import { registerKeys } from '../../flows/register-keys.ts'
import type { Translator } from '../i18n/translator.ts'
import type { PromptOption, Reply } from '../message/index.ts'
import type { NumberedHazard } from '../rectification/index.ts'
import { circled } from './figures.ts'
import { type HazardView, hazardLine } from './hazards.ts'

export interface ReminderView extends HazardView {
  readonly promptId: string
}

/**
 * Hazards that are overdue or soon due, at most a few: who, why, what to do, how to stop. The most urgent decides how it
 * begins.
 * @param hazards the most urgent first, at least one
 */
export function rectificationReply(hazards: readonly NumberedHazard[], enterprise: string, view: ReminderView): Reply {
  const { t, today } = view
  const first = hazards[0]?.dueOn ?? today
  const when = first > today ? 'ahead' : first === today ? 'today' : 'overdue'
  const told = hazards.slice(0, TOLD)
  const more = hazards.length - told.length
  const body = [
    t(`hazards:reminder.${when}`, { enterprise, count: hazards.length }),
    ...told.map((hazard) => hazardLine(hazard, view)),
    ...(more > 0 ? [t('hazards:list.more', { count: more })] : []),
    t('hazards:reminder.ask'),
  ].join('\n')
  return card(view, {
    heading: t('hazards:reminder.heading'),
    body,
    inWords: t('hazards:reminder.inWords'),
    options: [
      ...told.map((hazard) => doneButton(hazard, told.length, t)),
      { key: registerKeys.register, label: t('hazards:button.register') },
      muteButton(t),
    ],
  })
}

/** With 看台账 and 别提醒了 a card has six buttons. */
const TOLD = 4

const doneButton = ({ id, number }: NumberedHazard, among: number, t: Translator): PromptOption => ({
  key: `${registerKeys.done}.${id}`,
  label: among === 1 ? t('hazards:button.done') : t('hazards:button.doneOf', { mark: circled(number) }),
  ...(among === 1 && { style: 'primary' }),
})

/** A walk left lying: how little is left of it. */
export function nudgeReply(
  { enterprise, left, minutes }: { readonly enterprise: string; readonly left: number; readonly minutes: number },
  view: ReminderView,
): Reply {
  const { t } = view
  return card(view, {
    heading: t('hazards:nudge.heading'),
    body:
      left === 0
        ? t('hazards:nudge.answered', { enterprise })
        : t('hazards:nudge.left', { enterprise, count: left, minutes }),
    inWords: t('hazards:nudge.inWords'),
    options: [{ key: registerKeys.resume, label: t('hazards:button.resume'), style: 'primary' }, muteButton(t)],
  })
}

const muteButton = (t: Translator): PromptOption => ({ key: registerKeys.mute, label: t('hazards:button.mute') })

/** What is said to 别提醒了, and when reminders are wanted again. */
export const mutedNote = (t: Translator): string => t('hazards:muted')
export const unmutedNote = (t: Translator): string => t('hazards:unmuted')

interface Card {
  readonly heading: string
  readonly body: string
  /** How to choose without buttons: a number would answer the question a conversation is at. */
  readonly inWords: string
  readonly options: readonly PromptOption[]
}

const card = ({ promptId }: ReminderView, { heading, body, inWords, options }: Card): Reply => ({
  text: `${body}\n${inWords}`,
  prompt: { kind: 'choice', id: promptId, heading, body, options },
})
