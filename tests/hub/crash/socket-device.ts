import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connectHub } from '#contract/connect-hub.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { createEvidenceFiles, type EvidenceFiles } from '#replica/evidence/evidence-files.ts'
import { socketWire } from '#replica/link/socket-wire.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, type Draft, type ReplicaStore } from '#replica/store/replica-store.ts'
import { createEvidenceSync, type EvidenceSync } from '#replica/sync/evidence-sync.ts'
import { createSyncClient, type SyncClient } from '#replica/sync/sync-client.ts'

export type SocketDevice = {
  db: Db
  store: ReplicaStore
  files: EvidenceFiles
  sync: SyncClient
  evidence: EvidenceSync
  link: HubLink
  /** Ops that are confirmed here, by id, with their exact text. */
  confirmed: Map<string, string>
  /** Unexpected errors. */
  faults: string[]
  commit(...drafts: Draft[]): void
  /** Resolves when the hub has acknowledged everything written here, and everything of the hub is here. */
  inStep(): Promise<void>
  close(): Promise<void>
}

/** A device of a member, wired as in its workspace, over a real socket. */
export function openSocketDevice(folder: string, url: string, memberId: string, token: string): SocketDevice {
  const folders = { evidence: join(folder, 'evidence'), uploads: join(folder, 'uploads'), incoming: join(folder, 'incoming') }
  for (const one of Object.values(folders)) mkdirSync(one, { recursive: true })
  const opened = openDatabase(join(folder, 'replica.db'), REPLICA_SCHEMA, true)
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { db } = opened
  const edge = { now: Date.now, uuid: () => crypto.randomUUID() }
  const store = createReplicaStore(db, edge)
  store.meta.write('memberId', memberId)
  store.prepareIdentity()
  const link = connectHub(socketWire({ url, pinned: null }, token, '0.0.0-test'))
  const files = createEvidenceFiles(db, folders, Date.now)
  const confirmed = new Map<string, string>()
  const faults: string[] = []
  let settled = 0
  const note = (error: unknown) => {
    // The tests kill the hub, so a lost link is expected.
    if (!(error instanceof Error) || error.name !== 'LinkDown')
      faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  const evidence = createEvidenceSync({ db, files, link }, { onFile: () => undefined, onFault: note })
  const sync = createSyncClient(
    { db, store, link, edge, random: () => 0, folder: folders.incoming },
    {
      onChanges: () => undefined,
      onTrouble: (trouble) => void faults.push(JSON.stringify(trouble)),
      onConnection: () => undefined,
      onRefused: (reason) => void faults.push(`refused: ${reason}`),
      onForgotten: () => undefined,
      onSettled: () => void (settled += 1),
      onFault: note,
    },
  )
  const text = db.prepare<[string], { bytes: string }>('SELECT bytes FROM outbox WHERE op_id = ?')
  return {
    db,
    store,
    files,
    sync,
    evidence,
    link,
    confirmed,
    faults,
    commit(...drafts) {
      const result = store.commit(drafts)
      if (!result.ok) throw new Error(JSON.stringify(result.failure))
      for (const opId of result.value.opIds) confirmed.set(opId, text.get(opId)?.bytes ?? 'not in the outbox')
      void sync.wake()
    },
    async inStep() {
      const before = settled
      void sync.pollHub()
      while (settled === before || store.pendingCount().count > 0) {
        if (faults.length > 0) throw new Error(faults.join('\n'))
        await wait(10)
      }
    },
    async close() {
      await evidence.close()
      await sync.close()
      db.close()
    },
  }
}
