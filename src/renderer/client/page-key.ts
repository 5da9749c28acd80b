const KEPT = 'stormroom.page-key'
const GIVEN = /^#key=([\w-]{20,})$/

/**
 * Moves the page key from the address, where the browser edition's server puts it after a launch, to the local storage of this origin. A
 * cookie is sent to every port of this machine; local storage is bound to one port. Call it before anything else reads the address.
 */
export function takePageKey(): void {
  const given = GIVEN.exec(location.hash)?.[1]
  if (given === undefined) return
  localStorage.setItem(KEPT, given)
  history.replaceState(null, '', `${location.pathname}${location.search}`)
}

/** The key to send with the handshake; empty if there is none. */
export const pageKey = (): string => localStorage.getItem(KEPT) ?? ''

/** The server accepts this browser's cookie but not this page's key: show the launch page again. */
export function askForEntrance(): void {
  location.replace('/?launch')
}
