import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '#storage/open-database.ts'
import type { DeviceProcess } from './device-process.ts'
import { frozenScopes, type Simulation } from './simulation.ts'
import { hold } from './simulation-fault.ts'

const pathIn = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash)
const isWhole = (folder: string, hash: string) => existsSync(pathIn(folder, hash))

/** Every stored file has the hash that its name states: no partial file and no other content. */
function checkContents(folder: string): void {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const is = createHash('sha256')
      .update(readFileSync(join(entry.parentPath, entry.name)))
      .digest('hex')
    hold('evidence', is === entry.name, () => `${entry.parentPath} holds something else under ${entry.name}`)
  }
}

const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    : []

/** Counts the files on the hub, and the files on devices that their members did not add themselves. */
export function countFiles({ devices, evidenceFolder, broughtBy }: Simulation): { sent: number; fetched: number } {
  const fetched = devices.flatMap(({ folder, memberId }) =>
    filesIn(join(folder, 'evidence')).filter((hash) => !broughtBy(memberId).has(hash)),
  )
  return { sent: filesIn(evidenceFolder).length, fetched: fetched.length }
}

/**
 * Checks files at rest. A file that an active member still has is on the hub, and on every device that keeps all files of its
 * incident. A file that nobody has any more blocks nothing.
 */
export function checkEvidence(simulation: Simulation, hubDb: Db): void {
  const { devices, evidenceFolder, rights } = simulation
  checkContents(evidenceFolder)
  for (const { folder } of devices) checkContents(join(folder, 'evidence'))
  const uses = hubDb
    .prepare<[], { hash: string; scope: string; claimant: string | null }>(
      'SELECT hash, scope, NULL AS claimant FROM evidence_use UNION SELECT hash, scope, member_id FROM evidence_claim',
    )
    .all()
  const reads = (device: DeviceProcess, scope: string) =>
    rights.standing(device.memberId) === 'in' && rights.mayRead(device.memberId, scope) && !frozenScopes(device.store).has(scope)
  for (const { hash, scope, claimant } of uses) {
    for (const device of devices) {
      // Only the claimant must upload a claimed file that they have not proved to have: an upload by another member could give
      // the claimant a file that only that other member may read.
      if (!reads(device, scope) || (claimant !== null && claimant !== device.memberId)) continue
      const here = isWhole(join(device.folder, 'evidence'), hash)
      const known = device.db.prepare('SELECT 1 FROM evidence WHERE hash = ?').get(hash) !== undefined
      if (here && known)
        hold(
          'evidence',
          isWhole(evidenceFolder, hash),
          () => `${device.name} has ${hash}, which ${scope} speaks of, and the hub has it not`,
        )
      const wants = device.db.prepare('SELECT 1 FROM offline_scope WHERE scope = ?').get(scope) !== undefined
      // A file that has a row but is missing on the disk is not fetched again automatically.
      if (wants && !known)
        hold(
          'evidence',
          here || !isWhole(evidenceFolder, hash),
          () => `${device.name} keeps all files of ${scope}, and has not got ${hash}`,
        )
    }
  }
}
