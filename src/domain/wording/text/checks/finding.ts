import type { FindingKind, Severity, WordingLocale, WordingRule } from './rule.ts'

/** A place in another message. Offsets are UTF-16 in its block. */
export type OtherPlace = { messageId: string; title: string; block: number; start: number; end: number; excerpt: string }

/** What a rule found in a text. Offsets are UTF-16 in the block: [start, end). */
export type Finding = {
  ruleId: string
  kind: FindingKind
  severity: Severity
  block: number
  start: number
  end: number
  /** The text at the place, shortened; masked if it is personal. */
  excerpt: string
  message: WordingRule['message']
  /** Values for the placeholders of the message. */
  params: Readonly<Record<string, string | number>>
  suggestion: WordingRule['suggestion']
  source: WordingRule['source']
  /** The place that a contradiction is with. */
  other?: OtherPlace
}

/** Maximum number of findings of one check. The most severe are kept. */
export const MOST_FINDINGS = 500
const LONGEST_EXCERPT = 80

/** The text of a place, at most 80 characters of it. */
export function excerptOf(text: string, start: number, end: number): string {
  const excerpt = end - start > LONGEST_EXCERPT ? `${text.slice(start, start + LONGEST_EXCERPT - 1)}…` : text.slice(start, end)
  return excerpt.toWellFormed()
}

/** The message of a finding in a language, with its parameters; one that is not given stays as it is written. */
export function findingMessage({ message, params }: Pick<Finding, 'message' | 'params'>, language: WordingLocale): string {
  return message[language].replaceAll(/\{(\w+)\}/gu, (written, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : written,
  )
}

const RANK: Readonly<Record<Severity, number>> = { block: 0, warn: 1, hint: 2 }

function byPlace(a: Finding, b: Finding): number {
  return (
    a.block - b.block ||
    a.start - b.start ||
    RANK[a.severity] - RANK[b.severity] ||
    b.end - a.end ||
    (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0)
  )
}

/** A finding and the group in which only one of those that overlap is kept. */
export type GroupedFinding = { finding: Finding; group: string }

function isBetter(one: Finding, other: Finding): boolean {
  return RANK[one.severity] < RANK[other.severity] || (one.severity === other.severity && one.end - one.start > other.end - other.start)
}

/**
 * Sorts findings by their place and keeps one of those that overlap and are of the same group: the most severe, then the
 * longest.
 */
export function orderFindings(findings: readonly GroupedFinding[]): Finding[] {
  const kept: (Finding | null)[] = []
  const last = new Map<string, { finding: Finding; at: number }>()
  for (const { finding, group } of findings.toSorted((a, b) => byPlace(a.finding, b.finding))) {
    const key = `${finding.block}:${group}`
    const before = last.get(key)
    if (before !== undefined && before.finding.end > finding.start) {
      if (!isBetter(finding, before.finding)) continue
      kept[before.at] = null
    }
    last.set(key, { finding, at: kept.length })
    kept.push(finding)
  }
  const all = kept.filter((finding) => finding !== null)
  if (all.length <= MOST_FINDINGS) return all
  return all
    .toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
    .slice(0, MOST_FINDINGS)
    .toSorted(byPlace)
}
