import { maskAnswers, OF_THE_MACHINE } from '#replica/services/masked-handlers.ts'
import { fail, done } from '#contract/failures.ts'
import { verify } from './check-files.ts'
import { memberHandlers, type MemberParts } from './member-handlers.ts'
import type { ReadableExports } from './readable-export.ts'
import { restoreBackup } from './restore-backup.ts'
import { backUp } from './take-backups.ts'
import type { MembershipParts } from './team/entering.ts'
import { forgetTeam } from './team/forget-team.ts'
import { writeJoined } from './team/joined-team.ts'
import { membershipHandlers } from './team/membership-handlers.ts'
import type { WorkspaceCore } from './workspace-core.ts'
import { connect, lockNow, reopen, reopenReadOnly } from './workspace-files.ts'
import { workspaceHandlers, type WorkspaceDesk } from './workspace-handlers.ts'
import { preferencesOf, workspaceStatus } from './workspace-status.ts'

function deskOf(core: WorkspaceCore, readableExports: ReadableExports): WorkspaceDesk {
  return {
    files: () => core.files,
    status: () => workspaceStatus(core),
    lock: () => lockNow(core),
    preferences: () => preferencesOf(core),
    connect: () => connect(core),
    wake: () => void core.connection?.sync?.wake(),
    announce: core.announce,
    verify: () => verify(core),
    backups: () => core.backups.list(),
    backUp: () => backUp(core, 'asked'),
    restore: (id) => restoreBackup(core, id),
    openReadOnly: () => reopenReadOnly(core),
    exportReadable: () => readableExports.make(core.files.phase !== 'trouble'),
  }
}

function membershipParts(core: WorkspaceCore): MembershipParts {
  const { dataFolder, keys } = core
  return {
    replica: () => (core.files.phase === 'open' ? core.files.replica : null),
    connection: () => core.connection,
    async join(team, memberId, language) {
      if (core.files.phase !== 'open') return
      const { replica } = core.files
      const { meta } = replica.store
      replica.db.transaction(() => {
        meta.write('memberId', memberId)
        writeJoined(replica, team, keys)
        meta.write('preferences', JSON.stringify({ ...preferencesOf(core), language }))
      })()
      await reopen(core)
    },
    async signInAgain(team) {
      if (core.files.phase !== 'open') return
      writeJoined(core.files.replica, team, keys)
      core.files.replica.store.meta.write('refused', '')
      await reopen(core)
    },
    reconnect: () => reopen(core),
    startOver: () => reopen(core, () => forgetTeam(dataFolder)),
    announce: () => core.announce(['workspace']),
  }
}

function memberParts(core: WorkspaceCore): MemberParts {
  return {
    replica() {
      const { files } = core
      if (files.phase !== 'open') return fail(files.phase === 'trouble' ? 'database-trouble' : 'read-only')
      const locked = lockNow(core)
      return locked ? fail('locked', { reason: locked.reason }) : done(files.replica)
    },
    written() {
      void core.connection?.sync?.wake()
      core.announce(['*'])
    },
  }
}

/** The calls that the workspace answers itself, masked. The replica answers the others. */
export function ownHandlers(core: WorkspaceCore, readableExports: ReadableExports) {
  const handlers = {
    ...workspaceHandlers(deskOf(core, readableExports)),
    ...membershipHandlers(membershipParts(core)),
    ...memberHandlers(memberParts(core)),
  }
  return maskAnswers(handlers, OF_THE_MACHINE)
}
