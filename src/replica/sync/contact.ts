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
import type { MetaKey } from '../store/meta.ts'
import type { ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import { addSample, offsetOf, type ClockSample } from '../store/clock-offset.ts'
import { contradictedHeads, isSoundEnding, keepSignedHeads } from '../store/signed-heads.ts'

/** What a hello has brought to light. */
export type Handshake = {
  scopes: ScopeHead[]
  /** Held here, and no longer for this member to read: a record of the hub's log has ended it, or there is nothing here to keep. */
  lost: string[]
  /** Held here and not named by the hub, which does not say why: it may have forgotten it, so that this is the last copy. */
  absent: string[]
  /** Held here, and not what the hub holds. */
  diverged: string[]
  epoch: string
  /** The hub's log has begun another life since everything here was last brought in step with it. */
  newEpoch: boolean
  /** Heads whose signature is not the hub's. */
  unsigned: string[]
}

/** A minute: how far the device's clock moves on before it is noted again while the hub is away. */
const NOTE_TIME_MS = 60_000

/** What one knows of the hub across restarts: who it is, when it was met, on what terms, and what its clock says. */
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

  /** The latest time that was noticed, and what has gone by since: a clock that is put back, however often, does not hold it up. */
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

  /** What is held and cannot be where the hub stands, even if the hub should not say so. */
  function isBeyond(held: ScopeHead, heads: ReadonlyMap<string, ScopeHead>): boolean {
    const head = heads.get(held.scope)
    return head !== undefined && (head.seq < held.seq || (head.seq === held.seq && head.hash !== held.hash))
  }

  /** Scopes of which the hub had nothing, and has nothing still although all that was written here has been offered. */
  function emptied(heads: ReadonlyMap<string, ScopeHead>): string[] {
    const waits = db.prepare('SELECT 1 FROM outbox WHERE scope = ? LIMIT 1')
    return store.cursors().flatMap(({ scope, seq }) => (seq === 0 && !heads.has(scope) && !waits.get(scope) ? [scope] : []))
  }

  /**
   * A record that this device holds itself, and that lets its member go on reading, has not ended it. Neither has one that lies
   * within what came here as a snapshot: a hub that was restored to before that signs once more what was undone later.
   */
  function isEnded(ended: SignedEnding, welcome: Welcome, memberId: string): boolean {
    if (ended.by !== decidingScope(ended.scope) || !isSoundEnding(welcome, memberId, ended)) return false
    const held = recordAt.get(ended.by, ended.seq)
    const isWithinSnapshot = held === undefined && (store.cursor(ended.by)?.seq ?? 0) >= ended.seq
    if (held?.hash !== ended.hash && !isWithinSnapshot) return true
    // What was lent ended by the clock: what is held here says until when.
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
   * Says hello, and once more where the hub's log has gone back behind what it signed in this very epoch: shown that, it begins
   * another, so that everybody offers what it lacks and its word of before counts no longer.
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
    /** Says hello and takes down what the hub answers. @throws what the link throws; `wrong-hub` when it is another team's */
    async greet(link: HubLink): Promise<Handshake> {
      const held = store.cursors().flatMap(({ scope, seq, hash }) => (seq > 0 ? [{ scope, seq, hash }] : []))
      const welcome = await meet(link, held)
      const newEpoch = meta.read('epoch') !== welcome.epoch
      noteMeeting(welcome)
      const heads = new Map(welcome.scopes.map((head) => [head.scope, head]))
      const diverged = new Set(welcome.diverged)
      const memberId = meta.require('memberId')
      const own = new Set<string>([TEAM_SCOPE, privateScope(memberId)])
      // Only what the hub was asked about: another process with this data folder may have begun a scope meanwhile.
      const absent = held.filter(({ scope }) => !heads.has(scope)).map(({ scope }) => scope)
      // A hub that was restored may never have heard of a scope; it must be offered what was acknowledged, not believed.
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

    /** Everything here is in step with this life of the hub's log, or lies in the outbox. */
    noteEpoch(epoch: string): void {
      db.transaction(() => {
        meta.write('epoch', epoch)
        // A restored hub may have lost files as well.
        db.exec('DELETE FROM evidence_at_hub')
      }).immediate()
    },

    noteRefusal(reason: LinkRefusal): void {
      db.transaction(() => {
        meta.write('refused', reason)
        // A hub keeps every session it ever gave: one that does not know this device's has become another one, whether it
        // says so or not, and is offered what it had acknowledged.
        if (reason === 'session-unknown') meta.write('epoch', '')
      }).immediate()
    },

    /** The hub is away: what time it is by now counts for the lease, even if the clock is put back. */
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
