/**
 * The text under a hub's signature of a head: where a scope's log stood, in which team, and in which life of its log. Whoever
 * keeps it can later prove that a hub shows another log than it once did.
 * @param epoch null for the first format, of hubs and devices that did not sign the epoch with it
 */
export function signedHeadText(hubId: string, head: { scope: string; seq: number; hash: string }, epoch: string | null = null): string {
  if (epoch === null) return JSON.stringify(['stormroom-head-1', hubId, head.scope, head.seq, head.hash])
  return JSON.stringify(['stormroom-head-2', hubId, epoch, head.scope, head.seq, head.hash])
}

/**
 * Says that a member may no longer read a scope since a record of the log ended it: the one thing on which a device forgets
 * what it holds.
 */
export type ReadingEnded = {
  scope: string
  /** The scope whose record decides it: an incident's decides about its customers as well. */
  by: string
  /** The record that ended the reading; where a term ran out by the clock, the last one that said so. */
  seq: number
  hash: string
}

/** The text under a hub's signature of the end of a member's reading. */
export function readingEndedText(hubId: string, epoch: string, memberId: string, ended: ReadingEnded): string {
  return JSON.stringify(['stormroom-reading-ended-1', hubId, epoch, memberId, ended.scope, ended.by, ended.seq, ended.hash])
}
