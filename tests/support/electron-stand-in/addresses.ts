/** Chromium does not know the app: scheme, so the page has an address without a server (RFC 6761, ".test"). */
const SHELL_ORIGIN = 'app://stormroom'
const PAGE_ORIGIN = 'https://stormroom.test'

/** Converts an address of the page to the shell's form. */
export function toShell(address: string): string {
  return replaceOrigin(address, PAGE_ORIGIN, SHELL_ORIGIN)
}

/** Converts an address of the shell to Chromium's form. */
export function toPage(address: string): string {
  return replaceOrigin(address, SHELL_ORIGIN, PAGE_ORIGIN)
}

function replaceOrigin(address: string, from: string, to: string): string {
  const blob = address.startsWith('blob:') ? 'blob:' : ''
  const rest = address.slice(blob.length)
  return rest === from || rest.startsWith(`${from}/`) ? `${blob}${to}${rest.slice(from.length)}` : address
}
