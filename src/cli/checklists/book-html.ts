import type { Block, Book } from './blocks.ts'

/** One page for the browser, made for A4: running heads, page numbers, no card torn in two. */
export const htmlOf = (book: Book): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(book.title)}</title>
<style>${styleOf(book)}</style>
</head>
<body>
<header><h1>${escaped(book.title)}</h1>${book.cover.map((line) => `<p>${escaped(line)}</p>`).join('')}</header>
${book.blocks.map(block).join('\n')}
</body>
</html>
`

function block(each: Block): string {
  switch (each.kind) {
    case 'chapter':
      return `<h2>${escaped(each.text)}</h2>`
    case 'section':
      return `<h3>${escaped(each.text)}</h3>`
    case 'card': {
      const lines = each.lines.map(({ label, text }) => `<dt>${escaped(label)}</dt><dd>${escaped(text)}</dd>`)
      return `<section><h4>${escaped(each.heading)}</h4><dl>${lines.join('')}</dl></section>`
    }
    case 'table':
      return `<table><thead>${row('th', each.head)}</thead><tbody>${each.rows.map((cells) => row('td', cells)).join('')}</tbody></table>`
  }
}

const row = (tag: 'th' | 'td', cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character)

const cssString = (text: string) => JSON.stringify(text).replaceAll('<', '\\3c ')

function styleOf({ running, page }: Book): string {
  const [before = '', after = ''] = page.split('{{number}}')
  return `
@page { size: A4; margin: 22mm 18mm 20mm;
  @top-left { content: ${cssString(running)}; font-size: 8pt; color: #555; }
  @bottom-right { content: ${cssString(before)} counter(page) ${cssString(after)}; font-size: 8pt; color: #555; } }
@page :first { @top-left { content: ""; } }
body { font: 10.5pt/1.6 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; color: #111; max-width: 174mm; margin: 0 auto; }
header { min-height: 200mm; padding-top: 50mm; }
h1 { font-size: 24pt; margin: 0 0 12mm; }
h2 { font-size: 16pt; break-before: page; break-after: avoid; border-bottom: 1.5pt solid #111; }
h3 { font-size: 13pt; break-after: avoid; margin: 8mm 0 3mm; }
section { break-inside: avoid; border: .5pt solid #999; border-radius: 2pt; padding: 2mm 4mm 3mm; margin: 0 0 4mm; }
h4 { font-size: 11.5pt; margin: 0 0 1mm; break-after: avoid; }
dl { display: grid; grid-template-columns: 26mm 1fr; gap: .5mm 3mm; margin: 0; }
dt { color: #555; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; }
thead { display: table-header-group; } tr { break-inside: avoid; }
th, td { border: .5pt solid #999; padding: 1mm 2mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; white-space: nowrap; }
@media screen { body { padding: 8mm; } }
`
}
