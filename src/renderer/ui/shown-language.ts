import type { Language } from '#contract/workspace-api.ts'

/** The interface language in the form that calls take. */
export function shownLanguage(language: string): Language {
  return language === 'en' ? 'en' : 'zh-Hans'
}
