import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { StationStatus } from '#contract/station-api.ts'
import { defaultDataFolder } from '#station/data-folder.ts'
import { openStation } from '#station/station.ts'
import type { Station, StationOptions } from '#station/station-options.ts'
import { workerUrls } from '#station/worker-urls.ts'
import { failed } from './exit-codes.ts'
import type { Outcome } from './outcome.ts'
import type { Terminal } from './terminal.ts'
import type { Words } from './words.ts'

/** What a command line runs in. */
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
}

export type Session = Surroundings & {
  /** Runs a command's body and keeps its outcome for the report. */
  run(json: boolean, body: () => Promise<Outcome>): Promise<void>
}

/** Options every command takes. */
export type EveryCommand = { data?: string; json?: boolean }

/** The data folder a command speaks of. */
export function dataFolderOf(session: Session, options: EveryCommand): string {
  return options.data === undefined ? defaultDataFolder(session.env) : resolve(options.data)
}

/** Says what a long-running shell should be known to have met. */
export function logTo(terminal: Terminal): StationOptions['log'] {
  return (level, message, detail) => {
    if (level !== 'info') terminal.say(`${message}${detail instanceof Error ? `: ${detail.message}` : ''}\n`)
  }
}

/** Opens the station of a data folder. */
export function openStationFor(session: Session, dataFolder: string, log: StationOptions['log']): Promise<Station> {
  return openStation({ dataFolder, version: session.version, workers: workerUrls(session.entryUrl), log })
}

/**
 * `verify` looks at whatever is there · `read` needs incidents that can be read · `write` needs them writable · `set-up` may be
 * the first command on an empty data folder.
 */
export type Need = 'verify' | 'read' | 'write' | 'set-up'

async function refusalFor(station: Station, status: StationStatus, need: Need): Promise<Outcome | null> {
  const trouble = status.trouble
  if (need === 'verify') return null
  if (status.phase === 'trouble' && trouble?.kind === 'read-only' && need === 'read') {
    const opened = await station.handlers['station.openReadOnly']({})
    return opened.ok ? null : opened
  }
  if (trouble?.kind === 'damaged') return failed('damaged', { file: trouble.file, detail: trouble.detail })
  if (trouble?.kind === 'newer-version') return failed('newer-version', { file: trouble.file, found: trouble.found, supported: trouble.supported })
  if (need !== 'read' && (trouble || status.phase === 'read-only')) return failed('read-only')
  if (status.phase === 'first-run' && need !== 'set-up') return failed('not-set-up')
  return null
}

/**
 * Opens the data folder, makes sure it is fit for what the command needs, runs the command and closes it again.
 * A folder that is not there is made by `set-up` alone: a mistyped --data must not look like an empty war room.
 */
export async function withStation(session: Session, options: EveryCommand, need: Need, act: (station: Station, status: StationStatus) => Promise<Outcome>): Promise<Outcome> {
  const dataFolder = dataFolderOf(session, options)
  if (need !== 'set-up' && !existsSync(dataFolder)) return failed('data-folder-missing', { folder: dataFolder })
  // One command ends with one sentence, its outcome's; the station's notes beside it are for a shell that goes on.
  const station = await openStationFor(session, dataFolder, () => {})
  try {
    const status = await station.handlers['station.status']({})
    if (!status.ok) return status
    return (await refusalFor(station, status.value, need)) ?? (await act(station, status.value))
  } finally {
    await station.close()
  }
}
