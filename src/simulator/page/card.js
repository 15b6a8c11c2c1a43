import { el, linkTo } from './dom.js'

/**
 * A template card. `act.tap(key, selectedId)` and `act.submit(optionKeys)` send what the person did;
 * while `isBusy`, and after an update has greyed the card, nothing can be tapped.
 */
export function cardView({ card, replaceName, ticked }, mediaUrl, act, isBusy) {
  const isClosed = replaceName !== undefined
  const off = isClosed || isBusy
  return el(
    'section',
    {
      class: 'card',
      'data-testid': 'card',
      'data-task-id': card.task_id,
      'data-card-type': card.card_type,
      'aria-busy': isBusy && 'true',
    },
    card.source?.desc && el('p', { class: `source color-${card.source.desc_color ?? 0}` }, card.source.desc),
    card.card_image && picture(card.card_image.url, 'card-image'),
    card.main_title?.title && el('h2', {}, card.main_title.title),
    card.main_title?.desc && el('p', { class: 'card-desc' }, card.main_title.desc),
    card.emphasis_content && emphasis(card.emphasis_content),
    card.image_text_area && imageTextArea(card.image_text_area),
    card.quote_area && quoteArea(card.quote_area),
    card.sub_title_text && el('p', { class: 'sub-title' }, card.sub_title_text),
    card.vertical_content_list?.map(({ title, desc }) =>
      el('div', { class: 'vertical' }, el('h3', {}, title), desc && el('p', {}, desc)),
    ),
    card.horizontal_content_list?.length > 0 && keyValues(card.horizontal_content_list, mediaUrl),
    card.card_type === 'button_interaction' && buttons(card, replaceName, ticked, off, act),
    card.card_type === 'vote_interaction' && vote(card, replaceName, ticked, off, act),
    card.card_type === 'multiple_interaction' && selectors(card, replaceName, ticked, off, act),
    card.jump_list?.length > 0 &&
      el(
        'nav',
        { class: 'jumps', 'aria-label': '链接' },
        ...card.jump_list.map(({ title, url }) => linkTo(url, 'row-link', title)),
      ),
    card.card_action?.url &&
      card.card_action.url !== card.quote_area?.url &&
      linkTo(card.card_action.url, 'row-link', '查看详情'),
    card.action_menu && actionMenu(card.action_menu, off, act),
  )
}

/** A picture that goes away when it cannot be shown, such as one from elsewhere. */
function picture(src, className) {
  const image = el('img', { class: className, src, alt: '' })
  image.addEventListener('error', () => image.remove())
  return image
}

const emphasis = ({ title, desc }) =>
  el(
    'div',
    { class: 'emphasis' },
    title && el('p', { class: 'emphasis-title' }, title),
    desc && el('p', { class: 'card-desc' }, desc),
  )

const imageTextArea = ({ url, title, desc, image_url }) =>
  linkTo(
    url,
    'image-text',
    picture(image_url, 'thumbnail'),
    el('span', {}, el('strong', {}, title ?? ''), desc && el('span', { class: 'card-desc' }, desc)),
  )

function quoteArea({ url, title, quote_text }) {
  const lines = [title && el('strong', {}, title), title && quote_text && el('br'), quote_text]
  return el('blockquote', { class: url && 'linked' }, url ? linkTo(url, 'quote', ...lines) : lines)
}

const keyValues = (lines, mediaUrl) =>
  el(
    'dl',
    {},
    ...lines.flatMap(({ keyname, value = '', type, url, media_id }) => {
      const target = type === 1 ? url : type === 2 ? mediaUrl(media_id) : undefined
      return [el('dt', {}, keyname), el('dd', {}, target ? linkTo(target, 'text-link', value) : value)]
    }),
  )

function buttons({ button_list, button_selection }, replaceName, ticked, off, act) {
  if (replaceName !== undefined) {
    return el(
      'div',
      { class: 'buttons' },
      el('button', { type: 'button', class: 'card-button', 'data-testid': 'card-button', disabled: true }, replaceName),
    )
  }
  const select = button_selection && selector(button_selection, ticked, off)
  const isWide = button_list.length === 1 || button_list.some(({ text }) => text.length > 6)
  const nodes = button_list.map(({ text, style, key, type, url }) => {
    if (type === 1) return linkTo(url, 'card-button style-3', text)
    const button = el(
      'button',
      {
        type: 'button',
        class: `card-button style-${style}`,
        'data-testid': 'card-button',
        'data-key': key,
        disabled: off,
      },
      text,
    )
    button.addEventListener('click', () => act.tap(key, select?.querySelector('select').value))
    return button
  })
  return el('div', {}, select, el('div', { class: isWide ? 'buttons' : 'buttons in-pairs' }, ...nodes))
}

function vote({ task_id, checkbox, submit_button }, replaceName, ticked, off, act) {
  const { question_key, mode, option_list } = checkbox
  const options = option_list.map(({ id, text, is_checked }) => {
    const checked = ticked ? ticked[question_key]?.includes(id) : is_checked
    const input = el('input', {
      type: mode === 1 ? 'checkbox' : 'radio',
      name: `${task_id}-${question_key}`,
      value: id,
      checked,
      disabled: off,
    })
    return el('label', { class: 'option', 'data-testid': 'vote-option', 'data-key': id }, input, el('span', {}, text))
  })
  const chosen = (form) => [...form.querySelectorAll('input:checked')].map(({ value }) => value)
  return submitForm(
    submit_button,
    replaceName,
    off,
    el('fieldset', {}, el('legend', { class: 'hint' }, mode === 1 ? '可以选几个' : '选一个'), ...options),
    (form) => chosen(form).length > 0,
    (form) => act.submit(chosen(form)),
  )
}

function selectors({ select_list, submit_button }, replaceName, ticked, off, act) {
  const chosen = (form) => [...form.querySelectorAll('select')].map(({ value }) => value)
  return submitForm(
    submit_button,
    replaceName,
    off,
    el('div', {}, ...select_list.map((list) => selector(list, ticked, off))),
    (form) => chosen(form).every((value) => value !== ''),
    (form) => act.submit(chosen(form)),
  )
}

function submitForm({ text }, replaceName, off, fields, isComplete, submit) {
  const button = el(
    'button',
    { type: 'submit', class: 'card-button style-1', 'data-testid': 'vote-submit' },
    replaceName ?? text,
  )
  const form = el('form', { class: 'submit-form' }, fields, button)
  const update = () => {
    button.disabled = off || !isComplete(form)
  }
  update()
  form.addEventListener('change', update)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit(form)
  })
  return form
}

function selector({ question_key, title, option_list, selected_id }, ticked, off) {
  const value = ticked?.[question_key]?.[0] ?? selected_id
  const options = option_list.map(({ id, text }) => el('option', { value: id, selected: id === value }, text))
  const empty = value === undefined && el('option', { value: '', selected: true }, '请选择')
  return el(
    'label',
    { class: 'selector' },
    el('span', {}, title ?? '请选择'),
    el('select', { 'data-testid': 'card-select', disabled: off }, empty, ...options),
  )
}

const actionMenu = ({ desc, action_list }, off, act) =>
  el(
    'details',
    { class: 'action-menu' },
    el('summary', {}, desc || '更多操作'),
    el(
      'div',
      { class: 'buttons' },
      ...action_list.map(({ text, key }) => {
        const button = el(
          'button',
          {
            type: 'button',
            class: 'card-button style-3',
            'data-testid': 'card-button',
            'data-key': key,
            disabled: off,
          },
          text,
        )
        button.addEventListener('click', () => act.tap(key))
        return button
      }),
    ),
  )
