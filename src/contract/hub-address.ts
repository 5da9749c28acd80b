/** Whether a host is the local machine, so that its traffic never crosses a network. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replaceAll(/^\[|\]$/gu, '').toLowerCase()
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/u.test(host) ||
    /^::ffff:7f[\da-f]{2}:[\da-f]{1,4}$/u.test(host)
  )
}

/**
 * Whether passwords and sessions may be sent to an address: over TLS, or unencrypted to the local machine only. With a
 * fingerprint TLS is always required, also on the local machine, because the certificate has to be compared.
 * @param url of a hub, with its scheme
 * @param pinned whether the hub is identified by the fingerprint of its certificate
 */
export function isSafeHubAddress(url: string, pinned: boolean): boolean {
  const [, scheme, host] = /^(https?):\/\/(\[[^\]]*\]|[^/?#:@\\]+)(?=[:/?#]|$)/iu.exec(url) ?? []
  if (scheme === undefined || host === undefined) return false
  return scheme.toLowerCase() === 'https' || (!pinned && isLoopbackHost(host))
}
