/**
 * The text under a hub's signature of a head: the head of a scope, the team, and the epoch of the log. A device that keeps
 * the signature can later prove that a hub presents a different log.
 * @param epoch null for the first format, of hubs and devices that did not sign the epoch
 */
export function signedHeadText(hubId: string, head: { scope: string; seq: number; hash: string }, epoch: string | null = null): string {
  if (epoch === null) return JSON.stringify(['stormroom-head-1', hubId, head.scope, head.seq, head.hash])
  return JSON.stringify(['stormroom-head-2', hubId, epoch, head.scope, head.seq, head.hash])
}

/**
 * States that a member may no longer read a scope since a given record of the log. The only reason for which a device
 * deletes what it holds.
 */
export type ReadingEnded = {
  scope: string
  /** The scope whose record decides: an incident's scope also decides about its customers. */
  by: string
  /** The record that ended access; if a period expired by time, the last record that set the period. */
  seq: number
  hash: string
}

/** The text under a hub's signature of the end of a member's access. */
export function readingEndedText(hubId: string, epoch: string, memberId: string, ended: ReadingEnded): string {
  return JSON.stringify(['stormroom-reading-ended-1', hubId, epoch, memberId, ended.scope, ended.by, ended.seq, ended.hash])
}
