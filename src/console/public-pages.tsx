import { Router } from 'express'
import { renderToString } from 'preact-render-to-string'
import { isLanguage, translators } from '../i18n/translator.ts'
import { Page } from './page.tsx'

/**
 * What everybody may read: how we treat what owners tell us. `?language=` chooses zh-CN, en or zh-HK.
 * @param asksModel a language model is asked, and that is told too
 */
export function publicPages({ asksModel }: { readonly asksModel: boolean }): Router {
  const router = Router()
  router.get('/privacy', (request, response) => {
    const asked = String(request.query.language ?? '')
    const language = isLanguage(asked) ? asked : 'zh-CN'
    const t = translators[language]
    response.set('Content-Security-Policy', "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
    response.send(
      `<!doctype html>${renderToString(
        <Page page={{ t, language }} title={t('privacy.title')}>
          <h1>{t('privacy.title')}</h1>
          {[...t('privacy.paragraphs').split('\n'), ...(asksModel ? [t('privacy.languageModel')] : [])].map(
            (paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ),
          )}
        </Page>,
      )}`,
    )
  })
  return router
}
