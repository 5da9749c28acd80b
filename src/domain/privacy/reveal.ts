import { HOUR, MINUTE } from '../durations.ts'
import { z } from 'zod'

/** Why a member needs the full text. Closed list, so that records can be counted and filtered (LI-03). */
export const REVEAL_REASONS = ['call-back', 'verify-case', 'authority-asks', 'person-asks', 'correct-record'] as const
export const RevealReason = z.enum(REVEAL_REASONS)
export type RevealReason = z.infer<typeof RevealReason>

/** Kinds with texts that may be revealed one at a time; all of them belong to an incident. */
export const REVEALED_KINDS = ['incident', 'entry', 'task', 'assignment', 'assessment', 'series', 'import'] as const
export const RevealedKind = z.enum(REVEALED_KINDS)
export type RevealedKind = z.infer<typeof RevealedKind>

/** A path to a text of an entity: field names and ids or indexes in lists, joined by dots, such as `text` or `comments.<id>.text`. */
export const TextField = z
  .string()
  .min(1)
  .max(160)
  .regex(/^[\w-]+(?:\.[\w-]+){0,5}$/)

export const RevealedText = z.strictObject({ kind: RevealedKind, id: z.string().min(1).max(80), field: TextField })
export type RevealedText = z.infer<typeof RevealedText>

/**
 * Maximum number of reveals per member and hour: enough for calling customers back, too few to extract a list (reliability
 * study R1: 30, a judgment).
 */
export const REVEALS_PER_HOUR = 30
/** How many of a member's newest reveals are examined to count an hour; those of several devices may be slightly out of order. */
export const LATEST_REVEALS = REVEALS_PER_HOUR * 4
export const REVEAL_HOUR_MS = HOUR
/** How long a revealed text is shown before it is masked again (reliability study R1). */
export const REVEAL_SHOWN_MS = MINUTE

/** One reveal of a personal text: who, when (hub time), which text, why, on which device. */
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
 * @returns null for now; else the earliest time, milliseconds since 1970
 */
export function nextRevealAt(times: readonly number[], now: number): number | null {
  const recent = times.filter((at) => at > now - REVEAL_HOUR_MS && at <= now).toSorted((a, b) => a - b)
  const waitsFor = recent.at(-REVEALS_PER_HOUR)
  return waitsFor === undefined ? null : waitsFor + REVEAL_HOUR_MS
}

/**
 * The text at a field path in an entity's state; a list item is identified by its id, or by its index if it has none.
 * @returns null if there is no such text
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
