import { localAddresses } from './local-addresses.ts'

/** Maximum number of addresses in an invite. */
const MOST = 10

/**
 * Addresses of a hub that listens at `host`, most useful first; this machine's own last.
 * @param local addresses of this machine on its networks
 */
export function addressesAt(host: string, local: readonly string[] = localAddresses()): string[] {
  if (host === '0.0.0.0' || host === '::') {
    const reachable = host === '::' ? local : local.filter((address) => !address.startsWith('['))
    return [...reachable.slice(0, MOST - 1), '127.0.0.1']
  }
  return [host.includes(':') && !host.startsWith('[') ? `[${host}]` : host]
}
