import type { DeskClaim } from '../../flows/review-desk/screens.ts'
import { fullDate } from '../replies/figures.ts'
import { Facts, Page, type PageView } from './page.tsx'

interface Props {
  readonly page: PageView
  readonly claim: DeskClaim
}

/** Somebody says that a registered enterprise is theirs: the licence they sent beside what is on record. */
export const ClaimPage = ({ page, claim }: Props) => {
  const { t, language } = page
  return (
    <Page page={page} title={t('console:claim.title')}>
      <a href="/console/applications">{t('console:detail.back')}</a>
      <h1>{t('console:claim.title')}</h1>
      <Facts
        facts={[
          [t('console:claim.name'), claim.name],
          [t('console:claim.askedOn'), fullDate(claim.askedOn, language)],
          [t('console:claim.enterprise'), claim.enterprise],
          [t('console:detail.uscc'), claim.uscc],
          [t('console:detail.contact'), `${claim.contactName} ${claim.contactPhone}`],
        ]}
      />
      <h2>{t('console:claim.licence')}</h2>
      {claim.evidenceId === null ? (
        <p>{t('console:claim.noLicence')}</p>
      ) : (
        <a href={`/console/photos/${claim.evidenceId}`}>
          <img class="licence" src={`/console/photos/${claim.evidenceId}`} alt={t('console:claim.licence')} />
        </a>
      )}
      <p>{t('console:claim.howTo')}</p>
    </Page>
  )
}
