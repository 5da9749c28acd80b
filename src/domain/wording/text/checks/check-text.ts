import { unseenPlaces } from '../clean-pasted-text.ts'
import { KNOWN_VARIABLES } from '../variables.ts'
import { blockText, type BlockText, type Spot } from './block-text.ts'
import { contradictions, type PreparedOthers } from './contradictions.ts'
import { excerptOf, MOST_FINDINGS, orderFindings, type Finding, type GroupedFinding } from './finding.ts'
import type { PreparedRules } from './prepare-rules.ts'
import { readText } from './reading.ts'
import type { WordingAudience, WordingLocale, WordingRule } from './rule.ts'
import { longSentences, nestedSentences, repeatedOpenings } from './sentence-checks.ts'
import { searchTerms } from './term-search.ts'
import { personalData, variableProblems, type VariableChoice } from './value-checks.ts'

export type CheckInput = {
  /** The text: whole, or its blocks such as paragraphs. Offsets of findings are within a block. */
  text: string | readonly string[]
  rules: PreparedRules
  /** Whom the text is for; everybody unless given. */
  audience?: WordingAudience
  /** The variables of the team, without values while these are not known; the known variables unless given. */
  variables?: VariableChoice
  /** The other live messages of the incident. */
  others?: PreparedOthers
}

/** The places of exceptions of one rule, for the question whether one covers a match. */
type Cover = { starts: number[]; farthest: number[] }

function coverOf(places: readonly { from: number; to: number }[]): Cover {
  const starts: number[] = []
  const farthest: number[] = []
  for (const { from, to } of places.toSorted((a, b) => a.from - b.from)) {
    starts.push(from)
    farthest.push(Math.max(to, farthest.at(-1) ?? 0))
  }
  return { starts, farthest }
}

function covers({ starts, farthest }: Cover, from: number, to: number): boolean {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= from) low = middle + 1
    else high = middle
  }
  return low > 0 && (farthest[low - 1] ?? 0) >= to
}

/** The terms of a block, by the index of their rule, without those in an exception. */
function termSpots({ text, isDated }: BlockText, { terms, rules }: PreparedRules): Map<number, Spot[]> {
  const reading = readText(text)
  const byOwner = Map.groupBy(searchTerms(terms, reading), ({ owner }) => owner)
  const spots = new Map<number, Spot[]>()
  for (const [index, rule] of rules.entries()) {
    const matches = byOwner.get(index * 2) ?? []
    if (rule.check !== 'terms' || matches.length === 0) continue
    const cover = coverOf(byOwner.get(index * 2 + 1) ?? [])
    const left = matches.flatMap(({ from, to }): Spot[] => {
      if (covers(cover, from, to)) return []
      const start = reading.from[from] ?? 0
      const end = reading.to[to - 1] ?? start
      if (rule.onlyUndated === true && isDated(start)) return []
      return [{ start, end, params: { term: excerptOf(text, start, end) } }]
    })
    spots.set(index, left)
  }
  return spots
}

/** The name of a character that cannot be shown. */
const codeOf = (text: string, at: number) => `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** What a rule other than one on terms finds in one block. */
function blockSpots(rule: WordingRule, block: BlockText, locale: WordingLocale, variables: VariableChoice): Spot[] {
  switch (rule.check) {
    case 'personal':
      return personalData(block, rule.forms, variables)
    case 'variables':
      return variableProblems(block, variables)
    case 'unseen':
      return unseenPlaces(block.text).map(({ start, end }) => ({ start, end, masked: codeOf(block.text, start) }))
    case 'sentence-length':
      return longSentences(block, locale, rule.most)
    case 'nesting':
      return nestedSentences(block, rule.mostClauses, rule.mostOf)
    case 'terms':
    case 'openings':
    case 'contradictions':
      return []
  }
}

/** What a rule finds that looks at all blocks together. */
function textSpots(rule: WordingRule, blocks: readonly BlockText[], locale: WordingLocale, others: PreparedOthers): Map<number, Spot[]> {
  if (rule.check === 'openings') return repeatedOpenings(blocks, locale, rule)
  if (rule.check === 'contradictions' && others.length > 0) return contradictions(blocks, others, rule.facts)
  return new Map()
}

/** Terms of one kind are one group; whatever else a rule finds is kept apart, each message that is contradicted as well. */
function groupOf(rule: WordingRule, { other }: Spot): string {
  return rule.check === 'terms' ? rule.kind : `${rule.id}:${other?.messageId ?? ''}`
}

function findingOf(rule: WordingRule, { text, block }: BlockText, spot: Spot): Finding {
  const { start, end, masked, params = {}, other } = spot
  return {
    ruleId: rule.id,
    kind: rule.kind,
    severity: rule.severity,
    block,
    start,
    end,
    excerpt: masked ?? excerptOf(text, start, end),
    message: rule.message,
    params,
    suggestion: rule.suggestion,
    source: rule.source,
    ...(other === undefined ? {} : { other }),
  }
}

/**
 * Checks a text against rules (LI-03, TK-05, MS-03, CS-08). Pure and total: every string has its findings, also one with
 * lone surrogates; the time grows with the length of the text.
 * @returns at most 500 findings in the order of the text; of terms of one kind that overlap only the most severe
 */
export function checkText({ text, rules, audience = 'all', variables = { names: KNOWN_VARIABLES }, others = [] }: CheckInput): Finding[] {
  const blocks = (typeof text === 'string' ? [text] : text).map(blockText)
  const findings: GroupedFinding[] = []
  const report = (rule: WordingRule, block: BlockText | undefined, spots: readonly Spot[]) => {
    if (block)
      for (const spot of spots.slice(0, 2 * MOST_FINDINGS))
        findings.push({ finding: findingOf(rule, block, spot), group: groupOf(rule, spot) })
  }
  const holds = (rule: WordingRule) => rule.audience === 'all' || rule.audience === audience
  for (const block of blocks) {
    const terms = termSpots(block, rules)
    for (const [index, rule] of rules.rules.entries()) {
      if (holds(rule)) report(rule, block, terms.get(index) ?? blockSpots(rule, block, rules.locale, variables))
    }
  }
  for (const rule of rules.rules) {
    if (!holds(rule)) continue
    for (const [block, spots] of textSpots(rule, blocks, rules.locale, others)) report(rule, blocks[block], spots)
  }
  return orderFindings(findings)
}
