import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { browserOf, closeBrowser } from './chromium.ts'
import { record } from './record.ts'
import { takeLock } from './single-instance.ts'
import { utilityMetrics } from './utility-process.ts'

type Used =
  | 'setPath'
  | 'getPath'
  | 'enableSandbox'
  | 'exit'
  | 'quit'
  | 'whenReady'
  | 'getVersion'
  | 'getLocale'
  | 'requestSingleInstanceLock'
  | 'isPackaged'

/** The stand-in's `app`. */
class StandInApp extends EventEmitter implements Pick<Electron.App, Used> {
  readonly isPackaged = process.env['STAND_IN_PACKAGED'] === '1'
  readonly commandLine = {
    hasSwitch: (name: string) => process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)),
  } satisfies Partial<Electron.CommandLine>
  private readonly paths = new Map<string, string>()
  private closeWindows: () => number = () => 0
  private quitting = false

  setPath(name: string, path: string): void {
    this.paths.set(name, path)
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? join(tmpdir(), 'stormroom-stand-in', name)
  }
  enableSandbox(): void {
    record.sandboxEnabled = true
  }
  getVersion(): string {
    return (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version
  }
  getLocale(): string {
    return process.env['STAND_IN_LOCALE'] ?? 'zh-CN'
  }
  getAppMetrics(): ReturnType<typeof utilityMetrics> {
    return utilityMetrics()
  }
  setAboutPanelOptions(_options: Electron.AboutPanelOptionsOptions): void {}

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    return takeLock(this.getPath('userData'), { argv: process.argv, workingFolder: process.cwd(), additionalData }, (start) => {
      this.emit('second-instance', {}, start.argv, start.workingFolder, start.additionalData)
    })
  }

  /** As in Electron, resolves only after the entry module has run. */
  async whenReady(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    await browserOf(this.getPath('userData'))
  }

  quit(): void {
    if (!this.quitting && this.isPrevented('before-quit')) return
    this.quitting = true
    // With open windows, the last one to close continues the quit.
    if (this.closeWindows() === 0) this.willQuit()
  }

  exit(code = 0): void {
    void closeBrowser().finally(() => process.exit(code))
  }

  allWindowsClosed(): void {
    if (this.quitting) this.willQuit()
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  closesWindowsWith(close: () => number): void {
    this.closeWindows = close
  }

  private willQuit(): void {
    if (this.isPrevented('will-quit')) this.quitting = false
    else this.exit(0)
  }

  private isPrevented(name: 'before-quit' | 'will-quit'): boolean {
    let prevented = false
    this.emit(name, { preventDefault: () => (prevented = true) })
    return prevented
  }
}

export const app = new StandInApp()
