import type { IncidentView } from '#contract/incident-api.ts'
import { isLive } from '#domain/incidents/incident.ts'

export const FIRST_STEPS = ['known', 'plan', 'people', 'entry', 'response'] as const
export type FirstStep = (typeof FIRST_STEPS)[number]

/** The steps of the first minutes that apply to the incident, and which are done. */
export function firstSteps(
  incident: Pick<IncidentView, 'known' | 'clocks' | 'entryCount' | 'status'>,
  has: { plan: boolean; people: boolean; planThere: boolean },
): { step: FirstStep; done: boolean }[] {
  const response = incident.clocks.find((clock) => clock.id === 'response')
  const done: Record<FirstStep, boolean> = {
    known: incident.known !== '',
    plan: has.plan,
    people: has.people,
    entry: incident.entryCount > 0,
    response: response !== undefined && (response.met !== null || response.stopped !== undefined),
  }
  return FIRST_STEPS.filter((step) => (step === 'plan' ? has.plan || has.planThere : step !== 'response' || response !== undefined)).map(
    (step) => ({ step, done: done[step] }),
  )
}

/** The checklist is shown only until everything is done or the incident is over. */
export function isBeginning(incident: Pick<IncidentView, 'status' | 'mode'>, steps: readonly { done: boolean }[]): boolean {
  return isLive(incident) && steps.some(({ done }) => !done)
}
