import { join } from 'node:path'
import { checkIntegrityApart } from '#storage/check-integrity-apart.ts'
import type { Db } from '#storage/open-database.ts'
import { verifyHub } from '#hub/verify/verify-hub.ts'
import type { Replica } from '#replica/open-replica.ts'
import { findStateFaults } from '#replica/store/recompute.ts'
import { compareWithHub, type Comparison } from '#replica/sync/compare-with-hub.ts'
import { LinkDown, LinkRefused, type HubLink } from '#contract/hub-link.ts'
import type { VerifyReport } from '#contract/workspace-api.ts'
import { BACKED_UP } from './backups.ts'
import { HUB_FILE, REPLICA_FILE, type OpenFiles } from './open-files.ts'
import { findBrokenWord, findDamagedRow, findFork, verifyChains } from './verify-log.ts'

type Scopes = VerifyReport['scopes']
type Databases = VerifyReport['databases']

/**
 * Checks everything this workspace stores: SQLite's own check of both files, the sum of every stored entity, the hash chain of
 * every scope in both logs, and whether the two logs agree: in the same folder, or over the link to a hub elsewhere. Findings
 * are returned, never thrown.
 */
export async function verifyWorkspace(files: OpenFiles, dataFolder: string, worker: URL, link: HubLink | null): Promise<VerifyReport> {
  const databases: Databases = []
  for (const file of databasesOf(files)) databases.push({ file, ...(await checkIntegrityApart(worker, join(dataFolder, file), true)) })
  const noteDamage = (file: string, detail: string) => {
    const known = databases.find((one) => one.file === file)
    if (known) Object.assign(known, { ok: false, detail: known.detail ?? detail })
  }
  /** Reading a damaged file may fail at any row. */
  const reading = async <T>(file: string, read: () => T | Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read()
    } catch (error) {
      noteDamage(file, error instanceof Error ? error.message : String(error))
      return otherwise
    }
  }
  const rowsOf = (file: string, db: Db, columns: readonly string[]) =>
    reading(
      file,
      async () => {
        const damaged = await findDamagedRow(db, columns)
        if (damaged !== null) noteDamage(file, `${damaged} is not what was written`)
      },
      undefined,
    )

  let scopes: Scopes = []
  if (files.phase !== 'trouble') {
    const { db } = files.replica
    await rowsOf(REPLICA_FILE, db, ['canonical', 'view'])
    scopes = await reading(REPLICA_FILE, () => verifyChains(db, 'cursor'), [])
    for (const { scope, seq } of await reading(REPLICA_FILE, () => findStateFaults(db), [])) {
      const line = scopes.find((one) => one.scope === scope)
      if (line) line.fault ??= { seq, kind: 'state' }
    }
  }
  if (files.phase === 'open' && files.hub) {
    const { hub, replica } = files
    await rowsOf(HUB_FILE, hub.db, ['body'])
    const own = await reading(HUB_FILE, () => verifyHub(hub), null)
    for (const { ok, detail } of own?.databases ?? []) if (!ok) noteDamage(HUB_FILE, detail ?? '')
    const atHub = own?.scopes ?? []
    const forks = await reading(HUB_FILE, () => [...findFork(hub.db, replica.db), ...findBrokenWord(hub.db, replica.db)], [])
    scopes = joined(atHub, scopes, forks)
  }
  const compared = files.phase === 'open' && !files.hub && link ? await compareFrom(files.replica, link) : null
  for (const { scope, seq } of compared?.disagreements ?? []) {
    const line = scopes.find((one) => one.scope === scope)
    if (!line) scopes = [...scopes, { scope, records: 0, head: '', fault: { seq, kind: 'hub' } }]
    else line.fault ??= { seq, kind: 'hub' }
  }
  const ok = files.phase !== 'trouble' && databases.every((one) => one.ok) && scopes.every((one) => one.fault === null)
  return {
    ok,
    databases,
    scopes,
    records: scopes.reduce((sum, one) => sum + one.records, 0),
    hub: compared && { reached: compared.reached, records: compared.records },
  }
}

/** A hub that is away, or refuses this device, is not compared; the report says so. */
async function compareFrom(replica: Replica, link: HubLink): Promise<Comparison & { reached: boolean }> {
  try {
    return { ...(await compareWithHub(replica.db, replica.store.meta, link)), reached: true }
  } catch (error) {
    if (error instanceof LinkDown || error instanceof LinkRefused) return { records: 0, disagreements: [], reached: false }
    throw error
  }
}

/** A folder whose hub is elsewhere contains only a replica. */
const databasesOf = (files: OpenFiles) => (files.phase === 'open' && !files.hub ? [REPLICA_FILE] : BACKED_UP)

/** One entry per scope of either log; a scope that the hub has lost is the worst fault. */
function joined(atHub: Scopes, held: Scopes, forks: readonly { scope: string; seq: number }[]): Scopes {
  const names = new Set([...atHub, ...held].map((one) => one.scope))
  return [...names].toSorted().flatMap((name) => {
    const here = held.find((one) => one.scope === name)
    const there = atHub.find((one) => one.scope === name)
    const fork = forks.find((one) => one.scope === name)
    const known = there ?? here
    const mismatch = fork || !there ? ({ seq: fork?.seq ?? here?.records ?? 0, kind: 'mismatch' } as const) : null
    return known ? [{ ...known, fault: there?.fault ?? here?.fault ?? mismatch }] : []
  })
}
