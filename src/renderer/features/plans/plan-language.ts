import { planWords, type PlanWords } from '#domain/plans/plan.ts'
import { useTranslation } from 'react-i18next'

export type PlanLanguage = 'zh-Hans' | 'en'

/** The language that is shown, as plans name it, and the words of a plan in it. */
export function usePlanWords(): { language: PlanLanguage; words: (words: PlanWords) => string } {
  const { i18n } = useTranslation('plans')
  const language = i18n.language === 'en' ? 'en' : 'zh-Hans'
  return { language, words: (words) => planWords(words, language) }
}

/**
 * What stands in a plan after its words were edited in one language. Edited words hold for every language: a translation that
 * says something else than the original would be worse than none.
 */
export function editWords(before: PlanWords | undefined, text: string, language: PlanLanguage): PlanWords {
  return before !== undefined && planWords(before, language) === text ? before : text
}
