import { fieldsOf, type ContentField, type WordingContent } from './content.ts'
import { checkText } from './text/checks/check-text.ts'
import { prepareOthers, type PreparedOthers } from './text/checks/contradictions.ts'
import type { Finding } from './text/checks/finding.ts'
import { prepareRules, type PreparedRules } from './text/checks/prepare-rules.ts'
import { DEFAULT_RULES } from './text/checks/shipped/default-rules.ts'
import { variableNames } from './text/variables.ts'
import type { Overruled, RevisionState, VariableValues, WordingLanguage } from './wording.ts'

/** A finding with the address of its field. */
export type FieldFinding = Finding & { at: string }

const prepared = new Map<WordingLanguage, PreparedRules>()

/** The rules of a language, prepared when they are first needed. */
function rulesFor(language: WordingLanguage): PreparedRules {
  const rules = prepared.get(language) ?? prepareRules(DEFAULT_RULES, language)
  prepared.set(language, rules)
  return rules
}

/** The fields that hold the team's own words. What customers say, and instructions to agents, are not said by the team. */
function saidFields(content: WordingContent): ContentField[] {
  const steps = new Set(content.blocks.flatMap(({ id, kind }) => (kind === 'step' ? [`blocks.${id}.text`] : [])))
  return fieldsOf(content).filter(({ at }) => !steps.has(at) && !/^objections\..*\.ask$/.test(at))
}

/**
 * Checks every field of a content that the team says; texts for older people also by the rules for these.
 * @param others the other texts in use, which it must not contradict
 */
export function findingsOf(
  content: WordingContent,
  language: WordingLanguage,
  values: VariableValues,
  others: PreparedOthers = [],
): FieldFinding[] {
  const fields = saidFields(content)
  const names = [...new Set([...Object.keys(values), ...fields.flatMap(({ text }) => variableNames(text))])]
  const silver = new Set(content.variants.flatMap(({ id, audience }) => (audience === 'silver' ? [`variants.${id}.text`] : [])))
  const check = (own: readonly ContentField[], audience: 'all' | 'silver') =>
    checkText({ text: own.map(({ text }) => text), rules: rulesFor(language), audience, variables: { names }, others }).map((finding) => ({
      ...finding,
      at: own[finding.block]?.at ?? '',
    }))
  return [
    ...check(
      fields.filter(({ at }) => !silver.has(at)),
      'all',
    ),
    ...check(
      fields.filter(({ at }) => silver.has(at)),
      'silver',
    ),
  ]
}

/** Other texts, prepared for {@link findingsOf}. */
export const othersOf = (texts: readonly { id: string; content: WordingContent }[]): PreparedOthers =>
  prepareOthers(texts.map(({ id, content }) => ({ id, title: content.title, blocks: saidFields(content).map(({ text }) => text) })))

/** Whether an author has given a reason for keeping what was found. */
const isOverruled = (overruled: readonly Overruled[], { ruleId, excerpt }: Finding): boolean =>
  overruled.some((one) => one.ruleId === ruleId && one.excerpt === excerpt)

/** The findings that keep a text from being submitted for approval: severe ones without a reason. */
export function openFindings(
  { content, overruled }: Pick<RevisionState, 'content' | 'overruled'>,
  language: WordingLanguage,
): FieldFinding[] {
  return findingsOf(content, language, {}).filter((finding) => finding.severity === 'block' && !isOverruled(overruled, finding))
}
