import type { Language } from '#contract/workspace-api.ts'
import i18next, { type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'

const LOADERS: Record<Language, () => Promise<{ words: ResourceLanguage }>> = {
  'zh-Hans': () => import('./zh-hans.ts'),
  en: () => import('./en.ts'),
}

/** The default language: Chinese if any browser language is Chinese or none is known, else English. */
export function guessLanguage(languages: readonly string[]): Language {
  const first = languages.find((tag) => /^(zh|en)\b/i.test(tag))
  return first?.toLowerCase().startsWith('en') ? 'en' : 'zh-Hans'
}

/** Loads a language's translations if needed and switches the interface to it. */
export async function showLanguage(language: Language): Promise<void> {
  const { words } = await LOADERS[language]()
  if (i18next.isInitialized) {
    for (const [namespace, entries] of Object.entries(words)) i18next.addResourceBundle(language, namespace, entries)
    await i18next.changeLanguage(language)
  } else {
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      resources: { [language]: words },
      ns: Object.keys(words),
      defaultNS: 'frame',
      interpolation: { escapeValue: false },
    })
  }
  document.documentElement.lang = language
  void window.stormroom?.setLanguage(language)
}
