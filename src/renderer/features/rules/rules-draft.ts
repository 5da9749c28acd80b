import { defaultClockRules, type ClockId, type ClockRules } from '#domain/incidents/clocks.ts'
import type { IncidentTypeId } from '#domain/incidents/incident-types.ts'
import type { IncidentLevel } from '#domain/incidents/incident.ts'
import type { TeamRules } from '#domain/rules/team-rules.ts'

/** Parses whole hours from 1 to `most`. Null: invalid; undefined: empty, so that the default applies. */
export function readHours(text: string, most: number): number | null | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  const hours = /^\d{1,4}$/.test(typed) ? Number(typed) : 0
  return hours >= 1 && hours <= most ? hours : null
}

/** The effective limits of a level, for one type or (null) for all types, if an apology is due. */
export function limitsOf(rules: TeamRules, type: IncidentTypeId | null, level: IncidentLevel): ClockRules {
  const ofLevel = rules.clocks?.[level] ?? defaultClockRules(level, true)
  return type === null ? ofLevel : (rules.clocksByType?.[type]?.[level] ?? ofLevel)
}

/** Whether the team has its own limits for a level, instead of inherited ones. */
export function isOwn(rules: TeamRules, type: IncidentTypeId | null, level: IncidentLevel): boolean {
  return type === null
    ? rules.clocks !== undefined && !sameLimits(rules.clocks[level], defaultClockRules(level, true))
    : rules.clocksByType?.[type]?.[level] !== undefined
}

function sameLimits(a: ClockRules, b: ClockRules): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((id) => a[id as ClockId] === b[id as ClockId])
}

/** The rules with one limit changed; `ms` undefined: the clock does not run. */
export function withLimit(
  rules: TeamRules,
  type: IncidentTypeId | null,
  level: IncidentLevel,
  clock: ClockId,
  ms: number | undefined,
): TeamRules {
  const { [clock]: _before, ...others } = limitsOf(rules, type, level)
  const changed: ClockRules = ms === undefined ? others : { ...others, [clock]: ms }
  if (type === null) {
    const all = { 1: limitsOf(rules, null, 1), 2: limitsOf(rules, null, 2), 3: limitsOf(rules, null, 3) }
    return { ...rules, clocks: { ...all, [level]: changed } }
  }
  return { ...rules, clocksByType: { ...rules.clocksByType, [type]: { ...rules.clocksByType?.[type], [level]: changed } } }
}

/** The rules without the team's own limits for a type, or (null) for all types. */
export function withoutLimits(rules: TeamRules, type: IncidentTypeId | null): TeamRules {
  if (type === null) {
    const { clocks: _clocks, ...rest } = rules
    return rest
  }
  const { [type]: _own, ...others } = rules.clocksByType ?? {}
  const { clocksByType: _all, ...rest } = rules
  return Object.keys(others).length > 0 ? { ...rest, clocksByType: others } : rest
}

/** The rules that the page of team rules edits, and those of other pages, which it keeps as they are. */
export function rulesOfPage({ approvals, wordingChecks, ...own }: TeamRules): { own: TeamRules; others: TeamRules } {
  return { own, others: { ...(approvals && { approvals }), ...(wordingChecks && { wordingChecks }) } }
}
