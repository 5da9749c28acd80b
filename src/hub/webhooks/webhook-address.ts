import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Addresses that events must not reach: this machine, private networks, cloud metadata (RFC 6890 and its registries). */
const CLOSED = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  CLOSED.addSubnet(network, bits, 'ipv4')
}
// For IPv6, only globally routed addresses are allowed, without the ranges that embed an IPv4 address.
const OPEN = new BlockList()
OPEN.addSubnet('2000::', 3, 'ipv6')
const CLOSED_IN_OPEN = new BlockList()
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  CLOSED_IN_OPEN.addSubnet(network, bits, 'ipv6')
}

/** Whether an address is on the public Internet. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !CLOSED.check(address, 'ipv4')
  return isIP(address) === 6 && OPEN.check(address, 'ipv6') && !CLOSED_IN_OPEN.check(address, 'ipv6')
}

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>

export const resolveHost: Resolve = (host) => lookup(host, { all: true })

/** A URL with its resolved address, so that a later change of the name does not redirect the event. */
export type PinnedTarget = { url: URL; address: string; family: 4 | 6 }

/**
 * Resolves the target of an event.
 * @param allowPrivate the hub's configuration allows private networks
 * @returns the target, or why there is none
 */
export async function pinTarget(
  text: string,
  allowPrivate: boolean,
  resolve: Resolve = resolveHost,
): Promise<
  { ok: true; target: PinnedTarget } | { ok: false; why: 'not-http' | 'not-https' | 'credentials' | 'unknown-host' | 'private-address' }
> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return { ok: false, why: 'not-http' }
  if (url.protocol === 'http:' && !allowPrivate) return { ok: false, why: 'not-https' }
  if (url.username !== '' || url.password !== '') return { ok: false, why: 'credentials' }
  const host = url.hostname.replaceAll(/^\[|\]$/g, '')
  const found = isIP(host) === 0 ? await resolve(host).catch(() => []) : [{ address: host, family: isIP(host) }]
  const [first] = found
  if (!first) return { ok: false, why: 'unknown-host' }
  // One blocked address among several is enough: a mix suggests an attack.
  if (!allowPrivate && !found.every(({ address }) => isPublicAddress(address))) return { ok: false, why: 'private-address' }
  return { ok: true, target: { url, address: first.address, family: first.family === 6 ? 6 : 4 } }
}
