import type { Language } from '#contract/workspace-api.ts'

/** The language of the interface as calls take it. */
export function shownLanguage(language: string): Language {
  return language === 'en' ? 'en' : 'zh-Hans'
}
