import type { SeriesPoint } from '#domain/series/series.ts'
import { sparkPoints } from './spark-points.ts'

const WIDTH = 120
const HEIGHT = 28

/** A series as a line, time to the right; the figures are in the text beside it. */
export function Sparkline({ points, label }: { points: readonly SeriesPoint[]; label: string }) {
  const drawn = sparkPoints(points, WIDTH, HEIGHT)
  if (!drawn) return null
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={drawn.line} fill="none" stroke="currentColor" strokeWidth={1.5} />
      <circle cx={drawn.end.x} cy={drawn.end.y} r={2} fill="currentColor" />
    </svg>
  )
}
