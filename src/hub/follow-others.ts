import type { ScopeHead } from '#contract/hub-link.ts'
import type { HubCore } from './core/hub-core.ts'
import type { GoingBackWatch } from './going-back.ts'
import { createLookForOthers } from './nodes/look-for-others.ts'
import type { Links } from './session/links.ts'

/** Follows what other nodes and processes do to the same database: commits, new epochs, revoked sessions. */
export type OthersFollower = {
  /** The epoch that devices are told. */
  epoch(): string
  /** Makes every device repeat the handshake when a new epoch has begun. @returns whether one has */
  takeUpEpoch(): Promise<boolean>
  /** A device has shown that the log lacks records; begins a new epoch. @returns false when another call already did */
  wentBack(): Promise<boolean>
  /** Notes heads that this process announces itself. @returns the number of records */
  note(heads: readonly ScopeHead[]): number
  /** Looks for commits of others and announces them; the first look announces nothing. */
  look(): Promise<void>
  /** Ends the links of sessions that were revoked elsewhere: by a reset code, or at another node. */
  endRevokedSessions(): Promise<void>
  /** Announces what others wrote to the same database as if it had come over a link. */
  takeUpOthers(): Promise<void>
  /** The same, at intervals: also checks whether the log went back, which would be too often for every notification. */
  pollExternalWrites(): Promise<void>
}

/** @param epoch the current one */
export function followOthers(
  { hub, accounts, commits }: HubCore,
  { links, goingBack, epoch: first }: { links: Links; goingBack: GoingBackWatch; epoch: string },
): OthersFollower {
  let epoch = first
  const { look, note, startOver } = createLookForOthers({
    log: hub.log,
    announce(heads, changed) {
      commits.tellElsewhere(heads.map(({ scope }) => scope))
      return links.announce(heads, changed)
    },
  })

  async function takeUpEpoch(): Promise<boolean> {
    const before = epoch
    epoch = await hub.epoch()
    if (epoch === before) return false
    // Done before devices ask again, so that later changes are announced.
    await startOver()
    commits.tellElsewhere('all')
    links.repeatHandshake()
    return true
  }

  async function endRevokedSessions(): Promise<void> {
    links.endSessions(await accounts.sessions.revokedAmong(links.openSessions()), 'session-revoked')
  }

  async function takeUpOthers(): Promise<void> {
    await endRevokedSessions()
    await takeUpEpoch()
    await look()
  }

  return {
    epoch: () => epoch,
    takeUpEpoch,
    async wentBack() {
      await goingBack.found(epoch)
      return takeUpEpoch()
    },
    note,
    look,
    endRevokedSessions,
    takeUpOthers,
    async pollExternalWrites() {
      await goingBack.look()
      await takeUpOthers()
    },
  }
}
