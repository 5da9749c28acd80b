import type { WallTask } from '#contract/overview-api.ts'
import { LAYERS, type Layer } from '#domain/people/assignment.ts'

/** Larger than any due time. */
const LAST = Number.MAX_SAFE_INTEGER

/** The open tasks of one command layer. `first`: the most urgent. */
export type LayerStanding = { layer: Layer; open: number; late: number; waiting: number; first: WallTask | null }

/** Open tasks by layer at `now`; overdue ones first, then those that block others, then by due time. Blocked ones come last. */
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
