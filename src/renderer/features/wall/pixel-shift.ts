/** Maximum shift of the picture, in pixels of a 1080-line screen, and the duration of a step of one pixel. */
export const SHIFT_REACH = 8
export const SHIFT_STEP_MS = 20_000

/** Moves back and forth between −reach and +reach, one pixel per step. */
function wander(step: number, reach: number): number {
  const place = ((step % (4 * reach)) + 4 * reach) % (4 * reach)
  return place <= 2 * reach ? place - reach : 3 * reach - place
}

/**
 * The offset of the whole picture at `now`, to prevent burn-in: one pixel at a time, too slow to notice. The two axes have different
 * periods, so that every offset occurs.
 */
export function pixelShift(now: number): { x: number; y: number } {
  const step = Math.floor(now / SHIFT_STEP_MS)
  return { x: wander(step, SHIFT_REACH), y: wander(step, SHIFT_REACH - 1) }
}
