import type { Session } from 'electron'
import { APP_ORIGIN } from '#contract/desktop-channels.ts'

/**
 * Copying a hash or an ID to the clipboard, and the wall screen without a frame: a page may do both only when its user presses
 * something. Nothing else is granted.
 */
const GRANTED = new Set(['clipboard-sanitized-write', 'fullscreen'])

/**
 * Refuses what pages may ask of the machine: camera, place, devices, notices and the rest. Electron grants all of it by
 * default, on request and on check (reliability study, section 9, item 5). Downloads are only those the page makes itself.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isGranted(permission, details.requestingUrl, details.isMainFrame))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => isGranted(permission, origin, details.isMainFrame))
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault()
  })
  // It would be fetched from a server of somebody else.
  session.setSpellCheckerEnabled(false)
}

function isGranted(permission: string, asker: string, isMainFrame: boolean): boolean {
  return GRANTED.has(permission) && isMainFrame && (asker === APP_ORIGIN || asker.startsWith(`${APP_ORIGIN}/`))
}
