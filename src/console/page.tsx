import type { ComponentChildren } from 'preact'
import type { Language, Translator } from '../i18n/translator.ts'

/** Whom a page speaks to. */
export interface PageView {
  readonly t: Translator
  readonly language: Language
}

interface PageProps {
  readonly page: PageView
  readonly title: string
  readonly children: ComponentChildren
}

export const Page = ({ page, title, children }: PageProps) => (
  <html lang={page.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>{title}</title>
      <link rel="stylesheet" href="/console/style.css" />
    </head>
    <body>
      <main>{children}</main>
    </body>
  </html>
)

/** Names and values, such as 得分 94.1. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
