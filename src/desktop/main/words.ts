import type { Language } from '#contract/workspace-api.ts'
import english from '../../../resources/locales/en/desktop.json' with { type: 'json' }
import chinese from '../../../resources/locales/zh-Hans/desktop.json' with { type: 'json' }

/** What the shell itself says: menu, tray, dialogs. */
export type Words = typeof chinese

// The annotation makes a word that only one language has an error of compilation.
const WORDS: Record<Language, Words> = { 'zh-Hans': chinese, en: english satisfies Words }

/** The shell's words in a language. */
export function wordsIn(language: Language): Words {
  return WORDS[language]
}

/** The language before the page has told its user's: Chinese where the system speaks Chinese or does not say. */
export function languageOfSystem(locale: string): Language {
  return locale === '' || /^(zh|c$|posix)/i.test(locale) ? 'zh-Hans' : 'en'
}
