import { readFileSync } from 'node:fs'
import { createInstance, type TFunction } from 'i18next'
import { type Language, languages } from '../../flows/words/lexicon.ts'

export { type Language, languages }

/**
 * `bot` is the owner's conversation, `notices` what comes unasked, `hazards` the register and its reminders, `desk` the
 * regulator's chat, `console` the web pages.
 */
const namespaces = ['bot', 'notices', 'hazards', 'desk', 'console'] as const

export type Translator = TFunction<typeof namespaces>

/**
 * Words in a language; a phrase that the language lacks comes in zh-CN.
 * @throws Error that names the file when a locale is missing or is not JSON: nobody starts half able to speak
 */
export const translators: Readonly<Record<Language, Translator>> = await loadTranslators()

async function loadTranslators() {
  const i18n = createInstance()
  await i18n.init({
    lng: languages[0],
    fallbackLng: languages[0],
    ns: [...namespaces],
    defaultNS: 'bot',
    resources: Object.fromEntries(
      languages.map((language) => [
        language,
        Object.fromEntries(namespaces.map((ns) => [ns, readLocale(language, ns)])),
      ]),
    ),
    // Chats are plain text, and the pages escape by themselves.
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  return {
    'zh-CN': i18n.getFixedT('zh-CN', [...namespaces]),
    en: i18n.getFixedT('en', [...namespaces]),
    'zh-HK': i18n.getFixedT('zh-HK', [...namespaces]),
  } as Record<Language, Translator>
}

function readLocale(language: Language, namespace: string): Record<string, unknown> {
  const file = new URL(`../../locales/${language}/${namespace}.json`, import.meta.url)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  } catch (cause) {
    throw new Error(`locales/${language}/${namespace}.json cannot be read: ${String(cause)}`, { cause })
  }
}

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text)

/** The language of a stored code; the first of ours for someone who never spoke. */
export const spokenLanguage = (stored = ''): Language => (isLanguage(stored) ? stored : languages[0])
