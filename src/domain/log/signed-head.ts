/**
 * The text under a hub's signature of a head: where a scope's log stood, and in which team. Whoever keeps it can later prove
 * that a hub shows another log than it once did.
 */
export function signedHeadText(hubId: string, head: { scope: string; seq: number; hash: string }): string {
  return JSON.stringify(['stormroom-head-1', hubId, head.scope, head.seq, head.hash])
}
