import { ChartCanvas } from '#ui/chart/ChartCanvas.tsx'
import { useCallback } from 'react'
import type { ChartColours } from '#ui/chart/chart-colours.ts'
import { curveOption, type CurveDrawing } from './curve-option.ts'

/** A curve on a canvas. `label` and the table beside it are its text alternative. */
export function CurveChart({ drawing, label, height }: { drawing: CurveDrawing; label: string; height: number }) {
  const draw = useCallback((colours: ChartColours) => curveOption(drawing, colours), [drawing])
  return <ChartCanvas draw={draw} label={label} height={height} />
}
