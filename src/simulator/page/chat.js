import { clockBar } from './clock-bar.js'
import { el, listen, notify, postBytes, postJson, timeText } from './dom.js'
import { messageView } from './message.js'

const userId = location.pathname.split('/').pop()
const live = (what) => new URL(`../live/chat/${userId}/${what}`, location).href

const log = document.getElementById('log')
const scroller = document.getElementById('scroller')
const toEnd = document.getElementById('to-end')
const text = document.getElementById('text')
const photo = document.getElementById('photo')
const more = document.getElementById('more')
const morePanel = document.getElementById('more-panel')

/** What is on the page, by message id: the JSON it was drawn from, and its node. */
const shown = new Map()
/** Messages whose card is waiting for the bot to take a tap. */
const busy = new Set()
let newest
/** The end of the chat is in view and stays there. */
let sticks = true

const showDay = clockBar(document.querySelector('.clock-bar'))

listen(new URL(`../live/chat/${userId}`, location).href, {
  chat({ person, now, messages }) {
    document.getElementById('person').textContent =
      `您是 ${person.name}（${person.role === 'owner' ? '企业' : '监管'}）`
    document.title = `${person.name} · 安标助手 · 模拟器`
    showDay(now)
    if ([...shown.keys()].some((id) => !messages.some((message) => message.id === id))) clear()
    const isFirst = shown.size === 0
    for (const message of messages) show(message)
    if (isFirst) scrollToNewest()
  },
  message: show,
  clock: ({ now }) => showDay(now),
})

postJson(live('enter'), {}).catch(() => {})

function clear() {
  shown.clear()
  newest = undefined
  log.replaceChildren()
}

/** Appends the message, or draws it again when something in it has changed. */
function show(message) {
  const json = JSON.stringify([message, busy.has(message.id)])
  const before = shown.get(message.id)
  if (before?.json === json) return

  const node = messageView(message, actionsOn(message), busy.has(message.id))
  shown.set(message.id, { json, node, message })
  if (before) {
    const hadFocus = before.node.contains(document.activeElement)
    before.node.replaceWith(node)
    if (hadFocus) node.focus({ preventScroll: true })
  } else {
    if (needsTime(message)) log.append(el('p', { class: 'time' }, timeText(message.at)))
    newest = message
    log.append(node)
  }
  for (const image of node.querySelectorAll('img')) image.addEventListener('load', () => sticks && scrollToEnd())
  if (before) return sticks && scrollToEnd()
  if (sticks || message.from === 'me') scrollToNewest()
  else toEnd.hidden = false
}

const needsTime = ({ at }) => !newest || Date.parse(at) - Date.parse(newest.at) > 5 * 60_000

const actionsOn = ({ id, content }) => ({
  tap: (key, selectedId) =>
    whileBusy(id, () => postJson(live('tap'), { taskId: content.card.task_id, key, selectedId })),
  submit: (optionKeys) => whileBusy(id, () => postJson(live('submit'), { taskId: content.card.task_id, optionKeys })),
})

async function whileBusy(id, work) {
  busy.add(id)
  redraw(id)
  try {
    const { delivered } = await work()
    if (!delivered) notify('机器人没有收到，请再点一次')
  } catch (error) {
    notify(error.message)
  }
  busy.delete(id)
  redraw(id)
}

function redraw(id) {
  const before = shown.get(id)
  if (before) show(before.message)
}

const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80

function scrollToEnd() {
  scroller.scrollTop = scroller.scrollHeight
  sticks = true
  toEnd.hidden = true
}

/** What is taller than the screen is read from its beginning. */
function scrollToNewest() {
  scrollToEnd()
  const last = log.lastElementChild?.getBoundingClientRect()
  if (!last || last.height <= scroller.clientHeight) return
  scroller.scrollTop += last.top - scroller.getBoundingClientRect().top
  sticks = isAtEnd()
}

scroller.addEventListener('scroll', () => {
  sticks = isAtEnd()
  if (sticks) toEnd.hidden = true
})
toEnd.addEventListener('click', scrollToEnd)
new ResizeObserver(() => sticks && scrollToEnd()).observe(scroller)

document.getElementById('composer-form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const said = text.value.trim()
  if (!said) return
  text.value = ''
  text.focus()
  await tell(postJson(live('text'), { text: said }), () => {
    text.value ||= said
  })
})

text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  text.form.requestSubmit()
})

photo.addEventListener('change', async () => {
  const files = [...photo.files]
  photo.value = ''
  for (const file of files) await tell(postBytes(live('photo'), file))
})

more.addEventListener('click', () => openMore(morePanel.hidden))
morePanel.addEventListener('click', async ({ target }) => {
  if (!target.dataset.kind) return
  openMore(false)
  await tell(postJson(live('other'), { kind: target.dataset.kind }))
})
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !morePanel.hidden) openMore(false)
})

function openMore(open) {
  morePanel.hidden = !open
  more.setAttribute('aria-expanded', String(open))
  if (!open) more.focus()
}

async function tell(sending, onFailure = () => {}) {
  try {
    await sending
  } catch (error) {
    onFailure()
    notify(error instanceof TypeError ? '没有发出去，请再试一次' : error.message)
  }
}
