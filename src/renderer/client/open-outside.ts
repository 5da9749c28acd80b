/** Opens an address outside the app: in the system's browser after the shell has asked, or in a tab of its own that knows nothing of this page. */
export function openOutside(address: string): void {
  if (window.stormroom) void window.stormroom.openLink(address)
  else window.open(address, '_blank', 'noopener,noreferrer')
}
