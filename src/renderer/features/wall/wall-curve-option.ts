import type { WallView } from '#contract/overview-api.ts'
import { HOUR } from '#domain/durations.ts'
import type { ChartColours } from '#ui/chart/chart-colours.ts'
import type { ChartOption } from '#ui/chart/ChartCanvas.tsx'
import { labelRows } from '#ui/chart/label-rows.ts'

/** Font size on the wall, in lines of a 1080-line screen. */
const TEXT = 28
/** Fraction of the width that the label of a turning point takes. */
const LABEL_SHARE = 0.16

export type WallWords = {
  short(value: number): string
  axis(at: number, span: number): string
  mark(kind: WallView['turningPoints'][number]['kind']): string
}

/**
 * The curve of the wall: one thick line, its last value, and the turning points as labelled lines.
 * @param unit pixels of this screen per line of a 1080-line screen
 */
export function wallCurveOption(
  curve: NonNullable<WallView['curve']>,
  turningPoints: WallView['turningPoints'],
  words: WallWords,
  unit: number,
  colours: ChartColours,
): ChartOption {
  const size = Math.round(TEXT * unit)
  const text = { fontFamily: colours.font, fontSize: size }
  const from = curve.points[0]?.[0] ?? 0
  const to = Math.max(from + HOUR, (curve.points.at(-1)?.[0] ?? 0) + (curve.hourly ? HOUR : 0))
  const marks = turningPoints.filter(({ at }) => at >= from && at <= to)
  const rows = labelRows(
    marks.map(({ at }) => at),
    to - from,
    LABEL_SHARE,
    2,
  )
  const lines = marks.length === 0 ? 0.6 : Math.max(...rows) + 1
  const end = curve.points.at(-1)
  const points = curve.hourly && end ? [...curve.points, [end[0] + HOUR, end[1]]] : curve.points
  return {
    animation: false,
    textStyle: text,
    grid: { left: 92 * unit, right: 116 * unit, top: size * 1.25 * lines, bottom: size * 1.6, containLabel: false },
    xAxis: {
      type: 'time',
      min: from,
      max: to,
      splitNumber: 4,
      axisLine: { lineStyle: { color: colours.line, width: 2 * unit } },
      axisTick: { show: false },
      axisLabel: {
        ...text,
        color: colours.soft,
        hideOverlap: true,
        margin: 8 * unit,
        formatter: (at: number) => words.axis(at, to - from),
      },
    },
    yAxis: {
      type: 'value',
      splitNumber: 2,
      axisLabel: { ...text, color: colours.soft, formatter: words.short },
      splitLine: { lineStyle: { color: colours.line, width: unit } },
    },
    series: [
      {
        type: 'line',
        data: points.map(([at, value]) => [at ?? 0, value ?? null]),
        silent: true,
        showSymbol: curve.points.length === 1,
        symbolSize: 12 * unit,
        ...(curve.hourly ? { step: 'end' as const } : {}),
        lineStyle: { color: colours.curve, width: 4 * unit },
        itemStyle: { color: colours.curve },
        areaStyle: { color: colours.curve, opacity: colours.fill },
        endLabel: {
          show: true,
          ...text,
          fontWeight: 700,
          color: colours.ink,
          formatter: ({ value }) => (Array.isArray(value) && typeof value[1] === 'number' ? words.short(value[1]) : ''),
        },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: marks.map((mark, index) => ({
            xAxis: mark.at,
            lineStyle: { color: colours.ink, width: 3 * unit, type: 'solid' as const },
            label: {
              ...text,
              show: true,
              position: 'end' as const,
              distance: 4 * unit + size * 1.2 * (rows[index] ?? 0),
              color: colours.ink,
              fontWeight: 600,
              formatter: words.mark(mark.kind),
            },
          })),
        },
      },
    ],
  }
}
