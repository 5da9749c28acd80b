import type { DecisionContext } from '../define-entity.ts'
import { refuse, type Refusal } from '../log/refusal.ts'
import { RULES, RULES_ID } from '../rules/team-rules.ts'
import { findingsOf, type FieldFinding } from './content-checks.ts'
import { EMPTY_CONTENT } from './content.ts'
import type { WordingLanguage } from './wording.ts'

/**
 * Refuses words that reach agents or customers without an approval, if the checks of the team find something severe in them: nobody can
 * keep that with a reason where nobody reads it.
 * @param heeds leaves findings out
 * @returns null for words without such findings
 */
export function unapprovedWords(
  from: Pick<DecisionContext, 'read'>,
  language: WordingLanguage,
  words: string,
  heeds: (finding: FieldFinding) => boolean = () => true,
): Refusal | null {
  const checks = RULES.read(from, RULES_ID)?.state.rules.wordingChecks
  const found = findingsOf({ ...EMPTY_CONTENT, core: words }, language, {}, checks).find((one) => one.severity === 'block' && heeds(one))
  return found ? refuse('words-unapproved', { excerpt: found.excerpt, message: found.message[language] }) : null
}
