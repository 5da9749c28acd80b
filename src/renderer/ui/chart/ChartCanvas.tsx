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

/** What a chart can be made of: lines on a grid, with marked lines, a tooltip and zooming. */
export type ChartOption = ComposeOption<
  LineSeriesOption | DataZoomComponentOption | GridComponentOption | MarkLineComponentOption | TooltipComponentOption
>

type Props = {
  /** The picture in the colours of the theme; asked again when it is another function, and when the theme changes. */
  draw: (colours: ChartColours, box: { width: number; height: number }) => ChartOption
  /** What it shows, in words; the figures stand in a table beside it or in the text. */
  label: string
  /** Pixels; left out: as high as the box around it. */
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
    // The page takes on another theme after its parts have been told of it: what is read before that are the old colours.
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
