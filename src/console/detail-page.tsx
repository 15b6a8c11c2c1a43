import { chinaDateOf } from '../calendar/dates.ts'
import { fullDate, longDate } from '../replies/figures.ts'
import { stateTitle } from '../replies/state-title.ts'
import type { LifeCycleStep, ReviewFinding } from '../storage/applications.ts'
import type { ContactChange } from '../storage/contact-changes.ts'
import type { Evidence } from '../storage/evidence.ts'
import type { Objection } from '../storage/objections.ts'
import type { ApplicationView, HazardRow, LedgerRow, RegisterRow } from './application-view.ts'
import { Facts, Page, type PageView } from './page.tsx'

interface Props {
  readonly page: PageView
  readonly view: ApplicationView
}

export const DetailPage = ({ page, view }: Props) => {
  const { t } = page
  const { enterprise, application } = view
  return (
    <Page page={page} title={enterprise.name}>
      <a href="/console/applications">{t('console:detail.back')}</a>
      <h1>{enterprise.name}</h1>
      <p class="state">{stateTitle(application.state, t)}</p>
      <Facts facts={enterpriseFacts(page, view)} />
      <Hazards page={page} hazards={view.hazards} />
      <Register page={page} register={view.register} />
      <Objections page={page} objections={view.objections} />
      <Findings page={page} findings={view.findings} />
      <Ledger page={page} view={view} />
      <ContactChanges page={page} changes={view.contactChanges} />
      <History page={page} steps={view.steps} />
    </Page>
  )
}

function enterpriseFacts({ t, language }: PageView, view: ApplicationView) {
  const { application, context, enterprise, district, industry, facts } = view
  const day = (date: string) => fullDate(date, language)
  const { commitment } = application
  const signed = t(`console:detail.signed.${commitment.role ?? 'contact'}`, {
    name: commitment.name,
    on: day(chinaDateOf(new Date(commitment.signedAt))),
  })
  const optional = (name: string, value: string | null) => (value === null ? [] : [[name, value] as const])
  return [
    [t('console:detail.number'), application.number],
    [t('console:detail.uscc'), enterprise.uscc],
    [t('console:detail.district'), district],
    [t('console:detail.industry'), industry],
    [t('console:detail.headcount'), String(enterprise.headcount)],
    [t('console:detail.contact'), `${enterprise.contactName} ${enterprise.contactPhone}`],
    ...optional(t('console:detail.closedOn'), view.closedAt ? day(chinaDateOf(view.closedAt)) : null),
    [t('console:detail.facts'), facts.join(t('console:comma')) || t('console:detail.noFacts')],
    [t('console:detail.filedOn'), day(chinaDateOf(application.filedAt))],
    [t('console:detail.reviewDueOn'), day(application.reviewDueOn)],
    ...optional(t('console:detail.validUntil'), application.validUntil && day(application.validUntil)),
    ...optional(t('console:detail.verificationOn'), context.verificationOn && day(context.verificationOn)),
    ...optional(t('console:detail.reason'), context.reason),
    [t('console:detail.commitment'), signed],
    [t('console:detail.policy'), t('console:detail.policyStatus', view.policy)],
  ] as const
}

const Hazards = ({ page, hazards }: { readonly page: PageView; readonly hazards: readonly HazardRow[] }) => {
  const { t, language } = page
  return (
    <section>
      <h2>{t('console:detail.hazards')}</h2>
      {hazards.length === 0 && <p>{t('console:detail.noHazards')}</p>}
      <ul class="rows">
        {hazards.map((hazard) => (
          <li key={hazard.id} class={hazard.grade === 'major' ? 'danger' : ''}>
            <b>{t(`console:detail.${hazard.grade}`)}</b> {hazard.title}
            <p>
              {hazard.dueOn === null
                ? t('console:detail.rectified')
                : t('console:detail.dueOn', { on: longDate(hazard.dueOn, language) })}
              {' · '}
              {t('console:detail.numbers', { numbers: hazard.numbers.join(t('console:comma')) })}
            </p>
            <p class="quiet">{t('console:detail.clause', { title: hazard.document, clause: hazard.clause.clause })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Register = ({ page, register }: { readonly page: PageView; readonly register: readonly RegisterRow[] }) => {
  const { t } = page
  return (
    <section>
      <h2>{t('console:detail.register')}</h2>
      {register.length === 0 && <p>{t('console:detail.emptyRegister')}</p>}
      <ol class="rows">
        {register.map((row) => (
          <li key={row.number} value={row.number} class={row.isMajor ? 'danger' : ''}>
            <b>{row.grade}</b> {row.what}
            <p>
              {row.state} · {row.left}
            </p>
            <p class="quiet">{t('console:detail.rectification', { measure: row.measure, person: row.person })}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Findings = ({ page, findings }: { readonly page: PageView; readonly findings: readonly ReviewFinding[] }) => {
  const { t, language } = page
  if (findings.length === 0) return null
  return (
    <section>
      <h2>{t('console:detail.findings')}</h2>
      <ul class="rows">
        {findings.map((finding) => (
          <li key={`${finding.round}-${finding.number}`}>
            {t('console:detail.finding', { number: finding.number, reason: finding.reason })}
            <p class="quiet">
              {t('console:detail.round', { round: finding.round })}
              {' · '}
              {t('console:detail.by', {
                who: finding.regulator,
                on: longDate(chinaDateOf(finding.writtenAt), language),
              })}
              {' · '}
              {finding.resolvedAt === null ? t('console:detail.open') : t('console:detail.resolved')}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Objections = ({ page, objections }: { readonly page: PageView; readonly objections: readonly Objection[] }) => {
  const { t, language } = page
  if (objections.length === 0) return null
  return (
    <section>
      <h2>{t('console:detail.objections')}</h2>
      <ul class="rows">
        {objections.map(({ text, at }) => (
          <li key={at.toISOString()}>
            {text}
            <p class="quiet">{t('console:detail.objectionBy', { on: longDate(chinaDateOf(at), language) })}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Ledger = ({ page, view }: Props) => {
  const { t } = page
  const { score } = view.application
  const sum = (weights: readonly number[]) => weights.reduce((total, weight) => total + weight, 0)
  const earned = sum(view.ledger.map(({ earnedWeight }) => earnedWeight))
  const applicable = sum(view.ledger.map(({ applicableWeight }) => applicableWeight))
  const confirmed = view.ledger.filter((line) => line.confirmed !== null).length
  return (
    <section>
      <h2>{t('console:detail.score')}</h2>
      <p>
        {score === null
          ? t('console:detail.noScore')
          : t('console:detail.scoreLine', { points: score, earned, applicable })}
      </p>
      <h2>{t('console:detail.ledger')}</h2>
      {confirmed > 0 && <p>{t('console:detail.confirmedCount', { count: confirmed })}</p>}
      <ol class="rows">
        {view.ledger.map((line) => (
          <Line key={line.number} page={page} line={line} />
        ))}
      </ol>
    </section>
  )
}

const Line = ({ page, line }: { readonly page: PageView; readonly line: LedgerRow }) => {
  const { t, language } = page
  const { confirmed } = line
  return (
    <li value={line.number} class={`mark-${line.mark}`}>
      {line.question}
      <p>
        <b>{t(`console:mark.${line.mark}`)}</b>
        {' · '}
        {t('console:detail.weight')}{' '}
        {t('console:detail.weightLine', { earned: line.earnedWeight, applicable: line.applicableWeight })}
      </p>
      {line.answeredBy !== null && <p class="quiet">{t('console:detail.answeredBy', { name: line.answeredBy })}</p>}
      {confirmed !== null && (
        <p class="quiet">{t('console:detail.confirmed', { ...confirmed, on: fullDate(confirmed.on, language) })}</p>
      )}
      {line.why !== null && <p class="quiet">{t('console:detail.excusedBy', { why: line.why })}</p>}
      {line.photos.length > 0 && (
        <div class="photos">
          {line.photos.map((photo) => (
            <Photo key={photo.id} page={page} photo={photo} number={line.number} />
          ))}
        </div>
      )}
    </li>
  )
}

interface PhotoProps {
  readonly page: PageView
  readonly photo: Evidence
  readonly number: number
}

const Photo = ({ page, photo, number }: PhotoProps) => {
  const { t } = page
  const { state } = photo.picture
  if (state === 'fetching') return <span class="quiet">{t('console:detail.photoFetching')}</span>
  if (state === 'lost') return <span class="quiet">{t('console:detail.photoLost')}</span>
  const address = `/console/photos/${photo.id}`
  return (
    <a href={address}>
      <img src={`${address}/thumbnail`} alt={t('console:detail.photo', { number })} loading="lazy" />
      {photo.rectifies && <small>{t('console:detail.photoRectifies')}</small>}
    </a>
  )
}

const ContactChanges = ({ page, changes }: { readonly page: PageView; readonly changes: readonly ContactChange[] }) => {
  const { t, language } = page
  if (changes.length === 0) return null
  return (
    <section>
      <h2>{t('console:detail.contactChanges')}</h2>
      <ul class="rows">
        {changes.map(({ fromName, toName, at }) => (
          <li key={at.toISOString()}>
            {t('console:detail.contactChange', { from: fromName, to: toName })}
            <p class="quiet">{fullDate(chinaDateOf(at), language)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const History = ({ page, steps }: { readonly page: PageView; readonly steps: readonly LifeCycleStep[] }) => {
  const { t, language } = page
  const day = (moment: Date) => fullDate(chinaDateOf(moment), language)
  return (
    <section>
      <h2>{t('console:detail.history')}</h2>
      <ol class="history">
        {steps.map((step, index) => (
          <li key={String(index)}>
            {day(step.happenedAt)} {eventTitle(step.event, page)}{' '}
            <span class="quiet">{actorTitle(step.actor, page)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const events = [
  'application.filed',
  'application.returned',
  'application.amended',
  'application.rejected',
  'application.withdrawn',
  'application.approved',
  'review.begun',
  'review.lapsed',
  'amendment.lapsed',
  'publicity.ended',
  'verification.opened',
  'verification.lapsed',
  'verification.completed',
  'listing.revoked',
  'listing.renewed',
  'listing.expired',
] as const

function eventTitle(event: string, { t }: PageView): string {
  const known = events.find((each) => each === event)
  return known ? t(`console:event.${known}`) : event
}

function actorTitle(actor: string, { t }: PageView): string {
  if (actor.startsWith('owner:')) return t('console:actor.owner')
  if (actor === 'clock') return t('console:actor.clock')
  return t('console:actor.regulator', { userId: actor.replace(/^regulator:/, '') })
}
