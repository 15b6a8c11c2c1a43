import type { Translator } from '../i18n/translator.ts'

/** A button was tapped on a card. */
export interface CardTapped {
  /** In the words it was offered in; undefined when the tap came too late to count. */
  readonly chosen: string | undefined
  /** What the card was told to show before, if anything. */
  readonly shown: string | undefined
  /** Seconds until the next message may leave. */
  readonly wait: number
}

/**
 * What stands on a card in place of its buttons. A second tap changes nothing on a card that was answered. Whoever
 * taps faster than messages may be sent reads there how long the next one takes: no message could tell it.
 */
export function cardLabel({ chosen, shown, wait }: CardTapped, t: Translator): string {
  if (chosen === undefined) return shown ?? t('engine.expired')
  return wait > 0 ? t('engine.tooFast', { seconds: wait }) : t('engine.chosen', { label: chosen })
}
