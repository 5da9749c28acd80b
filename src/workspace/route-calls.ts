import { join } from 'node:path'
import { isDamage, isNotSaved, isReadOnly } from '#storage/disk-failure.ts'
import type { ReplicaHandlers } from '#replica/replica-services.ts'
import { api, type ApiHandlers, type CallName } from '#contract/api.ts'
import { handlerOf, mapHandlers, namesOf, type Handler } from '#contract/procedure.ts'
import { done, fail } from '#contract/failures.ts'
import { REPLICA_FILE } from './open-files.ts'
import { ownHandlers } from './own-handlers.ts'
import type { ReadableExports } from './readable-export.ts'
import type { WorkspaceCore } from './workspace-core.ts'
import { fallIntoTrouble, lockNow } from './workspace-files.ts'
import { workspaceStatus } from './workspace-status.ts'

/** Calls that a demo must not make: others would take its story for real. */
const STAYS_ALONE: ReadonlySet<string> = new Set(['membership.host', 'membership.join', 'membership.signIn', 'membership.beginCompany'])

/** A call of the replica, handled by the replica that is open at the time. */
function delegated(core: WorkspaceCore, readableExports: ReadableExports, name: CallName): Handler {
  return (input) => {
    const { exportId, offset = 0 } = input as { exportId?: string; offset?: number }
    const readable = readableExports.answer(name, exportId, offset)
    if (readable) return readable
    if (core.files.phase === 'trouble') return fail('database-trouble')
    const locked = lockNow(core)
    if (locked) return fail('locked', { reason: locked.reason })
    return handlerOf(core.files.replica.handlers, name as keyof ReplicaHandlers)(input)
  }
}

/** Reports damage, a full disk and a read-only disk as such; after damage, the workspace shows the trouble. */
function guarded(core: WorkspaceCore, name: CallName, answer: Handler): Handler {
  return async (input) => {
    try {
      return await answer(input)
    } catch (error) {
      if (core.files.phase !== 'trouble') core.files.replica.store.noteFailure(error)
      const detail = error instanceof Error ? error.message : String(error)
      if (isNotSaved(error)) return fail('not-saved', { detail })
      if (isReadOnly(error)) return fail('read-only')
      if (!isDamage(error)) throw error
      fallIntoTrouble(core, `${detail} (${name})`, join(core.dataFolder, REPLICA_FILE))
      return name === 'workspace.status' ? done(workspaceStatus(core)) : fail('database-trouble')
    }
  }
}

/** The handlers of all calls: those of the workspace, then those of the replica. */
export function routeCalls(core: WorkspaceCore, readableExports: ReadableExports): ApiHandlers {
  const own = ownHandlers(core, readableExports)
  return mapHandlers<ApiHandlers>(namesOf(api), (name) => {
    if (name === 'demo.state' || name === 'demo.control') return () => fail('not-a-demo')
    if (core.options.story && STAYS_ALONE.has(name)) return () => fail('demo-stays-alone')
    return guarded(core, name, name in own ? handlerOf(own, name as keyof typeof own) : delegated(core, readableExports, name))
  })
}
