import { useComputedColorScheme } from '@mantine/core'
import { LineChart, type LineSeriesOption } from 'echarts/charts'
import {
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  type DataZoomComponentOption,
  type GridComponentOption,
  type MarkLineComponentOption,
  type TooltipComponentOption,
} from 'echarts/components'
import { init, use as addParts, type ComposeOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { readColours, type ChartColours } from './chart-colours.ts'
import styles from './ChartCanvas.module.css'

addParts([LineChart, GridComponent, TooltipComponent, MarkLineComponent, DataZoomInsideComponent, CanvasRenderer])

/** The chart features in use: lines on a grid, marked lines, a tooltip and zooming. */
export type ChartOption = ComposeOption<
  LineSeriesOption | DataZoomComponentOption | GridComponentOption | MarkLineComponentOption | TooltipComponentOption
>

type Props = {
  /** Draws the chart in the theme's colours; called again when the function or the theme changes. */
  draw: (colours: ChartColours, box: { width: number; height: number }) => ChartOption
  /** Text alternative; the figures are in a table beside it or in the text. */
  label: string
  /** Pixels; omitted: the height of the containing box. */
  height?: number
}

/** A chart on a canvas, drawn by ECharts. Import it lazily: the library is large. */
export function ChartCanvas({ draw, label, height }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef(draw)
  const scheme = useComputedColorScheme('light')

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current)
    chart.current = made
    const redraw = () =>
      made.setOption(
        latest.current(readColours(document.documentElement.dataset['mantineColorScheme'] === 'dark' ? 'dark' : 'light'), sizeOf(made)),
        { notMerge: true },
      )
    const observer = new ResizeObserver(() => {
      made.resize()
      redraw()
    })
    observer.observe(box.current)
    // The theme attributes change after the components have rendered; colours read earlier are the old ones.
    const theme = new MutationObserver(redraw)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] })
    return () => {
      theme.disconnect()
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    latest.current = draw
    if (chart.current) chart.current.setOption(draw(readColours(scheme), sizeOf(chart.current)), { notMerge: true })
  }, [draw, scheme])

  return (
    <div
      ref={box}
      className={styles['chart']}
      data-fill={height === undefined || undefined}
      style={height === undefined ? undefined : { height }}
      role="img"
      aria-label={label}
    />
  )
}

function sizeOf(chart: EChartsType): { width: number; height: number } {
  return { width: chart.getWidth(), height: chart.getHeight() }
}
