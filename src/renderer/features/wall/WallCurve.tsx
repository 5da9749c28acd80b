import type { WallView } from '#contract/overview-api.ts'
import { DAY } from '#domain/durations.ts'
import { ChartCanvas } from '#ui/chart/ChartCanvas.tsx'
import type { ChartColours } from '#ui/chart/chart-colours.ts'
import { formatClock } from '#ui/time/format-time.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { wallCurveOption } from './wall-curve-option.ts'

/** The curve of the wall on a canvas. `unit`: pixels per line of a 1080-line screen; by default derived from the window size. */
export function WallCurve({
  curve,
  turningPoints,
  label,
  unit,
}: {
  curve: NonNullable<WallView['curve']>
  turningPoints: WallView['turningPoints']
  label: string
  unit?: number
}) {
  const { t, i18n } = useTranslation('wall')
  const { language } = i18n
  const drawn = JSON.stringify([curve, turningPoints])
  const draw = useMemo(
    () => (colours: ChartColours) => {
      const words = {
        short: (value: number) => value.toLocaleString(language, { notation: 'compact', maximumFractionDigits: 1 }),
        axis: (at: number, span: number) =>
          span > 2 * DAY || new Date(at).getHours() === 0
            ? new Date(at).toLocaleDateString(language === 'zh-Hans' ? 'zh-CN' : 'en-GB', { month: 'numeric', day: 'numeric' })
            : formatClock(at, language),
        mark: (kind: WallView['turningPoints'][number]['kind']) => t(`terms:turningPoint.${kind}`),
      }
      return wallCurveOption(curve, turningPoints, words, unit ?? Math.min(innerWidth / 1920, innerHeight / 1080), colours)
    },
    // oxlint-disable-next-line react/exhaustive-deps -- read again, the same figures come as other objects
    [drawn, language, t, unit],
  )
  return <ChartCanvas draw={draw} label={label} />
}
