import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkIntegrityApart } from '#storage/check-integrity-apart.ts'
import type { CallOutput } from '#contract/api.ts'
import { BACKED_UP } from './backups.ts'
import { verifyWorkspace } from './verify-workspace.ts'
import type { WorkspaceCore } from './workspace-core.ts'

/** Checks the integrity of the databases in a worker thread and announces the result. */
export async function checkInBackground(core: WorkspaceCore): Promise<void> {
  const { dataFolder, options } = core
  const found: string[] = []
  for (const name of BACKED_UP.filter((one) => existsSync(join(dataFolder, one)))) {
    const report = await checkIntegrityApart(options.workers.integrity, join(dataFolder, name), false)
    // A device that joins a team meanwhile no longer has its own hub.
    if (!report.ok && existsSync(join(dataFolder, name))) found.push(`${name}: ${report.detail ?? ''}`)
  }
  if (core.closed) return
  core.integrity = { ok: found.length === 0, checkedAt: core.now(), detail: found.length === 0 ? null : found.join('\n') }
  if (!core.integrity.ok) core.log('error', 'The integrity check found damage', core.integrity.detail)
  core.announce(['workspace'])
}

/** Verifies the log of this device against its hub. */
export async function verify(core: WorkspaceCore): Promise<CallOutput<'workspace.verify'>> {
  // A command has only just started the connection.
  if (core.connection?.membership().kind === 'joined') {
    await core.connection.connect()
    // Pulls the hub's present log first; what is gone from it is set aside.
    await core.connection?.sync?.pollHub()
  }
  return verifyWorkspace(core.files, core.dataFolder, core.options.workers.integrity, core.connection?.link ?? null)
}
