import type { IncidentOutline, KeyEntry } from '#contract/overview-api.ts'
import { HOUR, MINUTE } from '#domain/durations.ts'
import { wordMinutes } from '#ui/time/use-span.ts'
import type { TFunction } from 'i18next'
import { PHASES, phaseAt, type PhaseId } from '#domain/incidents/phases.ts'

/** The meaning of T+0: the declaration, or the first entry written by a person. */
export const ALIGNMENTS = ['declared', 'first-entry'] as const
export type Alignment = (typeof ALIGNMENTS)[number]

/** The number of hours of the common axis to show. */
export const SPANS = ['12', '72', 'all'] as const
export type Span = (typeof SPANS)[number]

/** The time of T+0, in milliseconds since 1970. The declaration if there is no entry. */
export function zeroOf(
  { incident, firstEntryAt }: Pick<IncidentOutline, 'firstEntryAt'> & { incident: { declaredAt: number } },
  by: Alignment,
): number {
  return by === 'first-entry' ? (firstEntryAt ?? incident.declaredAt) : incident.declaredAt
}

/** Longer offsets are shown in days. */
const LONG = 60 * 24 * HOUR

/** Formats an offset from T+0 in full minutes, with days if it is long: `T+5 小时 20 分`, `T−45 分`, `T+2 天 23 小时`, `T+88 天`. */
export function wordOffset(ms: number, t: TFunction<'ui'>): string {
  const sign = ms < 0 && Math.abs(ms) >= MINUTE ? '−' : '+'
  return `T${sign}${wordMinutes(Math.abs(ms) >= LONG ? ms - (ms % (24 * HOUR)) : ms, t)}`
}

/**
 * The visible range of the common axis, as offsets from T+0.
 * @param moments all times with content, as offsets from T+0
 * @param span for a number of hours, up to one sixth of it is shown before T+0 if it has content
 */
export function axisRange(moments: readonly number[], span: Span): { from: number; to: number } {
  const earliest = moments.reduce((least, at) => Math.min(least, at), 0)
  if (span === 'all')
    return {
      from: earliest,
      to: Math.max(
        HOUR,
        moments.reduce((most, at) => Math.max(most, at), 0),
      ),
    }
  const to = Number(span) * HOUR
  return { from: Math.max(earliest, -to / 6), to }
}

/** The length of the slot for aligning entries: shorter in the first hours, when minutes count. */
function slotAt(offset: number): number {
  const age = Math.abs(offset)
  return age < 12 * HOUR ? 30 * MINUTE : age < 72 * HOUR ? 2 * HOUR : 12 * HOUR
}

/** The start of the slot that contains an offset from T+0. */
export function slotOf(offset: number): number {
  const length = slotAt(offset)
  return Math.floor(offset / length) * length
}

/** Entries of both sides at the same age. `opens`: the phase that begins with this row. */
export type AlignedRow = { slot: number; a: KeyEntry[]; b: KeyEntry[]; opens: PhaseId | null }

export type Aligned = { zero: number; entries: readonly KeyEntry[] }

/** Aligns both timelines on one axis; empty slots are omitted. */
export function alignRows(a: Aligned, b: Aligned, range: { from: number; to: number }): AlignedRow[] {
  const rows = new Map<number, AlignedRow>()
  const put = ({ zero, entries }: Aligned, side: 'a' | 'b') => {
    for (const entry of entries) {
      const offset = entry.at - zero
      if (offset < range.from || offset > range.to) continue
      const slot = slotOf(offset)
      const row = rows.get(slot) ?? { slot, a: [], b: [], opens: null }
      row[side].push(entry)
      rows.set(slot, row)
    }
  }
  put(a, 'a')
  put(b, 'b')
  const sorted = [...rows.values()].toSorted((one, other) => one.slot - other.slot)
  return sorted.map((row, index) => {
    const phase = phaseAt(row.slot)
    const before = index === 0 ? null : phaseAt(sorted[index - 1]?.slot ?? 0)
    return { ...row, opens: phase === before ? null : phase }
  })
}

/** The cursor stops: all entries of both sides and the phase boundaries within the range. */
export function stops(sides: readonly Aligned[], range: { from: number; to: number }): number[] {
  const all = [...sides.flatMap(({ zero, entries }) => entries.map((entry) => entry.at - zero)), ...PHASES.map((phase) => phase.from)]
  return [...new Set(all)].filter((offset) => offset >= range.from && offset <= range.to).toSorted((one, other) => one - other)
}

/** The stop after (`by` 1) or before (`by` −1) the current one; at the ends it stays. */
export function stepTo(all: readonly number[], now: number, by: 1 | -1): number {
  return (by === 1 ? all.find((stop) => stop > now) : all.findLast((stop) => stop < now)) ?? now
}
