import { z } from 'zod'

/** Why somebody needs the full text. Closed list, so that the record can be counted and asked about (LI-03). */
export const REVEAL_REASONS = ['call-back', 'verify-case', 'authority-asks', 'person-asks', 'correct-record'] as const
export const RevealReason = z.enum(REVEAL_REASONS)
export type RevealReason = z.infer<typeof RevealReason>

/** What holds texts that may be revealed one at a time; all of it stands in an incident. */
export const REVEALED_KINDS = ['incident', 'entry', 'task', 'assignment', 'assessment', 'series', 'import'] as const
export const RevealedKind = z.enum(REVEALED_KINDS)
export type RevealedKind = z.infer<typeof RevealedKind>

/** A text of a thing: names of fields and ids or places in lists, joined by dots, as `text` or `comments.<id>.text`. */
export const TextField = z
  .string()
  .min(1)
  .max(160)
  .regex(/^[\w-]+(?:\.[\w-]+){0,5}$/)

export const RevealedText = z.strictObject({ kind: RevealedKind, id: z.string().min(1).max(80), field: TextField })
export type RevealedText = z.infer<typeof RevealedText>

/** Reveals of one member within an hour at most: room for a desk that calls back, none for a list (reliability study R1: 30, a judgement). */
export const REVEALS_PER_HOUR = 30
/** So many of a member's newest reveals are looked at to count an hour: those of several devices may stand a little out of order. */
export const LATEST_REVEALS = REVEALS_PER_HOUR * 4
export const REVEAL_HOUR_MS = 3_600_000
/** How long a revealed text is shown before it is masked again (reliability study R1). */
export const REVEAL_SHOWN_MS = 60_000

/** One look at a personal text: who, when by the hub's clock, at what, why, on which device. */
export type RevealState = {
  by: string
  at: number
  recordedAt: number
  of: RevealedText
  reason: RevealReason
  words: string
  device: string
  replicaId: string
}

/**
 * When a member may reveal again.
 * @param times of the member's reveals so far, milliseconds since 1970
 * @returns null when now; else the moment from which on there is room again
 */
export function nextRevealAt(times: readonly number[], now: number): number | null {
  const recent = times.filter((at) => at > now - REVEAL_HOUR_MS && at <= now).toSorted((a, b) => a - b)
  const waitsFor = recent.at(-REVEALS_PER_HOUR)
  return waitsFor === undefined ? null : waitsFor + REVEAL_HOUR_MS
}

/**
 * The text at a field of a thing's state; an item of a list is named by its id, or by its place where it has none.
 * @returns null where there is no such text
 */
export function textAt(state: unknown, field: string): string | null {
  let value: unknown = state
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null) return null
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value
      value =
        items.find((item) => typeof item === 'object' && item !== null && 'id' in item && item.id === name) ??
        (/^\d+$/.test(name) ? items[Number(name)] : undefined)
    } else value = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  }
  return typeof value === 'string' ? value : null
}
