import { checkText, type CheckInput } from '#domain/wording/text/checks/check-text.ts'
import type { Finding } from '#domain/wording/text/checks/finding.ts'
import { prepareRules } from '#domain/wording/text/checks/prepare-rules.ts'
import type { WordingRule } from '#domain/wording/text/checks/rule.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'

export const CHINESE = prepareRules(DEFAULT_RULES, 'zh-Hans')
export const ENGLISH = prepareRules(DEFAULT_RULES, 'en')

/** Findings by the shipped rules for Chinese texts. */
export function checkChinese(text: CheckInput['text'], more: Partial<CheckInput> = {}): Finding[] {
  return checkText({ text, rules: CHINESE, ...more })
}

export function checkEnglish(text: CheckInput['text'], more: Partial<CheckInput> = {}): Finding[] {
  return checkText({ text, rules: ENGLISH, ...more })
}

/** `rule: text found` of each finding. */
export function found(findings: readonly Finding[]): string[] {
  return findings.map(({ ruleId, excerpt }) => `${ruleId}: ${excerpt}`)
}

/** A rule on terms, as a team may write it. */
export function teamRule(terms: string[], more: Partial<Extract<WordingRule, { check: 'terms' }>> = {}): WordingRule {
  const words = { 'zh-Hans': '不要说「{term}」', en: 'Do not say “{term}”' }
  return {
    id: 'team-rule',
    kind: 'promise',
    severity: 'warn',
    check: 'terms',
    on: true,
    locales: ['zh-Hans', 'en'],
    audience: 'all',
    terms,
    exceptions: [],
    message: words,
    suggestion: words,
    source: { 'zh-Hans': '内部规定', en: 'Own rule' },
    ...more,
  }
}
