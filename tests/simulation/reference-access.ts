import { privateScope } from '#domain/log/ids.ts'
import type { Db } from '#storage/open-database.ts'

type MemberRow = { status?: string; vendor?: { from: number; until: number } | null }
type Head = { scope: string; seq: number }

/** Matches the marks in texts, see `team-acts.ts`. */
export const MARK = /mk\d{6}z/g

/**
 * Who may read what, derived from the hub's tables without the product's own rules, and updated during the run: a member can
 * have received only what was in a scope while they were allowed to read it.
 */
export type Rights = {
  standing(memberId: string): 'in' | 'out' | 'unknown'
  /** Heads of the scopes that a member may read now. */
  heads(memberId: string): Head[]
  mayRead(memberId: string, scope: string): boolean
  /** Reads what the hub has recorded since the last call. */
  note(): void
  /** Starts over, because the hub's log was replaced. */
  begin(): void
  /** Marks of texts that a member may have received at any time. */
  given(memberId: string): ReadonlySet<string>
  /** Marks in the logs of incidents that a member may not read now. */
  hidden(memberId: string): ReadonlySet<string>
}

export function createRights(open: () => Db | null, now: () => number): Rights {
  const given = new Map<string, Set<string>>()
  let lastRow = 0
  let inScope = new Map<string, Set<string>>()
  let readableBefore = new Map<string, Set<string>>()

  const setOf = (map: Map<string, Set<string>>, key: string) => {
    const found = map.get(key) ?? new Set<string>()
    map.set(key, found)
    return found
  }

  // State changes only with the log, so it is cached until the log grows.
  let known = { row: -1, states: new Map<string, Record<string, unknown>>(), heads: [] as Head[] }
  let noted = ''

  function look(): typeof known {
    const db = open()
    if (!db) return known
    const row = db.prepare<[], number>('SELECT max(rowid) FROM record').pluck().get() ?? 0
    if (row === known.row) return known
    const rows = db
      .prepare<[], { name: string; body: string }>(
        "SELECT kind || ' ' || id AS name, body FROM entity WHERE kind IN ('member', 'incident')",
      )
      .all()
    known = {
      row,
      states: new Map(rows.map(({ name, body }) => [name, (JSON.parse(body) as { state: Record<string, unknown> }).state])),
      heads: db.prepare<[], Head>('SELECT scope, seq FROM scope_head WHERE seq > 0').all(),
    }
    return known
  }

  const stateOf = (kind: string, id: string) => look().states.get(`${kind} ${id}`) ?? null

  function standing(memberId: string): 'in' | 'out' | 'unknown' {
    const state = stateOf('member', memberId) as MemberRow | null
    if (!state) return 'unknown'
    if (state.status === 'revoked') return 'out'
    const { vendor } = state
    return vendor && (now() < vendor.from || now() >= vendor.until) ? 'out' : 'in'
  }

  function mayRead(memberId: string, scope: string): boolean {
    if (scope === privateScope(memberId)) return true
    if (scope.startsWith('private:') || standing(memberId) !== 'in') return false
    if (scope === 'team') return true
    const incident = stateOf('incident', scope.slice(scope.indexOf(':') + 1))
    const allowed = incident?.['restrictedTo'] as string[] | null | undefined
    if (allowed === null || allowed === undefined || allowed.includes(memberId)) return true
    const lent = incident?.['authorities'] as { memberId: string; until: number; reads?: boolean }[] | undefined
    return lent?.some((one) => one.memberId === memberId && one.reads === true && now() < one.until) === true
  }

  const members = () => [...look().states.keys()].flatMap((name) => (name.startsWith('member ') ? [name.slice('member '.length)] : []))

  return {
    standing,
    mayRead,
    heads: (memberId) => look().heads.filter(({ scope }) => mayRead(memberId, scope)),
    note() {
      const db = open()
      if (!db) return
      const standings = `${look().row} ${members().map(standing).join()}`
      if (standings === noted) return
      noted = standings
      const fresh = new Map<string, Set<string>>()
      const rows = db
        .prepare<[number], { rowid: number; scope: string; bytes: string }>(
          'SELECT rowid, scope, bytes FROM record WHERE rowid > ? ORDER BY rowid',
        )
        .all(lastRow)
      for (const { rowid, scope, bytes } of rows) {
        lastRow = rowid
        for (const [mark] of bytes.matchAll(MARK)) {
          setOf(inScope, scope).add(mark)
          setOf(fresh, scope).add(mark)
        }
      }
      const scopes = look().heads.map(({ scope }) => scope)
      for (const member of members()) {
        const theirs = setOf(given, member)
        const before = setOf(readableBefore, member)
        const readable = new Set(scopes.filter((scope) => mayRead(member, scope)))
        for (const scope of readable)
          for (const mark of before.has(scope) ? (fresh.get(scope) ?? []) : (inScope.get(scope) ?? [])) theirs.add(mark)
        // Records of this step may have been fetched before the right was lost.
        for (const scope of before) for (const mark of fresh.get(scope) ?? []) theirs.add(mark)
        readableBefore.set(member, readable)
      }
    },
    begin() {
      known = { ...known, row: -1 }
      noted = ''
      lastRow = 0
      inScope = new Map()
      readableBefore = new Map()
      this.note()
    },
    given: (memberId) => given.get(memberId) ?? new Set(),
    hidden: (memberId) =>
      new Set([...inScope].flatMap(([scope, marks]) => (scope.startsWith('private:') || mayRead(memberId, scope) ? [] : [...marks]))),
  }
}
