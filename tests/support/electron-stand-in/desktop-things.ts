import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type { StandInMenu } from './menu.ts'
import { record } from './record.ts'

/** The parts of the operating system that the shell asks for. The stand-in records what it was asked. */
export class StandInTray extends EventEmitter implements Pick<Electron.Tray, 'setToolTip' | 'destroy' | 'isDestroyed'> {
  private readonly shown = { toolTip: '', labels: [] as string[], destroyed: false }

  constructor(icon: Electron.NativeImage) {
    super()
    if (icon.isEmpty()) throw new Error('The tray got an empty picture')
    record.trays.push(this.shown)
  }
  setToolTip(text: string): void {
    this.shown.toolTip = text
  }
  setContextMenu(menu: StandInMenu): void {
    this.shown.labels = menu.items.map((item) => item.label)
  }
  destroy(): void {
    this.shown.destroyed = true
  }
  isDestroyed(): boolean {
    return this.shown.destroyed
  }
}

export class StandInNotification extends EventEmitter implements Pick<Electron.Notification, 'show'> {
  private readonly options: Electron.NotificationConstructorOptions

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.options = options
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    record.notices.push({ title: this.options.title ?? '', body: this.options.body ?? '', click: () => void this.emit('click') })
  }
}

export const shell = {
  openExternal(address: string): Promise<void> {
    record.openedLinks.push(address)
    return Promise.resolve()
  },
} satisfies Partial<Electron.Shell>

export const dialog = {
  /** No user is there, so the question is cancelled unless a test answers it. */
  showMessageBox(_window: unknown, options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue> {
    record.dialogs.push({ message: options.message, detail: options.detail, buttons: options.buttons })
    return Promise.resolve({ response: options.cancelId ?? 0, checkboxChecked: false })
  },
}

class StandInTheme extends EventEmitter implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  private source: Electron.NativeTheme['themeSource'] = 'system'

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.source
  }
  set themeSource(source: Electron.NativeTheme['themeSource']) {
    this.source = source
    this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark'
  }
}

export const nativeTheme = new StandInTheme()

const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
const display = { id: 1, workArea, bounds: { ...workArea, height: 1080 } }

export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] } satisfies Record<
  string,
  () => Partial<Electron.Display> | Partial<Electron.Display>[]
>

/** A machine whose operating system has no key store. */
export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString(): Buffer {
    throw new Error('Encryption is not available')
  },
  decryptString(): string {
    throw new Error('Encryption is not available')
  },
} satisfies Partial<Electron.SafeStorage>
