import type { DesktopCallName } from './desktop-ipc.ts'

// Separate from desktop-ipc.ts, so that the preload does not load the schema library.

/** Origin from which the desktop shell serves the page; the shell answers only calls of this origin. */
export const APP_ORIGIN = 'app://stormroom'

/** Channel on which the main process sends a MessagePort to the replica. */
export const PORT_CHANNEL = 'stormroom:port'

/** Channel of the commands that menu, tray, notifications and second starts send to the page. */
export const COMMAND_CHANNEL = 'stormroom:command'

/** The channel of a call from the page to the main process. */
export function desktopChannel<Name extends DesktopCallName>(name: Name): `stormroom:${Name}` {
  return `stormroom:${name}`
}
