import type { ScopeHead } from '#contract/hub-link.ts'
import type { AnnouncedHead, HubLog } from '../log/hub-log.ts'
import { decidingIncident, readersScope, type AccessChange, type Readers } from '../log/readers.ts'

const namesOf = (readers: Readers) => (readers === 'everyone' ? readers : readers.toSorted().join(' '))

export type LookParts = {
  log: Pick<HubLog, 'heads' | 'readersOfScope' | 'restrictedScopes' | 'firstReaders'>
  /** Told what others wrote, and what that changes about who may read what. */
  announce(heads: readonly AnnouncedHead[], access: readonly AccessChange[]): Promise<void>
}

/**
 * Finds what other processes wrote into the same database: where scopes have moved on, and who has gained or lost one. One look
 * runs at a time; asked for meanwhile, one more follows.
 */
export function createLookForOthers({ log, announce }: LookParts) {
  /** How far the links of this process have been told of each scope. */
  const seen = new Map<string, number>()
  /** How far it was looked who may read each: what this process wrote itself may stand behind something of another. */
  const looked = new Map<string, number>()
  /** The incidents whose readers are known, and who they are of those that not everybody may read. */
  const known = new Set<string>()
  const restricted = new Map<string, Readers>()
  let begun = false
  /** What is known is of an earlier life of the log. */
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
    // A link may have been shown it already, before it was first seen here.
    const before = isNew ? await log.firstReaders(scope) : (restricted.get(scope) ?? 'everyone')
    learn(scope, after)
    // What everybody may read from its beginning needs no telling beside its head.
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
    /**
     * What this process wrote itself and told. Whom it changes something for may be told that once more by the next look, which
     * goes from what it last knew: between the two there may be something of another.
     * @returns how many records that is
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

    /** The log has begun another life and may stand further back than it did: what is there now is told to nobody. */
    startOver(): Promise<void> {
      startsOver = true
      return look()
    },
  }
}
