import { Page, type PageView } from './page.tsx'

/** Says in plain words why there is nothing to see, and what to do. */
export const NoticePage = ({
  page,
  notice,
}: {
  readonly page: PageView
  readonly notice: 'forbidden' | 'notFound' | 'staleRegister'
}) => {
  const { t } = page
  const heading = t(`console:${notice}.heading`)
  return (
    <Page page={page} title={heading}>
      <h1>{heading}</h1>
      <p>{t(`console:${notice}.body`)}</p>
    </Page>
  )
}
