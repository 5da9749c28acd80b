import { z } from 'zod'
import { command, query } from './procedure.ts'
import { Language } from './workspace-api.ts'

/** Places of the story that one can jump to: the bounds of its phases (C2-02…C2-05), and its end. */
export const DEMO_PLACES = ['begin', 'outbreak', 'peak', 'easing', 'end'] as const
export const DemoPlace = z.enum(DEMO_PLACES)
export type DemoPlace = z.infer<typeof DemoPlace>

/** How much faster than life the story may be told: slowly, so that one can read along; an hour in a minute; an hour in a second. */
export const DEMO_SPEEDS = { slow: 10, medium: 60, fast: 3600 } as const

export type DemoState = {
  /** Story time, milliseconds since 1970, and when the incident was declared in it. */
  now: number
  declaredAt: number
  speed: number
  playing: boolean
  /** True when everything has been told. */
  ended: boolean
  incidentId: string
  places: { place: DemoPlace; at: number }[]
  /** What waits in the room with the data that the viewer came from, in the machine's time; null: the demo was started by itself. */
  own: { now: number; running: number; nextDueAt: number | null; /** That clock is late, or nearly. */ urgent: boolean } | null
}

/** Which room a page asks for when it connects: the demo told in a language, or, left out, the one with the data. */
export const RoomWish = z.strictObject({ key: z.string().max(200).optional(), demo: Language.optional() })

/** The demo: a story played into a workspace of its own. Any other workspace answers `not-a-demo`. */
export const demoApi = {
  'demo.state': query(z.strictObject({}))
    .dependsOn(() => ['workspace'])
    .returns<DemoState>(),
  /** What is left out stays as it is. A jump back tells the story anew up to there. */
  'demo.control': command(
    z.strictObject({ playing: z.boolean().optional(), speed: z.number().min(1).max(3600).optional(), jumpTo: DemoPlace.optional() }),
  ).returns<DemoState>(),
}
