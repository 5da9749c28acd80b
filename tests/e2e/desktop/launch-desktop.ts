import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { _electron, chromium, expect, type Page } from '@playwright/test'
import type * as Electron from 'electron'
import type { Answered, Asked } from '../../support/electron-stand-in/answer-test.ts'
import { findChromium } from '../../support/find-chromium.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
/** The folder that holds out/; set it to test another build beside the first. */
const BUILT = process.env['STORMROOM_BUILT'] ?? ROOT
const MAIN = join(BUILT, 'out/main/start-desktop.js')

/** The built app, running. The same type for the real Electron and the stand-in. */
export type DesktopApp = {
  page: Page
  /** Runs a function in the main process, with the module `electron` and one JSON argument. */
  inMain<Argument, Value>(
    run: (electron: typeof Electron, argument: Argument) => Value | Promise<Value>,
    argument: Argument,
  ): Promise<Value>
  /** Quits as a user does and waits for the end. Returns the exit code. */
  quit(): Promise<number | null>
  /** Kills the whole app without a clean shutdown, as a power cut does. */
  kill(): Promise<void>
}

export type LaunchOptions = {
  dataFolder: string
  args?: string[]
  /** Makes the stand-in report that the app is packaged; in Electron only a real package reports that. */
  packaged?: boolean
}

/** Path of Electron's binary, or null where it was not downloaded. */
export function electronBinary(): string | null {
  const dist = join(ROOT, 'node_modules/electron/dist')
  const name = join(ROOT, 'node_modules/electron/path.txt')
  const binary = existsSync(name) ? join(dist, readFileSync(name, 'utf8')) : null
  return binary !== null && existsSync(binary) ? binary : null
}

/** Whether the specs run on the stand-in instead of Electron. */
export const ON_STAND_IN = electronBinary() === null

/** Starts the built desktop app with its own data folder: on Electron where it is installed, else on the stand-in. */
export async function launchDesktop(options: LaunchOptions): Promise<DesktopApp> {
  const binary = electronBinary()
  return binary === null ? launchStandIn(options) : launchElectron(binary, options)
}

/** Starts the app a second time on the same data folder. Returns its exit code. */
export async function startAgain(options: LaunchOptions): Promise<number | null> {
  const binary = electronBinary()
  if (binary === null) return exitOf(await forkStandIn(options))
  const { spawn } = await import('node:child_process')
  return exitOf(spawn(binary, argsFor(options), { stdio: 'ignore' }))
}

function argsFor(options: LaunchOptions): string[] {
  // Electron's sandbox does not work as root; the shell's own settings stay unchanged.
  const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [...forRoot, MAIN, `--data=${options.dataFolder}`, ...(options.args ?? [])]
}

async function launchElectron(executablePath: string, options: LaunchOptions): Promise<DesktopApp> {
  const app = await _electron.launch({ executablePath, args: argsFor(options), locale: 'zh-CN' })
  const child = app.process()
  return {
    page: await app.firstWindow(),
    inMain: (run, argument) => app.evaluate(run as never, argument as never),
    quit: async () => {
      await app.close()
      return exitOf(child)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await exitOf(child)
    },
  }
}

async function launchStandIn(options: LaunchOptions): Promise<DesktopApp> {
  const child = await forkStandIn(options)
  const inMain = askIn(child)
  const profile = join(options.dataFolder, 'desktop/stand-in-chromium')
  await inMain(({ app }) => app.whenReady(), null)
  const port = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0]
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = browser.contexts()[0]?.pages()[0]
  if (!page) throw new Error('The stand-in opened no page')
  await page.waitForURL('https://stormroom.test/**')
  return {
    page,
    inMain,
    quit: async () => {
      const ended = exitOf(child)
      await browser.close()
      await inMain(({ app }) => {
        setImmediate(() => app.quit())
      }, null)
      return ended
    },
    kill: async () => {
      // Does not close the page: it only ends the test's own connection.
      await browser.close()
      child.kill('SIGKILL')
      await exitOf(child)
    },
  }
}

/** The built shell in a Node process in which the stand-in replaces `electron`. */
async function forkStandIn(options: LaunchOptions): Promise<ChildProcess> {
  const { executablePath, args, env } = await findChromium()
  return fork(MAIN, [`--data=${options.dataFolder}`, ...(options.args ?? [])], {
    execArgv: ['--import', join(ROOT, 'tests/support/electron-stand-in/register.ts')],
    env: {
      ...process.env,
      STAND_IN_CHROMIUM: JSON.stringify({ executablePath, args, env }),
      STAND_IN_PACKAGED: options.packaged ? '1' : '0',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

function askIn(child: ChildProcess): DesktopApp['inMain'] {
  let last = 0
  return async (run, argument) => {
    const id = ++last
    const answered = new Promise<Answered>((resolvePromise, reject) => {
      const stop = () => {
        child.off('message', hear)
        child.off('exit', ended)
      }
      const hear = (answer: Answered) => {
        if (answer.id !== id) return
        stop()
        resolvePromise(answer)
      }
      const ended = (code: number | null) => {
        stop()
        reject(new Error(`The stand-in ended with ${code} before it answered`))
      }
      child.on('message', hear)
      child.on('exit', ended)
    })
    child.send({ id, source: run.toString(), argument } satisfies Asked)
    const answer = await answered
    if (!answer.ok) throw new Error(answer.message)
    return answer.value as Awaited<ReturnType<typeof run>>
  }
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolvePromise) => {
    child.once('exit', resolvePromise)
  })
}

/** The process ID of the replica process. */
export async function replicaPid(app: DesktopApp): Promise<number> {
  const find = () =>
    app.inMain(({ app: main }) => main.getAppMetrics().find((metric) => metric.name === 'Stormroom replica')?.pid ?? 0, null)
  await expect.poll(find).toBeGreaterThan(0)
  return find()
}
