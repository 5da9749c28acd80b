/** How far the picture wanders from its place, in pixels of a 1080-line screen, and how long one step of one pixel takes. */
export const SHIFT_REACH = 8
export const SHIFT_STEP_MS = 20_000

/** There and back between −reach and +reach, one a step. */
function wander(step: number, reach: number): number {
  const place = ((step % (4 * reach)) + 4 * reach) % (4 * reach)
  return place <= 2 * reach ? place - reach : 3 * reach - place
}

/**
 * Where the whole picture stands at `now` so that no line burns into the screen: it wanders by one pixel at a time, too slow
 * to be seen. The two directions have different periods, so that it comes by every place.
 */
export function pixelShift(now: number): { x: number; y: number } {
  const step = Math.floor(now / SHIFT_STEP_MS)
  return { x: wander(step, SHIFT_REACH), y: wander(step, SHIFT_REACH - 1) }
}
