import type { WordingLocale, WordingRule } from './rule.ts'
import { compileTerm, type TermPattern } from './term-pattern.ts'
import { indexTerms, type TermIndex } from './term-search.ts'

/** Rules compiled for texts in one language. */
export type PreparedRules = {
  locale: WordingLocale
  /** The rules that are on for the language. */
  rules: readonly WordingRule[]
  /** All terms and exceptions. The owner of a term is twice the index of its rule, that of an exception one more. */
  terms: TermIndex
}

/** Compiles the rules that are on for a language. Do this once, not at every change of a text. */
export function prepareRules(rules: readonly WordingRule[], locale: WordingLocale): PreparedRules {
  const active = rules.filter(({ on, locales }) => on && locales.includes(locale))
  const patterns: { owner: number; pattern: TermPattern }[] = []
  const add = (terms: readonly string[], owner: number) => {
    for (const term of terms) for (const pattern of compileTerm(term) ?? []) patterns.push({ owner, pattern })
  }
  for (const [index, rule] of active.entries()) {
    if (rule.check !== 'terms') continue
    add(rule.terms, index * 2)
    add(rule.exceptions, index * 2 + 1)
  }
  return { locale, rules: active, terms: indexTerms(patterns) }
}
