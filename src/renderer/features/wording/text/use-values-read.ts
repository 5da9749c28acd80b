import { ownValue, sameValues } from '#domain/wording/values.ts'
import type { VariableValues } from '#domain/wording/wording.ts'
import { useState } from 'react'

/** A value that was changed while a text was read; null: there was none, or is none any more. */
export type ChangedValue = { name: string; before: string | null; after: string | null }

/** The values that differ, by name. */
export function changedValues(read: VariableValues, stored: VariableValues): ChangedValue[] {
  const names = [...new Set([...Object.keys(read), ...Object.keys(stored)])].toSorted()
  return names
    .map((name) => ({ name, before: ownValue(read, name) ?? null, after: ownValue(stored, name) ?? null }))
    .filter(({ before, after }) => before !== after)
}

/**
 * The values with which a text is read. They stay those with which reading began until the reader turns to the changed ones:
 * a text must not become another one between the eye and the hand.
 * @param stored those that fill the text now; null while they are not known
 */
export function useValuesRead(stored: VariableValues | null): {
  values: VariableValues
  changed: ChangedValue[]
  readAgain: () => void
} {
  const [read, setRead] = useState<VariableValues | null>(stored)
  if (stored && read === null) setRead(stored)
  const values = read ?? stored ?? {}
  const changed = stored && !sameValues(values, stored) ? changedValues(values, stored) : []
  return { values, changed, readAgain: () => setRead(stored) }
}
