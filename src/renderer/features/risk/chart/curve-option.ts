import type { CurvePoint } from '#domain/risk/curves.ts'
import type { ChartColours } from '#ui/chart/chart-colours.ts'
import type { ChartOption } from '#ui/chart/ChartCanvas.tsx'
import { labelRows } from '#ui/chart/label-rows.ts'
import { isReachable } from './curve-picture.ts'

/** A turning point on the curve: solid if confirmed, dashed if suggested. */
export type CurveMark = { at: number; word: string; confirmed: boolean }

export type CurveDrawing = {
  points: readonly CurvePoint[]
  threshold: { word: string; at: number | readonly CurvePoint[] } | null
  marks: readonly CurveMark[]
  /** First and last time shown. */
  from: number
  to: number
  small: boolean
  /** Hourly counts are drawn as steps, measurements as a line. */
  steps: boolean
  /** A share of 100 %: the full scale is drawn. */
  share: boolean
  words: { value(value: number): string; short(value: number): string; moment(at: number): string; axis(at: number): string }
}

const LABEL_ROW = 15

type Text = { fontFamily: string; fontSize: number }

function tooltip(words: CurveDrawing['words'], text: Text, colours: ChartColours): NonNullable<ChartOption['tooltip']> {
  return {
    trigger: 'axis',
    // Plain text, so that external text is never interpreted as markup.
    renderMode: 'richText',
    confine: true,
    backgroundColor: colours.ink,
    borderWidth: 0,
    padding: [4, 8],
    textStyle: { ...text, color: colours.surface },
    axisPointer: { type: 'line', lineStyle: { color: colours.faint, type: 'solid', width: 1 } },
    formatter: (items) => {
      const first = Array.isArray(items) ? items[0] : items
      const value = first?.value
      if (!Array.isArray(value) || typeof value[0] !== 'number') return ''
      return `${words.moment(value[0])}  ${typeof value[1] === 'number' ? words.value(value[1]) : '–'}`
    },
  }
}

/** The line of a turning point. `row`: that of its label, counted from the curve. */
function markLine(mark: CurveDrawing['marks'][number], row: number, text: Text, colours: ChartColours) {
  return {
    xAxis: mark.at,
    lineStyle: {
      color: mark.confirmed ? colours.ink : colours.mark,
      width: mark.confirmed ? 1.5 : 1,
      type: mark.confirmed ? ('solid' as const) : ('dashed' as const),
    },
    label: {
      ...text,
      show: true,
      position: 'end' as const,
      distance: 8 + LABEL_ROW * row,
      color: mark.confirmed ? colours.ink : colours.mark,
      fontWeight: mark.confirmed ? 600 : 400,
      formatter: mark.word,
    },
  }
}

/** A threshold that is one value. */
function levelLine(level: number, word: string, text: Text, colours: ChartColours) {
  return {
    yAxis: level,
    lineStyle: { color: colours.alarm, type: [6, 3] as [number, number], width: 1 },
    label: {
      ...text,
      show: true,
      position: 'insideStartTop' as const,
      color: colours.alarm,
      formatter: word,
    },
  }
}

/** A threshold that changes with time. */
function movingThreshold(moving: CurveDrawing['points'], colours: ChartColours) {
  return {
    type: 'line' as const,
    name: 'threshold',
    data: moving.map(([at, value]) => [at, value]),
    showSymbol: false,
    silent: true,
    step: 'end' as const,
    // The threshold must look different from the data.
    lineStyle: { color: colours.faint, type: [2, 4] as [number, number], width: 1 },
    itemStyle: { color: colours.faint },
    emphasis: { disabled: true },
    tooltip: { show: false },
  }
}

/**
 * The ECharts options of a curve: direct labels instead of a legend, dotted thresholds, turning points as lines; distinguishable without
 * colour.
 */
export function curveOption(
  { points, threshold, marks, from, to, small, steps, share, words }: CurveDrawing,
  colours: ChartColours,
): ChartOption {
  const size = small ? 11 : 12
  const shown = marks.filter(({ at }) => at >= from && at <= to)
  const rows = labelRows(
    shown.map(({ at }) => at),
    to - from,
    small ? 0.22 : 0.1,
  )
  const level = typeof threshold?.at === 'number' ? threshold.at : null
  const moving = threshold && typeof threshold.at !== 'number' ? threshold.at : null
  const text = { fontFamily: colours.font, fontSize: size }
  const reachable = level !== null && isReachable(level, points)
  return {
    animation: false,
    textStyle: text,
    grid: {
      left: small ? 36 : 52,
      right: small ? 44 : 64,
      top: (shown.length === 0 ? 12 : 18 + LABEL_ROW * (Math.max(...rows) + 1)) + (small ? 0 : 4),
      bottom: small ? 22 : 28,
      containLabel: false,
    },
    xAxis: {
      type: 'time',
      min: from,
      max: to,
      splitNumber: small ? 3 : 8,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...text, color: colours.faint, hideOverlap: true, formatter: (at: number) => words.axis(at) },
    },
    yAxis: {
      type: 'value',
      splitNumber: small ? 2 : 4,
      ...(share
        ? { min: 0, max: 100, interval: 25 }
        : reachable
          ? { max: (range: { max: number }) => Math.max(range.max, level * 1.08) }
          : {}),
      axisLabel: { ...text, color: colours.faint, showMaxLabel: share || !reachable, formatter: (value: number) => words.short(value) },
      splitLine: { lineStyle: { color: colours.line } },
    },
    tooltip: tooltip(words, text, colours),
    // The wheel alone scrolls the page; with Ctrl it zooms the curve.
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, moveOnMouseWheel: false, filterMode: 'none' }],
    series: [
      {
        type: 'line',
        name: 'curve',
        data: points.map(([at, value]) => [at, value]),
        showSymbol: points.length === 1 || (!steps && points.length <= 24),
        symbolSize: 5,
        ...(steps ? { step: 'end' as const, areaStyle: { color: colours.curve, opacity: colours.fill } } : {}),
        ...(points.length > 2000 ? { sampling: steps ? ('max' as const) : ('lttb' as const) } : {}),
        lineStyle: { color: colours.curve, width: small ? 1.5 : 2 },
        itemStyle: { color: colours.curve },
        endLabel: {
          show: true,
          ...text,
          fontWeight: 600,
          color: colours.ink,
          formatter: ({ value }) => (Array.isArray(value) && typeof value[1] === 'number' ? words.short(value[1]) : ''),
        },
        emphasis: { disabled: true },
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: [
            ...shown.map((mark, index) => markLine(mark, rows[index] ?? 0, text, colours)),
            ...(level !== null && reachable ? [levelLine(level, threshold?.word ?? '', text, colours)] : []),
          ],
        },
      },
      ...(moving ? [movingThreshold(moving, colours)] : []),
    ],
  }
}
