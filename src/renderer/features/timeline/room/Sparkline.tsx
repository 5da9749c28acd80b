import type { SeriesPoint } from '#domain/series/series.ts'

const WIDTH = 120
const HEIGHT = 28
const EDGE = 2

/** The shape of a series as a line, time to the right; its figures stand beside it in words. */
export function Sparkline({ points, label }: { points: readonly SeriesPoint[]; label: string }) {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return null
  const values = points.map(([, value]) => value)
  // Spread would overflow the stack for a long series.
  const lowest = values.reduce((a, b) => Math.min(a, b))
  const highest = values.reduce((a, b) => Math.max(a, b))
  const x = (at: number) => EDGE + ((WIDTH - 2 * EDGE) * (at - first[0])) / Math.max(1, last[0] - first[0])
  const y = (value: number) => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (value - lowest)) / Math.max(Number.MIN_VALUE, highest - lowest)
  const every = Math.ceil(points.length / (WIDTH * 2))
  const drawn = points.filter((_, index) => index % every === 0 || index === points.length - 1)
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={drawn.map(([at, value]) => `${x(at).toFixed(1)},${(highest === lowest ? HEIGHT / 2 : y(value)).toFixed(1)}`).join(' ')} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <circle cx={x(last[0])} cy={highest === lowest ? HEIGHT / 2 : y(last[1])} r={2} fill="currentColor" />
    </svg>
  )
}
