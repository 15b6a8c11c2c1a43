/** A document for reading and printing, whatever it is printed as. */
export interface Book {
  readonly title: string
  /** At the head of every page. */
  readonly running: string
  /** With `{{number}}`. */
  readonly page: string
  /** ISO date on which it was made. */
  readonly on: string
  readonly cover: readonly string[]
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'chapter'; readonly text: string }
  | { readonly kind: 'section'; readonly text: string }
  /** One thing to mark up: never torn between two pages where a page can hold it. */
  | { readonly kind: 'card'; readonly heading: string; readonly lines: readonly Line[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

export interface Line {
  readonly label: string
  readonly text: string
}
