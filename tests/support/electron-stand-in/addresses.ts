/** Chromium knows no app: scheme, so the page stands at an address of which no server exists (RFC 6761, ".test"). */
const SHELL_ORIGIN = 'app://stormroom'
const PAGE_ORIGIN = 'https://stormroom.test'

/** As the shell calls an address of the page. */
export function toShell(address: string): string {
  return replaceOrigin(address, PAGE_ORIGIN, SHELL_ORIGIN)
}

/** As Chromium calls an address of the shell. */
export function toPage(address: string): string {
  return replaceOrigin(address, SHELL_ORIGIN, PAGE_ORIGIN)
}

function replaceOrigin(address: string, from: string, to: string): string {
  const blob = address.startsWith('blob:') ? 'blob:' : ''
  const rest = address.slice(blob.length)
  return rest === from || rest.startsWith(`${from}/`) ? `${blob}${to}${rest.slice(from.length)}` : address
}
