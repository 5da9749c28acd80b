import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserShell } from '#browser/serve-browser.ts'
import { createRooms } from '#workspace/rooms.ts'
import type { Command } from 'commander'
import { findElectron } from './electron-binary.ts'
import { EXIT, failed } from './exit-codes.ts'
import { wholeNumber } from './option-values.ts'
import type { Outcome } from './outcome.ts'
import { dataFolderOf, keyFileOf, logTo, openDemoFor, openWorkspaceFor, type EveryCommand, type Session } from './session.ts'

type StartOptions = EveryCommand & { browser?: boolean; open: boolean; port?: number; demo?: boolean }

/** Where the built app is, from source and from the bundle alike. */
function builtApp(entryUrl: string) {
  const out = new URL('../../out/', entryUrl)
  return { desktopMain: fileURLToPath(new URL('main/start-desktop.js', out)), renderer: fileURLToPath(new URL('renderer', out)) }
}

/** Whether this machine can show a window; on Linux the environment tells. */
function hasDisplay({ env, platform }: Session): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** Runs the desktop app until it ends and returns its exit code. */
async function runDesktop(session: Session, binary: string, options: StartOptions): Promise<Outcome> {
  const keyFile = keyFileOf(options)
  const { desktopMain } = builtApp(session.entryUrl)
  if (!existsSync(desktopMain)) return failed('not-built')
  const child = spawn(binary, [desktopMain, ...(options.demo ? ['--demo'] : [])], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...session.env,
      STORMROOM_DATA: dataFolderOf(session, options),
      ...(keyFile === undefined ? {} : { STORMROOM_KEY_FILE: keyFile }),
    },
  })
  const stop = () => {
    child.kill('SIGTERM')
  }
  session.interrupted.addEventListener('abort', stop, { once: true })
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    if (code === 0 || session.interrupted.aborted) return { ok: true, document: { shell: 'desktop' }, lines: [] }
    return { ...failed('desktop-failed', { code: code ?? signal ?? '' }), exitCode: code ?? EXIT.failed }
  } catch (error) {
    return failed('desktop-failed', { code: error instanceof Error ? error.message : String(error) })
  } finally {
    session.interrupted.removeEventListener('abort', stop)
  }
}

/**
 * Makes a page that redirects to an address, in a folder that only this user can open. Every user of the machine can see a
 * program's arguments, and the address contains a secret.
 * @returns the page, and its folder to be removed
 */
function makeLeadingPage(url: string): { folder: string; page: string } {
  const folder = mkdtempSync(join(tmpdir(), 'stormroom-open-'))
  const page = join(folder, 'stormroom.html')
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${url}"><title>定风波 · Stormroom</title>`,
    { mode: 0o600 },
  )
  return { folder, page }
}

/** Prints the address and opens it in this machine's browser. @returns a cleanup function */
async function announce(session: Session, shell: BrowserShell, options: StartOptions): Promise<() => void> {
  const { terminal, env, words } = session
  if (options.json) await terminal.answer(`${JSON.stringify({ ok: true, url: shell.url, port: shell.port, pid: process.pid })}\n`)
  else await terminal.answer(`${words.t('start.ready', { url: shell.url })}\n`)
  if (!options.open || env['CI'] || !hasDisplay(session)) return () => {}
  const { folder, page } = makeLeadingPage(shell.url)
  try {
    const { default: openInBrowser } = await import('open')
    const opened = await openInBrowser(page)
    // The address is printed, so a browser that does not start is no reason to stop.
    opened.on('error', () => terminal.say(`${words.t('start.not-opened')}\n`))
  } catch {
    terminal.say(`${words.t('start.not-opened')}\n`)
  }
  return () => rmSync(folder, { recursive: true, force: true })
}

function portFailure(error: unknown, port: number): Outcome | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'EADDRINUSE' || code === 'EACCES' ? failed('port-taken', { port }) : null
}

/** Serves the browser edition until Ctrl-C. */
async function runBrowserEdition(session: Session, options: StartOptions): Promise<Outcome> {
  const { renderer } = builtApp(session.entryUrl)
  if (!existsSync(renderer)) return failed('not-built')
  const port = options.port ?? 0
  // Loaded here because only this command needs a web server; the others start faster.
  const { serveBrowser } = await import('#browser/serve-browser.ts')
  const log = logTo(session.terminal)
  const { language } = session.words
  const workspace = options.demo ? await openDemoFor(session, log, language) : await openWorkspaceFor(session, options, log, true)
  const rooms = createRooms({ workspace, openDemo: (chosen) => openDemoFor(session, log, chosen), log })
  try {
    const shell = await serveBrowser({ rooms, rendererFolder: renderer, port, log })
    let tidy = () => {}
    try {
      tidy = await announce(session, shell, options)
      if (!session.interrupted.aborted) await once(session.interrupted, 'abort')
    } finally {
      tidy()
      await shell.close()
    }
    if (!options.json) session.terminal.say(`${session.words.t('start.stopped')}\n`)
    return { ok: true, document: null, lines: [] }
  } catch (error) {
    const refused = portFailure(error, port)
    if (refused) return refused
    throw error
  } finally {
    await rooms.close()
    await workspace.close()
  }
}

async function start(session: Session, options: StartOptions): Promise<Outcome> {
  if (options.browser) return runBrowserEdition(session, options)
  if (!hasDisplay(session)) {
    session.terminal.say(`${session.words.t('start.no-display')}\n`)
    return runBrowserEdition(session, options)
  }
  const electron = await findElectron({
    tryDownload: true,
    env: session.env,
    onDownload: () => session.terminal.say(`${session.words.t('start.downloading')}\n`),
  })
  if (session.interrupted.aborted) return { ok: true, document: null, lines: [] }
  if (electron.found) return runDesktop(session, electron.executable, options)
  session.terminal.say(`${session.words.t('start.no-desktop')}\n`)
  return runBrowserEdition(session, options)
}

/** `stormroom start`: starts the app. */
export function addStart(program: Command, session: Session): Command {
  const { t } = session.words
  return program
    .command('start')
    .description(t('start.about'))
    .option('--browser', t('start.browser'))
    .option('--no-open', t('start.no-open'))
    .option('--port <number>', t('start.port'), wholeNumber(0, 65535))
    .option('--demo', t('start.demo'))
    .action((options: StartOptions) => session.run(options.json === true, () => start(session, options)))
}
