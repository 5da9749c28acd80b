import type { ScopeHead } from '#contract/hub-link.ts'
import type { AnnouncedHead, HubLog } from '../log/hub-log.ts'
import { decidingIncident, readersScope, type AccessChange, type Readers } from '../log/readers.ts'

const namesOf = (readers: Readers) => (readers === 'everyone' ? readers : readers.toSorted().join(' '))

export type LookParts = {
  log: Pick<HubLog, 'heads' | 'readersOfScope' | 'restrictedScopes'>
  /** Told what others wrote, and what that changes about who may read what. */
  announce(heads: readonly AnnouncedHead[], access: readonly AccessChange[]): Promise<void>
}

/**
 * Finds what other processes wrote into the same database: where scopes have moved on, and who has gained or lost one. One look
 * runs at a time; asked for meanwhile, one more follows.
 */
export function createLookForOthers({ log, announce }: LookParts) {
  const seen = new Map<string, number>()
  /** Who may read the incidents that not everybody may, as far as it is known here. */
  const restricted = new Map<string, Readers>()
  let begun = false
  /** What is known is of an earlier life of the log. */
  let startsOver = false
  let looking: Promise<void> | null = null
  let again = false

  function changeOf(of: string, after: Readers, isNew: boolean): AccessChange[] {
    if (decidingIncident(of) === null) return []
    const scope = readersScope(of)
    const before: Readers = restricted.get(scope) ?? (isNew ? [] : 'everyone')
    if (after === 'everyone') restricted.delete(scope)
    else restricted.set(scope, after)
    // What everybody may read from its beginning needs no telling beside its head.
    return namesOf(before) === namesOf(after) || (isNew && after === 'everyone') ? [] : [{ kind: 'scope', scope, before, after }]
  }

  async function begin(): Promise<void> {
    const heads = await log.heads()
    const readersOf = await log.restrictedScopes()
    if (startsOver) {
      seen.clear()
      restricted.clear()
    }
    for (const [scope, readers] of readersOf) restricted.set(scope, readers)
    for (const { scope, seq } of heads) seen.set(scope, Math.max(seq, seen.get(scope) ?? 0))
    begun = true
    startsOver = false
  }

  async function lookOnce(): Promise<void> {
    if (!begun || startsOver) return begin()
    const moved: AnnouncedHead[] = []
    const access: AccessChange[] = []
    for (const head of await log.heads()) {
      const last = seen.get(head.scope)
      if (head.seq <= (last ?? -1)) continue
      seen.set(head.scope, head.seq)
      const readers = await log.readersOfScope(head.scope)
      access.push(...changeOf(head.scope, readers, last === undefined))
      moved.push({ ...head, readers })
    }
    if (moved.length > 0) await announce(moved, access)
  }

  /** The first look finds what is there already, and tells nobody. */
  function look(): Promise<void> {
    if (looking) again = true
    looking ??= (async () => {
      do {
        again = false
        await lookOnce()
      } while (again)
    })().finally(() => {
      looking = null
    })
    return looking
  }

  return {
    /** What this process wrote itself. @returns how many records that is */
    note(heads: readonly ScopeHead[], access: readonly AccessChange[]): number {
      let records = 0
      for (const { scope, seq } of heads) {
        records += Math.max(0, seq - (seen.get(scope) ?? seq - 1))
        seen.set(scope, Math.max(seq, seen.get(scope) ?? 0))
      }
      for (const change of access) if (change.kind === 'scope') changeOf(change.scope, change.after, true)
      return records
    },

    look,

    /** The log has begun another life and may stand further back than it did: what is there now is told to nobody. */
    startOver(): Promise<void> {
      startsOver = true
      return look()
    },
  }
}
