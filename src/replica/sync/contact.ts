import { INCIDENT } from '#domain/incidents/incident-entity.ts'
import type { Db } from '#storage/open-database.ts'
import { decidingScope, incidentOfScope, privateScope, TEAM_SCOPE } from '#domain/log/ids.ts'
import { readersOf } from '#domain/permissions/readers.ts'
import type { LeaseTerms } from '#domain/members/lease.ts'
import {
  LINK_REFUSALS,
  LinkRefused,
  type HubLink,
  type LinkRefusal,
  type ScopeHead,
  type SignedEnding,
  type Welcome,
} from '#contract/hub-link.ts'
import { MINUTE } from '#domain/durations.ts'
import type { MetaKey } from '../store/meta.ts'
import type { ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import { addSample, offsetOf, type ClockSample } from '../store/clock-offset.ts'
import { contradictedHeads, isSoundEnding, keepSignedHeads } from '../store/signed-heads.ts'

/** The result of a handshake. */
export type Handshake = {
  scopes: ScopeHead[]
  /** Scopes held here that this member may no longer read: a record of the hub's log ended it, or there is nothing here to keep. */
  lost: string[]
  /** Scopes held here that the hub does not list, without a reason: it may have lost them, so this may be the last copy. */
  absent: string[]
  /** Scopes whose content here differs from the hub's. */
  diverged: string[]
  epoch: string
  /** The hub's log is in a new epoch since everything here was last in step with it. */
  newEpoch: boolean
  /** Heads whose signature is not the hub's. */
  unsigned: string[]
}

/** One minute: how far the device's clock advances before it is stored again while the hub is away. */
const NOTE_TIME_MS = MINUTE

/** What is known of the hub across restarts: its identity, last contact, terms, and clock. */
export function createContact(db: Db, store: ReplicaStore, edge: StoreEdge) {
  const { meta } = store
  const recordAt = db.prepare<[string, number], { hash: string }>('SELECT hash FROM record WHERE scope = ? AND seq = ?')
  let samples: ClockSample[] = []
  const numberOf = (key: MetaKey) => {
    const value = meta.read(key)
    return value === null || value === '' ? null : Number(value)
  }

  const elapsed = edge.elapsed ?? (() => performance.now())
  let base: { seen: number; at: number } | null = null

  /** The latest time seen plus the time elapsed since; setting the clock back does not stop it. */
  function latestSeen(): number | null {
    const seen = numberOf('latestSeenAt')
    if (seen === null) return null
    if (base?.seen !== seen) base = { seen, at: elapsed() }
    return seen + Math.max(0, Math.floor(elapsed() - base.at))
  }

  latestSeen()

  function check(welcome: Welcome): void {
    const [hubId, key] = [meta.read('hubId'), meta.read('hubKey')]
    if ((hubId !== null && hubId !== welcome.hubId) || (key !== null && key !== welcome.publicKey)) throw new LinkRefused('wrong-hub')
  }

  function noteMeeting(welcome: Welcome): void {
    const now = edge.now()
    const offset = offsetOf(samples)
    db.transaction(() => {
      const write = (key: MetaKey, value: string) => {
        if (meta.read(key) !== value) meta.write(key, value)
      }
      write('hubId', welcome.hubId)
      write('hubKey', welcome.publicKey)
      if (offset !== null) write('clockOffset', String(offset))
      write('lastContactAt', String(now))
      write('latestSeenAt', String(now))
      write('leaseHours', String(welcome.leaseHours))
      write('refused', '')
    }).immediate()
  }

  /** Whether a held head cannot be on the hub's log at its present head, even if the hub does not report it. */
  function isBeyond(held: ScopeHead, heads: ReadonlyMap<string, ScopeHead>): boolean {
    const head = heads.get(held.scope)
    return head !== undefined && (head.seq < held.seq || (head.seq === held.seq && head.hash !== held.hash))
  }

  /** Scopes of which the hub had nothing, and still has nothing although all ops written here have been pushed. */
  function emptied(heads: ReadonlyMap<string, ScopeHead>): string[] {
    const waits = db.prepare('SELECT 1 FROM outbox WHERE scope = ? LIMIT 1')
    return store.cursors().flatMap(({ scope, seq }) => (seq === 0 && !heads.has(scope) && !waits.get(scope) ? [scope] : []))
  }

  /**
   * An ending is not valid if this device holds that record itself and it lets its member go on reading. Nor is it valid if it
   * lies within what came here as a snapshot: a hub restored to before that signs again what was undone later.
   */
  function isEnded(ended: SignedEnding, welcome: Welcome, memberId: string): boolean {
    if (ended.by !== decidingScope(ended.scope) || !isSoundEnding(welcome, memberId, ended)) return false
    const held = recordAt.get(ended.by, ended.seq)
    const isWithinSnapshot = held === undefined && (store.cursor(ended.by)?.seq ?? 0) >= ended.seq
    if (held?.hash !== ended.hash && !isWithinSnapshot) return true
    // A lent right to read may have ended by time; the records held here say when.
    const readers = readersOf(INCIDENT.read(store, incidentOfScope(ended.by) ?? ''), welcome.hubTime)
    return readers !== 'everyone' && !readers.includes(memberId)
  }

  async function hello(link: HubLink, cursors: readonly ScopeHead[]): Promise<Welcome> {
    const sentAt = edge.now()
    const welcome = await link.hello({ replicaId: meta.require('replicaId'), cursors, sentAt })
    check(welcome)
    samples = addSample(samples, { sentAt, hubTime: welcome.hubTime, arrivedAt: edge.now() })
    return welcome
  }

  /**
   * Performs the handshake, and a second one if the hub's log is behind what it signed in this same epoch: shown that signed
   * head, the hub begins a new epoch, so that every device pushes what is missing and the earlier heads no longer count.
   */
  async function meet(link: HubLink, held: readonly ScopeHead[]): Promise<Welcome> {
    const welcome = await hello(link, held)
    if (welcome.signatureFormat !== 2) return welcome
    const heads = new Map(welcome.scopes.map((head) => [head.scope, head]))
    const memberId = meta.require('memberId')
    const ended = new Set(welcome.ended.filter((one) => isEnded(one, welcome, memberId)).map(({ scope }) => scope))
    const odd = held.filter(
      (one) => !ended.has(one.scope) && (!heads.has(one.scope) || welcome.diverged.includes(one.scope) || isBeyond(one, heads)),
    )
    const shown = contradictedHeads(db, welcome, new Set(odd.map(({ scope }) => scope)))
    return shown.length > 0 && (await link.showHeads(shown)).begun ? hello(link, held) : welcome
  }

  return {
    /** Performs the handshake and stores the hub's answer. @throws what the link throws; `wrong-hub` if it is another team's */
    async greet(link: HubLink): Promise<Handshake> {
      const held = store.cursors().flatMap(({ scope, seq, hash }) => (seq > 0 ? [{ scope, seq, hash }] : []))
      const welcome = await meet(link, held)
      const newEpoch = meta.read('epoch') !== welcome.epoch
      noteMeeting(welcome)
      const heads = new Map(welcome.scopes.map((head) => [head.scope, head]))
      const diverged = new Set(welcome.diverged)
      const memberId = meta.require('memberId')
      const own = new Set<string>([TEAM_SCOPE, privateScope(memberId)])
      // Only scopes that the hub was asked about: another process with this data folder may have begun a scope meanwhile.
      const absent = held.filter(({ scope }) => !heads.has(scope)).map(({ scope }) => scope)
      // A restored hub may not know a scope: its acknowledged ops are pushed again instead of being discarded.
      if (newEpoch) for (const scope of absent) diverged.add(scope)
      const beyond = held
        .filter((one) => (heads.has(one.scope) || own.has(one.scope)) && (diverged.has(one.scope) || isBeyond(one, heads)))
        .map(({ scope }) => scope)
      const proven = new Set(welcome.ended.filter((one) => isEnded(one, welcome, memberId)).map(({ scope }) => scope))
      const others = absent.filter((scope) => !own.has(scope))
      return {
        scopes: welcome.scopes,
        lost: [...others.filter((scope) => proven.has(scope)), ...emptied(heads).filter((scope) => !own.has(scope))],
        absent: others.filter((scope) => !proven.has(scope)),
        diverged: beyond,
        epoch: welcome.epoch,
        newEpoch,
        unsigned: keepSignedHeads(db, welcome, new Set(newEpoch ? [] : [...beyond, ...others.filter((scope) => !proven.has(scope))])),
      }
    },

    /** Everything here is in step with this epoch of the hub's log, or in the outbox. */
    noteEpoch(epoch: string): void {
      db.transaction(() => {
        meta.write('epoch', epoch)
        // A restored hub may have lost files too.
        db.exec('DELETE FROM evidence_at_hub')
      }).immediate()
    },

    noteRefusal(reason: LinkRefusal): void {
      db.transaction(() => {
        meta.write('refused', reason)
        // A hub keeps every session it ever issued. One that does not know this device's session was replaced or restored, whether it
        // says so or not, and everything it had acknowledged is pushed again.
        if (reason === 'session-unknown') meta.write('epoch', '')
      }).immediate()
    },

    /** Called while the hub is away: the current time counts for the lease, even if the clock is set back later. */
    noteTime(): void {
      const seen = Math.max(edge.now(), latestSeen() ?? 0)
      if (seen <= (numberOf('latestSeenAt') ?? seen) + NOTE_TIME_MS) return
      meta.write('latestSeenAt', String(seen))
      base = { seen, at: elapsed() }
    },

    refusal(): LinkRefusal | null {
      const value = meta.read('refused')
      return LINK_REFUSALS.find((reason) => reason === value) ?? null
    },

    terms: (): LeaseTerms => ({ lastContactAt: numberOf('lastContactAt'), leaseHours: numberOf('leaseHours'), latestSeenAt: latestSeen() }),
  }
}

export type Contact = ReturnType<typeof createContact>
