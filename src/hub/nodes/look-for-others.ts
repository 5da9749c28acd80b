import type { ScopeHead } from '#contract/hub-link.ts'
import type { AnnouncedHead, HubLog } from '../log/hub-log.ts'
import { decidingIncident, readersScope, type AccessChange, type Readers } from '../log/readers.ts'

const namesOf = (readers: Readers) => (readers === 'everyone' ? readers : readers.toSorted().join(' '))

export type LookParts = {
  log: Pick<HubLog, 'heads' | 'readersOfScope' | 'restrictedScopes' | 'firstReaders'>
  /** Called with what others wrote, and the resulting changes of read access. */
  announce(heads: readonly AnnouncedHead[], access: readonly AccessChange[]): Promise<void>
}

/**
 * Detects what other processes wrote to the same database: scopes that moved, and changed readers. One look runs at a time; a call
 * during a look causes one more.
 */
export function createLookForOthers({ log, announce }: LookParts) {
  /** The sequence number up to which each scope was announced to this process's links. */
  const seen = new Map<string, number>()
  /** The sequence number up to which the readers of each scope were checked: this process's own records may follow another's. */
  const looked = new Map<string, number>()
  /** The incidents whose readers are known; `restricted` holds the readers of the restricted ones. */
  const known = new Set<string>()
  const restricted = new Map<string, Readers>()
  let begun = false
  /** True when the known state is of an earlier epoch. */
  let startsOver = false
  let looking: Promise<void> | null = null
  let again = false

  function learn(scope: string, readers: Readers): void {
    known.add(scope)
    if (readers === 'everyone') restricted.delete(scope)
    else restricted.set(scope, readers)
  }

  async function changesOf(of: string, after: Readers): Promise<AccessChange[]> {
    if (decidingIncident(of) === null) return []
    const scope = readersScope(of)
    const isNew = !known.has(scope)
    // A link may already hold the scope before this process first sees it.
    const before = isNew ? await log.firstReaders(scope) : (restricted.get(scope) ?? 'everyone')
    learn(scope, after)
    // A scope that was open to everyone from its beginning needs no announcement beside its head.
    const given: AccessChange[] = isNew && before !== 'everyone' ? [{ kind: 'scope', scope, before: [], after: before }] : []
    return namesOf(before) === namesOf(after) ? given : [...given, { kind: 'scope', scope, before, after }]
  }

  async function begin(): Promise<void> {
    const heads = await log.heads()
    const readersOf = await log.restrictedScopes()
    if (startsOver) {
      for (const each of [seen, looked, known, restricted]) each.clear()
    }
    for (const { scope, seq } of heads) {
      seen.set(scope, Math.max(seq, seen.get(scope) ?? 0))
      looked.set(scope, seq)
      if (decidingIncident(scope) !== null) learn(readersScope(scope), readersOf.get(readersScope(scope)) ?? 'everyone')
    }
    begun = true
    startsOver = false
  }

  async function lookOnce(): Promise<void> {
    if (!begun || startsOver) return begin()
    const moved: AnnouncedHead[] = []
    const access: AccessChange[] = []
    for (const head of await log.heads()) {
      if (head.seq <= (looked.get(head.scope) ?? 0)) continue
      looked.set(head.scope, head.seq)
      const readers = await log.readersOfScope(head.scope)
      access.push(...(await changesOf(head.scope, readers)))
      if (head.seq <= (seen.get(head.scope) ?? 0)) continue
      seen.set(head.scope, head.seq)
      moved.push({ ...head, readers })
    }
    if (moved.length > 0 || access.length > 0) await announce(moved, access)
  }

  /** The first look records the existing state and announces nothing. */
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
    /**
     * Notes what this process wrote and announced itself. The next look may announce a change of access again, because it compares
     * with its last known state: another process may have written in between.
     * @returns the number of records
     */
    note(heads: readonly ScopeHead[]): number {
      let records = 0
      for (const { scope, seq } of heads) {
        records += Math.max(0, seq - (seen.get(scope) ?? seq - 1))
        seen.set(scope, Math.max(seq, seen.get(scope) ?? 0))
      }
      return records
    },

    look,

    /** A new epoch has begun and the log may be shorter than before: records the current state and announces nothing. */
    startOver(): Promise<void> {
      startsOver = true
      return look()
    },
  }
}
