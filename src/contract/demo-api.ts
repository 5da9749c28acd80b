import { z } from 'zod'
import { command, query } from './procedure.ts'
import { Language } from './workspace-api.ts'

/** Points of the story that one can jump to: the phase boundaries (C2-02…C2-05) and the end. */
export const DEMO_POSITIONS = ['begin', 'outbreak', 'peak', 'easing', 'end'] as const
export const DemoPosition = z.enum(DEMO_POSITIONS)
export type DemoPosition = z.infer<typeof DemoPosition>

/** Playback speeds relative to real time: slow enough to read along; one hour per minute; one hour per second. */
export const DEMO_SPEEDS = { slow: 10, medium: 60, fast: 3600 } as const

export type DemoState = {
  /** Story time, and the declaration of the incident in story time, milliseconds since 1970. */
  now: number
  declaredAt: number
  speed: number
  playing: boolean
  /** True when the story has ended. */
  ended: boolean
  incidentId: string
  positions: { position: DemoPosition; at: number }[]
  /** Open clocks in the workspace with the data that the viewer came from, in machine time; null if the demo was started on its own. */
  own: { now: number; running: number; nextDueAt: number | null; /** The clock is overdue, or almost. */ urgent: boolean } | null
}

/** The room that a page requests when it connects: the demo in a language, or, if omitted, the workspace with the data. */
export const RoomWish = z.strictObject({ key: z.string().max(200).optional(), demo: Language.optional() })

/** The demo: a story played into its own workspace. Any other workspace answers `not-a-demo`. */
export const demoApi = {
  'demo.state': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<DemoState>(),
  /** Omitted fields keep their values. A jump back replays the story up to that point. */
  'demo.control': command(
    z.strictObject({ playing: z.boolean().optional(), speed: z.number().min(1).max(3600).optional(), jumpTo: DemoPosition.optional() }),
  ).returns<DemoState>(),
}
