import words from '../../../locales/zh-CN/book.json' with { type: 'json' }

/** The fixed words of the book; it is Chinese, as the checklists are. */
export { words }

/** A phrase with its `{{names}}` filled in. */
export const filled = (phrase: string, values: Readonly<Record<string, string | number>>): string =>
  phrase.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
