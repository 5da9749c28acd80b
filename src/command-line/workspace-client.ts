import { existsSync } from 'node:fs'
import { answerCall } from '#contract/api-wire.ts'
import type { ApiClient, CallInput, CallName, CallOutput } from '#contract/api.ts'
import type { Result } from '#contract/failures.ts'
import type { WorkspaceStatus } from '#contract/workspace-api.ts'
import type { Workspace } from '#workspace/workspace-options.ts'
import { failed } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import { dataFolderOf, openWorkspaceFor, type EveryCommand, type Session } from './session.ts'
import type { Terminal } from './terminal.ts'

/** A workspace as commands use it: through the contract, which parses every call, as for any screen. */
export type WorkspaceClient = Pick<ApiClient, 'call'> & Pick<Workspace, 'watch'>

function clientOf(workspace: Workspace, terminal: Terminal): WorkspaceClient {
  const onFault = (error: unknown) => terminal.say(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return {
    // The contract's table ties the name to the type of the answer.
    call: <Name extends CallName>(name: Name, input: CallInput<Name>) =>
      answerCall(workspace.handlers, name, input, onFault) as Promise<Result<CallOutput<Name>>>,
    watch: workspace.watch,
  }
}

/**
 * `verify` checks whatever is there · `read` needs readable incidents · `write` needs them writable · `set-up` may be
 * the first command on an empty data folder.
 */
export type Need = 'verify' | 'read' | 'write' | 'set-up'

async function refusalFor(client: WorkspaceClient, status: WorkspaceStatus, need: Need): Promise<Outcome | null> {
  const trouble = status.trouble
  if (need === 'verify') return null
  if (status.phase === 'trouble' && trouble?.kind === 'read-only' && need === 'read') {
    const opened = await client.call('workspace.openReadOnly', {})
    return opened.ok ? null : opened
  }
  if (trouble?.kind === 'damaged') return failed('damaged', { file: trouble.file, detail: trouble.detail })
  if (trouble?.kind === 'newer-version')
    return failed('newer-version', { file: trouble.file, found: trouble.found, supported: trouble.supported })
  if (need !== 'read' && (trouble || status.phase === 'read-only')) return failed('read-only')
  if (status.phase === 'first-run' && need !== 'set-up') return failed('not-set-up')
  return null
}

/**
 * Opens the data folder, checks that it meets the command's need, runs the command and closes it again.
 * Only `set-up` creates a missing folder: a mistyped --data must not look like an empty war room.
 */
export async function withWorkspace(
  session: Session,
  options: EveryCommand,
  need: Need,
  act: (client: WorkspaceClient, status: WorkspaceStatus) => Promise<Outcome>,
): Promise<Outcome> {
  const dataFolder = dataFolderOf(session, options)
  if (need !== 'set-up' && !existsSync(dataFolder)) return failed('data-folder-missing', { folder: dataFolder })
  // A command prints one sentence, its outcome's; the workspace's log is for long-running shells.
  const workspace = await openWorkspaceFor(session, options, () => {})
  const client = clientOf(workspace, session.terminal)
  try {
    const status = await client.call('workspace.status', {})
    if (!status.ok) return status
    return (await refusalFor(client, status.value, need)) ?? (await act(client, status.value))
  } finally {
    await workspace.close()
  }
}
