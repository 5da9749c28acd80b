import { planWords, type PlanWords } from '#domain/plans/plan.ts'
import { useTranslation } from 'react-i18next'

export type PlanLanguage = 'zh-Hans' | 'en'

/** The current language as plans name it, and a function that selects a plan's text in it. */
export function usePlanWords(): { language: PlanLanguage; words: (words: PlanWords) => string } {
  const { i18n } = useTranslation('plans')
  const language = i18n.language === 'en' ? 'en' : 'zh-Hans'
  return { language, words: (words) => planWords(words, language) }
}

/**
 * The text of a plan after an edit in one language. The edited text replaces all languages, because an outdated translation would be
 * misleading.
 */
export function editWords(before: PlanWords | undefined, text: string, language: PlanLanguage): PlanWords {
  return before !== undefined && planWords(before, language) === text ? before : text
}
