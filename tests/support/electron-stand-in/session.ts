import { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import { toPage } from './addresses.ts'
import { record } from './record.ts'

type Used =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>
type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>
export type PermissionName = Parameters<CheckHandler>[1]

/** Electron's names of permissions, with the names by which Chromium's DevTools protocol sets them. */
const CHROMIUM_NAMES: [PermissionName, string][] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
]

/** The stand-in's default session: stores the shell's handlers, and sets their answers in Chromium. */
class StandInSession extends EventEmitter implements Pick<Electron.Session, Used> {
  private checkHandler: CheckHandler | null = null
  private requestHandler: RequestHandler | null = null

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkHandler = handler
  }
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.requestHandler = handler
  }
  setDevicePermissionHandler(_handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {}
  setBluetoothPairingHandler(_handler: Parameters<Electron.Session['setBluetoothPairingHandler']>[0]): void {}
  setDisplayMediaRequestHandler(_handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]): void {}
  setSpellCheckerEnabled(_enabled: boolean): void {}

  /** The result of each permission for a page: both handlers must grant it. Without a handler Electron grants. */
  decide(shellOrigin: string, contents: Electron.WebContents): { chromiumName: string; granted: boolean; origin: string }[] {
    return CHROMIUM_NAMES.map(([permission, chromiumName]) => {
      const details = { requestingUrl: `${shellOrigin}/`, isMainFrame: true }
      const checked = this.checkHandler?.(contents, permission, shellOrigin, details as Parameters<CheckHandler>[3]) ?? true
      let granted = checked
      if (checked) {
        this.requestHandler?.(
          contents,
          permission as Parameters<RequestHandler>[1],
          (answer) => {
            granted = answer
          },
          details as Parameters<RequestHandler>[3],
        )
      }
      record.permissionAnswers.push({ permission, granted })
      return { chromiumName, granted, origin: toPage(shellOrigin) }
    })
  }
}

export const defaultSession = new StandInSession()
export const session = { defaultSession }
