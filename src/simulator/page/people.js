import { clockBar } from './clock-bar.js'
import { el, linkTo, listen } from './dom.js'
import { summaryOf } from './summary.js'

const roles = { owner: '企业', regulator: '监管' }

const showDay = clockBar(document.querySelector('.clock-bar'))

listen('live/people', {
  people({ now, people, links }) {
    showDay(now)
    showPeople(people)
    document
      .getElementById('links')
      .replaceChildren(
        ...links.map(({ title, url }) => el('li', {}, linkTo(new URL(url, location).href, 'row-link', title))),
      )
    document.getElementById('links-section').hidden = links.length === 0
  },
})

function showPeople(people) {
  const focused = document.activeElement?.getAttribute('href')
  document.getElementById('people').replaceChildren(...people.map(personRow))
  if (focused) document.querySelector(`.person[href="${CSS.escape(focused)}"]`)?.focus()
}

const personRow = ({ userId, name, role, note, last }) =>
  el(
    'li',
    {},
    el(
      'a',
      { class: 'person', href: `chat/${encodeURIComponent(userId)}` },
      el('span', { class: `face ${role}`, 'aria-hidden': 'true' }, [...name][0]),
      el(
        'span',
        { class: 'person-text' },
        el('span', { class: 'person-name' }, name, el('span', { class: `role ${role}` }, roles[role])),
        note && el('span', { class: 'person-note' }, note),
        last && el('span', { class: 'person-last' }, `${last.from === 'me' ? '我：' : ''}${summaryOf(last.content)}`),
      ),
    ),
  )
