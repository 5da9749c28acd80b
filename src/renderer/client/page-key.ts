const KEPT = 'stormroom.page-key'
const GIVEN = /^#key=([\w-]{20,})$/

/**
 * Takes the key that the server of the browser edition puts into the address when it lets this browser in, and keeps it for every
 * page of this origin. A cookie goes to every port of this machine; what an origin keeps stays with its port.
 * Called before anything reads the address.
 */
export function takePageKey(): void {
  const given = GIVEN.exec(location.hash)?.[1]
  if (given === undefined) return
  localStorage.setItem(KEPT, given)
  history.replaceState(null, '', `${location.pathname}${location.search}`)
}

/** The key to show with the handshake; empty where there is none. */
export const pageKey = (): string => localStorage.getItem(KEPT) ?? ''

/** The server knows this browser, not this page: the way in is shown again. */
export function askForEntrance(): void {
  location.replace('/?launch')
}
