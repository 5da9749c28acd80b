import type { IncidentLevel } from '#domain/incidents/incident.ts'
import { isClearZone } from '#domain/time/zone.ts'
import { InvalidArgumentError } from 'commander'

/** Parser of an option that takes one of a closed list; the error's message is that list. */
export function oneOf<const Value extends string>(values: readonly Value[]): (text: string) => Value {
  return (text) => {
    const found = values.find((value) => value === text)
    if (found === undefined) throw new InvalidArgumentError(values.join(', '))
    return found
  }
}

const LEVELS: Record<string, IncidentLevel> = {
  '1': 1,
  '2': 2,
  '3': 3,
  i: 1,
  ii: 2,
  iii: 3,
  一: 1,
  二: 2,
  三: 3,
  一级: 1,
  二级: 2,
  三级: 3,
}

/** A response level, as a digit, a Roman numeral or a Chinese one. */
export function parseLevel(text: string): IncidentLevel {
  const level = LEVELS[text.trim().toLowerCase()]
  if (level === undefined) throw new InvalidArgumentError('1, 2, 3 (I, II, III)')
  return level
}

/** Parser of a whole number within bounds, both included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`${min} – ${max}`)
    return value
  }
}

/** An IANA time zone that this machine knows. */
export function parseZone(text: string): string {
  try {
    if (!isClearZone(text)) throw new RangeError(text)
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('Asia/Shanghai, Europe/Berlin, UTC …')
  }
}

/** Collects an option that may be given several times. */
export function collect(text: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), text]
}

/** `field=column` pairs in the given order. */
export function parsePair(text: string, earlier: readonly FieldColumn[] | undefined): readonly FieldColumn[] {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('field=column')
  return [...(earlier ?? []), { field: text.slice(0, at).trim(), column: text.slice(at + 1) }]
}

export type FieldColumn = { field: string; column: string }

/** A moment in ISO 8601; in this machine's zone if it names none. Milliseconds since 1970. */
export function parseInstant(text: string): number {
  const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN
  if (Number.isNaN(at)) throw new InvalidArgumentError('2021-03-24T17:00, 2021-03-24T17:00+08:00')
  return at
}
