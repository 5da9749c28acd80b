import type { OwnTerm, WordingChecks } from '../rules/wording-checks.ts'
import { fieldsOf, type ContentField, type WordingContent } from './content.ts'
import { checkText } from './text/checks/check-text.ts'
import { prepareOthers, type PreparedOthers } from './text/checks/contradictions.ts'
import type { Finding } from './text/checks/finding.ts'
import { prepareRules, type PreparedRules } from './text/checks/prepare-rules.ts'
import type { WordingRule } from './text/checks/rule.ts'
import { DEFAULT_RULES } from './text/checks/shipped/default-rules.ts'
import { variableNames } from './text/variables.ts'
import type { Overruled, RevisionState, VariableValues, WordingLanguage } from './wording.ts'

/** A finding with the address of its field. */
export type FieldFinding = Finding & { at: string }

const NO_CHANGES: WordingChecks = { off: [], terms: [] }

/** The rule of a term of the team. */
function termRule({ id, language, term, kind, severity, message, suggestion }: OwnTerm): WordingRule {
  return {
    id: `team-${id}`,
    check: 'terms',
    kind,
    severity,
    on: true,
    locales: [language],
    audience: 'all',
    terms: [term],
    exceptions: [],
    message: { 'zh-Hans': message, en: message },
    suggestion: { 'zh-Hans': suggestion, en: suggestion },
    source: { 'zh-Hans': '团队规则', en: 'team rule' },
  }
}

/** The rules in force: the shipped ones that are on, and the team's own terms. */
function rulesWith({ off, terms }: WordingChecks): WordingRule[] {
  const isOff = new Set(off.map(({ ruleId }) => ruleId))
  return [...DEFAULT_RULES.filter(({ id }) => !isOff.has(id)), ...terms.map(termRule)]
}

const prepared = new Map<WordingLanguage, { of: string; rules: PreparedRules }>()

/** The rules of a language, prepared when they are first needed or have changed. */
function rulesFor(language: WordingLanguage, checks: WordingChecks): PreparedRules {
  const of = JSON.stringify(checks)
  const known = prepared.get(language)
  if (known?.of === of) return known.rules
  const rules = prepareRules(rulesWith(checks), language)
  prepared.set(language, { of, rules })
  return rules
}

/** The fields that hold the team's own words. What customers say, and instructions to agents, are not said by the team. */
function saidFields(content: WordingContent): ContentField[] {
  const steps = new Set(content.blocks.flatMap(({ id, kind }) => (kind === 'step' ? [`blocks.${id}.text`] : [])))
  return fieldsOf(content).filter(({ at }) => !steps.has(at) && !/^objections\..*\.ask$/.test(at))
}

/**
 * Checks every field of a content that the team says; texts for older people also by the rules for these.
 * @param checks the team's changes of the rules
 * @param others the other texts in use, which it must not contradict
 */
export function findingsOf(
  content: WordingContent,
  language: WordingLanguage,
  values: VariableValues,
  checks: WordingChecks = NO_CHANGES,
  others: PreparedOthers = [],
): FieldFinding[] {
  const fields = saidFields(content)
  const names = [...new Set([...Object.keys(values), ...fields.flatMap(({ text }) => variableNames(text))])]
  const silver = new Set(content.variants.flatMap(({ id, audience }) => (audience === 'silver' ? [`variants.${id}.text`] : [])))
  const check = (own: readonly ContentField[], audience: 'all' | 'silver') =>
    checkText({ text: own.map(({ text }) => text), rules: rulesFor(language, checks), audience, variables: { names }, others }).map(
      (finding) => ({
        ...finding,
        at: own[finding.block]?.at ?? '',
      }),
    )
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
  checks: WordingChecks = NO_CHANGES,
): FieldFinding[] {
  return findingsOf(content, language, {}, checks).filter((finding) => finding.severity === 'block' && !isOverruled(overruled, finding))
}
