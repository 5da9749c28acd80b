import { DAY } from '#domain/durations.ts'
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** Timeout of a download. */
export const DOWNLOAD_LIMIT_MS = 10_000

/** After a failed download of a version, the next try is at least this much later. */
export const RETRY_AFTER_MS = 7 * DAY

/**
 * Why there is no Electron: `turned-off` by STORMROOM_ELECTRON=off; `not-installed`: the npm package is absent;
 * `not-downloaded`: the binary is absent and no download was requested; `download-failed` or `download-too-slow` just now;
 * `failed-before`: a download of this version failed less than RETRY_AFTER_MS ago.
 */
export type NoElectronReason = 'turned-off' | 'not-installed' | 'not-downloaded' | 'download-failed' | 'download-too-slow' | 'failed-before'

export type ElectronSearch = { found: true; executable: string } | { found: false; reason: NoElectronReason }

export type ElectronOptions = {
  /** Download the binary if it is absent. */
  tryDownload: boolean
  /** Called before a download begins, so that the wait can be explained. */
  onDownload?: () => void
  /** Folder of the npm package `electron`, null if it is absent. Default: where Node finds it. */
  packageFolder?: string | null
  env?: NodeJS.ProcessEnv
  /** Epoch milliseconds. */
  now?: () => number
  /** Aborts a download that takes too long; called when it begins. Default: DOWNLOAD_LIMIT_MS later. */
  startLimit?: () => AbortSignal
}

/**
 * Finds Electron's binary, as the npm package `electron` would, and downloads it on request, without delaying the start beyond
 * the limit or repeating a failing download at every start.
 *
 * Environment: STORMROOM_ELECTRON `off` (do without) or `retry` (try again now); ELECTRON_OVERRIDE_DIST_PATH, a folder
 * with the binary; ELECTRON_SKIP_BINARY_DOWNLOAD.
 */
export async function findElectron(options: ElectronOptions): Promise<ElectronSearch> {
  const { env = process.env, now = Date.now, startLimit = () => AbortSignal.timeout(DOWNLOAD_LIMIT_MS) } = options
  if (env['STORMROOM_ELECTRON'] === 'off') return { found: false, reason: 'turned-off' }
  const folder = options.packageFolder === undefined ? findPackageFolder() : options.packageFolder
  if (folder === null || !existsSync(join(folder, 'package.json'))) return { found: false, reason: 'not-installed' }

  const present = locate(folder, env)
  if (present !== null) return { found: true, executable: present }
  if (!options.tryDownload || env['ELECTRON_SKIP_BINARY_DOWNLOAD'] || env['ELECTRON_OVERRIDE_DIST_PATH'])
    return { found: false, reason: 'not-downloaded' }

  const memory = openMemory(folder)
  if (memory === null) return { found: false, reason: 'not-downloaded' }
  if (env['STORMROOM_ELECTRON'] !== 'retry' && memory.failedWithin(RETRY_AFTER_MS, now())) return { found: false, reason: 'failed-before' }

  options.onDownload?.()
  const outcome = await runInstaller(folder, memory.folder, env, startLimit())
  const downloaded = outcome === 'done' ? locate(folder, env) : null
  if (downloaded !== null) return { found: true, executable: downloaded }
  memory.rememberFailure(now())
  return { found: false, reason: outcome === 'too-slow' ? 'download-too-slow' : 'download-failed' }
}

function findPackageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
}

/** The installer writes path.txt last: without it, dist/ may be half unpacked. */
function locate(folder: string, env: NodeJS.ProcessEnv): string | null {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const named = readText(join(folder, 'path.txt'))?.trim()
  if (override) return existing(join(override, named ?? defaultExecutable()))
  if (
    named === undefined ||
    readText(join(folder, 'dist', 'version'))
      ?.trim()
      .replace(/^v/u, '') !== versionOf(folder)
  )
    return null
  return existing(join(folder, 'dist', named))
}

function defaultExecutable(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

const Failure = z.object({ version: z.string(), failedAt: z.number() })

/** Remembers failed downloads in node_modules/.cache/stormroom; null if it cannot be written. */
function openMemory(packageFolder: string) {
  const folder = join(dirname(packageFolder), '.cache', 'stormroom')
  const file = join(folder, 'electron.json')
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    accessSync(packageFolder, constants.W_OK)
  } catch {
    return null
  }
  return {
    folder,
    failedWithin(ms: number, now: number): boolean {
      const failure = Failure.safeParse(parseJson(readText(file)))
      return failure.success && failure.data.version === versionOf(packageFolder) && Math.abs(now - failure.data.failedAt) < ms
    },
    rememberFailure(now: number): void {
      writeFileSync(file, JSON.stringify({ version: versionOf(packageFolder), failedAt: now }))
    },
  }
}

/** Runs the package's install.js in its own process group, with a temporary folder that is deleted afterwards. */
function runInstaller(
  folder: string,
  cacheFolder: string,
  env: NodeJS.ProcessEnv,
  limit: AbortSignal,
): Promise<'done' | 'failed' | 'too-slow'> {
  const temporary = mkdtempSync(join(cacheFolder, 'download-'))
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      cwd: folder,
      env: { ...env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'ignore',
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    const stop = (): void => killTree(child.pid)
    const stopAndLeave = (signal: NodeJS.Signals): void => {
      finish('failed')
      process.kill(process.pid, signal)
    }
    const giveUp = (): void => finish('too-slow')
    const finish = (outcome: 'done' | 'failed' | 'too-slow'): void => {
      limit.removeEventListener('abort', giveUp)
      process.off('exit', stop).off('SIGINT', stopAndLeave).off('SIGTERM', stopAndLeave)
      stop()
      rmSync(temporary, { recursive: true, force: true, maxRetries: 3 })
      resolve(outcome)
    }
    limit.addEventListener('abort', giveUp)
    process.once('exit', stop).once('SIGINT', stopAndLeave).once('SIGTERM', stopAndLeave)
    child.once('error', () => finish('failed'))
    child.once('exit', (status) => finish(status === 0 ? 'done' : 'failed'))
  })
}

/** Kills the process and its children; does nothing if they have ended. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).once('error', () => {})
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // No process of the group is left.
  }
}

function versionOf(folder: string): string {
  const manifest = z.object({ version: z.string() }).safeParse(parseJson(readText(join(folder, 'package.json'))))
  return manifest.success ? manifest.data.version : ''
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
