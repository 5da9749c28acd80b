import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, openReadOnly, type Db, type DatabaseTrouble } from '#storage/open-database.ts'
import type { Topic } from '#contract/api.ts'
import type { HubLink, LinkRefusal } from '#contract/hub-link.ts'
import { createEvidenceFiles } from './evidence/evidence-files.ts'
import { createExportFiles } from './exports/export-files.ts'
import { createImportRuns } from './imports/import-runs.ts'
import { createImportJobs } from './imports/import-jobs.ts'
import { createMappingMemory } from './imports/suggest-mapping.ts'
import { replicaServices, type ReplicaHandlers } from './replica-services.ts'
import { createIncidentCache } from './services/incident-cache.ts'
import { maskAnswers, restoreInputs } from './services/masked-handlers.ts'
import { topicsOf, type ServiceContext } from './context/service-context.ts'
import { createTimelineList } from './services/timeline-list.ts'
import { createWholeLookUps } from './services/whole-look-ups.ts'
import { rebuildViews } from './store/rebuild.ts'
import { REPLICA_SCHEMA } from './store/replica-schema.ts'
import { createReplicaStore, REAL_EDGE, type ReplicaStore, type StoreEdge } from './store/replica-store.ts'
import { createScrubber, type Scrubbing } from './store/scrubber.ts'
import { timeCorrection } from './store/clock-offset.ts'
import { createContact, type Contact } from './sync/contact.ts'
import { createEvidenceSync, type EvidenceSync } from './sync/evidence-sync.ts'
import { createSyncClient, type SyncClient, type SyncTrouble } from './sync/sync-client.ts'

export type ReplicaOptions = {
  file: string
  dataFolder: string
  mayCreate: boolean
  /** Opens nothing for writing; shows what can be read. */
  readOnly: boolean
  tableWorker: URL
  edge?: StoreEdge
  announce(topics: readonly Topic[]): void
  onSyncTrouble(trouble: SyncTrouble): void
  /** The hub refused this device; nothing is tried until the sync client's `tryAgain`. */
  onRefused?(reason: LinkRefusal): void
  onFault(error: unknown): void
  /** In [0, 1); for the jitter between tries. */
  random?(): number
  /** How purged content is removed from the file; if absent, at once and by rewriting it. */
  scrubbing?: Scrubbing
  /** The name of this machine. */
  device?: string
  /** True if the team's hub keeps its evidence in the same data folder. */
  sharesEvidence?: boolean
}

export type Replica = {
  db: Db
  store: ReplicaStore
  handlers: ReplicaHandlers
  /** Starts syncing over a link; without one, the replica works and keeps its outbox. */
  connect(link: HubLink): SyncClient
  /** What is known of the hub across restarts: last contact, terms, refusal. */
  contact: Contact
  /** Number of evidence files waiting to be sent to the hub. */
  filesWaiting(): number
  /** Content was deleted that must not remain in the file's free pages, see `scrub.ts`. */
  scrub(): void
  close(): Promise<void>
}

export type OpenedReplica = { ok: true; replica: Replica } | { ok: false; trouble: DatabaseTrouble }

/** Opens the replica over its database file and builds the services on it. */
export function openReplica(options: ReplicaOptions): OpenedReplica {
  const edge = options.edge ?? REAL_EDGE
  const opened = options.readOnly
    ? openReadOnly(options.file, REPLICA_SCHEMA)
    : openDatabase(options.file, REPLICA_SCHEMA, options.mayCreate)
  if (!opened.ok) return opened
  const { db } = opened
  const folders = {
    evidence: join(options.dataFolder, 'evidence'),
    uploads: join(options.dataFolder, 'uploads'),
    incoming: join(options.dataFolder, 'incoming'),
    shared: options.sharesEvidence ?? false,
    exports: options.readOnly ? null : join(options.dataFolder, 'exports'),
  }
  if (!options.readOnly)
    for (const folder of [folders.evidence, folders.uploads, folders.incoming]) mkdirSync(folder, { recursive: true, mode: 0o700 })

  const lookUps = createWholeLookUps(edge.now)
  const list = createTimelineList(db, lookUps)
  const kept = createIncidentCache(db)
  const store = createReplicaStore(db, edge, (changes) => {
    list.note(changes)
    kept.note(changes)
  })
  if (!options.readOnly && store.prepareIdentity().knowsMore) rebuildViews(db)
  let sync: SyncClient | null = null
  let evidence: EvidenceSync | null = null
  const context: ServiceContext = {
    db,
    store,
    // Times that members write and count by are the team's, even on a device whose clock is wrong.
    now: () => edge.now() + timeCorrection(store.meta),
    uuid: edge.uuid,
    announce: options.announce,
    wakeSync: () => void sync?.wake(),
    folders,
    readOnly: options.readOnly,
  }
  const files = createEvidenceFiles(db, folders, edge.now)
  const scrubber = createScrubber(db, options.scrubbing ?? null)
  if (!options.readOnly) {
    files.clearUploads()
    files.deleteQueuedFiles()
    // Deleted content is overwritten: hardly anything of a scope survives its purge.
    db.pragma('secure_delete = ON')
    scrubber.wake()
  }
  const exports = createExportFiles(folders.exports, edge.uuid)
  const memory = createMappingMemory(db)
  const runs = createImportRuns(context)
  const jobs = createImportJobs({ context, memory, runs, tableWorker: options.tableWorker })
  const services = replicaServices({
    context,
    list,
    kept,
    lookUps,
    files,
    exports,
    imports: { files, exports, jobs, memory, tableWorker: options.tableWorker },
    device: options.device ?? '',
    evidence: () => evidence,
  })
  const handlers = maskAnswers(restoreInputs(context, services))
  if (!options.readOnly) runs.abandonDead()
  const replica: Replica = {
    db,
    store,
    handlers,
    connect(link) {
      const onFault = (error: unknown) => {
        store.noteFailure(error)
        options.onFault(error)
      }
      const announceFiles = (scopes: readonly string[]) =>
        options.announce([
          'workspace',
          ...scopes.flatMap((scope): Topic[] => (scope.startsWith('incident:') ? [`timeline:${scope.slice('incident:'.length)}`] : [])),
        ])
      const transfers = createEvidenceSync({ db, files, link }, { onFile: (_hash, scopes) => announceFiles(scopes), onFault })
      evidence = transfers
      sync = createSyncClient(
        { db, store, link, edge, random: options.random ?? Math.random, folder: folders.incoming, scrub: () => scrubber.wake() },
        {
          onChanges: (changes) => options.announce([...topicsOf(changes), 'workspace']),
          onTrouble: options.onSyncTrouble,
          onConnection: () => options.announce(['workspace']),
          onRefused: (reason) => {
            options.announce(['workspace'])
            options.onRefused?.(reason)
          },
          onForgotten: () => {
            files.deleteQueuedFiles()
            exports.forgetAll()
          },
          onSettled: () => void transfers.wakeAnew(),
          onFault,
        },
      )
      return sync
    },
    contact: createContact(db, store, edge),
    filesWaiting: () => evidence?.waiting() ?? 0,
    scrub: () => scrubber.wake(),
    async close() {
      jobs.cancelAll()
      const ended = evidence?.close()
      await sync?.close()
      await ended
      await scrubber.close()
      exports.close()
      db.close()
    },
  }
  return { ok: true, replica }
}
