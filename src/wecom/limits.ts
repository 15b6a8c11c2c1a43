/** The limits of messages and cards that rendering must keep (documents 90236 and 90372). */
export const TEXT_BYTES = 2048
export const TITLE_CHARS = 36
export const TITLE_DESC_CHARS = 44
export const SUB_TITLE_CHARS = 160
export const FACTS = 6
export const FACT_NAME_CHARS = 5
export const FACT_VALUE_CHARS = 30
export const BUTTONS = 6
export const BUTTON_CHARS = 10
export const CHOICES = 20
export const CHOICE_CHARS = 17

/** One member. Keeps out `@all` and lists such as `a|b` too. */
export const USER_ID = /^[0-9A-Za-z][0-9A-Za-z_.@-]{0,63}$/

/** A text, list or key is longer than WeCom takes, or is not of its form. */
export class MessageLimitError extends Error {
  override readonly name = 'MessageLimitError'
  constructor(
    /** The path of the member, such as `button_list[2].text`. */
    readonly field: string,
    readonly rule: string,
  ) {
    super(`${field}: ${rule}`)
  }
}

export function limitBytes(field: string, value: string | undefined, most: number): void {
  demand(Buffer.byteLength(value ?? '') <= most, field, `at most ${most} bytes`)
}

/** Characters are counted in UTF-16 units, the strictest reading of a recommended number. */
export function limitChars(field: string, value: string | undefined, most: number): void {
  demand((value ?? '').length <= most, field, `at most ${most} characters`)
}

export function limitCount(field: string, list: readonly unknown[] | undefined, least: number, most: number): void {
  const count = list?.length ?? least
  demand(count >= least && count <= most, field, `${least} to ${most} entries`)
}

export function demandDistinct(field: string, keys: readonly string[]): void {
  demand(new Set(keys).size === keys.length, field, 'no two alike')
}

export function demandFilled(field: string, value: string | undefined): void {
  demand(value !== undefined && value.trim() !== '', field, 'not empty')
}

export function demandForm(field: string, value: string, form: RegExp): void {
  demand(form.test(value), field, `of the form ${form.source}`)
}

export function demand(kept: boolean, field: string, rule: string): void {
  if (!kept) throw new MessageLimitError(field, rule)
}
