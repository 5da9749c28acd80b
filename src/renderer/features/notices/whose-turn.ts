/** The visibility of a window: focused, visible, or neither. */
export type Looked = 'at' | 'seen' | 'hidden'

const NAMES = { at: 'stormroom.looked-at', seen: 'stormroom.seen' } as const
type Locks = Pick<LockManager, 'query' | 'request'>

/**
 * Whether this window should alert the user, among all open windows of this device: the focused one; if none is, any visible one; if none
 * is, any.
 */
export async function isOurTurn(looked: Looked, locks: Pick<Locks, 'query'> | undefined): Promise<boolean> {
  if (looked === 'at' || !locks) return true
  const held = new Set((await locks.query()).held?.map(({ name }) => name))
  return !held.has(NAMES.at) && (looked === 'seen' || !held.has(NAMES.seen))
}

/**
 * Publishes the visibility of this window to the others, until it is released.
 * @returns a function that releases it
 */
export function tellLooked(looked: Looked, locks: Pick<Locks, 'request'> | undefined): () => void {
  if (looked === 'hidden' || !locks) return () => {}
  const over = Promise.withResolvers<null>()
  for (const name of looked === 'at' ? [NAMES.at, NAMES.seen] : [NAMES.seen])
    void locks.request(name, { mode: 'shared' }, () => over.promise)
  return () => over.resolve(null)
}
