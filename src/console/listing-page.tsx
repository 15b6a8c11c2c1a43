import { fullDate } from '../replies/figures.ts'
import { districtNamed, type House } from '../standardization/house.ts'
import { isInForce } from '../standardization/listing-of.ts'
import type { Application } from '../storage/applications.ts'
import { enterpriseOf } from '../storage/enterprises.ts'
import { Facts, Page, type PageView } from './page.tsx'

/** What the public may know of a listing, and no more. */
export interface PublicListing {
  readonly number: string
  readonly enterprise: string
  readonly district: string
  readonly announcedOn: string
  readonly validUntil: string
  readonly standing: 'valid' | 'revoked' | 'expired' | 'renewed'
  /** ISO date in China: the day this is said of. */
  readonly today: string
}

/** Undefined for what was never announced: to the public there is no such application. */
export async function listingView(
  house: House,
  application: Application,
  today: string,
): Promise<PublicListing | undefined> {
  const { number, announcedOn, validUntil, state } = application
  if (announcedOn === null || validUntil === null) return undefined
  const { name } = await enterpriseOf(house.database.db, application.enterpriseId)
  const ended = state === 'revoked' || state === 'renewed' ? state : 'expired'
  return {
    number,
    enterprise: name,
    district: districtNamed(house, application.district).title,
    announcedOn,
    validUntil,
    standing: isInForce(application, today) ? 'valid' : ended,
    today,
  }
}

interface Props {
  readonly page: PageView
  readonly number: string
  readonly view: PublicListing | undefined
}

export const ListingPage = ({ page, number, view }: Props) => {
  const { t, language } = page
  if (!view)
    return (
      <Page page={page} title={t('console:publicPage.title')}>
        <h1>{t('console:publicPage.notFound.heading')}</h1>
        <p>{t('console:publicPage.notFound.body', { number })}</p>
      </Page>
    )

  const day = (date: string) => fullDate(date, language)
  return (
    <Page page={page} title={t('console:publicPage.title')}>
      <p class="quiet">{t('console:publicPage.title')}</p>
      <h1>{view.enterprise}</h1>
      <p class={`standing ${view.standing}`}>
        {t(`console:publicPage.${view.standing}`)}{' '}
        <span class="quiet">{t('console:publicPage.asOf', { on: day(view.today) })}</span>
      </p>
      <Facts
        facts={[
          [t('console:publicPage.grade'), t('console:publicPage.gradeValue')],
          [t('console:publicPage.district'), view.district],
          [t('console:publicPage.announcedOn'), day(view.announcedOn)],
          [t('console:publicPage.validUntil'), day(view.validUntil)],
          [t('console:publicPage.number'), view.number],
        ]}
      />
    </Page>
  )
}
