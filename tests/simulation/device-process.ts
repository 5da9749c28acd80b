import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connectHub } from '#contract/connect-hub.ts'
import type { LinkRefusal } from '#contract/hub-link.ts'
import { isNotSaved } from '#storage/disk-failure.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createEvidenceFiles, type EvidenceFiles } from '#replica/evidence/evidence-files.ts'
import { createReplicaStore, type Draft, type ReplicaStore } from '#replica/store/replica-store.ts'
import { createEvidenceSync, type EvidenceSync } from '#replica/sync/evidence-sync.ts'
import { createSyncClient, type SyncClient, type SyncTrouble } from '#replica/sync/sync-client.ts'
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts'
import type { LinkOwner } from '#hub/accounts/link-owner.ts'
import type { LinkWire } from '#contract/connect-hub.ts'

export type DeviceParts = {
  name: string
  folder: string
  owner: LinkOwner
  /** Identity of a new device; a copied data folder already has one. */
  replicaId: string
  farBehind: number
  uuid(): string
  random(): number
  wire(): LinkWire
}

/** One device of a member: a real database file, the real store and the real sync client, as a process that can be killed. */
export type DeviceProcess = {
  readonly name: string
  readonly file: string
  readonly folder: string
  readonly memberId: string
  readonly clock: FakeClock
  readonly db: Db
  readonly store: ReplicaStore
  readonly sync: SyncClient
  readonly files: EvidenceFiles
  readonly evidence: EvidenceSync
  /** Number of background activities that are running; each waits for at most one answer of the hub. */
  readonly activities: number
  /** Reason of the hub's last refusal since the process started. */
  readonly refused: LinkRefusal | null
  /** Ops that a commit confirmed on this device, with their exact text. */
  readonly confirmed: Map<string, string>
  readonly troubles: SyncTrouble[]
  /** Unexpected errors. */
  readonly faults: string[]
  /** Scopes that the device had to forget at any time, with the own acknowledged ops in them. */
  readonly forgotten: Set<string>
  commit(drafts: readonly Draft[]): boolean
  start(): void
  kill(): void
  /** Resolves when the work that was running at the kill has ended. */
  ended(): Promise<void>
}

export function createDeviceProcess({ name, folder, owner, replicaId, farBehind, uuid, random, wire }: DeviceParts): DeviceProcess {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'replica.db')
  const clock = createFakeClock()
  const confirmed = new Map<string, string>()
  const troubles: SyncTrouble[] = []
  const faults: string[] = []
  const forgotten = new Set<string>()
  let refused: LinkRefusal | null = null
  let live: { db: Db; store: ReplicaStore; sync: SyncClient; files: EvidenceFiles; evidence: EvidenceSync } | null = null
  let ended = Promise.resolve()
  const alive = () => {
    if (!live) throw new Error('the device is dead')
    return live
  }

  function note(error: unknown): void {
    // The simulation causes lost lines and full disks; any other error is a fault of the product.
    if (isNotSaved(error) || (error instanceof Error && error.name === 'LinkDown')) return
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }

  return {
    name,
    file,
    folder,
    memberId: owner.memberId,
    clock,
    confirmed,
    troubles,
    faults,
    forgotten,
    get refused() {
      return refused
    },
    get db() {
      return alive().db
    },
    get store() {
      return alive().store
    },
    get sync() {
      return alive().sync
    },
    get files() {
      return alive().files
    },
    get evidence() {
      return alive().evidence
    },
    get activities() {
      const { sync, evidence } = alive()
      return Number(sync.busy) + Number(evidence.busy)
    },
    commit(drafts) {
      const { store, db } = alive()
      const result = store.commit(drafts)
      if (!result.ok) return false
      const text = db.prepare<[string], { bytes: string }>('SELECT bytes FROM outbox WHERE op_id = ?')
      for (const opId of result.value.opIds) confirmed.set(opId, text.get(opId)?.bytes ?? 'not in the outbox')
      return true
    },
    start() {
      const opened = openDatabase(file, REPLICA_SCHEMA, true)
      if (!opened.ok) throw new Error(opened.trouble.detail)
      const { db } = opened
      const store = createReplicaStore(db, { now: clock.now, uuid })
      if (store.meta.read('replicaId') === null) {
        store.meta.write('replicaId', replicaId)
        store.meta.write('memberId', owner.memberId)
        if (owner.admission) store.meta.write('admission', JSON.stringify(owner.admission))
      }
      store.prepareIdentity()
      refused = null
      const mine = () => live?.db === db
      const folders = { evidence: join(folder, 'evidence'), uploads: join(folder, 'uploads'), incoming: join(folder, 'incoming') }
      for (const one of Object.values(folders)) mkdirSync(one, { recursive: true })
      const files = createEvidenceFiles(db, folders, clock.now)
      files.deleteQueuedFiles()
      const link = connectHub(wire())
      const evidence = createEvidenceSync(
        { db, files, link },
        { onFile: () => undefined, onFault: (error) => void (mine() && note(error)) },
      )
      const sync = createSyncClient(
        { db, store, link, edge: { now: clock.now, uuid }, random, folder: folders.incoming, farBehind },
        {
          onChanges: () => undefined,
          onTrouble: (trouble) => void (mine() && troubles.push(trouble)),
          onConnection: () => undefined,
          onRefused: (reason) => {
            if (mine()) refused = reason
          },
          onForgotten: () => {
            files.deleteQueuedFiles()
            const held = new Set(store.cursors().map(({ scope }) => scope))
            for (const text of confirmed.values()) {
              const { scope } = JSON.parse(text) as { scope: string }
              if (!held.has(scope)) forgotten.add(scope)
            }
          },
          onSettled: () => void (mine() && evidence.wakeAnew()),
          onFault: (error) => void (mine() && note(error)),
        },
      )
      live = { db, store, sync, files, evidence }
    },
    kill() {
      if (!live) return
      const { db, evidence } = live
      live = null
      ended = evidence.close()
      db.close()
    },
    ended: () => ended,
  }
}
