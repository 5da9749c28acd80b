import type { IncidentOutline, KeyEntry } from '#contract/overview-api.ts'
import { wordMinutes } from '#ui/time/use-span.ts'
import type { TFunction } from 'i18next'
import { PHASES, phaseAt, type PhaseId } from '#domain/incidents/phases.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What T+0 is: the declaration, or the first entry that a person wrote. */
export const ALIGNMENTS = ['declared', 'first-entry'] as const
export type Alignment = (typeof ALIGNMENTS)[number]

/** How many hours of the common axis are shown. */
export const SPANS = ['12', '72', 'all'] as const
export type Span = (typeof SPANS)[number]

/** The moment that stands at T+0, milliseconds since 1970. Without an entry it is the declaration. */
export function zeroOf(
  { incident, firstEntryAt }: Pick<IncidentOutline, 'firstEntryAt'> & { incident: { declaredAt: number } },
  by: Alignment,
): number {
  return by === 'first-entry' ? (firstEntryAt ?? incident.declaredAt) : incident.declaredAt
}

/** From here on hours say nothing: days do. */
const LONG = 60 * 24 * HOUR

/** A distance from T+0 in full minutes, in full days where it is long: `T+5 小时 20 分`, `T−45 分`, `T+2 天 23 小时`, `T+88 天`. */
export function wordOffset(ms: number, t: TFunction<'ui'>): string {
  const sign = ms < 0 && Math.abs(ms) >= MINUTE ? '−' : '+'
  return `T${sign}${wordMinutes(Math.abs(ms) >= LONG ? ms - (ms % (24 * HOUR)) : ms, t)}`
}

/**
 * The part of the common axis that is shown, as distances from T+0.
 * @param moments every moment that has something, as distances from T+0
 * @param span of a number of hours a sixth more is shown before T+0, where something happened there
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

/** Length of the slot in which entries are put beside each other: finer in the first hours, when minutes count. */
function slotAt(offset: number): number {
  const age = Math.abs(offset)
  return age < 12 * HOUR ? 30 * MINUTE : age < 72 * HOUR ? 2 * HOUR : 12 * HOUR
}

/** The beginning of the slot that holds a distance from T+0. */
export function slotOf(offset: number): number {
  const length = slotAt(offset)
  return Math.floor(offset / length) * length
}

/** Entries of both sides that happened at the same age. `opens`: the phase that begins with this row. */
export type AlignedRow = { slot: number; a: KeyEntry[]; b: KeyEntry[]; opens: PhaseId | null }

export type Aligned = { zero: number; entries: readonly KeyEntry[] }

/** Both timelines beside each other on one axis; times at which neither has anything are left out. */
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

/** The moments that lockstep stops at: every entry of either side and the bounds of the phases, within the range. */
export function stops(sides: readonly Aligned[], range: { from: number; to: number }): number[] {
  const all = [...sides.flatMap(({ zero, entries }) => entries.map((entry) => entry.at - zero)), ...PHASES.map((phase) => phase.from)]
  return [...new Set(all)].filter((offset) => offset >= range.from && offset <= range.to).toSorted((one, other) => one - other)
}

/** The stop after (`by` 1) or before (`by` −1) the present one; at the ends it stays. */
export function stepTo(all: readonly number[], now: number, by: 1 | -1): number {
  return (by === 1 ? all.find((stop) => stop > now) : all.findLast((stop) => stop < now)) ?? now
}
