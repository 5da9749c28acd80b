import { useRead } from '#client/use-read.ts'
import type { Failure } from '#contract/failures.ts'
import type { RiskView } from '#contract/risk-api.ts'
import { assessRisk, type RiskAssessment, type RiskInputs } from '#domain/risk/risk.ts'
import { useState } from 'react'
import type { Figure } from './risk-words.ts'

/** The risk of an incident, with the values that the user is trying out. */
export type Risk = {
  view: RiskView
  /** The stored figures, overridden by typed ones. */
  inputs: RiskInputs
  /** Typed figures that are not recorded yet. */
  tried: Partial<RiskInputs>
  /** The current assessment of `inputs`. */
  assessment: RiskAssessment | null
  /** True if the data may be older than what is stored. */
  stale: boolean
  tryFigure(figure: Figure, value: number | null): void
  forgetTried(): void
}

/** Reads the risk again whenever numbers, assessments, turning points or weights change. */
export function useRisk(incidentId: string): { risk: Risk | null; failure: Failure | null; readAgain(): void } {
  const read = useRead('risk.get', { incidentId })
  const [tried, setTried] = useState<Partial<RiskInputs>>({})
  const view = read.data
  if (!view) return { risk: null, failure: read.failure, readAgain: read.readAgain }
  const inputs = { ...view.inputs, ...tried }
  const risk: Risk = {
    view,
    inputs,
    tried,
    assessment: assessRisk(inputs, view.weights),
    stale: read.stale,
    tryFigure: (figure, value) =>
      setTried((before) => {
        const { [figure]: _, ...others } = before
        return view.inputs[figure] === value ? others : { ...others, [figure]: value }
      }),
    forgetTried: () => setTried({}),
  }
  return { risk, failure: read.failure, readAgain: read.readAgain }
}
