import { Page, type PageView } from './page.tsx'

interface Props {
  readonly page: PageView
  readonly code: string
  /** Why the code is good for nothing. */
  readonly refused: 'used' | 'expired' | 'forged' | undefined
}

/** A code to be typed in the chat, large enough to be read across a table; or why it does not work, and what to do. */
export const InvitationPage = ({ page, code, refused }: Props) => {
  const { t } = page
  const heading = t(refused ? 'console:invitation.refused.heading' : 'console:invitation.heading')
  return (
    <Page page={page} title={heading}>
      <h1>{heading}</h1>
      {refused ? (
        <p>{t(`console:invitation.refused.${refused}`)}</p>
      ) : (
        <>
          <p class="code">{`${code.slice(0, HALF)} ${code.slice(HALF)}`}</p>
          <p>{t('console:invitation.howTo')}</p>
          <p class="quiet">{t('console:invitation.once')}</p>
        </>
      )}
    </Page>
  )
}

/** Letters, then digits. */
const HALF = 4
