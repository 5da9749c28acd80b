import type { ClockId } from '#domain/incidents/clocks.ts'
import type { IncidentLevel, IncidentStatus, Stage } from '#domain/incidents/incident.ts'
import type { Department, Layer } from '#domain/people/assignment.ts'
import type { SeriesMetric, SeriesReading } from '#domain/series/series.ts'
import type { TaskProgress } from '#domain/tasks/task.ts'
import type { EntryKind, LinkRelation, TurningPoint } from '#domain/timeline/entry.ts'

/** A piece of evidence that the demo generates: a text, or a bar chart. */
export type StoryEvidence = { name: string; text: string } | { name: string; bars: readonly number[] }

export type Writing = {
  kind: Exclude<EntryKind, 'system'>
  text: string
  /** The department that writes it; the commander if absent. */
  by?: Department
  /** Name by which later acts refer to this entry. */
  key?: string
  /** Minutes between the event and its recording. */
  ago?: number
  decision?: { decidedBy: string; reason: string }
  turningPoint?: TurningPoint
  tags?: readonly string[]
  meets?: readonly ClockId[]
  star?: boolean
  evidence?: readonly StoryEvidence[]
}

/** The number series of the story, by internal name. */
export type StorySeries = 'complaints' | 'searches' | 'negative' | 'media'

/** One act of the story; `at` is minutes after the declaration. */
export type StoryAct = { at: number } & (
  | ({ do: 'write' } & Writing)
  | { do: 'correct'; key: string; text: string; reason: string }
  | { do: 'comment'; key: string; text: string }
  | { do: 'link'; key: string; to: string; relation: LinkRelation }
  | { do: 'number'; series: StorySeries; value: number }
  | { do: 'known'; text: string }
  | { do: 'stage'; stage: Stage }
  | { do: 'sign'; sign: string }
  | { do: 'level'; to: IncidentLevel; reason: string }
  | { do: 'assess' | 'refuse'; reason: string; opinionLeaders: number }
  | { do: 'status'; to: IncidentStatus; reason: string }
  /** Null: back to the member of this workspace. */
  | { do: 'hand-over'; to: string | null; summary: string }
  | { do: 'person'; layer: Layer; department: Department | null; name: string; backup: string; duty: string }
  | { do: 'plan'; planId: string }
  /** A text of the starter library is adapted, approved by PR and legal, and published. */
  | { do: 'wording'; starter: string }
  | { do: 'task'; task: string; to: TaskProgress; note?: string }
)

/** A story: the commander, the declaration, the number series, and all acts in order. */
export type Story = {
  /** The text of the declaration. */
  title: string
  commander: string
  series: Record<StorySeries, { name: string; unit: string; metric: SeriesMetric; reading: SeriesReading }>
  acts: readonly StoryAct[]
}

/** Minutes of `h:mm`. */
export function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number)
  return hours * 60 + rest
}

type More = Omit<Writing, 'kind' | 'text' | 'decision'>

function writer(kind: Writing['kind']) {
  return (time: string, text: string, more: More = {}): StoryAct => ({ at: minutes(time), do: 'write', kind, text, ...more })
}

export const observe = writer('observation')
export const act = writer('action')
export const state = writer('statement')
export const media = writer('media-report')
export const regulator = writer('regulator')
export const customer = writer('customer-voice')

/** A decision, with who decided and why. */
export function decide(time: string, decidedBy: string, text: string, reason: string, more: More = {}): StoryAct {
  return { at: minutes(time), do: 'write', kind: 'decision', text, decision: { decidedBy, reason }, ...more }
}

/** A turning point of the spread (AN-07…AN-11). */
export function turn(time: string, turningPoint: TurningPoint, text: string, more: More = {}): StoryAct {
  return { at: minutes(time), do: 'write', kind: 'turning-point', text, turningPoint, star: true, ...more }
}

/** A task of the plan, by its key in the plan, moves on. */
export function task(time: string, key: string, to: TaskProgress, note = ''): StoryAct {
  return { at: minutes(time), do: 'task', task: key, to, note }
}
