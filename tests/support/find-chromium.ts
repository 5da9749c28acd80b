import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { unpackChromium, type UnpackedChromium } from './unpacked-chromium.ts'

/** The command that installs a browser when none is found. */
export const INSTALL_COMMAND = 'npx playwright install --with-deps chromium'

export type Chromium = {
  executablePath: string
  /** Flags for the launch. */
  args: string[]
  /** Environment variables that the browser needs in addition to those of the process. */
  env: Record<string, string>
  from: 'environment' | 'playwright' | 'system' | 'package'
  /** Without such a font, Chinese text has no glyphs: screenshots show blanks and text widths mean nothing. */
  hasChineseFont: boolean
}

export type ChromiumSources = {
  /** Path of STORMROOM_CHROMIUM, if set. */
  chosen: string | undefined
  playwright: () => string
  system: () => string[]
  unpack: () => Promise<UnpackedChromium | null>
}

const ownSources: ChromiumSources = {
  chosen: process.env['STORMROOM_CHROMIUM'],
  playwright: () => chromium.executablePath(),
  system: systemCandidates,
  unpack: unpackChromium,
}

/**
 * Finds a Chromium to test with: the one named by STORMROOM_CHROMIUM, Playwright's own, the system's Chromium, Chrome or
 * Edge, else the one inside @sparticuz/chromium. A candidate counts when it answers --version (some paths hold a stub
 * that only asks to install something).
 *
 * @throws Error with INSTALL_COMMAND when there is none, or when STORMROOM_CHROMIUM names none
 */
export async function findChromium(sources: ChromiumSources = ownSources): Promise<Chromium> {
  if (sources.chosen !== undefined) {
    if (await runs(sources.chosen)) return describe(sources.chosen, 'environment')
    throw new Error(`STORMROOM_CHROMIUM names no working browser: ${sources.chosen}`)
  }
  const own = sources.playwright()
  if (await runs(own)) return describe(own, 'playwright')
  for (const candidate of sources.system()) {
    if (await runs(candidate)) return describe(candidate, 'system')
  }
  const unpacked = await sources.unpack()
  if (unpacked !== null && (await runs(unpacked.executablePath, unpacked.env)))
    return describe(unpacked.executablePath, 'package', unpacked.env)
  throw new Error(`No Chromium found for the end-to-end tests. Run: ${INSTALL_COMMAND}`)
}

async function describe(executablePath: string, from: Chromium['from'], env: Record<string, string> = {}): Promise<Chromium> {
  // Chromium's sandbox does not run as root, and the unpacked one has no sandbox helper. The tests open only our own pages.
  const unsandboxed = from === 'package' || process.getuid?.() === 0
  // Without these flags it keeps contacting its vendor, which a closed network refuses many times a second.
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return { executablePath, args: unsandboxed ? ['--no-sandbox', ...quiet] : quiet, env, from, hasChineseFont: await hasChineseFont(env) }
}

const run = promisify(execFile)

async function runs(path: string, env: Record<string, string> = {}): Promise<boolean> {
  if (!existsSync(path)) return false
  // Chrome for Windows opens a window instead of answering.
  if (process.platform === 'win32') return true
  return run(path, ['--version'], { env: { ...process.env, ...env }, timeout: 20_000 }).then(
    ({ stdout }) => /\d+\.\d+/u.test(stdout),
    () => false,
  )
}

async function hasChineseFont(env: Record<string, string>): Promise<boolean> {
  if (process.platform !== 'linux') return true
  return run('fc-list', [':lang=zh', 'family'], { env: { ...process.env, ...env } }).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  )
}

function systemCandidates(): string[] {
  const names = [
    // Chromium without its own windows and menus: the same page with three quarters of the processor time.
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
    'msedge',
  ]
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name + suffix)))
  return [...onPath, ...wellKnownPlaces()]
}

function wellKnownPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? [])
    return folders.flatMap((folder) =>
      ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((path) =>
        join(folder, path),
      ),
    )
  }
  return [
    '/usr/lib/chromium/chromium-headless-shell',
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/snap/bin/chromium',
  ]
}
