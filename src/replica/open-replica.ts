import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, openReadOnly, type Db, type DatabaseTrouble } from '#storage/open-database.ts'
import type { ApiHandlers, Topic } from '#contract/api.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { createEvidenceFiles } from './evidence/evidence-files.ts'
import { createExportFiles } from './exports/export-files.ts'
import { createImportRuns } from './imports/import-runs.ts'
import { createImportJobs } from './imports/import-jobs.ts'
import { createMappingMemory } from './imports/suggest-mapping.ts'
import { commandService } from './services/command-service.ts'
import { createEntryViews } from './services/entry-views.ts'
import { exportService } from './services/export-service.ts'
import { fileService } from './services/file-service.ts'
import { importService } from './services/import-service.ts'
import { incidentService } from './services/incident-service.ts'
import { createKeptAnswers } from './services/kept-answers.ts'
import { overviewService } from './services/overview-service.ts'
import { peopleService } from './services/people-service.ts'
import { permissionService } from './services/permission-service.ts'
import { planService } from './services/plan-service.ts'
import { createRiskReader } from './services/risk-reader.ts'
import { riskService } from './services/risk-service.ts'
import { searchService } from './services/search-service.ts'
import { topicsOf, type ServiceContext } from './services/service-context.ts'
import { createSeriesReader } from './services/series-reader.ts'
import { createTaskViews, taskService } from './services/task-service.ts'
import { rulesService } from './services/team-rules.ts'
import { createTimelineList } from './services/timeline-list.ts'
import { timelineService } from './services/timeline-service.ts'
import { rebuildViews } from './store/rebuild.ts'
import { REPLICA_SCHEMA } from './store/replica-schema.ts'
import { createReplicaStore, REAL_EDGE, type ReplicaStore, type StoreEdge } from './store/replica-store.ts'
import { createSyncClient, type SyncClient, type SyncTrouble } from './sync/sync-client.ts'

export type ReplicaOptions = {
  file: string
  dataFolder: string
  mayCreate: boolean
  /** Opens nothing for writing; what can be read is shown. */
  readOnly: boolean
  tableWorker: URL
  edge?: StoreEdge
  announce(topics: readonly Topic[]): void
  onSyncTrouble(trouble: SyncTrouble): void
  onFault(error: unknown): void
}

/** Calls of the contract that the replica answers; the station answers the rest. */
export type ReplicaHandlers = Omit<ApiHandlers, keyof ApiHandlers & (`station.${string}` | `demo.${string}`)>

export type Replica = {
  db: Db
  store: ReplicaStore
  handlers: ReplicaHandlers
  /** Starts syncing over a link; a replica without one works on and keeps its outbox. */
  connect(link: HubLink): SyncClient
  close(): Promise<void>
}

export type OpenedReplica = { ok: true; replica: Replica } | { ok: false; trouble: DatabaseTrouble }

/** Opens the replica over its database file and builds the services on it. */
export function openReplica(options: ReplicaOptions): OpenedReplica {
  const edge = options.edge ?? REAL_EDGE
  const opened = options.readOnly ? openReadOnly(options.file) : openDatabase(options.file, REPLICA_SCHEMA, options.mayCreate)
  if (!opened.ok) return opened
  const { db } = opened
  const folders = {
    evidence: join(options.dataFolder, 'evidence'),
    uploads: join(options.dataFolder, 'uploads'),
    exports: options.readOnly ? join(tmpdir(), 'stormroom-exports') : join(options.dataFolder, 'exports'),
  }
  if (!options.readOnly) for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })

  const list = createTimelineList(db)
  const kept = createKeptAnswers(db)
  const store = createReplicaStore(db, edge, (changes) => {
    list.note(changes)
    kept.note(changes)
  })
  if (!options.readOnly && store.prepareIdentity().knowsMore) rebuildViews(db)
  let sync: SyncClient | null = null
  const context: ServiceContext = {
    db,
    store,
    now: edge.now,
    uuid: edge.uuid,
    announce: options.announce,
    wakeSync: () => void sync?.wake(),
    folders,
    readOnly: options.readOnly,
  }
  const files = createEvidenceFiles(db, folders, edge.now)
  if (!options.readOnly) files.clearUploads()
  const exports = createExportFiles(folders.exports, edge.uuid)
  const memory = createMappingMemory(db)
  const runs = createImportRuns(context)
  const jobs = createImportJobs(context, memory, runs, options.tableWorker)
  const series = createSeriesReader(context)
  const incidents = incidentService(context, series, kept)
  const tasks = createTaskViews(context)
  const people = peopleService(context)
  const risk = createRiskReader(context, series)
  const handlers: ReplicaHandlers = {
    ...incidents,
    ...timelineService(context, list, createEntryViews(context), files),
    ...fileService(context, files),
    ...exportService(context, list, incidents, exports),
    ...importService(context, { files, exports, jobs, memory, tableWorker: options.tableWorker }),
    ...searchService(context),
    ...commandService(context, incidents, tasks, risk, list, kept),
    ...taskService(context, tasks),
    ...people,
    ...planService(context, tasks, people),
    ...riskService(context, risk, series),
    ...rulesService(context),
    ...overviewService(context, { incidents, people, tasks, risk, series }),
    ...permissionService(context, incidents),
  }
  if (!options.readOnly) runs.abandonDead()
  const replica: Replica = {
    db,
    store,
    handlers,
    connect(link) {
      sync = createSyncClient(store, link, {
        onChanges: (changes) => options.announce([...topicsOf(changes), 'station']),
        onTrouble: options.onSyncTrouble,
        onConnection: () => options.announce(['station']),
        onFault: options.onFault,
      })
      return sync
    },
    async close() {
      jobs.cancelAll()
      await sync?.close()
      db.close()
    },
  }
  return { ok: true, replica }
}
