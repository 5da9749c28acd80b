import type { UseRow } from '#contract/agents-api.ts'
import { HOUR } from '#domain/durations.ts'
import type { CurvePoint } from '#domain/risk/curves.ts'

export const USE_MEASURES = ['opened', 'copied', 'worked', 'objected'] as const
export type UseMeasure = (typeof USE_MEASURES)[number]

/** The measured use of a text, per hour; `versions`: since when each version was used. */
export type UseCurve = { wordingId: string; points: CurvePoint[]; total: number; versions: { at: number; number: number }[] }

/**
 * The use of each text by hour, versions together, the most used first. Hours without use are zero.
 * @param until the end of the curves, milliseconds since 1970
 */
export function curvesOfUse(rows: readonly UseRow[], measure: UseMeasure, until: number): UseCurve[] {
  const lastHour = Math.floor(until / HOUR) * HOUR
  return [...Map.groupBy(rows, ({ wordingId }) => wordingId)]
    .map(([wordingId, own]): UseCurve => {
      const byHour = new Map<number, number>()
      for (const row of own) byHour.set(row.hour, (byHour.get(row.hour) ?? 0) + row[measure])
      const first = Math.min(...own.map(({ hour }) => hour))
      const last = Math.max(lastHour, ...own.map(({ hour }) => hour))
      const points: CurvePoint[] = []
      for (let hour = first; hour <= last; hour += HOUR) points.push([hour, byHour.get(hour) ?? 0])
      const versions = [...Map.groupBy(own, ({ number }) => number)].map(([number, of]) => ({
        number,
        at: Math.min(...of.map(({ hour }) => hour)),
      }))
      return {
        wordingId,
        points,
        total: [...byHour.values()].reduce((sum, count) => sum + count, 0),
        versions: versions.toSorted((a, b) => a.at - b.at || a.number - b.number),
      }
    })
    .toSorted((a, b) => b.total - a.total || (a.wordingId < b.wordingId ? -1 : 1))
}
