import type { ApiClient } from '#contract/api.ts'
import type { DesktopBridge } from '#contract/desktop-ipc.ts'
import { portChannels } from './port-channel.ts'
import { reconnectingClient } from './reconnecting-client.ts'

declare global {
  interface Window {
    /** The API that the desktop preload exposes to the page; absent in a browser. */
    stormroom?: DesktopBridge
  }
}

const RELOADED = 'stormroom.reloaded-for-version'

/** Connects to this machine's replica: by a MessagePort in the desktop app, by a socket in a browser. */
export async function connectToReplica(): Promise<ApiClient> {
  // Register the listener before awaiting anything, or the port message is missed.
  if (window.stormroom) return reconnectingClient(portChannels, reloadOnce)
  const { socketChannels } = await import('./socket-channel.ts')
  return reconnectingClient(socketChannels, reloadOnce)
}

/**
 * The page and the replica have different wire versions; reloading fetches the matching page. Done once, so that a wrong server cannot
 * cause a reload loop.
 */
function reloadOnce(version: number): void {
  if (sessionStorage.getItem(RELOADED) === String(version)) return
  sessionStorage.setItem(RELOADED, String(version))
  location.reload()
}
