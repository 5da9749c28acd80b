import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { MemberPosition } from '#domain/members/member.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { openDatabase, type Db } from '#storage/open-database.ts'
import { createEvidenceFiles, type EvidenceFiles } from '#replica/evidence/evidence-files.ts'
import { REPLICA_SCHEMA } from '#replica/store/replica-schema.ts'
import { createReplicaStore, type Draft, type ReplicaStore, type StoreEdge } from '#replica/store/replica-store.ts'
import { createEvidenceSync, type EvidenceSync } from '#replica/sync/evidence-sync.ts'
import { createSyncClient, type SyncClient } from '#replica/sync/sync-client.ts'
import { createFakeClock, TWO_AT_NIGHT, type FakeClock } from '#tests/support/fake-clock.ts'
import { ANN, declareText, idOf, INCIDENT, INCIDENT_SCOPE } from '#tests/support/log-texts.ts'
import type { ModelHub } from '#tests/support/model-hub.ts'
import { createUuids } from '#tests/support/seeded.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

/** A device of a member on real files. */
export type Device = {
  folder: string
  member: string
  clock: FakeClock
  edge: StoreEdge
  db: Db
  store: ReplicaStore
  files: EvidenceFiles
  sync: SyncClient
  evidence: EvidenceSync
  /** The events of the sync client. */
  events: unknown[]
  /** Ends the process without a clean shutdown and starts it again on the same files. */
  restart(): Device
  close(): Promise<void>
}

export type DeviceOptions = { change?: (link: HubLink) => HubLink; clock?: FakeClock; folder?: string; farBehind?: number; seed?: number }

let opened = 0

export function openDevice(hub: Pick<ModelHub, 'connect'>, member: string, options: DeviceOptions = {}): Device {
  const folder = options.folder ?? makeTempFolder('device', 'quick')
  const clock = options.clock ?? createFakeClock()
  const file = openDatabase(join(folder, 'replica.db'), REPLICA_SCHEMA, true)
  if (!file.ok) throw new Error(file.trouble.detail)
  const { db } = file
  opened += 1
  const edge: StoreEdge = { now: clock.now, uuid: createUuids(options.seed ?? 100 + opened) }
  const store = createReplicaStore(db, edge)
  store.meta.write('memberId', member)
  // 安 founds the team; the others accept an invite.
  if (member !== ANN) store.meta.write('admission', JSON.stringify({ kind: 'invited', ...MemberPosition.parse({ role: 'pr' }) }))
  store.prepareIdentity()
  const folders = { evidence: join(folder, 'evidence'), uploads: join(folder, 'uploads'), incoming: join(folder, 'incoming') }
  for (const one of Object.values(folders)) mkdirSync(one, { recursive: true })
  const files = createEvidenceFiles(db, folders, clock.now)
  const events: unknown[] = []
  const link = (options.change ?? ((same) => same))(hub.connect(member))
  const evidence = createEvidenceSync(
    { db, files, link },
    { onFile: () => undefined, onFault: (error) => void events.push(error instanceof Error ? error.name : error) },
  )
  const sync = createSyncClient(
    {
      db,
      store,
      link,
      edge,
      random: () => 0,
      folder: folders.incoming,
      ...(options.farBehind === undefined ? {} : { farBehind: options.farBehind }),
    },
    {
      onChanges: () => undefined,
      onTrouble: (trouble) => void events.push(trouble),
      onConnection: (connected) => void events.push(connected),
      onRefused: (reason) => void events.push(`refused ${reason}`),
      onForgotten: () => files.deleteQueuedFiles(),
      onSettled: () => undefined,
      onFault: (error) => void events.push(error instanceof Error ? `${error.name}: ${error.message}` : error),
    },
  )
  let ended = false
  const device: Device = {
    folder,
    member,
    clock,
    edge,
    db,
    store,
    files,
    sync,
    evidence,
    events,
    restart() {
      ended = true
      void sync.close()
      void evidence.close()
      db.close()
      return openDevice(hub, member, { ...options, folder, clock })
    },
    async close() {
      if (ended) return
      ended = true
      await evidence.close()
      await sync.close()
      db.close()
    },
  }
  onTestFinished(() => device.close())
  return device
}

export const joinAs = (member: string, name: string, role = 'pr'): Draft => ({
  scope: 'team',
  kind: 'member',
  id: member,
  type: 'member.join',
  body: { name, role },
})

export const declare: Draft = {
  scope: INCIDENT_SCOPE,
  kind: 'incident',
  id: INCIDENT,
  type: 'incident.declare',
  body: (JSON.parse(declareText()) as { body: Record<string, unknown> }).body,
}

export const observe = (n: number, text = `第 ${n} 条`, scope: string = INCIDENT_SCOPE): Draft => ({
  scope,
  kind: 'entry',
  id: idOf(1000 + n),
  type: 'entry.record',
  body: { kind: 'observation', text, happenedAt: TWO_AT_NIGHT },
})

/** Writes ops that must be accepted locally. @returns the op ids */
export function write(device: Device, ...drafts: Draft[]): string[] {
  const result = device.store.commit(drafts)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value.opIds
}

/** Canonical state as stored, byte for byte, without pending ops. */
export function dump(db: Db): string[] {
  return db
    .prepare<[], { line: string }>(
      "SELECT kind || ' ' || id || ' ' || scope || ' ' || canonical AS line FROM entity WHERE canonical IS NOT NULL ORDER BY kind, id",
    )
    .all()
    .map(({ line }) => line)
}

/** The same for the hub. */
export function hubDump(hub: ModelHub): string[] {
  return hub
    .entities()
    .map(({ kind, id, scope, ...body }) => `${kind} ${id} ${scope} ${JSON.stringify(body)}`)
    .toSorted()
}
