import type { WallTask } from '#contract/overview-api.ts'
import { LAYERS, type Layer } from '#domain/people/assignment.ts'

/** After every moment that a task can be due. */
const LAST = Number.MAX_SAFE_INTEGER

/** What one layer of command still has to do. `first`: what presses most. */
export type LayerStanding = { layer: Layer; open: number; late: number; waiting: number; first: WallTask | null }

/** Open tasks by layer at `now`; first what is late, then what others wait for, then what is due. What itself waits comes last. */
export function layerStandings(tasks: readonly WallTask[], now: number): LayerStanding[] {
  const isLate = (task: WallTask) => task.dueAt !== null && task.dueAt < now
  const pressing = (a: WallTask, b: WallTask) =>
    Number(a.waitsFor > 0) - Number(b.waitsFor > 0) ||
    Number(isLate(b)) - Number(isLate(a)) ||
    b.holdsUp - a.holdsUp ||
    (a.dueAt ?? LAST) - (b.dueAt ?? LAST)
  return LAYERS.map((layer) => {
    const own = tasks.filter((task) => task.layer === layer)
    return {
      layer,
      open: own.length,
      late: own.filter(isLate).length,
      waiting: own.filter((task) => task.waitsFor > 0).length,
      first: own.toSorted(pressing)[0] ?? null,
    }
  })
}
