/** How long one incident stays on the wall, in milliseconds. */
export const ROTATION_MS = 30_000

/**
 * The incident to show after a step through the rotation, which may have changed since.
 * @param ids the rotation in order
 * @param shown the incident on the wall; null: none yet
 * @param by steps forward, negative: back; 0 keeps the incident if it is still in the rotation
 * @returns null if there is nothing to show
 */
export function turnTo(ids: readonly string[], shown: string | null, by: number): string | null {
  const at = shown === null ? -1 : ids.indexOf(shown)
  // The shown incident has left the rotation: start from the first.
  if (at < 0) return ids[0] ?? null
  return ids[(((at + by) % ids.length) + ids.length) % ids.length] ?? null
}
