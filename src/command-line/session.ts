import { resolve } from 'node:path'
import type { Language } from '#contract/workspace-api.ts'
import { defaultDataFolder } from '#workspace/data-folder.ts'
import { openWorkspace } from '#workspace/workspace.ts'
import type { Workspace, WorkspaceOptions } from '#workspace/workspace-options.ts'
import { workerUrls } from '#workspace/worker-urls.ts'
import type { Outcome } from './outcome.ts'
import type { Terminal } from './terminal.ts'
import type { Words } from './words.ts'

/** What SIGHUP does: null ends the command, as Ctrl-C does. Set by a command that can reload something. */
export type Hangup = { reload: (() => void) | null }

/** The environment of a command line. */
export type Surroundings = {
  words: Words
  terminal: Terminal
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  /** `import.meta.url` of the entry; `../../` from it is the package. */
  entryUrl: string
  version: string
  /** Aborts at Ctrl-C. */
  interrupted: AbortSignal
  hangup: Hangup
}

export type Session = Surroundings & {
  /** Runs a command's body and keeps its outcome for the report. */
  run(json: boolean, body: () => Promise<Outcome>): Promise<void>
}

/** Options of every command. */
export type EveryCommand = { data?: string; keyFile?: string; json?: boolean }

/** The data folder of a command. */
export function dataFolderOf(session: Session, options: EveryCommand): string {
  return options.data === undefined ? defaultDataFolder(session.env) : resolve(options.data)
}

/** A log that prints to the terminal, for long-running shells. */
export function logTo(terminal: Terminal): WorkspaceOptions['log'] {
  return (level, message, detail) => {
    if (level !== 'info') terminal.say(`${message}${detail instanceof Error ? `: ${detail.message}` : ''}\n`)
  }
}

/** The key file option of a command; if undefined, the environment and the data folder decide. */
export function keyFileOf(options: EveryCommand): string | undefined {
  return options.keyFile === undefined ? undefined : resolve(options.keyFile)
}

/** Opens the workspace of a command's data folder. @param asksToSignIn for a shell whose user can sign in */
export function openWorkspaceFor(
  session: Session,
  options: EveryCommand,
  log: WorkspaceOptions['log'],
  asksToSignIn = false,
): Promise<Workspace> {
  const keys = { keyFile: keyFileOf(options), asksToSignIn }
  return openWorkspace({
    dataFolder: dataFolderOf(session, options),
    version: session.version,
    workers: workerUrls(session.entryUrl),
    keys,
    log,
  })
}

/** Opens the demo: a story in a temporary folder, separate from all data. */
export async function openDemoFor(session: Session, log: WorkspaceOptions['log'], language: Language): Promise<Workspace> {
  // Loaded here because only the demo needs its story; the other commands start faster.
  const { openDemo } = await import('#workspace/demo/open-demo.ts')
  return openDemo({ version: session.version, workers: workerUrls(session.entryUrl), log, language })
}
