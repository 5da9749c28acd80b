import { HOUR } from '../durations.ts'

/** The four phases of a public crisis by its age (C2-02…C2-05): warning 0–12 h, outbreak 12–48 h, peak 48–72 h, easing after that. */
export const PHASES = [
  { id: 'warning', from: 0 },
  { id: 'outbreak', from: 12 * HOUR },
  { id: 'peak', from: 48 * HOUR },
  { id: 'easing', from: 72 * HOUR },
] as const
export type PhaseId = (typeof PHASES)[number]['id']

/** The phase at `offsetMs` milliseconds after the beginning; null before the beginning. */
export function phaseAt(offsetMs: number): PhaseId | null {
  return PHASES.findLast((phase) => offsetMs >= phase.from)?.id ?? null
}
