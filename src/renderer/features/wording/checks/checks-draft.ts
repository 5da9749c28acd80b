import { OwnTerm, type WordingChecks } from '#domain/rules/wording-checks.ts'
import { FINDING_KINDS, type FindingKind, type WordingRule } from '#domain/wording/text/checks/rule.ts'
import { DEFAULT_RULES } from '#domain/wording/text/checks/shipped/default-rules.ts'
import { compileTerm } from '#domain/wording/text/checks/term-pattern.ts'

export const NO_CHANGES: WordingChecks = { off: [], terms: [] }

/** The shipped rules by what they find, in the order of the kinds. */
export const shippedByKind = (): { kind: FindingKind; rules: WordingRule[] }[] =>
  FINDING_KINDS.map((kind) => ({ kind, rules: DEFAULT_RULES.filter((rule) => rule.kind === kind) })).filter(({ rules }) => rules.length > 0)

/** Switches a shipped rule off for a reason, or changes the reason. */
export const withoutRule = (checks: WordingChecks, ruleId: string, reason: string): WordingChecks => ({
  ...checks,
  off: [...checks.off.filter((one) => one.ruleId !== ruleId), { ruleId, reason }],
})

/** Switches a shipped rule on again. */
export const withRule = (checks: WordingChecks, ruleId: string): WordingChecks => ({
  ...checks,
  off: checks.off.filter((one) => one.ruleId !== ruleId),
})

/** Adds a term at the end, or changes the one with its id at its place. */
export function withTerm(checks: WordingChecks, term: OwnTerm): WordingChecks {
  const known = checks.terms.some(({ id }) => id === term.id)
  return { ...checks, terms: known ? checks.terms.map((one) => (one.id === term.id ? term : one)) : [...checks.terms, term] }
}

export const withoutTerm = (checks: WordingChecks, id: string): WordingChecks => ({
  ...checks,
  terms: checks.terms.filter((one) => one.id !== id),
})

/** What is wrong with a term that is typed. */
export const TERM_FAULTS = ['termMissing', 'termUnreadable', 'termThere', 'messageMissing'] as const
export type TermFault = (typeof TERM_FAULTS)[number]

/** A term that is typed, ready to be kept; or what is wrong with it. `terms`: those of the team. */
export function readTerm(typed: OwnTerm, terms: readonly OwnTerm[]): { term: OwnTerm } | { fault: TermFault } {
  if (typed.term.trim() === '') return { fault: 'termMissing' }
  if (typed.message.trim() === '') return { fault: 'messageMissing' }
  const read = OwnTerm.safeParse(typed)
  if (!read.success || compileTerm(read.data.term) === null) return { fault: 'termUnreadable' }
  const { id, term, language } = read.data
  const there = terms.some((one) => one.id !== id && one.language === language && one.term === term)
  return there ? { fault: 'termThere' } : { term: read.data }
}
