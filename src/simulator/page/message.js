import { cardView } from './card.js'
import { el, linkTo } from './dom.js'
import { cardDescription, markdown, plainText } from './rich-text.js'

const mediaUrl = (mediaId) => new URL(`../media/${encodeURIComponent(mediaId)}`, location).href

/** One message with its bubble. `act` and `isBusy` are for cards. */
export const messageView = ({ from, content, undelivered }, act, isBusy) =>
  el(
    'article',
    {
      class: `message ${from} is-${content.type}`,
      'data-testid': 'message',
      'data-from': from,
      tabindex: '-1',
      'aria-label': from === 'bot' ? '安标助手' : '我',
    },
    from === 'bot' && el('span', { class: 'face bot', 'aria-hidden': 'true' }),
    el('div', { class: 'body' }, bubble(content, act, isBusy)),
    undelivered && el('p', { class: 'undelivered' }, '机器人没有收到'),
  )

function bubble(content, act, isBusy) {
  switch (content.type) {
    case 'text':
      return el('p', { class: 'bubble' }, ...plainText(content.text))
    case 'markdown':
      return el('div', { class: 'bubble markdown' }, ...markdown(content.text))
    case 'image':
      return linkTo(
        mediaUrl(content.mediaId),
        'picture',
        el('img', { src: mediaUrl(content.mediaId), alt: `照片 ${content.filename}` }),
      )
    case 'voice':
    case 'video':
    case 'file':
      return linkTo(
        mediaUrl(content.mediaId),
        'bubble attachment',
        el('span', { class: 'badge' }, badges[content.type]),
        content.filename,
      )
    case 'location':
      return el('p', { class: 'bubble attachment' }, el('span', { class: 'badge' }, '位置'), content.label)
    case 'sticker':
      return el('p', { class: 'bubble sticker', role: 'img', 'aria-label': content.label }, '🙂')
    case 'link':
      return linkTo(content.url, 'bubble attachment', el('span', { class: 'badge' }, '链接'), content.title)
    case 'textcard':
      return el(
        'section',
        { class: 'card', 'data-testid': 'card', 'data-card-type': 'textcard' },
        el('h2', {}, content.title),
        el('div', { class: 'card-text' }, ...cardDescription(content.description)),
        linkTo(content.url, 'row-link', content.btntxt),
      )
    case 'news':
      return el(
        'section',
        { class: 'card', 'data-testid': 'card', 'data-card-type': 'news' },
        ...content.articles.map(({ title, description, url }) =>
          el(
            'div',
            {},
            el('h2', {}, url ? linkTo(url, 'text-link', title) : title),
            description && el('p', { class: 'card-desc' }, description),
          ),
        ),
      )
    case 'card':
      return cardView(content, mediaUrl, act, isBusy)
    default:
      return el('p', { class: 'bubble' }, '（模拟器不会显示这种消息）')
  }
}

const badges = { voice: '语音', video: '视频', file: '文件' }
