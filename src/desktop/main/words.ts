import type { Language } from '#contract/workspace-api.ts'
import english from '../../../resources/locales/en/desktop.json' with { type: 'json' }
import chinese from '../../../resources/locales/zh-Hans/desktop.json' with { type: 'json' }

/** The shell's own texts: menu, tray, dialogs. */
export type Words = typeof chinese

// The annotation makes a text that only one language has a compile error.
const WORDS: Record<Language, Words> = { 'zh-Hans': chinese, en: english satisfies Words }

/** The shell's texts in a language. */
export function wordsIn(language: Language): Words {
  return WORDS[language]
}

/** The language until the page reports its user's: Chinese if the system language is Chinese or unknown. */
export function languageOfSystem(locale: string): Language {
  return locale === '' || /^(zh|c$|posix)/i.test(locale) ? 'zh-Hans' : 'en'
}
