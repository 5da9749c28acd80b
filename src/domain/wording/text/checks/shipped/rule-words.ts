import type { WordingLocale, WordingRule } from '../rule.ts'

type TermsRule = Extract<WordingRule, { check: 'terms' }>
type Given = Pick<TermsRule, 'id' | 'kind' | 'severity' | 'terms' | 'message' | 'suggestion' | 'source'> &
  Partial<Pick<TermsRule, 'exceptions' | 'onlyUndated' | 'audience'>>

/** Words of a shipped rule: Chinese first, then English. */
export function both(zh: string, en: string): WordingRule['message'] {
  return { 'zh-Hans': zh, en }
}

/** A shipped rule on terms, for texts in one language. */
export function termsRule(locale: WordingLocale, given: Given): TermsRule {
  return { check: 'terms', on: true, locales: [locale], audience: 'all', exceptions: [], ...given }
}

/** Terms written in one line, separated by blanks. `_` is a blank inside a term. */
export function terms(words: string): string[] {
  return words.split(/\s+/u).flatMap((word) => (word === '' ? [] : [word.replaceAll('_', ' ')]))
}
