/** A new element; `undefined` properties and children are left out, text becomes text. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false))
  return element
}

/** A link into a new tab, or the bare label when the address is not one of the web. */
export const linkTo = (url, className, ...label) =>
  /^https?:\/\//i.test(url ?? '')
    ? el('a', { href: url, class: className, target: '_blank', rel: 'noopener noreferrer' }, ...label)
    : el('span', { class: className }, ...label)

/** Posts JSON and gives the answer; throws with words for the person when it did not work. */
export async function postJson(url, body) {
  return answerOf(
    await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  )
}

export async function postBytes(url, file) {
  const headers = { 'Content-Type': 'application/octet-stream', 'X-Filename': encodeURIComponent(file.name) }
  return answerOf(await fetch(url, { method: 'POST', headers, body: file }))
}

async function answerOf(response) {
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.problem ?? '没有发出去，请再试一次')
  return answer
}

/** Says something for a while in the status line. */
export function notify(text) {
  const status = document.getElementById('status')
  status.textContent = text
  status.classList.toggle('visible', text !== '')
  clearTimeout(notify.timer)
  if (text) notify.timer = setTimeout(() => notify(''), 6000)
}

/** Live updates; opens the stream again whenever it breaks, and says so on the page. */
export function listen(url, handlers) {
  let source
  const open = () => {
    source = new EventSource(url)
    source.onopen = () => document.body.classList.remove('disconnected')
    source.onerror = () => {
      document.body.classList.add('disconnected')
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000)
    }
    for (const [event, handle] of Object.entries(handlers))
      source.addEventListener(event, ({ data }) => handle(JSON.parse(data)))
  }
  open()
}

const inChina = (options) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...options })
const day = inChina({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'short' })
const dayAndTime = inChina({ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export const dayText = (at) =>
  day
    .format(new Date(at))
    .replace('星期', '周')
    .replace(/日(?=周)/, '日 ')
export const timeText = (at) => dayAndTime.format(new Date(at))
