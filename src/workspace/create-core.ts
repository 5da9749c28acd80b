import { join } from 'node:path'
import { describePrivacy } from '#storage/private-files.ts'
import { checkIntegrityApart } from '#storage/check-integrity-apart.ts'
import { REAL_EDGE } from '#replica/store/replica-store.ts'
import { SCRUB_PACE } from '#replica/store/scrubber.ts'
import { createBackups } from './backups.ts'
import { forgetInCopies } from './forget-in-copies.ts'
import type { SharedOptions } from './open-files.ts'
import { createDeviceKeys } from './team/device-keys.ts'
import type { WorkspaceCore, WorkspaceParts } from './workspace-core.ts'
import { noteFault, openFiles } from './workspace-files.ts'
import type { WorkspaceOptions } from './workspace-options.ts'

type Purged = { scopes: readonly string[]; stopped: () => boolean }

/** Takes purged content out of the backups. @returns whether nothing of it remains */
async function forgetInBackups(core: WorkspaceCore, { scopes, stopped }: Purged): Promise<boolean> {
  // The machine that hosts the hub holds all of the team's data anyway.
  if (core.files.phase === 'open' && core.files.hub) return true
  await core.backingUp
  return forgetInCopies(core.dataFolder, scopes, {
    worker: core.options.workers.scrub,
    onRewritten: (id) => core.backups.noteRewritten(id),
    stopped,
  })
}

/** @param core the workspace to which the callbacks belong; it is read when they are called */
function replicaOptions(
  { dataFolder, workers, scrubQuietMs, log, now = Date.now }: WorkspaceOptions,
  announce: WorkspaceParts['announce'],
  core: () => WorkspaceCore,
): SharedOptions {
  return {
    dataFolder,
    tableWorker: workers.table,
    scrubbing: {
      ...SCRUB_PACE,
      ...(scrubQuietMs === undefined ? {} : { quietMs: scrubQuietMs }),
      worker: workers.scrub,
      forgetCopies: (scopes, stopped) => forgetInBackups(core(), { scopes, stopped }),
      onFault: (error) => log('warn', 'What was purged is not yet taken out of every file', error),
    },
    edge: { now, uuid: REAL_EDGE.uuid },
    announce,
    onPrivacy: (found) => log('warn', describePrivacy(dataFolder, found)),
    onSyncTrouble: (trouble) => log('error', 'Sync stopped for a scope', trouble),
    onFault: (error) => noteFault(core(), error),
  }
}

/** Opens the files of a workspace. They are not connected yet. */
export function createCore(options: WorkspaceOptions, announce: WorkspaceParts['announce']): WorkspaceCore {
  const { dataFolder, log, now = Date.now } = options
  const parts: WorkspaceParts = {
    options,
    dataFolder,
    log,
    now,
    announce,
    keys: createDeviceKeys({ ...options.keys, dataFolder }, log),
    backups: createBackups(
      join(dataFolder, 'backups'),
      now,
      async (file) => (await checkIntegrityApart(options.workers.integrity, file, false)).ok,
    ),
    replicaOptions: replicaOptions(options, announce, () => core),
  }
  const core: WorkspaceCore = {
    ...parts,
    files: openFiles(parts),
    connection: null,
    backingUp: null,
    integrity: null,
    withoutArrival: false,
    closed: false,
  }
  return core
}
