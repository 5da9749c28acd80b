import type { SeriesPoint } from '#domain/series/series.ts'

const EDGE = 2

/**
 * A series as a polyline within a box, time to the right.
 * @returns its points and the last one; null if nothing can be drawn. Values that are not finite are omitted.
 */
export function sparkPoints(
  all: readonly SeriesPoint[],
  width: number,
  height: number,
): { line: string; end: { x: number; y: number } } | null {
  const points = all.filter(([at, value]) => Number.isFinite(at) && Number.isFinite(value))
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return null
  const values = points.map(([, value]) => value)
  // Spread would overflow the stack for a long series.
  const lowest = values.reduce((a, b) => Math.min(a, b))
  const highest = values.reduce((a, b) => Math.max(a, b))
  // Halved, because the difference of the largest numbers overflows.
  const span = highest / 2 - lowest / 2
  const x = (at: number) => EDGE + ((width - 2 * EDGE) * (at - first[0])) / Math.max(1, last[0] - first[0])
  const y = (value: number) => (span > 0 ? height - EDGE - (height - 2 * EDGE) * ((value / 2 - lowest / 2) / span) : height / 2)
  const every = Math.ceil(points.length / (width * 2))
  const drawn = points.filter((_, index) => index % every === 0 || index === points.length - 1)
  return { line: drawn.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' '), end: { x: x(last[0]), y: y(last[1]) } }
}
