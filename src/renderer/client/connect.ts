import type { ApiClient } from '#contract/api.ts'
import type { DesktopBridge } from '#contract/desktop-ipc.ts'
import { portChannels } from './port-channel.ts'
import { reconnectingClient } from './reconnecting-client.ts'

declare global {
  interface Window {
    /** What the preload of the desktop app gives the page; absent in a browser. */
    stormroom?: DesktopBridge
  }
}

const RELOADED = 'stormroom.reloaded-for-version'

/** Connects to the replica of this machine by whichever way this page has: a MessagePort in the desktop app, a socket in a browser. */
export async function connectToReplica(): Promise<ApiClient> {
  // The desktop page listens before anything else is awaited, or it would miss its port.
  if (window.stormroom) return reconnectingClient(portChannels, reloadOnce)
  const { socketChannels } = await import('./socket-channel.ts')
  return reconnectingClient(socketChannels, reloadOnce)
}

/** The page is of another version than the replica: a reload fetches the right one. Once, so that a wrong server cannot make it spin. */
function reloadOnce(version: number): void {
  if (sessionStorage.getItem(RELOADED) === String(version)) return
  sessionStorage.setItem(RELOADED, String(version))
  location.reload()
}
