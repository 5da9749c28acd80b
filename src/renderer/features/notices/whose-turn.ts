/** How a window is looked at: it has the focus, it is in sight, or neither. */
export type Looked = 'at' | 'seen' | 'hidden'

const NAMES = { at: 'stormroom.looked-at', seen: 'stormroom.seen' } as const
type Locks = Pick<LockManager, 'query' | 'request'>

/**
 * Whether this window is the one to call the user, of all that are open on this device: the one that has the focus; without
 * one, whichever is in sight; without that, any. What it does not call for, the other does.
 */
export async function isOurTurn(looked: Looked, locks: Pick<Locks, 'query'> | undefined): Promise<boolean> {
  if (looked === 'at' || !locks) return true
  const held = new Set((await locks.query()).held?.map(({ name }) => name))
  return !held.has(NAMES.at) && (looked === 'seen' || !held.has(NAMES.seen))
}

/**
 * Lets the other windows know how this one is looked at, until it is told anew.
 * @returns the way to take it back
 */
export function tellLooked(looked: Looked, locks: Pick<Locks, 'request'> | undefined): () => void {
  if (looked === 'hidden' || !locks) return () => {}
  const over = Promise.withResolvers<null>()
  for (const name of looked === 'at' ? [NAMES.at, NAMES.seen] : [NAMES.seen])
    void locks.request(name, { mode: 'shared' }, () => over.promise)
  return () => over.resolve(null)
}
