import { dayText, el, notify, postJson } from './dom.js'

/**
 * Fills the bar that shows the simulated day and moves it on; gives the function that sets the day. Where letters are
 * large the bar is a word that opens it.
 */
export function clockBar(form) {
  const today = el('time')
  const days = el('input', {
    id: 'clock-days',
    'data-testid': 'clock-days',
    type: 'number',
    inputmode: 'numeric',
    min: '1',
    max: '3660',
    value: '1',
    required: true,
  })
  const button = el('button', { type: 'submit', 'data-testid': 'clock-advance' }, '快进')
  form.setAttribute('aria-label', '模拟日期')
  const toggle = el(
    'button',
    { type: 'button', class: 'clock-toggle', 'aria-expanded': 'false', 'aria-controls': 'clock-fields' },
    '日期',
  )
  toggle.addEventListener('click', () => {
    toggle.setAttribute('aria-expanded', String(form.classList.toggle('is-open')))
  })
  form.append(
    toggle,
    el('p', { class: 'today', 'aria-live': 'polite' }, el('span', { class: 'hidden-label' }, '模拟日期'), today),
    el('div', { id: 'clock-fields', class: 'clock-fields' }, el('label', { for: 'clock-days' }, days, '天'), button),
  )

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    button.textContent = '快进中…'
    try {
      const { now } = await postJson(form.dataset.clockUrl, { days: Number(days.value) })
      show(now)
    } catch (error) {
      notify(error.message)
    }
    button.disabled = false
    button.textContent = '快进'
  })

  let ahead = 0
  const tick = () => {
    const now = new Date(Date.now() + ahead)
    today.dateTime = now.toISOString()
    today.textContent = dayText(now)
  }
  const show = (now) => {
    ahead = Date.parse(now) - Date.now()
    tick()
  }
  setInterval(tick, 30_000)
  return show
}
