/** How long one incident stays on the wall before the next one, milliseconds. */
export const ROTATION_MS = 30_000

/**
 * The incident to show after a step through the round, which may have changed since the last one.
 * @param ids the round in its order
 * @param shown the incident on the wall; null: none yet
 * @param by steps forward, negative: back; 0 stays as long as the incident is still in the round
 * @returns null when there is nothing to show
 */
export function turnTo(ids: readonly string[], shown: string | null, by: number): string | null {
  const at = shown === null ? -1 : ids.indexOf(shown)
  // What has left the round leaves its place to the first.
  if (at < 0) return ids[0] ?? null
  return ids[(((at + by) % ids.length) + ids.length) % ids.length] ?? null
}
