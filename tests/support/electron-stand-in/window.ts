import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { app } from './app.ts'
import { browserOf } from './chromium.ts'
import { StandInWebContents } from './web-contents.ts'

type Used =
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'minimize'
  | 'restore'
  | 'isMaximized'
  | 'maximize'
  | 'unmaximize'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'close'
  | 'setBackgroundColor'
  | 'getTitle'

const open = new Set<StandInWindow>()

/** The stand-in's window: a page of Chromium, and the frame settings of the shell. Nothing is drawn on a desktop. */
export class StandInWindow extends EventEmitter implements Pick<Electron.BrowserWindow, Used> {
  readonly webContents: StandInWebContents
  private readonly title: string
  private bounds: Electron.Rectangle
  private visible: boolean
  private focused = false
  private minimized = false
  private maximized = false
  private destroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.title = options.title ?? ''
    this.visible = options.show ?? true
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.webContents = new StandInWebContents(browserOf(app.getPath('userData')), options.webPreferences ?? {})
    void this.webContents.resize(this.bounds.width, this.bounds.height)
    open.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  static getAllWindows(): StandInWindow[] {
    return [...open]
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.loadURL(address)
    this.emit('ready-to-show')
  }

  show(): void {
    this.visible = true
    this.focused = true
    this.emit('show')
  }
  hide(): void {
    this.visible = false
    this.focused = false
    this.emit('hide')
  }
  focus(): void {
    this.focused = true
    this.emit('focus')
  }
  isVisible(): boolean {
    return this.visible
  }
  isFocused(): boolean {
    return this.focused
  }
  minimize(): void {
    this.minimized = true
    this.focused = false
  }
  restore(): void {
    this.minimized = false
  }
  isMinimized(): boolean {
    return this.minimized
  }
  maximize(): void {
    this.maximized = true
    this.emit('maximize')
  }
  unmaximize(): void {
    this.maximized = false
    this.emit('unmaximize')
  }
  isMaximized(): boolean {
    return this.maximized
  }
  getBounds(): Electron.Rectangle {
    return { ...this.bounds }
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.bounds }
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    void this.webContents.resize(this.bounds.width, this.bounds.height)
    this.emit('resized')
    this.emit('moved')
  }
  setBackgroundColor(_color: string): void {}
  getTitle(): string {
    return this.title
  }
  isDestroyed(): boolean {
    return this.destroyed
  }

  close(): void {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) this.destroy()
  }

  private destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    open.delete(this)
    this.webContents.destroy()
    this.emit('closed')
    if (open.size === 0) app.allWindowsClosed()
  }
}

app.closesWindowsWith(() => {
  const windows = [...open]
  for (const window of windows) window.close()
  return windows.length
})
