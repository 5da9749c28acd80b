import type { WordingContent } from '#domain/wording/content.ts'
import { KNOWN_VARIABLES } from '#domain/wording/text/variables.ts'
import { AGENT_VARIABLES, missingValues, variablesOf } from '#domain/wording/values.ts'
import type { VariableValues, WordingKind } from '#domain/wording/wording.ts'

/** Offered although nothing uses them yet: not those that agents fill in for each customer. */
const OFFERED = KNOWN_VARIABLES.filter((name) => !AGENT_VARIABLES.includes(name))

/** A variable in the list of values. `usedIn`: titles of texts in use or approved that contain it; `missing`: one cannot be published. */
export type NeededValue = { name: string; usedIn: string[]; missing: boolean }

/**
 * The variables of an incident or the library: first those without a value that texts in use or approved need, then the other
 * ones that these contain, then the rest that is stored or has a meaning of its own.
 * @param values in force: the incident's own before the team's
 */
export function neededValues(texts: readonly { kind: WordingKind; content: WordingContent }[], values: VariableValues): NeededValue[] {
  const users = new Map<string, string[]>()
  const lacking = new Set<string>()
  for (const { kind, content } of texts) {
    for (const name of variablesOf(content)) users.set(name, [...(users.get(name) ?? []), content.title])
    for (const name of missingValues(content, values, kind)) lacking.add(name)
  }
  const names = new Set([...users.keys(), ...Object.keys(values), ...OFFERED])
  const all = [...names].map((name) => ({ name, usedIn: users.get(name) ?? [], missing: lacking.has(name) }))
  const weight = ({ missing, usedIn }: NeededValue) => (missing ? 0 : usedIn.length > 0 ? 1 : 2)
  return all.toSorted((a, b) => weight(a) - weight(b))
}
