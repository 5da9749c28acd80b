import type { Db } from '#storage/open-database.ts'
import type { LeaseTerms } from '#domain/members/lease.ts'
import { LINK_REFUSALS, LinkRefused, type HubLink, type LinkRefusal, type ScopeHead, type Welcome } from '#contract/hub-link.ts'
import { MINUTE } from '#domain/durations.ts'
import type { MetaKey } from '../store/meta.ts'
import type { ReplicaStore, StoreEdge } from '../store/replica-store.ts'
import { addSample, offsetOf, type ClockSample } from '../store/clock-offset.ts'
import { contradictedHeads } from '../store/signed-heads.ts'
import { contradicted, readHandshake, type Handshake } from './handshake.ts'

/** One minute: how far the device's clock advances before it is stored again while the hub is away. */
const NOTE_TIME_MS = MINUTE

/** What is known of the hub across restarts: its identity, last contact, terms, and clock. */
export type Contact = {
  /** Performs the handshake and stores the hub's answer. @throws what the link throws; `wrong-hub` if it is another team's */
  handshake(link: HubLink): Promise<Handshake>
  /** Everything here is in step with this epoch of the hub's log, or in the outbox. */
  noteEpoch(epoch: string): void
  noteRefusal(reason: LinkRefusal): void
  /** Called while the hub is away: the current time counts for the lease, even if the clock is set back later. */
  noteTime(): void
  /** Why the hub refused this device at the last contact, or null. */
  refusal(): LinkRefusal | null
  terms(): LeaseTerms
}

export function createContact(db: Db, store: ReplicaStore, edge: StoreEdge): Contact {
  const { meta } = store
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
    const shown = contradictedHeads(db, welcome, contradicted(db, store, held, welcome))
    return shown.length > 0 && (await link.showHeads(shown)).begun ? hello(link, held) : welcome
  }

  return {
    async handshake(link) {
      const held = store.cursors().flatMap(({ scope, seq, hash }) => (seq > 0 ? [{ scope, seq, hash }] : []))
      const welcome = await meet(link, held)
      const newEpoch = meta.read('epoch') !== welcome.epoch
      noteMeeting(welcome)
      return readHandshake(db, store, { held, welcome, newEpoch })
    },

    noteEpoch(epoch) {
      db.transaction(() => {
        meta.write('epoch', epoch)
        // A restored hub may have lost files too.
        db.exec('DELETE FROM evidence_at_hub')
      }).immediate()
    },

    noteRefusal(reason) {
      db.transaction(() => {
        meta.write('refused', reason)
        // A hub keeps every session it ever issued. One that does not know this device's session was replaced or restored, whether it
        // says so or not, and everything it had acknowledged is pushed again.
        if (reason === 'session-unknown') meta.write('epoch', '')
      }).immediate()
    },

    noteTime() {
      const seen = Math.max(edge.now(), latestSeen() ?? 0)
      if (seen <= (numberOf('latestSeenAt') ?? seen) + NOTE_TIME_MS) return
      meta.write('latestSeenAt', String(seen))
      base = { seen, at: elapsed() }
    },

    refusal() {
      const value = meta.read('refused')
      return LINK_REFUSALS.find((reason) => reason === value) ?? null
    },

    terms: () => ({ lastContactAt: numberOf('lastContactAt'), leaseHours: numberOf('leaseHours'), latestSeenAt: latestSeen() }),
  }
}
