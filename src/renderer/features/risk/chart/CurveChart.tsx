import { useComputedColorScheme } from '@mantine/core'
import { LineChart } from 'echarts/charts'
import { DataZoomInsideComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use as addParts, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { readColours } from './chart-colours.ts'
import { curveOption, type CurveDrawing } from './curve-option.ts'
import styles from './CurveChart.module.css'

addParts([LineChart, GridComponent, TooltipComponent, MarkLineComponent, DataZoomInsideComponent, CanvasRenderer])

/** A curve on a canvas. What it shows stands in `label` and in the table beside it. */
export function CurveChart({ drawing, label, height }: { drawing: CurveDrawing; label: string; height: number }) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const scheme = useComputedColorScheme('light')

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current)
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(curveOption(drawing, readColours(scheme)), { notMerge: true })
  }, [drawing, scheme])

  return <div ref={box} className={styles['chart']} style={{ height }} role="img" aria-label={label} />
}
