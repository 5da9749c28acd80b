import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openReplica } from '#replica/open-replica.ts'
import type { HubLink } from '#contract/hub-link.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import { makeTempFolder } from '#tests/support/temp-folder.ts'

const refuse = () => Promise.reject(new Error('not asked here'))

/** A link whose handshake ends as the device's own disk does. */
function linkThatMeets(failure: Error): HubLink {
  return {
    hello: () => Promise.reject(failure),
    showHeads: refuse,
    push: refuse,
    pull: refuse,
    offerSnapshot: refuse,
    readSnapshot: refuse,
    findEvidence: refuse,
    readEvidence: refuse,
    writeEvidence: refuse,
    ask: refuse,
    look: () => undefined,
    onAdvance: () => () => undefined,
    onAccess: () => () => undefined,
    onPresence: () => () => undefined,
    close: () => undefined,
  }
}

/** A replica whose sync met an error of SQLite with this code. */
async function replicaAfter(code: string) {
  const dataFolder = makeTempFolder('failed-disk', 'quick')
  const faults: unknown[] = []
  const opened = openReplica({
    file: join(dataFolder, 'replica.db'),
    dataFolder,
    mayCreate: true,
    readOnly: false,
    tableWorker: workerUrls(import.meta.url).table,
    announce: () => undefined,
    onSyncTrouble: () => undefined,
    onFault: (fault) => faults.push(fault),
  })
  if (!opened.ok) throw new Error(opened.trouble.detail)
  const { replica } = opened
  onTestFinished(() => replica.close())
  const sync = replica.connect(linkThatMeets(new Database.SqliteError('disk I/O error', code)))
  await sync.wake()
  return { faults, store: replica.store }
}

test('D5: after a failed sync in the background nothing more is confirmed; a full disk is tried again', async () => {
  const failed = await replicaAfter('SQLITE_IOERR_FSYNC')
  expect(failed.faults).toHaveLength(1)
  expect(failed.store.commit([])).toMatchObject({ ok: false, failure: { code: 'not-saved', params: { detail: 'SQLITE_IOERR_FSYNC' } } })
  const full = await replicaAfter('SQLITE_FULL')
  expect(full.faults).toHaveLength(1)
  expect(full.store.broken).toBeNull()
})
