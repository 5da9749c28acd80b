import { fieldsOf, type WordingContent } from './content.ts'
import { parseVariables, valueOf, variableNames } from './text/variables.ts'
import type { VariableValues, WordingKind } from './wording.ts'

/**
 * Variables that an agent can fill in for the customer on the line. Without a stored value they stay in the published texts that
 * an agent speaks from; a stored value is filled in everywhere.
 */
export const AGENT_VARIABLES: readonly string[] = ['order', 'agent', 'time', 'deadline', 'owner']

/** The kinds of texts that an agent speaks from. All others are read by the public or by agents as they are. */
const SPOKEN: readonly WordingKind[] = ['script', 'handover']

/** The variables of a content, each once, in reading order. */
export function variablesOf(content: WordingContent): string[] {
  return [...new Set(fieldsOf(content).flatMap(({ text }) => variableNames(text)))]
}

/** The variables that need a value before a content of this kind is published, and have none. */
export function missingValues(content: WordingContent, values: VariableValues, kind: WordingKind): string[] {
  const empty = variablesOf(content).filter((name) => valueOf(values, name) === '')
  return SPOKEN.includes(kind) ? empty.filter((name) => !AGENT_VARIABLES.includes(name)) : empty
}

/** Fills in values; variables without a value stay as they are. A value is never searched for variables itself. */
export function fillIn(text: string, values: VariableValues): string {
  return parseVariables(text)
    .map((part) => (part.kind === 'variable' ? valueOf(values, part.name).trim() : '') || text.slice(part.start, part.end))
    .join('')
}

/** The values of an incident over those of the team; an empty value of the incident leaves the team's. */
export function joinValues(team: VariableValues, own: VariableValues): VariableValues {
  return { ...team, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value.trim() !== '')) }
}

/** A value by name; names such as `constructor` are those of variables as well. */
export const ownValue = (values: VariableValues, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

/** Whether two sets of values are equal. */
export function sameValues(one: VariableValues, other: VariableValues): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => ownValue(one, name) === ownValue(other, name))
}

/** The values that fill the variables of a content, those without a value left out. */
export function valuesFor(content: WordingContent, stored: VariableValues): VariableValues {
  const filled = variablesOf(content).map((name): [string, string] => [name, valueOf(stored, name)])
  return Object.fromEntries(filled.filter(([, value]) => value !== ''))
}
