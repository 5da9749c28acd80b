import type { Session } from 'electron'
import { APP_ORIGIN } from '#contract/desktop-channels.ts'

/**
 * Granted permissions: copying a hash or an ID to the clipboard, and full screen for the wall display, both only after a user's
 * action. Nothing else is granted.
 */
const GRANTED = new Set(['clipboard-sanitized-write', 'fullscreen'])

/**
 * Refuses the other permissions that pages may request: camera, location, devices, notifications and the rest. Electron grants
 * all by default, on request and on check (reliability study, section 9, item 5). Only downloads made by the page are allowed.
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
  // Its dictionaries would be downloaded from a third-party server.
  session.setSpellCheckerEnabled(false)
}

function isGranted(permission: string, asker: string, isMainFrame: boolean): boolean {
  return GRANTED.has(permission) && isMainFrame && (asker === APP_ORIGIN || asker.startsWith(`${APP_ORIGIN}/`))
}
