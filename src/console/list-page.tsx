import { fullDate, longDate } from '../replies/figures.ts'
import { stateTitle } from '../replies/state-title.ts'
import { applicationPath } from '../standardization/signed-link.ts'
import { filterNames, type ListEntry, type ListView } from './list-view.ts'
import { Page, type PageView } from './page.tsx'

export const ListPage = ({ page, view }: { readonly page: PageView; readonly view: ListView }) => {
  const { t } = page
  return (
    <Page page={page} title={t('console:title')}>
      <h1>{t('console:list.heading')}</h1>
      <nav>
        {filterNames.map((name) => (
          <a
            key={name}
            href={`/console/applications?state=${name}`}
            {...(name === view.filter && { 'aria-current': 'page' as const })}
          >
            {t(`console:list.filter.${name}`)}
          </a>
        ))}
      </nav>
      {view.entries.length === 0 && <p>{t('console:list.empty')}</p>}
      <ul class="entries">
        {view.entries.map((entry) => (
          <Entry key={entry.id} page={page} entry={entry} isWaiting={view.filter === 'waiting'} />
        ))}
      </ul>
      {view.isCut && <p class="quiet">{t('console:list.limit', { count: view.entries.length })}</p>}
    </Page>
  )
}

interface EntryProps {
  readonly page: PageView
  readonly entry: ListEntry
  readonly isWaiting: boolean
}

const Entry = ({ page, entry, isWaiting }: EntryProps) => {
  const { t } = page
  return (
    <li class={entry.major > 0 ? 'danger' : ''}>
      <a href={applicationPath(entry.id)}>
        <strong>{entry.enterprise}</strong>
        <span class="quiet">{entry.number}</span>
        <span>
          {entry.district} · {entry.industry} · {t('console:list.headcount', { count: entry.headcount })}
        </span>
        <span>
          {t('console:list.score', { score: entry.score ?? t('console:none') })} ·{' '}
          <b>{t('console:list.major', { count: entry.major })}</b> ·{' '}
          {t('console:list.general', { count: entry.general })}
        </span>
        <span class={isWaiting && entry.isOverdue ? 'overdue' : 'quiet'}>
          {stateTitle(entry.state, t)} · {timeOf(page, entry, isWaiting)}
        </span>
      </a>
    </li>
  )
}

function timeOf({ t, language }: PageView, { validUntil, reviewDueOn, isOverdue }: ListEntry, isWaiting: boolean) {
  if (validUntil !== null) return t('console:list.until', { on: fullDate(validUntil, language) })
  const on = longDate(reviewDueOn, language)
  return isWaiting && isOverdue ? t('console:list.overdue', { on }) : t('console:list.due', { on })
}
