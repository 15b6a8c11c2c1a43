import { el, linkTo } from './dom.js'

const address = 'https?://[^\\s<>"\'，。；：！？、（）《》【】“”]+'
const linkOrAddress = new RegExp(`<a\\s+href=(?:"([^"]*)"|'([^']*)')[^>]*>([\\s\\S]*?)</a>|(${address})`, 'gi')

/** The text of a message: links and addresses can be opened, all else is as it stands. */
export function plainText(text) {
  return pieces(text, linkOrAddress, ([, inDouble, inSingle, label, bare]) =>
    linkTo(bare ?? inDouble ?? inSingle, 'text-link', bare ?? label),
  )
}

const inline = /\*\*(.+?)\*\*|\[([^\]]+)\]\((\S+?)\)|`([^`]+)`|<font color="(info|comment|warning)">(.*?)<\/font>/g

/** WeCom's small markdown: headings, quotes, bold, links, inline code and three colours. */
export const markdown = (text) =>
  text.split('\n').map((line) => {
    const heading = /^#{1,6}\s+(.*)/.exec(line)
    if (heading) return el('p', { class: 'md-heading' }, ...inlineMarkdown(heading[1]))
    const quote = /^>\s?(.*)/.exec(line)
    if (quote) return el('blockquote', {}, ...inlineMarkdown(quote[1]))
    return el('p', {}, ...inlineMarkdown(line))
  })

const inlineMarkdown = (text) =>
  pieces(text, inline, ([, bold, label, url, code, color, coloured]) => {
    if (bold !== undefined) return el('strong', {}, ...inlineMarkdown(bold))
    if (label !== undefined) return linkTo(url, 'text-link', label)
    if (code !== undefined) return el('code', {}, code)
    return el('span', { class: `font-${color}` }, ...inlineMarkdown(coloured))
  })

const divOrBreak = /<div class="(gray|highlight|normal)">([\s\S]*?)<\/div>|<br\s*\/?>/g

/** The description of a text card: three kinds of lines. */
export const cardDescription = (text) =>
  pieces(text, divOrBreak, ([, kind, inside]) =>
    kind ? el('p', { class: `desc-${kind}` }, ...cardDescription(inside)) : el('br'),
  )

/** The text between the matches as text, every match as what `node` makes of it. */
function pieces(text, pattern, node) {
  const found = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) found.push(text.slice(end, match.index))
    found.push(node(match))
    end = match.index + match[0].length
  }
  if (end < text.length) found.push(text.slice(end))
  return found
}
