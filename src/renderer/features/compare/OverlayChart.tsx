import { HOUR } from '#domain/durations.ts'
import { PHASES } from '#domain/incidents/phases.ts'
import type { CurvePoint } from '#domain/risk/curves.ts'
import { ChartCanvas, type ChartOption } from '#ui/chart/ChartCanvas.tsx'
import type { ChartColours } from '#ui/chart/chart-colours.ts'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { wordOffset } from './alignment.ts'
import { AXIS_END, AXIS_START } from './axis-place.ts'

/** Axis steps in hours; the smallest with at most ten labels is used. */
const STEPS = [1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720]

/** The multiples of `step` between two offsets, including T+0 if it lies between. */
function wholeSteps(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step)
}

type Props = {
  a: readonly CurvePoint[]
  b: readonly CurvePoint[]
  share: boolean
  range: { from: number; to: number }
  cursor: number
  height: number
  label: string
}

/** Two curves on one axis of incident age: A solid, B dashed; phases and the cursor as lines. */
export function OverlayChart({ a, b, share, range, cursor, height, label }: Props) {
  const { t, i18n } = useTranslation('compare')
  const { language } = i18n
  const { from, to } = range
  const draw = useMemo(
    () =>
      (colours: ChartColours): ChartOption => {
        const text = { fontFamily: colours.font, fontSize: 12 }
        const short = (value: number) =>
          share ? `${Math.round(value)}%` : value.toLocaleString(language, { notation: 'compact', maximumFractionDigits: 1 })
        const step = (STEPS.find((hours) => (to - from) / (hours * HOUR) <= 10) ?? 2160) * HOUR
        const line = (name: string, points: readonly CurvePoint[], colour: string, dashed: boolean) => ({
          type: 'line' as const,
          name,
          data: points.filter(([at]) => at >= from && at <= to).map(([at, value]) => [at, value]),
          showSymbol: points.length <= 2,
          lineStyle: { color: colour, width: 2, type: dashed ? ('dashed' as const) : ('solid' as const) },
          itemStyle: { color: colour },
          emphasis: { disabled: true },
          endLabel: {
            show: true,
            ...text,
            fontWeight: 600,
            color: colour,
            formatter: ({ value }: { value?: unknown }) =>
              Array.isArray(value) && typeof value[1] === 'number' ? `${name} ${short(value[1])}` : name,
          },
          ...(points.length > 2000 ? { sampling: 'max' as const } : {}),
        })
        return {
          animation: false,
          textStyle: text,
          grid: { left: AXIS_START, right: AXIS_END, top: 26, bottom: 26, containLabel: false },
          xAxis: {
            type: 'value',
            min: from,
            max: to,
            axisLine: { lineStyle: { color: colours.line }, onZero: false },
            axisTick: { show: false },
            splitLine: { show: false },
            axisLabel: {
              ...text,
              color: colours.faint,
              customValues: wholeSteps(from, to, step),
              formatter: (at: number) => t('hours', { hours: Math.round(at / HOUR) }),
            },
          },
          yAxis: {
            type: 'value',
            splitNumber: 3,
            axisLabel: { ...text, color: colours.faint, formatter: short },
            splitLine: { lineStyle: { color: colours.line } },
          },
          tooltip: {
            trigger: 'axis',
            renderMode: 'richText',
            confine: true,
            backgroundColor: colours.ink,
            borderWidth: 0,
            padding: [4, 8],
            textStyle: { ...text, color: colours.surface },
            axisPointer: { type: 'line', lineStyle: { color: colours.faint, type: 'solid', width: 1 } },
            formatter: (items) =>
              (Array.isArray(items) ? items : [items])
                .map(({ seriesName, value }) =>
                  Array.isArray(value) && typeof value[0] === 'number'
                    ? `${seriesName}  ${wordOffset(value[0], t)}  ${typeof value[1] === 'number' ? short(value[1]) : '–'}`
                    : '',
                )
                .join('\n'),
          },
          series: [
            {
              ...line('A', a, colours.curve, false),
              markLine: {
                silent: true,
                symbol: 'none',
                animation: false,
                data: [
                  ...PHASES.filter((phase) => phase.from >= from && phase.from <= to).map((phase) => ({
                    xAxis: phase.from,
                    lineStyle: { color: colours.faint, width: 1, type: 'dotted' as const },
                    label: {
                      ...text,
                      show: true,
                      position: 'end' as const,
                      align: 'left' as const,
                      color: colours.soft,
                      formatter: t(`phaseName.${phase.id}`),
                    },
                  })),
                  ...(cursor >= from && cursor <= to
                    ? [{ xAxis: cursor, lineStyle: { color: colours.ink, width: 1.5, type: 'solid' as const }, label: { show: false } }]
                    : []),
                ],
              },
            },
            line('B', b, colours.mark, true),
          ],
        }
      },
    [a, b, share, from, to, cursor, language, t],
  )
  return <ChartCanvas draw={draw} label={label} height={height} />
}
