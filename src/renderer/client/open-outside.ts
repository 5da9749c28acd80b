/**
 * Opens an external address: in the system browser after the shell has asked for confirmation, or in a new tab without access to this page.
 */
export function openOutside(address: string): void {
  if (window.stormroom) void window.stormroom.openLink(address)
  else window.open(address, '_blank', 'noopener,noreferrer')
}
