import type { DesktopCallName } from './desktop-ipc.ts'

// Apart from desktop-ipc.ts, so that the preload carries no schema library.

/** Where the desktop shell serves the page; the only origin whose calls it answers. */
export const APP_ORIGIN = 'app://stormroom'

/** Channel on which the main process hands over a MessagePort to the replica. */
export const PORT_CHANNEL = 'stormroom:port'

/** Channel of the commands that menu, tray, notices and second starts give the page. */
export const COMMAND_CHANNEL = 'stormroom:command'

/** The channel of a call from the page to the main process. */
export function desktopChannel<Name extends DesktopCallName>(name: Name): `stormroom:${Name}` {
  return `stormroom:${name}`
}
